import { isExcluded, type Decisions } from "../imports/decisions.ts";
import type { RosterBundle, RosterRecord } from "../oneroster/roster.ts";
import type { Notes } from "./notes.ts";

export interface LeftOut {
  file: string;
  sourcedId: string;
  line: number;
}

export interface Decided {
  bundle: RosterBundle;
  /** Rows of the package that are not imported: those that a clerk left out, and those that cannot be without them. */
  leftOut: readonly LeftOut[];
}

/** The package as the district's clerks would have it read: with their codes, and without what they left out and what depends on that. */
export function applyDecisions(bundle: RosterBundle, decisions: Decisions, notes: Notes): Decided {
  const read = decisions.codes.size === 0 ? bundle : readAs(bundle, decisions);
  return decisions.excluded.size === 0 ? { bundle: read, leftOut: [] } : withoutExcluded(read, decisions, notes);
}

/** What the district reads for what the source writes. */
function readAs(bundle: RosterBundle, { codes }: Decisions): RosterBundle {
  const as = (file: string, column: string, value: string): string => codes.get(`${file} ${column} ${value}`) ?? value;
  const all = (file: string, column: string, values: string[]): string[] => values.map((value) => as(file, column, value));
  const roleFile = bundle.version === "1.2" ? "roles.csv" : "users.csv";
  return {
    ...bundle,
    organizations: bundle.organizations.map((row) => ({ ...row, type: as("orgs.csv", "type", row.type) })),
    sessions: bundle.sessions.map((row) => ({ ...row, type: as("academicSessions.csv", "type", row.type) })),
    users: bundle.users.map((row) => ({ ...row, grades: all("users.csv", "grades", row.grades), roles: row.roles.map((held) => ({ ...held, role: as(roleFile, "role", held.role) })) })),
    detachedRoles: bundle.detachedRoles.map((row) => ({ ...row, role: as("roles.csv", "role", row.role) })),
    demographics: bundle.demographics.map((row) => ({ ...row, sex: row.sex === null ? null : as("demographics.csv", "sex", row.sex) })),
    courses: bundle.courses.map((row) => ({ ...row, grades: all("courses.csv", "grades", row.grades), subjects: all("courses.csv", "subjects", row.subjects) })),
    classes: bundle.classes.map((row) => ({ ...row, classType: as("classes.csv", "classType", row.classType), grades: all("classes.csv", "grades", row.grades), periods: all("classes.csv", "periods", row.periods) })),
    enrollments: bundle.enrollments.map((row) => ({ ...row, role: as("enrollments.csv", "role", row.role) })),
  };
}

function withoutExcluded(bundle: RosterBundle, decisions: Decisions, notes: Notes): Decided {
  const leftOut: LeftOut[] = [];
  const out = (file: string) => {
    const ids = new Set<string>();
    /** Keeps the rows that stay; `because` names the row that one depends on. */
    return {
      has: (sourcedId: string) => ids.has(sourcedId) || isExcluded(decisions, file, sourcedId),
      keep<R extends RosterRecord>(rows: readonly R[], because: (row: R) => string | undefined = () => undefined): R[] {
        return rows.filter((row) => {
          const reason = isExcluded(decisions, file, row.sourcedId) ? "" : because(row);
          if (reason === undefined) return true;
          ids.add(row.sourcedId);
          leftOut.push({ file, sourcedId: row.sourcedId, line: row.row });
          if (reason !== "") notes.add(file, row.row, `The row is left out because it depends on ${reason}, which somebody left out.`);
          return false;
        });
      },
    };
  };
  const [orgs, sessions, users, courses, classes, demographics, roles, enrollments] = ["orgs.csv", "academicSessions.csv", "users.csv", "courses.csv", "classes.csv", "demographics.csv", "roles.csv", "enrollments.csv"].map(out) as
    [Out, Out, Out, Out, Out, Out, Out, Out];
  const kept = {
    organizations: orgs.keep(bundle.organizations),
    sessions: sessions.keep(bundle.sessions),
    users: users.keep(bundle.users),
    courses: courses.keep(bundle.courses, (row) => (orgs.has(row.orgSourcedId) ? `the organization ${row.orgSourcedId}` : undefined)),
  };
  const keptClasses = classes.keep(bundle.classes, (row) =>
    courses.has(row.courseSourcedId) ? `the course ${row.courseSourcedId}` : orgs.has(row.schoolSourcedId) ? `the school ${row.schoolSourcedId}`
    : row.termSourcedIds.length > 0 && row.termSourcedIds.every((id) => sessions.has(id)) ? `the session ${row.termSourcedIds[0]}` : undefined);
  return {
    leftOut,
    bundle: {
      ...bundle,
      ...kept,
      users: kept.users.map((user) => ({
        ...user,
        roles: user.roles.filter(({ sourcedId, orgSourcedId }) => !orgs.has(orgSourcedId) && (sourcedId === null || !roles.has(sourcedId))),
        agentSourcedIds: user.agentSourcedIds.filter((id) => !users.has(id)),
      })),
      detachedRoles: roles.keep(bundle.detachedRoles, (row) => (users.has(row.userSourcedId) ? `the user ${row.userSourcedId}` : undefined)),
      demographics: demographics.keep(bundle.demographics, (row) => (users.has(row.sourcedId) ? `the user ${row.sourcedId}` : undefined)),
      classes: keptClasses.map((row) => ({ ...row, termSourcedIds: row.termSourcedIds.filter((id) => !sessions.has(id)) })),
      enrollments: enrollments.keep(bundle.enrollments, (row) => (users.has(row.userSourcedId) ? `the user ${row.userSourcedId}` : classes.has(row.classSourcedId) ? `the class ${row.classSourcedId}` : undefined)),
    },
  };
}

interface Out {
  has(sourcedId: string): boolean;
  keep<R extends RosterRecord>(rows: readonly R[], because?: (row: R) => string | undefined): R[];
}
