import { createReadStream, existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { dirname, join, relative } from "node:path";
import type { Readable } from "node:stream";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import type { SubgraphManifest } from "../../federation/manifest.ts";
import { quoted, roleNames } from "../names.ts";
import { dataFiles } from "./data-files.ts";
import { manifestFile, sealOf, type BackupManifest } from "./manifest.ts";
import { BackupRefused } from "./refused.ts";
import { keyOf, store } from "./stored-files.ts";
import { assertOwnerSeesAll, dataTables, nameOf, ranMigrations, schemasOf } from "./tables.ts";

export interface BackupOptions {
  /** The folder that is made. It must not be there, or be empty. */
  readonly folder: string;
  /** Who may read everything: the role that migrates. */
  readonly adminUrl: string;
  readonly prefix: string;
  readonly manifests: readonly SubgraphManifest[];
  readonly dataDir: string;
  /** Encrypts the backup; null leaves it readable for whoever has the files. */
  readonly passphrase: string | null;
  readonly log?: (line: string) => void;
}

/** scrypt's N: about a third of a second and 128 MB for each guess. */
const keyCost = 2 ** 17;

/**
 * Writes everything that an installation holds into a folder: the rows of every table as of one moment, while others go on writing, and
 * the keys and files of the data folder. A backup that is there under its name is whole.
 */
export async function writeBackup(options: BackupOptions): Promise<BackupManifest> {
  const { folder } = options;
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new BackupRefused(`${folder} is not empty. Name a folder that is not there yet: no backup is ever overwritten.`);
  if (!relative(options.dataDir, folder).startsWith("..")) throw new BackupRefused(`${folder} lies in the data folder: it would be lost together with what it saves. Name a folder elsewhere, best on another machine's disk.`);
  const partial = `${folder}.partial-${process.pid}`;
  mkdirSync(dirname(folder), { recursive: true });
  mkdirSync(partial, { mode: 0o700 });
  try {
    const manifest = await fill(partial, options);
    writeFileSync(join(partial, manifestFile), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true });
    if (existsSync(folder)) rmdirSync(folder);
    renameSync(partial, folder);
    return manifest;
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw error;
  }
}

async function fill(folder: string, { adminUrl, prefix, manifests, dataDir, passphrase, log = () => undefined }: BackupOptions): Promise<BackupManifest> {
  const encryption = passphrase === null ? null : { salt: randomBytes(16).toString("hex"), cost: keyCost };
  const key = encryption && keyOf(passphrase!, encryption);
  const client = new pg.Client({ connectionString: adminUrl, application_name: "osss-backup" });
  client.on("error", () => undefined);                      // the statement that runs then fails by itself
  await client.connect();
  try {
    const { owner } = roleNames(prefix);
    const schemas = schemasOf(manifests);
    // What is certain by now belongs into the chain, so that it is verified after it is restored.
    for (let sealed = 5_000; sealed === 5_000; ) sealed = (await client.query<{ seal: number }>("SELECT journal.seal()")).rows[0]!.seal;
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    await client.query(`SET LOCAL ROLE ${quoted(owner)}`);
    await assertOwnerSeesAll(client, schemas, owner);
    const migrations = await ranMigrations(client, manifests);
    const tables: BackupManifest["tables"] = [];
    for (const table of await dataTables(client, schemas)) {
      const rows = client.query(copyTo(`COPY ${nameOf(table)} (${table.columns.map(quoted).join(", ")}) TO STDOUT`));
      const stored = await store(folder, `${table.schema}.${table.table}.copy.gz`, rows as unknown as Readable, key);
      tables.push({ ...table, columns: [...table.columns], rows: rows.rowCount, ...stored });
      if (rows.rowCount > 0) log(`${table.schema}.${table.table}: ${rows.rowCount} rows`);
    }
    const { rows: chains } = await client.query<{ district_id: string; position: string }>("SELECT district_id, position FROM journal.chain");
    const { rows: server } = await client.query<{ server_version: string }>("SHOW server_version");
    await client.query("COMMIT");
    const files: BackupManifest["files"] = [];
    for (const [at, file] of dataFiles(dataDir).entries()) files.push({ ...file, ...(await store(folder, `file-${at}.gz`, createReadStream(join(dataDir, file.path)), key)) });
    const manifest = {
      format: "osss-backup" as const, version: 1 as const, madeAt: new Date().toISOString(), postgres: server[0]!.server_version, migrations, tables, files,
      audit: Object.fromEntries(chains.map(({ district_id, position }) => [district_id, Number(position)])), encryption,
    };
    return { ...manifest, seal: key ? sealOf(manifest, key) : null };
  } finally {
    await client.end();
  }
}
