import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { identityOf, type Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { startEmbeddedPostgres } from "#foundation/persistence/embedded-postgres";
import { migrate } from "#foundation/persistence/migrate";
import { roleNames } from "#foundation/persistence/names";
import { openDatabase, type Database } from "#foundation/persistence/pool";
import { allManifests } from "../../subgraphs/registry.ts";

export interface BenchWorld {
  adminUrl: string;
  /** The application's login, as a serving process has it. */
  appUrl: string;
  database: Database;
  prefix: string;
  /** A principal with a duty at one of the schools, today. */
  principal: Identity;
  registrar: Identity;
  schoolId: string;
  studentIds: string[];
  today: Date;
  stop(): Promise<void>;
}

/** How large the district is: `perSchool` students at each of `schools` schools. */
export interface BenchSize {
  schools: number;
  perSchool: number;
}

const prefix = "osss_bench";

/** A throwaway PostgreSQL with a migrated, analysed district made by SQL: the same rows for the same size. */
export async function benchWorld({ schools, perSchool }: BenchSize): Promise<BenchWorld> {
  const dataDir = mkdtempSync(join(tmpdir(), "osss-bench-"));
  chmodSync(dataDir, 0o711);
  const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined, purpose: "a benchmark", settings: { fsync: "off" } });
  const adminUrl = postgres.superuserUrl;
  await migrate({ adminUrl, prefix, appPassword: "bench", manifests: await allManifests() });
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  const today = "2026-10-14";
  await admin.query(fill(schools, perSchool));
  // As autovacuum leaves a district a minute after its import.
  await admin.query("VACUUM ANALYZE");
  const { rows } = await admin.query<{ principal: string; account: string; district: string; school: string; registrar: string; registrar_account: string }>(`
    SELECT d.id AS district, bench_id('person', -1) AS principal, bench_id('account', -1) AS account, bench_id('person', -2) AS registrar, bench_id('account', -2) AS registrar_account, bench_id('school', 1) AS school FROM platform.district d`);
  const { rows: students } = await admin.query<{ id: string }>("SELECT student_id AS id FROM students.school_enrollment WHERE school_id = $1 ORDER BY id LIMIT 500", [rows[0]!.school]);
  await admin.end();
  const url = new URL(adminUrl);
  url.username = roleNames(prefix).app;
  url.password = "bench";
  const database = openDatabase(url.href, 10, () => undefined);
  const person = (personId: string, accountId: string, role: Role) => identityOf({ issuer: "bench", subject: personId, accountId, personId, districtId: rows[0]!.district, roles: [Role.Staff, role] });
  return {
    adminUrl,
    appUrl: url.href,
    database,
    prefix,
    principal: person(rows[0]!.principal, rows[0]!.account, Role.Principal),
    registrar: person(rows[0]!.registrar, rows[0]!.registrar_account, Role.Registrar),
    schoolId: rows[0]!.school,
    studentIds: students.map((s) => s.id),
    today: new Date(`${today}T15:00:00Z`),
    stop: async () => {
      await database.close();
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Every student: a person with demographics, an e-mail, a household with an address, two contacts, this year's and last year's enrollment. */
function fill(schools: number, perSchool: number): string {
  const base = "(SELECT id FROM platform.district), 1, now(), now()";
  const columns = "id, district_id, version, created_at, updated_at";
  const students = schools * perSchool;
  return `
  CREATE FUNCTION bench_id(kind text, n int) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$ SELECT md5(kind || n)::uuid $$;
  INSERT INTO platform.district (id, district_id, version, created_at, updated_at, name, code, time_zone) VALUES (bench_id('district', 1), bench_id('district', 1), 1, now(), now(), 'Bench', 'B', 'America/Chicago');
  INSERT INTO schools.school (${columns}, code, name, kind) SELECT bench_id('school', s), ${base}, 'S' || s, 'School ' || s, 'HIGH' FROM generate_series(1, ${schools}) s;
  INSERT INTO schools.grade_level (${columns}, code, title, sequence) SELECT bench_id('grade', g), ${base}, lpad(g::text, 2, '0'), 'Grade ' || g, g FROM generate_series(1, 12) g;
  INSERT INTO schools.school_year (${columns}, name, first_day, end_day, status) VALUES (bench_id('year', 1), ${base}, '2025-26', '2025-08-20', '2026-06-10', 'CLOSED'), (bench_id('year', 2), ${base}, '2026-27', '2026-08-20', '2027-06-10', 'OPEN');
  INSERT INTO people.person (${columns}, given_name, family_name) SELECT bench_id('person', n), ${base}, 'Given' || (n % 97), 'Family' || (n % 1009) FROM generate_series(-2, ${students * 3}) n;
  INSERT INTO platform.account (${columns}, issuer, subject, username, person_id, status) SELECT bench_id('account', n), ${base}, 'bench', n::text, 'u' || n, bench_id('person', n), 'ACTIVE' FROM generate_series(-2, -1) n;
  INSERT INTO people.duty_assignment (${columns}, person_id, role, school_id, from_date) VALUES (bench_id('duty', 1), ${base}, bench_id('person', -1), 'PRINCIPAL', bench_id('school', 1), '2020-01-01'), (bench_id('duty', 2), ${base}, bench_id('person', -2), 'REGISTRAR', bench_id('school', 1), '2020-01-01');
  INSERT INTO people.person_demographics (${columns}, birth_date) SELECT bench_id('person', n), ${base}, date '2010-01-01' + n % 2000 FROM generate_series(1, ${students}) n;
  INSERT INTO people.person_email (${columns}, person_id, address, kind, confidential, preferred) SELECT bench_id('email', n), ${base}, bench_id('person', n), 'p' || n || '@example.org', 'PERSONAL', false, true FROM generate_series(1, ${students * 3}) n;
  INSERT INTO students.student (${columns}, person_id, student_number, sort_name) SELECT bench_id('student', n), ${base}, bench_id('person', n), 'N' || n, '' FROM generate_series(1, ${students}) n;
  INSERT INTO students.school_enrollment (${columns}, student_id, school_id, school_year_id, grade_level_id, entry_date, exit_date, entry_code, exit_code, kind, full_time_share, no_show)
    SELECT bench_id('enrollment' || y, n), ${base}, bench_id('student', n), bench_id('school', (n + CASE WHEN y = 1 AND n % 5 = 0 THEN 1 ELSE 0 END) % ${schools} + 1), bench_id('year', y), bench_id('grade', n % 12 + 1),
      CASE y WHEN 1 THEN date '2025-08-20' ELSE date '2026-08-20' END, CASE y WHEN 1 THEN date '2026-06-10' END, 'NEW', CASE y WHEN 1 THEN 'YEAR_END' END, 'PRIMARY', 1, false
    FROM generate_series(1, ${students}) n, generate_series(1, 2) y;
  INSERT INTO students.student_contact (${columns}, student_id, person_id, relationship, status, from_date, education_rights, portal_access, lives_with, mailings, pick_up, decision_making, emergency_order, confidential)
    SELECT bench_id('contact', n * 2 + c), ${base}, bench_id('student', n), bench_id('person', ${students} + n * 2 - c), 'MOTHER', 'CONFIRMED', '2020-01-01', true, true, true, true, true, true, c + 1, false FROM generate_series(1, ${students}) n, generate_series(0, 1) c;
  `;
}
