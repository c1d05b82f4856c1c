import { BelongsTo, choice, Choice, Flag, ForeignRef, Text, TextList, type ChoiceOf, type Reference } from "#foundation/record/fields";
import { DistrictRecord, Record } from "#foundation/record/record";
import { importCandidates } from "../access.ts";
import { Person } from "../foreign.ts";
import { Import } from "./import.ts";

export const CandidateState = choice("CandidateState", "What was decided about two records that may be one person.", {
  OPEN: "Nobody has decided yet. An import with an open likely one is not written.",
  SAME: "They are one person: the import adds to the person whom the district knows.",
  OTHER: "They are two people: the import makes a new person.",
});
export type CandidateState = ChoiceOf<typeof CandidateState>;

@Record({ description: "A person of the files who may be one whom the district knows already, with the reasons. What is decided is kept for the next import.", access: importCandidates, write: "operations" })
export class ImportCandidate extends DistrictRecord {
  @BelongsTo(() => Import, { description: "The import.", immutable: true }) import!: Reference<Import>;
  @Text({ description: "The source's id of the person in its files.", immutable: true }) sourcedId!: string;
  @Text({ description: "The name in the files, \"Family, Given\".", sortable: true }) label!: string;
  @ForeignRef(() => Person, { description: "The person whom the district knows." }) personId!: string;
  @TextList({ description: "Why it may be the same person, the strongest reason first, as values of DuplicateReason." }) reasons!: string[];
  @Flag({ description: "Whether the reasons are strong enough for the import to wait until somebody decides." }) likely!: boolean;
  @Choice(CandidateState, { description: "What was decided.", defaultValue: "OPEN" }) state!: CandidateState;
}
