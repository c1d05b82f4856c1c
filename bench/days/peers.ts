import pg from "pg";
import type { Identity } from "#foundation/identity/identity";
import { roleNames } from "#foundation/persistence/names";
import { sessionVariables } from "#foundation/persistence/session";
import type { DaysWorld } from "./world.ts";

/** Hand-written statements, each in a transaction of its own with the session context of the caller. */
export interface Peers {
  /** Under a role that holds the row rules of all domains. */
  underRules(identity: Identity, sql: string, values: readonly unknown[], write?: "write"): Promise<unknown>;
  /** As the superuser, whom no row rule binds. */
  withoutRules(identity: Identity, sql: string, values: readonly unknown[]): Promise<unknown>;
  close(): Promise<void>;
}

export async function openPeers(world: DaysWorld): Promise<Peers> {
  const roles = roleNames(world.prefix);
  const peer = `${world.prefix}_peer`;
  const domains = ["schools", "people", "students", "academics", "staff", "attendance", "grading", "platform"];
  await world.admin.query(`CREATE ROLE ${peer} NOLOGIN IN ROLE ${domains.map((d) => roles.mixed(d)).join(", ")}`);
  await world.admin.query(`GRANT ${peer} TO ${roles.app} WITH INHERIT FALSE, SET TRUE`);
  const open = (connectionString: string) => new pg.Pool({ connectionString, max: 10, options: "-c jit=off -c timezone=UTC" }).on("error", () => undefined);
  const [app, superuser] = [open(world.appUrl), open(world.adminUrl)];
  const run = async (pool: pg.Pool, begin: string, settings: Readonly<Record<string, string>>, sql: string, values: readonly unknown[]) => {
    const client = await pool.connect();
    try {
      await client.query(begin);
      const pairs = Object.entries(settings);
      await client.query(`SELECT ${pairs.map((_, i) => `set_config($${i * 2 + 1}, $${i * 2 + 2}, true)`).join(", ")}`, pairs.flat());
      const { rows } = await client.query<{ data: unknown }>(sql, [...values]);
      await client.query("COMMIT");
      return rows[0]?.data;
    } catch (error) {
      await client.query("ROLLBACK");
      throw error;
    } finally {
      client.release();
    }
  };
  return {
    underRules: (identity, sql, values, write) => run(app, write ? "BEGIN" : "START TRANSACTION READ ONLY", { ...sessionVariables(identity, world.now()), role: peer }, sql, values),
    withoutRules: (identity, sql, values) => run(superuser, "START TRANSACTION READ ONLY", sessionVariables(identity, world.now()), sql, values),
    close: async () => void (await Promise.all([app.end(), superuser.end()])),
  };
}

export const listSql = `SELECT json_build_object('dailyAttendances', json_build_object('nodes', coalesce(json_agg(row_to_json(r)), '[]'))) AS data FROM (
  SELECT d.id, d.date, d.status, d.missed_minutes AS "missedMinutes", d.excuse,
    (SELECT json_build_object('sortName', s.sort_name, 'studentNumber', s.student_number) FROM students.student s WHERE s.id = d.student_id) AS student
  FROM attendance.daily_attendance d WHERE d.archived_at IS NULL AND d.school_id = $1 AND d.date = $2 ORDER BY d.date DESC, d.id DESC LIMIT 50) r`;

/** The same scores, and everything that averages and marks follow from; it does not work them out. */
export const gradebookSql = `WITH work AS MATERIALIZED (SELECT * FROM grading.assignment WHERE section_id = $1 AND grading_period_id = $2 AND archived_at IS NULL)
  SELECT json_build_object(
    'categories', (SELECT json_agg(json_build_object('id', c.id, 'title', c.title, 'weight', c.weight::text, 'dropLowest', c.drop_lowest) ORDER BY c.id) FROM grading.assignment_category c WHERE c.section_id = $1 AND c.archived_at IS NULL),
    'assignments', (SELECT json_agg(json_build_object('id', a.id, 'version', a.version, 'categoryId', a.category_id, 'title', a.title, 'assignedDate', a.assigned_date, 'dueDate', a.due_date, 'pointsPossible', a.points_possible::text,
      'extraCredit', a.extra_credit, 'countsInAverage', a.counts_in_average, 'hidden', a.hidden) ORDER BY a.due_date, a.id) FROM work a),
    'scale', (SELECT json_agg(json_build_object('mark', m.mark, 'minimum', m.minimum::text) ORDER BY m.sequence) FROM grading.grading_scale_mark m WHERE m.archived_at IS NULL AND m.scale_id = (
      SELECT u.scale_id FROM grading.scale_use u JOIN academics.section x ON x.id = $1 JOIN schools.grading_period p ON p.id = $2
        WHERE u.purpose = 'MARKS' AND u.archived_at IS NULL AND u.from_date <= p.first_day AND (u.school_id IS NULL OR u.school_id = x.school_id) AND (u.course_id IS NULL OR u.course_id = x.course_id)
        ORDER BY u.course_id IS NULL, u.school_id IS NULL, u.from_date DESC LIMIT 1)),
    'rows', (SELECT json_agg(json_build_object('student', json_build_object('id', s.id, 'sortName', s.sort_name), 'posted', (SELECT json_build_object('mark', m.mark) FROM grading.mark m
        WHERE m.section_id = $1 AND m.grading_period_id = $2 AND m.kind = 'PERIOD' AND m.student_id = s.id AND m.archived_at IS NULL), 'scores', coalesce(given.scores, '[]')) ORDER BY s.sort_name, s.id)
      FROM (SELECT DISTINCT r.student_id FROM academics.section_enrollment r JOIN schools.grading_period p ON p.id = $2 WHERE r.section_id = $1 AND r.archived_at IS NULL AND r.from_date < p.end_day AND (r.to_date IS NULL OR r.to_date > p.first_day)) r
      JOIN students.student s ON s.id = r.student_id
      LEFT JOIN (SELECT g.student_id, json_agg(json_build_object('id', g.id, 'version', g.version, 'assignmentId', g.assignment_id, 'points', g.points::text, 'missing', g.missing, 'late', g.late, 'exempt', g.exempt, 'comment', g.comment)) AS scores
        FROM grading.score g WHERE g.section_id = $1 AND g.archived_at IS NULL AND g.assignment_id IN (SELECT a.id FROM work a) GROUP BY g.student_id) given ON given.student_id = s.id)) AS data`;

/** Whole and by grade in one pass over the days. */
export const principalsDaySql = `WITH span AS (SELECT y.first_day, least(y.end_day, access.today() + 1) AS end_day FROM schools.school_year y WHERE y.archived_at IS NULL AND y.first_day <= access.today() ORDER BY y.first_day DESC LIMIT 1),
  policy AS (SELECT p.* FROM attendance.attendance_policy p, span WHERE p.archived_at IS NULL AND p.from_date < span.end_day ORDER BY p.from_date DESC LIMIT 1),
  summed AS MATERIALIZED (SELECT d.student_id, d.track_id, d.grade_level_id, count(*) AS membership, count(*) FILTER (WHERE d.status <> 'UNKNOWN') AS counted, count(*) FILTER (WHERE d.counts_absent) AS absent,
      count(*) FILTER (WHERE d.counts_absent AND d.excuse = 'UNEXCUSED') AS unexcused, count(*) FILTER (WHERE d.status = 'TARDY') AS tardies, sum(d.meetings) AS meetings, sum(d.meetings_taken) AS taken
    FROM attendance.daily_attendance d, span WHERE d.archived_at IS NULL AND d.school_id = $1 AND d.date >= span.first_day AND d.date < span.end_day GROUP BY 1, 2, 3),
  student AS (SELECT grouping(grade_level_id) AS whole, grade_level_id, student_id, sum(membership) AS membership, sum(counted) AS counted, sum(absent) AS absent, sum(unexcused) AS unexcused, sum(tardies) AS tardies, sum(meetings) AS meetings, sum(taken) AS taken
    FROM summed GROUP BY GROUPING SETS ((student_id), (grade_level_id, student_id))),
  track AS (SELECT i.track_id, count(*)::numeric AS days FROM schools.instructional_day i, span WHERE i.school_id = $1 AND i.archived_at IS NULL AND i.status <> 'CANCELLED' AND i.date >= span.first_day AND i.date < span.end_day GROUP BY 1),
  averaged AS (SELECT c.whole, c.grade_level_id, round(sum(c.attended / c.days), 2)::text AS ada, round(sum(c.membership / c.days), 2)::text AS adm, max(c.days)::int AS days FROM (
    SELECT grouping(s.grade_level_id) AS whole, s.grade_level_id, t.days, sum(s.counted - s.absent) AS attended, sum(s.membership) AS membership FROM summed s JOIN track t ON t.track_id = s.track_id GROUP BY GROUPING SETS ((t.track_id, t.days), (t.track_id, t.days, s.grade_level_id))) c GROUP BY 1, 2),
  figures AS (SELECT CASE s.whole WHEN 1 THEN 'whole' ELSE 'g' || array_position($2::uuid[], s.grade_level_id) END AS name, json_build_object('students', count(*), 'instructionalDays', max(a.days), 'membershipDays', sum(s.membership), 'countedDays', sum(s.counted),
      'daysAbsent', sum(s.absent), 'unexcusedDays', sum(s.unexcused), 'tardies', sum(s.tardies), 'rate', round(sum(s.counted - s.absent) / nullif(sum(s.counted), 0), 4)::text, 'coverage', round(sum(s.taken) / nullif(sum(s.meetings), 0), 4)::text,
      'ada', max(a.ada), 'adm', max(a.adm), 'chronicallyAbsentStudents', count(*) FILTER (WHERE s.membership >= p.chronic_minimum_days AND s.absent * 100 >= p.chronic_share * s.membership),
      'chronicallyAbsentShare', round((count(*) FILTER (WHERE s.membership >= p.chronic_minimum_days AND s.absent * 100 >= p.chronic_share * s.membership))::numeric / nullif(count(*) FILTER (WHERE s.membership >= p.chronic_minimum_days), 0), 4)::text,
      'truantStudents', count(*) FILTER (WHERE s.unexcused >= p.truancy_unexcused_days),
      'complete', NOT EXISTS (SELECT 1 FROM attendance.recount_request r JOIN students.school_enrollment e ON e.student_id = r.student_id AND e.school_id = $1 AND e.archived_at IS NULL, span WHERE r.archived_at IS NULL AND r.from_date < span.end_day AND coalesce(r.to_date, 'infinity') > span.first_day)) AS each
    FROM student s CROSS JOIN policy p LEFT JOIN averaged a ON a.whole = s.whole AND a.grade_level_id IS NOT DISTINCT FROM s.grade_level_id GROUP BY s.whole, s.grade_level_id)
  SELECT json_build_object('school', json_object_agg(f.name, f.each)) AS data FROM figures f`;

/** $1 the meeting, $2-$4 the exceptions' students, codes and minutes, $5 the version that was read (null: not taken yet). */
export const takeAttendanceSql = `WITH meeting AS (SELECT m.* FROM academics.class_meeting m WHERE m.id = $1 AND m.status = 'SCHEDULED' AND m.date <= access.today()),
  given AS (SELECT g.* FROM unnest($2::uuid[], $3::uuid[], $4::int[]) AS g(student_id, code_id, minutes) JOIN meeting m ON true
    JOIN academics.section_enrollment r ON r.section_id = m.section_id AND r.student_id = g.student_id AND r.archived_at IS NULL AND r.from_date <= m.date AND (r.to_date IS NULL OR r.to_date > m.date)),
  standing AS (SELECT e.id, e.version, e.student_id, e.code_id, e.minutes_missed FROM attendance.attendance_event e JOIN meeting m ON e.class_meeting_id = m.id WHERE e.archived_at IS NULL),
  first AS (INSERT INTO attendance.attendance_submission (id, district_id, version, created_at, created_by, updated_at, updated_by, class_meeting_id, section_id, school_id, date, taken_by_id, taken_at)
    SELECT uuidv7(), access.district(), 1, access.now(), access.account(), access.now(), access.account(), m.id, m.section_id, m.school_id, m.date, access.person(), access.now() FROM meeting m WHERE $5::int IS NULL RETURNING id, version),
  again AS (UPDATE attendance.attendance_submission s SET taken_by_id = access.person(), taken_at = access.now(), version = s.version + 1, updated_at = access.now(), updated_by = access.account()
    FROM meeting m WHERE s.class_meeting_id = m.id AND s.archived_at IS NULL AND s.version = $5::int RETURNING s.id, s.version),
  submission AS (SELECT * FROM first UNION ALL SELECT * FROM again),
  added AS (INSERT INTO attendance.attendance_event (id, district_id, version, created_at, created_by, updated_at, updated_by, student_id, class_meeting_id, section_id, school_id, date, code_id, minutes_missed)
    SELECT uuidv7(), access.district(), 1, access.now(), access.account(), access.now(), access.account(), g.student_id, m.id, m.section_id, m.school_id, m.date, g.code_id, g.minutes
    FROM given g, meeting m, submission WHERE NOT EXISTS (SELECT 1 FROM standing s WHERE s.student_id = g.student_id) RETURNING *),
  changed AS (UPDATE attendance.attendance_event e SET code_id = g.code_id, minutes_missed = g.minutes, version = e.version + 1, updated_at = access.now(), updated_by = access.account()
    FROM given g JOIN standing s ON s.student_id = g.student_id, submission WHERE e.id = s.id AND (s.code_id, s.minutes_missed) IS DISTINCT FROM (g.code_id, g.minutes) RETURNING e.id, e.version, s.code_id AS old_code, s.minutes_missed AS old_minutes, e.code_id, e.minutes_missed),
  gone AS (UPDATE attendance.attendance_event e SET archived_at = access.now(), version = e.version + 1, updated_at = access.now(), updated_by = access.account()
    FROM standing s, submission WHERE e.id = s.id AND NOT EXISTS (SELECT 1 FROM given g WHERE g.student_id = s.student_id) RETURNING e.id, e.version),
  entry AS (SELECT 'AttendanceSubmission' AS record_type, id, version, CASE version WHEN 1 THEN 'CREATED' ELSE 'UPDATED' END AS action, jsonb_build_array(jsonb_build_object('field', 'takenAt', 'after', access.now())) AS changes FROM submission
    UNION ALL SELECT 'AttendanceEvent', id, version, 'CREATED', jsonb_build_array(jsonb_build_object('field', 'codeId', 'after', code_id), jsonb_build_object('field', 'minutesMissed', 'after', minutes_missed)) FROM added
    UNION ALL SELECT 'AttendanceEvent', id, version, 'UPDATED', jsonb_build_array(jsonb_build_object('field', 'codeId', 'before', old_code, 'after', code_id), jsonb_build_object('field', 'minutesMissed', 'before', old_minutes, 'after', minutes_missed)) FROM changed
    UNION ALL SELECT 'AttendanceEvent', id, version, 'ARCHIVED', jsonb_build_array(jsonb_build_object('field', 'archivedAt', 'after', access.now())) FROM gone),
  logged AS (SELECT journal.append(jsonb_agg(jsonb_build_object('id', uuidv7(), 'event_id', uuidv7(), 'action', action, 'record_type', record_type, 'record_id', id, 'record_version', version, 'changes', changes)), 'takeAttendance', NULL, 'bench') FROM entry HAVING count(*) > 0)
  SELECT json_build_object('takeAttendance', json_build_object('record', (SELECT json_build_object('id', id, 'version', version) FROM submission))) AS data FROM logged`;
