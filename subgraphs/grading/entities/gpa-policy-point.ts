import { BelongsTo, Decimal, Text, type Reference } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { settledByDistrict } from "../access.ts";
import { GpaPolicy } from "./gpa-policy.ts";

@Record({ description: "What a mark is worth under a GPA policy, e.g. B+ 3.3.", access: settledByDistrict })
@UniqueTogether("policy", "mark")
export class GpaPolicyPoint extends DistrictRecord {
  @BelongsTo(() => GpaPolicy, { description: "The policy.", immutable: true })
  policy!: Reference<GpaPolicy>;
  @Text({ description: "The mark as the record has it, e.g. \"B+\".", maxLength: 16, sortable: true })
  mark!: string;
  @Decimal({ description: "What it is worth.", unit: "points", precision: 6, scale: 3, min: 0, max: 100 })
  points!: string;
}
