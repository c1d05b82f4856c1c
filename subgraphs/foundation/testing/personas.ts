import { randomUUID } from "node:crypto";
import type { Grant, StampName, Verb } from "../access/access.ts";
import { relationFunction } from "../access/declare-relation.ts";
import { RelationIndex, stampsFor } from "../access/policies.ts";
import { anonymous, identityOf, type Identity } from "../identity/identity.ts";
import { Role } from "../identity/role.ts";
import type { RecordMeta } from "../record/metadata.ts";
import type { Values, World } from "./factory.ts";

/** Whom a reach makes: a new person, or the one given, who then reaches one thing more. */
export interface Reached {
  /** Null for a system, which is nobody: it has an account. */
  personId: string | null;
  accountId?: string;
}

/**
 * The fact that makes a relation hold between a caller and what a row is stamped with (`stampId`; empty for the whole district),
 * written into the world. Declared beside the tests, by the name of the relation's function: `at_school_student`.
 */
export type Reach = (make: World, stampId: string, about: { role: Role; personId?: string; accountId?: string }) => Reached;
export type Reaches = Readonly<Record<string, Reach>>;

/** One way in which the table opens a record: a role, through one relation, through one stamp, or through several where all are asked. */
export interface Way {
  grant: Grant;
  stamps: readonly (StampName | null)[];
  name: string;
}

/** A row as a world made it. */
export interface Subject {
  id: string;
  values: Values;
}

export interface Persona {
  name: string;
  identity: Identity;
}

/** Every way of a verb, each once. */
export function waysOf(world: World, meta: RecordMeta, verb: Verb): Way[] {
  const relations = new RelationIndex(world.manifests.flatMap((m) => m.relations));
  const ways = meta.access.grants
    .filter((grant) => grant.verb === verb)
    .flatMap((grant) => {
      const stamps = stampsFor(meta, relations, grant);
      return (grant.together ? [stamps] : stamps.map((stamp) => [stamp])).map((asked) => ({ grant, stamps: asked, name: `${grant.role} by ${asked.map((stamp) => relationFunction(grant.relation, stamp).slice("access.".length)).join(" and ")}` }));
    });
  return ways.filter((way, i) => ways.findIndex((other) => other.name === way.name && other.grant.unless === way.grant.unless) === i);
}

/** What a way hangs on in a row: the id that the relation must reach. */
export function stampIdOf(meta: RecordMeta, subject: Subject, stamp: StampName | null): string {
  if (stamp === null) return "";
  const field = meta.access.stamps[stamp]!;
  const id = field === "id" ? subject.id : subject.values[field];
  if (typeof id !== "string") throw new Error(`${meta.name}: the row made for the test has no ${field}, so nobody reaches it by ${stamp}. Give it a recipe.`);
  return id;
}

export function reach(world: World, reaches: Reaches, meta: RecordMeta, way: Way, subject: Subject, personId?: string): Reached {
  let reached: Reached | undefined;
  for (const stamp of way.stamps) {
    const fn = relationFunction(way.grant.relation, stamp).slice("access.".length);
    const make = reaches[fn];
    if (!make) throw new Error(`The tests do not know how to make access.${fn} hold. Add it to their reaches.`);
    const person = reached?.personId ?? personId;
    const accountId = reached?.accountId;
    reached = { ...reached, ...make(world, stampIdOf(meta, subject, stamp), { role: way.grant.role, ...(person ? { personId: person } : {}), ...(accountId ? { accountId } : {}) }) };
  }
  return reached!;
}

export function signedIn(world: World, reached: Reached, roles: readonly Role[]): Identity {
  return identityOf({ issuer: "https://test", subject: reached.personId ?? reached.accountId!, accountId: reached.accountId ?? randomUUID(), personId: reached.personId, districtId: world.districtId, roles });
}

/** One caller for each way, with just that role, for whom just that relation holds. */
export function reaching(world: World, reaches: Reaches, meta: RecordMeta, ways: readonly Way[], subject: Subject): Persona[] {
  return ways.map((way) => ({ name: way.name, identity: signedIn(world, reach(world, reaches, meta, way, subject), [way.grant.role]) }));
}

/** Rows that are themselves what puts a student within the reach of a section's, or a school's, people. */
const rosters = new Set(["SectionEnrollment", "RosterEntry", "SchoolEnrollment"]);

/** Whether a stamp is within reach whenever the others are: a section and its meetings, and the student of a row of the roster. */
const impliedBy = (meta: RecordMeta, way: Way, stamp: StampName | null): boolean =>
  (stamp === "student" ? rosters.has(meta.name) : way.stamps.includes("section") && way.stamps.includes("meeting"));

/**
 * Callers who must not reach the row: the role without the relation, the relation without the role, the relation to another row,
 * every role without any relation, another district, nobody.
 */
export function outsiders(world: World, elsewhere: World, reaches: Reaches, meta: RecordMeta, ways: readonly Way[], subject: Subject, other: Subject): Persona[] {
  const roles = [...new Set(ways.map((w) => w.grant.role))];
  const stranger = { personId: randomUUID() };
  const granted = new Set<Role>(meta.access.grants.map((g) => g.role));
  const uninvolved = Object.values(Role).filter((role) => !granted.has(role));
  const hasMember = (role: Role) => meta.access.grants.some((g) => g.role === role && g.relation.name === "member");
  return [
    ...roles.map((role) => ({ name: `${role}, a stranger`, identity: signedIn(world, stranger, [role]) })),
    ...roles.filter((role) => !hasMember(role)).map((role) => ({ name: `${role}, who belongs to the district`, identity: signedIn(world, { personId: world.a("Person") }, [role]) })),
    ...ways.filter((w) => !w.grant.relation.districtWide && !hasMember(w.grant.role)).map((way) => ({ name: `${way.name} of another row`, identity: signedIn(world, reach(world, reaches, meta, way, other), [way.grant.role]) })),
    ...ways.filter((w) => w.stamps.length > 1).flatMap((way) =>
      way.stamps.filter((missing) => !impliedBy(meta, way, missing)).map((missing) => ({ name: `${way.name}, but not by ${missing}`, identity: signedIn(world, reach(world, reaches, meta, { ...way, stamps: way.stamps.filter((stamp) => stamp !== missing) }, subject), [way.grant.role]) })),
    ),
    ...ways.flatMap((way) => {
      const reached = reach(world, reaches, meta, way, subject);
      return [
        { name: `${way.name}, but a token without roles`, identity: signedIn(world, reached, []) },
        { name: `${way.name}, but a token with other roles`, identity: signedIn(world, reached, uninvolved) },
        { name: `${way.name}, but a token of another district`, identity: identityOf({ ...signedIn(world, reached, [way.grant.role]), districtId: elsewhere.districtId }) },
      ];
    }),
    { name: "every role, a stranger", identity: signedIn(world, stranger, Object.values(Role)) },
    { name: "every role and duty of another district", identity: everythingElsewhere(elsewhere, reaches) },
    { name: "a sign-in that is linked to nobody", identity: identityOf({ issuer: "https://test", subject: "unlinked" }) },
    { name: "nobody", identity: anonymous },
  ];
}

/** A person of another district with every role, and a duty for the whole district for each role that can have one. */
export function everythingElsewhere(elsewhere: World, reaches: Reaches): Identity {
  const personId = elsewhere.once("Person");
  const roles = Object.values(Role);
  for (const role of roles) reaches.everywhere!(elsewhere, "", { role, personId });
  return signedIn(elsewhere, { personId }, roles);
}
