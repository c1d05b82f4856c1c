import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import type { Config } from "#foundation/config/config";
import type { SubgraphManifest } from "../federation/manifest.ts";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "./embedded-postgres.ts";
import { migrate, type MigrationOptions, type MigrationResult } from "./migrate.ts";
import { quoted, roleNames } from "./names.ts";
import { openDatabase, type Database } from "./pool.ts";
import { giveToOwnerOf } from "./postgres-home.ts";

/** The database of the embedded PostgreSQL. */
const databaseName = "osss";

export interface InstallationOptions {
  /** For commands: use the database of an OSSS that runs on the data folder, and leave it running. */
  attach?: boolean;
  log?: (line: string) => void;
  /** What another start on the same folder is told, for instance "npm start on http://localhost:4000". */
  purpose?: string;
  /** Settings over those of the embedded server. */
  settings?: Readonly<Record<string, string>>;
}

/** The database that the settings name, ready for connections. */
export interface Installation {
  /** Who migrates; null when the settings name an external database without DATABASE_ADMIN_URL. */
  adminUrl: string | null;
  /** The application's login, which owns nothing and reads nothing by itself. With the embedded server it exists from the first migration on. */
  appUrl: string;
  /** The embedded server; null when DATABASE_URL names another. */
  postgres: EmbeddedPostgres | null;
  /** Brings the database to the manifests, or as far as `part` says; repeatable. @throws Error in words when there is no `adminUrl`. */
  migrate(part?: Pick<MigrationOptions, "tablesOnly" | "migrations">): Promise<MigrationResult>;
  /** Lets the database look at what it holds, after much of it is new: its plans are guesses until then. Does nothing without `adminUrl`. */
  analyze(): Promise<void>;
  /** A pool as the application's login; closed by `close`. */
  openDatabase(): Database;
  /** Closes the pools, then stops the embedded server unless another process holds it. May be called twice. */
  close(): Promise<void>;
}

/**
 * Opens the database of the settings: the embedded PostgreSQL of the data folder, started when nobody runs it, or the server of
 * DATABASE_URL. Nothing is migrated yet.
 * @throws DataFolderInUse when another process holds the data folder, unless `attach`; Error in words for people otherwise.
 */
export async function openInstallation(config: Config, manifests: readonly SubgraphManifest[], options: InstallationOptions = {}): Promise<Installation> {
  const log = options.log ?? (() => undefined);
  const opened = config.database.url === null ? await openEmbedded(config, options, log) : external(config, config.database.url);
  const pools: Database[] = [];
  let closing: Promise<void> | undefined;
  return {
    adminUrl: opened.adminUrl,
    appUrl: opened.appUrl,
    postgres: opened.postgres,
    migrate: async (part = {}) => {
      if (opened.adminUrl === null) throw new Error("DATABASE_ADMIN_URL is not set, so nobody may migrate the database here. Run `osss migrate` with it, as the role that makes tables and roles.");
      return migrate({ adminUrl: opened.adminUrl, prefix: config.database.prefix, appPassword: opened.appPassword, manifests, log, ...part });
    },
    analyze: async () => {
      if (opened.adminUrl !== null) await statement(opened.adminUrl, "ANALYZE");
    },
    openDatabase: () => {
      const database = openDatabase(opened.appUrl, config.database.poolSize, (error) => {
        if (closing === undefined) log(`The database closed a connection: ${error.message}`);
      });
      pools.push(database);
      return database;
    },
    close: () =>
      (closing ??= (async () => {
        await Promise.all(pools.map((pool) => pool.close()));
        await opened.postgres?.stop();
      })()),
  };
}

interface Opened extends Pick<Installation, "adminUrl" | "appUrl" | "postgres"> {
  appPassword: string | null;
}

async function openEmbedded(config: Config, options: InstallationOptions, log: (line: string) => void): Promise<Opened> {
  const postgres = await startEmbeddedPostgres({
    dataDir: config.dataDir,
    log,
    ...(options.purpose === undefined ? {} : { purpose: options.purpose }),
    ...(options.attach === undefined ? {} : { attach: options.attach }),
    ...(options.settings === undefined ? {} : { settings: options.settings }),
  });
  try {
    await ensureDatabase(postgres.superuserUrl);
    const appPassword = ownPassword(config.dataDir);
    const adminUrl = postgres.url(databaseName);
    const url = new URL(adminUrl);
    url.username = roleNames(config.database.prefix).app;
    url.password = appPassword;
    return { adminUrl, appUrl: url.href, postgres, appPassword };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

/** A first migration makes the application's login; the password in DATABASE_URL becomes its own. */
function external(config: Config, url: string): Opened {
  const app = roleNames(config.database.prefix).app;
  const { username, password } = new URL(url);
  if (decodeURIComponent(username) !== app) {
    throw new Error(`DATABASE_URL signs in as "${decodeURIComponent(username)}", but the application's login is ${app}: it owns nothing, so that the row rules hold. Put ${app} there (OSSS_DATABASE_PREFIX changes its name), and the role that migrates into DATABASE_ADMIN_URL.`);
  }
  return { adminUrl: config.database.adminUrl, appUrl: url, postgres: null, appPassword: password === "" ? null : decodeURIComponent(password) };
}

async function statement(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);                      // the statement that runs then fails by itself
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function ensureDatabase(superuserUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl });
  client.on("error", () => undefined);                      // the statement that runs then fails by itself
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [databaseName]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${quoted(databaseName)} TEMPLATE template0`);
  } catch (error) {
    if ((error as { code?: string }).code !== "42P04") throw error; // another process has just made it
  } finally {
    await client.end();
  }
}

/** The password of the application's login on the embedded server, made once, in a file that only its owner reads. */
function ownPassword(dataDir: string): string {
  const file = join(dataDir, "database-password");
  try {
    writeFileSync(file, `${randomBytes(24).toString("base64url")}\n`, { mode: 0o600, flag: "wx", flush: true });
    giveToOwnerOf(dataDir, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const password = readFileSync(file, "utf8").trim();
  if (password.length < 20) throw new Error(`${file} holds no password. Remove that file, then start OSSS again: a new one is made.`);
  return password;
}
