import { BelongsTo, Choice, Flag, Text, choice, type ChoiceOf, type Reference } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether, UniqueWhere } from "#foundation/record/record";
import { contactDetails } from "../access.ts";
import { Person } from "./person.ts";

export const EmailKind = choice("EmailKind", "Who gave a person an e-mail address.", {
  PERSONAL: "The person's own.",
  WORK: "An employer other than the district.",
  DISTRICT: "The district, for its students and employees.",
});
export type EmailKind = ChoiceOf<typeof EmailKind>;

@Record({ description: "An e-mail address of a person. Two people may share one.", access: contactDetails })
@UniqueTogether("person", "address")
@UniqueWhere({ fields: ["person"], where: "preferred", message: "Another e-mail address of this person is already the preferred one. Take the mark from it first." })
export class PersonEmail extends DistrictRecord {
  @BelongsTo(() => Person, { description: "Whose address it is.", immutable: true })
  person!: Reference<Person>;
  @Text({ description: "The address, e.g. \"maria.lopez@example.org\".", maxLength: 254, pattern: /^[^@\s]+@[^@\s]+$/, patternHint: "an e-mail address, e.g. maria.lopez@example.org" })
  address!: string;
  @Choice(EmailKind, { description: "Who gave the person the address." })
  kind!: EmailKind;
  @Flag({ description: "The address to write to first. At most one per person.", defaultValue: false })
  preferred!: boolean;
  @Flag({ description: "Unlisted: hidden from everyone, in lists and exports too, but the registrar and the principal of the school.", defaultValue: false })
  confidential!: boolean;
}
