import { choice, Choice, ForeignRef, Json, Text, type ChoiceOf } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { sourceDecisions } from "../access.ts";
import { Person } from "../foreign.ts";

export const SourceDecisionKind = choice("SourceDecisionKind", "What a clerk decides about another system's files.", {
  EXCLUDE: "The row is not imported.",
  SAME_PERSON: "The person in the files is one whom the district knows already.",
  NEW_PERSON: "The person in the files is none of those whom she resembles.",
  READ_AS: "A value that the files write stands for another one, e.g. the grade \"9th\" for \"09\".",
  CONFIRM_CONTACT: "The person whom the files name for a student is a contact, with the rights that are told.",
});
export type SourceDecisionKind = ChoiceOf<typeof SourceDecisionKind>;

@Record({ description: "What somebody decided about the files of another system. It holds for every later import from there until it is taken back.", access: sourceDecisions, write: "operations" })
@UniqueTogether("source", "kind", "file", "subject")
export class SourceDecision extends DistrictRecord {
  @Text({ description: "The other system.", maxLength: 100, immutable: true, sortable: true }) source!: string;
  @Choice(SourceDecisionKind, { description: "What is decided.", immutable: true }) kind!: SourceDecisionKind;
  @Text({ description: "The file, e.g. \"users.csv\".", maxLength: 64, immutable: true }) file!: string;
  @Text({ description: "What it is about: the source's id of the row; for CONFIRM_CONTACT the student's and the contact's with a space between; for READ_AS the column and the value with a space between.", maxLength: 600, immutable: true }) subject!: string;
  @Text({ description: "For READ_AS: what the district reads instead.", optional: true }) readAs?: string | null;
  @ForeignRef(() => Person, { description: "For SAME_PERSON: who it is.", optional: true, immutable: false }) personId?: string | null;
  @Json({ description: "For CONFIRM_CONTACT: the fields of the contact that are set, by name.", optional: true }) contact?: unknown;
}
