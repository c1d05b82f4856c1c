import type { RelationDeclaration } from "#foundation/access/declare-relation";

/** Academics owns rosters, not callers: whom a roster opens to whom is said by staff, who knows the teachers. */
export const relations: readonly RelationDeclaration[] = [];
