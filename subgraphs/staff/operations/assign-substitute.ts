import { sql } from "kysely";
import { mutation } from "#foundation/crud/operation";
import type { WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import { Day, ForeignRef } from "#foundation/record/fields";
import { SubstituteAssignment } from "../entities/substitute-assignment.ts";
import { Substitute } from "../entities/substitute.ts";
import { Person, Section } from "../foreign.ts";
import { refuseClashes, type Clash } from "../rules/clash.ts";
import { refuseOneself, requireSubstituteOffice, substituteDistrictOffice, substituteOffice } from "../rules/offices.ts";
import { requireWithin, sectionDays } from "../rules/section-days.ts";

export class AssignSubstituteInput {
  @ForeignRef(() => Person, { description: "Who stands in: a member of the pool on all of these days. Never yourself." }) personId!: string;
  @ForeignRef(() => Section, { description: "The section." }) sectionId!: string;
  @Day({ description: "The first day of standing in." }) fromDate!: string;
  @Day({ description: "The first day no longer standing in: the day after, for a single day." }) toDate!: string;
}

export const substituteRoles = [...new Set([...substituteOffice, ...substituteDistrictOffice])];

/** The pool holds several spans for one person who left it and came back; one of them must hold all of the days. */
async function requireInPool(session: WriteSession, personId: string, fromDate: string, toDate: string): Promise<void> {
  const spans = await session.list(Substitute, { personId, archivedAt: null });
  if (spans.some((s) => s.fromDate <= fromDate && (!s.toDate || s.toDate >= toDate))) return;
  throw OsssError.invalid([{ path: "input.personId", message: "This person is not in the pool of substitutes on all of these days. Add her there first, or choose another one." }]);
}

export async function assign(session: WriteSession, { personId, sectionId, fromDate, toDate }: AssignSubstituteInput): Promise<SubstituteAssignment> {
  const section = await sectionDays(session, sectionId);
  await requireSubstituteOffice(session, section.school_id);
  refuseOneself(session, personId);
  requireWithin(section, fromDate, toDate);
  await requireInPool(session, personId, fromDate, toDate);
  const [meets] = await session.ask(sql<{ meets: boolean }>`SELECT lookup.staff_meets_over(${sectionId}, ${fromDate}::date, ${toDate}::date) AS meets`);
  if (!meets?.meets) throw OsssError.conflict("The section does not meet on any of these days, so nobody stands in. Choose days on which it meets.");
  await session.serialize(`hours of ${personId}`);
  const assignment = session.create(SubstituteAssignment, { personId, sectionId, schoolId: section.school_id, fromDate, toDate });
  await session.flush();
  const clashes = await session.ask(sql<Clash>`SELECT * FROM lookup.staff_substitute_clashes(${assignment.id})`);
  refuseClashes(clashes, (what) => `This person teaches or stands in elsewhere at that time: ${what}. Choose someone else, or other days.`);
  return assignment;
}

export const assignSubstitute = mutation<AssignSubstituteInput>({
  name: "assignSubstitute",
  description: "Lets a member of the pool stand in for a section's teacher on some days. It opens the roster and attendance of these days to her, and nothing the day after.",
  roles: substituteRoles,
  as: "district",
  reason: "optional",
  input: AssignSubstituteInput,
  record: SubstituteAssignment,
  run: assign,
});
