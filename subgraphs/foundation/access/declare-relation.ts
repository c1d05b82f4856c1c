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
  readonly sql: string;
}

/**
 * Declares how a relation finds its ids. Inside the SQL: `roles` is the granted roles (text[]); `access.person()`, `access.account()`,
 * `access.district()`, `access.today()` (the district's local date), `access.roles()` (of the token) describe the caller: wrap each in
 * `(SELECT ...)` so that it runs once. `access.acts_as(roles)` is true when the token carries one of them; the generator adds it.
 */
export function declareRelation(relation: Relation, stamp: StampName | null, sql: string): RelationDeclaration {
  return { relation, stamp, sql };
}

/** The name of the function for a relation and stamp: `access.guardian_student`. */
export function relationFunction(relation: Relation, stamp: StampName | null): string {
  return `access.${relation.name}${stamp ? `_${stamp}` : ""}`;
}

/** The call of a relation's function with these roles, as SQL. */
export function relationCall(relation: Relation, stamp: StampName | null, roles: readonly Role[]): RawBuilder<unknown> {
  const args = [sql`${`{${roles.join(",")}}`}::text[]`, ...relation.args.map((a) => sql`${a}::text`)];
  return sql`${sql.raw(relationFunction(relation, stamp))}(${sql.join(args)})`;
}
