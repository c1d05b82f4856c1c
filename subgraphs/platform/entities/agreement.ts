import { BelongsTo, choice, Choice, Choices, Day, Flag, ForeignRef, HasMany, Text, type ChoiceOf, type Reference } from "#foundation/record/fields";
import { Check, DistrictRecord, Record, Span } from "#foundation/record/record";
import { agreements } from "../access.ts";
import { DataCategory } from "../disclosure/data-category.ts";
import { LegalBasis, systemBases } from "../disclosure/legal-basis.ts";
import { Person } from "../foreign.ts";
import { Account } from "./account.ts";
import { AgreementSchool } from "./agreement-school.ts";

export const AgreementAudience = choice("AgreementAudience", "To whom directory information goes under an agreement. Each audience has opt-outs of its own.", {
  NONE: "No directory information: the agreement rests on another basis.",
  PUBLIC: "Everyone: yearbooks, honor rolls, programs, the press.",
  RECRUITERS: "Military recruiters.",
  COLLEGES: "Colleges and universities that recruit.",
});
export type AgreementAudience = ChoiceOf<typeof AgreementAudience>;

export const AgreementStatus = choice("AgreementStatus", "Whether an agreement runs its term.", {
  SIGNED: "Counts from its first day to the end of its term.",
  ENDED: "Was ended before its term; counts no more from `toDate` on.",
});
export type AgreementStatus = ChoiceOf<typeof AgreementStatus>;

const bases = systemBases.map((basis) => `'${basis}'`).join(", ");

@Record({
  description: "An agreement of the district with a party outside: which data about which schools' students may go to it, what for, on what basis, from when to when. Nothing leaves without one. Its terms never change: what shall hold otherwise is another agreement.",
  access: agreements,
  write: "operations",
})
@Span("fromDate", "toDate", { mayBeEmpty: true })
@Check("audience", "(basis = 'DIRECTORY_INFORMATION') = (audience <> 'NONE')", "Directory information goes to an audience, and nothing else does. Choose the audience, or NONE for another basis.")
@Check("categories", "cardinality(categories) > 0", "Name at least one category of data.")
@Check("system", `account_id is null or basis in (${bases})`, "A system may ask by itself only as a school official or under written consents. For another basis, send it exports.")
export class Agreement extends DistrictRecord {
  @Text({ description: "With whom: the party's name, as disclosure records show it.", maxLength: 200, immutable: true, sortable: true }) partyName!: string;
  @Text({ description: "How to reach the party, e.g. a name and an e-mail address.", maxLength: 255, immutable: true }) partyContact!: string;
  @Text({ description: "What the party may use the data for.", maxLength: 1000, immutable: true }) purpose!: string;
  @Text({ description: "The party's legitimate interest in the data, as disclosure records show it.", maxLength: 1000, immutable: true }) interest!: string;
  @Choice(LegalBasis, { description: "On what basis data may go.", immutable: true }) basis!: LegalBasis;
  @Choice(AgreementAudience, { description: "To whom directory information goes.", immutable: true, defaultValue: "NONE" }) audience!: AgreementAudience;
  @Choices(DataCategory, { description: "Which data may go, and no other.", immutable: true }) categories!: DataCategory[];
  @Flag({ description: "Whether it is about every school of the district, those to come included; else about those in `schools`.", immutable: true, defaultValue: false }) everySchool!: boolean;
  @Day({ description: "The first day of the agreement.", immutable: true, sortable: true }) fromDate!: string;
  @Day({ description: "The first day on which it counts no longer: it ends at local midnight.", sortable: true }) toDate!: string;
  @Choice(AgreementStatus, { description: "Whether it runs its term.", defaultValue: "SIGNED" }) status!: AgreementStatus;
  @ForeignRef(() => Person, { description: "Who signed for the district." }) signedById!: string;
  @Day({ description: "The day on which it was signed.", immutable: true, sortable: true }) signedOn!: string;
  @BelongsTo(() => Account, { description: "The sign-in of the party's system, which reaches what the agreement names and nothing else; null where files are sent.", optional: true }) account!: Reference<Account> | null;
  @HasMany(() => AgreementSchool, "agreement", { description: "The schools whose students it is about, where it is not about every school." }) schools?: never;
}
