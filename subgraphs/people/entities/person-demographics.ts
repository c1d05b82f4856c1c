import { Choice, Day, Flag, Text, choice, type ChoiceOf } from "#foundation/record/fields";
import { DistrictRecord, Record } from "#foundation/record/record";
import { personDemographics } from "../access.ts";

export const LegalSex = choice("LegalSex", "Sex as the person's legal documents state it.", {
  FEMALE: "Female.",
  MALE: "Male.",
  X: "Neither, where the state's documents provide for it.",
});
export type LegalSex = ChoiceOf<typeof LegalSex>;

export const RaceEthnicity = choice("RaceEthnicity", "The federal roll-up of the two-part question on ethnicity and race, as reports use it.", {
  HISPANIC_OR_LATINO: "Hispanic or Latino, of any race.",
  AMERICAN_INDIAN_OR_ALASKA_NATIVE: "American Indian or Alaska Native alone, not Hispanic or Latino.",
  ASIAN: "Asian alone, not Hispanic or Latino.",
  BLACK_OR_AFRICAN_AMERICAN: "Black or African American alone, not Hispanic or Latino.",
  NATIVE_HAWAIIAN_OR_OTHER_PACIFIC_ISLANDER: "Native Hawaiian or other Pacific Islander alone, not Hispanic or Latino.",
  WHITE: "White alone, not Hispanic or Latino.",
  TWO_OR_MORE_RACES: "Two or more races, not Hispanic or Latino.",
});
export type RaceEthnicity = ChoiceOf<typeof RaceEthnicity>;

const race = (name: string) => ({ description: `Whether ${name} is among the person's races; several may be. Null when the question was not answered.`, optional: true });

@Record({ description: "What only those with a need to know may read about a person: birth date, legal sex, languages, race and ethnicity.", access: personDemographics, plural: "personDemographicSets" })
export class PersonDemographics extends DistrictRecord {
  @Day({ description: "The birth date. On the 18th birthday all rights of the parents pass to the student; for someone born on 29 February that is 1 March in a year without that day. Null when unknown: then no birthday is assumed.", optional: true, sortable: true })
  birthDate?: string | null;
  @Choice(LegalSex, { description: "Sex as legal documents state it. Null when not reported.", optional: true })
  legalSex?: LegalSex | null;
  @Text({ description: "The language spoken most at home, as an ISO 639 code, e.g. \"es\" or \"hmn\".", optional: true, maxLength: 3, pattern: /^[a-z]{2,3}$/, patternHint: "an ISO 639 code in lower case, e.g. es" })
  homeLanguage?: string | null;
  @Text({ description: "The country of birth, as an ISO 3166 code of two letters, e.g. \"MX\". Collected only where a program requires it.", optional: true, maxLength: 2, pattern: /^[A-Z]{2}$/, patternHint: "two capital letters, e.g. MX" })
  countryOfBirth?: string | null;
  @Flag({ description: "The first part of the federal question: whether the person is Hispanic or Latino. Null when it was not answered.", optional: true })
  hispanicOrLatino?: boolean | null;
  @Flag(race("American Indian or Alaska Native"))
  americanIndianOrAlaskaNative?: boolean | null;
  @Flag(race("Asian"))
  asian?: boolean | null;
  @Flag(race("Black or African American"))
  blackOrAfricanAmerican?: boolean | null;
  @Flag(race("Native Hawaiian or other Pacific Islander"))
  nativeHawaiianOrOtherPacificIslander?: boolean | null;
  @Flag(race("White"))
  white?: boolean | null;
  @Choice(RaceEthnicity, { description: "The federal roll-up, computed from the answers. Null while the first part is unanswered, or no race is given where it decides.", optional: true, readOnly: true })
  raceEthnicity?: RaceEthnicity | null;
}
