import { trackOf } from "./facts-sql.ts";

/**
 * Whatever a day's figures rest on asks for the days that it touches to be counted anew, in its own transaction, however it is written: a
 * mutation, an import, a clerk at the SQL prompt. A request may name more days than were touched: counting is the same again.
 */

const insert = (touched: string): string => `INSERT INTO attendance.recount_request (id, district_id, version, created_at, created_by, updated_at, updated_by, student_id, from_date, to_date, transaction)
    SELECT uuidv7(), t.district_id, 1, access.now(), access.account(), access.now(), access.account(), t.student_id, t.from_day, t.to_day, pg_current_xact_id()::text
    FROM (${touched}) t (district_id, student_id, from_day, to_day) WHERE t.to_day IS NULL OR t.to_day > t.from_day;`;

/** Single days of students, gathered by month so that a term of class meetings is a handful of requests. */
const byMonth = (days: string): string => `SELECT d.district_id, d.student_id, min(d.day), max(d.day) + 1 FROM (${days}) d (district_id, student_id, day) GROUP BY d.district_id, d.student_id, date_trunc('month', d.day)`;

/** The students who are on the roster of a class meeting's section on its day. `m` has district_id, section_id and date. */
const onRoster = (m: string): string => `SELECT m.district_id, r.student_id, m.date FROM ${m} m JOIN academics.section_enrollment r ON r.district_id = m.district_id AND r.section_id = m.section_id AND r.archived_at IS NULL
    AND r.from_date <= m.date AND (r.to_date IS NULL OR r.to_date > m.date)`;

/** The students whose primary enrollment has a calendar day. `d` has district_id, track_id and date. */
const membersOn = (d: string): string => `SELECT d.district_id, e.student_id, d.date FROM ${d} d JOIN schools.calendar_track own ON own.district_id = d.district_id AND own.id = d.track_id
  JOIN students.school_enrollment e ON e.district_id = d.district_id AND e.school_id = own.school_id AND e.school_year_id = own.school_year_id AND e.archived_at IS NULL AND e.kind = 'PRIMARY'
    AND e.entry_date <= d.date AND (e.exit_date IS NULL OR e.exit_date > d.date) AND ${trackOf("e")} = d.track_id`;

/** The students whose primary enrollment is at a school on a day. `s` has district_id, school_id and date. */
const pupilsOn = (s: string): string => `SELECT s.district_id, e.student_id, s.date FROM ${s} s JOIN students.school_enrollment e ON e.district_id = s.district_id AND e.school_id = s.school_id AND e.archived_at IS NULL AND e.kind = 'PRIMARY'
    AND e.entry_date <= s.date AND (e.exit_date IS NULL OR e.exit_date > s.date)`;

interface Watch {
  table: string;
  /** A SELECT of (district_id, student_id, from_day, to_day); `changed` are the rows written, before and after. */
  touched: (changed: string) => string;
  /** Other changes touch no day. SQL over `b` (before) and `a` (after). */
  when?: string;
}

const watches: readonly Watch[] = [
  { table: "attendance.attendance_event", touched: (changed) => byMonth(`SELECT district_id, student_id, date FROM ${changed} x`) },
  { table: "attendance.office_entry", touched: (changed) => byMonth(`SELECT district_id, student_id, date FROM ${changed} x`) },
  { table: "attendance.earlier_day", touched: (changed) => byMonth(`SELECT district_id, student_id, date FROM ${changed} x`) },
  { table: "attendance.earlier_school_day", touched: (changed) => byMonth(pupilsOn(changed)), when: "a.archived_at IS DISTINCT FROM b.archived_at" },
  // Taking a meeting again changes none of the students who have no exception in it.
  { table: "attendance.attendance_submission", touched: (changed) => byMonth(onRoster(changed)), when: "a.archived_at IS DISTINCT FROM b.archived_at" },
  { table: "academics.class_meeting", touched: (changed) => byMonth(onRoster(changed)), when: "(a.start_time, a.end_time, a.counts_for_attendance, a.status, a.archived_at) IS DISTINCT FROM (b.start_time, b.end_time, b.counts_for_attendance, b.status, b.archived_at)" },
  // A row's student changes when duplicates are merged.
  { table: "academics.section_enrollment", touched: (changed) => `SELECT district_id, student_id, min(from_date), CASE WHEN bool_or(to_date IS NULL) THEN NULL ELSE max(to_date) END FROM ${changed} x GROUP BY district_id, student_id`, when: "(a.student_id, a.from_date, a.to_date, a.archived_at) IS DISTINCT FROM (b.student_id, b.from_date, b.to_date, b.archived_at)" },
  {
    table: "students.school_enrollment",
    touched: (changed) => `SELECT district_id, student_id, min(entry_date), CASE WHEN bool_or(exit_date IS NULL) THEN NULL ELSE max(exit_date) END FROM ${changed} x GROUP BY district_id, student_id`,
    when: "(a.student_id, a.school_id, a.school_year_id, a.grade_level_id, a.track_id, a.kind, a.entry_date, a.exit_date, a.archived_at) IS DISTINCT FROM (b.student_id, b.school_id, b.school_year_id, b.grade_level_id, b.track_id, b.kind, b.entry_date, b.exit_date, b.archived_at)",
  },
  { table: "schools.instructional_day", touched: (changed) => byMonth(membersOn(changed)), when: "(a.status, a.archived_at) IS DISTINCT FROM (b.status, b.archived_at)" },
  // Which calendar is a school's first by name may have changed for every student without one of her own.
  {
    table: "schools.calendar_track",
    touched: (changed) => `SELECT e.district_id, e.student_id, min(e.entry_date), CASE WHEN bool_or(e.exit_date IS NULL) THEN NULL ELSE max(e.exit_date) END FROM (SELECT DISTINCT district_id, school_id, school_year_id FROM ${changed} x) c
      JOIN students.school_enrollment e ON e.district_id = c.district_id AND e.school_id = c.school_id AND e.school_year_id = c.school_year_id AND e.track_id IS NULL AND e.archived_at IS NULL GROUP BY e.district_id, e.student_id`,
    when: "(a.name, a.archived_at) IS DISTINCT FROM (b.name, b.archived_at)",
  },
  {
    table: "attendance.attendance_code",
    touched: (changed) => byMonth(`SELECT c.district_id, u.student_id, u.date FROM ${changed} c CROSS JOIN LATERAL (
      SELECT ev.student_id, ev.date FROM attendance.attendance_event ev WHERE ev.district_id = c.district_id AND ev.code_id = c.id AND ev.archived_at IS NULL
      UNION SELECT o.student_id, o.date FROM attendance.office_entry o WHERE o.district_id = c.district_id AND o.code_id = c.id AND o.archived_at IS NULL
      UNION SELECT e.student_id, e.date FROM attendance.earlier_day e WHERE e.district_id = c.district_id AND e.code_id = c.id AND e.archived_at IS NULL) u`),
    when: "(a.effect, a.excuse) IS DISTINCT FROM (b.effect, b.excuse)",
  },
  {
    table: "attendance.attendance_policy",
    touched: (changed) => `SELECT d.district_id, d.student_id, min(d.date), max(d.date) + 1 FROM (SELECT district_id, min(from_date) AS from_date FROM ${changed} x GROUP BY district_id) c
      JOIN attendance.daily_attendance d ON d.district_id = c.district_id AND d.date >= c.from_date AND d.meetings > 0 GROUP BY d.district_id, d.student_id`,
    when: "(a.from_date, a.absent_share, a.tardy_rule, a.archived_at) IS DISTINCT FROM (b.from_date, b.absent_share, b.tardy_rule, b.archived_at)",
  },
];

function watchSql({ table, touched, when }: Watch): string[] {
  const name = table.split(".")[1]!;
  const joined = "after_rows a JOIN before_rows b ON b.district_id = a.district_id AND b.id = a.id";
  const changed = when ? `(SELECT a.* FROM ${joined} WHERE ${when} UNION ALL SELECT b.* FROM ${joined} WHERE ${when})` : "(TABLE after_rows UNION ALL TABLE before_rows)";
  return [
    `CREATE OR REPLACE FUNCTION attendance.${name}_written() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
BEGIN
  IF current_setting('osss.attendance_whole', true) = pg_current_xact_id()::text THEN RETURN NULL; END IF;
  IF TG_OP = 'INSERT' THEN
    ${insert(touched("(TABLE after_rows)"))}
  ELSIF TG_OP = 'DELETE' THEN
    ${insert(touched("(TABLE before_rows)"))}
  ELSE
    ${insert(touched(changed))}
  END IF;
  RETURN NULL;
END $f$`,
    `CREATE OR REPLACE TRIGGER attendance_counts_new AFTER INSERT ON ${table} REFERENCING NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION attendance.${name}_written()`,
    `CREATE OR REPLACE TRIGGER attendance_counts_changed AFTER UPDATE ON ${table} REFERENCING NEW TABLE AS after_rows OLD TABLE AS before_rows FOR EACH STATEMENT EXECUTE FUNCTION attendance.${name}_written()`,
    `CREATE OR REPLACE TRIGGER attendance_counts_gone AFTER DELETE ON ${table} REFERENCING OLD TABLE AS before_rows FOR EACH STATEMENT EXECUTE FUNCTION attendance.${name}_written()`,
  ];
}

export const requests: readonly string[] = watches.flatMap(watchSql);
