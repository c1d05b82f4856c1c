import { BelongsTo, Choice, Day, Flag, Text, choice, type ChoiceOf, type Reference } from "#foundation/record/fields";
import { DistrictRecord, NoOverlap, Record, Span } from "#foundation/record/record";
import { householdAddresses } from "../access.ts";
import { Household } from "./household.ts";

export const AddressKind = choice("AddressKind", "What an address is for.", {
  HOME: "Where the household lives. Decides about attendance zones and buses.",
  MAILING: "Where mail goes, when it is not the home, e.g. a post office box.",
});
export type AddressKind = ChoiceOf<typeof AddressKind>;

@Record({ description: "An address of a household, with dates.", access: householdAddresses, plural: "householdAddresses" })
@Span("fromDate", "toDate")
@NoOverlap({ per: ["household", "kind"], from: "fromDate", to: "toDate", message: "The household already has an address of this kind on some of these days. End the earlier one first, or change the dates." })
export class HouseholdAddress extends DistrictRecord {
  @BelongsTo(() => Household, { description: "The household.", immutable: true })
  household!: Reference<Household>;
  @Choice(AddressKind, { description: "What the address is for." })
  kind!: AddressKind;
  @Text({ description: "Street and number, or the post office box.", maxLength: 120 })
  line1!: string;
  @Text({ description: "Apartment, building or \"in care of\".", optional: true, maxLength: 120 })
  line2?: string | null;
  @Text({ description: "City or town.", maxLength: 80 })
  city!: string;
  @Text({ description: "State, province or territory, by its postal abbreviation where there is one, e.g. \"TX\".", maxLength: 40 })
  region!: string;
  @Text({ description: "ZIP or postal code, e.g. \"78701\" or \"78701-4321\".", maxLength: 16 })
  postalCode!: string;
  @Text({ description: "The country, as an ISO 3166 code of two letters.", maxLength: 2, pattern: /^[A-Z]{2}$/, patternHint: "two capital letters, e.g. US", defaultValue: "US" })
  country!: string;
  @Day({ description: "The first day at the address, or the day it became known.", sortable: true })
  fromDate!: string;
  @Day({ description: "The first day no longer at the address. Null while it holds.", optional: true, sortable: true })
  toDate?: string | null;
  @Flag({ description: "Hidden from everyone, members of the household included, in lists, labels and exports too, but the registrar and the principal of the school.", defaultValue: false })
  addressConfidential!: boolean;
}
