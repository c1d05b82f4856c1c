import { mutation } from "#foundation/crud/operation";
import type { WriteSession } from "#foundation/crud/write";
import { BelongsTo, Day, Flag, ForeignRef } from "#foundation/record/fields";
import { districtOffice } from "../access.ts";
import { SectionEnrollment } from "../entities/section-enrollment.ts";
import { Section } from "../entities/section.ts";
import { Student } from "../foreign.ts";
import { addToRoster, requireRosterOf } from "../roster/add-to-roster.ts";
import { rosterOffice } from "../schedule/require-office.ts";
import { sectionInUse } from "../schedule/section-in-use.ts";

export class EnrollInSectionInput {
  @ForeignRef(() => Student, { description: "The student, enrolled at the section's school on all of these days." }) studentId!: string;
  @BelongsTo(() => Section, { description: "The section." }) section!: string;
  @Day({ description: "The first day on the roster, one of the section's days." }) fromDate!: string;
  @Day({ description: "The first day no longer on it. Null: until the section ends.", optional: true }) toDate?: string | null;
  @Flag({ description: "Goes on although the section has no seat left; say why.", defaultValue: false }) overCapacity!: boolean;
}

export async function enroll(session: WriteSession, { section: id, studentId, ...rest }: EnrollInSectionInput): Promise<SectionEnrollment> {
  const section = await sectionInUse(session, id);
  await requireRosterOf(session, section);
  return (await addToRoster(session, section, { studentIds: [studentId], ...rest }))[0]!;
}

export const rosterRoles = [...new Set([...rosterOffice, ...districtOffice])];

export const enrollInSection = mutation<EnrollInSectionInput>({
  name: "enrollInSection",
  description: "Puts a student on the roster of a section. Refused without a seat (unless overridden with a reason), and where the student would sit in two sections at once; the other one is named.",
  roles: rosterRoles,
  as: "district",
  reason: "optional",
  input: EnrollInSectionInput,
  record: SectionEnrollment,
  run: enroll,
});
