import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import pg from "pg";
import { expect, inject, onTestFinished, test } from "vitest";
import { access, ofDistrict, read, readWrite } from "#foundation/access/access";
import { declareRelation } from "#foundation/access/declare-relation";
import { district } from "#foundation/access/relations";
import { subgraph, type SubgraphManifest } from "#foundation/federation/manifest";
import { Role } from "#foundation/identity/role";
import { migrate } from "#foundation/persistence/migrate";
import { writeMigration } from "#foundation/persistence/write-migration";
import { Text, Whole } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import type { RecordClass } from "#foundation/record/metadata";
import { createDatabase } from "#foundation/testing/databases";
import { repository } from "#foundation/testing/import-rules";

const description = "A book of the library.";
const library = (migrations: URL, book: RecordClass): SubgraphManifest =>
  subgraph({ name: "library", description: "The library.", records: [book], operations: [], relations: [declareRelation(district, null, "true")], migrations });

/** Version 1: books with a title. */
function older(): RecordClass {
  @Record({ description, access: access(ofDistrict(), [readWrite(Role.Admin, district)]) })
  @UniqueTogether("title")
  class Book extends DistrictRecord {
    @Text({ description: "The title.", maxLength: 100 })
    title!: string;
  }
  return Book;
}

/** Version 2: with the number of copies, and librarians may read. */
function newer(): RecordClass {
  @Record({ description, access: access(ofDistrict(), [readWrite(Role.Admin, district), read(Role.Librarian, district)]) })
  @UniqueTogether("title")
  class Book extends DistrictRecord {
    @Text({ description: "The title.", maxLength: 100 })
    title!: string;
    @Whole({ description: "How many the library has. Null when not counted.", unit: "books", min: 0, max: 999, optional: true, sortable: true })
    copies?: number | null;
  }
  return Book;
}

/** An empty database of its own, dropped with the roles that a migration makes there. */
async function emptyDatabase(prefix: string) {
  const { superuserUrl } = inject("postgres");
  const made = await createDatabase({ superuserUrl });
  onTestFinished(async () => {
    await made.drop();
    const client = new pg.Client({ connectionString: superuserUrl });
    await client.connect();
    const { rows } = await client.query<{ rolname: string }>("SELECT rolname FROM pg_roles WHERE rolname LIKE $1", [`${prefix}\\_%`]);
    for (const { rolname } of rows) await client.query(`DROP ROLE ${pg.escapeIdentifier(rolname)}`);
    await client.end();
  });
  return made;
}

const named = () => `scenario${randomBytes(4).toString("hex")}`;

test("a newer version brings the tables, rules and constraints that an older one left up to date, and keeps the data", { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "osss-migrations-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));
  const migrations = pathToFileURL(join(folder, "library", "/"));
  const [before, after] = [library(migrations, older()), library(migrations, newer())];
  const write = async (manifest: SubgraphManifest, name: string) => {
    const prefix = named();
    const scratch = await emptyDatabase(prefix);
    await writeMigration({ manifests: [manifest], domain: "library", name, adminUrl: scratch.url, prefix });
  };
  const prefix = named();
  const { url: adminUrl } = await emptyDatabase(prefix);
  const bring = (manifest: SubgraphManifest) => migrate({ adminUrl, prefix, appPassword: null, manifests: [manifest] });

  await write(before, "initial");
  expect(await bring(before)).toEqual({ applied: ["library/Migration0001Initial"], derived: true });
  const client = new pg.Client({ connectionString: adminUrl });
  client.on("error", () => undefined);
  await client.connect();
  onTestFinished(() => client.end());
  const rows = async (sql: string) => (await client.query<{ [column: string]: unknown }>(sql)).rows;
  const rules = async () => (await rows("SELECT policyname || coalesce(qual, '') || coalesce(with_check, '') AS rule FROM pg_policies WHERE schemaname = 'library' ORDER BY 1")).map(({ rule }) => String(rule));
  const checks = async () => (await rows("SELECT pg_get_constraintdef(oid) AS rule FROM pg_constraint WHERE conrelid = 'library.book'::regclass AND contype = 'c' ORDER BY 1")).map(({ rule }) => String(rule));
  await client.query(`INSERT INTO library.book (id, district_id, version, created_at, updated_at, title) VALUES (gen_random_uuid(), gen_random_uuid(), 1, now(), now(), 'Walden')`);
  expect((await rules()).some((rule) => rule.includes("librarian"))).toBe(false);

  await write(after, "copies");
  expect(readdirSync(migrations)).toEqual(["Migration0001Initial.ts", "Migration0002Copies.ts"]);
  expect(await bring(after)).toEqual({ applied: ["library/Migration0002Copies"], derived: true });
  expect(await rows("SELECT title, version, copies FROM library.book")).toEqual([{ title: "Walden", version: 1, copies: null }]);
  expect((await rules()).some((rule) => rule.includes("librarian"))).toBe(true);
  expect((await checks()).some((check) => check.includes("copies"))).toBe(true);
  await expect(client.query("UPDATE library.book SET copies = -1")).rejects.toThrow(/check constraint/);

  const settled = [await rules(), await checks(), await rows("SELECT oid::text FROM pg_class ORDER BY oid")];
  expect(await bring(after)).toEqual({ applied: [], derived: false });
  expect([await rules(), await checks(), await rows("SELECT oid::text FROM pg_class ORDER BY oid")]).toEqual(settled);
});
