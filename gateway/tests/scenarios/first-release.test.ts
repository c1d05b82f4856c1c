import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import pg from "pg";
import { expect, inject, onTestFinished, test } from "vitest";
import { migrate, pendingDifference } from "#foundation/persistence/migrate";
import { createDatabase } from "#foundation/testing/databases";
import { allManifests } from "../../../subgraphs/registry.ts";

/**
 * A database as version 0.1.0 made it, with two small districts of invented people in it: every statement of its first migration, functions
 * and rules included, and every row. It is never written again: what has been released stays as it was.
 */
const released = JSON.parse(gunzipSync(readFileSync(new URL("first-release.json.gz", import.meta.url))).toString("utf8")) as {
  readonly prefix: string;
  readonly statements: readonly { readonly owner?: true; readonly text: string; readonly values?: readonly unknown[] }[];
  readonly tables: readonly { readonly name: string; readonly columns: readonly string[]; readonly rows: readonly Record<string, unknown>[] }[];
};

async function firstRelease() {
  const { superuserUrl } = inject("postgres");
  const made = await createDatabase({ superuserUrl });
  const client = new pg.Client({ connectionString: made.url });
  client.on("error", () => undefined);
  await client.connect();
  onTestFinished(async () => {
    await client.end();
    await made.drop();
    const superuser = new pg.Client({ connectionString: superuserUrl });
    await superuser.connect();
    const { rows } = await superuser.query<{ rolname: string }>("SELECT rolname FROM pg_roles WHERE rolname LIKE $1", [`${released.prefix.replaceAll("_", "\\_")}\\_%`]);
    for (const { rolname } of rows) await superuser.query(`DROP ROLE ${pg.escapeIdentifier(rolname)}`);
    await superuser.end();
  });
  await client.query("BEGIN");
  for (const { owner, text, values } of released.statements) {
    if (owner) await client.query(`SET LOCAL ROLE ${released.prefix}_owner`);
    await client.query(text, [...(values ?? [])]);
    if (owner) await client.query("RESET ROLE");
  }
  // The rows are as they were: no trigger makes anything of them, and no key asks for an order.
  await client.query("SET LOCAL session_replication_role = replica");
  for (const { name, columns, rows } of released.tables) {
    await client.query(`INSERT INTO ${name} (${columns.join(", ")}) SELECT ${columns.join(", ")} FROM jsonb_populate_recordset(NULL::${name}, $1)`, [JSON.stringify(rows)]);
  }
  await client.query("COMMIT");
  return { adminUrl: made.url, rows: async <Row extends pg.QueryResultRow>(text: string) => (await client.query<Row>(text)).rows };
}

test("a database of the first release is brought to this version: the tables fit, nothing is lost, the audit chain holds", { timeout: 180_000 }, async () => {
  const { adminUrl, rows } = await firstRelease();
  const manifests = await allManifests();
  const before = await rows<{ district_id: string; position: string }>("SELECT district_id, position FROM journal.chain ORDER BY 1");
  expect(before.length).toBe(2);

  const bring = () => migrate({ adminUrl, prefix: released.prefix, appPassword: "test-only", manifests });
  const { applied, derived } = await bring();
  expect(applied).toEqual(expect.arrayContaining(["attendance/Migration0002NotesByMeeting", "platform/Migration0002AddDelegations"]));
  expect(applied.some((name) => name.endsWith("Migration0001Initial"))).toBe(false);
  expect(derived).toBe(true);
  for (const manifest of manifests) expect([manifest.name, (await pendingDifference(manifest, adminUrl, released.prefix)).up.trim()]).toEqual([manifest.name, ""]);
  expect(await bring()).toEqual({ applied: [], derived: false });

  const lost: string[] = [];
  for (const table of released.tables) {
    if (table.name === "journal.chain") continue;
    const [there] = await rows<{ n: number }>(`SELECT count(*)::int AS n FROM ${table.name}`);
    if (there!.n < table.rows.length) lost.push(`${table.name}: ${there!.n} of ${table.rows.length}`);
  }
  expect(lost).toEqual([]);
  // A migration that fills a new column has filled it from the rows of before.
  expect(await rows("SELECT count(*)::int AS notes, count(*) FILTER (WHERE n.class_meeting_id = e.class_meeting_id)::int AS told FROM attendance.attendance_note n JOIN attendance.attendance_event e ON e.id = n.id")).toEqual([{ notes: 10, told: 10 }]);
  // What the database computes from a column, it has computed of the rows of before too.
  const students = released.tables.find(({ name }) => name === "students.student")!.rows.length;
  expect(await rows("SELECT count(*)::int AS students, count(*) FILTER (WHERE student_number_folded = lower(student_number) AND sort_name_folded = lower(sort_name))::int AS folded FROM students.student")).toEqual([{ students, folded: students }]);
  await rows("SELECT journal.seal()");
  for (const { district_id, position } of before) {
    const [chain] = await rows<{ entries: string; broken_at: string | null }>(`SELECT * FROM journal.verify('${district_id}')`);
    expect(chain!.broken_at).toBeNull();
    expect(Number(chain!.entries)).toBeGreaterThanOrEqual(Number(position));
  }
});
