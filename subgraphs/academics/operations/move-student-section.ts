import { mutation } from "#foundation/crud/operation";
import type { WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import { BelongsTo, Day, Flag, Text, Whole, idOf } from "#foundation/record/fields";
import { SectionEnrollment } from "../entities/section-enrollment.ts";
import { Section } from "../entities/section.ts";
import { addToRoster, requireRosterOf } from "../roster/add-to-roster.ts";
import { askAboutLeftOutside } from "../roster/left-outside.ts";
import { takeOffRoster } from "../roster/take-off-roster.ts";
import { requireRosterOffice } from "../schedule/require-office.ts";
import { sectionInUse } from "../schedule/section-in-use.ts";
import { rosterRoles } from "./enroll-in-section.ts";

export class MoveStudentSectionInput {
  @BelongsTo(() => SectionEnrollment, { description: "The student's place on the roster that is left." }) sectionEnrollment!: string;
  @Whole({ description: "Its version, as you read it." }) version!: number;
  @BelongsTo(() => Section, { description: "The section that is joined." }) toSection!: string;
  @Day({ description: "The first day in the new section, and the first no longer in the old one." }) date!: string;
  @Text({ description: "Why, e.g. \"Schedule change\".", optional: true }) endReason?: string | null;
  @Flag({ description: "Goes on although the new section has no seat left; say why.", defaultValue: false }) overCapacity!: boolean;
  @Flag({ description: "You know of the attendance and the scores of the old section that are left outside of its roster.", defaultValue: false }) acknowledged!: boolean;
}

export async function move(session: WriteSession, input: MoveStudentSectionInput): Promise<SectionEnrollment> {
  const { schoolId } = await session.get(SectionEnrollment, input.sectionEnrollment);
  await requireRosterOffice(session, schoolId);
  const left = await session.get(SectionEnrollment, input.sectionEnrollment, input.version);
  if (idOf(left.section) === input.toSection) throw OsssError.invalid([{ path: "input.toSectionId", message: "The student is in this section. Choose another one." }]);
  const joined = await sectionInUse(session, input.toSection);
  await requireRosterOf(session, joined);
  await askAboutLeftOutside(session, left, input.date, input.acknowledged);
  // A row that was to end before the section does ends on the same day in the new one.
  const toDate = left.toDate && left.toDate < joined.endDay ? left.toDate : null;
  takeOffRoster(session, left, input.date, input.endReason ?? null);
  await session.flush();
  const [row] = await addToRoster(session, joined, { studentIds: [left.studentId], fromDate: input.date, toDate, overCapacity: input.overCapacity });
  return row!;
}

export const moveStudentSection = mutation<MoveStudentSectionInput>({
  name: "moveStudentSection",
  description: "Moves a student from one section to another on one day: the drop and the addition happen together or not at all.",
  roles: rosterRoles,
  as: "district",
  reason: "optional",
  input: MoveStudentSectionInput,
  record: SectionEnrollment,
  run: move,
});
