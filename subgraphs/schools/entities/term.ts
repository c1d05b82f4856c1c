import { BelongsTo, Choice, Day, HasMany, Text, choice, type ChoiceOf, type Reference } from "#foundation/record/fields";
import { Check, DistrictRecord, Record, Span, UniqueTogether } from "#foundation/record/record";
import { terms } from "../access.ts";
import { GradingPeriod } from "./grading-period.ts";
import { School } from "./school.ts";
import { SchoolYear } from "./school-year.ts";

export const TermKind = choice("TermKind", "Into how many parts a term divides the year.", {
  YEAR: "The whole year.",
  SEMESTER: "Half of the year.",
  TRIMESTER: "A third of the year.",
  QUARTER: "A quarter of the year.",
  SUMMER: "A summer session.",
  OTHER: "Any other part.",
});
export type TermKind = ChoiceOf<typeof TermKind>;

@Record({ description: "A part of the school year that sections are taught in, e.g. the fall semester. A section may span several terms, and a term may have parts.", access: terms })
@UniqueTogether("schoolYear", "school", "name")
@Span("firstDay", "endDay")
@Check("parent", "parent_id is null or parent_id <> id", "A term cannot be part of itself. Choose another parent, or none.")
export class Term extends DistrictRecord {
  @BelongsTo(() => SchoolYear, { description: "The school year that the term is inside of.", immutable: true })
  schoolYear!: Reference<SchoolYear>;
  @BelongsTo(() => School, { description: "The school that divides its year this way. Null: the whole district.", optional: true, immutable: true })
  school?: Reference<School> | null;
  @Text({ description: "The name, unique within the year and school, e.g. \"Fall semester\".", maxLength: 64, sortable: true })
  name!: string;
  @Choice(TermKind, { description: "Into how many parts the term divides the year." })
  kind!: TermKind;
  @BelongsTo(() => Term, { description: "The longer term that this one is part of, e.g. the semester of a quarter. Null at the top.", optional: true })
  parent?: Reference<Term> | null;
  @Day({ description: "The first day of the term.", sortable: true })
  firstDay!: string;
  @Day({ description: "The day after the last day of the term. Screens show the last day.", sortable: true })
  endDay!: string;
  @HasMany(() => Term, "parent", { description: "The shorter terms inside this one." })
  parts?: never;
  @HasMany(() => GradingPeriod, "term", { description: "The periods after which marks are posted." })
  gradingPeriods?: never;
}
