import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { choice, Choice, Instant, Text, type ChoiceOf } from "#foundation/record/fields";
import { unlinkedSignIns } from "../access.ts";

export const UnlinkedReason = choice("UnlinkedReason", "Why a sign-in was not linked to a person by its e-mail address.", {
  SHARED_EMAIL: "Several people of the district have this e-mail address in their records. Find out who it is and link the sign-in, or send that person an invitation.",
  SEVERAL_DISTRICTS: "People of several districts have this e-mail address. Find out who it is and send that person an invitation.",
  PERSON_HAS_ACCOUNT: "The person with this e-mail address signs in with another account. Find out which one is right; unlink the other first.",
  UNLINKED_BEFORE: "This sign-in was linked once and unlinked by hand. Only a person links it again.",
});
export type UnlinkedReason = ChoiceOf<typeof UnlinkedReason>;

@Record({
  description: "A sign-in whose verified e-mail address is in the district's records and which could not be linked for sure: it waits for the office, and sees nothing until then.",
  access: unlinkedSignIns,
  write: "operations",
})
@UniqueTogether("issuer", "subject")
export class UnlinkedSignIn extends DistrictRecord {
  @Text({ description: "The issuer of the tokens (`iss`), a URL.", immutable: true }) issuer!: string;
  @Text({ description: "The issuer's stable id of the user (`sub`).", immutable: true }) subject!: string;
  @Text({ description: "The user name at the issuer. For people to recognise.", sortable: true }) username!: string;
  @Text({ description: "The verified e-mail address at the issuer. Null where it is an unlisted one in the records.", optional: true, maxLength: 254 }) email!: string | null;
  @Choice(UnlinkedReason, { description: "Why it was not linked, and what to do." }) reason!: UnlinkedReason;
  @Instant({ description: "When it was tried first, or the reason changed.", sortable: true }) triedAt!: Date;
}
