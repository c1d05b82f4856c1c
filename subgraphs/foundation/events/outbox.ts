import type { Database } from "../persistence/pool.ts";

/** That a record changed: ids only. Whoever is told reads the record again under their own rights. */
export interface OutboxEvent {
  id: string;
  districtId: string;
  occurredAt: Date;
  recordType: string;
  recordId: string;
  recordVersion: number;
  action: "CREATED" | "UPDATED" | "ARCHIVED" | "RESTORED";
}

/**
 * Hands the next events to `handle`, at least once and in an order that never skips one: by the transaction that wrote them, once no
 * earlier transaction can still commit. Events of one record come in the order of their versions. The reader's place moves in the same
 * transaction, after `handle`: when it fails, the same events come again. Returns how many there were.
 */
export async function relayOutbox(database: Database, reader: string, handle: (events: readonly OutboxEvent[]) => Promise<void>, most = 1_000): Promise<number> {
  const client = await database.pool.connect();
  try {
    await client.query("BEGIN");
    const { rows } = await client.query<OutboxEvent>(
      `SELECT id, district_id AS "districtId", occurred_at AS "occurredAt", record_type AS "recordType", record_id AS "recordId", record_version AS "recordVersion", action FROM journal.relay($1, $2)`,
      [reader, most],
    );
    if (rows.length > 0) await handle(rows);
    await client.query("COMMIT");
    return rows.length;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
