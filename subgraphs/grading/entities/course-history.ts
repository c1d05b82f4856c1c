import { BelongsTo, Choice, Day, Decimal, Flag, ForeignRef, Text, type Reference } from "#foundation/record/fields";
import { Agrees, Check, DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { courseHistories } from "../access.ts";
import { Course, CourseLevel, GradeLevel, School, Section, Student, Subject } from "../foreign.ts";
import { Mark, MarkKind } from "./mark.ts";

@Record({
  description: "A course that a student has finished, here or at another school: what a transcript is made of. Code and title are those of the time; later changes of the catalog do not reach them.",
  access: courseHistories,
  write: "operations",
  plural: "courseHistories",
})
@UniqueTogether("source")
@Agrees("source", { studentId: "studentId", sectionId: "sectionId", schoolId: "schoolId" })
@Check("transfer", "transfer_school is null or (source_id is null and section_id is null)", "Transfer credit rests on no mark of this district.")
@Check("credits", "credits_earned <= credits_attempted", "Nobody earns more credits than were attempted.")
export class CourseHistory extends DistrictRecord {
  @ForeignRef(() => Student, { description: "The student." })
  studentId!: string;
  @ForeignRef(() => School, { description: "The school that recorded it: where the course was taught, or for transfer credit the one that accepted it." })
  schoolId!: string;
  @Text({ description: "The school elsewhere where the credit was earned, by name. Null for a course of this district.", maxLength: 160, optional: true })
  transferSchool?: string | null;
  @BelongsTo(() => Mark, { description: "The final mark from which it was made. Null for transfer credit and for what was entered from paper.", optional: true, immutable: true })
  source?: Reference<Mark> | null;
  @ForeignRef(() => Section, { description: "The section that was attended. Null where there is no mark of this district.", optional: true })
  sectionId?: string | null;
  @ForeignRef(() => Course, { description: "The course of the catalog, or the one that transfer credit stands for. Null where none fits.", optional: true, immutable: false })
  courseId?: string | null;
  @Text({ description: "The course's code at the time, e.g. \"MTH101\".", maxLength: 32, sortable: true })
  courseCode!: string;
  @Text({ description: "The course's title at the time, as transcripts print it.", maxLength: 120, sortable: true })
  courseTitle!: string;
  @ForeignRef(() => Subject, { description: "The subject whose graduation requirement it counts for. Null: electives only.", optional: true, immutable: false })
  subjectId?: string | null;
  @ForeignRef(() => CourseLevel, { description: "How demanding the course was, for weighted averages. Null: not distinguished.", optional: true, immutable: false })
  courseLevelId?: string | null;
  @ForeignRef(() => GradeLevel, { description: "The student's grade level at the time. Null when not known.", optional: true, immutable: false })
  gradeLevelId?: string | null;
  @Text({ description: "The school year, e.g. \"2025-26\".", maxLength: 32, sortable: true })
  schoolYearName!: string;
  @Text({ description: "The term, e.g. \"Fall semester\".", maxLength: 64 })
  termName!: string;
  @Day({ description: "The day after the last day of the term: orders the record, and attempts at one course.", sortable: true })
  endedOn!: string;
  @Choice(MarkKind, { description: "What the mark speaks of. The GPA policy says which ones count.", defaultValue: "TERM_FINAL" })
  markKind!: MarkKind;
  @Text({ description: "The mark, e.g. \"B+\".", maxLength: 16 })
  mark!: string;
  @Decimal({ description: "The percent behind the mark. Null where there is none.", unit: "percent", precision: 12, scale: 6, optional: true })
  percent?: string | null;
  @Decimal({ description: "The credits that passing would earn, and what the course weighs in an average.", unit: "credits", precision: 6, scale: 3, min: 0, max: 100 })
  creditsAttempted!: string;
  @Decimal({ description: "The credits earned: all that were attempted, or none. An attempt and its repeats earn them once.", unit: "credits", precision: 6, scale: 3, min: 0, max: 100 })
  creditsEarned!: string;
  @Flag({ description: "May count in a grade point average. False for pass/fail, audits and what the registrar keeps out.", defaultValue: true })
  countsInGpa!: boolean;
  @BelongsTo(() => CourseHistory, { description: "The earlier entry of the same student that this one repeats. Null when it repeats none.", optional: true })
  repeats?: Reference<CourseHistory> | null;
}
