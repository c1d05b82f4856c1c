import { lookup } from "#foundation/federation/manifest";
import { trackOf } from "./counting/facts-sql.ts";
import { sums } from "./fields/sums.ts";

/** A class meeting, the district's today, and until when the school's attendance is locked. */
export const meetingLookup = lookup({
  name: "meeting",
  arguments: "meeting uuid",
  returns: "TABLE (section_id uuid, school_id uuid, date date, minutes int, cancelled boolean, today date, locked_through date)",
  sql: `SELECT m.section_id, m.school_id, m.date, (extract(epoch FROM m.end_time - m.start_time) / 60)::int, m.status = 'CANCELLED', access.today(),
      (SELECT l.through_date FROM attendance.attendance_lock l WHERE l.school_id = m.school_id AND l.archived_at IS NULL)
    FROM academics.class_meeting m WHERE m.id = meeting AND m.archived_at IS NULL`,
});

/** Who was on the roster of a meeting's section on its day, and who of them was enrolled at a school then. */
export const rosterLookup = lookup({
  name: "roster",
  arguments: "meeting uuid",
  returns: "TABLE (student_id uuid, enrolled boolean)",
  sql: `SELECT r.student_id, EXISTS (SELECT 1 FROM students.school_enrollment e WHERE e.student_id = r.student_id AND e.archived_at IS NULL AND e.entry_date <= m.date AND (e.exit_date IS NULL OR e.exit_date > m.date))
    FROM academics.class_meeting m JOIN academics.section_enrollment r ON r.section_id = m.section_id AND r.archived_at IS NULL AND r.from_date <= m.date AND (r.to_date IS NULL OR r.to_date > m.date)
    WHERE m.id = meeting`,
});

/** Days on which students are enrolled at a school, in any way, and it is in session by their calendar. */
export const studentDaysLookup = lookup({
  name: "student_days",
  arguments: "students uuid[], from_day date, to_day date",
  returns: "TABLE (student_id uuid, school_id uuid, date date, is_primary boolean)",
  sql: `SELECT e.student_id, e.school_id, d.date, e.kind = 'PRIMARY' FROM students.school_enrollment e
    JOIN schools.instructional_day d ON d.district_id = e.district_id AND d.track_id = ${trackOf("e")} AND d.archived_at IS NULL AND d.status <> 'CANCELLED'
      AND d.date >= greatest(from_day, e.entry_date) AND d.date < least(to_day, coalesce(e.exit_date, 'infinity'))
    WHERE e.student_id = ANY (students) AND e.archived_at IS NULL ORDER BY 1, 4 DESC, 3`,
});

/**
 * The days that a figure counts: of the year named, or of these days; without either, of the year that today lies in, or the last one. Days
 * to come are not counted. With the district's policy of the last of the days.
 */
export const figureSpanLookup = lookup({
  name: "figure_span",
  arguments: "year uuid, from_arg date, to_arg date",
  returns: "TABLE (from_day date, to_day date, chronic_share numeric, chronic_minimum_days int, truancy_unexcused_days int)",
  sql: `SELECT s.from_day, s.to_day, coalesce(p.chronic_share, 10), coalesce(p.chronic_minimum_days, 10), coalesce(p.truancy_unexcused_days, 10)
    FROM (SELECT 1) one
    LEFT JOIN LATERAL (SELECT y.first_day, y.end_day FROM schools.school_year y WHERE y.archived_at IS NULL AND (y.id = year OR (year IS NULL AND from_arg IS NULL AND to_arg IS NULL AND y.first_day <= access.today()))
      ORDER BY y.first_day DESC LIMIT 1) y ON true
    CROSS JOIN LATERAL (SELECT greatest(from_arg, y.first_day) AS from_day, least(to_arg, y.end_day, access.today() + 1) AS to_day) s
    LEFT JOIN LATERAL (SELECT a.* FROM attendance.attendance_policy a WHERE a.archived_at IS NULL AND a.from_date < s.to_day ORDER BY a.from_date DESC LIMIT 1) p ON true
    WHERE year IS NULL OR y.first_day IS NOT NULL`,
});

/** How many days of instruction calendars have in a span. */
export const trackDaysLookup = lookup({
  name: "track_days",
  arguments: "tracks uuid[], from_day date, to_day date",
  returns: "TABLE (track_id uuid, days int)",
  sql: `SELECT d.track_id, count(*)::int FROM schools.instructional_day d WHERE d.track_id = ANY (tracks) AND d.archived_at IS NULL AND d.status <> 'CANCELLED' AND d.date >= coalesce(from_day, '-infinity') AND d.date < to_day GROUP BY d.track_id`,
});

export const sectionSchoolsLookup = lookup({ name: "section_schools", arguments: "sections uuid[]", returns: "TABLE (section_id uuid, school_id uuid)", sql: "SELECT s.id, s.school_id FROM academics.section s WHERE s.id = ANY (sections)" });

/** The days of the students of sections while they were on the roster, summed by student and calendar. */
export const sectionDaysLookup = lookup({
  name: "section_days",
  arguments: "sections uuid[], from_day date, to_day date",
  returns: `TABLE (id uuid, student_id uuid, track_id uuid, ${sums.map(([name]) => `${name} int`).join(", ")})`,
  sql: `SELECT s.id, d.student_id, d.track_id, ${sums.map(([, sql]) => sql).join(", ")}
    FROM academics.section s
    JOIN academics.section_enrollment r ON r.district_id = s.district_id AND r.section_id = s.id AND r.archived_at IS NULL
    JOIN attendance.daily_attendance d ON d.district_id = s.district_id AND d.student_id = r.student_id AND d.archived_at IS NULL
      AND d.date >= greatest(from_day, r.from_date, s.first_day) AND d.date < least(to_day, r.to_date, s.end_day)
    WHERE s.id = ANY (sections) GROUP BY s.id, d.student_id, d.track_id`,
});

/** Since when days that a figure rests on wait to be counted anew; no row where none do. `group_kind` says what the ids are. */
export const waitingLookup = lookup({
  name: "waiting",
  arguments: "group_kind text, ids uuid[], from_day date, to_day date",
  returns: "TABLE (id uuid, oldest timestamptz)",
  sql: `SELECT g.id, min(r.created_at) FROM attendance.recount_request r
    CROSS JOIN LATERAL (SELECT r.student_id WHERE group_kind = 'student'
      UNION SELECT e.school_id FROM students.school_enrollment e WHERE group_kind = 'school' AND e.student_id = r.student_id AND e.archived_at IS NULL
      UNION SELECT e.section_id FROM academics.section_enrollment e WHERE group_kind = 'section' AND e.student_id = r.student_id AND e.archived_at IS NULL) g(id)
    WHERE r.archived_at IS NULL AND r.from_date < to_day AND coalesce(r.to_date, 'infinity') > coalesce(from_day, '-infinity') AND g.id = ANY (ids) GROUP BY g.id`,
});

export const freshnessLookup = lookup({
  name: "freshness",
  arguments: "",
  returns: "TABLE (requests int, students int, days int, oldest timestamptz)",
  sql: "SELECT count(*)::int, count(DISTINCT r.student_id)::int, coalesce(sum(coalesce(r.to_date - r.from_date, 200)), 0)::int, min(r.created_at) FROM attendance.recount_request r WHERE r.archived_at IS NULL",
});

/** Class meetings of a school's day that nobody has taken, with how many students were to come and who was to teach. */
export const notTakenLookup = lookup({
  name: "not_taken",
  arguments: "school uuid, day date",
  returns: "TABLE (class_meeting_id uuid, section_id uuid, period_code text, start_time time, end_time time, students int, teachers uuid[], stand_ins uuid[])",
  sql: `SELECT m.id, m.section_id, m.period_code::text, m.start_time, m.end_time, roster.students,
      ARRAY(SELECT t.person_id FROM staff.teaching_assignment t WHERE t.section_id = m.section_id AND t.archived_at IS NULL AND t.kind <> 'AIDE' AND t.from_date <= day AND (t.to_date IS NULL OR t.to_date > day) ORDER BY t.kind DESC, t.from_date, t.id),
      ARRAY(SELECT a.person_id FROM staff.substitute_assignment a WHERE a.section_id = m.section_id AND a.archived_at IS NULL AND a.from_date <= day AND a.to_date > day ORDER BY a.id)
    FROM academics.class_meeting m
    CROSS JOIN LATERAL (SELECT count(*)::int AS students FROM academics.section_enrollment r WHERE r.section_id = m.section_id AND r.archived_at IS NULL AND r.from_date <= day AND (r.to_date IS NULL OR r.to_date > day)) roster
    WHERE m.school_id = school AND m.date = day AND m.archived_at IS NULL AND m.status = 'SCHEDULED' AND m.counts_for_attendance AND roster.students > 0
      AND NOT EXISTS (SELECT 1 FROM attendance.attendance_submission t WHERE t.class_meeting_id = m.id AND t.archived_at IS NULL)
    ORDER BY m.start_time, m.section_id`,
});

export const lookups = [
  meetingLookup, rosterLookup, studentDaysLookup, figureSpanLookup, trackDaysLookup, sectionSchoolsLookup, sectionDaysLookup, waitingLookup, freshnessLookup, notTakenLookup,
];
