import type { RelationDeclaration } from "#foundation/access/declare-relation";

/** Schools own no fact about a caller: who has a duty at a school is kept by people. */
export const relations: readonly RelationDeclaration[] = [];
