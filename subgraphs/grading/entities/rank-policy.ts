import { Day, Decimal, Flag, ForeignRef, Whole } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { settledByDistrict } from "../access.ts";
import { School } from "../foreign.ts";

@Record({
  description: "Whether and how students are ranked within their school and grade level, from a day on. A school's own policy goes before the district's. Without any: ranked by the weighted average, whatever the time at the school. Ties share a rank and the next is skipped (1, 2, 2, 4).",
  access: settledByDistrict,
  plural: "rankPolicies",
})
@UniqueTogether("schoolId", "fromDate")
export class RankPolicy extends DistrictRecord {
  @ForeignRef(() => School, { description: "The school. Null: every school without a policy of its own.", optional: true })
  schoolId?: string | null;
  @Day({ description: "The first day on which the policy holds.", sortable: true })
  fromDate!: string;
  @Flag({ description: "There are ranks. False switches them off, on documents too.", defaultValue: true })
  enabled!: boolean;
  @Flag({ description: "By the weighted average, not the unweighted one.", defaultValue: true })
  weighted!: boolean;
  @Whole({ description: "In how many terms a student must have finished courses at the school to be ranked.", unit: "terms", min: 0, max: 40, defaultValue: 0 })
  minimumTerms!: number;
  @Decimal({ description: "How many credits a student must have attempted at the school to be ranked.", unit: "credits", precision: 6, scale: 3, min: 0, max: 100, defaultValue: 0 })
  minimumCredits!: string;
}
