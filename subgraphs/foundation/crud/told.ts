import { sql } from "kysely";
import type { Identity } from "../identity/identity.ts";
import type { RecordChange } from "../events/change-recorder.ts";
import { visibleFunction } from "../persistence/derived-objects.ts";
import { isScalar, type RecordMeta } from "../record/metadata.ts";
import type { Reader } from "./read.ts";

/** How far the work of a write for the district is undone before its caller is told of it. */
const beforeTheWork = "before_the_work";

/** Marks where a dry run begins: what it changed is told as the row rules stood then. */
export async function markBeginning(db: Reader): Promise<void> {
  await sql`SAVEPOINT ${sql.raw(beforeTheWork)}`.execute(db as never);
}

/**
 * Of what was written for the district, what its caller is told: changes of rows that her own row rules show her, once it is done. A dry run
 * gives no reach: of rows that were there before, it tells those that she may read as things are. It leaves the transaction as it was
 * marked, in the role of then, so `enter` takes one that may ask again. Two statements at most, whatever was written.
 */
export async function tellCaller(db: Reader, identity: Identity, recorded: readonly RecordChange[], dryRun: { enter: () => Promise<unknown> } | null): Promise<RecordChange[]> {
  const readable = recorded.filter(({ meta }) => meta.access.grants.some((g) => g.verb === "read" && identity.roles.includes(g.role)));
  if (!dryRun) return among(readable, await visibleNow(db, readable));
  const made = new Set(readable.filter(({ action }) => action === "CREATED").map(keyOf));
  const seen = await visibleNow(db, readable.filter((change) => made.has(keyOf(change))));
  await sql`ROLLBACK TO SAVEPOINT ${sql.raw(beforeTheWork)}`.execute(db as never);
  await dryRun.enter();
  for (const key of await visibleNow(db, readable.filter((change) => !made.has(keyOf(change))))) seen.add(key);
  return among(readable, seen);
}

/** What is stored and never part of the graph is no change for those who read the graph. */
export function withoutInternal(recorded: readonly RecordChange[]): RecordChange[] {
  return recorded.map((change) => {
    const internal = new Set([...change.meta.fields.values()].filter((f) => isScalar(f) && f.internal).map((f) => f.name));
    return { ...change, fields: change.fields.filter(({ field }) => !internal.has(field)) };
  });
}

const keyOf = ({ meta, id }: { meta: RecordMeta; id: string }): string => `${meta.name} ${id}`;
const among = (recorded: readonly RecordChange[], keys: ReadonlySet<string>): RecordChange[] => withoutInternal(recorded.filter((change) => keys.has(keyOf(change))));

/** Which of these records the caller may read as the transaction stands, in one statement. */
async function visibleNow(db: Reader, records: readonly { meta: RecordMeta; id: string }[]): Promise<Set<string>> {
  const ids = new Map<RecordMeta, Set<string>>();
  for (const { meta, id } of records) ids.set(meta, (ids.get(meta) ?? new Set()).add(id));
  if (ids.size === 0) return new Set();
  const each = [...ids].map(([meta, of]) => sql`SELECT ${meta.name}::text || ' ' || v AS key FROM ${sql.raw(visibleFunction(meta.domain, meta.table))}(${[...of]}::uuid[], true) v`);
  const { rows } = await sql<{ key: string }>`${sql.join(each, sql` UNION ALL `)}`.execute(db as never);
  return new Set(rows.map(({ key }) => key));
}
