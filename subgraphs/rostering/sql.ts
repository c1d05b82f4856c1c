import type { RepeatableSql } from "#foundation/federation/manifest";
import { mergeSql } from "./merge-sql.ts";
import { duplicatesSql } from "./operations/find-duplicates.ts";
import { removePreview } from "./preview-sql.ts";

/**
 * The districts of the installation: a command that runs before any district is chosen must find them. Only the bare login gets an
 * answer; whoever acts inside a district sees that one and no other.
 */
const installedDistricts = `CREATE OR REPLACE FUNCTION access.installed_districts() RETURNS TABLE (id uuid, code text, name text, time_zone text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
  SELECT d.id, d.code::text, d.name::text, d.time_zone::text FROM platform.district d
    WHERE d.archived_at IS NULL AND current_setting('role') = 'none' ORDER BY d.code $f$`;

export const repeatableSql: readonly RepeatableSql[] = [installedDistricts, duplicatesSql, removePreview, ...mergeSql];
