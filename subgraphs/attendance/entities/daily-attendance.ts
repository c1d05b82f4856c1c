import { Choice, Day, Flag, ForeignRef, Whole, choice, type ChoiceOf } from "#foundation/record/fields";
import { DistrictRecord, Index, Record, UniqueTogether } from "#foundation/record/record";
import { dailyAttendances } from "../access.ts";
import { CalendarTrack, GradeLevel, School, SchoolYear, Student } from "../foreign.ts";
import { AbsenceExcuse } from "./attendance-code.ts";

export const DailyStatus = choice("DailyStatus", "What a student's day was, by the district's rule.", {
  PRESENT: "There, or nearly so.",
  TARDY: "There, and late.",
  ABSENT: "Missed at least the share of the day's minutes that the policy names, by default half.",
  UNKNOWN: "Nobody has taken attendance yet, and the office knows nothing. Never counted as present.",
});
export type DailyStatus = ChoiceOf<typeof DailyStatus>;

@Record({
  description: "One student on one day of membership: what was scheduled, what was missed, and what the day was. The ground of every rate. A day of membership is an instructional day of the calendar of the student's primary enrollment; the school, grade level and year are those of that day. Derived: it follows from calendars, enrollments, rosters, meetings, submissions, exceptions, office entries and a former system's days in the transaction that changes them, or soon after large changes (see attendanceFreshness); it has no audit entries and no events of its own, and goes when the day is no longer one of membership.",
  access: dailyAttendances,
  write: "operations",
})
@UniqueTogether("studentId", "date")
@Index("schoolId", "date")
export class DailyAttendance extends DistrictRecord {
  @ForeignRef(() => Student, { description: "The student." })
  studentId!: string;
  @Day({ description: "The day. Days to come are here as well, as far as the calendar goes, and UNKNOWN.", sortable: true, immutable: true })
  date!: string;
  @ForeignRef(() => School, { description: "The school of the primary enrollment on that day.", immutable: false })
  schoolId!: string;
  @ForeignRef(() => SchoolYear, { description: "The school year of that enrollment.", immutable: false })
  schoolYearId!: string;
  @ForeignRef(() => GradeLevel, { description: "The grade level of that enrollment.", optional: true, immutable: false })
  gradeLevelId?: string | null;
  @ForeignRef(() => CalendarTrack, { description: "The calendar by which the day is one of membership.", immutable: false })
  trackId!: string;
  @Whole({ description: "The minutes of the day's class meetings that the student was to attend, at whatever school: from bell to bell, of periods that count for attendance.", unit: "minutes", min: 0 })
  scheduledMinutes!: number;
  @Whole({ description: "How many of them were missed.", unit: "minutes", min: 0 })
  missedMinutes!: number;
  @Whole({ description: "How many of the missed ones have an excuse: any but UNEXCUSED.", unit: "minutes", min: 0 })
  excusedMinutes!: number;
  @Whole({ description: "How many class meetings that count the student was to attend. 0 for a student without a schedule, whose day stays UNKNOWN; 1, and taken, where a former system knew of such a day (see EarlierDay).", unit: "class meetings", min: 0 })
  meetings!: number;
  @Whole({ description: "In how many of them attendance was taken.", unit: "class meetings", min: 0 })
  meetingsTaken!: number;
  @Choice(DailyStatus, { description: "What the day was." })
  status!: DailyStatus;
  @Choice(AbsenceExcuse, { description: "How most of the missed minutes count; of two with as many the graver one. Null when nothing was missed.", optional: true })
  excuse?: AbsenceExcuse | null;
  @Flag({ description: "The day counts as absence: ABSENT, and most of it not at an activity of the school. Excused absences and suspensions count." })
  countsAbsent!: boolean;
  @Flag({ description: "Not there when the day began, absent days included." })
  late!: boolean;
}
