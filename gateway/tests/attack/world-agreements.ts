import { idOf, type Rows } from "./world-rows.ts";

const student = (name: string) => idOf("Student", name);
const everything = ["ROSTER", "IDENTIFIERS", "CONTACT_DETAILS", "CONTACTS", "DEMOGRAPHICS", "GRADEBOOK"];

/** An agreement over some schools; without any, over every school. */
function agreed(rows: Rows, name: string, by: string, schools: readonly string[], values: Readonly<Record<string, unknown>>): void {
  rows.add("platform", "Agreement", name, {
    partyName: `Party ${name}`, partyContact: `${name}@party.example`, purpose: `Purpose of ${name}`, interest: `Interest of ${name}`, basis: "SCHOOL_OFFICIAL", categories: everything, everySchool: schools.length === 0,
    fromDate: "2026-08-01", toDate: "2027-08-01", status: "SIGNED", signedById: idOf("Person", by), signedOn: "2026-07-01", account: null, ...values,
  });
  for (const school of schools) rows.add("platform", "AgreementSchool", `${name} ${school}`, { agreement: idOf("Agreement", name), schoolId: idOf("School", school) });
}

function disclosed(rows: Rows, pupil: string, agreement: string, by: string): void {
  rows.add("platform", "Disclosure", pupil, {
    studentId: student(pupil), agreement: idOf("Agreement", agreement), recipient: `Party ${agreement}`, interest: `Note of ${pupil}`, basis: "STUDIES", categories: ["ROSTER"],
    disclosedAt: new Date("2026-10-01T12:00:00Z"), disclosedById: idOf("Person", by), exportId: idOf("Export", agreement),
  });
}

function consented(rows: Rows, pupil: string, agreement: string, person: string, toDate: string | null = null): void {
  rows.add("platform", "DisclosureConsent", pupil, { studentId: student(pupil), agreement: idOf("Agreement", agreement), personId: idOf("Person", person), fromDate: "2026-09-01", toDate });
}

/** What leaves the district: to whom, what went, and who consented. */
export function agreementsOfA(rows: Rows): void {
  rows.add("platform", "DirectoryPolicy", "listed", { fromDate: "2026-08-01", noticeGivenOn: "2026-07-01", fields: ["NAME", "SCHOOL", "GRADE_LEVEL"] });
  agreed(rows, "study", "sue", [], { basis: "STUDIES" });
  agreed(rows, "yearbook", "sue", [], { basis: "DIRECTORY_INFORMATION", audience: "PUBLIC", categories: ["ROSTER"] });
  // Systems that ask by themselves.
  const of = (system: string) => ({ account: idOf("Account", system) });
  agreed(rows, "tutor", "dora", ["A1"], { basis: "WRITTEN_CONSENT", ...of("tutor") });
  agreed(rows, "lms", "sue", ["A1"], { categories: ["ROSTER", "IDENTIFIERS"], ...of("lms") });
  agreed(rows, "former", "sue", [], { toDate: "2026-10-14", status: "ENDED", ...of("former") });
  agreed(rows, "coming", "sue", [], { fromDate: "2026-10-15", ...of("coming") });
  agreed(rows, "grades", "sue", [], { categories: ["GRADEBOOK"], ...of("grades") });
  for (const pupil of ["lena", "leo", "omar", "samir", "adam", "lea", "pia", "gina"]) disclosed(rows, pupil, "study", "dora");
  consented(rows, "lena", "tutor", "maria");
  consented(rows, "leo", "tutor", "maria");
  // Withdrawn yesterday.
  consented(rows, "omar", "tutor", "nadia", "2026-10-13");
}

export function agreementsOfB(rows: Rows): void {
  rows.add("platform", "DirectoryPolicy", "b-listed", { fromDate: "2026-08-01", noticeGivenOn: "2026-07-01", fields: ["NAME"] });
  agreed(rows, "b-study", "b-sven", ["b-B1"], { basis: "STUDIES" });
  agreed(rows, "b-lms", "b-sven", ["b-B1"], { account: idOf("Account", "b-lms") });
  disclosed(rows, "b-bea", "b-study", "b-rob");
  consented(rows, "b-bea", "b-study", "b-brad");
}
