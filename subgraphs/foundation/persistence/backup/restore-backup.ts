import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { Config } from "#foundation/config/config";
import type { SubgraphManifest } from "../../federation/manifest.ts";
import { renumbering } from "../../events/renumber.ts";
import { openInstallation } from "../installation.ts";
import { quoted, roleNames } from "../names.ts";
import { giveToOwnerOf, makeDataFolder, readRecord } from "../postgres-home.ts";
import { isSealed, readManifest, type BackupManifest } from "./manifest.ts";
import { BackupRefused } from "./refused.ts";
import { check, keyOf, stored } from "./stored-files.ts";
import { dataTables, nameOf, schemasOf } from "./tables.ts";

export interface RestoreOptions {
  readonly folder: string;
  readonly config: Config;
  readonly manifests: readonly SubgraphManifest[];
  readonly passphrase: string | null;
  /** Looks at the backup only. */
  readonly checkOnly?: boolean;
  readonly log?: (line: string) => void;
}

/**
 * Puts a backup into an installation that holds nothing: the tables at the migrations that the backup was made at, their rows, then the
 * migrations since and everything derived; last the keys and files. Every file is checked before anything is written, all rows are loaded
 * in one transaction, and the audit chain is verified afterwards.
 * @throws BackupRefused when the backup is not whole, the passphrase is wrong, or the target holds something.
 */
export async function restoreBackup({ folder, config, manifests, passphrase, checkOnly = false, log = () => undefined }: RestoreOptions): Promise<BackupManifest> {
  const manifest = readManifest(folder);
  const key = openedBy(manifest, passphrase);
  for (const file of [...manifest.tables, ...manifest.files]) await check(folder, file);
  log(`The backup of ${manifest.madeAt} is whole: ${manifest.tables.reduce((sum, { rows }) => sum + rows, 0)} rows in ${manifest.tables.length} tables, ${manifest.files.length} files.`);
  if (checkOnly) return manifest;

  const embedded = config.database.url === null;
  const before = existsSync(config.dataDir) ? readdirSync(config.dataDir) : [];
  if (embedded && before.length > 0) throw new BackupRefused(`The data folder ${config.dataDir} is not empty. Name another with OSSS_DATA_DIR, or move this one away: nothing is ever overwritten.`);
  for (const { path } of manifest.files) if (existsSync(inside(config.dataDir, path))) throw new BackupRefused(`${join(config.dataDir, path)} is there already. Move it away, or name another folder with OSSS_DATA_DIR: nothing is ever overwritten.`);

  const installation = await openInstallation(config, manifests, { log, purpose: "osss restore" });
  let done = false;
  try {
    if (installation.adminUrl === null) throw new BackupRefused("DATABASE_ADMIN_URL is not set, so there is nobody who may make tables. Set it to the same database as the role that migrates.");
    const { adminUrl } = installation;
    await withClient(adminUrl, (client) => assertEmpty(client, manifests));
    await installation.migrate({ tablesOnly: true, migrations: manifest.migrations });
    await withClient(adminUrl, (client) => load(client, { folder, manifest, key, manifests, owner: roleNames(config.database.prefix).owner, log }));
    await installation.migrate();
    await withClient(adminUrl, (client) => verify(client, manifest));
    await installation.analyze();
    for (const file of manifest.files) await putBack(config.dataDir, folder, file, key);
    done = true;
    return manifest;
  } finally {
    const cluster = embedded && !done ? readRecord(config.dataDir)?.cluster : undefined;
    await installation.close();
    // What was made for nothing goes again, so that the same command can be tried again.
    if (embedded && !done) {
      if (cluster !== undefined) rmSync(dirname(cluster), { recursive: true, force: true });
      for (const name of readdirSync(config.dataDir)) rmSync(join(config.dataDir, name), { recursive: true, force: true });
    }
  }
}

function openedBy(manifest: BackupManifest, passphrase: string | null): Buffer | null {
  if (manifest.encryption === null) return null;
  if (passphrase === null) throw new BackupRefused("The backup is encrypted. Name the file with its passphrase: --passphrase-file.");
  if (manifest.encryption.cost > 2 ** 20) throw new BackupRefused("The backup asks for an unreasonable cost of its key. It was not written by OSSS.");
  const key = keyOf(passphrase, manifest.encryption);
  if (!isSealed(manifest, key)) throw new BackupRefused("The passphrase is not that of this backup, or its backup.json was changed.");
  return key;
}

/** A path of a backup stays in the data folder, whatever it says. */
function inside(dataDir: string, path: string): string {
  const full = resolve(dataDir, path);
  if (relative(dataDir, full).startsWith("..") || path === "") throw new BackupRefused(`The backup names a file outside of the data folder (${path}). It was not written by OSSS.`);
  return full;
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: "osss-restore" });
  client.on("error", () => undefined);                      // the statement that runs then fails by itself
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Takes away what a migration has made, where no row is in it; else refuses. */
async function assertEmpty(client: pg.Client, manifests: readonly SubgraphManifest[]): Promise<void> {
  const schemas = schemasOf(manifests);
  await client.query("BEGIN");
  for (const table of await dataTables(client, schemas)) {
    if (table.table === "horizon") continue;
    await client.query(`ALTER TABLE ${nameOf(table)} NO FORCE ROW LEVEL SECURITY`);
    const { rows } = await client.query<{ filled: boolean }>(`SELECT EXISTS (SELECT FROM ${nameOf(table)}) AS filled`);
    if (rows[0]!.filled) throw new BackupRefused(`The database holds rows already (in ${table.schema}.${table.table}). Restore into an empty one: nothing is ever overwritten.`);
  }
  for (const schema of [...schemas, "access", "lookup"]) await client.query(`DROP SCHEMA IF EXISTS ${quoted(schema)} CASCADE`);
  await client.query("COMMIT");
}

interface Loading {
  readonly folder: string;
  readonly manifest: BackupManifest;
  readonly key: Buffer | null;
  readonly manifests: readonly SubgraphManifest[];
  readonly owner: string;
  readonly log: (line: string) => void;
}

async function load(client: pg.Client, { folder, manifest, key, manifests, owner, log }: Loading): Promise<void> {
  const schemas = schemasOf(manifests);
  await client.query("BEGIN");
  await client.query(`SET LOCAL ROLE ${quoted(owner)}`);
  const present = new Set((await dataTables(client, schemas)).map(nameOf));
  const missing = manifest.tables.filter((table) => !present.has(nameOf(table)));
  if (missing.length > 0) throw new BackupRefused(`This OSSS has no table ${missing.map(({ schema, table }) => `${schema}.${table}`).join(", ")}: the backup was made by another version. Restore it with that one.`);
  // Checked once over all rows at the end, in whatever order the tables come.
  const { rows: keys } = await client.query<{ take: string; put: string }>(
    `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', k.conrelid::regclass, k.conname) AS take, format('ALTER TABLE %s ADD CONSTRAINT %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid)) AS put
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE k.contype = 'f' AND n.nspname = ANY ($1)`,
    [schemas],
  );
  for (const { take } of keys) await client.query(take);
  await client.query("DELETE FROM journal.horizon");
  for (const table of manifest.tables) {
    const writing = client.query(copyFrom(`COPY ${nameOf(table)} (${table.columns.map(quoted).join(", ")}) FROM STDIN`));
    await pipeline(await stored(folder, table, key), writing);
    if (writing.rowCount !== table.rows) throw new BackupRefused(`${table.schema}.${table.table} should have ${table.rows} rows, and ${writing.rowCount} came. The backup is damaged.`);
    if (table.rows > 0) log(`${table.schema}.${table.table}: ${table.rows} rows`);
  }
  for (const sql of renumbering) await client.query(sql);
  for (const { put } of keys) await client.query(put);
  await client.query("COMMIT");
}

async function verify(client: pg.Client, manifest: BackupManifest): Promise<void> {
  for (const [district, entries] of Object.entries(manifest.audit)) {
    const { rows } = await client.query<{ entries: string; broken_at: string | null }>("SELECT entries, broken_at FROM journal.verify($1)", [district]);
    const { entries: found, broken_at: broken } = rows[0]!;
    if (broken !== null || Number(found) !== entries) throw new BackupRefused(`The audit chain of district ${district} does not hold: ${broken === null ? `it has ${found} entries, and had ${entries}` : `entry ${broken} is not what was chained`}. The rows are in the database; keep them apart until this is explained.`);
  }
}

async function putBack(dataDir: string, folder: string, file: BackupManifest["files"][number], key: Buffer | null): Promise<void> {
  const target = inside(dataDir, file.path);
  makeDataFolder(dataDir);
  for (let made = dirname(target), above: string[] = []; ; made = dirname(made)) {
    if (existsSync(made)) {
      for (const each of above.reverse()) {
        mkdirSync(each, { mode: 0o700 });
        giveToOwnerOf(dataDir, each);
      }
      break;
    }
    above = [...above, made];
  }
  await pipeline(await stored(folder, file, key), createWriteStream(target, { mode: 0o600, flags: "wx", flush: true }));
  chmodSync(target, file.mode & 0o700);
  giveToOwnerOf(dataDir, target);
}
