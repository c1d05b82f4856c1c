import { Day, Flag, ForeignRef, HasMany, Whole } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { settledByDistrict } from "../access.ts";
import { School } from "../foreign.ts";
import { HonorRollLevel } from "./honor-roll-level.ts";

@Record({
  description: "Who is on the honor roll of a grading period, from a day on. Averages follow the official GPA policy, over the period's marks: a course weighs its credits, or the same as every other where none has credits. A school's own policy goes before the district's. Without any there is no honor roll.",
  access: settledByDistrict,
  plural: "honorRollPolicies",
})
@UniqueTogether("schoolId", "fromDate")
export class HonorRollPolicy extends DistrictRecord {
  @ForeignRef(() => School, { description: "The school. Null: every school without a policy of its own.", optional: true })
  schoolId?: string | null;
  @Day({ description: "The first day on which the policy holds, compared with the last day of the grading period.", sortable: true })
  fromDate!: string;
  @Flag({ description: "The weighted average counts, not the unweighted one.", defaultValue: false })
  weighted!: boolean;
  @Whole({ description: "How many marks with points a student needs at least.", unit: "courses", min: 1, max: 99, defaultValue: 1 })
  minimumCourses!: number;
  @Flag({ description: "A student with an incomplete is not on the roll until it is made up.", defaultValue: true })
  excludesIncompletes!: boolean;
  @HasMany(() => HonorRollLevel, "policy", { description: "The levels of the roll." })
  levels?: never;
}
