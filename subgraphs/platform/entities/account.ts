import { Check, DistrictRecord, Record, UniqueTogether, UniqueWhere } from "#foundation/record/record";
import { choice, Choice, ForeignRef, Text, type ChoiceOf } from "#foundation/record/fields";
import { accounts } from "../access.ts";
import { Person } from "../foreign.ts";

export const AccountStatus = choice("AccountStatus", "Whether an account may sign in.", {
  ACTIVE: "Signs in, within its roles and relations.",
  DISABLED: "Refused at sign-in; its history stays.",
});
export type AccountStatus = ChoiceOf<typeof AccountStatus>;

export const AccountLink = choice("AccountLink", "How a sign-in came to be linked to its person.", {
  EMAIL: "By an e-mail address that the issuer had verified and that the district's records hold for this person alone.",
  INVITATION: "By the code of an invitation.",
  OFFICE: "By the district's administrator.",
  SYNC: "By the command line, which made the user at the issuer from the records.",
  AGREEMENT: "By the district's administrator, for the system of a party: it is no person's, and reaches what an agreement in effect names.",
});
export type AccountLink = ChoiceOf<typeof AccountLink>;

@Record({
  description: "A sign-in of the identity provider, linked to a person of the district, or to a system of a party outside. One person has at most one account at an issuer; what it reaches follows from the person's relations, or from the agreements that name the system.",
  access: accounts,
  write: ["update"],
})
@UniqueTogether("issuer", "subject")
@UniqueWhere({ fields: ["issuer", "personId"], where: "person_id is not null" })
@Check("person", "(person_id is null) = (linked_by is not distinct from 'AGREEMENT')", "An account is a person's, or that of a system under an agreement.")
export class Account extends DistrictRecord {
  @Text({ description: "The issuer of the tokens (`iss`), a URL.", immutable: true }) issuer!: string;
  @Text({ description: "The issuer's stable id of the user (`sub`).", immutable: true }) subject!: string;
  @Text({ description: "The user name at the issuer when the account was linked, e.g. `registrar`. For people to recognise, never for deciding.", sortable: true }) username!: string;
  @ForeignRef(() => Person, { description: "The person who signs in with this account.", optional: true }) personId!: string | null;
  @Choice(AccountStatus, { description: "Whether the account may sign in.", defaultValue: "ACTIVE" }) status!: AccountStatus;
  @Choice(AccountLink, { description: "How the account was linked to its person; null where it was loaded with the district.", optional: true, immutable: true, filterable: true }) linkedBy!: AccountLink | null;
}
