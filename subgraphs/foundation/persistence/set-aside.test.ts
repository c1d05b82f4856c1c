import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { createDatabase, type TestDatabase } from "../testing/databases.ts";
import { migrate } from "./migrate.ts";

let made: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  made = await createDatabase(inject("postgres"));
  await migrate({ adminUrl: made.url, prefix: "osss_set_aside", appPassword: "test-only", manifests: [] });
  client = new pg.Client({ connectionString: made.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await made.drop();
});
beforeEach(async () => {
  await client.query(`ROLLBACK; DROP SCHEMA IF EXISTS trial CASCADE; CREATE SCHEMA trial AUTHORIZATION osss_set_aside_owner; SET ROLE osss_set_aside_owner;
    CREATE TABLE trial.parent (id int PRIMARY KEY);
    CREATE TABLE trial.child (id int PRIMARY KEY, code int UNIQUE, parent_id int, CONSTRAINT child_parent FOREIGN KEY (parent_id) REFERENCES trial.parent (id));
    CREATE UNIQUE INDEX child_by_turn ON trial.child (parent_id, id);
    CREATE INDEX child_by_parent ON trial.child (parent_id DESC, id) WHERE id > 0;
    INSERT INTO trial.parent VALUES (1), (2); RESET ROLE`);
});

/** Keys and indexes of the table, as PostgreSQL words them. */
const definitions = async (): Promise<string[]> =>
  (await client.query<{ text: string }>(`SELECT conname || ' ' || pg_get_constraintdef(oid) || ' ' || convalidated AS text FROM pg_constraint WHERE conrelid = 'trial.child'::regclass AND contype = 'f'
    UNION ALL SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = 'trial.child'::regclass ORDER BY 1`)).rows.map(({ text }) => text);
const setAside = async (uniques = false): Promise<number> => (await client.query<{ n: number }>("SELECT journal.set_aside(ARRAY['trial.child'], $1) AS n", [uniques])).rows[0]!.n;

describe("keys and indexes that are set aside", () => {
  it.each([[false, 3], [true, 2]])("are away until the transaction ends and back as they were (unique ones too: %s)", async (uniques, left) => {
    const before = await definitions();
    expect(before).toHaveLength(5);
    await client.query("BEGIN");
    expect(await setAside(uniques)).toBe(1);
    // What a key or a unique constraint rests on always stays.
    expect(await definitions()).toHaveLength(left);
    await client.query("INSERT INTO trial.child SELECT n, n, 1 + n % 2 FROM generate_series(1, 1000) AS n");
    await client.query("COMMIT");
    expect(await definitions()).toEqual(before);
    expect((await client.query("SELECT 1 FROM journal.set_aside")).rowCount).toBe(0);
  });

  it("find rows that are the same, if late", async () => {
    await client.query("BEGIN");
    await client.query("DROP INDEX trial.child_by_turn; CREATE UNIQUE INDEX child_by_turn ON trial.child (parent_id)");
    await setAside(true);
    await client.query("INSERT INTO trial.child VALUES (1, 1, 1), (2, 2, 1)");
    await expect(client.query("COMMIT")).rejects.toMatchObject({ code: "23505" });
  });

  it("are checked over all rows: a row that breaks a key keeps everything from being committed", async () => {
    const before = await definitions();
    await client.query("BEGIN");
    await setAside();
    await client.query("INSERT INTO trial.child VALUES (1, 1, 99)");
    await expect(client.query("COMMIT")).rejects.toMatchObject({ code: "23503", constraint: "child_parent" });
    expect(await definitions()).toEqual(before);
    expect((await client.query("SELECT 1 FROM trial.child")).rowCount).toBe(0);
  });

  it("come back at once when asked for, and can be set aside again for another table", async () => {
    const before = await definitions();
    await client.query("BEGIN");
    await setAside();
    await client.query("INSERT INTO trial.child VALUES (1, 1, 1)");
    await client.query("SET CONSTRAINTS journal.put_back IMMEDIATE");
    expect(await definitions()).toEqual(before);
    await expect(client.query("INSERT INTO trial.child VALUES (2, 2, 99)")).rejects.toMatchObject({ code: "23503" });
    await client.query("ROLLBACK");
    expect(await definitions()).toEqual(before);
  });

  it("are never those of a table that holds rows", async () => {
    await client.query("INSERT INTO trial.child VALUES (1, 1, 1)");
    const before = await definitions();
    await client.query("BEGIN");
    expect(await setAside()).toBe(0);
    expect(await definitions()).toEqual(before);
    await client.query("COMMIT");
  });
});
