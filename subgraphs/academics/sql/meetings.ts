import { callable, type RepeatableSql } from "#foundation/federation/manifest";

/**
 * Class meetings are derived: one rule says which hours are due, one function brings the stored ones to it. Nobody writes them otherwise.
 * No audit entry is made for them; what they follow from (pattern, calendar, terms) has its own.
 */
const due = `CREATE OR REPLACE FUNCTION academics.meetings_due(district uuid, school uuid, from_day date, to_day date, only_sections uuid[])
  RETURNS TABLE (section_id uuid, date date, period_code varchar, start_time time, end_time time, minutes int, counts_for_attendance boolean, room_id uuid, pattern_id uuid)
  LANGUAGE sql STABLE AS $f$
  SELECT DISTINCT ON (s.id, d.date, b.code) s.id, d.date, b.code, b.start_time, b.end_time, (extract(epoch FROM b.end_time - b.start_time) / 60)::int,
      b.counts_for_attendance, p.room_id, p.id
    FROM academics.section s
    CROSS JOIN LATERAL (SELECT coalesce(s.track_id, (SELECT k.id FROM schools.calendar_track k
      WHERE k.district_id = s.district_id AND k.school_id = s.school_id AND k.school_year_id = s.school_year_id AND k.archived_at IS NULL ORDER BY k.name LIMIT 1)) AS id) track
    CROSS JOIN LATERAL academics.spans_of(s) span
    JOIN academics.meeting_pattern p ON p.district_id = district AND p.school_id = school AND p.section_id = s.id AND p.archived_at IS NULL
    JOIN schools.instructional_day d ON d.district_id = district AND d.school_id = school AND d.track_id = track.id AND d.archived_at IS NULL AND d.status <> 'CANCELLED'
      AND d.date >= greatest(span.first_day, p.from_date, from_day) AND d.date < least(span.end_day, p.to_date, to_day)
      AND (p.rotation_day_id IS NULL OR p.rotation_day_id = d.rotation_day_id)
    JOIN schools.bell_period b ON b.district_id = district AND b.school_id = school AND b.bell_schedule_id = d.bell_schedule_id AND b.code = p.period_code AND b.archived_at IS NULL
    WHERE s.district_id = district AND s.school_id = school AND s.archived_at IS NULL AND (only_sections IS NULL OR s.id = ANY (only_sections))
    ORDER BY s.id, d.date, b.code, p.rotation_day_id NULLS LAST $f$`;

/** Which of these meetings any row of any domain points to. */
const inUse = `CREATE OR REPLACE FUNCTION academics.meetings_in_use(district uuid, meetings uuid[]) RETURNS uuid[] LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $f$
DECLARE
  pointing record;
  found uuid[];
  used uuid[] := '{}';
BEGIN
  FOR pointing IN SELECT DISTINCT k.conrelid::regclass AS source, mine.attname AS reference FROM pg_constraint k
      CROSS JOIN LATERAL unnest(k.conkey, k.confkey) AS pair(mine, theirs)
      JOIN pg_attribute mine ON mine.attrelid = k.conrelid AND mine.attnum = pair.mine
      JOIN pg_attribute theirs ON theirs.attrelid = k.confrelid AND theirs.attnum = pair.theirs AND theirs.attname = 'id'
      WHERE k.contype = 'f' AND k.confrelid = 'academics.class_meeting'::regclass LOOP
    EXECUTE format('SELECT coalesce(array_agg(DISTINCT r.%1$I), ''{}'') FROM %2$s r WHERE r.district_id = $1 AND r.%1$I = ANY ($2)', pointing.reference, pointing.source)
      INTO found USING district, meetings;
    used := used || found;
  END LOOP;
  RETURN used;
END $f$`;

/**
 * Brings the meetings of a school from `from_day` to before `to_day` to what is due; of some sections only, where they are named. An hour
 * that is no longer due is cancelled when it is past, when its day was taken back, or when something points to it; else it is removed.
 */
const derive = callable("academics.derive_meetings(uuid, uuid, date, date, uuid[])", ["elevated"], `CREATE OR REPLACE FUNCTION academics.derive_meetings(district uuid, school uuid, from_day date, to_day date, only_sections uuid[] DEFAULT NULL,
    OUT added int, OUT changed int, OUT cancelled int, OUT removed int)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_nestloop = off AS $f$
DECLARE
  stale uuid[];
  used uuid[];
BEGIN
  added := 0; changed := 0; cancelled := 0; removed := 0;
  IF access.district() IS DISTINCT FROM district AND access.district() IS NOT NULL THEN
    RAISE EXCEPTION 'another district' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM academics.meeting_pattern p WHERE p.district_id = district AND p.school_id = school) THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(district || ' class meetings of ' || school, 0));

  WITH due AS MATERIALIZED (SELECT * FROM academics.meetings_due(district, school, from_day, to_day, only_sections)),
  renewed AS (
    UPDATE academics.class_meeting m SET start_time = due.start_time, end_time = due.end_time, minutes = due.minutes, counts_for_attendance = due.counts_for_attendance,
        room_id = due.room_id, pattern_id = due.pattern_id, status = 'SCHEDULED', version = m.version + 1, updated_at = access.now(), updated_by = access.account()
      FROM due WHERE m.district_id = district AND m.school_id = school AND m.date >= from_day AND m.date < to_day AND m.archived_at IS NULL
        AND m.section_id = due.section_id AND m.date = due.date AND m.period_code = due.period_code
        AND (m.start_time, m.end_time, m.minutes, m.counts_for_attendance, m.room_id, m.pattern_id, m.status)
          IS DISTINCT FROM (due.start_time, due.end_time, due.minutes, due.counts_for_attendance, due.room_id, due.pattern_id, 'SCHEDULED')
      RETURNING 1),
  fresh AS (
    INSERT INTO academics.class_meeting (id, district_id, version, created_at, created_by, updated_at, updated_by, section_id, school_id, date, period_code,
        start_time, end_time, minutes, counts_for_attendance, room_id, pattern_id, status)
      SELECT uuidv7(), district, 1, access.now(), access.account(), access.now(), access.account(), due.section_id, school, due.date, due.period_code,
          due.start_time, due.end_time, due.minutes, due.counts_for_attendance, due.room_id, due.pattern_id, 'SCHEDULED'
        FROM due WHERE NOT EXISTS (SELECT 1 FROM academics.class_meeting m WHERE m.district_id = district AND m.school_id = school AND m.date >= from_day AND m.date < to_day AND m.archived_at IS NULL
          AND m.section_id = due.section_id AND m.date = due.date AND m.period_code = due.period_code)
      RETURNING 1)
  SELECT (SELECT count(*) FROM renewed), (SELECT count(*) FROM fresh), (SELECT coalesce(array_agg(m.id), '{}') FROM academics.class_meeting m
      WHERE m.district_id = district AND m.school_id = school AND m.archived_at IS NULL AND m.status = 'SCHEDULED' AND m.date >= from_day AND m.date < to_day
        AND (only_sections IS NULL OR m.section_id = ANY (only_sections))
        AND NOT EXISTS (SELECT 1 FROM due WHERE due.section_id = m.section_id AND due.date = m.date AND due.period_code = m.period_code))
    INTO changed, added, stale;
  IF cardinality(stale) = 0 THEN RETURN; END IF;
  -- What checks foreign keys keeps the plan that a session began with; after a large import that is one for an empty table, which goes through
  -- a school's meetings for each that is removed. Counted anew, it is planned anew.
  IF cardinality(stale) > 1000 THEN ANALYZE academics.class_meeting; END IF;

  used := academics.meetings_in_use(district, stale);
  -- Joined and hashed, not compared with arrays: a plan that was made while the table was small would go through them for each row.
  UPDATE academics.class_meeting m SET status = 'CANCELLED', version = m.version + 1, updated_at = access.now(), updated_by = access.account()
    FROM unnest(stale) AS gone(id) WHERE m.district_id = district AND m.id = gone.id AND (m.date < access.today() OR m.id IN (SELECT unnest(used))
      OR m.date IN (SELECT d.date FROM schools.instructional_day d WHERE d.district_id = district AND d.school_id = school AND d.status = 'CANCELLED' AND d.archived_at IS NULL));
  GET DIAGNOSTICS cancelled = ROW_COUNT;
  DELETE FROM academics.class_meeting m USING unnest(stale) AS gone(id) WHERE m.district_id = district AND m.id = gone.id AND m.status = 'SCHEDULED';
  GET DIAGNOSTICS removed = ROW_COUNT;
END $f$`);

/** What meetings follow from is changed in other domains too, by a mutation, an import or a clerk at the SQL prompt: they follow in its transaction. */
const follow = [
  `CREATE OR REPLACE FUNCTION academics.follow_calendar() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
DECLARE part record;
BEGIN
  FOR part IN SELECT c.district_id, c.school_id, min(c.date) AS first, max(c.date) AS last FROM changed c GROUP BY 1, 2 LOOP
    PERFORM academics.derive_meetings(part.district_id, part.school_id, part.first, part.last + 1);
  END LOOP;
  RETURN NULL;
END $f$`,
  // A correction of the bells holds from today on: hours that were held keep their times, unless they are derived anew on purpose.
  `CREATE OR REPLACE FUNCTION academics.follow_bells() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
DECLARE part record;
BEGIN
  FOR part IN SELECT DISTINCT c.district_id, c.school_id FROM changed c LOOP
    PERFORM academics.derive_meetings(part.district_id, part.school_id, access.today(), 'infinity');
  END LOOP;
  RETURN NULL;
END $f$`,
  `CREATE OR REPLACE FUNCTION academics.take_spans_anew(district uuid, sections uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
DECLARE part record;
BEGIN
  UPDATE academics.section s SET first_day = NULL WHERE s.district_id = district AND s.id = ANY (sections);
  FOR part IN SELECT s.school_id, array_agg(s.id) AS ids FROM academics.section s WHERE s.district_id = district AND s.id = ANY (sections) GROUP BY 1 LOOP
    PERFORM academics.derive_meetings(district, part.school_id, '-infinity', 'infinity', part.ids);
  END LOOP;
END $f$`,
  `CREATE OR REPLACE FUNCTION academics.follow_section_terms() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
BEGIN
  PERFORM academics.take_spans_anew(part.district_id, part.ids) FROM (SELECT c.district_id, array_agg(DISTINCT c.section_id) AS ids FROM changed c GROUP BY 1) part;
  RETURN NULL;
END $f$`,
  `CREATE OR REPLACE FUNCTION academics.follow_terms() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
BEGIN
  PERFORM academics.take_spans_anew(NEW.district_id, ARRAY(
    SELECT st.section_id FROM academics.section_term st WHERE TG_TABLE_NAME = 'term' AND st.district_id = NEW.district_id AND st.term_id = NEW.id AND st.archived_at IS NULL
    UNION SELECT s.id FROM academics.section s WHERE TG_TABLE_NAME = 'school_year' AND s.district_id = NEW.district_id AND s.school_year_id = NEW.id
      AND NOT EXISTS (SELECT 1 FROM academics.section_term st WHERE st.district_id = s.district_id AND st.section_id = s.id AND st.archived_at IS NULL)));
  RETURN NULL;
END $f$`,
  `CREATE OR REPLACE FUNCTION academics.follow_section() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
BEGIN
  PERFORM academics.derive_meetings(NEW.district_id, NEW.school_id, '-infinity', 'infinity', ARRAY[NEW.id]);
  RETURN NULL;
END $f$`,
  ...[
    ["schools.instructional_day", "calendar"], ["schools.bell_period", "bells"], ["academics.section_term", "section_terms"],
  ].flatMap(([table, fn]) => ["INSERT", "UPDATE"].map((event) => `CREATE OR REPLACE TRIGGER ${table!.split(".")[1]}_to_meetings_${event.toLowerCase()} AFTER ${event} ON ${table}
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION academics.follow_${fn}()`)),
  ...["term", "school_year"].map((table) => `CREATE OR REPLACE TRIGGER ${table}_to_meetings AFTER UPDATE OF first_day, end_day ON schools.${table}
  FOR EACH ROW WHEN ((OLD.first_day, OLD.end_day) IS DISTINCT FROM (NEW.first_day, NEW.end_day)) EXECUTE FUNCTION academics.follow_terms()`),
  `CREATE OR REPLACE TRIGGER section_to_meetings AFTER UPDATE OF track_id, archived_at ON academics.section
  FOR EACH ROW WHEN ((OLD.track_id, OLD.archived_at) IS DISTINCT FROM (NEW.track_id, NEW.archived_at)) EXECUTE FUNCTION academics.follow_section()`,
];

export const meetings: readonly RepeatableSql[] = [due, inUse, derive, ...follow];
