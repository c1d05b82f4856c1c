import { BelongsTo, Decimal, Text, Whole, type Reference } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { settledByDistrict } from "../access.ts";
import { HonorRollPolicy } from "./honor-roll-policy.ts";

@Record({ description: "A level of the honor roll, e.g. high honors from 3.75. A student is on the highest level reached.", access: settledByDistrict })
@UniqueTogether("policy", "title")
@UniqueTogether("policy", "sequence")
export class HonorRollLevel extends DistrictRecord {
  @BelongsTo(() => HonorRollPolicy, { description: "The policy.", immutable: true })
  policy!: Reference<HonorRollPolicy>;
  @Text({ description: "The name, e.g. \"High honors\".", maxLength: 64, sortable: true })
  title!: string;
  @Whole({ description: "The order from the highest level down.", min: 0, max: 100, sortable: true })
  sequence!: number;
  @Decimal({ description: "The least average of the period.", unit: "points", precision: 6, scale: 3, min: 0, max: 100 })
  minimumGpa!: string;
  @Decimal({ description: "No mark that counts may lie below these points, before any bonus: 2 allows no D where a C is worth 2. Null: no such floor.", unit: "points", precision: 6, scale: 3, min: 0, max: 100, optional: true })
  lowestPoints?: string | null;
}
