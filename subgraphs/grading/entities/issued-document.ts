import { Choice, fieldOf, ForeignRef, Instant, Json, Text, TextList, Whole, choice, type ChoiceOf } from "#foundation/record/fields";
import { Check, DistrictRecord, Record, UniqueTogether, UniqueWhere } from "#foundation/record/record";
import { issuedDocuments } from "../access.ts";
import { GradingPeriod, Person, School, Student } from "../foreign.ts";

export const DocumentKind = choice("DocumentKind", "What was issued.", {
  REPORT_CARD: "The marks of a school year up to a grading period.",
  TRANSCRIPT: "All finished courses with credits and averages.",
});
export type DocumentKind = ChoiceOf<typeof DocumentKind>;

@Record({
  description: "A report card or transcript as it was issued, its figures frozen. It never changes: a correction issues a new edition, and the old one stays. What is outdated says so.",
  access: issuedDocuments,
  write: "operations",
})
@UniqueTogether("series", "edition")
@UniqueWhere({ fields: ["studentId", "schoolId", "gradingPeriodId", "edition"], where: "kind = 'REPORT_CARD'", message: "This report card is issued already. Reissue it if it must change." })
@Check("period", "(kind = 'REPORT_CARD') = (grading_period_id is not null)", "A report card is of a grading period, a transcript of none.")
@Check("edition", "(edition = 1) = (reason is null)", "A later edition says why it was issued, the first one does not.")
export class IssuedDocument extends DistrictRecord {
  @ForeignRef(() => Student, { description: "The student." })
  studentId!: string;
  @ForeignRef(() => School, { description: "The school that issued it." })
  schoolId!: string;
  @Choice(DocumentKind, { description: "What was issued.", immutable: true })
  kind!: DocumentKind;
  @ForeignRef(() => GradingPeriod, { description: "The grading period of a report card. Null for a transcript.", optional: true })
  gradingPeriodId?: string | null;
  @fieldOf("id", { description: "What all editions of one document share: the id of the first.", immutable: true })
  series!: string;
  @Whole({ description: "Counts the editions of one document from 1. Each replaces the one before.", min: 1, max: 1000, immutable: true, defaultValue: 1, sortable: true })
  edition!: number;
  @Text({ description: "Why it was issued again. Null for the first edition.", maxLength: 1000, optional: true, immutable: true })
  reason?: string | null;
  @Instant({ description: "When it was issued (UTC).", immutable: true, sortable: true })
  issuedAt!: Date;
  @ForeignRef(() => Person, { description: "Who issued it." })
  issuedById!: string;
  @Json({ description: "What it says, figure by figure, as it was when it was issued. The fields follow the kind; `html` shows them as a page.", immutable: true })
  figures!: unknown;
  @TextList({ description: "Ids of the marks and history entries that it shows.", immutable: true, internal: true })
  sourceIds!: string[];
  @Instant({ description: "Since when something that it shows has changed (UTC). Null while it is still true.", optional: true, sortable: true })
  outdatedAt?: Date | null;
  @Text({ description: "What changed, e.g. \"A mark in Algebra I was changed.\" Null while it is still true.", maxLength: 500, optional: true })
  outdatedReason?: string | null;
}
