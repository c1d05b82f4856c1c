import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { codeOf, dataOf, newDistrict, rowCounts, type Contract } from "#foundation/testing/contract";
import type { World } from "#foundation/testing/factory";
import { signedIn } from "#foundation/testing/personas";
import { testPlatform, testPrefix } from "#foundation/testing/test-platform";
import { allManifests } from "../registry.ts";
import type { BulkWrite } from "./bulk-writer.ts";
import { reaches } from "./reaches.ts";
import { recipes } from "./recipes.ts";

const manifests = await allManifests();
let contract: Contract;
let admin: pg.Client;
beforeAll(async () => {
  contract = { platform: await testPlatform({ manifests, poolSize: 8 }), recipes, reaches };
  admin = new pg.Client({ connectionString: contract.platform.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await contract.platform[Symbol.asyncDispose]();
});
const platform = () => contract.platform;
const superintendent = (world: World): Identity => signedIn(world, reaches.district_office!(world, "", { role: Role.Superintendent }), [Role.Superintendent, Role.Staff]);
const patience = { timeout: 20_000, interval: 20 };
const database = () => new URL(platform().adminUrl).pathname.slice(1);

/** Resolves when a session of the application waits for a lock that the test holds. */
const blocked = (waiting: number) =>
  vi.waitFor(async () => {
    const [row] = await platform().sql<{ n: number }>("SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = $1 AND wait_event_type = 'Lock'", [database()]);
    expect(row!.n).toBe(waiting);
  }, patience);

describe("kill -9 in the middle of a bulk write", () => {
  it("leaves nothing of it, and the same write done again leaves all", async () => {
    const world = newDistrict(contract);
    const school = world.a("School");
    const track = world.a("CalendarTrack", { school });
    const identity = superintendent(world);
    await world.save();
    const inputs = Array.from({ length: 400 }, (_, i) => ({ trackId: track, schoolId: school, date: new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10) }));
    const { user, password, host, port } = platform().database.pool.options;
    const url = (platform().database.pool.options.connectionString ?? `postgres://${user}:${String(password)}@${host}:${port}/${database()}`) as string;
    const order: BulkWrite = { url, prefix: testPrefix, now: platform().clock.now.toISOString(), identity, inputs };
    const start = (): ChildProcess => spawn(process.execPath, ["--import", "@oxc-node/core/register", fileURLToPath(new URL("./bulk-writer.ts", import.meta.url)), JSON.stringify(order)], { stdio: ["ignore", "pipe", "inherit"] });
    const count = async () => (await platform().sql<{ n: number }>("SELECT count(*)::int AS n FROM schools.instructional_day WHERE track_id = $1", [track]))[0]!.n;

    const before = await rowCounts(platform());
    await admin.query("BEGIN; LOCK TABLE journal.audit_entry IN EXCLUSIVE MODE");
    const doomed = start();
    try {
      // All 400 rows are written; the audit rows, which come last, wait for the lock.
      await blocked(1);
      doomed.kill("SIGKILL");
      await once(doomed, "exit");
    } finally {
      await admin.query("ROLLBACK");
    }
    await vi.waitFor(async () => {
      const [row] = await platform().sql<{ n: number }>("SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = $1 AND xact_start IS NOT NULL AND pid <> pg_backend_pid()", [database()]);
      expect(row!.n).toBe(0);
    }, patience);
    expect(await count()).toBe(0);
    expect(await rowCounts(platform())).toEqual(before);

    const again = start();
    const [chunk] = (await once(again.stdout!, "data")) as [Buffer];
    if (again.exitCode === null) await once(again, "exit");
    expect(chunk.toString().trim()).toBe('"written"');
    expect(await count()).toBe(400);
    const after = await rowCounts(platform());
    expect(after["journal.audit_entry"]! - before["journal.audit_entry"]!).toBe(400);
    expect(after["journal.outbox_event"]! - before["journal.outbox_event"]!).toBe(400);
  });
});

describe("the audit chain", () => {
  const seal = async () => (await platform().database.pool.query<{ seal: number }>("SELECT journal.seal()")).rows[0]!.seal;
  /** Seals until nothing of the district waits: another test's open transaction may hold the horizon for a moment. */
  const sealAll = (district: string) =>
    vi.waitFor(async () => {
      await seal();
      const [row] = await platform().sql<{ n: number }>("SELECT count(*)::int AS n FROM journal.audit_entry WHERE district_id = $1 AND position IS NULL", [district]);
      expect(row!.n).toBe(0);
    }, patience);
  const verify = async (district: string) => (await platform().sql<{ entries: string; broken_at: string | null }>("SELECT entries::text, broken_at::text FROM journal.verify($1)", [district]))[0]!;

  it("shows a changed, a removed, a reordered and a lost last entry", async () => {
    const world = newDistrict(contract);
    for (let i = 0; i < 6; i++) world.a("GradeLevel");
    await world.save();
    await sealAll(world.districtId);
    const { entries, broken_at } = await verify(world.districtId);
    expect([Number(entries) >= 6, broken_at]).toEqual([true, null]);
    const at = `district_id = '${world.districtId}' AND position`;
    const columns = await platform().sql<{ column_name: string; data_type: string }>("SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'journal' AND table_name = 'audit_entry' AND column_name NOT IN ('xid', 'position', 'hash', 'district_id')");
    const other: Record<string, string> = { uuid: "gen_random_uuid()", integer: "99", jsonb: `'[{"field":"x"}]'`, "timestamp with time zone": "'2000-01-01'", "character varying": "'forged'" };
    const forgeries: [string, string, number][] = [
      ...columns.map(({ column_name, data_type }) => [`${column_name} changed`, `UPDATE journal.audit_entry SET ${column_name} = ${other[data_type]} WHERE ${at} = 3`, 3] as [string, string, number]),
      ["an entry removed", `DELETE FROM journal.audit_entry WHERE ${at} = 2`, 2],
      ["two entries exchanged", `UPDATE journal.audit_entry SET position = -1 WHERE ${at} = 2; UPDATE journal.audit_entry SET position = 2 WHERE ${at} = 4; UPDATE journal.audit_entry SET position = 4 WHERE ${at} = -1`, 2],
      ["the last entry removed", `DELETE FROM journal.audit_entry WHERE ${at} = ${entries}`, Number(entries)],
      ["an entry and its hash changed", `UPDATE journal.audit_entry e SET operation = 'forged' WHERE ${at} = 3; UPDATE journal.audit_entry e SET hash = journal.entry_hash((SELECT hash FROM journal.audit_entry WHERE ${at} = 2), e) WHERE ${at} = 3`, 4],
      ["an entry taken out of the chain", `UPDATE journal.audit_entry SET position = NULL, hash = NULL WHERE ${at} = ${entries}`, Number(entries)],
    ];
    for (const [what, forgery, position] of forgeries) {
      await admin.query("BEGIN");
      await admin.query(forgery);
      const { rows } = await admin.query<{ broken_at: string | null }>("SELECT broken_at::text FROM journal.verify($1)", [world.districtId]);
      await admin.query("ROLLBACK");
      expect.soft(Number(rows[0]!.broken_at), what).toBe(position);
    }
    expect((await verify(world.districtId)).broken_at).toBeNull();
  });

  it("seals every event once while five write, roll back and are refused", async () => {
    const world = newDistrict(contract);
    const identity = superintendent(world);
    await world.save();
    const create = (i: number, dryRun: boolean) => platform().call("schools", identity, "mutation($input: CreateOrganizationInput!, $dryRun: Boolean!) { createOrganization(input: $input, dryRun: $dryRun) { record { id } } }", { input: { name: `Department ${i}`, kind: "DEPARTMENT", identifier: `D${i % 40}` }, dryRun });
    let writing = true;
    const sealing = Promise.all([1, 2].map(async () => {
      while (writing) await seal();
    }));
    // 60 writes by five at once: a third of them dry, some refused by the key.
    const codes: (string | undefined)[] = [];
    await Promise.all([0, 1, 2, 3, 4].map(async (writer) => {
      for (let i = writer; i < 60; i += 5) codes.push(codeOf(await create(i, i % 3 === 0)));
    }));
    writing = false;
    await sealing;
    await sealAll(world.districtId);
    expect(codes.filter((c) => c === "CONFLICT").length).toBeGreaterThan(0);
    const rows = await platform().sql<{ position: string; written: number }>("SELECT a.position::text, (SELECT count(*)::int FROM schools.organization o WHERE o.district_id = $1) AS written FROM journal.audit_entry a WHERE a.district_id = $1 ORDER BY a.position", [world.districtId]);
    expect(rows.map((r) => Number(r.position))).toEqual(rows.map((_, i) => i + 1));
    const [{ n }] = (await platform().sql<{ n: number }>("SELECT count(*)::int AS n FROM journal.audit_entry WHERE district_id = $1 AND operation = 'createOrganization'", [world.districtId])) as [{ n: number }];
    expect(n).toBe(rows[0]!.written);
    expect((await verify(world.districtId))).toEqual({ entries: String(rows.length), broken_at: null });
  });
});

describe("audited reads", () => {
  async function meal() {
    const world = newDistrict(contract);
    const id = world.a("MealEligibility");
    const student = world.valuesOf(id).student as string;
    const identity = signedIn(world, reaches.at_school_student!(world, student, { role: Role.FoodService }), [Role.FoodService, Role.Staff]);
    await world.save();
    const reads = async () => (await platform().sql<{ n: number }>("SELECT count(*)::int AS n FROM journal.audit_entry WHERE record_id = $1 AND action = 'READ'", [id]))[0]!.n;
    return { id, student, identity, reads, ask: (document: string) => platform().call("students", identity, document, { id, student, representations: [{ __typename: "MealEligibility", id }] }) };
  }

  it("are in the log, once a call, however the row was reached", async () => {
    const { reads, ask } = await meal();
    const paths = [
      "query($id: ID!) { mealEligibility(id: $id) { status } }",
      "{ mealEligibilities { nodes { status } } }",
      "{ mealEligibilities { edges { node { status } } } }",
      "query($student: ID!) { student(id: $student) { mealEligibilities { nodes { status } } } }",
      "query($representations: [_Any!]!) { _entities(representations: $representations) { ... on MealEligibility { status } } }",
      "{ mealEligibilities { totalCount } }",
      "{ mealEligibilities { aggregate { count } } }",
      "query($student: ID!) { student(id: $student) { mealEligibilities { totalCount aggregate { count } } } }",
      "query($id: ID!) { a: mealEligibility(id: $id) { status } b: mealEligibility(id: $id) { basis } mealEligibilities { nodes { id } } }",
    ];
    for (const [i, document] of paths.entries()) {
      dataOf(await ask(document));
      expect(await reads(), document).toBe(i + 1);
    }
  });

  it("wait for their audit row, and there is no reply without it", async () => {
    const { reads, ask } = await meal();
    await admin.query("BEGIN; LOCK TABLE journal.audit_entry IN EXCLUSIVE MODE");
    let replied = false;
    const reply = ask("query($id: ID!) { mealEligibility(id: $id) { status } }").finally(() => (replied = true));
    try {
      await blocked(1);
      expect(replied).toBe(false);
    } finally {
      await admin.query("ROLLBACK");
    }
    dataOf(await reply);
    expect(await reads()).toBe(1);

    await admin.query("ALTER TABLE journal.audit_entry RENAME TO audit_entry_gone");
    try {
      const without = await ask("query($id: ID!) { mealEligibility(id: $id) { status } }");
      expect(without.data).toBeNull();
      expect(without.errors).toHaveLength(1);
    } finally {
      await admin.query("ALTER TABLE journal.audit_entry_gone RENAME TO audit_entry");
    }
    expect(await reads()).toBe(1);
  });
});
