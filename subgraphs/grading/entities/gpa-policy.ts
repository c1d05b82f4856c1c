import { Choice, Day, Decimal, Flag, HasMany, Text, Whole, choice, type ChoiceOf } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether, UniqueWhere } from "#foundation/record/record";
import { settledByDistrict } from "../access.ts";
import { GpaPolicyPoint } from "./gpa-policy-point.ts";
import { GpaPolicyWeight } from "./gpa-policy-weight.ts";
import { MarkKind } from "./mark.ts";

export const RepeatRule = choice("RepeatRule", "How attempts at one course count in an average.", {
  BETTER_REPLACES: "Only the best attempt counts.",
  AVERAGE: "The mean of the attempts counts once, with the credits of the last.",
  ALL: "Every attempt counts.",
});
export type RepeatRule = ChoiceOf<typeof RepeatRule>;

export const Rounding = choice("Rounding", "How the last decimal of an average is found.", {
  HALF_UP: "Rounded: 3.6666 to three decimals is 3.667.",
  TRUNCATE: "Cut off: 3.6666 to three decimals is 3.666.",
});
export type Rounding = ChoiceOf<typeof Rounding>;

@Record({
  description: "How a grade point average is computed, from a day on until the next version of the same name. Without a policy there is no average: points are the district's to give.",
  access: settledByDistrict,
  plural: "gpaPolicies",
})
@UniqueTogether("name", "fromDate")
@UniqueWhere({ fields: ["fromDate"], where: "official", message: "Another official policy begins on this day. Make one of the two not official, or change the day." })
export class GpaPolicy extends DistrictRecord {
  @Text({ description: "The name; versions share it, e.g. \"District GPA\".", maxLength: 100, sortable: true })
  name!: string;
  @Day({ description: "The first day on which this version holds.", sortable: true })
  fromDate!: string;
  @Flag({ description: "Used for ranks, honor rolls and documents, and where nobody names a policy. The newest official one not after the day holds.", defaultValue: true })
  official!: boolean;
  @Choice(MarkKind, { description: "Which marks count.", defaultValue: "TERM_FINAL" })
  countedMarks!: MarkKind;
  @Choice(RepeatRule, { description: "How attempts at one course count.", defaultValue: "BETTER_REPLACES" })
  repeats!: RepeatRule;
  @Flag({ description: "Credit from schools elsewhere counts.", defaultValue: true })
  countsTransfers!: boolean;
  @Whole({ description: "To how many decimals the average is kept and compared.", unit: "decimals", min: 0, max: 6, defaultValue: 3 })
  decimals!: number;
  @Choice(Rounding, { description: "How the last decimal is found.", defaultValue: "HALF_UP" })
  rounding!: Rounding;
  @Decimal({ description: "The least points of a mark that a level's bonus is added to: with 1, an F is not lifted.", unit: "points", precision: 6, scale: 3, min: 0, max: 100, defaultValue: 1 })
  bonusFromPoints!: string;
  @HasMany(() => GpaPolicyPoint, "policy", { description: "What each mark is worth. A mark that is not listed does not count." })
  points?: never;
  @HasMany(() => GpaPolicyWeight, "policy", { description: "What the level of a course adds in the weighted average." })
  weights?: never;
}
