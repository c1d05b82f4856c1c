import { agreementsOfA, agreementsOfB } from "./world-agreements.ts";
import { classesOfA, classesOfB } from "./world-classes.ts";
import { daysOfA, daysOfB } from "./world-days.ts";
import { gradesOfA, gradesOfB } from "./world-grades.ts";
import { rosteringOfA } from "./world-rostering.ts";
import { idOf, Rows, type WorldRow } from "./world-rows.ts";

/** A school morning: 10:00 in Chicago on 14 October 2026. */
export const morning = new Date("2026-10-14T15:00:00Z");
export const today = "2026-10-14";
export const tomorrow = "2026-10-15";
/** A day of school of last year. */
const inSpring = "2026-04-15";

const parent = { educationRights: true, portalAccess: true, livesWith: true, mailings: true, pickUp: true, decisionMaking: true, emergencyOrder: 1 };

const lastYear = { schoolYearId: idOf("SchoolYear", "last year") };

/** The three schools of district A and everything that the whole district may know. */
function schoolsOfA(rows: Rows): void {
  const add = (type: string, name: string, values: Readonly<Record<string, unknown>>) => rows.add("schools", type, name, values);
  add("Organization", "district office", { name: "District office", kind: "DISTRICT" });
  for (const grade of ["09", "10"]) add("GradeLevel", grade, { code: grade, title: `Grade ${Number(grade)}`, sequence: Number(grade) });
  add("SchoolYear", "last year", { name: "2025-26", firstDay: "2025-08-01", endDay: "2026-08-01", status: "CLOSED" });
  add("SchoolYear", "this year", { name: "2026-27", firstDay: "2026-08-01", endDay: "2027-08-01", status: "OPEN" });
  add("SchoolYear", "next year", { name: "2027-28", firstDay: "2027-08-01", endDay: "2028-08-01", status: "PLANNED" });
  for (const name of ["A1", "A2", "A3"]) add("School", name, { code: name, name: `School ${name}`, kind: "HIGH" });
  for (const school of ["A1", "A2"]) {
    const at = { school: idOf("School", school) };
    add("CalendarTrack", school, { ...at, schoolYear: idOf("SchoolYear", "this year"), name: "Regular" });
    add("RotationDay", school, { ...at, code: "A", sequence: 1 });
    add("BellSchedule", school, { ...at, name: "Regular" });
    add("BellPeriod", school, { ...at, bellSchedule: idOf("BellSchedule", school), code: "1", name: "Period 1", startTime: "08:00", endTime: "08:50", sequence: 1 });
    add("InstructionalDay", school, { ...at, track: idOf("CalendarTrack", school), date: today });
    add("CalendarTrack", `${school}-25`, { ...at, schoolYear: idOf("SchoolYear", "last year"), name: "Regular" });
    add("InstructionalDay", `${school}-25`, { ...at, track: idOf("CalendarTrack", `${school}-25`), date: inSpring });
    add("Term", school, { ...at, schoolYear: idOf("SchoolYear", "this year"), name: "Fall", kind: "SEMESTER", firstDay: "2026-08-01", endDay: "2027-01-01" });
    add("GradingPeriod", school, { ...at, term: idOf("Term", school), name: "MP1", sequence: 1, firstDay: "2026-08-01", endDay: "2026-10-01" });
    add("Room", school, { ...at, number: "101" });
  }
  for (const [code, kind, tier] of [["EL", "EL", "SCHOOL"], ["GT", "GIFTED", "SCHOOL"], ["IEP", "IEP", "SUPPORT"], ["504", "SECTION_504", "SUPPORT"]] as const) {
    rows.add("students", "Program", code, { code, title: `Program ${code}`, kind, tier });
  }
}

function familiesOfA(rows: Rows): void {
  for (const adult of ["maria", "oma", "lou", "pat", "eve", "uli", "nadia", "karim", "zoe", "helen", "frank", "petra", "lars", "fay", "thea", "cyra"]) rows.adult(adult);
  rows.demographics("maria", "1980-01-01");

  // A mother of two at two schools. Her mother may only pick up; the father has rights but no portal; others are proposed, past and to come.
  rows.pupil("lena", "2011-03-02");
  rows.enrolled("lena", "A2", "2025-08-18", { as: "lena@A2 former", ...lastYear, exitDate: "2026-06-05", exitCode: "W1" });
  rows.enrolled("lena", "A1", "2026-08-17");
  rows.enrolled("lena", "A3", "2026-09-01", { as: "lena@A3 half-day", kind: "SECONDARY", fullTimeShare: "0.5" });
  rows.pupil("leo", "2013-05-06");
  rows.enrolled("leo", "A2", "2025-08-18");
  for (const child of ["lena", "leo"]) rows.contact(child, "maria", parent);
  rows.contact("lena", "oma", { relationship: "GRANDPARENT", pickUp: true });
  rows.contact("lena", "lou", { educationRights: true });
  rows.contact("leo", "pat", { ...parent, status: "PROPOSED" });
  rows.contact("leo", "eve", { ...parent, toDate: today });
  rows.contact("leo", "uli", { ...parent, fromDate: tomorrow });
  rows.order("lena", "maria", { fromDate: "2026-01-01", restrictsPickUp: true });
  rows.order("leo", "maria", { fromDate: "2026-01-01", toDate: today, restrictsEducation: true });
  rows.household("H-maria", "maria lena leo");
  rows.address("H-maria", "maria home", {});

  // Two brothers. An order keeps the father from one, from tomorrow on from the other. A social worker is not shown to the family.
  rows.pupil("omar", "2010-07-08");
  rows.enrolled("omar", "A1", "2025-08-18");
  rows.pupil("samir", "2012-09-10");
  rows.enrolled("samir", "A2", "2025-08-18");
  for (const child of ["omar", "samir"]) for (const person of ["nadia", "karim"]) rows.contact(child, person, parent);
  rows.contact("omar", "zoe", { ...parent, relationship: "SOCIAL_WORKER", confidential: true });
  rows.order("omar", "karim", { fromDate: "2026-01-10", kind: "PROTECTION", restrictsEducation: true, restrictsPortal: true });
  rows.order("samir", "karim", { fromDate: tomorrow, kind: "PROTECTION", restrictsEducation: true });
  rows.household("H-nadia", "nadia omar samir");
  rows.address("H-nadia", "nadia home", { addressConfidential: true });
  rows.household("H-karim", "karim");
  rows.member("H-karim", "omar", { toDate: "2026-01-10" });
  rows.address("H-karim", "karim home", {});

  // Parents who live apart; the mother's address is confidential, her box for mail is not.
  rows.pupil("dina", "2011-11-12");
  rows.enrolled("dina", "A1", "2025-08-18");
  for (const person of ["helen", "frank"]) rows.contact("dina", person, parent);
  rows.household("H-helen", "helen dina");
  rows.address("H-helen", "helen home", { addressConfidential: true });
  rows.address("H-helen", "helen box", { kind: "MAILING" });
  rows.household("H-frank", "frank dina");
  rows.address("H-frank", "frank home", {});

  // Twins who turn 18 tomorrow: the parent keeps reading about one. Born on 29 February: 18 since 1 March. At college from November on.
  for (const twin of ["adam", "alma"]) {
    rows.pupil(twin, "2008-10-15");
    rows.enrolled(twin, "A1", "2025-08-18");
    rows.contact(twin, "petra", parent);
  }
  rows.add("students", "MajorityArrangement", "alma", { student: idOf("Student", "alma"), ground: "DEPENDENT_FOR_TAX", fromDate: "2026-10-01" });
  rows.pupil("lea", "2008-02-29");
  rows.pupil("pia", "2010-01-31", { postsecondaryFrom: "2026-11-01" });
  for (const child of ["lea", "pia"]) {
    rows.enrolled(child, "A1", "2025-08-18");
    rows.contact(child, "lars", parent);
  }
  rows.add("students", "MajorityArrangement", "lea", { student: idOf("Student", "lea"), ground: "STUDENT_CONSENT", personId: idOf("Person", "lars"), fromDate: "2026-04-01", toDate: "2026-09-01" });

  // The nurse's child at another school; those who left, moved on, will come and never came.
  rows.pupil("nils", "2012-01-02");
  rows.enrolled("nils", "A3", "2025-08-18");
  rows.contact("nils", "nora", parent);
  rows.household("H-nora", "nora nils");
  rows.address("H-nora", "nora home", {});
  rows.pupil("fred", "2011-02-03");
  rows.enrolled("fred", "A1", "2025-08-18", { as: "fred@A1 former", ...lastYear, exitDate: "2026-06-05" });
  rows.enrolled("fred", "A2", "2026-08-17");
  rows.pupil("gina", "2009-03-04");
  rows.enrolled("gina", "A1", "2024-08-19", { as: "gina@A1 former", ...lastYear, exitDate: "2026-06-05", exitCode: "W3" });
  for (const child of ["fred", "gina"]) rows.contact(child, "fay", parent);
  rows.household("H-fay", "fay fred gina");
  rows.address("H-fay", "fay home", {});
  rows.pupil("fia", "2011-04-05");
  rows.enrolled("fia", "A3", "2026-08-17", { exitDate: "2027-01-10" });
  rows.enrolled("fia", "A1", "2027-01-10", { as: "fia@A1 future" });
  rows.pupil("nick", "2011-06-07");
  rows.enrolled("nick", "A1", "2026-08-17", { as: "nick@A1 no-show", exitDate: "2026-08-17", noShow: true });

  // The child of a teacher, in a colleague's section at her school; the child of a counselor, at another school.
  rows.pupil("tom", "2012-02-02");
  rows.enrolled("tom", "A1", "2026-08-17");
  rows.contact("tom", "thea", parent);
  // Another child of hers, in her own section.
  rows.pupil("tia", "2012-04-04");
  rows.enrolled("tia", "A1", "2026-08-17");
  rows.contact("tia", "thea", parent);
  rows.pupil("kit", "2012-03-03");
  rows.enrolled("kit", "A2", "2026-08-17");
  rows.contact("kit", "cyra", parent);

  rows.perPupil("ProgramParticipation", "lena omar fred gina", { program: idOf("Program", "EL") });
  rows.perPupil("ProgramParticipation", "leo nils fia", { program: idOf("Program", "GT") });
  rows.perPupil("SupportParticipation", "lena nils gina", { program: idOf("Program", "IEP") });
  rows.perPupil("SupportParticipation", "omar fred adam", { program: idOf("Program", "504") });
  rows.perPupil("MealEligibility", "lena leo omar nils fred alma", { status: "FREE", basis: "APPLICATION" });
  rows.perPupil("DirectoryOptOut", "lena leo nils gina", { audience: "PUBLIC" });
  rows.perPupil("DirectoryOptOut", "omar", { audience: "RECRUITERS" });
}

function staffOfA(rows: Rows): void {
  for (const name of ["rita", "pam", "ron", "paul", "nora", "pete", "stan", "audrey", "sue", "ada", "dan", "ray", "dot", "dora", "hana", "carl", "cam", "finn", "sid", "tess"]) rows.adult(name);
  for (const name of ["ben", "cora", "abe", "fern", "nell", "gus", "prue", "subira", "sol", "cleo", "cass", "aki", "ari"]) rows.adult(name);
  rows.demographics("nora", "1985-01-01");
  for (const [person, role] of [["rita", "REGISTRAR"], ["pam", "PRINCIPAL"], ["nora", "NURSE"], ["carl", "COUNSELOR"], ["cam", "CASE_MANAGER"], ["finn", "FOOD_SERVICE"], ["sid", "SCHOOL_SECRETARY"], ["tess", "TEACHER"], ["dot", "REGISTRAR"], ["cyra", "COUNSELOR"], ["aki", "ATTENDANCE_CLERK"]] as const) rows.duty(person, role, "A1");
  rows.duty("ron", "REGISTRAR", "A2");
  rows.duty("paul", "PRINCIPAL", "A2");
  rows.duty("ari", "ATTENDANCE_CLERK", "A2");
  rows.duty("prue", "PRINCIPAL", "A3");
  rows.duty("pete", "PRINCIPAL", "A1", { toDate: today });
  for (const [person, role] of [["sue", "SUPERINTENDENT"], ["ada", "ADMIN"], ["audrey", "AUDITOR"], ["dan", "DATA_ANALYST"], ["dora", "REGISTRAR"], ["hana", "HUMAN_RESOURCES"]] as const) rows.duty(person, role, null);
  rows.household("H-rita", "rita");
  rows.address("H-rita", "rita home", {});
}

function districtA(): Rows {
  const rows = new Rows();
  schoolsOfA(rows);
  familiesOfA(rows);
  staffOfA(rows);
  classesOfA(rows);
  daysOfA(rows);
  gradesOfA(rows);
  rosteringOfA(rows);
  agreementsOfA(rows);
  rows.reachableAt("PersonPhone", "maria lena frank karim nora fred gina pam", false);
  rows.reachableAt("PersonPhone", "helen nadia rita", true);
  rows.reachableAt("PersonEmail", "maria helen rita ron", false);
  rows.reachableAt("PersonEmail", "dina", true);
  rows.add("rostering", "ExternalIdentifier", "lena", { source: "sis", recordType: "Student", sourcedId: "EXT-lena", memory: {}, recordId: idOf("Student", "lena") });
  rows.add("platform", "District", "A", { name: "District A", code: "A", timeZone: "America/Chicago" });
  return rows;
}

/** Another district on the same installation: a family, a superintendent and a registrar. */
function districtB(): Rows {
  const rows = new Rows();
  rows.add("schools", "School", "b-B1", { code: "B1", name: "School B1", kind: "HIGH" });
  rows.add("schools", "GradeLevel", "b-09", { code: "09", title: "Grade 9", sequence: 9 });
  rows.add("schools", "SchoolYear", "b-year", { name: "2026-27", firstDay: "2026-08-01", endDay: "2027-08-01", status: "OPEN" });
  rows.add("schools", "CalendarTrack", "b-B1", { school: idOf("School", "b-B1"), schoolYear: idOf("SchoolYear", "b-year"), name: "Regular" });
  rows.add("schools", "InstructionalDay", "b-B1", { school: idOf("School", "b-B1"), track: idOf("CalendarTrack", "b-B1"), date: today });
  for (const name of ["b-brad", "b-sven", "b-rob", "b-tim"]) rows.adult(name);
  rows.pupil("b-bea", "2011-03-02");
  rows.enrolled("b-bea", "b-B1", "2025-08-18");
  rows.contact("b-bea", "b-brad", parent);
  rows.order("b-bea", "b-sven", { fromDate: "2026-01-10", restrictsPortal: true });
  rows.household("b-H", "b-brad b-bea");
  rows.address("b-H", "b-home", {});
  rows.reachableAt("PersonPhone", "b-brad", false);
  rows.reachableAt("PersonEmail", "b-brad", false);
  rows.add("students", "Program", "b-EL", { code: "EL", title: "Program EL", kind: "EL", tier: "SCHOOL" });
  rows.add("students", "Program", "b-IEP", { code: "IEP", title: "Program IEP", kind: "IEP", tier: "SUPPORT" });
  rows.perPupil("ProgramParticipation", "b-bea", { program: idOf("Program", "b-EL") });
  rows.perPupil("SupportParticipation", "b-bea", { program: idOf("Program", "b-IEP") });
  rows.perPupil("MealEligibility", "b-bea", { status: "FREE", basis: "APPLICATION" });
  rows.perPupil("DirectoryOptOut", "b-bea", { audience: "PUBLIC" });
  rows.perPupil("MajorityArrangement", "b-bea", { ground: "DEPENDENT_FOR_TAX" });
  rows.duty("b-sven", "SUPERINTENDENT", null);
  rows.duty("b-rob", "REGISTRAR", null);
  classesOfB(rows);
  daysOfB(rows);
  gradesOfB(rows);
  agreementsOfB(rows);
  rows.add("platform", "District", "b-B", { name: "District B", code: "B", timeZone: "America/New_York" });
  return rows;
}

export interface District {
  readonly name: "A" | "B";
  readonly id: string;
  readonly rows: readonly WorldRow[];
}

/** Both districts, without the accounts that the personas sign in with. */
export const districts: readonly District[] = [
  { name: "A", id: idOf("District", "A"), rows: districtA().all },
  { name: "B", id: idOf("District", "b-B"), rows: districtB().all },
];

