import { BelongsTo, Decimal, Flag, Text, Whole, type Reference } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { settledByDistrict } from "../access.ts";
import { GradingScale } from "./grading-scale.ts";

@Record({ description: "One mark of a scale, e.g. A- from 90 percent. What it is worth in an average is said by the GPA policy.", access: settledByDistrict })
@UniqueTogether("scale", "mark")
@UniqueTogether("scale", "sequence")
export class GradingScaleMark extends DistrictRecord {
  @BelongsTo(() => GradingScale, { description: "The scale.", immutable: true })
  scale!: Reference<GradingScale>;
  @Text({ description: "The mark as it is printed, e.g. \"A-\", \"P\" or \"3\".", maxLength: 16, sortable: true })
  mark!: string;
  @Text({ description: "What it means, e.g. \"Meets the standard\". Null where the mark says it.", maxLength: 100, optional: true })
  title?: string | null;
  @Decimal({ description: "The least average, on the scale's own numbers, that is read as this mark. Null: no number gives it, e.g. P, or any mark of a scale of standards.", precision: 9, scale: 3, min: 0, max: 100000, optional: true })
  minimum?: string | null;
  @Whole({ description: "The order from the best mark down. Gaps are allowed.", min: 0, max: 1000, sortable: true })
  sequence!: number;
  @Flag({ description: "The mark earns the course's credits.", defaultValue: true })
  passing!: boolean;
  @Flag({ description: "The mark may count in a grade point average. False for pass/fail, audit and withdrawal marks.", defaultValue: true })
  countsInGpa!: boolean;
}
