import { BelongsTo, Choice, Day, Decimal, Flag, ForeignRef, Text, choice, type ChoiceOf, type Reference } from "#foundation/record/fields";
import { Agrees, Check, DistrictRecord, NoOverlap, ReachIndex, Record, Span } from "#foundation/record/record";
import { schoolEnrollments } from "../access.ts";
import { CalendarTrack, GradeLevel, School, SchoolYear } from "../foreign.ts";
import { Student } from "./student.ts";

export const EnrollmentKind = choice("EnrollmentKind", "Whether the enrollment adds to the school's headcount.", {
  PRIMARY: "The school that counts the student. At most one on any day.",
  SECONDARY: "A second school beside it, e.g. a vocational half-day. Adds no headcount.",
});
export type EnrollmentKind = ChoiceOf<typeof EnrollmentKind>;

@Record({
  description: "That a student belongs to a school in a school year and grade level, from an entry to an exit. Coming back is a new record. Not to be confused with the roster of a section.",
  access: schoolEnrollments,
  live: true,
  write: "operations",
  // Whoever has a duty at a school reaches its students through these.
})
@ReachIndex(["schoolId", "student"], ["entryDate", "exitDate"])
@Span("entryDate", "exitDate", { mayBeEmpty: true })
@NoOverlap({ per: ["student"], from: "entryDate", to: "exitDate", where: "kind = 'PRIMARY'", message: "The student already has a primary enrollment on some of these days. End that one first, or make this one secondary." })
@NoOverlap({ per: ["student", "schoolId"], from: "entryDate", to: "exitDate", message: "The student is already enrolled at this school on some of these days. Change that enrollment, or end it first." })
@Check("no_show", "no_show = (exit_date is not null and exit_date = entry_date)", "A no-show has no day of membership: its exit date is its entry date. Any other enrollment has at least one day.")
@Agrees("trackId", { schoolId: "school", schoolYearId: "schoolYear" }, "The calendar track belongs to another school or school year. Choose one of the enrollment's school and year.")
@Check("exit_code", "exit_code is null or exit_date is not null", "An exit code needs an exit date.")
export class SchoolEnrollment extends DistrictRecord {
  @BelongsTo(() => Student, { description: "The student.", immutable: true })
  student!: Reference<Student>;
  @ForeignRef(() => School, { description: "The school." })
  schoolId!: string;
  @ForeignRef(() => SchoolYear, { description: "The school year." })
  schoolYearId!: string;
  @ForeignRef(() => GradeLevel, { description: "The grade level during the enrollment. A change of grade within the year is a new enrollment. Null while it is not known, e.g. after an import without grades.", optional: true, immutable: false })
  gradeLevelId?: string | null;
  @ForeignRef(() => CalendarTrack, { description: "The calendar by whose days the membership counts. Null: the school's only one of that year, or the first by name.", optional: true, immutable: false })
  trackId?: string | null;
  @Choice(EnrollmentKind, { description: "Whether it adds to the school's headcount.", defaultValue: "PRIMARY" })
  kind!: EnrollmentKind;
  @Day({ description: "The first day of membership.", sortable: true })
  entryDate!: string;
  @Text({ description: "The district's or state's code for how the student came, e.g. \"E1\".", optional: true, maxLength: 16 })
  entryCode?: string | null;
  @Day({ description: "The day after the last day of membership. Screens show the last day. Null while enrolled.", optional: true, sortable: true })
  exitDate?: string | null;
  @Text({ description: "The district's or state's code for how the student left, e.g. \"W3\".", optional: true, maxLength: 16 })
  exitCode?: string | null;
  @Flag({ description: "The student was expected and never came: no day of membership, and no withdrawal either.", defaultValue: false })
  noShow!: boolean;
  @Decimal({ description: "The share of full time, from 0 to 1: 0.5 for half of the day.", unit: "share of full time", precision: 4, scale: 3, min: 0, max: 1, defaultValue: 1 })
  fullTimeShare!: string;
}
