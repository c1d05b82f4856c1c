import { columnsOf, isScalar, type RecordMeta, type ScalarField } from "../record/metadata.ts";
import { quoted } from "./names.ts";

/**
 * Beside a text that is found by its start the database keeps it in lower case, compared by its bytes. Row rules let an index find rows
 * before them only by operators that tell nothing of the rows they refuse (leakproof ones): `^@` on a column is one, `lower` and `LIKE`
 * are not. No part of the record: only filters name it.
 */
export function foldedColumns(meta: RecordMeta): { column: string; definition: string }[] {
  return columnsOf(meta).filter(isScalar).filter((f) => f.foundByStart).map((f) => ({ column: foldedColumn(f), definition: `text COLLATE "C" GENERATED ALWAYS AS (lower(${quoted(f.column)})) STORED` }));
}

/** Its name, which the statements of running processes hold: another way of folding takes another name. */
export const foldedColumn = (field: ScalarField): string => `${field.column}_folded`;
