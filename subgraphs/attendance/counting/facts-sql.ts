/**
 * The rule of `rules/daily-status.ts` as one statement over many students and days. What it must say of a single day is written there;
 * the tests hold the two against each other.
 */

// date_part counts in floating point; extract in numeric, at ten times the cost.
const minutes = (time: string): string => `(date_part('hour', ${time}) * 60 + date_part('minute', ${time}))::int`;
const gravity = (effect: string, excuse: string): string => `(CASE ${effect} WHEN 'PRESENT_ELSEWHERE' THEN 10 ELSE 0 END + array_position(ARRAY['UNEXCUSED', 'SUSPENSION', 'EXCUSED', 'ACTIVITY', 'REMOTE'], ${excuse}::text))`;
const key = "student_id, date, school_id";
const missedOf = (excuse: string): string => `coalesce(sum(missed) FILTER (WHERE counts_as = '${excuse}'), 0)::int`;

/** The calendar of an enrollment `e`: its own, else the school's first by name of that year. */
export const trackOf = (e: string): string => `coalesce(${e}.track_id, (SELECT t.id FROM schools.calendar_track t
    WHERE t.district_id = ${e}.district_id AND t.school_id = ${e}.school_id AND t.school_year_id = ${e}.school_year_id AND t.archived_at IS NULL ORDER BY t.name, t.id LIMIT 1))`;

/*
 * Rows of a few students are looked up by their indexes, one step after the other; what was found is then joined by hashes. The planner,
 * which cannot know how few or many students there are, is told both: `LATERAL ... OFFSET 0` keeps a step a lookup, and the functions
 * below take no other nested loop and one plan for all calls. Left to itself it read a section's whole year for every day of a student.
 */

/** Days of membership in the spans asked for: instructional days of the primary enrollment's calendar. */
const days = `SELECT e.student_id, d.date, e.school_id, e.school_year_id, e.grade_level_id, e.track_id
  FROM asked a
  CROSS JOIN LATERAL (SELECT e.student_id, e.school_id, e.school_year_id, e.grade_level_id, ${trackOf("e")} AS track_id, greatest(a.from_day, e.entry_date) AS first, least(a.to_day, e.exit_date, 'infinity') AS until
    FROM students.school_enrollment e WHERE e.district_id = of_district AND e.student_id = a.student_id AND e.archived_at IS NULL AND e.kind = 'PRIMARY' OFFSET 0) e
  CROSS JOIN LATERAL (SELECT d.date FROM schools.instructional_day d WHERE d.district_id = of_district AND d.track_id = e.track_id AND d.archived_at IS NULL AND d.status <> 'CANCELLED' AND d.date >= e.first AND d.date < e.until OFFSET 0) d`;

/** Class meetings of the sections on whose rosters the students were, whether the day counts or not. */
const scheduled = `SELECT a.student_id, m.id, m.school_id, m.date, m.start_time, m.end_time
  FROM asked a
  CROSS JOIN LATERAL (SELECT r.section_id, greatest(a.from_day, r.from_date) AS first, least(a.to_day, r.to_date, 'infinity') AS until
    FROM academics.section_enrollment r WHERE r.district_id = of_district AND r.student_id = a.student_id AND r.archived_at IS NULL OFFSET 0) r
  CROSS JOIN LATERAL (SELECT m.id, m.school_id, m.date, m.start_time, m.end_time FROM academics.class_meeting m WHERE m.district_id = of_district AND m.section_id = r.section_id AND m.date >= r.first AND m.date < r.until
    AND m.archived_at IS NULL AND m.status = 'SCHEDULED' AND m.counts_for_attendance OFFSET 0) m`;

/** Class meetings that the students were to attend on days of membership, with what their teachers recorded. */
const meetings = `SELECT day.student_id, day.date, m.school_id, m.id, ${minutes("m.start_time")} AS starts, ${minutes("m.end_time")} AS ends, taken.id IS NOT NULL AS taken,
    c.effect, c.excuse, ev.minutes_missed
  FROM scheduled m
  JOIN day ON day.student_id = m.student_id AND day.date = m.date
  LEFT JOIN LATERAL (SELECT t.id FROM attendance.attendance_submission t WHERE t.district_id = of_district AND t.class_meeting_id = m.id AND t.archived_at IS NULL OFFSET 0) taken ON true
  LEFT JOIN LATERAL (SELECT ev.code_id, ev.minutes_missed FROM attendance.attendance_event ev WHERE taken.id IS NOT NULL AND ev.district_id = of_district AND ev.student_id = m.student_id AND ev.class_meeting_id = m.id AND ev.archived_at IS NULL OFFSET 0) ev ON true
  LEFT JOIN attendance.attendance_code c ON c.district_id = of_district AND c.id = ev.code_id`;

/** What a teacher's exception missed of its meeting, from minute to minute; an empty span where it missed nothing. */
const byTeacher = `CASE effect WHEN 'ABSENT' THEN int4range(starts, ends) WHEN 'TARDY' THEN int4range(starts, least(ends, starts + minutes_missed))
    WHEN 'LEFT_EARLY' THEN int4range(greatest(starts, ends - minutes_missed), ends) ELSE 'empty'::int4range END`;

/**
 * Meetings on days of which the office knows something, minute spans at a time (1, 3 and 4 of the rule). Most days have no entry, and
 * never come here.
 */
const judged = `
office AS (SELECT o.student_id, o.date, o.school_id, o.kind, coalesce(${minutes("o.from_time")}, 0) AS starts, coalesce(${minutes("o.to_time")}, 1440) AS ends,
    c.effect, c.excuse, ${gravity("c.effect", "c.excuse")} AS gravity
  FROM asked a
  CROSS JOIN LATERAL (SELECT o.* FROM attendance.office_entry o WHERE o.district_id = of_district AND o.student_id = a.student_id AND o.date >= a.from_day AND o.date < coalesce(a.to_day, 'infinity') AND o.archived_at IS NULL AND o.verified OFFSET 0) o
  JOIN attendance.attendance_code c ON c.district_id = of_district AND c.id = o.code_id),
checked AS (SELECT DISTINCT ON (${key}, starts, kind) ${key}, starts AS at, kind, effect, excuse FROM office WHERE kind IN ('CHECK_IN', 'CHECK_OUT') ORDER BY ${key}, starts, kind, gravity),
ordered AS (SELECT *, row_number() OVER day_order AS n, lead(at) OVER day_order AS next_at, lead(kind) OVER day_order AS next_kind FROM checked
  WINDOW day_order AS (PARTITION BY ${key} ORDER BY at, kind DESC)),
between_checks AS (SELECT ${key}, int4range(at, coalesce(next_at, 1441)) AS span, at, kind, next_at, next_kind, effect, excuse FROM ordered
  UNION ALL SELECT ${key}, int4range(0, at), NULL, NULL, at, kind, effect, excuse FROM ordered WHERE n = 1),
stated AS (SELECT o.*, int4range(o.starts, CASE WHEN o.effect = 'PRESENT_ELSEWHERE' THEN o.ends ELSE least(o.ends, (SELECT min(c.at) FROM checked c
    WHERE c.student_id = o.student_id AND c.date = o.date AND c.school_id = o.school_id AND c.kind = 'CHECK_IN' AND c.at >= o.starts AND c.at < o.ends)) END) AS span
  FROM office o WHERE o.kind IN ('CALL', 'BULK')),
noted AS (SELECT o.*, int4range(o.starts, o.ends) AS span FROM office o WHERE o.kind = 'NOTE'),
known AS (SELECT m.*, ${byTeacher} AS by_teacher FROM meeting m WHERE EXISTS (SELECT 1 FROM office o WHERE o.student_id = m.student_id AND o.date = m.date AND o.school_id = m.school_id)),
cut AS (SELECT ${key}, id, starts AS at FROM known UNION SELECT ${key}, id, ends FROM known
  UNION SELECT ${key}, id, lower(by_teacher) FROM known WHERE NOT isempty(by_teacher) UNION SELECT ${key}, id, upper(by_teacher) FROM known WHERE NOT isempty(by_teacher)
  UNION SELECT ${key}, k.id, edge.at FROM known k JOIN between_checks b USING (${key}) CROSS JOIN LATERAL (VALUES (lower(b.span)), (upper(b.span))) AS edge(at) WHERE edge.at > k.starts AND edge.at < k.ends
  UNION SELECT ${key}, k.id, edge.at FROM known k JOIN (SELECT ${key}, span FROM stated UNION ALL SELECT ${key}, span FROM noted) s USING (${key})
    CROSS JOIN LATERAL (VALUES (lower(s.span)), (upper(s.span))) AS edge(at) WHERE edge.at > k.starts AND edge.at < k.ends),
piece AS (SELECT k.*, c.at AS begins, lead(c.at) OVER (PARTITION BY k.student_id, k.date, k.id ORDER BY c.at) AS finishes FROM cut c JOIN known k USING (${key}, id)),
statement AS (SELECT DISTINCT ON (p.student_id, p.date, p.id, p.begins) p.student_id, p.date, p.id, p.begins, s.effect, s.excuse FROM piece p JOIN stated s USING (${key})
  WHERE s.span @> p.begins ORDER BY p.student_id, p.date, p.id, p.begins, s.kind DESC, s.gravity),
note AS (SELECT DISTINCT ON (p.student_id, p.date, p.id, p.begins) p.student_id, p.date, p.id, p.begins, n.effect, n.excuse FROM piece p JOIN noted n USING (${key})
  WHERE n.span @> p.begins ORDER BY p.student_id, p.date, p.id, p.begins, n.gravity),
heard AS (SELECT p.*, note.effect AS note_effect, note.excuse AS note_excuse,
    CASE WHEN b.kind = 'CHECK_OUT' OR (b.span IS NOT NULL AND b.kind IS NULL AND b.next_kind = 'CHECK_IN') THEN CASE b.effect WHEN 'PRESENT_ELSEWHERE' THEN 'there' ELSE b.excuse END
      WHEN b.at >= p.starts OR (b.next_kind = 'CHECK_OUT' AND b.next_at < p.ends) THEN 'there'
      WHEN s.effect = 'PRESENT_ELSEWHERE' THEN 'there' ELSE s.excuse END AS office_says
  FROM piece p
  LEFT JOIN between_checks b ON b.student_id = p.student_id AND b.date = p.date AND b.school_id = p.school_id AND b.span @> p.begins
  LEFT JOIN statement s ON s.student_id = p.student_id AND s.date = p.date AND s.id = p.id AND s.begins = p.begins
  LEFT JOIN note ON note.student_id = p.student_id AND note.date = p.date AND note.id = p.id AND note.begins = p.begins
  WHERE p.finishes IS NOT NULL),
spoken AS (SELECT h.*, bool_or(h.office_says IS NOT NULL) OVER (PARTITION BY h.student_id, h.date, h.id) AS spoken FROM heard h),
missing AS (SELECT s.*, CASE WHEN x.excuse IS NULL THEN NULL WHEN s.note_effect = 'PRESENT_ELSEWHERE' THEN NULL ELSE coalesce(s.note_excuse, x.excuse) END AS counts_as
  FROM spoken s CROSS JOIN LATERAL (SELECT CASE WHEN s.spoken THEN nullif(s.office_says, 'there') WHEN s.by_teacher @> s.begins THEN s.excuse END AS excuse) x),
/* A row for each excuse of each meeting; the first one stands for the meeting. */
with_office AS (SELECT student_id, date, id, starts, ends, taken, begins, begins = starts AS first, spoken, counts_as, finishes - begins AS missed,
    begins = starts AND (counts_as IS NOT NULL OR (NOT spoken AND effect IS NOT DISTINCT FROM 'TARDY' AND note_effect IS DISTINCT FROM 'PRESENT_ELSEWHERE')) AS late
  FROM missing)`;

/** Meetings on days of which the office knows nothing (2 of the rule). */
const withoutOffice = `SELECT m.student_id, m.date, m.id, m.starts, m.ends, m.taken, m.starts AS begins, true AS first, false AS spoken,
    CASE WHEN isempty(x.by_teacher) THEN NULL ELSE m.excuse END AS counts_as, upper(x.by_teacher) - lower(x.by_teacher) AS missed, coalesce(m.effect IN ('ABSENT', 'TARDY') OR lower(x.by_teacher) = m.starts, false) AS late
  FROM meeting m CROSS JOIN LATERAL (SELECT ${byTeacher} AS by_teacher) x`;

/** What former systems knew of the days, looked up once for each student and school; most districts have none. */
const earlier = `earlier AS (SELECT e.student_id, e.date, c.effect, c.excuse, e.minutes_missed, e.day_minutes FROM asked a
  CROSS JOIN LATERAL (SELECT e.* FROM attendance.earlier_day e WHERE e.district_id = of_district AND e.student_id = a.student_id AND e.date >= a.from_day AND e.date < coalesce(a.to_day, 'infinity') AND e.archived_at IS NULL OFFSET 0) e
  LEFT JOIN attendance.attendance_code c ON c.district_id = of_district AND c.id = e.code_id),
school_day AS (SELECT s.school_id, s.date FROM (SELECT school_id, min(date) AS first, max(date) AS last FROM day GROUP BY school_id) at
  CROSS JOIN LATERAL (SELECT s.school_id, s.date FROM attendance.earlier_school_day s WHERE s.district_id = of_district AND s.school_id = at.school_id AND s.date BETWEEN at.first AND at.last AND s.archived_at IS NULL OFFSET 0) s)`;

/** The rule of `rules/earlier-day.ts`, for the days of which nothing is known here. */
const withEarlier = `found AS (SELECT r.*, NOT r.known AND (e.student_id IS NOT NULL OR s.date IS NOT NULL) AS told, e.effect, e.excuse AS earlier_excuse, e.day_minutes, e.minutes_missed, coalesce(e.day_minutes, nullif(r.scheduled, 0)) AS length,
    coalesce(e.effect = 'ABSENT' AND e.minutes_missed IS NULL, false) AS whole_day, coalesce(e.effect, 'PRESENT_ELSEWHERE') = 'PRESENT_ELSEWHERE' AS there
  FROM ruled r LEFT JOIN earlier e ON e.student_id = r.student_id AND e.date = r.date LEFT JOIN school_day s ON s.school_id = r.school_id AND s.date = r.date),
weighed AS (SELECT f.*, CASE WHEN f.there THEN 0 ELSE coalesce(f.minutes_missed, CASE WHEN f.whole_day THEN f.length END, 0) END AS earlier_missed FROM found f),
settled AS (SELECT w.*, NOT w.there AND (w.whole_day OR (w.earlier_missed > 0 AND w.earlier_missed * 100 >= w.absent_share * coalesce(w.day_minutes, 0))) AS earlier_absent,
    w.whole_day OR coalesce(w.effect = 'TARDY', false) AS earlier_late FROM weighed w),
judged_day AS (SELECT s.student_id, s.date, s.school_id, s.school_year_id, s.grade_level_id, s.track_id, s.known OR s.told AS known,
    CASE WHEN s.told THEN coalesce(s.length, 0) ELSE s.scheduled END AS scheduled, CASE WHEN s.told THEN s.earlier_missed ELSE s.missed END AS missed,
    CASE WHEN NOT s.told THEN s.excused_minutes WHEN s.earlier_excuse IS DISTINCT FROM 'UNEXCUSED' THEN s.earlier_missed ELSE 0 END AS excused_minutes,
    CASE WHEN s.told THEN greatest(s.meetings, 1) ELSE s.meetings END AS meetings, CASE WHEN s.told THEN greatest(s.meetings, 1) ELSE s.meetings_taken END AS meetings_taken,
    CASE WHEN s.told THEN s.earlier_absent ELSE s.absent END AS absent, CASE WHEN s.told THEN s.earlier_late ELSE s.late END AS late,
    CASE WHEN NOT s.told THEN s.excuse WHEN s.earlier_missed > 0 OR s.earlier_absent THEN s.earlier_excuse END AS excuse FROM settled s)`;

/** What a day was, from its meetings `attended` (5 and 6 of the rule). */
const ruled = `ranked AS (SELECT a.*, starts = min(starts) OVER (PARTITION BY student_id, date) AS opens_day FROM attended a),
summed AS (SELECT student_id, date, sum(ends - starts) FILTER (WHERE first)::int AS scheduled, coalesce(sum(missed) FILTER (WHERE counts_as IS NOT NULL), 0)::int AS missed,
    ${missedOf("UNEXCUSED")} AS unexcused, ${missedOf("SUSPENSION")} AS suspension, ${missedOf("EXCUSED")} AS excused, ${missedOf("ACTIVITY")} AS activity, ${missedOf("REMOTE")} AS remote,
    count(*) FILTER (WHERE first)::int AS meetings, count(*) FILTER (WHERE first AND taken)::int AS meetings_taken,
    bool_or(taken OR spoken) AS known, bool_or(late AND opens_day) AS late_first, bool_or(late) AS late_any
  FROM ranked GROUP BY student_id, date),
ruled AS (SELECT day.*, coalesce(s.scheduled, 0) AS scheduled, coalesce(s.missed, 0) AS missed, coalesce(s.missed - s.unexcused, 0) AS excused_minutes, coalesce(s.meetings, 0) AS meetings, coalesce(s.meetings_taken, 0) AS meetings_taken,
    coalesce(s.known, false) AS known, coalesce(CASE p.tardy_rule WHEN 'ANY_PERIOD' THEN s.late_any ELSE s.late_first END, false) AS late,
    coalesce(s.missed > 0 AND s.missed * 100 >= coalesce(p.absent_share, 50) * s.scheduled, false) AS absent, coalesce(p.absent_share, 50) AS absent_share,
    CASE WHEN coalesce(s.missed, 0) = 0 THEN NULL ELSE CASE greatest(s.unexcused, s.suspension, s.excused, s.activity, s.remote)
      WHEN s.unexcused THEN 'UNEXCUSED' WHEN s.suspension THEN 'SUSPENSION' WHEN s.excused THEN 'EXCUSED' WHEN s.activity THEN 'ACTIVITY' ELSE 'REMOTE' END END AS excuse
  FROM day LEFT JOIN summed s ON s.student_id = day.student_id AND s.date = day.date
  LEFT JOIN LATERAL (SELECT p.absent_share, p.tardy_rule FROM attendance.attendance_policy p WHERE p.district_id = of_district AND p.archived_at IS NULL AND p.from_date <= day.date ORDER BY p.from_date DESC LIMIT 1) p ON true),
${earlier},
${withEarlier}
SELECT r.student_id, r.date, r.school_id, r.school_year_id, r.grade_level_id, r.track_id, r.scheduled, r.missed, r.excused_minutes, r.meetings, r.meetings_taken,
  CASE WHEN NOT r.known THEN 'UNKNOWN' WHEN r.absent THEN 'ABSENT' WHEN r.late THEN 'TARDY' ELSE 'PRESENT' END::varchar, r.excuse::varchar,
  r.absent AND r.excuse NOT IN ('ACTIVITY', 'REMOTE'), r.late
FROM judged_day r`;

/** What the tables hold of the students asked for. */
const gathered = `WITH asked AS (SELECT * FROM unnest(of_students, from_days, to_days) AS a(student_id, from_day, to_day)),
day AS MATERIALIZED (${days}),
scheduled AS MATERIALIZED (${scheduled}),
meeting AS MATERIALIZED (${meetings})`;

/**
 * `attendance.daily_facts(district, students, from, to)`: the facts of all days of membership of these students within these spans
 * (parallel arrays; a null `to` is open; spans of one student are apart), as the tables say now.
 */
export const dailyFacts = `CREATE OR REPLACE FUNCTION attendance.daily_facts(of_district uuid, of_students uuid[], from_days date[], to_days date[])
  RETURNS TABLE (student_id uuid, date date, school_id uuid, school_year_id uuid, grade_level_id uuid, track_id uuid, scheduled_minutes int, missed_minutes int, excused_minutes int,
    meetings int, meetings_taken int, status varchar, excuse varchar, counts_absent boolean, late boolean)
  LANGUAGE plpgsql STABLE ROWS 40 SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_nestloop = off SET plan_cache_mode = force_generic_plan AS $f$
#variable_conflict use_column
BEGIN
  IF EXISTS (SELECT 1 FROM unnest(of_students, from_days, to_days) AS a(student_id, from_day, to_day) CROSS JOIN LATERAL (SELECT 1 FROM attendance.office_entry o
      WHERE o.district_id = of_district AND o.student_id = a.student_id AND o.date >= a.from_day AND o.date < coalesce(a.to_day, 'infinity') AND o.archived_at IS NULL AND o.verified OFFSET 0) o) THEN
    RETURN QUERY ${gathered},
${judged},
attended AS (SELECT * FROM with_office UNION ALL ${withoutOffice} WHERE NOT EXISTS (SELECT 1 FROM office o WHERE o.student_id = m.student_id AND o.date = m.date AND o.school_id = m.school_id)),
${ruled};
  ELSE
    RETURN QUERY ${gathered},
attended AS (${withoutOffice}),
${ruled};
  END IF;
END $f$`;

/**
 * `attendance.many_daily_facts(...)`: the same facts for very many days, as after a first load. On most days nobody has told anything: of
 * these only what was scheduled and taken is added up, by reading whole tables once; who has neither exception nor entry was there, if
 * anything was taken (5 of the rule). The other days are given to `daily_facts`, some hundred at a time.
 */
export const manyDailyFacts = `CREATE OR REPLACE FUNCTION attendance.many_daily_facts(of_district uuid, of_students uuid[], from_days date[], to_days date[])
  RETURNS TABLE (student_id uuid, date date, school_id uuid, school_year_id uuid, grade_level_id uuid, track_id uuid, scheduled_minutes int, missed_minutes int, excused_minutes int,
    meetings int, meetings_taken int, status varchar, excuse varchar, counts_absent boolean, late boolean)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_nestloop = off SET plan_cache_mode = force_custom_plan SET work_mem = '128MB' AS $f$
#variable_conflict use_column
DECLARE part record;
BEGIN
  RETURN QUERY WITH asked AS (SELECT * FROM unnest(of_students, from_days, to_days) AS a(student_id, from_day, to_day)),
day AS MATERIALIZED (${days}),
told AS MATERIALIZED (SELECT ev.student_id, ev.date FROM attendance.attendance_event ev WHERE ev.district_id = of_district AND ev.archived_at IS NULL
  UNION SELECT o.student_id, o.date FROM attendance.office_entry o WHERE o.district_id = of_district AND o.archived_at IS NULL
  UNION SELECT e.student_id, e.date FROM attendance.earlier_day e WHERE e.district_id = of_district AND e.archived_at IS NULL),
hour AS MATERIALIZED (SELECT m.section_id, m.date, ${minutes("m.end_time")} - ${minutes("m.start_time")} AS length, taken.id AS taken FROM academics.class_meeting m
  LEFT JOIN attendance.attendance_submission taken ON taken.district_id = of_district AND taken.class_meeting_id = m.id AND taken.archived_at IS NULL
  WHERE m.district_id = of_district AND m.archived_at IS NULL AND m.status = 'SCHEDULED' AND m.counts_for_attendance),
added AS (SELECT a.student_id, h.date, sum(h.length)::int AS scheduled, count(*)::int AS meetings, count(h.taken)::int AS taken FROM asked a
  JOIN academics.section_enrollment r ON r.district_id = of_district AND r.student_id = a.student_id AND r.archived_at IS NULL
  JOIN hour h ON h.section_id = r.section_id AND h.date >= greatest(a.from_day, r.from_date) AND h.date < least(a.to_day, r.to_date, 'infinity') GROUP BY a.student_id, h.date)
SELECT day.student_id, day.date, day.school_id, day.school_year_id, day.grade_level_id, day.track_id, coalesce(s.scheduled, 0), 0, 0,
    CASE WHEN elsewhere.told THEN greatest(s.meetings, 1) ELSE coalesce(s.meetings, 0) END, CASE WHEN elsewhere.told THEN greatest(s.meetings, 1) ELSE coalesce(s.taken, 0) END,
    CASE WHEN s.taken > 0 OR elsewhere.told THEN 'PRESENT' ELSE 'UNKNOWN' END::varchar, NULL::varchar, false, false
  FROM day LEFT JOIN added s ON s.student_id = day.student_id AND s.date = day.date
  LEFT JOIN attendance.earlier_school_day e ON e.district_id = of_district AND e.school_id = day.school_id AND e.date = day.date AND e.archived_at IS NULL
  CROSS JOIN LATERAL (SELECT e.id IS NOT NULL AND coalesce(s.taken, 0) = 0 AS told) elsewhere
  WHERE NOT EXISTS (SELECT 1 FROM told t WHERE t.student_id = day.student_id AND t.date = day.date);
  FOR part IN SELECT array_agg(t.student_id) AS students, array_agg(t.date) AS froms, array_agg(t.date + 1) AS tos FROM (
      SELECT told.student_id, told.date, row_number() OVER (ORDER BY told.student_id, told.date) AS n FROM unnest(of_students, from_days, to_days) AS a(student_id, from_day, to_day)
        JOIN (SELECT ev.student_id, ev.date FROM attendance.attendance_event ev WHERE ev.district_id = of_district AND ev.archived_at IS NULL
          UNION SELECT o.student_id, o.date FROM attendance.office_entry o WHERE o.district_id = of_district AND o.archived_at IS NULL
          UNION SELECT e.student_id, e.date FROM attendance.earlier_day e WHERE e.district_id = of_district AND e.archived_at IS NULL) told
        ON told.student_id = a.student_id AND told.date >= a.from_day AND told.date < coalesce(a.to_day, 'infinity')) t GROUP BY t.n / 400 ORDER BY t.n / 400
  LOOP
    RETURN QUERY SELECT f.* FROM attendance.daily_facts(of_district, part.students, part.froms, part.tos) f;
  END LOOP;
END $f$`;
