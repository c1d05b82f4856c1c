import { readFileSync } from "node:fs";
import pg from "pg";
import { sessionVariables } from "#foundation/persistence/session";
import { roleNames } from "#foundation/persistence/names";
import type { Identity } from "#foundation/identity/identity";
import type { BenchWorld } from "./world.ts";

type Variables = (world: BenchWorld, n: number) => Record<string, unknown>;
const document = (name: string) => readFileSync(new URL(`./${name}.graphql`, import.meta.url), "utf8");
const student = (world: BenchWorld, n: number) => world.studentIds[n % world.studentIds.length]!;

let written = 0;
/** A one-day opt-out that no other write has: spans of a student may not overlap. */
function optOut(world: BenchWorld): { student: string; from: string; to: string } {
  const n = written++;
  const day = (days: number) => new Date(Date.UTC(1900, 0, 1 + days)).toISOString().slice(0, 10);
  const round = Math.floor(n / world.studentIds.length) * 2;
  return { student: student(world, n), from: day(round), to: day(round + 1) };
}

export const operations = {
  nested: { document: document("nested"), variables: ((world) => ({ school: world.schoolId })) as Variables },
  list: { document: document("list"), variables: ((_w, n) => ({ grade: `N${n % 10}` })) as Variables },
  search: { document: document("search"), variables: ((_w, n) => ({ text: `ly${n % 900}` })) as Variables },
  single: { document: document("single"), variables: ((world, n) => ({ id: student(world, n) })) as Variables },
  studentPage: { document: document("student-page"), variables: ((world, n) => ({ id: student(world, n) })) as Variables },
  write: { document: document("write"), variables: ((world) => optOut(world)) as Variables },
} as const;

interface Peer {
  underRules: (n: number) => Promise<unknown>;
  withoutRules?: (n: number) => Promise<unknown>;
  /** The same by the index of searches inside a text, which serves a prefix only where there are no row rules. */
  byTrigrams?: (n: number) => Promise<unknown>;
  /** What of both replies must be equal. */
  comparable?: (json: string) => string;
}

const names = (json: string) => (json.match(/(Family\d+|N\d+)/g) ?? []).join(",");

/**
 * The same answers by one hand-written statement each (json_agg), in a transaction with the same session context, under a role that
 * holds the row rules of all three domains.
 */
export async function sqlPeers(world: BenchWorld): Promise<Partial<Record<keyof typeof operations, Peer>> & { close(): Promise<void> }> {
  const roles = roleNames(world.prefix);
  const admin = new pg.Client({ connectionString: world.adminUrl });
  await admin.connect();
  const peer = `${world.prefix}_peer`;
  const domains = ["schools", "people", "students", "platform"];
  await admin.query(`CREATE ROLE ${peer} NOLOGIN IN ROLE ${domains.map((d) => roles.mixed(d)).join(", ")}`);
  await admin.query(`GRANT ${peer} TO ${roles.app} WITH INHERIT FALSE, SET TRUE`);
  await admin.end();
  const app = new pg.Pool({ connectionString: world.appUrl, max: 10, options: "-c jit=off -c timezone=UTC" });
  const open = new pg.Pool({ connectionString: world.adminUrl, max: 10, options: "-c jit=off -c timezone=UTC" });

  for (const pool of [app, open]) pool.on("error", () => undefined);

  const underRules = (identity: Identity, sql: string, values: (n: number) => unknown[], write = false) => async (n: number) => {
    const client = await app.connect();
    try {
      await client.query(write ? "BEGIN" : "START TRANSACTION READ ONLY");
      const settings = Object.entries({ ...sessionVariables(identity, world.today), role: peer });
      await client.query(`SELECT ${settings.map((_, i) => `set_config($${i * 2 + 1}, $${i * 2 + 2}, true)`).join(", ")}`, settings.flat());
      const { rows } = await client.query<{ data: unknown }>({ name: undefined, text: sql, values: values(n) } as pg.QueryConfig);
      await client.query("COMMIT");
      return rows[0]?.data;
    } finally {
      client.release();
    }
  };
  const withoutRules = (sql: string, values: (n: number) => unknown[]) => async (n: number) => {
    const client = await open.connect();
    try {
      await client.query("START TRANSACTION READ ONLY");
      await client.query(`SELECT set_config('osss.district', $1, true)`, [world.principal.districtId]);
      const { rows } = await client.query<{ data: unknown }>(sql, values(n));
      await client.query("COMMIT");
      return rows[0]?.data;
    } finally {
      client.release();
    }
  };

  const page = (condition: string) => `SELECT json_build_object('students', json_build_object('nodes', coalesce(json_agg(row_to_json(r)), '[]'))) AS data FROM (
    SELECT s.id, s.sort_name AS "sortName", s.student_number AS "studentNumber" FROM students.student s WHERE s.archived_at IS NULL AND ${condition} ORDER BY s.sort_name, s.id LIMIT 50) r`;
  // The same rows as under the rules: a principal sees name and number of everyone who is, was or will be at the school.
  const schoolOf = `EXISTS (SELECT 1 FROM students.school_enrollment e WHERE e.student_id = s.id AND e.school_id = '${world.schoolId}')`;
  const list = page("s.student_number_folded ^@ $1");
  const byTrigrams = page("lower(s.student_number) LIKE $1");
  const atTheSchool = (sql: string) => sql.replace("WHERE ", `WHERE s.district_id = '${world.principal.districtId}' AND ${schoolOf} AND `);
  const search = page("s.id = ANY (ARRAY(SELECT r.id FROM access.search_students_student_sort_name($1) AS r(id)))");
  const nested = `SELECT json_build_object('school', json_build_object('name', c.name, 'schoolEnrollments', json_build_object('nodes', (
      SELECT json_agg(json_build_object('entryDate', e.entry_date, 'student', json_build_object('studentNumber', s.student_number, 'person', json_build_object('givenName', p.given_name, 'familyName', p.family_name))) ORDER BY e.id)
      FROM (SELECT * FROM students.school_enrollment WHERE school_id = c.id AND archived_at IS NULL ORDER BY id LIMIT 30) e
      LEFT JOIN students.student s ON s.id = e.student_id LEFT JOIN people.person p ON p.id = s.person_id)))) AS data
    FROM schools.school c WHERE c.id = $1`;
  const single = `SELECT json_build_object('student', (SELECT json_build_object('id', s.id, 'sortName', s.sort_name, 'studentNumber', s.student_number) FROM students.student s WHERE s.id = $1)) AS data`;
  const write = `WITH made AS (INSERT INTO students.directory_opt_out (id, district_id, version, created_at, created_by, updated_at, updated_by, student_id, audience, from_date, to_date)
      VALUES (gen_random_uuid(), access.district(), 1, access.now(), access.account(), access.now(), access.account(), $1, 'COLLEGES', $2, $3)),
    logged AS (SELECT journal.append(jsonb_build_array(jsonb_build_object('id', gen_random_uuid(), 'event_id', gen_random_uuid(), 'action', 'CREATED', 'record_type', 'DirectoryOptOut', 'record_id', gen_random_uuid(), 'record_version', 1, 'changes', '[]'::jsonb)), 'bench', NULL, 'bench'))
    SELECT '{}'::json AS data FROM logged`;
  const variables = (name: keyof typeof operations) => (n: number) => Object.values(operations[name].variables(world, n));
  return {
    nested: { underRules: underRules(world.principal, nested, variables("nested")), comparable: names },
    list: {
      underRules: underRules(world.principal, list, (n) => [`n${n % 10}`]),
      withoutRules: withoutRules(atTheSchool(list), (n) => [`n${n % 10}`]),
      byTrigrams: withoutRules(atTheSchool(byTrigrams), (n) => [`n${n % 10}%`]),
      comparable: names,
    },
    search: { underRules: underRules(world.principal, search, (n) => [`%ly${n % 900}%`]), withoutRules: withoutRules(atTheSchool(search), (n) => [`%ly${n % 900}%`]), comparable: names },
    single: { underRules: underRules(world.principal, single, variables("single")), comparable: names },
    write: { underRules: underRules(world.registrar, write, () => Object.values(optOut(world)), true) },
    close: async () => {
      await Promise.all([app.end(), open.end()]);
    },
  };
}
