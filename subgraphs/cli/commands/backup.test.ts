import { randomBytes } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from "vitest";
import { readConfig } from "#foundation/config/config";
import { relayOutbox } from "#foundation/events/outbox";
import { createDatabase } from "#foundation/testing/databases";
import { testPlatform, testPrefix, type TestPlatform } from "#foundation/testing/test-platform";
import { allManifests } from "../../registry.ts";
import { UsageError } from "../command.ts";
import { seedDemoDistrict } from "../seed/seed-demo-district.ts";
import { backup } from "./backup.ts";
import { migrateInstallation } from "./migrate.ts";
import { restore } from "./restore.ts";

let platform: TestPlatform;
let folder: string;
let saved: string;
let source: Record<string, string>;

beforeAll(async () => {
  platform = await testPlatform({ manifests: await allManifests() });
  await seedDemoDistrict(platform.orchestration, { students: 50, seed: 7, today: "2026-10-14", timeZone: "America/Chicago", years: 1, events: false });
  folder = mkdtempSync(join(tmpdir(), "osss-backups-"));
  mkdirSync(join(folder, "data", "files"), { recursive: true });
  writeFileSync(join(folder, "data", "files", "letter.txt"), "kept", { mode: 0o640 });
  for (const anew of ["postgres.json", "osss.log", "database-password", "osss.lock"]) writeFileSync(join(folder, "data", anew), "of the lost machine");
  source = { DATABASE_URL: platform.appUrl, DATABASE_ADMIN_URL: platform.adminUrl, OSSS_DATABASE_PREFIX: testPrefix, OSSS_DATA_DIR: join(folder, "data") };
  saved = join(folder, "saved");
  // A reader of the outbox that is in the midst of it.
  await relayOutbox(platform.database, "somebody", async () => undefined, 3);
  expect(await run(backup, [saved], source)).toMatchObject({ code: 0, err: expect.stringContaining("It is not encrypted") });
}, 120_000);
afterAll(async () => {
  await platform[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

type Command = typeof backup;
async function run(command: Command, words: string[], environment: Record<string, string>) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await command(words, { print: (line) => out.push(line), report: (line) => err.push(line), path: (typed) => join(folder, typed).replace(join(folder, folder), folder) }, readConfig(environment));
  return { code, out: out.join("\n"), err: err.join("\n") };
}

/** A server as a district has it: an empty database whose owner may make roles, and is no superuser. */
async function districtServer() {
  const { superuserUrl } = inject("postgres");
  const prefix = `backup${randomBytes(4).toString("hex")}`;
  const superuser = async (...statements: string[]) => {
    const client = new pg.Client({ connectionString: superuserUrl });
    await client.connect();
    try {
      const rows: Record<string, unknown>[] = [];
      for (const statement of statements) rows.push(...(await client.query<Record<string, unknown>>(statement)).rows);
      return rows;
    } finally {
      await client.end();
    }
  };
  await superuser(`CREATE ROLE ${prefix}_admin LOGIN CREATEROLE PASSWORD 'of-the-admin'`);
  const made = await createDatabase({ superuserUrl });
  await superuser(`ALTER DATABASE ${made.name} OWNER TO ${prefix}_admin`);
  onTestFinished(async () => {
    await made.drop();
    const roles = await superuser(`SELECT rolname FROM pg_roles WHERE rolname LIKE '${prefix}\\_%' ORDER BY rolname LIKE '%_admin'`);
    await superuser(...roles.map(({ rolname }) => `DROP ROLE ${pg.escapeIdentifier(String(rolname))}`));
  });
  const as = (login: string, password: string) => Object.assign(new URL(made.url), { username: login, password }).href;
  const environment = { DATABASE_ADMIN_URL: as(`${prefix}_admin`, "of-the-admin"), DATABASE_URL: as(`${prefix}_app`, "of-the-app"), OSSS_DATABASE_PREFIX: prefix, OSSS_DATA_DIR: join(folder, prefix) };
  const sql = async <Row>(text: string) => {
    const client = new pg.Client({ connectionString: made.url });
    await client.connect();
    try {
      return (await client.query(text)).rows as Row[];
    } finally {
      await client.end();
    }
  };
  return { environment, sql, url: made.url, prefix };
}

const manifestOf = (backed: string) => JSON.parse(readFileSync(join(backed, "backup.json"), "utf8")) as { tables: { schema: string; table: string; rows: number; file: string }[]; files: { path: string }[]; migrations: Record<string, string[]>; audit: Record<string, number> };
const rowsOf = (backed: string) => Object.fromEntries(manifestOf(backed).tables.map(({ schema, table, rows }) => [`${schema}.${table}`, rows]));

test("an external server: everything is put into an empty database by a role that is no superuser, and saved again by it whole", { timeout: 120_000 }, async () => {
  const target = await districtServer();
  // As a start finds it: migrated, and nothing in it.
  expect((await run(migrateInstallation as Command, [], target.environment)).code).toBe(0);
  const restored = await run(restore, [saved], target.environment);
  expect(restored.err).not.toContain("refused");
  expect(restored).toMatchObject({ code: 0, out: expect.stringContaining("the audit chain holds") });
  expect(readFileSync(join(target.environment.OSSS_DATA_DIR, "files", "letter.txt"), "utf8")).toBe("kept");
  expect(readdirSync(target.environment.OSSS_DATA_DIR)).toEqual(["files"]);

  const again = join(folder, `again-${target.prefix}`);
  expect((await run(backup, [again], target.environment)).code).toBe(0);
  const [first, second] = [rowsOf(saved), rowsOf(again)];
  expect(second).toEqual(first);
  expect(first["people.person"]).toBeGreaterThan(50);
  expect(first["journal.audit_entry"]).toBeGreaterThan(0);
  expect(Object.values(manifestOf(saved).audit)[0]).toBeGreaterThan(0);
  expect(manifestOf(saved).files.map(({ path }) => path)).toEqual(["files/letter.txt"]);
  const keys = "SELECT count(*)::int AS n FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace WHERE contype = 'f' AND convalidated AND n.nspname <> 'pg_catalog'";
  expect(await target.sql(keys)).toEqual(await platform.sql(keys));

  // The row rules are in force, and the reader of the outbox goes on where it was.
  expect(await target.sql("SELECT count(*)::int AS n FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")).toEqual(await platform.sql("SELECT count(*)::int AS n FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"));
  const events = first["journal.outbox_event"]!;
  const left = await target.sql<{ n: number }>("SELECT count(*)::int AS n FROM journal.relay('somebody', 1000000)");
  expect(left).toEqual([{ n: Math.max(0, events - 3) }]);
  expect(await target.sql("SELECT count(*)::int AS n FROM journal.relay('another', 1000000)")).toEqual([{ n: events }]);

  expect(await run(restore, [saved], { ...target.environment, OSSS_DATA_DIR: join(folder, "elsewhere") })).toMatchObject({ code: 1, err: expect.stringContaining("holds rows already") });
});

test("what is not empty is left alone, and what is not whole is not begun", { timeout: 120_000 }, async () => {
  expect(await run(backup, [saved], source)).toMatchObject({ code: 1, err: expect.stringContaining("is not empty") });
  expect(await run(backup, [join(folder, "data", "inside")], source)).toMatchObject({ code: 1, err: expect.stringContaining("lies in the data folder") });
  await expect(run(backup, [], source)).rejects.toThrow(UsageError);
  const { DATABASE_ADMIN_URL: _, ...without } = source;
  expect(await run(backup, [join(folder, "nobody")], without)).toMatchObject({ code: 1, err: expect.stringContaining("DATABASE_ADMIN_URL") });
  expect(existsSync(join(folder, "nobody"))).toBe(false);

  const target = await districtServer();
  const nothing = () => target.sql<{ n: number }>("SELECT count(*)::int AS n FROM pg_namespace WHERE nspname = 'people'");
  const changed = (change: (copy: string) => void) => {
    const copy = join(folder, `copy-${randomBytes(4).toString("hex")}`);
    cpSync(saved, copy, { recursive: true });
    change(copy);
    return run(restore, [copy], target.environment);
  };
  const edit = (copy: string, from: RegExp, to: string) => writeFileSync(join(copy, "backup.json"), readFileSync(join(copy, "backup.json"), "utf8").replace(from, to));
  expect(await changed((copy) => rmSync(join(copy, "people.person.copy.gz")))).toMatchObject({ code: 1, err: expect.stringContaining("people.person.copy.gz is missing") });
  expect(await changed((copy) => {
    const bytes = readFileSync(join(copy, "people.person.copy.gz"));
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(join(copy, "people.person.copy.gz"), bytes);
  })).toMatchObject({ code: 1, err: expect.stringContaining("people.person.copy.gz is not what was stored") });
  expect(await changed((copy) => edit(copy, /"path": "files\/letter\.txt"/, '"path": "../escaped.txt"'))).toMatchObject({ code: 1, err: expect.stringContaining("outside of the data folder") });
  expect(await changed((copy) => edit(copy, /"format": "osss-backup"/, '"format": "another"'))).toMatchObject({ code: 1, err: expect.stringContaining("cannot be read") });
  expect(await nothing()).toEqual([{ n: 0 }]);
  await expect(changed((copy) => edit(copy, /"Migration0001Initial"/, '"Migration0099Future"'))).rejects.toThrow(/does not know the migrations Migration0099Future of schools: a newer version/);
  // A row that breaks a key of the database takes all of them back.
  expect(await changed((copy) => edit(copy, /("table": "person",[\s\S]*?"rows": )(\d+)/, "$17"))).toMatchObject({ code: 1, err: expect.stringMatching(/people\.person should have 7 rows/) });
  expect(await target.sql("SELECT count(*)::int AS n FROM people.person")).toEqual([{ n: 0 }]);
  expect((await run(restore, [saved, "--check"], target.environment)).code).toBe(0);
  expect(await target.sql("SELECT count(*)::int AS n FROM people.person")).toEqual([{ n: 0 }]);
  // The same database can be tried again.
  expect((await run(restore, [saved], target.environment)).code).toBe(0);
});

test("an encrypted backup opens with its passphrase alone, and shows when anybody changed it", { timeout: 120_000 }, async () => {
  const words = join(folder, "passphrase");
  writeFileSync(words, "correct horse battery\n");
  writeFileSync(join(folder, "wrong"), "another passphrase\n");
  writeFileSync(join(folder, "short"), "short\n");
  const secret = join(folder, "secret");
  await expect(run(backup, [secret, "--passphrase-file", "short"], source)).rejects.toThrow(/12 characters or more/);
  const made = await run(backup, [secret, "--passphrase-file", "passphrase"], source);
  expect(made).toMatchObject({ code: 0, err: expect.not.stringContaining("not encrypted") });
  expect(rowsOf(secret)).toEqual(rowsOf(saved));
  expect(await run(restore, [secret, "--check"], source)).toMatchObject({ code: 1, err: expect.stringContaining("is encrypted") });
  expect(await run(restore, [secret, "--check", "--passphrase-file", "wrong"], source)).toMatchObject({ code: 1, err: expect.stringContaining("The passphrase is not that of this backup") });
  expect(await run(restore, [secret, "--check", "--passphrase-file", "passphrase"], source)).toMatchObject({ code: 0 });
  // Two files exchanged, with checksums that fit: only who has the key could have sealed it.
  const manifest = readFileSync(join(secret, "backup.json"), "utf8");
  writeFileSync(join(secret, "backup.json"), manifest.replace(/"rows": \d+/, '"rows": 1'));
  expect(await run(restore, [secret, "--check", "--passphrase-file", "passphrase"], source)).toMatchObject({ code: 1, err: expect.stringContaining("backup.json was changed") });
});
