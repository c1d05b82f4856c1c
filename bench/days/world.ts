import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { SubgraphManifest } from "#foundation/federation/manifest";
import { identityOf, type Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { startEmbeddedPostgres } from "#foundation/persistence/embedded-postgres";
import { migrate } from "#foundation/persistence/migrate";
import { roleNames } from "#foundation/persistence/names";
import { openDatabase, type Database } from "#foundation/persistence/pool";

/** A section of 35 whose class meeting of today nobody has taken yet. */
export interface UntakenMeeting {
  meeting: string;
  section: string;
  teacher: Identity;
  /** The first students of the roster. */
  five: string[];
}

export interface DaysWorld {
  adminUrl: string;
  /** The application's login, as a serving process has it. */
  appUrl: string;
  database: Database;
  prefix: string;
  /** A clock that starts in the morning of the district's day and goes on. */
  now(): Date;
  district: string;
  /** A principal with a duty at the first school, today. */
  principal: Identity;
  school: string;
  grades: string[];
  period: string;
  /** The sections of the first school that have a gradebook of 35 x 40. */
  gradebooks: { section: string; teacher: Identity }[];
  /** Days of the past, all of whose attendance was taken. */
  days: string[];
  codes: { unexcused: string; tardy: string };
  /** Of the first school and of the second: two schools alike. */
  untaken: [UntakenMeeting[], UntakenMeeting[]];
  /** As the superuser. */
  admin: pg.Client;
  stop(): Promise<void>;
}

const prefix = "osss_bench";
const today = "2026-10-14";
const schools = 2;
const perSchool = 980;
const daysOfYear = 60;

/** A throwaway PostgreSQL with a migrated, counted and analysed district made by SQL: the same rows each time. */
export async function daysWorld(manifests: readonly SubgraphManifest[]): Promise<DaysWorld> {
  const dataDir = mkdtempSync(join(tmpdir(), "osss-bench-"));
  chmodSync(dataDir, 0o711);
  const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined, purpose: "a benchmark", settings: { fsync: "off" } });
  const adminUrl = postgres.superuserUrl;
  await migrate({ adminUrl, prefix, appPassword: "bench", manifests });
  const admin = new pg.Client({ connectionString: adminUrl, options: "-c jit=off -c timezone=UTC" });
  await admin.connect();
  await admin.query(`BEGIN; SELECT set_config('osss.attendance_whole', pg_current_xact_id()::text, true), set_config('osss.now', '${today}T15:00:00Z', true)`);
  await admin.query(fill);
  await admin.query(`SELECT set_config('osss.district', bench_id('district', 1)::text, true), set_config('role', '${roleNames(prefix).elevated("attendance")}', true)`);
  await admin.query(`SELECT attendance.count_whole(ARRAY(SELECT md5('student/' || n)::uuid FROM generate_series(1, ${schools * perSchool}) n))`);
  await admin.query("COMMIT");
  await admin.query("ANALYZE");

  const { rows } = await admin.query<{ district: string; school: string; period: string; unexcused: string; tardy: string; grades: string[]; days: string[] }>(`
    SELECT bench_id('district', 1) AS district, bench_id('school', 1) AS school, bench_id('period', 1) AS period, bench_id('code', 1) AS unexcused, bench_id('code', 3) AS tardy,
      ARRAY(SELECT bench_id('grade', g) FROM generate_series(9, 12) g)::text[] AS grades, ARRAY(SELECT date::text FROM schools.instructional_day WHERE school_id = bench_id('school', 1) AND date < '${today}' ORDER BY date) AS days`);
  const { rows: sections } = await admin.query<{ school: number; period: number; section: string; person: string; account: string; meeting: string; five: string[] }>(`
    SELECT x.school, x.period, bench_id('section', x.id) AS section, bench_id('person', x.teacher) AS person, bench_id('account', x.teacher) AS account, m.id AS meeting,
      (ARRAY(SELECT r.student_id FROM academics.section_enrollment r WHERE r.section_id = m.section_id ORDER BY r.student_id LIMIT 5))::text[] AS five
    FROM bench_section x JOIN academics.class_meeting m ON m.section_id = bench_id('section', x.id) AND m.date = '${today}' ORDER BY x.period, x.id`);
  const found = rows[0]!;
  const person = (personId: string, accountId: string, role: Role) => identityOf({ issuer: "bench", subject: personId, accountId, personId, districtId: found.district, roles: [Role.Staff, role] });
  const { rows: office } = await admin.query<{ person: string; account: string }>("SELECT bench_id('person', -1) AS person, bench_id('account', -1) AS account");
  const teacher = (row: { person: string; account: string }) => person(row.person, row.account, Role.Teacher);
  const untaken = (school: number): UntakenMeeting[] => sections.filter((s) => s.school === school).map((s) => ({ meeting: s.meeting, section: s.section, teacher: teacher(s), five: s.five }));

  const url = new URL(adminUrl);
  url.username = roleNames(prefix).app;
  url.password = "bench";
  const database = openDatabase(url.href, 10, () => undefined);
  return {
    adminUrl,
    appUrl: url.href,
    database,
    prefix,
    now: () => new Date(Date.parse(`${today}T15:00:00Z`) + performance.now()),
    district: found.district,
    principal: person(office[0]!.person, office[0]!.account, Role.Principal),
    school: found.school,
    grades: found.grades,
    period: found.period,
    gradebooks: sections.filter((s) => s.school === 1 && s.period === 1).map((s) => ({ section: s.section, teacher: teacher(s) })),
    days: found.days,
    codes: { unexcused: found.unexcused, tardy: found.tardy },
    untaken: [untaken(1), untaken(2)],
    admin,
    stop: async () => {
      await database.close();
      await admin.end();
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const base = "bench_id('district', 1), 1, now(), now()";
const columns = "id, district_id, version, created_at, updated_at";
const students = schools * perSchool;

/**
 * Two schools of 980 students in four grades. Everybody has four periods of 90 minutes; each of a school's 112 sections has 35 students. All
 * meetings before today were taken; about one in twenty has an exception of a student, most of them on days that were missed whole. Every
 * section of the first school's first period has 40 assignments with scores.
 */
const fill = `
  CREATE FUNCTION bench_id(kind text, n int) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$ SELECT md5(kind || '/' || n)::uuid $$;
  CREATE FUNCTION bench_chance(n int, m int) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT abs(hashint4(n * 1000 + m) % 100) $$;
  CREATE TABLE bench_section AS SELECT ((s - 1) * 4 + p - 1) * 28 + k AS id, s AS school, p AS period, k, -100 - (s - 1) * 28 - k AS teacher FROM generate_series(1, ${schools}) s, generate_series(1, 4) p, generate_series(0, 27) k;
  CREATE TABLE bench_seat AS SELECT n, i.school, p AS period, ((i.school - 1) * 4 + p - 1) * 28 + CASE p WHEN 1 THEN i.i % 28 WHEN 2 THEN i.i / 35 WHEN 3 THEN (i.i + i.i / 28) % 28 ELSE (i.i + 3 * (i.i / 28)) % 28 END AS section
    FROM (SELECT n, (n - 1) / ${perSchool} + 1 AS school, (n - 1) % ${perSchool} AS i FROM generate_series(1, ${students}) n) i, generate_series(1, 4) p;
  CREATE TABLE bench_day AS SELECT (row_number() OVER (ORDER BY d))::int AS n, d FROM (SELECT d::date AS d FROM generate_series(date '${today}' - 200, '${today}', interval '1 day') d WHERE extract(isodow FROM d) < 6 ORDER BY d DESC LIMIT ${daysOfYear}) last;

  INSERT INTO platform.district (${columns}, name, code, time_zone) VALUES (bench_id('district', 1), ${base}, 'Bench', 'B', 'America/Chicago');
  INSERT INTO schools.school (${columns}, code, name, kind) SELECT bench_id('school', s), ${base}, 'S' || s, 'School ' || s, 'HIGH' FROM generate_series(1, ${schools}) s;
  INSERT INTO schools.grade_level (${columns}, code, title, sequence) SELECT bench_id('grade', g), ${base}, lpad(g::text, 2, '0'), 'Grade ' || g, g FROM generate_series(9, 12) g;
  INSERT INTO schools.school_year (${columns}, name, first_day, end_day, status) VALUES (bench_id('year', 1), ${base}, '2026-27', '2026-07-01', '2027-06-10', 'OPEN');
  INSERT INTO schools.term (${columns}, school_year_id, name, kind, first_day, end_day) VALUES (bench_id('term', 1), ${base}, bench_id('year', 1), 'Semester 1', 'SEMESTER', '2026-07-01', '2026-12-20');
  INSERT INTO schools.grading_period (${columns}, term_id, name, sequence, first_day, end_day) VALUES (bench_id('period', 1), ${base}, bench_id('term', 1), 'Q1', 1, '2026-07-01', '2026-10-31');
  INSERT INTO schools.calendar_track (${columns}, school_id, school_year_id, name) SELECT bench_id('track', s), ${base}, bench_id('school', s), bench_id('year', 1), 'Main' FROM generate_series(1, ${schools}) s;
  INSERT INTO schools.instructional_day (${columns}, track_id, school_id, date, status) SELECT bench_id('day' || s, d.n), ${base}, bench_id('track', s), bench_id('school', s), d.d, 'SCHEDULED' FROM generate_series(1, ${schools}) s, bench_day d;

  INSERT INTO people.person (${columns}, given_name, family_name) SELECT bench_id('person', n), ${base}, 'Given' || abs(n % 97), 'Family' || abs(n % 1009) FROM (SELECT generate_series(-1, ${students}) UNION SELECT teacher FROM bench_section) p(n);
  INSERT INTO platform.account (${columns}, issuer, subject, username, person_id, status) SELECT bench_id('account', n), ${base}, 'bench', n::text, 'u' || n, bench_id('person', n), 'ACTIVE' FROM (SELECT -1 UNION SELECT teacher FROM bench_section) p(n);
  INSERT INTO people.duty_assignment (${columns}, person_id, role, school_id, from_date) VALUES (bench_id('duty', 1), ${base}, bench_id('person', -1), 'PRINCIPAL', bench_id('school', 1), '2020-01-01');
  INSERT INTO students.student (${columns}, person_id, student_number, sort_name) SELECT bench_id('student', n), ${base}, bench_id('person', n), 'N' || n, '' FROM generate_series(1, ${students}) n;
  INSERT INTO students.school_enrollment (${columns}, student_id, school_id, school_year_id, grade_level_id, entry_date, entry_code, kind, full_time_share, no_show)
    SELECT bench_id('enrollment', n), ${base}, bench_id('student', n), bench_id('school', (n - 1) / ${perSchool} + 1), bench_id('year', 1), bench_id('grade', n % 4 + 9), '2026-07-01', 'NEW', 'PRIMARY', 1, false FROM generate_series(1, ${students}) n;

  INSERT INTO academics.subject (${columns}, code, title) VALUES (bench_id('subject', 1), ${base}, 'MA', 'Mathematics');
  INSERT INTO academics.course (${columns}, code, title, subject_id, credits, grading) SELECT bench_id('course', c), ${base}, 'C' || c, 'Course ' || c, bench_id('subject', 1), 1, 'MARKS' FROM generate_series(1, 28) c;
  INSERT INTO academics.section (${columns}, course_id, school_id, school_year_id, code, title, kind) SELECT bench_id('section', x.id), ${base}, bench_id('course', x.k + 1), bench_id('school', x.school), bench_id('year', 1), 'X' || x.id, 'Section ' || x.id, 'SCHEDULED' FROM bench_section x;
  INSERT INTO staff.employee (${columns}, person_id, employee_number, hire_date) SELECT bench_id('employee', t), ${base}, bench_id('person', t), 'E' || abs(t), '2020-01-01' FROM (SELECT DISTINCT teacher FROM bench_section) x(t);
  INSERT INTO staff.teaching_assignment (${columns}, person_id, section_id, school_id, kind, from_date) SELECT bench_id('teaching', x.id), ${base}, bench_id('person', x.teacher), bench_id('section', x.id), bench_id('school', x.school), 'LEAD', '2026-07-01' FROM bench_section x;
  INSERT INTO academics.section_enrollment (${columns}, student_id, section_id, school_id, from_date) SELECT bench_id('seat' || s.period, s.n), ${base}, bench_id('student', s.n), bench_id('section', s.section), bench_id('school', s.school), '2026-07-01' FROM bench_seat s;
  INSERT INTO academics.class_meeting (${columns}, section_id, school_id, date, period_code, start_time, end_time, minutes, counts_for_attendance, status)
    SELECT bench_id('meeting' || d.n, x.id), ${base}, bench_id('section', x.id), bench_id('school', x.school), d.d, x.period::text, time '08:00' + (x.period - 1) * interval '100 minutes', time '09:30' + (x.period - 1) * interval '100 minutes', 90, true, 'SCHEDULED' FROM bench_section x, bench_day d;

  INSERT INTO attendance.attendance_code (${columns}, code, title, effect, excuse, office_only) VALUES (bench_id('code', 1), ${base}, 'U', 'Unexcused', 'ABSENT', 'UNEXCUSED', false), (bench_id('code', 2), ${base}, 'E', 'Excused', 'ABSENT', 'EXCUSED', false), (bench_id('code', 3), ${base}, 'T', 'Tardy', 'TARDY', 'UNEXCUSED', false);
  INSERT INTO attendance.attendance_policy (${columns}, from_date, absent_share, tardy_rule, chronic_share, chronic_minimum_days, truancy_unexcused_days) VALUES (bench_id('policy', 1), ${base}, '2020-01-01', 50, 'FIRST_PERIOD', 10, 10, 3);
  INSERT INTO attendance.attendance_submission (${columns}, class_meeting_id, section_id, school_id, date, taken_by_id, taken_at)
    SELECT bench_id('taken' || d.n, x.id), ${base}, bench_id('meeting' || d.n, x.id), bench_id('section', x.id), bench_id('school', x.school), d.d, bench_id('person', x.teacher), now() FROM bench_section x, bench_day d WHERE d.n < ${daysOfYear};
  INSERT INTO attendance.attendance_event (${columns}, student_id, class_meeting_id, section_id, school_id, date, code_id, minutes_missed)
    SELECT bench_id('event' || s.period || '/' || d.n, s.n), ${base}, bench_id('student', s.n), bench_id('meeting' || d.n, s.section), bench_id('section', s.section), bench_id('school', s.school), d.d,
      bench_id('code', CASE WHEN c.day < 2 THEN 1 WHEN c.day = 2 THEN 2 ELSE 3 END), CASE WHEN c.day < 3 THEN 90 ELSE 10 END
    FROM bench_seat s, bench_day d, LATERAL (SELECT bench_chance(s.n, d.n) AS day, bench_chance(s.n * 5 + s.period, d.n) AS meeting) c WHERE d.n < ${daysOfYear} AND (c.day < 3 OR c.meeting < 2);

  INSERT INTO grading.grading_scale (${columns}, name, kind, maximum, decimals) VALUES (bench_id('scale', 1), ${base}, 'Letters', 'PERCENT', 100, 0);
  INSERT INTO grading.grading_scale_mark (${columns}, scale_id, mark, minimum, sequence, passing, counts_in_gpa) SELECT bench_id('scale mark', n), ${base}, bench_id('scale', 1), (ARRAY['A', 'B', 'C', 'D', 'F'])[n], (ARRAY[90, 80, 70, 60, 0])[n], n, n < 5, true FROM generate_series(1, 5) n;
  INSERT INTO grading.scale_use (${columns}, purpose, scale_id, from_date) VALUES (bench_id('scale use', 1), ${base}, 'MARKS', bench_id('scale', 1), '2020-01-01');
  CREATE TABLE bench_book AS SELECT * FROM bench_section WHERE school = 1 AND period = 1;
  INSERT INTO grading.assignment_category (${columns}, section_id, school_id, title, weight, drop_lowest) SELECT bench_id('category' || c, x.id), ${base}, bench_id('section', x.id), bench_id('school', 1), (ARRAY['Tests', 'Homework', 'Labs'])[c], (ARRAY[50, 30, 20])[c], c - 1 FROM bench_book x, generate_series(1, 3) c;
  INSERT INTO grading.assignment (${columns}, section_id, school_id, category_id, grading_period_id, title, assigned_date, due_date, points_possible, extra_credit, counts_in_average, hidden)
    SELECT bench_id('assignment' || a, x.id), ${base}, bench_id('section', x.id), bench_id('school', 1), bench_id('category' || a % 3 + 1, x.id), bench_id('period', 1), 'Assignment ' || a, date '2026-07-20' + a, date '2026-07-22' + a, 20, a = 40, true, false FROM bench_book x, generate_series(1, 40) a;
  INSERT INTO grading.score (${columns}, student_id, assignment_id, section_id, school_id, points, missing, late, exempt, hidden, given_by_id)
    SELECT bench_id('score' || a, s.n), ${base}, bench_id('student', s.n), bench_id('assignment' || a, s.section), bench_id('section', s.section), bench_id('school', 1),
      CASE WHEN (s.n + a) % 31 > 0 THEN 20 - (s.n * 7 + a * 3) % 11 END, (s.n + a) % 31 = 0, (s.n + a) % 17 = 0, false, false, bench_id('person', x.teacher)
    FROM bench_book x JOIN bench_seat s ON s.section = x.id AND s.period = 1, generate_series(1, 40) a;
`;
