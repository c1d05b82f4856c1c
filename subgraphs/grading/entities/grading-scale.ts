import { Choice, Decimal, HasMany, Text, Whole, choice, type ChoiceOf } from "#foundation/record/fields";
import { Check, DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { settledByDistrict } from "../access.ts";
import { GradingScaleMark } from "./grading-scale-mark.ts";

export const GradingScaleKind = choice("GradingScaleKind", "What the marks of a scale are read from.", {
  PERCENT: "From an average in percent, e.g. A from 90.",
  POINTS: "From an average turned into points, e.g. 3.5 of 4.",
  STANDARDS: "From no number: somebody judges how far a standard is met.",
});
export type GradingScaleKind = ChoiceOf<typeof GradingScaleKind>;

@Record({ description: "A list of marks and what they are read from, e.g. letters from percents. Which scale a course or school uses is said by its scale uses.", access: settledByDistrict })
@UniqueTogether("name")
@Check("maximum", "kind <> 'PERCENT' or maximum = 100", "Full marks on a percent scale are 100.")
export class GradingScale extends DistrictRecord {
  @Text({ description: "The name, unique in the district, e.g. \"Letters, plus and minus\".", maxLength: 100, sortable: true })
  name!: string;
  @Choice(GradingScaleKind, { description: "What the marks are read from." })
  kind!: GradingScaleKind;
  @Decimal({ description: "What full marks read as: 100 on a percent scale, e.g. 4 on a scale of points. Without meaning on a scale of standards.", precision: 9, scale: 3, min: 0, max: 100000, defaultValue: 100 })
  maximum!: string;
  @Whole({ description: "To how many decimals an average is rounded, half up, when it is shown. The mark is read from what is shown: with 0, an average of 89.5 percent is shown as 90 and read as 90.", unit: "decimals", min: 0, max: 4, defaultValue: 0 })
  decimals!: number;
  @HasMany(() => GradingScaleMark, "scale", { description: "The marks of the scale." })
  marks?: never;
}
