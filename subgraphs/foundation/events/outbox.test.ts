import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { migrate } from "../persistence/migrate.ts";
import { openDatabase, type Database } from "../persistence/pool.ts";
import { uuidv7 } from "../record/uuid.ts";
import { createDatabase, type TestDatabase } from "../testing/databases.ts";
import { until } from "../testing/until.ts";
import { relayOutbox, type OutboxEvent } from "./outbox.ts";

let made: TestDatabase;
let database: Database;
beforeAll(async () => {
  made = await createDatabase(inject("postgres"));
  await migrate({ adminUrl: made.url, prefix: "osss_outbox", appPassword: "test-only", manifests: [] });
  const url = new URL(made.url);
  url.username = "osss_outbox_app";
  url.password = "test-only";
  database = openDatabase(url.href, 2, () => undefined);
});
afterAll(async () => {
  await database.close();
  await made.drop();
});

/** Writes an event as a domain's transaction would; `meanwhile` runs before it commits. */
async function write(version: number, meanwhile: () => Promise<void> = async () => undefined): Promise<void> {
  const entry = { id: uuidv7(), event_id: uuidv7(), action: "UPDATED", record_type: "Thing", record_id: record, record_version: version, changes: [] };
  const client = new pg.Client({ connectionString: made.url });
  await client.connect();
  try {
    await client.query("BEGIN");
    await client.query("SELECT set_config('osss.district', $1, true)", [district]);
    await client.query("SELECT journal.append($1::jsonb, 'test', NULL, 'test')", [JSON.stringify([entry])]);
    await meanwhile();
    await client.query("COMMIT");
  } finally {
    await client.end();
  }
}

const district = uuidv7();
const record = uuidv7();
/** What the reader is given, as soon as it is `many`: transactions of other databases of the server hold events back for a moment. */
const taken = async (reader: string, many = 0) => {
  const versions: number[] = [];
  await until(async () => {
    await relayOutbox(database, reader, async (events: readonly OutboxEvent[]) => void versions.push(...events.map((e) => e.recordVersion)));
    return versions.length >= many;
  });
  return versions;
};

describe("the outbox", () => {
  it("gives every reader each event once, and again when handling failed", async () => {
    await write(1);
    await write(2);
    await until(async () => (await relayOutbox(database, "a", async () => Promise.reject(new Error("not now"))).catch((error: Error) => error.message)) === "not now");
    expect(await taken("a", 2)).toEqual([1, 2]);
    expect(await taken("a")).toEqual([]);
    expect(await taken("b", 2)).toEqual([1, 2]);
  });

  it("waits for a transaction that began earlier and commits later, so that none is skipped", async () => {
    await write(3, async () => {
      await write(4);
      expect(await taken("a")).toEqual([]);
    });
    expect(await taken("a", 2)).toEqual([3, 4]);
  });

  it("goes on where a full portion ended, within one transaction's events too", async () => {
    for (let version = 5; version < 9; version++) await write(version);
    const seen: number[] = [];
    await until(async () => (await relayOutbox(database, "small", async (events) => void seen.push(...events.map((e) => e.recordVersion)), 3)) === 0 && seen.length >= 8);
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});
