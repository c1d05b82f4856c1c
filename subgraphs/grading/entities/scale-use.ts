import { BelongsTo, Choice, Day, ForeignRef, choice, type ChoiceOf, type Reference } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { settledByDistrict } from "../access.ts";
import { Course, School } from "../foreign.ts";
import { GradingScale } from "./grading-scale.ts";

export const ScalePurpose = choice("ScalePurpose", "What a scale is used for.", {
  MARKS: "Marks of courses, read from averages.",
  STANDARDS: "Marks of single standards.",
  WORK_HABITS: "Marks of work habits.",
});
export type ScalePurpose = ChoiceOf<typeof ScalePurpose>;

@Record({
  description: "Which scale is used for what, from a day on. The closest one holds: of the course at the school, then of the course, of the school, of the district; of several, the newest not after the first day of the grading period or term. Without any, nothing can be posted.",
  access: settledByDistrict,
})
@UniqueTogether("purpose", "schoolId", "courseId", "fromDate")
export class ScaleUse extends DistrictRecord {
  @Choice(ScalePurpose, { description: "What the scale is used for.", defaultValue: "MARKS", immutable: true })
  purpose!: ScalePurpose;
  @BelongsTo(() => GradingScale, { description: "The scale." })
  scale!: Reference<GradingScale>;
  @ForeignRef(() => School, { description: "The school that uses it. Null: every school.", optional: true })
  schoolId?: string | null;
  @ForeignRef(() => Course, { description: "The course that is marked on it. Null: every course.", optional: true })
  courseId?: string | null;
  @Day({ description: "The first day on which it is used.", sortable: true })
  fromDate!: string;
}
