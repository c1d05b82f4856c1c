const definer = "SECURITY DEFINER SET search_path = pg_catalog, pg_temp";

/** What the current transactions have set aside, each row with the statement that puts it back. Empty between transactions. */
export const setAsideTable = `CREATE TABLE IF NOT EXISTS journal.set_aside (transaction xid8 NOT NULL DEFAULT pg_current_xact_id(), put_back text NOT NULL)`;

/**
 * For the first load of many rows: `journal.set_aside(tables, uniques)` takes the foreign keys and the plain indexes from those of these
 * tables that hold no row, with `uniques` also the unique indexes on which no key rests, and answers from how many. They come back when the
 * transaction ends, or when it says `SET CONSTRAINTS journal.put_back IMMEDIATE`: every index is then built at once, and every key checked
 * over all rows, at a fraction of what it costs row by row. Nothing commits without them, and tables that hold rows are left as they are.
 * Other transactions wait for the tables meanwhile.
 */
export const setAsideFunctions: readonly string[] = [
  `CREATE OR REPLACE FUNCTION journal.set_aside(tables text[], uniques boolean) RETURNS int LANGUAGE plpgsql ${definer} AS $f$
DECLARE each_table regclass; part record; filled boolean; emptied regclass[] := '{}';
BEGIN
  FOREACH each_table IN ARRAY tables::regclass[] LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %s)', each_table) INTO filled;
    CONTINUE WHEN filled;
    emptied := emptied || each_table;
    FOR part IN SELECT format('DROP INDEX %s', x.indexrelid::regclass) AS take, pg_get_indexdef(x.indexrelid) AS put FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_am m ON m.oid = i.relam
      WHERE x.indrelid = each_table AND NOT x.indisprimary AND NOT x.indisexclusion AND m.amname = 'btree'
        AND (NOT x.indisunique OR (uniques AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = x.indexrelid)))
    LOOP
      EXECUTE part.take;
      INSERT INTO journal.set_aside (put_back) VALUES (part.put);
    END LOOP;
    -- Without figures about the rows, keys over several columns would be checked by comparing each row with each.
    INSERT INTO journal.set_aside (put_back) VALUES (format('ANALYZE %s', each_table));
  END LOOP;
  -- Keys last: they come back after every index.
  FOR part IN SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', k.conrelid::regclass, k.conname) AS take, format('ALTER TABLE %s ADD CONSTRAINT %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid)) AS put
    FROM pg_constraint k WHERE k.conrelid = ANY (emptied) AND k.contype = 'f' ORDER BY array_position(emptied, k.conrelid::regclass), k.conname
  LOOP
    EXECUTE part.take;
    INSERT INTO journal.set_aside (put_back) VALUES (part.put);
  END LOOP;
  RETURN cardinality(emptied);
END $f$`,
  `CREATE OR REPLACE FUNCTION journal.put_back() RETURNS trigger LANGUAGE plpgsql ${definer} AS $f$
BEGIN
  EXECUTE NEW.put_back;
  DELETE FROM journal.set_aside WHERE transaction = NEW.transaction AND put_back = NEW.put_back;
  RETURN NULL;
END $f$`,
  "DROP TRIGGER IF EXISTS put_back ON journal.set_aside",
  "CREATE CONSTRAINT TRIGGER put_back AFTER INSERT ON journal.set_aside DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION journal.put_back()",
];
