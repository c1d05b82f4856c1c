import { BelongsTo, Choice, Decimal, ForeignRef, Whole, choice, type ChoiceOf, type Reference } from "#foundation/record/fields";
import { Agrees, Check, DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { arrangedBySchool } from "../access.ts";
import { GradingPeriod, School } from "../foreign.ts";
import { TermFormula } from "./term-formula.ts";

export const FormulaPartKind = choice("FormulaPartKind", "What a part of a term's final mark is.", {
  PERIOD: "The mark of a grading period.",
  EXAM: "The mark of the term's exam.",
});
export type FormulaPartKind = ChoiceOf<typeof FormulaPartKind>;

@Record({ description: "A part of a term's final mark with its weight, e.g. quarter 1 with 40. A part without a mark is left out and the weights of the others are renormalised.", access: arrangedBySchool })
@UniqueTogether("formula", "kind", "gradingPeriodId")
@Agrees("formula", { schoolId: "schoolId" })
@Check("period", "(kind = 'PERIOD') = (grading_period_id is not null)", "Name the grading period of a period's part, and none for the exam.")
export class TermFormulaPart extends DistrictRecord {
  @BelongsTo(() => TermFormula, { description: "The formula.", immutable: true })
  formula!: Reference<TermFormula>;
  @ForeignRef(() => School, { description: "The formula's school. Null where it has none.", optional: true })
  schoolId?: string | null;
  @Choice(FormulaPartKind, { description: "Whether it is a grading period's mark or the exam's.", immutable: true })
  kind!: FormulaPartKind;
  @ForeignRef(() => GradingPeriod, { description: "The grading period. Null for the exam.", optional: true })
  gradingPeriodId?: string | null;
  @Whole({ description: "The order in which parts are shown. Gaps are allowed.", min: 0, max: 1000, defaultValue: 0, sortable: true })
  sequence!: number;
  @Decimal({ description: "What the part weighs against the others, e.g. 40. The weights need not add up to 100.", precision: 7, scale: 3, min: 0, max: 1000 })
  weight!: string;
}
