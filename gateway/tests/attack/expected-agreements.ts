import type { Expected } from "./expected-reads.ts";
import { personas, type PersonaName } from "./personas.ts";
import type { WriteTable } from "./write-table.ts";

/** With whom the district shares what: for those who sign, who check, and the schools that collect consents. */
const agreements: Expected = { Agreement: "*", AgreementSchool: "*" };
const officeHere: Expected = { ...agreements, Disclosure: "lena, omar, adam, lea, pia", DisclosureConsent: "lena, omar" };
const officeThere: Expected = { ...agreements, Disclosure: "leo, samir", DisclosureConsent: "leo" };
const districtOffice: Expected = { ...agreements, Disclosure: "*" };

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
