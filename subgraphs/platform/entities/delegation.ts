import { BelongsTo, choice, Choice, Day, Flag, Instant, Text, TextList, type ChoiceOf, type Reference } from "#foundation/record/fields";
import { DistrictRecord, Record, Span } from "#foundation/record/record";
import { delegations } from "../access.ts";
import { Account } from "./account.ts";

export const DelegationUse = choice("DelegationUse", "What kind of work runs under a delegation. One that was given for one kind serves no other.", {
  SCHEDULE: "Reports and other work at set times.",
  ASSISTANT: "Runs of the assistant that go on while nobody waits for them.",
  IMPORT: "Taking over files of other systems.",
  EXPORT: "Files for other systems.",
  EMBED: "Figures and lists shown on pages of others.",
  WEBHOOK: "Messages to other systems about what changed.",
});
export type DelegationUse = ChoiceOf<typeof DelegationUse>;

@Record({
  description: "That somebody lets work run in her name while she is not there: with some of her roles, for named operations, for a purpose, until a day. The work reaches what she herself would reach at that moment with these roles, never more; it rests while she has not signed in for two weeks. Each audit entry of it names her and the delegation.",
  access: delegations,
  write: "operations",
})
@Span("fromDate", "toDate")
export class Delegation extends DistrictRecord {
  @BelongsTo(() => Account, { description: "Whose rights are lent.", immutable: true }) account!: Reference<Account>;
  @Choice(DelegationUse, { description: "What kind of work may use it.", immutable: true }) use!: DelegationUse;
  @Text({ description: "What it is for, for those who look through the list later, e.g. \"Weekly attendance report for the principals\".", maxLength: 500, immutable: true }) purpose!: string;
  @TextList({ description: "The roles lent, of those that the owner's sign-in carried; a role that she has lost since counts no more.", immutable: true }) roles!: string[];
  @TextList({ description: "The root fields of the graph that the work may use, e.g. `students` or `postMarks`.", immutable: true }) operations!: string[];
  @Flag({ description: "Whether the work may ask every query besides.", immutable: true, defaultValue: false }) everyQuery!: boolean;
  @Day({ description: "The first day on which it may be used.", immutable: true, sortable: true }) fromDate!: string;
  @Day({ description: "The first day on which it may be used no longer: it ends at local midnight.", immutable: true, sortable: true }) toDate!: string;
  @Instant({ description: "When it was taken back; null while it was not.", optional: true, sortable: true }) revokedAt!: Date | null;
}
