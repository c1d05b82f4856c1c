import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import pg from "pg";
import type { Migrator } from "@mikro-orm/migrations";
import type { SubgraphManifest } from "../federation/manifest.ts";
import { loadManifest } from "../federation/load-manifest.ts";
import { coreSql } from "./core-sql.ts";
import { derivedFrom, type Derived, type DerivedObject } from "./derived-objects.ts";
import { loginSettings } from "./login-settings.ts";
import { actingRoles, literal, quoted, roleNames, type RoleNames } from "./names.ts";
import { createOwnerOrm } from "./orm.ts";
import { renumberForeignRows } from "../events/renumber.ts";
import { migrateJobs } from "../jobs/job-tables.ts";
import type { DistrictSchemaGenerator } from "./schema-generator.ts";

export interface MigrationOptions {
  /** A connection that may create roles, schemas and extensions in the target database. */
  adminUrl: string;
  prefix: string;
  /** Password that the application's login gets; null leaves it as it is. */
  appPassword: string | null;
  /** In foreign-key order. */
  manifests: readonly SubgraphManifest[];
  log?: (line: string) => void;
  /** Stops before the derived objects: for comparing tables with their model. */
  tablesOnly?: boolean;
  /** Only these migrations of each subgraph: for tables as they were at an earlier version. @throws Error when one is not known here. */
  migrations?: Readonly<Record<string, readonly string[]>>;
}

export interface MigrationResult {
  /** Names of the migrations that ran, `domain/name`. */
  applied: string[];
  /** True when functions, rules, indexes or constraints were replaced. */
  derived: boolean;
}

/** One number for all installations: two migrations at once wait for each other. */
const lockKey = 7_203_114;

/**
 * Brings a database to the manifests: roles, core, the pending migrations of each subgraph (each in one transaction), then every
 * derived object (functions, indexes, constraints, row rules, grants) in one transaction. Repeatable; a second run changes nothing.
 */
export async function migrate(options: MigrationOptions): Promise<MigrationResult> {
  const roles = roleNames(options.prefix);
  const log = options.log ?? (() => undefined);
  const client = new pg.Client({ connectionString: options.adminUrl, application_name: "osss-migrate" });
  await client.connect();
  client.on("error", () => undefined);
  try {
    await client.query("SELECT pg_advisory_lock($1)", [lockKey]);
    await ensureRoles(client, roles, options);
    await inTransaction(client, coreSql(roles).map((sql) => (/^CREATE (TABLE|INDEX|UNIQUE|OR REPLACE)|^ALTER TABLE|^INSERT/.test(sql) ? asOwner(sql, roles) : sql)).flat());
    if (await renumberForeignRows(client, roles.owner)) log("the rows come from another server: events and audit entries that were not chained yet are numbered anew");
    const applied: string[] = [];
    for (const manifest of options.manifests) {
      loadManifest(manifest);
      await client.query(`CREATE SCHEMA IF NOT EXISTS ${quoted(manifest.name)} AUTHORIZATION ${roles.owner}`);
      const ran = await applyMigrations(manifest, options.adminUrl, roles, options.migrations && (options.migrations[manifest.name] ?? []));
      for (const name of ran) log(`migrated ${manifest.name}: ${name}`);
      applied.push(...ran.map((name) => `${manifest.name}/${name}`));
    }
    await migrateJobs(client, options.manifests, roles);
    const derived = options.tablesOnly ? false : await applyDerived(client, options.manifests, roles);
    return { applied, derived };
  } finally {
    await client.end();
  }
}

/** The differences between the model of a subgraph and the tables of a database; empty when its migrations are complete. */
export async function pendingDifference(manifest: SubgraphManifest, adminUrl: string, prefix: string): Promise<{ up: string; down: string }> {
  loadManifest(manifest);
  const orm = createOwnerOrm(manifest, adminUrl, roleNames(prefix).owner);
  try {
    await orm.connect();
    return await (orm.schema as unknown as DistrictSchemaGenerator).pendingSql();
  } finally {
    await orm.close(true);
  }
}

async function applyMigrations(manifest: SubgraphManifest, adminUrl: string, roles: RoleNames, only?: readonly string[]): Promise<string[]> {
  const known = migrationNames(manifest);
  const unknown = only?.filter((name) => !known.includes(name)) ?? [];
  if (unknown.length > 0) throw new Error(`This OSSS does not know the migrations ${unknown.join(", ")} of ${manifest.name}: a newer version made them. Use that version, or a newer one.`);
  if (only?.length === 0) return [];
  const orm = createOwnerOrm(manifest, adminUrl, roles.owner);
  try {
    await orm.connect();
    const migrator = orm.migrator as unknown as Migrator;
    const ran = await migrator.up(only ? { migrations: [...only] } : undefined);
    return ran.map((m) => m.name);
  } finally {
    await orm.close(true);
  }
}

async function ensureRoles(client: pg.Client, roles: RoleNames, options: MigrationOptions): Promise<void> {
  const nologin = [roles.owner, roles.reader, roles.jobs, ...options.manifests.flatMap((m) => actingRoles(roles, m.name))];
  const { rows } = await client.query<{ rolname: string }>("SELECT rolname FROM pg_roles WHERE rolname LIKE $1", [`${options.prefix}\\_%`]);
  const existing = new Set(rows.map((r) => r.rolname));
  for (const role of nologin) {
    if (existing.has(role)) continue;
    await client.query(`CREATE ROLE ${quoted(role)} NOLOGIN`);
    await client.query(`GRANT ${quoted(role)} TO CURRENT_USER WITH INHERIT TRUE, SET TRUE`);
  }
  if (!existing.has(roles.app)) await client.query(`CREATE ROLE ${quoted(roles.app)} LOGIN NOINHERIT`);
  if (options.appPassword !== null) await client.query(`ALTER ROLE ${quoted(roles.app)} PASSWORD ${literal(options.appPassword)}`);
  await ensureLoginSettings(client, roles.app);
  await client.query(`GRANT ${quoted(roles.jobs)} TO ${quoted(roles.app)} WITH INHERIT FALSE, SET TRUE`);
  for (const manifest of options.manifests) {
    for (const role of actingRoles(roles, manifest.name)) {
      await client.query(`GRANT ${quoted(role)} TO ${quoted(roles.app)} WITH INHERIT FALSE, SET TRUE`);
    }
  }
}

async function ensureLoginSettings(client: pg.Client, app: string): Promise<void> {
  const { rows } = await client.query<{ setting: string }>("SELECT unnest(s.setconfig) AS setting FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole WHERE s.setdatabase = 0 AND r.rolname = $1", [app]);
  const present = new Set(rows.map(({ setting }) => setting));
  for (const [name, value] of Object.entries(loginSettings)) {
    if (!present.has(`${name}=${value}`)) await client.query(`ALTER ROLE ${quoted(app)} SET ${name} TO ${literal(value)}`);
  }
}

function asOwner(sql: string, roles: RoleNames): string[] {
  return [`SET LOCAL ROLE ${roles.owner}`, sql, "RESET ROLE"];
}

async function inTransaction(client: pg.Client, statements: readonly string[]): Promise<void> {
  await client.query("BEGIN");
  try {
    for (const sql of statements) {
      try {
        await client.query(sql);
      } catch (error) {
        throw new Error(`${(error as Error).message}\nin: ${sql}`, { cause: error });
      }
    }
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

/** Names a version of the database: every migration's name, and what is derived. */
function fingerprintOf(derived: Derived, manifests: readonly SubgraphManifest[]): string {
  return createHash("sha256").update(JSON.stringify([derived, manifests.map(migrationNames)])).digest("hex");
}

function migrationNames(manifest: SubgraphManifest): string[] {
  const files = existsSync(manifest.migrations) ? readdirSync(manifest.migrations) : [];
  return files.flatMap((file) => /^(Migration\d.*)\.(?:ts|js)$/.exec(file)?.[1] ?? []).sort();
}

/** The version that a database has once it is migrated to these manifests, as `journal.version()` tells it. */
export function versionOf(manifests: readonly SubgraphManifest[], prefix: string): string {
  return fingerprintOf(derivedFrom(manifests, roleNames(prefix)), manifests);
}

async function applyDerived(client: pg.Client, manifests: readonly SubgraphManifest[], roles: RoleNames): Promise<boolean> {
  const derived = derivedFrom(manifests, roles);
  const fingerprint = fingerprintOf(derived, manifests);
  const { rows } = await client.query<{ fingerprint: string }>("SELECT fingerprint FROM journal.derived");
  const present = await presentObjects(client, manifests);
  const wanted = new Map(derived.objects.map((o) => [keyOf(o), o]));
  // Also when the manifests are as they were: what somebody dropped or added by hand is put right.
  if (rows[0]?.fingerprint === fingerprint && present.length === wanted.size && present.every((o) => wanted.has(keyOf(o)))) return false;
  // A key goes before the index that it rests on, and an index before its column.
  const stale = present.filter((o) => !wanted.has(keyOf(o)));
  const drops = (["policy", "constraint", "index", "column"] as const).flatMap((kind) => stale.filter((o) => o.kind === kind)).map(dropSql);
  const have = new Set(present.map(keyOf));
  const creates = derived.objects.filter((o) => !have.has(keyOf(o)));
  const first = (kinds: DerivedObject["kind"][]) => creates.filter((o) => kinds.includes(o.kind)).map((o) => o.create);
  await inTransaction(client, [
    "SET LOCAL search_path = pg_catalog, extensions",
    `GRANT CREATE ON SCHEMA access, lookup TO ${[roles.reader, ...manifests.map((m) => roles.mixed(m.name))].join(", ")}`,
    ...first(["column"]),
    ...first(["index"]),
    ...first(["constraint"]),
    "SET LOCAL check_function_bodies = off",
    ...derived.functions.flatMap((f) => (f.owner ? [f.sql, `ALTER FUNCTION ${f.owner.signature} OWNER TO ${f.owner.role}`] : asOwner(f.sql, roles))),
    ...drops,
    ...first(["policy"]),
    ...derived.grants,
    `REVOKE CREATE ON SCHEMA access, lookup FROM ${[roles.reader, ...manifests.map((m) => roles.mixed(m.name))].join(", ")}`,
    `INSERT INTO journal.derived (fingerprint) VALUES (${literal(fingerprint)}) ON CONFLICT (singleton) DO UPDATE SET fingerprint = excluded.fingerprint`,
  ]);
  return true;
}

type Present = Pick<DerivedObject, "kind" | "schema" | "table" | "name">;
const keyOf = (o: Present) => `${o.kind} ${o.schema}.${o.table} ${o.name}`;

function dropSql(o: Present): string {
  const table = `${quoted(o.schema)}.${quoted(o.table)}`;
  if (o.kind === "policy") return `DROP POLICY ${quoted(o.name)} ON ${table}`;
  if (o.kind === "constraint") return `ALTER TABLE ${table} DROP CONSTRAINT ${quoted(o.name)}`;
  if (o.kind === "column") return `ALTER TABLE ${table} DROP COLUMN ${quoted(o.name)}`;
  return `DROP INDEX ${quoted(o.schema)}.${quoted(o.name)}`;
}

/** Computed columns, indexes, constraints and policies that the derived step keeps; tables, other columns, primary and foreign keys belong to migrations. */
export async function presentObjects(client: pg.Client, manifests: readonly SubgraphManifest[]): Promise<Present[]> {
  const tables = manifests.flatMap((m) => loadManifest(m).metas);
  const owned = new Set(tables.filter((t) => t.managed).map((t) => `${t.schema}.${t.table}`));
  const all = new Set(tables.map((t) => `${t.schema}.${t.table}`));
  const { rows } = await client.query<Present>(`
    SELECT 'policy' AS kind, schemaname AS schema, tablename AS table, policyname AS name FROM pg_policies
    UNION ALL SELECT 'constraint', n.nspname, c.relname, k.conname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE k.contype IN ('c', 'x') OR (k.contype = 'f' AND k.conname LIKE 'agrees\\_%')
    UNION ALL SELECT 'column', n.nspname, c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE a.attgenerated <> '' AND NOT a.attisdropped
    UNION ALL SELECT 'index', n.nspname, t.relname, i.relname FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
      WHERE NOT x.indisprimary AND NOT x.indisexclusion`);
  return rows.filter((r) => (r.kind === "policy" ? all : owned).has(`${r.schema}.${r.table}`) && r.table !== "migration");
}
