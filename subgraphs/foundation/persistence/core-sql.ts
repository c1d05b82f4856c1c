import { journalTables } from "../events/journal-sql.ts";
import type { RoleNames } from "./names.ts";

/**
 * What every installation has before the first domain: schemas, the functions that tell a row rule who is calling, and the journal
 * (audit, outbox, idempotency). Idempotent; run by the administrator, owned by the owner.
 */
export function coreSql(roles: RoleNames): string[] {
  return [
    `CREATE SCHEMA IF NOT EXISTS extensions`,
    `CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA extensions`,
    `CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA extensions`,
    `GRANT USAGE ON SCHEMA extensions TO ${roles.owner}`,
    `CREATE SCHEMA IF NOT EXISTS access AUTHORIZATION ${roles.owner}`,
    `CREATE SCHEMA IF NOT EXISTS journal AUTHORIZATION ${roles.owner}`,
    `CREATE SCHEMA IF NOT EXISTS lookup AUTHORIZATION ${roles.owner}`,
    // PostgreSQL lets everybody call a new function: those of the owner are closed when they are made.
    `ALTER DEFAULT PRIVILEGES FOR ROLE ${roles.owner} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC`,
    ...callerFunctions(),
    ...journalTables(),
    // The bytes of stored files, in parts; who may touch them is said where a domain keeps files.
    `CREATE SCHEMA IF NOT EXISTS files AUTHORIZATION ${roles.owner}`,
    // Most of them are packed already.
    `CREATE TABLE IF NOT EXISTS files.part (district_id uuid NOT NULL, file_id uuid NOT NULL, n int NOT NULL, bytes bytea STORAGE EXTERNAL NOT NULL, PRIMARY KEY (district_id, file_id, n))`,
  ];
}

function callerFunctions(): string[] {
  const setting = (name: string, type: string) => `nullif(current_setting('osss.${name}', true), '')::${type}`;
  const fn = (name: string, returns: string, body: string, args = "") =>
    `CREATE OR REPLACE FUNCTION access.${name}(${args}) RETURNS ${returns} LANGUAGE sql STABLE PARALLEL SAFE AS $f$ SELECT ${body} $f$`;
  const roles = `coalesce(${setting("roles", "text[]")}, '{}'::text[])`;
  return [
    fn("district", "uuid", setting("district", "uuid")),
    fn("account", "uuid", setting("account", "uuid")),
    fn("person", "uuid", setting("person", "uuid")),
    fn("delegation", "uuid", setting("delegation", "uuid")),
    fn("roles", "text[]", roles),
    fn("now", "timestamptz", `coalesce(${setting("now", "timestamptz")}, now())`),
    // Every rule asks it several times, and the planner unfolds a function within a function at a price: it says for itself what they are.
    fn("acts_as", "boolean", `roles && ${roles}`, "roles text[]"),
  ];
}
