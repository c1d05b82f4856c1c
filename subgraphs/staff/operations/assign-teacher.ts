import { sql } from "kysely";
import { mutation } from "#foundation/crud/operation";
import type { WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import { Choice, Day, ForeignRef } from "#foundation/record/fields";
import { districtOffice, schoolOffice } from "../access.ts";
import { TeachingAssignment, TeachingKind } from "../entities/teaching-assignment.ts";
import { Person, Section } from "../foreign.ts";
import { refuseClashes, type Clash } from "../rules/clash.ts";
import { refuseOneself, requireTeachingOffice } from "../rules/offices.ts";
import { requireWithin, sectionDays } from "../rules/section-days.ts";

export class AssignTeacherInput {
  @ForeignRef(() => Person, { description: "Who teaches: an employee, or a person with a duty on the first day. Never yourself." }) personId!: string;
  @ForeignRef(() => Section, { description: "The section." }) sectionId!: string;
  @Choice(TeachingKind, { description: "What the person does in the section.", defaultValue: "LEAD" }) kind!: TeachingKind;
  @Day({ description: "The first day of teaching, one of the section's days." }) fromDate!: string;
  @Day({ description: "The first day no longer teaching it. Null: until the section ends.", optional: true }) toDate?: string | null;
}

export const teachingRoles = [...new Set([...schoolOffice, ...districtOffice])];

export async function assign(session: WriteSession, { personId, sectionId, kind, fromDate, toDate = null }: AssignTeacherInput): Promise<TeachingAssignment> {
  const section = await sectionDays(session, sectionId);
  await requireTeachingOffice(session, section.school_id);
  refuseOneself(session, personId);
  requireWithin(section, fromDate, toDate);
  const [works] = await session.ask(sql<{ works: boolean }>`SELECT lookup.staff_works_on(${personId}, ${fromDate}::date) AS works`);
  if (!works?.works) throw OsssError.invalid([{ path: "input.personId", message: "This person does not work for the district on the first day. Add the employee or a duty first, or check the id." }]);
  await session.serialize(`schedule of ${section.school_id}`, true);
  await session.serialize(`hours of ${personId}`);
  const assignment = session.create(TeachingAssignment, { personId, sectionId, schoolId: section.school_id, kind, fromDate, toDate });
  await session.flush();
  const clashes = await session.ask(sql<Clash>`SELECT * FROM lookup.staff_teacher_clashes(${assignment.id})`);
  refuseClashes(clashes, (what) => `This person teaches another section at that time: ${what}. End that assignment first, or choose another teacher.`);
  return assignment;
}

export const assignTeacher = mutation<AssignTeacherInput>({
  name: "assignTeacher",
  description: "Lets a person teach a section from a day on. Refused where she teaches another one at the same time, which is named: unless both meet in one room, or she leads neither of the two.",
  roles: teachingRoles,
  as: "district",
  reason: "optional",
  input: AssignTeacherInput,
  record: TeachingAssignment,
  run: assign,
});
