import { mutation } from "#foundation/crud/operation";
import type { WriteSession } from "#foundation/crud/write";
import { BelongsTo, Day, Flag, Text, Whole } from "#foundation/record/fields";
import { SectionEnrollment } from "../entities/section-enrollment.ts";
import { askAboutLeftOutside } from "../roster/left-outside.ts";
import { takeOffRoster } from "../roster/take-off-roster.ts";
import { requireRosterOffice } from "../schedule/require-office.ts";
import { rosterRoles } from "./enroll-in-section.ts";

export class DropFromSectionInput {
  @BelongsTo(() => SectionEnrollment, { description: "The student's place on the roster." }) sectionEnrollment!: string;
  @Whole({ description: "Its version, as you read it." }) version!: number;
  @Day({ description: "The first day no longer in the section. On or before the first day on the roster, the row is archived: the student never was in it." }) toDate!: string;
  @Text({ description: "Why, e.g. \"Schedule change\".", optional: true }) endReason?: string | null;
  @Flag({ description: "You know of the attendance and the scores of the section that are left outside of the roster.", defaultValue: false }) acknowledged!: boolean;
}

export async function drop(session: WriteSession, { sectionEnrollment: id, version, toDate, endReason = null, acknowledged }: DropFromSectionInput): Promise<SectionEnrollment> {
  const { schoolId } = await session.get(SectionEnrollment, id);
  await requireRosterOffice(session, schoolId);
  const row = await session.get(SectionEnrollment, id, version);
  await askAboutLeftOutside(session, row, toDate, acknowledged);
  return takeOffRoster(session, row, toDate, endReason);
}

export const dropFromSection = mutation<DropFromSectionInput>({
  name: "dropFromSection",
  description: "Takes a student off the roster of a section from a day on. The history is kept; the teacher sees the student for the district's days of lag. Attendance and scores from that day on are listed, and asked about.",
  roles: rosterRoles,
  as: "district",
  reason: "optional",
  input: DropFromSectionInput,
  record: SectionEnrollment,
  run: drop,
});
