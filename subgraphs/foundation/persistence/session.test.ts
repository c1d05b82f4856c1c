import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { anonymous } from "../identity/identity.ts";
import { createDatabase, type TestDatabase } from "../testing/databases.ts";
import { migrate } from "./migrate.ts";
import { openDatabase, type Database } from "./pool.ts";
import { beginReading } from "./session.ts";

let made: TestDatabase;
let database: Database;
const context = { identity: anonymous, now: new Date(), role: "none" };

beforeAll(async () => {
  made = await createDatabase(inject("postgres"));
  await migrate({ adminUrl: made.url, prefix: "osss_session", appPassword: "test-only", manifests: [] });
  database = openDatabase(Object.assign(new URL(made.url), { username: "osss_session_app", password: "test-only" }).href, 2, () => undefined);
});
afterAll(async () => {
  await database.close();
  await made.drop();
});

const others = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'osss_session_app' AND pid <> pg_backend_pid()`;
const used = () => database.pool.totalCount - database.pool.idleCount;

test("a connection that breaks before BEGIN, in the transaction or before its end goes back to the pool", async () => {
  // More often than the pool has connections.
  for (let turn = 0; turn < 4; turn++) {
    const reading = await beginReading(database.kysely, context);
    expect(used()).toBe(1);
    const broken = database.pool.query(others).catch((error: unknown) => error);
    await broken;
    await expect(reading.end()).rejects.toThrow();
    expect(used()).toBe(0);
    await expect(beginReading(database.kysely, { ...context, role: "nobody_has_this_role" })).rejects.toThrow();
    expect(used()).toBe(0);
  }
  // BEGIN itself fails, as it does behind a pooler that has lost its server.
  const query = database.pool.query.bind(database.pool);
  for (let turn = 0; turn < 4; turn++) {
    const client = await database.pool.connect();
    const real = client.query.bind(client);
    Object.assign(client, { query: (text: unknown, ...rest: unknown[]) => (/^(start|begin)/i.test(String((text as { text?: string }).text ?? text)) ? Promise.reject(Object.assign(new Error("server conn crashed?"), { code: "08P01" })) : (real as (...words: unknown[]) => unknown)(text, ...rest)) });
    client.release();
    await expect(beginReading(database.kysely, context)).rejects.toThrow("server conn crashed?");
    Object.assign(client, { query: real });
    expect(used()).toBe(0);
  }
  expect((await query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  const last = await beginReading(database.kysely, context);
  await last.end();
});
