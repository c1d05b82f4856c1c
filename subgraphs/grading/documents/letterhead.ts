import { sql } from "kysely";
import type { Asking } from "../asking.ts";
import type { Letterhead } from "./figures.ts";

interface Row {
  student_id: string;
  name: string;
  student_number: string;
  birth_date: string | null;
  grade_level: string | null;
  school: string;
  school_phone: string | null;
  district: string | null;
}

/** The heads of documents by student; official documents carry the legal name. */
export async function letterheads(asking: Asking, schoolId: string, studentIds: readonly string[], issuedOn: string): Promise<Map<string, Letterhead>> {
  const rows = await asking.ask(sql<Row>`SELECT * FROM lookup.grading_letterheads(${[...studentIds]}::uuid[], ${schoolId}::uuid)`);
  return new Map(
    rows.map((r) => [
      r.student_id,
      { district: r.district ?? "", school: r.school, schoolPhone: r.school_phone, issuedOn, student: { name: r.name, number: r.student_number, gradeLevel: r.grade_level, birthDate: r.birth_date } },
    ]),
  );
}
