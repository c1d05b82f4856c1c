import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadManifest } from "#foundation/federation/load-manifest";
import { derivedFrom } from "#foundation/persistence/derived-objects";
import { differencesFromDerived } from "#foundation/persistence/derived-differences";
import { migrate, pendingDifference } from "#foundation/persistence/migrate";
import { actingRoles, roleNames } from "#foundation/persistence/names";
import { testPlatform, testPrefix, type TestPlatform } from "#foundation/testing/test-platform";
import { allManifests } from "../registry.ts";

const manifests = await allManifests();
const metas = manifests.flatMap((m) => loadManifest(m).metas);
const roles = roleNames(testPrefix);

let platform: TestPlatform;
let admin: pg.Client;
beforeAll(async () => {
  platform = await testPlatform({ manifests });
  admin = new pg.Client({ connectionString: platform.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await platform[Symbol.asyncDispose]();
});
const differences = () => differencesFromDerived(admin, manifests, testPrefix);

/** Does something to the database by hand, says what shows, and puts it back. */
async function noticing(change: string, undo: string): Promise<string[]> {
  await admin.query(change);
  try {
    return await differences();
  } finally {
    await admin.query(undo);
  }
}

describe("migrations", () => {
  it.each(manifests.map((m) => [m.name, m] as const))("of %s leave no difference to the model", async (_name, manifest) => {
    expect((await pendingDifference(manifest, platform.adminUrl, testPrefix)).up.trim()).toBe("");
  });

  it("change nothing the second time", async () => {
    const catalog = () => platform.sql("SELECT oid::regclass::text AS name, xmin::text, relfilenode FROM pg_class WHERE relnamespace::regnamespace::text = ANY ($1) ORDER BY oid", [manifests.map((m) => m.name)]);
    const before = await catalog();
    expect(await migrate({ adminUrl: platform.adminUrl, prefix: testPrefix, appPassword: null, manifests })).toEqual({ applied: [], derived: false });
    expect(await catalog()).toEqual(before);
  });

  it("bring back a policy that somebody dropped", async () => {
    const policy = derivedFrom(manifests, roles).objects.find((o) => o.kind === "policy" && o.table === "student" && o.name.startsWith("mixed_read"))!;
    await admin.query(`DROP POLICY "${policy.name}" ON students.student`);
    expect((await migrate({ adminUrl: platform.adminUrl, prefix: testPrefix, appPassword: null, manifests })).derived).toBe(true);
    expect(await differences()).toEqual([]);
  });
});

describe("computed columns", () => {
  it("come back with their index when somebody dropped one, and go when no field asks for one", async () => {
    await admin.query('ALTER TABLE students.student DROP COLUMN student_number_folded; ALTER TABLE students.student ADD COLUMN stray text GENERATED ALWAYS AS (lower(sort_name)) STORED; CREATE INDEX ON students.student (stray)');
    expect(await differences()).toEqual([
      expect.stringMatching(/^missing: column students\.student student_number_folded$/),
      expect.stringMatching(/^missing: index students\.student student_student_number_folded_/),
      "unknown: column students.student stray",
      "unknown: index students.student student_stray_idx",
    ]);
    expect((await migrate({ adminUrl: platform.adminUrl, prefix: testPrefix, appPassword: null, manifests })).derived).toBe(true);
    expect(await differences()).toEqual([]);
  });
});

describe("row rules in the database", () => {
  it("are those that the access tables say, in PostgreSQL's own words", async () => {
    expect(await differences()).toEqual([]);
  });

  it("are forced on every record, with the district on top", async () => {
    const rows = await platform.sql<{ name: string; forced: boolean; restrictive: number }>(
      `SELECT n.nspname || '.' || c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced,
         (SELECT count(*)::int FROM pg_policy p WHERE p.polrelid = c.oid AND NOT p.polpermissive) AS restrictive
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') AND n.nspname = ANY ($1)`,
      [[...manifests.map((m) => m.name), "journal"]],
    );
    const records = new Set(metas.map((m) => `${m.schema}.${m.table}`));
    expect(rows.filter((r) => records.has(r.name)).map((r) => ({ name: r.name, forced: r.forced, restrictive: r.restrictive })).filter((r) => !r.forced || r.restrictive !== 1)).toEqual([]);
    expect(rows.filter((r) => records.has(r.name)).length).toBe(records.size);
    // Every other table is closed to everybody but its owner.
    for (const { name } of rows.filter((r) => !records.has(r.name))) {
      const open = await platform.sql<{ grantee: string }>("SELECT DISTINCT a.grantee::regrole::text AS grantee FROM pg_class c, aclexplode(c.relacl) a WHERE c.oid = $1::regclass AND a.grantee <> c.relowner", [name]);
      expect(open, name).toEqual([]);
    }
  });

  it.each([
    ["a policy is dropped", (name: string) => [`DROP POLICY "${name}" ON students.court_order`, ""], /missing: policy students\.court_order mixed_read/],
    ["a policy is widened under its name", (name: string) => [`ALTER POLICY "${name}" ON students.court_order USING (true)`, ""], /mixed_read.* is .*true/s],
    ["a policy is added", () => ["CREATE POLICY open ON students.court_order USING (true)", "DROP POLICY open ON students.court_order"], /unknown: policy students\.court_order open/],
    ["a grant is given", () => [`GRANT SELECT ON people.person TO ${roles.app}`, `REVOKE SELECT ON people.person FROM ${roles.app}`], /too many: grant on people\.person to osss_test_app/],
    ["a grant is taken", () => [`REVOKE SELECT ON people.person FROM ${roles.wide("people")}`, `GRANT SELECT ON people.person TO ${roles.wide("people")}`], /absent: grant on people\.person to osss_test_people_wide/],
    ["a column is opened for writing", () => [`GRANT UPDATE (person_id) ON students.student_contact TO ${roles.mixed("students")}`, `REVOKE UPDATE (person_id) ON students.student_contact FROM ${roles.mixed("students")}`], /student_contact\.person_id/],
    ["row security is not forced", () => ["ALTER TABLE people.person NO FORCE ROW LEVEL SECURITY", "ALTER TABLE people.person FORCE ROW LEVEL SECURITY"], /row security of people\.person/],
    ["a relation's function is replaced", () => ["ALTER FUNCTION access.self_person(text[]) SECURITY INVOKER", "ALTER FUNCTION access.self_person(text[]) SECURITY DEFINER"], /function access\.self_person/],
  ])("are noticed to differ when %s", { timeout: 120_000 }, async (_what, statements, expected) => {
    const policy = derivedFrom(manifests, roles).objects.find((o) => o.kind === "policy" && o.table === "court_order" && o.name.startsWith("mixed_read"))!;
    const [change, undo] = statements(policy.name) as [string, string];
    const restore = undo || `DROP POLICY IF EXISTS "${policy.name}" ON students.court_order; ${policy.create}`;
    expect((await noticing(change, restore)).join("\n")).toMatch(expected);
    expect(await differences()).toEqual([]);
  });
});

describe("the login of serving processes", () => {
  const asApp = async <R extends pg.QueryResultRow>(sql: string): Promise<R[]> => (await platform.database.pool.query<R>(sql)).rows;

  it("reads nothing by itself", async () => {
    for (const { schema, table } of metas) await expect(asApp(`SELECT 1 FROM ${schema}.${table}`), `${schema}.${table}`).rejects.toThrow(/permission denied/);
    for (const table of ["audit_entry", "outbox_event", "idempotency_key", "horizon", "chain", "derived"]) await expect(asApp(`SELECT 1 FROM journal.${table}`), table).rejects.toThrow(/permission denied/);
  });

  it("takes no role but those of the subgraphs", async () => {
    for (const role of [roles.owner, roles.reader]) await expect(asApp(`SET ROLE ${role}`), role).rejects.toThrow(/permission denied to set role/);
    const [me] = await asApp<{ rolsuper: boolean; rolbypassrls: boolean; rolcreaterole: boolean }>("SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user");
    expect(me).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false });
  });

  it("sees no row in any role while nobody is said to be calling", async () => {
    for (const meta of metas) {
      for (const role of actingRoles(roles, meta.domain)) {
        const client = await platform.database.pool.connect();
        try {
          await client.query(`BEGIN; SET LOCAL ROLE ${role}`);
          expect((await client.query(`SELECT 1 FROM ${meta.schema}.${meta.table}`)).rowCount, `${role} on ${meta.table}`).toBe(0);
        } finally {
          await client.query("ROLLBACK");
          client.release();
        }
      }
    }
  });

  it("changes no stamp and no other field that is given for good, whatever the rules of the rows", async () => {
    const closed = ["id", "district_id", "created_at", "created_by"];
    for (const meta of metas) {
      const fixed = [...meta.fields.values()].flatMap((f) => ("immutable" in f && f.immutable && !("readOnly" in f && f.readOnly) ? [f.column] : []));
      const columns = [...closed, ...fixed];
      const rows = await platform.sql<{ column: string; open: boolean }>('SELECT c AS column, has_column_privilege($1, $2, c, \'UPDATE\') AS open FROM unnest($3::text[]) c', [roles.mixed(meta.domain), `${meta.schema}.${meta.table}`, columns]);
      expect(rows.filter((r) => r.open), meta.name).toEqual([]);
      expect(rows).toHaveLength(columns.length);
      const [{ inserts, deletes }] = await platform.sql<{ inserts: boolean; deletes: boolean }>("SELECT has_table_privilege($1, $2, 'INSERT') AS inserts, has_table_privilege($1, $2, 'DELETE') AS deletes", [roles.mixed(meta.domain), `${meta.schema}.${meta.table}`]) as [{ inserts: boolean; deletes: boolean }];
      const creates = meta.writes.includes("create") || (meta.managed && meta.writes.length === 0 && meta.access.grants.some((g) => g.verb === "write"));
      expect([inserts, deletes], meta.name).toEqual([creates, false]);
    }
  });

  it("writes no journal row but by the journal's functions", async () => {
    for (const role of manifests.flatMap((m) => actingRoles(roles, m.name))) {
      const [row] = await platform.sql<{ open: boolean }>("SELECT bool_or(has_table_privilege($1, 'journal.' || t, p)) AS open FROM unnest($2::text[]) t, unnest($3::text[]) p", [role, ["audit_entry", "outbox_event", "idempotency_key", "chain", "horizon"], ["INSERT", "UPDATE", "DELETE", "TRUNCATE"]]);
      expect(row!.open, role).toBe(false);
    }
  });
});
