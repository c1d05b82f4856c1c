import { Companion, HasMany, Text, type Reference } from "#foundation/record/fields";
import { DistrictRecord, Record } from "#foundation/record/record";
import { people } from "../access.ts";
import { DutyAssignment } from "./duty-assignment.ts";
import { HouseholdMember } from "./household-member.ts";
import { PersonDemographics } from "./person-demographics.ts";
import { PersonEmail } from "./person-email.ts";
import { PersonPhone } from "./person-phone.ts";

@Record({
  description: "A human being whom the district knows: student, contact, employee or several of these at once, always one record. It holds names only; all else has a narrower audience.",
  access: people,
  plural: "people",
  write: ["create", "update"],
})
export class Person extends DistrictRecord {
  @Text({ description: "The legal first name.", maxLength: 100, sortable: true, searchable: true, foundByStart: true })
  givenName!: string;
  @Text({ description: "The legal middle names. Null when there are none, or none are known.", optional: true, maxLength: 100 })
  middleName?: string | null;
  @Text({ description: "The legal family name. For a person with a single name both names hold it.", maxLength: 100, sortable: true, searchable: true, foundByStart: true })
  familyName!: string;
  @Text({ description: "What follows the name, e.g. \"Jr.\" or \"III\".", optional: true, maxLength: 20 })
  suffix?: string | null;
  @Text({ description: "The first name that the person goes by, where it is not the legal one. Screens and lists show it; official documents show the legal name.", optional: true, maxLength: 100, searchable: true })
  preferredGivenName?: string | null;
  @Text({ description: "The family name that the person goes by, where it is not the legal one.", optional: true, maxLength: 100, searchable: true })
  preferredFamilyName?: string | null;
  @Text({ description: "The pronouns that the person asks for, in their own words, e.g. \"she/her\". Null when not stated.", optional: true, maxLength: 40 })
  pronouns?: string | null;
  @Companion(() => PersonDemographics, { description: "Birth date, legal sex, languages, race and ethnicity." })
  demographics?: Reference<PersonDemographics> | null;
  @HasMany(() => PersonPhone, "person", { description: "The person's telephone numbers." })
  phones?: never;
  @HasMany(() => PersonEmail, "person", { description: "The person's e-mail addresses." })
  emails?: never;
  @HasMany(() => HouseholdMember, "person", { description: "The households that the person belongs or belonged to." })
  householdMemberships?: never;
  @HasMany(() => DutyAssignment, "person", { description: "The duties that the person has or had." })
  dutyAssignments?: never;
}
