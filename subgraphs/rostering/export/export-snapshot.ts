import { sql } from "kysely";
import type { Orchestration } from "#foundation/crud/across-domains";
import type { Identity } from "#foundation/identity/identity";
import { beginReading, type ReadTransaction } from "#foundation/persistence/session";

/** Reads the district of one moment as whoever exports it, for as long as it takes. */
export async function inSnapshot<T>({ database, roles, clock }: Pick<Orchestration, "database" | "roles" | "clock">, identity: Identity, work: (db: ReadTransaction) => Promise<T>): Promise<T> {
  const reading = await beginReading(database.kysely, { identity, now: clock(), role: roles.mixed("rostering") }, "snapshot");
  try {
    await sql`SELECT set_config('statement_timeout', '0', true), set_config('idle_in_transaction_session_timeout', '0', true)`.execute(reading.transaction);
    const result = await work(reading.transaction);
    await reading.end();
    return result;
  } catch (error) {
    await reading.abandon().catch(() => undefined);
    throw error;
  }
}

/** The source whose ids an export writes where none is named: the only one there is. */
export async function onlySource(db: ReadTransaction): Promise<string | null> {
  const { rows } = await sql<{ source: string }>`SELECT source FROM lookup.rostering_export_sources()`.execute(db);
  return rows.length === 1 ? rows[0]!.source : null;
}
