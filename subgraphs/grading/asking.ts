import type { RawBuilder } from "kysely";

/** What reads rows: a call under the caller's row rules, or a write under its own role. */
export interface Asking {
  ask<T>(query: RawBuilder<T>): Promise<T[]>;
}

/** Rows by one of their fields; the last one of a key wins. */
export const by = <T, K extends keyof T>(rows: readonly T[], key: K): Map<T[K], T> => new Map(rows.map((row) => [row[key], row]));

/** Rows in groups, each in the order of the rows. */
export function grouped<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

/** The id of a reference, as the ORM manages it or as it was sent. */
export const idOf = (reference: unknown): string => (typeof reference === "string" ? reference : (reference as { id: string }).id);
