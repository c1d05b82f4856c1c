import type { Database } from "../persistence/pool.ts";
import type { Metrics } from "./metrics.ts";

/** What the page of metrics tells of the database: this process's connections, and how far the journal is behind. */
export function tellDatabase(metrics: Metrics, database: Database): void {
  const { pool } = database;
  const connections = (state: string, read: () => number) => metrics.read("osss_database_connections", "Connections of this process to the database, by state; waiting: calls that wait for one.", read, "gauge", { state });
  connections("busy", () => pool.totalCount - pool.idleCount);
  connections("idle", () => pool.idleCount);
  connections("waiting", () => pool.waitingCount);
  let lag = { unsealed: NaN, unsettled: NaN, seconds: NaN };
  metrics.before(async () => {
    lag = { unsealed: NaN, unsettled: NaN, seconds: NaN };
    const { rows } = await pool.query<typeof lag>("SELECT unsealed, unsettled, seconds FROM journal.lag()");
    if (rows[0]) lag = { unsealed: Number(rows[0].unsealed), unsettled: Number(rows[0].unsettled), seconds: Number(rows[0].seconds) };
  });
  metrics.read("osss_audit_unsealed_entries", "Audit entries that are not chained yet.", () => lag.unsealed);
  metrics.read("osss_outbox_unsettled_events", "Changes that are stored and cannot be told yet, since an older transaction is still open.", () => lag.unsettled);
  metrics.read("osss_outbox_lag_seconds", "Age of the oldest change that cannot be told yet.", () => lag.seconds);
}
