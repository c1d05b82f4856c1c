import { BelongsTo, Day, Text, Whole, type Reference } from "#foundation/record/fields";
import { DistrictRecord, Record, Span, UniqueTogether } from "#foundation/record/record";
import { gradingPeriods } from "../access.ts";
import { School } from "./school.ts";
import { Term } from "./term.ts";

@Record({ description: "A period of a term after which marks are posted, e.g. a marking period or the interim of one.", access: gradingPeriods })
@UniqueTogether("term", "name")
@UniqueTogether("term", "sequence")
@Span("firstDay", "endDay")
export class GradingPeriod extends DistrictRecord {
  @BelongsTo(() => Term, { description: "The term that the period is inside of.", immutable: true })
  term!: Reference<Term>;
  @BelongsTo(() => School, { description: "The school of the term. Null when the term is the whole district's.", optional: true, immutable: true })
  school?: Reference<School> | null;
  @Text({ description: "The name, unique within the term, e.g. \"MP1\".", maxLength: 64, sortable: true })
  name!: string;
  @Whole({ description: "The place in the term, from 1.", min: 1, max: 60, sortable: true })
  sequence!: number;
  @Day({ description: "The first day of the period.", sortable: true })
  firstDay!: string;
  @Day({ description: "The day after the last day of the period. Screens show the last day.", sortable: true })
  endDay!: string;
}
