import { callable, type RepeatableSql } from "#foundation/federation/manifest";

/**
 * Which of these rows any row of any domain that is not archived points to, as the catalog's foreign keys tell: a new domain's records count
 * without being named here. Terms, patterns and class meetings are a section's own; what hangs on a meeting points to its section, too.
 */
export const inUse: readonly RepeatableSql[] = [
  callable("academics.in_use(uuid, text, uuid[])", ["elevated"], `CREATE OR REPLACE FUNCTION academics.in_use(district uuid, of_table text, ids uuid[]) RETURNS SETOF uuid
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
DECLARE pointing record;
BEGIN
  IF access.district() IS DISTINCT FROM district THEN
    RAISE EXCEPTION 'another district' USING ERRCODE = 'insufficient_privilege';
  END IF;
  FOR pointing IN SELECT DISTINCT k.conrelid::regclass AS source, mine.attname AS reference FROM pg_constraint k
      CROSS JOIN LATERAL unnest(k.conkey, k.confkey) AS pair(mine, theirs)
      JOIN pg_attribute mine ON mine.attrelid = k.conrelid AND mine.attnum = pair.mine
      JOIN pg_attribute theirs ON theirs.attrelid = k.confrelid AND theirs.attnum = pair.theirs AND theirs.attname = 'id'
      WHERE k.contype = 'f' AND k.confrelid = to_regclass(format('academics.%I', of_table))
        AND k.conrelid NOT IN ('academics.section_term'::regclass, 'academics.meeting_pattern'::regclass, 'academics.class_meeting'::regclass) LOOP
    RETURN QUERY EXECUTE format('SELECT DISTINCT r.%1$I FROM %2$s r WHERE r.district_id = $1 AND r.%1$I = ANY ($2) AND r.archived_at IS NULL', pointing.reference, pointing.source) USING district, ids;
  END LOOP;
END $f$`),
];
