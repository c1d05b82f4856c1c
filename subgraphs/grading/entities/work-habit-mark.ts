import { BelongsTo, Day, ForeignRef, Text, type Reference } from "#foundation/record/fields";
import { Agrees, DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { marks } from "../access.ts";
import { GradingPeriod, Person, School, Section, Student } from "../foreign.ts";
import { GradingScale } from "./grading-scale.ts";
import { WorkHabit } from "./work-habit.ts";

@Record({ description: "How a student works in a section in a grading period, as its teacher judges.", access: marks, write: "operations" })
@UniqueTogether("studentId", "sectionId", "workHabit", "gradingPeriodId")
@Agrees("sectionId", { schoolId: "schoolId" })
export class WorkHabitMark extends DistrictRecord {
  @ForeignRef(() => Student, { description: "The student." })
  studentId!: string;
  @ForeignRef(() => Section, { description: "The section." })
  sectionId!: string;
  @ForeignRef(() => School, { description: "The section's school." })
  schoolId!: string;
  @BelongsTo(() => WorkHabit, { description: "The habit.", immutable: true })
  workHabit!: Reference<WorkHabit>;
  @ForeignRef(() => GradingPeriod, { description: "The grading period." })
  gradingPeriodId!: string;
  @BelongsTo(() => GradingScale, { description: "The scale on which the mark is given." })
  scale!: Reference<GradingScale>;
  @Text({ description: "The mark as it is printed, e.g. \"S\" for satisfactory.", maxLength: 16, sortable: true })
  mark!: string;
  @Day({ description: "The day on which it was posted first.", sortable: true, immutable: true })
  postedOn!: string;
  @ForeignRef(() => Person, { description: "Who posted it first." })
  postedById!: string;
}
