import { compareText, type DeviationLog } from "./deviation.ts";
import type { References } from "./references.ts";
import type { RosterEnrollment, RosterOrganization, RosterRecords, RosterUser } from "./roster-model.ts";
import { noteCycles } from "./sessions.ts";

/**
 * What records say of one another, once all are read and sessions are settled. Only records of the
 * package are compared: of those that a delta refers to elsewhere nothing is known here.
 */
export function validateRecords(records: RosterRecords, references: References, log: DeviationLog): void {
  const index: Index = {
    organizations: byId(records.organizations),
    users: byId(records.users),
  };
  noteCycles("orgs.csv", records.organizations, log);
  validateCourses(records, index, log);
  validateUsers(records, references, log);
  validateDemographics(records, log);
  validateEnrollments(records, index, log);
}

interface Index {
  organizations: ReadonlyMap<string, RosterOrganization>;
  users: ReadonlyMap<string, RosterUser>;
}

function byId<R extends { sourcedId: string }>(records: readonly R[]): Map<string, R> {
  return new Map(records.map((record) => [record.sourcedId, record]));
}

function validateCourses(records: RosterRecords, index: Index, log: DeviationLog): void {
  const sessions = byId(records.sessions);
  for (const course of records.courses) {
    const year = course.schoolYearSourcedId === null ? undefined : sessions.get(course.schoolYearSourcedId);
    if (year !== undefined && year.type !== "schoolYear") {
      log.add("reference-type", { file: "courses.csv", row: course.row, column: "schoolYearSourcedId" }, `The course names "${year.title}" as its school year, which is a ${year.type}. Name the session of type schoolYear.`);
    }
    noteUnequalLists("courses.csv", course, log);
  }
  for (const section of records.classes) {
    noteSchool("classes.csv", section, index, log);
    noteUnequalLists("classes.csv", section, log);
  }
}

function noteUnequalLists(file: string, { row, subjects, subjectCodes }: { row: number; subjects: string[]; subjectCodes: string[] }, log: DeviationLog): void {
  if (subjects.length === 0 || subjectCodes.length === 0 || subjects.length === subjectCodes.length) return;
  log.add("lists-unequal", { file, row, column: "subjectCodes" }, `The row has ${subjects.length} subjects and ${subjectCodes.length} subject codes; each subject should have its code. Both lists are read as they stand.`);
}

function noteSchool(file: string, { row, schoolSourcedId }: { row: number; schoolSourcedId: string }, index: Index, log: DeviationLog): void {
  const school = index.organizations.get(schoolSourcedId);
  if (school === undefined || school.type === "school") return;
  log.add("reference-type", { file, row, column: "schoolSourcedId" }, `The row names "${school.name}" as its school, which is a ${school.type}. Name an organization of type school.`);
}

function validateUsers(records: RosterRecords, references: References, log: DeviationLog): void {
  for (const user of records.users) {
    if (user.status !== "active") continue;
    if (user.agentSourcedIds.includes(user.sourcedId)) {
      log.add("agent-self", { file: "users.csv", row: user.row, column: "agentSourcedIds" }, "The user is named as their own agent. That is passed over.");
    }
    if (user.roles.length === 0 && references.isWhole("users") && references.isWhole("roles")) {
      log.add("role-absent", { file: "users.csv", row: user.row }, "The user has no row in roles.csv, so it is not known whether this is a student, staff or family. The person is read without a role.");
    }
    const primaries = new Set<string>();
    for (const role of user.roles) {
      if (!role.primary || role.sourcedId === null) continue;
      if (primaries.has(role.orgSourcedId)) {
        log.add("primary-repeated", { file: "users.csv", row: user.row }, "The user has two primary roles at one organization in roles.csv; one is allowed. Both are read.");
      }
      primaries.add(role.orgSourcedId);
    }
  }
}

function validateDemographics(records: RosterRecords, log: DeviationLog): void {
  for (const { birthDate, row } of records.demographics) {
    if (birthDate === null || (birthDate >= "1900-01-01" && birthDate < "2100-01-01")) continue;
    log.add("birth-date-unlikely", { file: "demographics.csv", row, column: "birthDate" }, `Nobody at a school was born on ${birthDate}. Check the date in the source system.`);
  }
}

function validateEnrollments(records: RosterRecords, index: Index, log: DeviationLog): void {
  const file = "enrollments.csv";
  const sections = byId(records.classes);
  const terms = termsOfClasses(records);
  const active = records.enrollments.filter(({ status }) => status === "active");
  for (const enrollment of active) {
    const { row, begin, end, role } = enrollment;
    noteSchool(file, enrollment, index, log);
    const section = sections.get(enrollment.classSourcedId);
    if (section !== undefined && section.schoolSourcedId !== enrollment.schoolSourcedId) {
      log.add("enrollment-school-differs", { file, row, column: "schoolSourcedId" }, "The enrollment names another school than its class does. The school of the class counts.");
    }
    if (enrollment.primary === true && role !== "teacher") {
      log.add("primary-not-teacher", { file, row, column: "primary" }, `Only a teacher can be the primary one of a class; this is a ${role}. The mark is passed over.`);
    }
    if (begin !== null && end !== null && end <= begin) {
      log.add("span-empty", { file, row, column: "endDate" }, `The enrollment ends (${end}) before its first day (${begin}) is over. It counts no day.`);
    }
    const term = terms.get(enrollment.classSourcedId);
    if (term !== undefined && ((begin !== null && begin < term.begin) || (end !== null && end > term.end))) {
      log.add("enrollment-outside-term", { file, row }, `The enrollment (${begin ?? "no begin"} to ${end ?? "no end"}) leaves the terms of its class (${term.begin} to ${term.end}, ends exclusive). It is read as it stands.`);
    }
    noteRole(enrollment, index.users.get(enrollment.userSourcedId), log);
  }
  noteOverlaps(active, ({ classSourcedId, userSourcedId, role }) => JSON.stringify([classSourcedId, userSourcedId, role]), (second, first) => {
    log.add("enrollment-overlap", { file, row: second.row }, `The same user has the same role in the same class on line ${first.row}, and the days overlap. They are counted once.`);
  });
  const primaries = active.filter(({ primary, role }) => primary === true && role === "teacher");
  noteOverlaps(primaries, ({ classSourcedId }) => classSourcedId, (second, first) => {
    if (second.userSourcedId === first.userSourcedId) return;
    log.add("primary-repeated", { file, row: second.row, column: "primary" }, `The class has another primary teacher on line ${first.row} on the same days. Both are read; mark one.`);
  });
}

function noteRole(enrollment: RosterEnrollment, user: RosterUser | undefined, log: DeviationLog): void {
  if (user === undefined || user.roles.length === 0) return;
  const isStudent = user.roles.some(({ role }) => role === "student");
  const asStudent = enrollment.role === "student";
  if (isStudent === asStudent || (asStudent ? false : user.roles.some(({ role }) => role !== "student"))) return;
  log.add("role-differs", { file: "enrollments.csv", row: enrollment.row, column: "role" }, `The user is enrolled as ${enrollment.role} and has the roles ${[...new Set(user.roles.map(({ role }) => role))].join(", ")}. The enrollment is read as it stands; it makes nobody a student or a teacher.`);
}

/** First and last day of all terms of each class, as one half-open span. */
function termsOfClasses(records: RosterRecords): Map<string, { begin: string; end: string }> {
  const sessions = byId(records.sessions);
  const spans = new Map<string, { begin: string; end: string }>();
  for (const section of records.classes) {
    const terms = section.termSourcedIds.flatMap((id) => sessions.get(id) ?? []);
    const [first] = terms;
    if (first === undefined || terms.length < section.termSourcedIds.length) continue;
    spans.set(section.sourcedId, {
      begin: terms.reduce((least, { begin }) => (begin < least ? begin : least), first.begin),
      end: terms.reduce((most, { end }) => (end > most ? end : most), first.end),
    });
  }
  return spans;
}

/** Within each group, reports every enrollment that begins before an earlier one of the group has ended. */
function noteOverlaps(enrollments: readonly RosterEnrollment[], keyOf: (enrollment: RosterEnrollment) => string, report: (second: RosterEnrollment, first: RosterEnrollment) => void): void {
  const groups = new Map<string, RosterEnrollment[]>();
  for (const enrollment of enrollments) {
    if (enrollment.begin !== null && enrollment.end !== null && enrollment.end <= enrollment.begin) continue;
    const key = keyOf(enrollment);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [enrollment]);
    else group.push(enrollment);
  }
  for (const group of groups.values()) {
    group.sort((a, b) => compareText(a.begin ?? "", b.begin ?? "") || a.row - b.row);
    let latest: RosterEnrollment | undefined;
    for (const enrollment of group) {
      if (latest !== undefined && (latest.end === null || (enrollment.begin ?? "") < latest.end)) report(enrollment, latest);
      if (latest === undefined || (latest.end !== null && (enrollment.end === null || enrollment.end > latest.end))) latest = enrollment;
    }
  }
}
