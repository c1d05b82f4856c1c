import { sql } from "kysely";
import type { AcrossDomains } from "#foundation/crud/across-domains";
import { lookup } from "#foundation/federation/manifest";
import { staff } from "../domains.ts";

/** Of a student's caseloads that are open after a day: those of counselors and case managers of the school on that day, who are not the whole district's or another school's as well. */
export const schoolCaseloadsLookup = lookup({
  name: "school_caseloads",
  arguments: "student uuid, school uuid, day date",
  returns: "SETOF uuid",
  sql: `SELECT c.id FROM staff.caseload_assignment c
    WHERE c.student_id = student AND c.archived_at IS NULL AND (c.to_date IS NULL OR c.to_date > day)
      AND (SELECT coalesce(bool_and(d.school_id IS NOT DISTINCT FROM school), true) FROM people.duty_assignment d
        WHERE d.person_id = c.person_id AND d.role = CASE c.kind WHEN 'COUNSELING' THEN 'COUNSELOR' ELSE 'CASE_MANAGER' END
          AND d.archived_at IS NULL AND d.from_date <= day AND (d.to_date IS NULL OR d.to_date > day))`,
});

/**
 * Takes a student who leaves a school off the caseloads of its people from that day on, since a caseload opens the whole record. Those of
 * people who work for the whole district, or for several schools, go on. Returns how many ended.
 */
export async function endCaseloads(across: AcrossDomains, student: { id: string; schoolId: string }, day: string): Promise<number> {
  const found = await across.in("rostering", (session) => session.ask(sql<{ id: string }>`SELECT id FROM lookup.rostering_school_caseloads(${student.id}::uuid, ${student.schoolId}::uuid, ${day}::date) AS id`));
  if (found.length === 0) return 0;
  return across.in("staff", async (session) => {
    const going = (await staff.caseloadsOf(session, [student.id])).filter((caseload) => found.some(({ id }) => id === caseload.id));
    for (const caseload of going) staff.endCaseload(session, caseload, day);
    return going.length;
  });
}
