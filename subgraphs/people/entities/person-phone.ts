import { BelongsTo, Choice, Flag, Text, choice, type ChoiceOf, type Reference } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether, UniqueWhere } from "#foundation/record/record";
import { contactDetails } from "../access.ts";
import { Person } from "./person.ts";

export const PhoneKind = choice("PhoneKind", "Where a telephone rings.", {
  MOBILE: "In the person's pocket. Receives text messages.",
  HOME: "At home.",
  WORK: "At work.",
  OTHER: "Elsewhere, e.g. at a neighbor's.",
});
export type PhoneKind = ChoiceOf<typeof PhoneKind>;

@Record({ description: "A telephone number of a person.", access: contactDetails })
@UniqueTogether("person", "number")
@UniqueWhere({ fields: ["person"], where: "preferred", message: "Another number of this person is already the preferred one. Take the mark from it first." })
export class PersonPhone extends DistrictRecord {
  @BelongsTo(() => Person, { description: "Whose number it is.", immutable: true })
  person!: Reference<Person>;
  @Text({ description: "The number as it is dialed, with an extension where there is one, e.g. \"+1 519 555 0100\" or \"519-555-0100 x12\".", maxLength: 40 })
  number!: string;
  @Choice(PhoneKind, { description: "Where the telephone rings." })
  kind!: PhoneKind;
  @Flag({ description: "The number to try first. At most one per person.", defaultValue: false })
  preferred!: boolean;
  @Flag({ description: "Unlisted: hidden from everyone, in lists and exports too, but the registrar and the principal of the school.", defaultValue: false })
  confidential!: boolean;
}
