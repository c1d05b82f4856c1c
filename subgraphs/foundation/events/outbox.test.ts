import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { migrate } from "../persistence/migrate.ts";
import { openDatabase, type Database } from "../persistence/pool.ts";
import { uuidv7 } from "../record/uuid.ts";
import { createDatabase, type TestDatabase } from "../testing/databases.ts";
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
const taken = async (reader: string) => {
  const versions: number[] = [];
  await relayOutbox(database, reader, async (events: readonly OutboxEvent[]) => void versions.push(...events.map((e) => e.recordVersion)));
  return versions;
};

describe("the outbox", () => {
  it("gives every reader each event once, and again when handling failed", async () => {
    await write(1);
    await write(2);
    await expect(relayOutbox(database, "a", async () => Promise.reject(new Error("not now")))).rejects.toThrow("not now");
    expect(await taken("a")).toEqual([1, 2]);
    expect(await taken("a")).toEqual([]);
    expect(await taken("b")).toEqual([1, 2]);
  });

  it("waits for a transaction that began earlier and commits later, so that none is skipped", async () => {
    await write(3, async () => {
      await write(4);
      expect(await taken("a")).toEqual([]);
    });
    expect(await taken("a")).toEqual([3, 4]);
  });

  it("waits for nobody in another database of the server, whose transactions have numbers of the same row", async () => {
    const other = await createDatabase(inject("postgres"));
    const elsewhere = new pg.Client({ connectionString: other.url });
    await elsewhere.connect();
    await elsewhere.query("BEGIN");
    await elsewhere.query("SELECT pg_current_xact_id()");
    await taken("c");
    await write(90);
    expect(await taken("c")).toEqual([90]);
    await elsewhere.query("ROLLBACK");
    await elsewhere.end();
    await other.drop();
  });

  it("goes on where a full portion ended, within one transaction's events too", async () => {
    for (let version = 5; version < 9; version++) await write(version);
    const seen: number[] = [];
    while ((await relayOutbox(database, "small", async (events) => void seen.push(...events.map((e) => e.recordVersion)), 3)) > 0);
    expect(seen).toEqual([1, 2, 3, 4, 90, 5, 6, 7, 8]);
  });
});
