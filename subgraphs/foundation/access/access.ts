import type { Role } from "../identity/role.ts";
import type { Relation } from "./relations.ts";

/** What a row is about: the columns through which relations reach it. Field names of the record; `id` is allowed. */
export type Stamps = Readonly<Partial<Record<StampName, string>>> & { readonly on?: string };

/** Names of the things that relations yield. A domain that brings a new one (section, household) adds it here. */
export type StampName = "student" | "school" | "person" | "household" | "account" | "section" | "meeting" | "author";

export type Verb = "read" | "write";

/** One line of an access table: this verb, to these roles, through any of these relations. */
export interface Grant {
  readonly verb: Verb;
  readonly role: Role;
  readonly relation: Relation;
  /** A flag of the row that closes this grant while it is true. */
  readonly unless: string | null;
  /** A person column of the row: closed for rows about the caller (nobody lifts an order against herself). */
  readonly notSelf: string | null;
  /** Reads by all stamps that the relation knows, not by any of them, as writes always do. */
  readonly together: boolean;
}

export interface AccessTable {
  readonly stamps: Stamps;
  readonly grants: readonly Grant[];
}

export interface GrantLine extends Array<Grant> {
  /** Closed for rows whose flag is true: `read(Role.Nurse, atSchool).unless("addressConfidential")`. */
  unless(flag: string): GrantLine;
  /** Closed for rows whose person is the caller: `write(Role.Registrar, atSchool).exceptSelf("personId")`. */
  exceptSelf(person: string): GrantLine;
  /** Only by all stamps at once: `read(Role.Teacher, teachesSection).together()` opens a row of a student whom she teaches, in a section that she teaches. */
  together(): GrantLine;
}

function line(grants: Grant[]): GrantLine {
  const made = grants as GrantLine;
  const narrowed = (more: Partial<Grant>) => line(grants.map((g) => ({ ...g, ...more })));
  const narrowings = { unless: (flag: string) => narrowed({ unless: flag }), exceptSelf: (person: string) => narrowed({ notSelf: person }), together: () => narrowed({ together: true }) };
  for (const [name, value] of Object.entries(narrowings)) Object.defineProperty(made, name, { value, enumerable: false });
  return made;
}

const listed = (roles: Role | readonly Role[]): readonly Role[] => (typeof roles === "string" ? [roles] : roles);
const granted = (verb: Verb, roles: Role | readonly Role[], relations: readonly Relation[]): GrantLine =>
  line(listed(roles).flatMap((role) => relations.map((relation) => ({ verb, role, relation, unless: null, notSelf: null, together: false }))));

export function read(roles: Role | readonly Role[], ...relations: Relation[]): GrantLine {
  return granted("read", roles, relations);
}

/** Writing what one cannot read is refused at start: give `readWrite`, or a `read` line of the same role beside it. */
export function write(roles: Role | readonly Role[], ...relations: Relation[]): GrantLine {
  return granted("write", roles, relations);
}

export function readWrite(roles: Role | readonly Role[], ...relations: Relation[]): GrantLine {
  return line([...read(roles, ...relations), ...write(roles, ...relations)]);
}

/** Who, through which relation, may do what with one kind of record. Reads as a table; generates gate 1 and gate 2. */
export function access(stamps: Stamps, lines: readonly (readonly Grant[])[]): AccessTable {
  const grants = lines.flat();
  for (const g of grants) {
    if (g.verb === "write" && !grants.some((r) => r.verb === "read" && r.role === g.role)) {
      throw new Error(`The role ${g.role} may write what it may not read. Add a read line, or use readWrite.`);
    }
  }
  return { stamps, grants };
}

/**
 * A record about a student; `school`, `section`, `meeting` and `on` (a day) are the stamps of the event, where it has them. Relations reach it
 * through these. A `person` beside them (the contact, the restricted person) is reached only by `on(relation, "person")`: otherwise a
 * nurse's principal would read the row of the nurse's own child elsewhere.
 */
export const ofStudent = (student: string, more: Stamps = {}): Stamps => ({ student, ...more });
export const ofSchool = (school: string): Stamps => ({ school });
export const ofPerson = (person: string, more: Stamps = {}): Stamps => ({ person, ...more });
export const ofHousehold = (household: string): Stamps => ({ household });
/** A record of the district as a whole: only relations to the district reach it. */
export const ofDistrict = (): Stamps => ({});

/** The roles that a verb is granted to, sorted: the schema's rule. */
export function rolesFor(table: AccessTable, verb: Verb): Role[] {
  return [...new Set(table.grants.filter((g) => g.verb === verb).map((g) => g.role))].sort();
}

/** The stamps that a relation uses when the grant names none. */
export function subjectStamps(stamps: Stamps): StampName[] {
  const all = (Object.keys(stamps) as (StampName | "on")[]).filter((s): s is StampName => s !== "on");
  return stamps.student ? all.filter((s) => s === "student" || s === "school" || s === "section" || s === "meeting") : all;
}
