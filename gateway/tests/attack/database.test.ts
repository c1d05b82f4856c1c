import type pg from "pg";
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from "vitest";
import { columnsOf } from "#foundation/record/metadata";
import { testPrefix } from "#foundation/testing/test-platform";
import { nobody } from "./attempts.ts";
import { attackGraph, type AttackGraph } from "./attack-graph.ts";
import { callableFunctions, definerFunctions } from "./definer-functions.ts";
import { lookups } from "./lookup-functions.ts";
import { idOf } from "./world-rows.ts";

/** Attacks on the database with the application's own login: what a hole in the application would be worth. */
let graph: AttackGraph;
let login: pg.PoolClient;

beforeAll(async () => {
  graph = await attackGraph();
});
beforeEach(async () => {
  login = await graph.platform.database.pool.connect();
  await login.query("BEGIN");
});
afterEach(async () => {
  await login.query("ROLLBACK");
  login.release();
});
afterAll(async () => {
  await graph?.[Symbol.asyncDispose]();
});

const settings = (values: Readonly<Record<string, string>>) => login.query(`SELECT ${Object.entries(values).map(([k, v]) => `set_config('osss.${k}', '${v}', true)`).join(", ")}`);
const everyRole = "{superintendent,admin,registrar,principal,auditor,nurse,parent,student,staff,teacher,counselor,case-manager,food-service}";
const tables = () => [...graph.metas.values()].map((m) => `${m.schema}.${m.table}`);

async function refusal(statement: string): Promise<string> {
  await login.query("SAVEPOINT attempt");
  const code = await login.query(statement).then(() => "done", (error: { code: string }) => error.code);
  await login.query("ROLLBACK TO attempt");
  return code;
}

async function count(table: string): Promise<number> {
  const { rows } = await login.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`);
  return rows[0]!.n;
}

describe("the bare login", () => {
  it("reads and writes no table, whatever its settings say", async () => {
    await settings({ district: idOf("District", "A"), account: idOf("Account", "sue"), person: idOf("Person", "sue"), roles: everyRole });
    for (const table of [...tables(), "journal.audit_entry", "journal.outbox_event", "journal.idempotency_key", "journal.chain", "jobs.job", "jobs.job_common", "jobs.queue", "jobs.schedule", "files.part"]) {
      expect(await refusal(`SELECT 1 FROM ${table}`), table).toBe("42501");
      expect(await refusal(`DELETE FROM ${table}`), table).toBe("42501");
    }
  });

  it.each(["owner", "reader"])("cannot become the %s, nor a superuser, nor make roles", async (role) => {
    expect(await refusal(`SET LOCAL ROLE ${testPrefix}_${role}`)).toBe("42501");
    expect(await refusal(`SELECT set_config('role', '${testPrefix}_${role}', true)`)).toBe("42501");
    expect(await refusal("SET LOCAL ROLE postgres")).not.toBe("done");
    expect(await refusal("SET LOCAL SESSION AUTHORIZATION postgres")).not.toBe("done");
    expect(await refusal("CREATE ROLE somebody")).toBe("42501");
    expect(await refusal(`GRANT ${testPrefix}_${role} TO ${testPrefix}_app`)).toBe("42501");
  });

  it("cannot switch row rules off, change them, or leave an object behind", async () => {
    expect(await refusal("SET LOCAL session_replication_role = replica")).toBe("42501");
    for (const table of tables()) expect(await refusal(`ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`), table).toBe("42501");
    for (const schema of ["access", "students", "people", "journal", "public"]) expect(await refusal(`CREATE FUNCTION ${schema}.f() RETURNS int LANGUAGE sql AS 'SELECT 1'`), schema).not.toBe("done");
    await login.query(`SET LOCAL ROLE ${testPrefix}_students_mixed`);
    expect(await refusal("SET LOCAL row_security = off; SELECT 1 FROM students.student")).toBe("42501");
    for (const f of ["lo_import('/etc/passwd')", "pg_read_file('/etc/passwd')", "pg_ls_dir('.')"]) expect(await refusal(`SELECT ${f}`), f).toBe("42501");
  });
});

describe("the acting roles", () => {
  const contexts: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    "no context": {},
    "every role and no district": { roles: everyRole, person: idOf("Person", "sue"), account: idOf("Account", "sue") },
    "a district and every role, but no person": { district: idOf("District", "A"), roles: everyRole },
    "a person of another district": { district: idOf("District", "A"), roles: everyRole, person: idOf("Person", "b-sven"), account: nobody },
    "a person who does not exist": { district: idOf("District", "A"), roles: everyRole, person: nobody, account: nobody },
    "a person with a duty, but no role": { district: idOf("District", "A"), roles: "{}", person: idOf("Person", "sue") },
  };

  it.each(Object.keys(contexts))("show nothing with %s", async (name) => {
    await settings(contexts[name]!);
    for (const meta of graph.metas.values()) {
      for (const shape of ["mixed", "point", "wide"]) {
        await login.query(`SET LOCAL ROLE ${testPrefix}_${meta.domain}_${shape}`);
        expect(await count(`${meta.schema}.${meta.table}`), `${meta.name} as ${shape}`).toBe(0);
      }
    }
  });

  it("keep to their domain's tables and to the district, the elevated ones too", async () => {
    await settings({ district: idOf("District", "A"), roles: everyRole, person: idOf("Person", "sue"), account: idOf("Account", "sue") });
    for (const domain of ["students", "people", "academics", "grading"]) {
      await login.query(`SET LOCAL ROLE ${testPrefix}_${domain}_elevated`);
      for (const meta of graph.metas.values()) {
        const table = `${meta.schema}.${meta.table}`;
        if (meta.domain !== domain) expect(await refusal(`SELECT 1 FROM ${table}`), `${domain} reads ${table}`).toBe("42501");
        else expect(await count(`${table} WHERE district_id <> '${idOf("District", "A")}'`), table).toBe(0);
        expect(await refusal(`DELETE FROM ${table}`), table).toBe("42501");
      }
      await login.query("RESET ROLE");
    }
    await login.query(`SET LOCAL ROLE ${testPrefix}_students_elevated`);
    expect(await refusal(`UPDATE students.student SET district_id = '${idOf("District", "b-B")}' WHERE id = '${idOf("Student", "lena")}'`)).not.toBe("done");
  });

  it("that ask row by row read the records of their domain, and do nothing else", async () => {
    await settings({ district: idOf("District", "A"), roles: everyRole, person: idOf("Person", "sue"), account: idOf("Account", "sue") });
    for (const meta of graph.metas.values()) {
      await login.query(`SET LOCAL ROLE ${testPrefix}_${meta.domain}_point`);
      const table = `${meta.schema}.${meta.table}`;
      const columns = columnsOf(meta).map((f) => `"${f.column}"`).join(", ");
      for (const act of [`INSERT INTO ${table} (${columns}) SELECT ${columns} FROM ${table}`, `UPDATE ${table} SET district_id = district_id`, `DELETE FROM ${table}`, "SELECT journal.append('[]', 'x', NULL, 'x')"]) expect(await refusal(act), act).toBe("42501");
    }
    await login.query(`SET LOCAL ROLE ${testPrefix}_students_point`);
    for (const meta of graph.metas.values()) if (meta.domain !== "students") expect(await refusal(`SELECT 1 FROM ${meta.schema}.${meta.table}`), meta.name).toBe("42501");
  });

  it("write no stamp, version history or journal by hand", async () => {
    await settings({ district: idOf("District", "A"), roles: "{registrar,staff}", person: idOf("Person", "rita"), account: idOf("Account", "rita") });
    await login.query(`SET LOCAL ROLE ${testPrefix}_students_mixed`);
    for (const column of ["student_id", "person_id", "district_id", "id", "created_by", "created_at"]) expect(await refusal(`UPDATE students.student_contact SET ${column} = ${column} WHERE true`), column).toBe("42501");
    for (const table of ["journal.audit_entry", "journal.outbox_event", "journal.idempotency_key"]) {
      for (const act of [`SELECT 1 FROM ${table}`, `DELETE FROM ${table}`, `UPDATE ${table} SET district_id = district_id`]) expect(await refusal(act), act).toBe("42501");
    }
    expect(await refusal(`INSERT INTO students.school_enrollment SELECT * FROM students.school_enrollment`)).toBe("42501");
    expect(await refusal("SELECT journal.seal(1)")).toBe("42501");
  });
});

describe("functions that run with another's rights", () => {
  it("are those that were looked at, each with its owner and who may call it", async () => {
    const rows = await graph.platform.sql<{ line: string }>(`
      SELECT format('%s.%s(%s) of %s for %s', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid), replace(o.rolname, '${testPrefix}_', ''), coalesce((
          SELECT string_agg(DISTINCT CASE WHEN a.grantee = 0 THEN 'PUBLIC' WHEN g.rolname LIKE '${testPrefix}\\_%\\_%' AND g.rolname !~ '_(owner|reader|app)$' THEN 'acting roles' ELSE replace(g.rolname, '${testPrefix}_', '') END, ', ')
          FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a LEFT JOIN pg_roles g ON g.oid = a.grantee WHERE a.privilege_type = 'EXECUTE' AND a.grantee <> p.proowner), 'nobody')) AS line
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_roles o ON o.oid = p.proowner
      WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`);
    expect(rows.map((r) => r.line)).toEqual([...definerFunctions, ...lookups.map(({ signature }) => `${signature} of reader for acting roles`)].sort());
  });

  it("look up only for the roles of their own domain", async () => {
    const rows = await graph.platform.sql<{ signature: string; callers: string[] }>(`
      SELECT format('%s.%s(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)) AS signature,
        array(SELECT DISTINCT coalesce(replace(g.rolname, '${testPrefix}_', ''), 'PUBLIC') FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a LEFT JOIN pg_roles g ON g.oid = a.grantee
          WHERE a.privilege_type = 'EXECUTE' AND a.grantee <> p.proowner ORDER BY 1) AS callers
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'lookup'`);
    const callers = (domain: string) => ["elevated", "mixed", "wide"].map((shape) => `${domain}_${shape}`).join();
    expect(new Map(rows.map((r) => [r.signature, r.callers.join()]))).toEqual(new Map(lookups.map(({ domain, signature }) => [signature, callers(domain)])));
    expect(lookups.filter(({ reason }) => !/^[A-Z].*\.$/.test(reason))).toEqual([]);
    await settings({ district: idOf("District", "A"), roles: everyRole, person: idOf("Person", "sue"), account: idOf("Account", "sue") });
    await login.query(`SET LOCAL ROLE ${testPrefix}_students_mixed`);
    for (const call of [`academics_reaches_caller('${nobody}')`, "grading_rosters('{}')", "staff_names_of('{}')", "rostering_years()", "attendance_freshness()"]) expect(await refusal(`SELECT lookup.${call}`), call).toBe("42501");
  });

  it("all fix their search path, so that no table of the caller's stands in", async () => {
    const rows = await graph.platform.sql<{ proname: string }>("SELECT proname FROM pg_proc WHERE prosecdef AND NOT coalesce(proconfig::text LIKE '%search_path=pg_catalog%pg_temp%', false)");
    expect(rows).toEqual([]);
  });
});

describe("functions of the installation", () => {
  const ours = "n.nspname NOT IN ('pg_catalog', 'information_schema') AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')";

  it("are open to nobody who was not named, a new one neither", async () => {
    const open = async () => (await graph.platform.sql<{ name: string }>(`SELECT p.oid::regprocedure::text AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE ${ours} AND EXISTS (SELECT 1 FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a WHERE a.grantee = 0) ORDER BY 1`)).map(({ name }) => name);
    expect(await open()).toEqual([]);
    // As a migration makes one: without a word about who may call it.
    await graph.platform.sql(`SET ROLE ${testPrefix}_owner; CREATE FUNCTION students.forgotten() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'; RESET ROLE`);
    expect(await open()).toEqual([]);
    await login.query(`SET LOCAL ROLE ${testPrefix}_students_elevated`);
    expect(await refusal("SELECT students.forgotten()")).toBe("42501");
    await graph.platform.sql("DROP FUNCTION students.forgotten()");
  });

  it("of a domain are called by the roles that the table names", async () => {
    const rows = await graph.platform.sql<{ name: string; callers: string }>(`
      SELECT p.oid::regprocedure::text AS name, string_agg(DISTINCT replace(coalesce(g.rolname, 'PUBLIC'), '${testPrefix}_', ''), ', ') AS callers
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace CROSS JOIN LATERAL aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a LEFT JOIN pg_roles g ON g.oid = a.grantee
      WHERE n.nspname = ANY ($1) AND a.grantee <> p.proowner GROUP BY p.oid`, [[...new Set([...graph.metas.values()].map((m) => m.domain))]]);
    expect(Object.fromEntries(rows.map(({ name, callers }) => [name, callers]))).toEqual(callableFunctions);
  });
});
