import { BelongsTo, Day, ForeignRef, Text, type Reference } from "#foundation/record/fields";
import { Agrees, DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { marks } from "../access.ts";
import { GradingPeriod, Person, School, Section, Student } from "../foreign.ts";
import { GradingScale } from "./grading-scale.ts";
import { Standard } from "./standard.ts";

@Record({ description: "How far a student meets a standard in a grading period, as the teacher of the section judges.", access: marks, write: "operations" })
@UniqueTogether("studentId", "sectionId", "standard", "gradingPeriodId")
@Agrees("sectionId", { schoolId: "schoolId" })
export class StandardMark extends DistrictRecord {
  @ForeignRef(() => Student, { description: "The student." })
  studentId!: string;
  @ForeignRef(() => Section, { description: "The section, e.g. the homeroom." })
  sectionId!: string;
  @ForeignRef(() => School, { description: "The section's school." })
  schoolId!: string;
  @BelongsTo(() => Standard, { description: "The standard.", immutable: true })
  standard!: Reference<Standard>;
  @ForeignRef(() => GradingPeriod, { description: "The grading period." })
  gradingPeriodId!: string;
  @BelongsTo(() => GradingScale, { description: "The scale on which the mark is given." })
  scale!: Reference<GradingScale>;
  @Text({ description: "The mark as it is printed, e.g. \"3\" or \"M\".", maxLength: 16, sortable: true })
  mark!: string;
  @Day({ description: "The day on which it was posted first.", sortable: true, immutable: true })
  postedOn!: string;
  @ForeignRef(() => Person, { description: "Who posted it first." })
  postedById!: string;
}
