import type pg from "pg";
import type { SubgraphManifest } from "../../federation/manifest.ts";
import { quoted } from "../names.ts";
import { BackupRefused } from "./refused.ts";

export interface StoredTable {
  readonly schema: string;
  readonly table: string;
  readonly columns: readonly string[];
}

/** Follows from the manifests, belongs to a migration under way, or to this server: not data. */
const notData = new Set(["journal.derived", "journal.set_aside", "journal.home"]);

export const schemasOf = (manifests: readonly SubgraphManifest[]): string[] => [...manifests.map((manifest) => manifest.name), "journal", "files"];

/** Every table that holds data, with the columns that are written, by name. */
export async function dataTables(client: pg.Client, schemas: readonly string[]): Promise<StoredTable[]> {
  const { rows } = await client.query<{ schema: string; table: string; columns: string[] }>(
    `SELECT n.nspname AS schema, c.relname AS table, array_agg(a.attname::text ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relkind IN ('r', 'p') AND n.nspname = ANY ($1) AND c.relname <> 'migration' AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     GROUP BY 1, 2 ORDER BY 1, 2`,
    [schemas],
  );
  return rows.filter(({ schema, table }) => !notData.has(`${schema}.${table}`));
}

export const nameOf = ({ schema, table }: Pick<StoredTable, "schema" | "table">): string => `${quoted(schema)}.${quoted(table)}`;

/** The migrations that have run, by subgraph. */
export async function ranMigrations(client: pg.Client, manifests: readonly SubgraphManifest[]): Promise<Record<string, string[]>> {
  const ran: Record<string, string[]> = {};
  for (const { name } of manifests) {
    const { rows: present } = await client.query<{ there: boolean }>("SELECT to_regclass($1) IS NOT NULL AS there", [`${name}.migration`]);
    if (!present[0]!.there) continue;
    const { rows } = await client.query<{ name: string }>(`SELECT name FROM ${quoted(name)}.migration ORDER BY id`);
    ran[name] = rows.map((row) => row.name);
  }
  return ran;
}

/**
 * Row rules hold for the owner of a table too, and a rule that hid rows would leave them out of a backup in silence.
 * @throws BackupRefused unless each table has the rule that shows its owner everything.
 */
export async function assertOwnerSeesAll(client: pg.Client, schemas: readonly string[], owner: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND c.relrowsecurity AND n.nspname = ANY ($1) AND (
       NOT EXISTS (SELECT 1 FROM pg_policies p WHERE p.schemaname = n.nspname AND p.tablename = c.relname AND p.permissive = 'PERMISSIVE' AND p.cmd = 'ALL' AND $2 = ANY (p.roles) AND p.qual = 'true')
       OR EXISTS (SELECT 1 FROM pg_policies p WHERE p.schemaname = n.nspname AND p.tablename = c.relname AND p.permissive = 'RESTRICTIVE' AND ($2 = ANY (p.roles) OR 'public' = ANY (p.roles))))`,
    [schemas, owner],
  );
  if (rows.length > 0) throw new BackupRefused(`The row rules of ${rows.map(({ name }) => name).join(", ")} may hide rows from their owner, so a backup could miss some. Run osss migrate, then try again.`);
}
