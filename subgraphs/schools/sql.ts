/**
 * A row rule reads the school stamped on the row itself, so the stamp must be true: a part of a school's calendar or bell schedule
 * carries the school of what it is part of. Fails closed: a parent that the writer may not see is refused like a wrong one.
 */
const requireSameSchool = `CREATE OR REPLACE FUNCTION schools.require_same_school() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $f$
DECLARE
  parent uuid := (to_jsonb(NEW) ->> TG_ARGV[0])::uuid;
  agrees boolean;
BEGIN
  IF parent IS NULL THEN RETURN NEW; END IF;
  EXECUTE format('SELECT EXISTS (SELECT 1 FROM schools.%I p WHERE p.district_id = $1 AND p.id = $2 AND p.school_id IS NOT DISTINCT FROM $3)', TG_ARGV[1])
    INTO agrees USING NEW.district_id, parent, NEW.school_id;
  IF NOT agrees THEN
    RAISE EXCEPTION 'The % belongs to another school. Choose one of the same school.', replace(TG_ARGV[1], '_', ' ')
      USING ERRCODE = 'check_violation', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, COLUMN = TG_ARGV[0],
        CONSTRAINT = TG_TABLE_NAME || '_' || TG_ARGV[0] || '_same_school_check';
  END IF;
  RETURN NEW;
END $f$`;

const sameSchool = (table: string, column: string, parent: string): string => `CREATE OR REPLACE TRIGGER ${table}_${column}_same_school BEFORE INSERT OR UPDATE OF ${column}, school_id ON schools.${table}
  FOR EACH ROW EXECUTE FUNCTION schools.require_same_school('${column}', '${parent}')`;

export const repeatableSql: readonly string[] = [
  requireSameSchool,
  sameSchool("bell_period", "bell_schedule_id", "bell_schedule"),
  sameSchool("instructional_day", "track_id", "calendar_track"),
  sameSchool("instructional_day", "rotation_day_id", "rotation_day"),
  sameSchool("instructional_day", "bell_schedule_id", "bell_schedule"),
  sameSchool("grading_period", "term_id", "term"),
];
