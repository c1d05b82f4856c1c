import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { expect, inject, onTestFinished, test } from "vitest";
import { startEmbeddedPostgres } from "../persistence/embedded-postgres.ts";
import { migrate } from "../persistence/migrate.ts";
import { uuidv7 } from "../record/uuid.ts";
import { createDatabase } from "../testing/databases.ts";
import { until } from "../testing/until.ts";

/** The journal where its rows were brought to another server, or its server was taken back to an earlier time. */
const prefix = "osss_moved";
const migrated = (adminUrl: string, log?: (line: string) => void) => migrate({ adminUrl, prefix, appPassword: "test-only", manifests: [], log });

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

const district = uuidv7();
const record = uuidv7();
async function append(client: pg.Client, version: number): Promise<void> {
  await client.query("BEGIN");
  await client.query("SELECT set_config('osss.district', $1, true)", [district]);
  await client.query("SELECT journal.append($1::jsonb, 'test', NULL, 'test')", [JSON.stringify([{ id: uuidv7(), event_id: uuidv7(), action: "UPDATED", record_type: "Thing", record_id: record, record_version: version, changes: [] }])]);
  await client.query("COMMIT");
}
const numbers = async (client: pg.Client, sql: string) => (await client.query<{ n: number }>(sql)).rows.map(({ n }) => n);
const relayed = (client: pg.Client, reader: string) => numbers(client, `SELECT record_version AS n FROM journal.relay('${reader}', 1000)`);
const chain = async (client: pg.Client) => (await client.query("SELECT entries::int, broken_at FROM journal.verify($1)", [district])).rows[0];

test("rows that another server numbered are told and chained after the next migration, and so is what is written now", async () => {
  const made = await createDatabase(inject("postgres"));
  onTestFinished(() => made.drop());
  await migrated(made.url);
  const client = await connected(made.url);
  for (const version of [1, 2, 3]) await append(client, version);
  expect(await numbers(client, "SELECT record_version AS n FROM journal.relay('reader', 2)")).toEqual([1, 2]);
  await client.query("SELECT journal.seal(2)");
  // As a copy of the rows brings them from a server that has counted further.
  for (const table of ["journal.outbox_event", "journal.audit_entry", "journal.horizon"]) await client.query(`UPDATE ${table} SET xid = (xid::text::numeric + 1000000000000)::text::xid8`);
  await client.query("UPDATE journal.home SET server = '7000000000000000000'");

  // Nothing is told or chained, and no process takes itself for ready.
  expect([await relayed(client, "reader"), await numbers(client, "SELECT journal.seal() AS n"), (await client.query("SELECT journal.version() AS v")).rows]).toEqual([[], [0], [{ v: null }]]);
  const said: string[] = [];
  await migrated(made.url, (line) => said.push(line));
  expect(said).toContainEqual(expect.stringContaining("come from another server"));
  expect((await client.query("SELECT journal.version() AS v")).rows).toEqual([{ v: expect.any(String) }]);
  await append(client, 4);
  expect(await relayed(client, "reader")).toEqual([3, 4]);
  expect(await relayed(client, "another")).toEqual([1, 2, 3, 4]);
  await client.query("SELECT journal.seal()");
  expect(await chain(client)).toEqual({ entries: 4, broken_at: null });

  said.length = 0;
  await migrated(made.url, (line) => said.push(line));
  expect(said).toEqual([]);
  await client.end();
});

test("a server that is recovered to an earlier time begins a new epoch; one that is started again does not", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "osss-recovered-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  if (process.getuid?.() === 0) chmodSync(dataDir, 0o711);
  const epoch = async (settings: Record<string, string> = {}) => {
    const server = await startEmbeddedPostgres({ dataDir, log: () => undefined, settings });
    try {
      const client = await connected(server.superuserUrl);
      await until(async () => !(await client.query<{ recovering: boolean }>("SELECT pg_is_in_recovery() AS recovering")).rows[0]!.recovering);
      await migrated(server.superuserUrl);
      const { rows } = await client.query<{ epoch: string; folder: string }>("SELECT journal.epoch() AS epoch, current_setting('data_directory') AS folder");
      await client.end();
      return rows[0]!;
    } finally {
      await server.stop();
    }
  };
  const first = await epoch();
  expect((await epoch()).epoch).toBe(first.epoch);
  writeFileSync(join(first.folder, "recovery.signal"), "", { mode: 0o644 });
  const recovered = await epoch({ restore_command: "false" });
  expect(recovered.epoch).not.toBe(first.epoch);
  expect((await epoch()).epoch).toBe(recovered.epoch);
});
