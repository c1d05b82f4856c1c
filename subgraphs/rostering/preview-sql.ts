import { callable } from "#foundation/federation/manifest";

/**
 * Nothing of the district's is ever deleted, but what an import only showed: rows, problems and candidates of one that was not written, and of
 * one that was, what an earlier preview of it had said. No acting role may delete, so it is a function of the owner, which does just this.
 */
export const removePreview = callable("rostering.remove_preview(uuid)", ["elevated"], `CREATE OR REPLACE FUNCTION rostering.remove_preview(of_import uuid) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
DECLARE written boolean;
BEGIN
  SELECT i.committed_at IS NOT NULL OR i.status IN ('COMMITTING', 'UNDOING') INTO written FROM rostering.import i WHERE i.id = of_import AND i.district_id = access.district() FOR UPDATE;
  IF written IS NULL THEN RETURN; END IF;
  DELETE FROM rostering.import_row r WHERE r.import_id = of_import AND r.district_id = access.district() AND (NOT written OR r.archived_at IS NOT NULL);
  DELETE FROM rostering.import_problem p WHERE p.import_id = of_import AND p.district_id = access.district() AND (NOT written OR p.archived_at IS NOT NULL);
  DELETE FROM rostering.import_candidate c WHERE c.import_id = of_import AND c.district_id = access.district() AND (NOT written OR c.archived_at IS NOT NULL);
END $f$`);
