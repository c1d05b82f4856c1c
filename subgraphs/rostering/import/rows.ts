import { isExcluded, type Decisions } from "../imports/decisions.ts";
import type { Ledger } from "../imports/ledger.ts";
import { fileNames, type FileName } from "../oneroster/columns.ts";
import type { RosterBundle, RosterRow } from "../oneroster/roster.ts";
import type { PlannedPerson } from "./plan.ts";
import type { Registry } from "./registered.ts";
import type { SourceBook } from "./source-book.ts";

/** How rows of the package are recognised, and the schools that they belong to. */
export interface RowContext {
  /** A school of the district by an organization's id at the source. */
  schoolOf: (orgSourcedId: string) => string | undefined;
  people: readonly PlannedPerson[];
  /** The name of a user whom the package does not hold. */
  nameOf: (userSourcedId: string) => string | undefined;
  /** The title of a class that the package does not hold. */
  titleOf: (classSourcedId: string) => string | undefined;
}

interface Described {
  label: string;
  schoolId: string | null;
}

const longest = 255;

/** Tells a clerk what a row is about. Rows of other files than a roster's have the title that they bring, or their id. */
export class RowLabels {
  readonly #described = new Map<FileName, Map<string, Described>>();

  constructor(bundle: RosterBundle, { schoolOf, people, nameOf, titleOf }: RowContext) {
    const users = new Map(bundle.users.map((user) => [user.sourcedId, user]));
    const classes = new Map(bundle.classes.map((row) => [row.sourcedId, row]));
    const schools = new Map(people.map((plan) => [plan.sourcedId, schoolOfPerson(plan, schoolOf)]));
    const name = (sourcedId: string): string => {
      const user = users.get(sourcedId);
      return user === undefined ? (nameOf(sourcedId) ?? sourcedId) : `${user.familyName}, ${user.givenName}`;
    };
    const title = (sourcedId: string): string => {
      const row = classes.get(sourcedId);
      return row === undefined ? (titleOf(sourcedId) ?? sourcedId) : titled(row.title, row.classCode);
    };
    const describe = <R extends { sourcedId: string }>(file: FileName, rows: readonly R[], labelOf: (row: R) => string, schoolOfRow: (row: R) => string | null | undefined): void =>
      void this.#described.set(file, new Map(rows.map((row) => [row.sourcedId, { label: labelOf(row).slice(0, longest), schoolId: schoolOfRow(row) ?? null }])));
    const schoolOfUser = (sourcedId: string) => schools.get(sourcedId);
    describe("orgs", bundle.organizations, (row) => row.name, ({ sourcedId }) => schoolOf(sourcedId));
    describe("academicSessions", bundle.sessions, (row) => row.title, () => null);
    describe("courses", bundle.courses, (row) => titled(row.title, row.courseCode), ({ orgSourcedId }) => schoolOf(orgSourcedId));
    describe("users", bundle.users, (row) => titled(name(row.sourcedId), row.identifier ?? row.sourcedId), ({ sourcedId }) => schoolOfUser(sourcedId));
    describe("classes", bundle.classes, (row) => title(row.sourcedId), ({ schoolSourcedId }) => schoolOf(schoolSourcedId));
    describe("enrollments", bundle.enrollments, (row) => `${name(row.userSourcedId)}, ${row.role === "student" ? "" : `${row.role} of `}${title(row.classSourcedId)}`, (row) => schoolOf(classes.get(row.classSourcedId)?.schoolSourcedId ?? row.schoolSourcedId));
    const items = new Map(bundle.lineItems.map((row) => [row.sourcedId, row]));
    const schoolOfClass = (sourcedId: string) => schoolOf(classes.get(sourcedId)?.schoolSourcedId ?? "");
    describe("categories", bundle.categories, (row) => row.title, () => null);
    describe("lineItems", bundle.lineItems, (row) => `${row.title}, ${title(row.classSourcedId)}`, (row) => schoolOfClass(row.classSourcedId));
    describe("results", bundle.results, (row) => `${name(row.studentSourcedId)}, ${items.get(row.lineItemSourcedId)?.title ?? row.lineItemSourcedId}`, (row) => schoolOfClass(items.get(row.lineItemSourcedId)?.classSourcedId ?? ""));
    describe("demographics", bundle.demographics, ({ sourcedId }) => name(sourcedId), ({ sourcedId }) => schoolOfUser(sourcedId));
    const roles = bundle.users.flatMap((user) => user.roles.flatMap(({ sourcedId, role }) => (sourcedId === null ? [] : [{ sourcedId, role, user: user.sourcedId }])));
    describe("roles", [...roles, ...bundle.detachedRoles.map(({ sourcedId, role, userSourcedId }) => ({ sourcedId, role, user: userSourcedId }))], ({ user, role }) => `${name(user)}, ${role}`, ({ user }) => schoolOfUser(user));
  }

  of(file: FileName, { sourcedId, kept }: Pick<RosterRow, "sourcedId" | "kept">): Described {
    return this.#described.get(file)?.get(sourcedId) ?? { label: (kept?.title ?? sourcedId).slice(0, longest), schoolId: null };
  }
}

const titled = (title: string, code: string | null): string => (code === null || code === title ? title : `${title} (${code})`);

/** The school that counts a student, or at which somebody works; null for none or several. */
function schoolOfPerson({ enrollments, duties }: PlannedPerson, schoolOf: RowContext["schoolOf"]): string | null {
  const primary = enrollments.find((each) => each.primary);
  if (primary !== undefined) return schoolOf(primary.schoolSourcedId) ?? null;
  const [one, ...more] = new Set(duties.flatMap(({ orgSourcedId }) => schoolOf(orgSourcedId) ?? []));
  return more.length > 0 ? null : (one ?? null);
}

export interface Telling {
  ledger: Ledger;
  book: SourceBook;
  registry: Registry;
  decisions: Decisions;
  /** Rows that are not imported, as `users.csv 123`. */
  leftOut: ReadonlySet<string>;
}

/** Tells ledger and book of every row of these files, before anything is written for it. */
export function tellRows(bundle: RosterBundle, files: readonly FileName[], labels: RowLabels, { ledger, book, registry, decisions, leftOut }: Telling): void {
  for (const name of files) {
    const file = `${name}.csv`;
    for (const row of bundle.rows[name]) {
      const { sourcedId, line, status } = row;
      const told = { file, line, sourcedId, ...labels.of(name, row) };
      if (leftOut.has(`${file} ${sourcedId}`) || isExcluded(decisions, file, sourcedId)) {
        ledger.exclude(told);
        book.leaveOut(name, sourcedId);
      } else if (status === "active") {
        const state = book.stateOf(name, sourcedId);
        const isNew = state === "new" && !registry.names(file, sourcedId);
        ledger.declare(told, isNew, state === "changed" || state === "returned");
        book.place(name, sourcedId, told.schoolId);
      }
    }
  }
}

/** Files whose records are told by whoever writes them. */
const roster: ReadonlySet<FileName> = new Set(["orgs", "academicSessions", "users", "courses", "classes", "enrollments"]);

/** Rows of the other files that the source names no longer. */
export function tellGoneRows({ ledger, book, decisions }: Pick<Telling, "ledger" | "book" | "decisions">): void {
  for (const name of fileNames) {
    if (roster.has(name)) continue;
    for (const { sourcedId, schoolId, line } of book.gone(name)) {
      const told = { file: `${name}.csv`, line, sourcedId, label: sourcedId, schoolId };
      const refused = isExcluded(decisions, told.file, sourcedId) || (name === "demographics" && isExcluded(decisions, "users.csv", sourcedId));
      if (!refused) ledger.withdraw(told);
      else {
        ledger.exclude(told);
        book.leaveOut(name, sourcedId);
      }
    }
  }
}
