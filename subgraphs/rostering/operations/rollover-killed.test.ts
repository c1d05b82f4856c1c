import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from "vitest";
import { dataOf, rowCounts, type Contract } from "#foundation/testing/contract";
import { testPrefix } from "#foundation/testing/test-platform";
import type { CallOrder } from "../../contract/call-runner.ts";
import { stage } from "../../contract/stage.ts";
import { operate, twoSchools, type TwoSchools } from "../testing/two-schools.ts";

let contract: Contract;
let admin: pg.Client;
beforeAll(async () => {
  contract = await stage();
  admin = new pg.Client({ connectionString: contract.platform.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await contract.platform[Symbol.asyncDispose]();
});

const patience = { timeout: 30_000, interval: 20 };
const runner = fileURLToPath(new URL("../../contract/call-runner.ts", import.meta.url));
const document = "mutation($input: RunRolloverInput!) { runRollover(input: $input) { record { id } } }";
const sql = <R extends Record<string, unknown>>(text: string, values: unknown[] = []) => contract.platform.sql<R>(text, values);
const sessions = async (condition: string) => (await sql<{ n: number }>(`SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND ${condition}`))[0]!.n;

/** A school's worth of students, all with a placement. */
async function schoolOf(students: number): Promise<TwoSchools> {
  const district = twoSchools(contract);
  for (let i = 0; i < students; i++) {
    const student = district.student();
    district.make.a("NextYearPlacement", { studentId: student, schoolYearId: district.year, nextSchoolId: district.oak, nextGradeLevelId: district.grades["04"] });
  }
  await district.make.save();
  return district;
}

function start(district: TwoSchools): ChildProcess {
  const order: CallOrder = { url: contract.platform.appUrl, prefix: testPrefix, now: contract.platform.clock.now.toISOString(), domain: "rostering", identity: district.districtRegistrar, document, variables: { input: { fromYearId: district.year } } };
  const child = spawn(process.execPath, ["--import", "@oxc-node/core/register", runner, JSON.stringify(order)], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

it("a rollover that is killed in the middle leaves nothing, and the next one does all of it", { timeout: 120_000 }, async () => {
  const district = await schoolOf(1_200);
  const count = async () => (await sql<{ ended: number; begun: number; rows: number; open: number }>(
    `SELECT (SELECT count(*)::int FROM students.school_enrollment WHERE district_id = $1 AND exit_date IS NOT NULL) AS ended, (SELECT count(*)::int FROM students.school_enrollment WHERE district_id = $1 AND school_year_id = $2) AS begun,
       (SELECT count(*)::int FROM rostering.rollover_row WHERE district_id = $1) AS rows, (SELECT count(*)::int FROM schools.school_year WHERE id = $2 AND status = 'OPEN') AS open`, [district.make.districtId, district.nextYear]))[0]!;
  const before = await rowCounts(contract.platform);

  // The first thousand students are written and audited; the rows of the rollover wait for a lock that the test holds.
  await admin.query("BEGIN; LOCK TABLE rostering.rollover_row IN EXCLUSIVE MODE");
  const doomed = start(district);
  try {
    await vi.waitFor(async () => expect(await sessions("wait_event_type = 'Lock'")).toBe(1), patience);
    doomed.kill("SIGKILL");
    await once(doomed, "exit");
  } finally {
    await admin.query("ROLLBACK");
  }
  await vi.waitFor(async () => expect(await sessions("xact_start IS NOT NULL AND usename LIKE '%_app'")).toBe(0), patience);
  expect(await count()).toEqual({ ended: 0, begun: 0, rows: 0, open: 0 });
  expect(await rowCounts(contract.platform)).toEqual(before);

  const again = start(district);
  const [said] = (await once(again.stdout!, "data")) as [Buffer];
  if (again.exitCode === null) await once(again, "exit");
  expect(said.toString().trim()).toBe('"done"');
  expect(await count()).toEqual({ ended: 1_200, begun: 1_200, rows: 1_200, open: 1 });
});

it("a rollover of 1,200 students, and its undoing, take seconds and few statements", { timeout: 120_000 }, async () => {
  const district = await schoolOf(1_200);
  let statements = 0;
  const query = pg.Client.prototype.query;
  vi.spyOn(pg.Client.prototype, "query").mockImplementation(function counted(this: pg.Client, ...args: unknown[]) {
    statements += 1;
    return (query as (...all: unknown[]) => unknown).apply(this, args);
  } as never);
  onTestFinished(() => void vi.restoreAllMocks());
  const started = performance.now();
  const { out } = dataOf<{ out: { record: { id: string } } }>(await operate(contract, district.districtRegistrar, "runRollover", { fromYearId: district.year }));
  const ran = performance.now() - started;
  // Two portions of lookups, locks, updates and inserts in batches, and their journal: nothing grows with each student.
  expect(statements).toBeLessThan(120);
  dataOf(await operate(contract, district.districtRegistrar, "undoRollover", { rolloverId: out.record.id, version: 1 }, { reason: "Trial" }));
  const both = performance.now() - started;
  // On two busy cores 3.8 s and 3.0 s.
  expect(ran).toBeLessThan(15_000);
  expect(both - ran).toBeLessThan(15_000);
});
