import { BelongsTo, Day, ForeignRef, type Reference } from "#foundation/record/fields";
import { DistrictRecord, NoOverlap, Record, Span } from "#foundation/record/record";
import { studentGraduationPlans } from "../access.ts";
import { Student } from "../foreign.ts";
import { GraduationPlan } from "./graduation-plan.ts";

@Record({ description: "Which graduation plan a student follows, with dates.", access: studentGraduationPlans })
@Span("fromDate", "toDate")
@NoOverlap({ per: ["studentId"], from: "fromDate", to: "toDate", message: "The student already follows a plan on some of these days. End that one first, or change the dates." })
export class StudentGraduationPlan extends DistrictRecord {
  @ForeignRef(() => Student, { description: "The student." })
  studentId!: string;
  @BelongsTo(() => GraduationPlan, { description: "The plan.", immutable: true })
  plan!: Reference<GraduationPlan>;
  @Day({ description: "The first day on which the student follows it.", sortable: true })
  fromDate!: string;
  @Day({ description: "The first day no longer. Null while it is followed.", optional: true, sortable: true })
  toDate?: string | null;
}
