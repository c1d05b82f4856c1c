import { callable, type RepeatableSql } from "#foundation/federation/manifest";

/**
 * Merging students rewrites the stamp that every row about a student carries, in every domain, and no role of a serving process may do that:
 * stamps are immutable. So it is two functions of the tables' owner, which do just this, for a merge that rostering has recorded, within
 * the district, with an audit entry for each row. Which rows there are they read from the catalog's foreign keys: a new domain's records are
 * merged without being named here. See docs/decisions/008-merging-students.md.
 */

/** Of a duplicate's person these rows go to the survivor's; never what gives a person reach or says what she may do. */
const ofPerson = ["people.person_phone", "people.person_email", "people.household_member", "platform.account"];

/** What describes a person and needs nobody else to. */
const describing = ["people.person_phone", "people.person_email", "people.household_member"];

/** The merges themselves, and what is derived from moved rows and counted anew with them. */
const unmoved = ["rostering.student_merge", "rostering.student_merge_move", "attendance.daily_attendance", "attendance.recount_request"];

/** Columns that point to a record by its id; those of companions, whose own id it is, are none. */
const referencesTo = `CREATE OR REPLACE FUNCTION rostering.references_to(target regclass) RETURNS TABLE (relation regclass, column_name name) LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $f$
  SELECT DISTINCT c.conrelid::regclass, mine.attname FROM pg_constraint c CROSS JOIN LATERAL unnest(c.conkey, c.confkey) AS k(mine, theirs)
    JOIN pg_attribute mine ON mine.attrelid = c.conrelid AND mine.attnum = k.mine JOIN pg_attribute theirs ON theirs.attrelid = c.confrelid AND theirs.attnum = k.theirs
  WHERE c.contype = 'f' AND c.confrelid = target AND theirs.attname = 'id' AND mine.attname <> 'id'
    AND c.conrelid::regclass::text NOT IN (${unmoved.map((t) => `'${t}'`).join(", ")}) $f$`;

/** `school_enrollment` is the table of SchoolEnrollment, `student_id` the column of its field student. */
const recordName = `CREATE OR REPLACE FUNCTION rostering.record_name(snake text) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $f$
  SELECT replace(initcap(replace(snake, '_', ' ')), ' ', '') $f$`;
const fieldName = `CREATE OR REPLACE FUNCTION rostering.field_name(snake text) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $f$
  SELECT lower(left(n, 1)) || substr(n, 2) FROM (SELECT rostering.record_name(regexp_replace(snake, '_id$', '')) AS n) t $f$`;

/** Notes rows of a table whose column holds one id and shall hold another. */
const noteRows = `CREATE OR REPLACE FUNCTION rostering.note_rows(of_merge uuid, relation regclass, column_name name, held uuid, holds uuid, kind text, among text) RETURNS int LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $f$
DECLARE noted int;
BEGIN
  EXECUTE format($q$INSERT INTO rostering.student_merge_move (id, district_id, version, created_at, created_by, updated_at, updated_by, merge_id, survivor_id, record_type, record_id, field, kind, table_name, column_name, before, after)
    SELECT uuidv7(), t.district_id, 1, access.now(), access.account(), access.now(), access.account(), m.id, m.survivor_id, $4, t.id, $5, $6, $7, $8, $2, $3
    FROM rostering.student_merge m JOIN %s t ON t.district_id = m.district_id WHERE m.id = $1 AND m.district_id = access.district() AND %s
      AND NOT EXISTS (SELECT 1 FROM rostering.student_merge_move v WHERE v.district_id = m.district_id AND v.merge_id = m.id AND v.table_name = $7 AND v.column_name = $8 AND v.record_id = t.id)$q$, relation, among)
    USING of_merge, held, holds, rostering.record_name((SELECT relname FROM pg_class WHERE oid = relation)), rostering.field_name(column_name), kind, relation::text, column_name;
  GET DIAGNOSTICS noted = ROW_COUNT;
  RETURN noted;
END $f$`;

/** Rows that would break a natural key or overlap in time with one of the survivor's stay where they are. */
const keepClashing = `CREATE OR REPLACE FUNCTION rostering.keep_clashing_rows(of_merge uuid) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $f$
DECLARE key record;
BEGIN
  FOR key IN
    SELECT v.table_name, v.column_name, coalesce(pg_get_expr(i.indpred, i.indrelid), 'true') AS among,
      string_agg(format('(%s) AS k%s', e.expression, e.n), ', ' ORDER BY e.n) AS keys,
      coalesce(string_agg(format('mine.k%s %s theirs.k%s', e.n, e.operator, e.n), ' AND ') FILTER (WHERE NOT e.ours), 'true') AS same
    FROM (SELECT DISTINCT table_name, column_name FROM rostering.student_merge_move WHERE merge_id = of_merge AND district_id = access.district()) v
      JOIN pg_index i ON i.indrelid = v.table_name::regclass AND NOT i.indisprimary AND (i.indisunique OR i.indisexclusion)
      LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype = 'x'
      CROSS JOIN LATERAL (SELECT n, pg_get_indexdef(i.indexrelid, n, true) AS expression, pg_get_indexdef(i.indexrelid, n, true) ~ ('\\m' || v.column_name || '\\M') AS ours,
          CASE WHEN c.oid IS NOT NULL THEN (SELECT format('OPERATOR(%I.%s)', s.nspname, o.oprname) FROM pg_operator o JOIN pg_namespace s ON s.oid = o.oprnamespace WHERE o.oid = c.conexclop[n])
            WHEN i.indnullsnotdistinct THEN 'IS NOT DISTINCT FROM' ELSE '=' END AS operator
        FROM generate_series(1, i.indnkeyatts) n) e
    GROUP BY v.table_name, v.column_name, i.indexrelid, i.indpred, i.indrelid HAVING bool_or(e.ours)
  LOOP
    EXECUTE format($q$UPDATE rostering.student_merge_move v SET kind = 'KEPT'
      FROM (SELECT id, district_id, %4$I AS holder, %3$s FROM %1$s WHERE %2$s) mine JOIN (SELECT district_id, %4$I AS holder, %3$s FROM %1$s WHERE %2$s) theirs ON theirs.district_id = mine.district_id AND %5$s
      WHERE v.merge_id = $1 AND v.district_id = access.district() AND v.kind = 'MOVED' AND v.table_name = %1$L AND v.column_name = %4$L
        AND mine.district_id = v.district_id AND mine.id = v.record_id AND mine.holder = v.before::uuid AND theirs.holder = v.after::uuid$q$, key.table_name, key.among, key.keys, key.column_name, key.same) USING of_merge;
  END LOOP;
END $f$`;

/**
 * How rows of noted tables hang on each other. `rigid`: the two must name the same student (a composite key, or a companion), so that they
 * stay or go together; else a row follows what it belongs to.
 */
const ties = `CREATE OR REPLACE FUNCTION rostering.ties(of_merge uuid) RETURNS TABLE (child regclass, parent regclass, condition text, rigid boolean, child_column name) LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $f$
  WITH noted AS (SELECT DISTINCT table_name::regclass AS relation, column_name FROM rostering.student_merge_move WHERE merge_id = of_merge AND district_id = access.district())
  SELECT c.conrelid::regclass, c.confrelid::regclass, string_agg(format('c.%I = p.%I', mine.attname, theirs.attname), ' AND '),
    bool_or(mine.attname = 'id') OR bool_or(theirs.attname <> 'id' AND n.column_name IS NOT NULL), max(mine.attname::text) FILTER (WHERE theirs.attname <> 'id' AND n.column_name IS NOT NULL)
  FROM pg_constraint c CROSS JOIN LATERAL unnest(c.conkey, c.confkey) AS k(mine, theirs)
    JOIN pg_attribute mine ON mine.attrelid = c.conrelid AND mine.attnum = k.mine JOIN pg_attribute theirs ON theirs.attrelid = c.confrelid AND theirs.attnum = k.theirs
    LEFT JOIN noted n ON n.relation = c.confrelid AND n.column_name = theirs.attname
  WHERE c.contype = 'f' AND EXISTS (SELECT 1 FROM noted WHERE noted.relation = c.confrelid) AND c.conrelid NOT IN ('rostering.student_merge'::regclass, 'rostering.student_merge_move'::regclass)
  GROUP BY c.oid, c.conrelid, c.confrelid $f$`;

/** What hangs on a row that stays, stays; what must not be parted from a row that stays, stays too. */
const keepTied = `CREATE OR REPLACE FUNCTION rostering.keep_tied_rows(of_merge uuid) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $f$
DECLARE tie record; kept int; n int;
BEGIN
  LOOP
    kept := 0;
    FOR tie IN SELECT * FROM rostering.ties(of_merge) LOOP
      EXECUTE format($q$UPDATE rostering.student_merge_move v SET kind = 'KEPT' FROM %1$s c JOIN %2$s p ON %3$s
          JOIN rostering.student_merge_move above ON above.merge_id = $1 AND above.district_id = access.district() AND above.table_name = %2$L AND above.record_id = p.id
          JOIN rostering.student_merge_move below ON below.merge_id = $1 AND below.district_id = access.district() AND below.table_name = %1$L AND below.record_id = c.id
        WHERE c.district_id = access.district() AND p.district_id = access.district() AND v.district_id = access.district() AND v.kind = 'MOVED'
          AND ((above.kind = 'KEPT' AND v.id = below.id) OR (%4$s AND below.kind = 'KEPT' AND v.id = above.id))$q$, tie.child, tie.parent, tie.condition, tie.rigid::text) USING of_merge;
      GET DIAGNOSTICS n = ROW_COUNT;
      kept := kept + n;
    END LOOP;
    EXIT WHEN kept = 0;
  END LOOP;
END $f$`;

/**
 * Rewrites the noted rows in one statement, so that composite keys between them hold when it ends, and writes an audit entry with old and
 * new value and an event for each. `back` undoes. A row that holds something else by now is left alone.
 */
const rewriteRows = `CREATE OR REPLACE FUNCTION rostering.rewrite_rows(of_merge uuid, back boolean, operation text, reason text, request_id text) RETURNS int LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $f$
DECLARE
  writes text; results text; entries jsonb;
  noted text := format('(SELECT table_name, column_name, record_id, record_type, field, %s AS was, %s AS becomes FROM rostering.student_merge_move
    WHERE merge_id = $1 AND district_id = access.district() AND kind IN (''MOVED'', ''FOLLOWED''))', CASE WHEN back THEN 'after' ELSE 'before' END, CASE WHEN back THEN 'before' ELSE 'after' END);
BEGIN
  SELECT string_agg(format($q$w%1$s AS (UPDATE %2$s t SET %3$s, version = t.version + 1, updated_at = access.now(), updated_by = access.account()
      FROM (SELECT DISTINCT record_id FROM %5$s v WHERE v.table_name = %2$L) ids
      WHERE t.district_id = access.district() AND t.id = ids.record_id AND EXISTS (SELECT 1 FROM %5$s v WHERE v.table_name = %2$L AND v.record_id = t.id AND (%4$s)) RETURNING t.id, t.version)$q$, n, table_name, sets, holds, noted), ', '),
    string_agg(format('SELECT %L AS table_name, id, version FROM w%s', table_name, n), ' UNION ALL ')
  INTO writes, results FROM (
    SELECT table_name, row_number() OVER (ORDER BY table_name) AS n,
      string_agg(format('%1$I = coalesce((SELECT v.becomes::uuid FROM %3$s v WHERE v.table_name = %2$L AND v.column_name = %1$L AND v.record_id = t.id AND v.was::uuid = t.%1$I), t.%1$I)', column_name, table_name, noted), ', ') AS sets,
      string_agg(format('(v.column_name = %1$L AND v.was::uuid = t.%1$I)', column_name), ' OR ') AS holds
    FROM (SELECT DISTINCT table_name, column_name FROM rostering.student_merge_move WHERE merge_id = of_merge AND district_id = access.district() AND kind IN ('MOVED', 'FOLLOWED')) columns
    GROUP BY table_name) tables;
  IF writes IS NULL THEN RETURN 0; END IF;
  EXECUTE format($q$WITH %s SELECT jsonb_agg(jsonb_build_object('id', uuidv7(), 'event_id', uuidv7(), 'action', 'UPDATED', 'record_type', v.record_type, 'record_id', r.id, 'record_version', r.version, 'changes', v.changes))
    FROM (%s) r CROSS JOIN LATERAL (SELECT record_type, jsonb_agg(jsonb_build_object('field', field, 'before', was, 'after', becomes)) AS changes FROM %s v WHERE v.table_name = r.table_name AND v.record_id = r.id GROUP BY record_type) v$q$, writes, results, noted)
    INTO entries USING of_merge;
  IF entries IS NULL THEN RETURN 0; END IF;
  PERFORM journal.append(entries, operation, reason, request_id);
  RETURN jsonb_array_length(entries);
END $f$`;

const mergeRows = callable("rostering.merge_student_rows(uuid, text, text, text)", ["elevated"], `CREATE OR REPLACE FUNCTION rostering.merge_student_rows(of_merge uuid, operation text, reason text, request_id text) RETURNS TABLE (moved int, kept int) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
DECLARE m rostering.student_merge; persons uuid[]; r record; noted int := 0;
BEGIN
  SELECT * INTO STRICT m FROM rostering.student_merge WHERE id = of_merge AND district_id = access.district() AND status = 'MERGED' AND NOT EXISTS (SELECT 1 FROM rostering.student_merge_move v WHERE v.merge_id = of_merge);
  SELECT ARRAY[gone.person_id, stays.person_id] INTO STRICT persons FROM students.student gone JOIN students.student stays ON stays.district_id = gone.district_id
    WHERE gone.district_id = m.district_id AND gone.id = m.duplicate_id AND stays.id = m.survivor_id;
  FOR r IN SELECT relation, column_name, m.duplicate_id AS was, m.survivor_id AS becomes FROM rostering.references_to('students.student')
    UNION ALL SELECT relation, column_name, persons[1], persons[2] FROM rostering.references_to('people.person') WHERE relation::text IN (${ofPerson.map((t) => `'${t}'`).join(", ")}) AND persons[1] <> persons[2]
  LOOP
    noted := noted + rostering.note_rows(of_merge, r.relation, r.column_name, r.was, r.becomes, 'MOVED', format('t.%I = $2', r.column_name));
  END LOOP;
  PERFORM rostering.keep_clashing_rows(of_merge);
  PERFORM rostering.keep_tied_rows(of_merge);
  PERFORM rostering.rewrite_rows(of_merge, false, operation, reason, request_id);
  IF noted > 0 THEN
    PERFORM journal.append(jsonb_build_array(jsonb_build_object('id', uuidv7(), 'action', 'LOADED', 'record_type', 'StudentMergeMove', 'record_id', (SELECT v.id FROM rostering.student_merge_move v WHERE v.merge_id = of_merge ORDER BY v.id LIMIT 1), 'record_version', 1,
      'changes', jsonb_build_array(jsonb_build_object('field', 'rows', 'before', NULL, 'after', noted)))), operation, reason, request_id);
  END IF;
  RETURN QUERY SELECT count(*) FILTER (WHERE v.kind = 'MOVED')::int, count(*) FILTER (WHERE v.kind = 'KEPT')::int FROM rostering.student_merge_move v WHERE v.merge_id = of_merge AND v.district_id = m.district_id;
END $f$`);

/** What was made since and must name the same student as a moved row goes back with it; everything else that is the survivor's stays. */
const unmergeRows = callable("rostering.unmerge_student_rows(uuid, text, text, text)", ["elevated"], `CREATE OR REPLACE FUNCTION rostering.unmerge_student_rows(of_merge uuid, operation text, reason text, request_id text) RETURNS TABLE (moved int, followed int) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
DECLARE m rostering.student_merge; r record; found_now int; follow int := 0; n int;
BEGIN
  SELECT * INTO STRICT m FROM rostering.student_merge WHERE id = of_merge AND district_id = access.district() AND status = 'MERGED';
  LOOP
    found_now := 0;
    FOR r IN SELECT t.child, t.parent, t.condition, k.column_name FROM rostering.ties(of_merge) t
      CROSS JOIN LATERAL (SELECT t.child_column WHERE t.child_column IS NOT NULL UNION SELECT f.column_name FROM rostering.references_to('students.student') f WHERE t.child_column IS NULL AND f.relation = t.child) k(column_name) WHERE t.rigid
    LOOP
      found_now := found_now + rostering.note_rows(of_merge, r.child, r.column_name, m.duplicate_id, m.survivor_id, 'FOLLOWED', format(
        't.%I = $3 AND EXISTS (SELECT 1 FROM %s c JOIN %s p ON %s JOIN rostering.student_merge_move v ON v.merge_id = $1 AND v.district_id = access.district() AND v.table_name = %L AND v.record_id = p.id AND v.kind IN (''MOVED'', ''FOLLOWED'') WHERE c.district_id = t.district_id AND c.id = t.id)',
        r.column_name, r.child, r.parent, r.condition, r.parent));
    END LOOP;
    EXIT WHEN found_now = 0;
    follow := follow + found_now;
  END LOOP;
  n := rostering.rewrite_rows(of_merge, true, operation, reason, request_id);
  RETURN QUERY SELECT n, follow;
END $f$`);

/** Whether anything current still points to a person, but for what describes her. */
const personNeeded = callable("rostering.person_needed(uuid)", ["elevated"], `CREATE OR REPLACE FUNCTION rostering.person_needed(person uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
DECLARE r record; needed boolean;
BEGIN
  FOR r IN SELECT relation, column_name FROM rostering.references_to('people.person') WHERE relation::text NOT IN (${describing.map((t) => `'${t}'`).join(", ")}) LOOP
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %s t WHERE t.district_id = access.district() AND t.%I = $1 AND t.archived_at IS NULL)', r.relation, r.column_name) INTO needed USING person;
    IF needed THEN RETURN true; END IF;
  END LOOP;
  RETURN false;
END $f$`);

export const mergeSql: readonly RepeatableSql[] = [referencesTo, recordName, fieldName, noteRows, keepClashing, ties, keepTied, rewriteRows, mergeRows, unmergeRows, personNeeded];
