import { sql } from "kysely";
import type { Managed, WriteSession } from "#foundation/crud/write";
import { idOf } from "./asking.ts";
import { Mark } from "./entities/mark.ts";
import { changePostedMark } from "./mark-changes.ts";
import { percentFields } from "./posting.ts";
import { holdRecords } from "./record-lock.ts";
import { percentBehind } from "./rules/scale.ts";
import { scalesById } from "./scales.ts";
import { sectionFacts } from "./timetable.ts";

/** An incomplete whose deadline has passed. */
const due = (today: string) => sql`status = 'INCOMPLETE' AND deadline < ${today}::date AND archived_at IS NULL`;

/** Schools with an incomplete that is due. */
export async function schoolsWithDue(session: WriteSession): Promise<string[]> {
  return (await session.ask(sql<{ school_id: string }>`SELECT DISTINCT school_id FROM grading.mark WHERE ${due(await session.today())} ORDER BY school_id`)).map((row) => row.school_id);
}

/**
 * Lets a school's incompletes become what was agreed where their deadline has passed, and tells which. `rows` finds the marks: the session
 * itself where a person asks, its elevated form where nobody does. Whoever calls it has asked whether that may be.
 */
export async function expireDue(session: WriteSession, rows: Pick<WriteSession, "getAll">, schoolId: string): Promise<Managed<Mark>[]> {
  await session.serialize(`incompletes ${schoolId}`);
  const found = await session.ask(sql<{ id: string; student_id: string }>`SELECT id, student_id FROM grading.mark WHERE school_id = ${schoolId}::uuid AND ${due(await session.today())} ORDER BY id`);
  await holdRecords(session, found.map((mark) => mark.student_id));
  const marks = await rows.getAll(Mark, found.map((mark) => mark.id));
  const sections = await sectionFacts(session, [...new Set(marks.map((m) => m.sectionId))]);
  const scales = await scalesById(session, [...new Set(marks.map((m) => idOf(m.scale)))]);
  for (const mark of marks) {
    if (mark.status !== "INCOMPLETE") continue;
    const scale = scales.get(idOf(mark.scale))!;
    const becomes = mark.becomes!;
    const value = { mark: becomes, ...percentFields(percentBehind(scale, becomes, null)) };
    await changePostedMark(session, mark, sections.get(mark.sectionId)!, scale, { ...value, kind: "EXPIRED", reason: `The work was not made up by ${mark.deadline}.` });
  }
  return marks;
}
