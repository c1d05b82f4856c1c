import { studentsOf } from "./derive-people.ts";
import { compareText, DeviationLog, quoted, type Deviation } from "./deviation.ts";
import { compareGradeLevels, gradeLevel, type GradeLevel } from "./grade-levels.ts";
import type { RosterBundle, RosterOrganization, RosterSession, RosterUser } from "./roster-model.ts";

/** A student's belonging to a school, which OneRoster does not state and which is concluded from it. */
export interface SchoolEnrollmentProposal {
  studentSourcedId: string;
  schoolSourcedId: string;
  /** Null when the package gives none that is known. */
  gradeLevel: GradeLevel | null;
  /** First day. */
  entryDate: string;
  /** The day after the last one; null while it goes on. */
  exitDate: string | null;
  primary: boolean;
  /** What it was concluded from. */
  from: "role" | "section";
}

export interface SchoolEnrollmentOptions {
  /** The day of the import in the district's time zone. */
  importDate: string;
  /** True when this source was imported before: who is new then came now, not when the year began. */
  importedBefore: boolean;
}

/**
 * Which student is at which school, from when, in what grade. Decided:
 * - Schools are those of the student's roles (1.1: orgSourcedIds) and of the classes attended as a
 *   student. A department or the like stands for the school above it; a district for none.
 * - Entry is the role's first day; else, on a source's first import, the first day of the school
 *   year that holds the import's date, or of the latest one begun before it, or of the first one;
 *   else the import's date. Exit is the end of the role, where all roles at the school have one.
 * - Exactly one is primary: `primaryOrgSourcedId`, else a primary role, else most sections, else the
 *   first by id.
 * - The grade level is the oldest of the list when there are several, with a warning, because lists
 *   that span a promotion keep the older grade for last year's sake.
 */
export function schoolEnrollmentsOf(bundle: RosterBundle, options: SchoolEnrollmentOptions): { enrollments: SchoolEnrollmentProposal[]; deviations: Deviation[] } {
  const log = new DeviationLog();
  const schoolOf = schoolFinder(bundle.organizations);
  const sections = sectionsByStudent(bundle, schoolOf);
  const entry = entryDate(bundle.sessions, options);
  const enrollments = studentsOf(bundle).flatMap((student) => {
    const attended = sections.get(student.sourcedId) ?? new Map<string, number>();
    const held = student.roles.flatMap((role) => (role.role === "student" ? [{ ...role, school: schoolOf(role.orgSourcedId) }] : []));
    const schools = new Set([...held.flatMap(({ school }) => school ?? []), ...attended.keys()]);
    if (schools.size === 0) {
      log.add("student-without-school", { file: "users.csv", row: student.row }, "Neither a role nor a class places the student at a school. The student is imported without a school enrollment; enroll the student by hand.");
      return [];
    }
    const grade = gradeOf(student, log);
    const primary = primarySchool(student, held, attended, schools, schoolOf);
    return [...schools].sort(compareText).map((school): SchoolEnrollmentProposal => {
      const roles = held.filter((role) => role.school === school);
      const begins = roles.flatMap(({ begin }) => begin ?? []).sort(compareText);
      const ends = roles.flatMap(({ end }) => end ?? []).sort(compareText);
      return {
        studentSourcedId: student.sourcedId,
        schoolSourcedId: school,
        gradeLevel: grade,
        entryDate: begins[0] ?? entry,
        exitDate: roles.length > 0 && ends.length === roles.length ? (ends.at(-1) ?? null) : null,
        primary: school === primary,
        from: roles.length > 0 ? "role" : "section",
      };
    });
  });
  return { enrollments, deviations: log.list() };
}

/** From any organization to the school that it is or belongs to; null for districts and what is not known. */
function schoolFinder(organizations: readonly RosterOrganization[]): (orgSourcedId: string) => string | null {
  const byId = new Map(organizations.map((organization) => [organization.sourcedId, organization]));
  return (orgSourcedId) => {
    let current = byId.get(orgSourcedId);
    for (let steps = 0; current !== undefined && steps <= byId.size; steps += 1) {
      if (current.type === "school") return current.status === "active" ? current.sourcedId : null;
      current = current.parentSourcedId === null ? undefined : byId.get(current.parentSourcedId);
    }
    return null;
  };
}

/** For each user, how many sections are attended as a student at each school. */
function sectionsByStudent(bundle: RosterBundle, schoolOf: (id: string) => string | null): Map<string, Map<string, number>> {
  const schoolOfClass = new Map(bundle.classes.map((section) => [section.sourcedId, section.schoolSourcedId]));
  const found = new Map<string, Map<string, number>>();
  for (const { role, status, classSourcedId, schoolSourcedId, userSourcedId, begin, end } of bundle.enrollments) {
    if (role !== "student" || status !== "active" || (begin !== null && end !== null && end <= begin)) continue;
    const school = schoolOf(schoolOfClass.get(classSourcedId) ?? schoolSourcedId);
    if (school === null) continue;
    const counts = found.get(userSourcedId) ?? new Map<string, number>();
    counts.set(school, (counts.get(school) ?? 0) + 1);
    found.set(userSourcedId, counts);
  }
  return found;
}

function entryDate(sessions: readonly RosterSession[], { importDate, importedBefore }: SchoolEnrollmentOptions): string {
  if (importedBefore) return importDate;
  const begins = sessions.filter(({ type, status }) => type === "schoolYear" && status === "active").map(({ begin }) => begin).sort(compareText);
  return begins.findLast((begin) => begin <= importDate) ?? begins[0] ?? importDate;
}

function primarySchool(student: RosterUser, held: readonly { primary: boolean; school: string | null }[], attended: ReadonlyMap<string, number>, schools: ReadonlySet<string>, schoolOf: (id: string) => string | null): string | undefined {
  const named = student.primaryOrgSourcedId === null ? null : schoolOf(student.primaryOrgSourcedId);
  if (named !== null && schools.has(named)) return named;
  const byWeight = [...schools].sort((a, b) => (attended.get(b) ?? 0) - (attended.get(a) ?? 0) || compareText(a, b));
  const withPrimaryRole = byWeight.find((school) => held.some((role) => role.primary && role.school === school));
  return withPrimaryRole ?? byWeight[0];
}

function gradeOf(student: RosterUser, log: DeviationLog): GradeLevel | null {
  const place = { file: "users.csv", row: student.row, column: "grades" };
  const known = student.grades.flatMap((written) => {
    const grade = gradeLevel(written);
    if (grade === null) log.add("grade-unknown", place, `${quoted(written)} is not a grade level that is known (PK, KG, 01 to 12, UG ...). It is left out; set the grade by hand.`);
    return grade ?? [];
  });
  const distinct = [...new Set(known)].sort(compareGradeLevels);
  const oldest = distinct.at(-1) ?? null;
  if (distinct.length > 1) log.add("grade-several", place, `The student has the grade levels ${distinct.join(", ")} at once. ${oldest ?? ""} is taken; correct it in the source system if that is wrong.`);
  return oldest;
}

/**
 * The session's span within its school year, for storage that keeps terms inside their year; null
 * when nothing of it lies there. Decided: only the part outside is cut, with the warning given at
 * reading; the right day is known to the source alone.
 */
export function spanWithinYear(session: RosterSession, bundle: RosterBundle): { begin: string; end: string } | null {
  const year = bundle.sessions.find(({ sourcedId }) => sourcedId === session.yearSourcedId);
  if (year === undefined) return { begin: session.begin, end: session.end };
  const begin = session.begin < year.begin ? year.begin : session.begin;
  const end = session.end > year.end ? year.end : session.end;
  return begin < end ? { begin, end } : null;
}
