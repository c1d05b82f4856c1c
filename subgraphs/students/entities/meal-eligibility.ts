import { BelongsTo, Choice, Day, choice, type ChoiceOf, type Reference } from "#foundation/record/fields";
import { DistrictRecord, NoOverlap, Record, Span } from "#foundation/record/record";
import { mealEligibilities } from "../access.ts";
import { Student } from "./student.ts";

export const MealStatus = choice("MealStatus", "What a student pays for school meals.", {
  FREE: "Nothing.",
  REDUCED: "The reduced price.",
  PAID: "The full price, after an application was denied or a benefit ended. A student without a record pays it too.",
});
export type MealStatus = ChoiceOf<typeof MealStatus>;

export const MealBasis = choice("MealBasis", "What the meal status rests on.", {
  DIRECT_CERTIFICATION: "Another benefit of the household, matched by the state.",
  APPLICATION: "An application of the household.",
  CATEGORICAL: "Homeless, migrant, runaway, foster or Head Start.",
});
export type MealBasis = ChoiceOf<typeof MealBasis>;

@Record({ description: "What a student pays for school meals, with dates. Federal rules let hardly anyone but the meal program know it; every read is audited.", access: mealEligibilities, auditReads: true })
@Span("fromDate", "toDate")
@NoOverlap({ per: ["student"], from: "fromDate", to: "toDate", message: "The student already has a meal status on some of these days. End that one first, or change the dates." })
export class MealEligibility extends DistrictRecord {
  @BelongsTo(() => Student, { description: "The student.", immutable: true })
  student!: Reference<Student>;
  @Choice(MealStatus, { description: "What the student pays." })
  status!: MealStatus;
  @Choice(MealBasis, { description: "What the status rests on." })
  basis!: MealBasis;
  @Day({ description: "The first day of the status.", sortable: true })
  fromDate!: string;
  @Day({ description: "The first day on which it no longer holds. Null while no end is set.", optional: true, sortable: true })
  toDate?: string | null;
}
