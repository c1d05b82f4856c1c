import { BelongsTo, Decimal, ForeignRef, type Reference } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { settledByDistrict } from "../access.ts";
import { CourseLevel } from "../foreign.ts";
import { GpaPolicy } from "./gpa-policy.ts";

@Record({ description: "What the level of a course adds to a mark's points in the weighted average, e.g. 1 for Advanced Placement.", access: settledByDistrict })
@UniqueTogether("policy", "courseLevelId")
export class GpaPolicyWeight extends DistrictRecord {
  @BelongsTo(() => GpaPolicy, { description: "The policy.", immutable: true })
  policy!: Reference<GpaPolicy>;
  @ForeignRef(() => CourseLevel, { description: "The level." })
  courseLevelId!: string;
  @Decimal({ description: "What is added to the mark's points.", unit: "points", precision: 6, scale: 3, min: 0, max: 100 })
  bonus!: string;
}
