import { idOf, type Rows } from "./world-rows.ts";

const ref = (type: string) => (name: string | null) => (name === null ? null : idOf(type, name));
const school = ref("School");
const section = ref("Section");
const person = ref("Person");
const student = ref("Student");

/** Where a section is: its school, and the year it is taught in. */
export const placeOf = (name: string): { readonly school: string; readonly year: string } =>
  name.startsWith("b-") ? { school: "b-B1", year: "b-year" } : { school: name.startsWith("geo") ? "A2" : "A1", year: name.endsWith("-25") ? "last year" : "this year" };

const stamped = (of: string) => ({ schoolId: school(placeOf(of).school) });

function taughtSection(rows: Rows, name: string, course: string): void {
  const { school: at, year } = placeOf(name);
  rows.add("academics", "Section", name, { course: idOf("Course", course), schoolId: school(at), schoolYearId: idOf("SchoolYear", year), code: name, title: `Section ${name}` });
}

/** A student's days on a roster, the last one exclusive. */
export function onRoster(rows: Rows, pupil: string, of: string, fromDate: string, toDate?: string): void {
  rows.add("academics", "SectionEnrollment", `${pupil}@${of}`, { studentId: student(pupil), section: section(of), ...stamped(of), fromDate, toDate: toDate ?? null });
}

function teaches(rows: Rows, who: string, of: string, kind: string, fromDate: string, toDate?: string): void {
  rows.add("staff", "TeachingAssignment", `${who}@${of}`, { personId: person(who), sectionId: section(of), ...stamped(of), kind, fromDate, toDate: toDate ?? null });
}

function standsIn(rows: Rows, who: string, of: string, day: string, next: string): void {
  rows.add("staff", "SubstituteAssignment", `${who}@${of}`, { personId: person(who), sectionId: section(of), ...stamped(of), fromDate: day, toDate: next });
}

function onCaseload(rows: Rows, who: string, pupil: string, kind: string, more: Readonly<Record<string, unknown>> = {}): void {
  rows.add("staff", "CaseloadAssignment", `${who}>${pupil}`, { studentId: student(pupil), personId: person(who), kind, fromDate: "2026-08-17", ...more });
}

export function meets(rows: Rows, of: string, date: string): void {
  rows.add("academics", "ClassMeeting", `${of} ${date}`, { section: section(of), ...stamped(of), date, periodCode: "1", startTime: "08:00", endTime: "08:50", minutes: 50 });
}

/** Sections of this year and the last, who is on their rosters, who teaches them, stands in or has whom on a caseload. */
export function classesOfA(rows: Rows): void {
  const add = (type: string, name: string, values: Readonly<Record<string, unknown>>) => rows.add("academics", type, name, values);
  add("RosterPolicy", "to come", { fromDate: "2027-08-01", leadDays: 0, lagDays: 0 });
  add("Subject", "math", { code: "MTH", title: "Mathematics" });
  add("CourseLevel", "regular", { code: "R", title: "Regular", sequence: 1 });
  for (const course of ["alg", "bio", "geo"]) add("Course", course, { code: course, title: `Course ${course}`, subject: idOf("Subject", "math"), level: idOf("CourseLevel", "regular"), credits: "1" });
  taughtSection(rows, "alg", "alg");
  taughtSection(rows, "bio", "bio");
  taughtSection(rows, "alg-25", "alg");
  taughtSection(rows, "geo", "geo");
  taughtSection(rows, "geo-25", "geo");
  for (const of of ["alg", "geo"]) {
    add("SectionTerm", of, { section: section(of), ...stamped(of), termId: idOf("Term", placeOf(of).school) });
    // No bell schedule has the period: the world's meetings are the ones written below.
    add("MeetingPattern", of, { section: section(of), ...stamped(of), periodCode: "none", fromDate: "2026-08-17" });
  }
  for (const of of ["alg", "bio", "geo"]) meets(rows, of, "2026-10-14");
  meets(rows, "bio", "2026-10-13");
  for (const of of ["alg-25", "geo-25"]) meets(rows, of, "2026-04-15");

  for (const pupil of ["omar", "dina", "tia"]) onRoster(rows, pupil, "alg", "2026-08-17");
  // Dropped: today is the last day of the lag for the one, and yesterday was for the other. To come: the lead begins today, and tomorrow.
  onRoster(rows, "alma", "alg", "2026-08-17", "2026-09-15");
  onRoster(rows, "adam", "alg", "2026-08-17", "2026-09-14");
  onRoster(rows, "lea", "alg", "2026-10-28");
  onRoster(rows, "pia", "alg", "2026-10-29");
  for (const pupil of ["lena", "tom"]) onRoster(rows, pupil, "bio", "2026-08-17");
  onRoster(rows, "adam", "bio", "2026-08-17", "2026-08-31");
  onRoster(rows, "dina", "bio", "2026-10-01");
  onRoster(rows, "leo", "geo", "2026-08-17");
  // Last year, with pupils who have left the school since.
  onRoster(rows, "gina", "alg-25", "2025-08-18", "2026-06-05");
  onRoster(rows, "lena", "geo-25", "2025-08-18", "2026-06-05");

  teaches(rows, "thea", "alg", "LEAD", "2026-08-17");
  teaches(rows, "cora", "alg", "CO_TEACHER", "2026-08-17");
  teaches(rows, "thea", "alg-25", "LEAD", "2025-08-18");
  teaches(rows, "ben", "bio", "LEAD", "2026-08-17");
  teaches(rows, "abe", "bio", "AIDE", "2026-08-17");
  // The lag of the one ended yesterday, the lead of the other begins tomorrow.
  teaches(rows, "fern", "bio", "LEAD", "2026-08-17", "2026-09-14");
  teaches(rows, "nell", "bio", "LEAD", "2026-10-29");
  teaches(rows, "gus", "geo-25", "LEAD", "2025-08-18");
  teaches(rows, "gus", "geo", "LEAD", "2026-08-17");
  teaches(rows, "prue", "geo", "CO_TEACHER", "2026-08-17");

  rows.add("staff", "Substitute", "subira", { personId: person("subira"), fromDate: "2026-08-01" });
  rows.add("staff", "Substitute", "sol", { personId: person("sol"), fromDate: "2026-08-01", toDate: "2026-10-14" });
  // Today, yesterday and tomorrow; and today, by somebody who left the pool yesterday.
  standsIn(rows, "subira", "bio", "2026-10-14", "2026-10-15");
  standsIn(rows, "subira", "alg", "2026-10-13", "2026-10-14");
  standsIn(rows, "subira", "geo", "2026-10-15", "2026-10-16");
  standsIn(rows, "sol", "alg", "2026-10-14", "2026-10-15");

  onCaseload(rows, "cleo", "leo", "COUNSELING");
  // For a role that her token lacks; ended yesterday.
  onCaseload(rows, "cleo", "omar", "CASE_MANAGEMENT");
  onCaseload(rows, "cleo", "samir", "COUNSELING", { toDate: "2026-10-14" });
  onCaseload(rows, "cass", "nils", "CASE_MANAGEMENT");
  onCaseload(rows, "cass", "dina", "CASE_MANAGEMENT", { fromDate: "2026-10-15" });

  rows.add("staff", "Position", "teacher", { code: "TCH", title: "Teacher" });
  for (const [who, at] of [["ben", "A1"], ["gus", "A2"], ["sue", null]] as const) {
    rows.add("staff", "Employee", who, { personId: person(who), employeeNumber: `E-${who}`, hireDate: "2020-08-01" });
    rows.add("staff", "PositionAssignment", who, { employee: idOf("Employee", who), personId: person(who), position: idOf("Position", "teacher"), schoolId: school(at), fromDate: "2020-08-01" });
  }
}

export function classesOfB(rows: Rows): void {
  rows.add("academics", "Subject", "b-math", { code: "MTH", title: "Mathematics" });
  rows.add("academics", "Course", "b-alg", { code: "alg", title: "Course alg", subject: idOf("Subject", "b-math") });
  taughtSection(rows, "b-alg", "b-alg");
  meets(rows, "b-alg", "2026-10-14");
  onRoster(rows, "b-bea", "b-alg", "2026-08-17");
  teaches(rows, "b-tim", "b-alg", "LEAD", "2026-08-17");
  onCaseload(rows, "b-tim", "b-bea", "COUNSELING");
  rows.add("staff", "Employee", "b-tim", { personId: person("b-tim"), employeeNumber: "E-b-tim", hireDate: "2020-08-01" });
}
