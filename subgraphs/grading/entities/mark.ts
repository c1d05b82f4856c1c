import { BelongsTo, Choice, Day, Decimal, ForeignRef, HasMany, Text, choice, type ChoiceOf, type Reference } from "#foundation/record/fields";
import { Agrees, Check, DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { marks } from "../access.ts";
import { GradingPeriod, Person, School, Section, Student, Term } from "../foreign.ts";
import { GradingScale } from "./grading-scale.ts";
import { MarkChange } from "./mark-change.ts";

export const MarkKind = choice("MarkKind", "What a mark speaks of.", {
  PERIOD: "A grading period.",
  EXAM: "A term's exam.",
  TERM_FINAL: "A whole term: computed from its periods and exam, and what the transcript shows.",
});
export type MarkKind = ChoiceOf<typeof MarkKind>;

export const MarkStatus = choice("MarkStatus", "Whether a mark is settled.", {
  POSTED: "It is settled. A change needs a reason and is kept.",
  INCOMPLETE: "Work is to be made up until a deadline; after it the mark becomes another one by itself.",
});
export type MarkStatus = ChoiceOf<typeof MarkStatus>;

@Record({ description: "A posted mark of a student in a section: what stands on the report card. Not to be confused with the score of an assignment.", access: marks, live: true, write: "operations" })
@UniqueTogether("studentId", "sectionId", "kind", "gradingPeriodId", "termId")
@Agrees("sectionId", { schoolId: "schoolId" })
@Check("about", "(kind = 'PERIOD') = (grading_period_id is not null) and (kind = 'PERIOD') = (term_id is null)", "A period's mark names its grading period, an exam's and a final mark their term.")
@Check("incomplete", "(status = 'INCOMPLETE') = (deadline is not null) and (status = 'INCOMPLETE') = (becomes is not null)", "An incomplete has a deadline and a mark that it becomes; any other mark has neither.")
export class Mark extends DistrictRecord {
  @ForeignRef(() => Student, { description: "The student." })
  studentId!: string;
  @ForeignRef(() => Section, { description: "The section." })
  sectionId!: string;
  @ForeignRef(() => School, { description: "The section's school." })
  schoolId!: string;
  @Choice(MarkKind, { description: "What the mark speaks of.", immutable: true })
  kind!: MarkKind;
  @ForeignRef(() => GradingPeriod, { description: "The grading period. Null unless it is a period's mark.", optional: true })
  gradingPeriodId?: string | null;
  @ForeignRef(() => Term, { description: "The term of an exam's or a final mark. Null for a period's.", optional: true })
  termId?: string | null;
  @BelongsTo(() => GradingScale, { description: "The scale on which the mark is given." })
  scale!: Reference<GradingScale>;
  @Text({ description: "The mark as it is printed, e.g. \"A-\". \"I\" while it is incomplete.", maxLength: 16, sortable: true })
  mark!: string;
  @Decimal({ description: "The percent behind the mark, to six decimals: the gradebook's average, the teacher's own, or the least percent of a mark that she chose. Null where there is no number, e.g. for P.", unit: "percent", precision: 12, scale: 6, optional: true })
  percent?: string | null;
  @Text({ description: "The percent as an exact fraction, for what is computed from it.", maxLength: 400, optional: true, internal: true })
  exactPercent?: string | null;
  @Decimal({ description: "What the gradebook or the term's formula gave when the mark was posted, to six decimals. Null where there were no scores. Another percent beside it shows that somebody chose.", unit: "percent", precision: 12, scale: 6, optional: true })
  computedPercent?: string | null;
  @Choice(MarkStatus, { description: "Whether the mark is settled.", defaultValue: "POSTED" })
  status!: MarkStatus;
  @Day({ description: "The last day for making up what is incomplete; on the day after, the mark becomes `becomes`. Null unless it is incomplete.", optional: true, sortable: true })
  deadline?: string | null;
  @Text({ description: "The mark that an incomplete becomes after the deadline, e.g. \"F\". Null unless it is incomplete.", maxLength: 16, optional: true })
  becomes?: string | null;
  @Day({ description: "The day on which it was posted first.", sortable: true, immutable: true })
  postedOn!: string;
  @ForeignRef(() => Person, { description: "Who posted it first." })
  postedById!: string;
  @HasMany(() => MarkChange, "mark", { description: "What the mark was before, who changed it and why." })
  changes?: never;
}
