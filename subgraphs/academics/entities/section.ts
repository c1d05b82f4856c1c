import { BelongsTo, Choice, Day, ForeignRef, HasMany, Text, Whole, choice, type ChoiceOf, type Reference } from "#foundation/record/fields";
import { Agrees, DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { sections } from "../access.ts";
import { CalendarTrack, School, SchoolYear } from "../foreign.ts";
import { ClassMeeting } from "./class-meeting.ts";
import { Course } from "./course.ts";
import { MeetingPattern } from "./meeting-pattern.ts";
import { SectionEnrollment } from "./section-enrollment.ts";
import { SectionTerm } from "./section-term.ts";

export const SectionKind = choice("SectionKind", "What a section is to its students.", {
  SCHEDULED: "A group taught in a course, one of several in a student's day.",
  HOMEROOM: "The group that a student belongs to: an elementary class, or an advisory.",
});
export type SectionKind = ChoiceOf<typeof SectionKind>;

@Record({ description: "A taught group: a course at a school in a school year, over one or more terms. Not to be confused with one hour of it, which is a class meeting.", access: sections })
@UniqueTogether("schoolId", "schoolYearId", "code")
@Agrees("trackId", { schoolId: "school", schoolYearId: "schoolYear" }, "The calendar track belongs to another school or school year. Choose one of the section's school and year.")
export class Section extends DistrictRecord {
  @BelongsTo(() => Course, { description: "The course that is taught.", immutable: true })
  course!: Reference<Course>;
  @ForeignRef(() => School, { description: "The school where the section is taught." })
  schoolId!: string;
  @ForeignRef(() => SchoolYear, { description: "The school year." })
  schoolYearId!: string;
  @ForeignRef(() => CalendarTrack, { description: "The calendar by whose days the section meets. Null: the school's only one of that year, or the first by name.", optional: true, immutable: false })
  trackId?: string | null;
  @Text({ description: "The code, unique in the school and year, e.g. \"MTH101-3\".", maxLength: 64, sortable: true, searchable: true, foundByStart: true })
  code!: string;
  @Text({ description: "The name for people, e.g. \"Algebra I (3)\" or \"Grade 2, room 14\".", maxLength: 120, sortable: true, searchable: true })
  title!: string;
  @Choice(SectionKind, { description: "What the section is to its students.", defaultValue: "SCHEDULED" })
  kind!: SectionKind;
  @Whole({ description: "How many students there are seats for on any day. Null: no limit.", unit: "students", min: 0, max: 2000, optional: true })
  capacity?: number | null;
  @Day({ description: "The first day of the first of its terms; of the school year while it has none. Follows the terms by itself.", readOnly: true, optional: true, sortable: true })
  firstDay?: string | null;
  @Day({ description: "The day after the last day of the last of its terms; of the school year while it has none. Screens show the last day. Follows the terms by itself.", readOnly: true, optional: true, sortable: true })
  endDay?: string | null;
  @HasMany(() => SectionTerm, "section", { description: "The terms in which the section is taught." })
  terms?: never;
  @HasMany(() => MeetingPattern, "section", { description: "When and where the section meets in the rotation, past and coming patterns included." })
  meetingPatterns?: never;
  @HasMany(() => ClassMeeting, "section", { description: "The dated hours of the section." })
  classMeetings?: never;
  @HasMany(() => SectionEnrollment, "section", { description: "The roster: who is, was or will be in the section." })
  enrollments?: never;
}
