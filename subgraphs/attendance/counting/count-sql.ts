import { callable, type RepeatableSql } from "#foundation/federation/manifest";

/**
 * Counting: at the end of the transaction that asked, or in the background. Two who count the same student follow one another, and the
 * second sees what the first committed, since every statement here looks anew; so no change is lost, whatever order they come in.
 */

/** How many days of students a transaction counts itself before it ends; beyond, it leaves them to the background. */
const most = 1_500;
/** How many days are counted by one statement. */
const portion = 400;

const figures = ["school_id", "school_year_id", "grade_level_id", "track_id", "scheduled_minutes", "missed_minutes", "excused_minutes", "meetings", "meetings_taken", "status", "excuse", "counts_absent", "late"];
const of = (alias: string): string => figures.map((name) => `${alias}.${name}`).join(", ");

/** A fact is the same one whenever it is counted: a UUID of version 7 of the day's date, with a random part that follows from the student. */
const factId = (c: string): string =>
  `(lpad(to_hex((${c}.date - '1970-01-01'::date)::bigint * 86400000), 12, '0') || '7' || substr(md5(${c}.student_id::text), 1, 3) || '8' || substr(md5(${c}.student_id::text), 4, 15))::uuid`;

/** `source` is a relation of facts with the alias `c`. */
const insertFacts = (district: string, source: string): string => `INSERT INTO attendance.daily_attendance (id, district_id, version, created_at, created_by, updated_at, updated_by, student_id, date, ${figures.join(", ")})
    SELECT ${factId("c")}, ${district}, 1, access.now(), access.account(), access.now(), access.account(), c.student_id, c.date, ${of("c")} FROM ${source}`;

/** Brings the stored facts of these students and spans to what the tables say. The caller holds the students' locks. */
const recount = `CREATE OR REPLACE FUNCTION attendance.recount(of_district uuid, of_students uuid[], from_days date[], to_days date[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
BEGIN
  WITH fact AS MATERIALIZED (SELECT * FROM attendance.daily_facts(of_district, of_students, from_days, to_days)),
  compared AS MATERIALIZED (SELECT f.*, have.id AS have_id, (${of("have")}) IS DISTINCT FROM (${of("f")}) AS differs
    FROM fact f LEFT JOIN attendance.daily_attendance have ON have.district_id = of_district AND have.student_id = f.student_id AND have.date = f.date AND have.archived_at IS NULL),
  gone AS (DELETE FROM attendance.daily_attendance old USING unnest(of_students, from_days, to_days) AS a(student_id, from_day, to_day)
    WHERE old.district_id = of_district AND old.student_id = a.student_id AND old.archived_at IS NULL AND old.date >= a.from_day AND old.date < coalesce(a.to_day, 'infinity')
      AND NOT EXISTS (SELECT 1 FROM fact f WHERE f.student_id = old.student_id AND f.date = old.date)),
  changed AS (UPDATE attendance.daily_attendance have SET (${figures.join(", ")}) = ROW(${of("c")}), version = have.version + 1, updated_at = access.now(), updated_by = access.account()
    FROM compared c WHERE have.district_id = of_district AND have.id = c.have_id AND c.differs)
  ${insertFacts("of_district", "compared c WHERE c.have_id IS NULL")};
END $f$`;

/**
 * Counts these requests and removes them. First the students' rows and then their locks, each in one order, so that two who count, or one
 * who counts and one who changes a student, wait for each other and never in a circle.
 */
const settle = `CREATE OR REPLACE FUNCTION attendance.settle(requests uuid[]) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
DECLARE part record; days int := 0;
BEGIN
  PERFORM 1 FROM students.student s WHERE (s.district_id, s.id) IN (SELECT r.district_id, r.student_id FROM attendance.recount_request r WHERE r.id = ANY (requests)) ORDER BY s.district_id, s.id FOR KEY SHARE;
  PERFORM pg_advisory_xact_lock(k.lock) FROM (SELECT DISTINCT hashtextextended('attendance of ' || r.student_id, 0) AS lock FROM attendance.recount_request r WHERE r.id = ANY (requests) ORDER BY 1) k;
  FOR part IN
    WITH span AS (SELECT r.district_id, r.student_id, unnest(range_agg(daterange(r.from_date, r.to_date))) AS days FROM attendance.recount_request r WHERE r.id = ANY (requests) GROUP BY r.district_id, r.student_id),
    counted AS (SELECT s.*, sum(coalesce(upper(s.days) - lower(s.days), 200)) OVER (PARTITION BY s.district_id ORDER BY s.student_id, s.days) AS until FROM span s)
    SELECT c.district_id, array_agg(c.student_id) AS students, array_agg(lower(c.days)) AS froms, array_agg(upper(c.days)) AS tos, max(c.until)::int AS until FROM counted c GROUP BY c.district_id, c.until / ${portion}
  LOOP
    PERFORM attendance.recount(part.district_id, part.students, part.froms, part.tos);
  END LOOP;
  DELETE FROM attendance.recount_request r WHERE r.id = ANY (requests);
  GET DIAGNOSTICS days = ROW_COUNT;
  RETURN days;
END $f$`;

/** Runs when the transaction ends. Too much, or told to leave it: the requests stay, for everyone to see, until the background has counted them. */
const atCommit = [
  `CREATE OR REPLACE FUNCTION attendance.count_at_commit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
DECLARE own text := pg_current_xact_id()::text; requests uuid[]; days bigint;
BEGIN
  IF current_setting('osss.attendance_left', true) = own THEN RETURN NULL; END IF;
  SELECT array_agg(r.id) INTO requests FROM attendance.recount_request r WHERE r.district_id = NEW.district_id AND r.transaction = own;
  IF requests IS NULL THEN RETURN NULL; END IF;
  SELECT sum(upper(s.part) - lower(s.part)) INTO days FROM (SELECT unnest(range_agg(daterange(r.from_date, coalesce(r.to_date, r.from_date + 200)))) AS part
    FROM attendance.recount_request r WHERE r.district_id = NEW.district_id AND r.id = ANY (requests) GROUP BY r.student_id) s;
  IF days > ${most} THEN PERFORM set_config('osss.attendance_left', own, true);
  ELSE PERFORM attendance.settle(requests); END IF;
  RETURN NULL;
END $f$`,
  "DROP TRIGGER IF EXISTS count_at_commit ON attendance.recount_request",
  `CREATE CONSTRAINT TRIGGER count_at_commit AFTER INSERT ON attendance.recount_request DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (current_setting('osss.count_later', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION attendance.count_at_commit()`,
];

/**
 * The background's part: of each district the students who have waited longest, with all that is open of them, about \`most\` days at a
 * time. Returns how many requests it settled. Several processes share the work; nobody but the bare login gets anything done by it.
 */
const background = `CREATE OR REPLACE FUNCTION access.count_attendance_days(most int) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
DECLARE district uuid := '00000000-0000-0000-0000-000000000000'; requests uuid[]; settled int := 0;
BEGIN
  IF current_setting('role') <> 'none' THEN RETURN 0; END IF;
  LOOP
    SELECT r.district_id INTO district FROM attendance.recount_request r WHERE r.district_id > district ORDER BY r.district_id LIMIT 1;
    EXIT WHEN NOT FOUND;
    WITH oldest AS (SELECT r.student_id, r.created_at, daterange(r.from_date, coalesce(r.to_date, r.from_date + 200)) AS days FROM attendance.recount_request r
        WHERE r.district_id = district ORDER BY r.created_at, r.id LIMIT most),
      waiting AS (SELECT o.student_id, min(o.created_at) AS since, (SELECT coalesce(sum(upper(u.part) - lower(u.part)), 0) FROM unnest(range_agg(o.days)) AS u(part)) AS days FROM oldest o GROUP BY o.student_id),
      chosen AS (SELECT w.student_id, sum(w.days) OVER (ORDER BY w.since, w.student_id) - w.days AS before FROM waiting w),
      held AS (SELECT r.id FROM attendance.recount_request r WHERE r.district_id = district AND r.student_id = ANY (ARRAY(SELECT c.student_id FROM chosen c WHERE c.before < most)) FOR UPDATE SKIP LOCKED)
    SELECT array_agg(h.id) INTO requests FROM held h;
    IF requests IS NOT NULL THEN settled := settled + attendance.settle(requests); END IF;
  END LOOP;
  RETURN settled;
END $f$`;

/**
 * For a seed, which writes students with years of days in one transaction: while it says so, nothing asks for days one by one (see
 * requests-sql), and it counts the students whole before it ends. Counts the caller's district alone, and does no harm: counting is the same
 * again.
 */
const whole = callable("attendance.count_whole(uuid[])", ["elevated"], `CREATE OR REPLACE FUNCTION attendance.count_whole(of_students uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
DECLARE part uuid[]; froms date[]; tos date[]; unknown text;
BEGIN
  IF access.district() IS NULL THEN RETURN; END IF;
  -- What was loaded a moment ago is unknown to the planner, which would count it row by row.
  FOR unknown IN SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE (schemaname, tablename) IN (('schools', 'instructional_day'), ('students', 'school_enrollment'), ('academics', 'section_enrollment'),
      ('academics', 'class_meeting'), ('attendance', 'attendance_submission'), ('attendance', 'attendance_event'), ('attendance', 'office_entry'), ('attendance', 'earlier_day'), ('attendance', 'earlier_school_day'), ('attendance', 'daily_attendance'))
    AND NOT EXISTS (SELECT 1 FROM pg_stats s WHERE s.schemaname = pg_tables.schemaname AND s.tablename = pg_tables.tablename) LOOP
    EXECUTE 'ANALYZE ' || unknown;
  END LOOP;
  FOR part IN SELECT of_students[n:n + 1999] FROM generate_series(1, cardinality(of_students), 2000) AS n LOOP
    froms := array_fill('-infinity'::date, ARRAY[cardinality(part)]);
    tos := array_fill(NULL::date, ARRAY[cardinality(part)]);
    IF EXISTS (SELECT 1 FROM attendance.daily_attendance d WHERE d.district_id = access.district() AND d.student_id = ANY (part)) THEN
      PERFORM attendance.recount(access.district(), part, froms, tos);
    ELSE
      ${insertFacts("access.district()", "attendance.many_daily_facts(access.district(), part, froms, tos) c")};
    END IF;
  END LOOP;
END $f$`);

export const counting: readonly RepeatableSql[] = [recount, settle, ...atCommit, background, whole];
