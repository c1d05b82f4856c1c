import type { PersonaName } from "./personas.ts";

/** Who tries every write; the others read less than one of these, and write nothing. */
export const writers: readonly PersonaName[] = [
  "parentOfTwo", "pickUpOnly", "parentUnderOrder", "motherLivingApart", "student", "registrarHere", "principalHere", "registrarThere", "principalThere", "nurseAndParent",
  "counselor", "caseManager", "foodService", "secretary", "principalUntilYesterday", "rolesWithoutDuty", "dutyWithoutRole", "districtRegistrar", "superintendent", "admin",
  "auditor", "systemOfTutors", "systemWithEveryRole", "unlinked", "anonymous", "registrarElsewhere",
];

const none = "";
const leaders = "superintendent, admin";
const officeHere = `registrarHere, principalHere, secretary, districtRegistrar, ${leaders}`;
const officeThere = `registrarThere, principalThere, districtRegistrar, ${leaders}`;

/**
 * Who may change and archive which row: type -> row -> personas, separated by commas. Everyone else is refused: NOT_FOUND for a row that
 * she may not see, word for word as for an id that does not exist; FORBIDDEN for one that she may.
 */
export const mayChange: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Person: {
    lena: "registrarHere, districtRegistrar", maria: "registrarHere, registrarThere, districtRegistrar", leo: "registrarThere, districtRegistrar",
    // The names of employees are not a school's to change.
    pam: "districtRegistrar", gina: "districtRegistrar", "b-bea": "registrarElsewhere",
  },
  PersonPhone: {
    lena: "registrarHere, secretary, districtRegistrar", fred: "registrarThere, districtRegistrar",
    // Unlisted numbers: the secretary neither sees nor changes them, the principal sees them.
    helen: "registrarHere, districtRegistrar", pam: "registrarHere, districtRegistrar", gina: "districtRegistrar", "b-brad": "registrarElsewhere",
  },
  PersonEmail: { maria: "registrarHere, registrarThere, secretary, districtRegistrar", dina: "registrarHere, districtRegistrar" },
  Household: { "H-maria": "registrarHere, registrarThere, districtRegistrar", "H-fay": "registrarThere, districtRegistrar", "H-rita": "districtRegistrar", "H-nora": "districtRegistrar" },
  // Membership opens the address, so nobody writes her own: and the registrar's own household is no family of the school.
  HouseholdMember: { "H-maria/lena": "registrarHere, registrarThere, districtRegistrar", "H-rita/rita": "districtRegistrar" },
  HouseholdAddress: { "maria home": "registrarHere, registrarThere, districtRegistrar", "helen home": "registrarHere, districtRegistrar", "rita home": "districtRegistrar", "nora home": "districtRegistrar" },
  Student: { lena: "registrarHere, districtRegistrar", leo: "registrarThere, districtRegistrar", fred: "registrarThere, districtRegistrar", gina: "districtRegistrar", "b-bea": "registrarElsewhere" },
  StudentContact: { "lena<maria": "registrarHere, districtRegistrar", "omar<karim": "registrarHere, districtRegistrar", "leo<maria": "registrarThere, districtRegistrar", "nils<nora": "districtRegistrar", "b-bea<b-brad": "registrarElsewhere" },
  CourtOrder: { "omar!karim": "registrarHere, principalHere, districtRegistrar", "samir!karim": "registrarThere, principalThere, districtRegistrar" },
  ProgramParticipation: { lena: "registrarHere, districtRegistrar", leo: "registrarThere, districtRegistrar" },
  // Not the district's registrar, nor its superintendent: need to know.
  SupportParticipation: { lena: "counselor, caseManager", nils: none },
  MealEligibility: { lena: "foodService", leo: none },
  DirectoryOptOut: { lena: "registrarHere, districtRegistrar", leo: "registrarThere, districtRegistrar", gina: "districtRegistrar" },
  MajorityArrangement: { alma: "registrarHere, districtRegistrar", lea: "registrarHere, districtRegistrar" },
  // Nobody changes her own account.
  Account: { maria: "admin", ada: none, "b-brad": none },
  District: { A: "admin", "b-B": none },
  Organization: { "district office": leaders },
  School: { A1: leaders, "b-B1": none },
  GradeLevel: { "09": leaders },
  SchoolYear: { "this year": leaders },
  Program: { EL: leaders },
  ...Object.fromEntries(["CalendarTrack", "RotationDay", "BellSchedule", "BellPeriod", "InstructionalDay", "Term", "GradingPeriod", "Room"].map((type) => [type, { A1: officeHere, A2: officeThere }])),
};

/** A harmless change of a row of that type, as GraphQL. */
export const changeOf: Readonly<Record<string, string>> = {
  Person: `suffix: "III"`, PersonPhone: "kind: OTHER", PersonEmail: "kind: WORK", Household: `name: "Renamed"`, HouseholdMember: "mailings: true", HouseholdAddress: `line2: "Rear"`,
  Student: `studentNumber: "RENUMBERED"`, StudentContact: "mailings: false, livesWith: false", CourtOrder: "restrictsMailings: true", ProgramParticipation: `toDate: "2027-01-01"`, SupportParticipation: `toDate: "2027-01-01"`,
  MealEligibility: "status: REDUCED", DirectoryOptOut: `toDate: "2027-01-01"`, MajorityArrangement: `toDate: "2026-12-01"`, Account: "status: DISABLED", District: `stateId: "X"`,
  Organization: `name: "Renamed"`, School: `phone: "1"`, GradeLevel: `title: "Ninth"`, SchoolYear: "status: CLOSED", Program: `title: "Renamed"`,
  CalendarTrack: `name: "Renamed"`, RotationDay: `code: "Z"`, BellSchedule: `name: "Renamed"`, BellPeriod: `name: "Renamed"`, InstructionalDay: `status: CANCELLED, reason: "Snow"`, Term: `name: "Renamed"`, GradingPeriod: `name: "Renamed"`, Room: `name: "Renamed"`,
};

/** Types that have no archive mutation: they are never put away as a whole. */
export const neverArchived: ReadonlySet<string> = new Set(["Person", "Student", "Account", "District"]);

/** New rows, as GraphQL with `{Type name}` for ids, and who may add them. */
export const mayAdd: readonly { readonly type: string; readonly input: string; readonly by: string }[] = [
  { type: "PersonPhone", input: `personId: "{Person maria}", number: "555-new", kind: HOME`, by: "registrarHere, registrarThere, secretary, districtRegistrar" },
  { type: "PersonPhone", input: `personId: "{Person pam}", number: "555-new", kind: HOME`, by: "registrarHere, districtRegistrar" },
  // The secretary cannot hide a number from herself.
  { type: "PersonPhone", input: `personId: "{Person lena}", number: "555-new", kind: HOME, confidential: true`, by: "registrarHere, districtRegistrar" },
  { type: "PersonEmail", input: `personId: "{Person leo}", address: "new@example.org", kind: WORK`, by: "registrarThere, districtRegistrar" },
  { type: "HouseholdAddress", input: `householdId: "{Household H-karim}", kind: MAILING, line1: "1", city: "c", region: "IL", postalCode: "1", fromDate: "2026-10-01"`, by: "registrarHere, registrarThere, districtRegistrar" },
  { type: "HouseholdAddress", input: `householdId: "{Household H-nora}", kind: MAILING, line1: "1", city: "c", region: "IL", postalCode: "1", fromDate: "2026-10-01"`, by: "districtRegistrar" },
  { type: "HouseholdMember", input: `householdId: "{Household H-frank}", personId: "{Person lena}", fromDate: "2026-10-01"`, by: "registrarHere, districtRegistrar" },
  // Nobody moves herself into a household, whose address she would then read.
  { type: "HouseholdMember", input: `householdId: "{Household H-frank}", personId: "{Person rita}", fromDate: "2026-10-01"`, by: "districtRegistrar" },
  { type: "HouseholdMember", input: `householdId: "{Household H-frank}", personId: "{Person dora}", fromDate: "2026-10-01"`, by: none },
  { type: "StudentContact", input: `studentId: "{Student adam}", personId: "{Person frank}", relationship: OTHER, fromDate: "2026-10-01"`, by: "registrarHere, districtRegistrar" },
  { type: "StudentContact", input: `studentId: "{Student leo}", personId: "{Person karim}", relationship: OTHER, fromDate: "2026-10-01"`, by: "registrarThere, districtRegistrar" },
  // Nobody lists herself.
  { type: "StudentContact", input: `studentId: "{Student adam}", personId: "{Person rita}", relationship: OTHER, fromDate: "2026-10-01", status: CONFIRMED, educationRights: true, portalAccess: true`, by: "districtRegistrar" },
  { type: "StudentContact", input: `studentId: "{Student adam}", personId: "{Person dora}", relationship: OTHER, fromDate: "2026-10-01", status: CONFIRMED, educationRights: true, portalAccess: true`, by: none },
  { type: "StudentContact", input: `studentId: "{Student lena}", personId: "{Person karim}", relationship: OTHER, fromDate: "2026-10-01"`, by: "registrarHere, districtRegistrar" },
  // A contact opens numbers and household to the school: it lists only those of its families, no former pupil and no colleague.
  { type: "StudentContact", input: `studentId: "{Student adam}", personId: "{Person fred}", relationship: OTHER, fromDate: "2026-10-01"`, by: "districtRegistrar" },
  { type: "StudentContact", input: `studentId: "{Student adam}", personId: "{Person pam}", relationship: OTHER, fromDate: "2026-10-01"`, by: "districtRegistrar" },
  { type: "CourtOrder", input: `studentId: "{Student dina}", personId: "{Person frank}", kind: OTHER, fromDate: "2026-10-01", restrictsEducation: true`, by: "registrarHere, principalHere, districtRegistrar" },
  { type: "CourtOrder", input: `studentId: "{Student leo}", personId: "{Person maria}", kind: OTHER, fromDate: "2026-10-20", restrictsEducation: true`, by: "registrarThere, principalThere, districtRegistrar" },
  { type: "CourtOrder", input: `studentId: "{Student dina}", personId: "{Person pam}", kind: OTHER, fromDate: "2026-10-01", restrictsEducation: true`, by: "registrarHere, districtRegistrar" },
  { type: "ProgramParticipation", input: `studentId: "{Student dina}", programId: "{Program GT}", fromDate: "2026-10-01"`, by: "registrarHere, districtRegistrar" },
  { type: "SupportParticipation", input: `studentId: "{Student dina}", programId: "{Program IEP}", fromDate: "2026-10-01"`, by: "counselor, caseManager" },
  { type: "MealEligibility", input: `studentId: "{Student dina}", status: FREE, basis: APPLICATION, fromDate: "2026-10-01"`, by: "foodService" },
  { type: "DirectoryOptOut", input: `studentId: "{Student dina}", audience: COLLEGES, fromDate: "2026-10-01"`, by: "registrarHere, districtRegistrar" },
  { type: "MajorityArrangement", input: `studentId: "{Student adam}", ground: STUDENT_CONSENT, fromDate: "2026-10-01"`, by: "registrarHere, districtRegistrar" },
  // A person, a household and a student that no school reaches yet are the district's to add.
  { type: "Person", input: `givenName: "New", familyName: "Person", demographics: { birthDate: "2015-01-01" }`, by: "districtRegistrar, registrarElsewhere" },
  { type: "Household", input: `name: "New"`, by: "districtRegistrar, registrarElsewhere" },
  { type: "Student", input: `personId: "{Person oma}", studentNumber: "NEW", identifiers: { stateId: "NEW" }`, by: "districtRegistrar" },
  { type: "Room", input: `schoolId: "{School A1}", number: "new"`, by: officeHere },
  { type: "Room", input: `schoolId: "{School A2}", number: "new"`, by: officeThere },
  { type: "Term", input: `schoolYearId: "{SchoolYear this year}", name: "of the district", kind: YEAR, firstDay: "2026-08-01", endDay: "2027-06-01"`, by: leaders },
  { type: "School", input: `code: "NEW", name: "New", kind: HIGH`, by: leaders },
  { type: "Program", input: `code: "NEW", title: "New", kind: OTHER, tier: SCHOOL`, by: leaders },
];
