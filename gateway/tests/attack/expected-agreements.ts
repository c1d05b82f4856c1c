import type { Expected } from "./expected-reads.ts";
import { personas, type PersonaName } from "./personas.ts";
import type { WriteTable } from "./write-table.ts";

/** With whom the district shares what: for those who sign, who check, and the schools that collect consents. */
const agreements: Expected = { Agreement: "*", AgreementSchool: "*" };
const officeHere: Expected = { ...agreements, Disclosure: "lena, omar, adam, lea, pia", DisclosureConsent: "lena, omar" };
const officeThere: Expected = { ...agreements, Disclosure: "leo, samir", DisclosureConsent: "leo" };
const districtOffice: Expected = { ...agreements, Disclosure: "*" };

// What the systems of parties read under an agreement about A1.
const pupilsHere = "lena, omar, dina, adam, alma, lea, pia, tom, tia";
const teachersHere = "thea, cora, ben, abe";
const enrollmentsHere = "lena@A1, omar@A1, dina@A1, adam@A1, alma@A1, lea@A1, pia@A1, tom@A1, tia@A1";
const offered: Expected = { School: "A1", GradeLevel: "09, 10", SchoolYear: "last year, this year, next year", Term: "A1, A2", GradingPeriod: "A1, A2", Course: "alg, bio, geo" };
const rosters: Expected = { Section: "alg, bio, alg-25", SectionTerm: "alg", TeachingAssignment: "thea@alg, cora@alg, thea@alg-25, ben@bio, abe@bio, fern@bio, nell@bio" };

const cells: Readonly<Partial<Record<PersonaName, Expected>>> = {
  parentOfTwo: { Disclosure: "lena, leo", DisclosureConsent: "lena, leo" },
  // Of the child whom no order keeps from him.
  parentUnderOrder: { Disclosure: "samir" },
  motherOfBrothers: { Disclosure: "omar, samir", DisclosureConsent: "omar" },
  confidentialContact: { Disclosure: "omar", DisclosureConsent: "omar" },
  parentOfTwins: { Disclosure: "adam" },
  // Of the one who is 18 her own eyes alone.
  parentOfAdults: { Disclosure: "pia" },
  adultStudent: { Disclosure: "lea" },
  parentOfFormer: { Disclosure: "gina" },
  // A student who does not hold the rights yet reads consents, and not the record that is kept for her parents.
  student: { DisclosureConsent: "lena" },
  studentOfOrder: { DisclosureConsent: "omar" },
  registrarHere: officeHere,
  principalHere: officeHere,
  registrarThere: officeThere,
  principalThere: officeThere,
  principalWhoTeaches: { ...agreements, Disclosure: "lena", DisclosureConsent: "lena" },
  districtRegistrar: { ...districtOffice, DisclosureConsent: "*" },
  superintendent: districtOffice,
  auditor: districtOffice,
  admin: agreements,
  // Of A1: who attends it today by name and number, its sections, rosters and teachers. Of other schools' rosters and enrollments nothing.
  systemOfTutors: {
    ...offered, ...rosters, Student: pupilsHere, StudentIdentifiers: pupilsHere, Person: `${pupilsHere}, ${teachersHere}`, SchoolEnrollment: enrollmentsHere,
    SectionEnrollment: "omar@alg, dina@alg, tia@alg, alma@alg, adam@alg, lea@alg, pia@alg, lena@bio, tom@bio, adam@bio, dina@bio",
  },
  // Whoever has not consented, has withdrawn or attends another school is not there. No number is confidential, no contact's is told.
  systemByConsent: {
    ...offered, ...rosters, Student: "lena", StudentIdentifiers: "lena", Person: `lena, ${teachersHere}`, PersonDemographics: "lena", PersonPhone: "lena", SchoolEnrollment: "lena@A1", SectionEnrollment: "lena@bio",
  },
  systemElsewhere: {
    School: "b-B1", GradeLevel: "b-09", SchoolYear: "b-year", Term: "b-B1", GradingPeriod: "b-B1", Course: "b-alg", Section: "b-alg", TeachingAssignment: "b-tim@b-alg",
    Student: "b-bea", StudentIdentifiers: "b-bea", Person: "b-bea, b-tim", PersonDemographics: "b-bea", SchoolEnrollment: "b-bea@b-B1", SectionEnrollment: "b-bea@b-alg",
  },

  parentElsewhere: { Disclosure: "b-bea", DisclosureConsent: "b-bea" },
  superintendentElsewhere: districtOffice,
  registrarElsewhere: { ...districtOffice, DisclosureConsent: "*" },
};

/** What leaves the district, for one persona. What may leave as directory information is told to all. */
export function expectedAgreements(name: PersonaName): Expected {
  return { ...(personas[name].person === null ? {} : { DirectoryPolicy: "*" }), ...cells[name] };
}

const signers = "districtRegistrar, superintendent";

export const mayChangeAgreements: WriteTable["mayChange"] = {
  DirectoryPolicy: { listed: signers, "b-listed": "registrarElsewhere" },
  DisclosureConsent: { lena: "registrarHere, districtRegistrar", leo: "registrarThere, districtRegistrar", "b-bea": "registrarElsewhere" },
};
export const changeOfAgreements: WriteTable["changeOf"] = { DirectoryPolicy: "fields: [NAME]", DisclosureConsent: `toDate: "2026-11-01"` };
export const mayAddAgreements: WriteTable["mayAdd"] = [
  { type: "DirectoryPolicy", input: `fromDate: "2026-11-01", noticeGivenOn: "2026-10-14", fields: [NAME]`, by: `${signers}, registrarElsewhere` },
  { type: "DisclosureConsent", input: `studentId: "{Student dina}", agreementId: "{Agreement tutor}", personId: "{Person helen}", fromDate: "2026-10-01"`, by: "registrarHere, districtRegistrar" },
  { type: "DisclosureConsent", input: `studentId: "{Student samir}", agreementId: "{Agreement tutor}", personId: "{Person nadia}", fromDate: "2026-10-01"`, by: "registrarThere, districtRegistrar" },
  // Nobody consents in her own name.
  { type: "DisclosureConsent", input: `studentId: "{Student dina}", agreementId: "{Agreement tutor}", personId: "{Person rita}", fromDate: "2026-10-01"`, by: "districtRegistrar" },
  { type: "DisclosureConsent", input: `studentId: "{Student dina}", agreementId: "{Agreement tutor}", personId: "{Person dora}", fromDate: "2026-10-01"`, by: "" },
];
