import { sql } from "kysely";
import { mutation } from "#foundation/crud/operation";
import type { WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import { Choice, Day, ForeignRef } from "#foundation/record/fields";
import { CaseloadAssignment, CaseloadKind } from "../entities/caseload-assignment.ts";
import { Person, Student } from "../foreign.ts";
import { caseloadOffice, refuseOneself, requireCaseloadOffice } from "../rules/offices.ts";

export class AssignCaseloadInput {
  @ForeignRef(() => Student, { description: "The student." }) studentId!: string;
  @ForeignRef(() => Person, { description: "The counselor or case manager, who has that duty on the first day. Never yourself, and nobody who is listed for the student." }) personId!: string;
  @Choice(CaseloadKind, { description: "Why the student is on the caseload." }) kind!: CaseloadKind;
  @Day({ description: "The first day on the caseload." }) fromDate!: string;
  @Day({ description: "The first day no longer on it. Null: no end is set.", optional: true }) toDate?: string | null;
}

const dutyOf: Readonly<Record<CaseloadKind, { duty: string; words: string }>> = {
  COUNSELING: { duty: "COUNSELOR", words: "a counselor" },
  CASE_MANAGEMENT: { duty: "CASE_MANAGER", words: "a case manager" },
};

export async function assign(session: WriteSession, { studentId, personId, kind, fromDate, toDate = null }: AssignCaseloadInput): Promise<CaseloadAssignment> {
  await requireCaseloadOffice(session, studentId);
  refuseOneself(session, personId);
  const { duty, words } = dutyOf[kind];
  const [known] = await session.ask(sql<{ on_duty: boolean; listed: boolean }>`
    SELECT lookup.staff_has_duty(${personId}, ${duty}, ${fromDate}::date) AS on_duty, lookup.staff_listed_for(${personId}, ${studentId}) AS listed`);
  if (!known?.on_duty) throw OsssError.invalid([{ path: "input.personId", message: `This person is not ${words} of the district on the first day. Assign the duty first, or choose another person.` }]);
  if (known.listed) throw OsssError.conflict("This person is listed as a contact of the student, and nobody has her own family on a caseload. Choose someone else.");
  return session.create(CaseloadAssignment, { studentId, personId, kind, fromDate, toDate });
}

export const assignCaseload = mutation<AssignCaseloadInput>({
  name: "assignCaseload",
  description: "Puts a student on the caseload of a counselor or case manager, which opens the student's record to that person. For the principal and the assistant principal of the student's school.",
  roles: caseloadOffice,
  as: "district",
  reason: "optional",
  input: AssignCaseloadInput,
  record: CaseloadAssignment,
  run: assign,
});
