import { sql, type RawBuilder } from "kysely";
import type { Role } from "../identity/role.ts";
import type { StampName } from "./access.ts";
import type { Relation } from "./relations.ts";

/**
 * One contribution to a relation, owned by the domain whose facts it reads. It becomes part of the SQL function
 * `access.<relation>_<stamp>(roles text[], ...)`, run with the rights of the reader role, under the district's restrictive policy.
 */
export interface RelationDeclaration {
  readonly relation: Relation;
  /** What the ids are; null for relations that reach the whole district (the SQL is then a boolean expression). */
  readonly stamp: StampName | null;
  /** A SELECT of one uuid column, or a boolean expression. May use `roles`, the relation's named arguments and the access.* functions. */
  readonly sql: RelationSql;
}

/** A declaration that compares with ids found elsewhere is a function of how that is done: it serves for whole sets and for single ids. */
export type RelationSql = string | ((ids: Ids) => string);

/** Comparing a column with ids found elsewhere: all of them found once for a set, or only the one at hand looked up. */
export interface Ids {
  /** The column is among the ids that this SELECT finds. */
  among(column: string, select: string): string;
  /** The column is an id that this relation reaches with the same roles. */
  reached(column: string, relation: Relation, stamp: StampName): string;
  /** What a SELECT, which ends in its conditions, finds where the column is such an id; for a set, one id after the other, each by its index. */
  foundByReached(select: string, column: string, relation: Relation, stamp: StampName): string;
}

/**
 * Declares how a relation finds its ids. Inside the SQL: `roles` is the granted roles (text[]); `access.person()`, `access.account()`,
 * `access.district()`, `access.today()` (the district's local date), `access.roles()` (of the token) describe the caller: wrap each in
 * `(SELECT ...)` so that it runs once. `access.acts_as(roles)` is true when the token carries one of them; the generator adds it.
 * Ids of another table or relation go through `ids.among` and `ids.reached`: from one declaration come the function that finds every id
 * and its twin that tells of one id whether it is among them.
 */
export function declareRelation(relation: Relation, stamp: StampName | null, sql: RelationSql): RelationDeclaration {
  return { relation, stamp, sql };
}

/** The name of the function for a relation and stamp: `access.guardian_student`. */
export function relationFunction(relation: Relation, stamp: StampName | null): string {
  return `access.${relation.name}${stamp ? `_${stamp}` : ""}`;
}

/** The name of its twin: whether the relation reaches one id. */
export function relationTest(relation: Relation, stamp: StampName): string {
  return `${relationFunction(relation, stamp)}_has`;
}

const callArguments = (relation: Relation, roles: readonly Role[]): RawBuilder<unknown>[] => [sql`${`{${roles.join(",")}}`}::text[]`, ...relation.args.map((a) => sql`${a}::text`)];

/** The call of a relation's function with these roles, as SQL. */
export function relationCall(relation: Relation, stamp: StampName | null, roles: readonly Role[]): RawBuilder<unknown> {
  return sql`${sql.raw(relationFunction(relation, stamp))}(${sql.join(callArguments(relation, roles))})`;
}

/** Whether the relation reaches this id with these roles, as SQL. */
export function relationHas(relation: Relation, stamp: StampName, roles: readonly Role[], id: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`${sql.raw(relationTest(relation, stamp))}(${sql.join([...callArguments(relation, roles), id])})`;
}
