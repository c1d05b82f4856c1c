import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readConfig } from "#foundation/config/config";
import { errandDistrict, errands, hopeless, longErrand, oneByOne, onlyOne, shortErrand } from "#foundation/testing/test-domain/errands/subgraph";
import { launch, typescript } from "#foundation/testing/launched-process";
import { startPgBouncer, pgBouncerInstalled } from "#foundation/testing/pgbouncer";
import { testPlatform, testPrefix, type TestPlatform } from "#foundation/testing/test-platform";
import { until } from "#foundation/testing/until";
import { runAcrossDomains } from "../crud/across-domains.ts";
import { openDatabase } from "../persistence/pool.ts";
import { roleNames } from "../persistence/names.ts";
import { uuidv7 } from "../record/uuid.ts";
import { Metrics } from "../serving/metrics.ts";
import { tellJobs } from "../serving/job-metrics.ts";
import { failedJobs, retryJob } from "./failed-jobs.ts";
import { startWorkers } from "./workers.ts";
import type { Job, PayloadKinds, PayloadOf } from "./job.ts";

let platform: TestPlatform;
const config = readConfig({ OSSS_DATABASE_PREFIX: testPrefix });
const logged: unknown[] = [];
const keep = (fields: Record<string, unknown>, message: string) => void logged.push({ ...fields, message });
const log = { debug: keep, info: keep, warn: keep, error: keep };

beforeAll(async () => {
  platform = await testPlatform({ manifests: [errands], sdl: () => "type Query { errand: ID }" });
});
afterAll(() => platform?.[Symbol.asyncDispose]());

const worker = (url = platform.appUrl) => launch(typescript("subgraphs/foundation/testing/errand-worker.ts", testPrefix, url));
const queue = <K extends PayloadKinds>(job: Job<K>, payload: PayloadOf<K>, then: () => void = () => undefined, districtId = errandDistrict) =>
  runAcrossDomains(platform.orchestration, { operation: "test", districtId }, async (across) => {
    const id = await across.in("errands", (session) => session.queue(job, payload));
    then();
    return id;
  }).then(({ result }) => result);
interface Noted { errand: string; what: string; pid: number; attempt: number; at: Date }
const noted = (errand: string) => platform.sql<Noted>("SELECT errand, what, pid, attempt, created_at AS at FROM errands.noted WHERE errand = $1 ORDER BY id", [errand]);
const jobs = (name: string) => platform.sql<{ id: string; state: string; data: Record<string, unknown>; output: unknown; retry_count: number }>("SELECT id, state::text, data, output, retry_count FROM jobs.job WHERE name = $1 ORDER BY created_on, id", [name]);
/** Works in this process until it is disposed. */
async function working() {
  const workers = startWorkers({ config, database: platform.database, clock: () => new Date(), log, manifests: [errands], serves: () => true });
  await workers.started;
  return { workers, [Symbol.asyncDispose]: () => workers.stop(1_000) };
}

describe("a job", () => {
  test("is no table of the bare login or of an acting role, and takes nothing but what it declares", async () => {
    for (const role of [null, "mixed", "wide", "elevated"]) {
      const client = await platform.database.pool.connect();
      try {
        await client.query("BEGIN");
        if (role) await client.query(`SET LOCAL ROLE ${testPrefix}_errands_${role}`);
        await expect(client.query("SELECT * FROM jobs.job"), String(role)).rejects.toMatchObject({ code: "42501" });
      } finally {
        await client.query("ROLLBACK");
        client.release();
      }
    }
    for (const payload of [{}, { errand: "Lisa Lindqvist" }, { errand: uuidv7(), name: "Lisa Lindqvist" }]) await expect(queue(shortErrand, payload as never)).rejects.toThrow(/shortErrand/);
    expect(await jobs("shortErrand")).toEqual([]);
  });

  test("that a rolled-back write queued never runs; one of a write that commits runs at once, and the write's rights are as before", async () => {
    await using _ = await working();
    const [lost, kept] = [uuidv7(), uuidv7()];
    await expect(queue(shortErrand, { errand: lost }, () => { throw new Error("The write fails."); })).rejects.toThrow("The write fails.");
    const dry = await runAcrossDomains(platform.orchestration, { operation: "test", districtId: errandDistrict, dryRun: true }, (across) => across.queue(shortErrand, { errand: lost }));
    expect(dry.result).toMatch(/^[0-9a-f-]{36}$/);
    const before = await runAcrossDomains(platform.orchestration, { operation: "test", districtId: errandDistrict }, (across) =>
      across.in("errands", async (session) => {
        const role = async () => (await session.ask(sql<{ role: string }>`SELECT current_setting('role') AS role`))[0];
        const roles = [await role()];
        await session.queue(shortErrand, { errand: kept });
        return [...roles, await role()];
      }),
    );
    expect(before.result).toEqual(Array(2).fill({ role: `${testPrefix}_errands_elevated` }));
    const committed = performance.now();
    await until(async () => (await noted(kept)).length > 0);
    expect(performance.now() - committed).toBeLessThan(1_000);
    await until(async () => (await jobs("shortErrand")).every(({ state }) => state === "completed"));
    expect(await noted(kept)).toMatchObject([{ what: "done", attempt: 1 }]);
    expect(await noted(lost)).toEqual([]);
    expect((await jobs("shortErrand")).map(({ data }) => data)).toEqual([{ districtId: errandDistrict, errand: kept }]);
  });

  test("is run once by two processes that look for the same", { timeout: 60_000 }, async () => {
    await using one = worker();
    await using other = worker();
    await Promise.all([one.printed(/working/), other.printed(/working/)]);
    const all = Array.from({ length: 60 }, () => uuidv7());
    await runAcrossDomains(platform.orchestration, { operation: "test", districtId: errandDistrict }, async (across) => {
      for (const errand of all) await across.queue(longErrand, { errand, milliseconds: 50, listens: false });
    });
    await until(async () => (await jobs("longErrand")).every(({ state }) => state === "completed"));
    const rows = await platform.sql<Noted>("SELECT errand, pid FROM errands.noted WHERE errand = ANY ($1) AND what = 'done'", [all]);
    expect(rows.map((row) => row.errand).sort()).toEqual([...all].sort());
    expect(new Set(rows.map((row) => row.pid))).toEqual(new Set([one.pid, other.pid]));
  });

  test("that was asked to be single waits for its turn, or is not queued while one is; those of another errand go beside it", { timeout: 60_000 }, async () => {
    await using _ = await working();
    const [mine, yours] = [uuidv7(), uuidv7()];
    for (let n = 0; n < 3; n += 1) await queue(oneByOne, { errand: mine });
    await queue(oneByOne, { errand: yours });
    await until(async () => (await noted(mine)).length === 6 && (await noted(yours)).length === 2);
    expect((await noted(mine)).map(({ what }) => what)).toEqual(["begun", "done", "begun", "done", "begun", "done"]);
    const last = (await noted(mine)).at(-1)!.at;
    expect((await noted(yours))[0]!.at.getTime()).toBeLessThan(last.getTime());
    const sent = [await queue(onlyOne, { errand: mine }), await queue(onlyOne, { errand: mine }), await queue(onlyOne, { errand: yours })];
    expect(sent.map((id) => id !== null)).toEqual([true, false, true]);
    await until(async () => (await jobs("onlyOne")).every(({ state }) => state === "completed"));
    expect(await queue(onlyOne, { errand: mine })).not.toBeNull();
  });

  test("that fails for good is counted, and its text is kept nowhere", async () => {
    await using running = await working();
    const errand = uuidv7();
    await queue(hopeless, { errand });
    await until(async () => (await jobs("hopeless"))[0]?.state === "failed");
    const [failed] = await jobs("hopeless");
    expect(failed!.output).toMatchObject({ failure: { type: "Error", at: expect.arrayContaining([expect.stringContaining("errands/subgraph.ts")]) } });
    expect(logged).toContainEqual(expect.objectContaining({ job: "hopeless", jobId: failed!.id, districtId: errandDistrict, attempt: 1, message: "A job failed." }));
    expect(JSON.stringify([failed])).not.toContain("Lindqvist");
    const metrics = new Metrics();
    tellJobs(metrics, running.workers);
    const page = await metrics.page();
    expect(page).toContain('osss_jobs_failed{job="hopeless"} 1\n');
    expect(page).toContain('osss_jobs_waiting{job="shortErrand"} 0\n');
    expect(page).toMatch(/^osss_jobs_running\{job="longErrand"\} 0$/m);
    const givenUp = await failedJobs(platform.database, roleNames(testPrefix));
    expect(givenUp).toEqual([{ id: failed!.id, name: "hopeless", districtId: errandDistrict, failedAt: expect.any(Date), attempts: 1, failure: "Error" }]);
    expect(await retryJob(platform.database, roleNames(testPrefix), uuidv7())).toBe(false);
    expect(await retryJob(platform.database, roleNames(testPrefix), failed!.id)).toBe(true);
    await until(async () => (await jobs("hopeless"))[0]!.retry_count === 1 && (await jobs("hopeless"))[0]!.state === "failed");
  });

  test("gets its time when the process ends; one that takes longer, or stops, goes back to the queue", { timeout: 60_000 }, async () => {
    await platform.sql("DELETE FROM jobs.job WHERE name = 'longErrand'");
    await using ending = worker();
    await ending.printed(/working/);
    const finishes = uuidv7();
    await queue(longErrand, { errand: finishes, milliseconds: 1_000, listens: false });
    await until(async () => (await noted(finishes)).length > 0);
    expect(await ending.end("SIGTERM")).toEqual({ code: 0, signal: null });
    expect((await noted(finishes)).map(({ what }) => what)).toEqual(["begun", "done"]);
    expect((await jobs("longErrand")).map(({ state }) => state)).toEqual(["completed"]);

    await using second = worker();
    await second.printed(/working/);
    const [told, deaf] = [uuidv7(), uuidv7()];
    await queue(longErrand, { errand: told, milliseconds: 60_000, listens: true });
    await until(async () => (await noted(told)).length > 0);
    const asked = performance.now();
    expect(await second.end("SIGTERM")).toEqual({ code: 0, signal: null });
    expect(performance.now() - asked).toBeLessThan(1_500);
    expect((await jobs("longErrand")).map(({ state }) => state)).toEqual(["completed", "retry"]);

    await platform.sql("DELETE FROM jobs.job WHERE name = 'longErrand'");
    await using third = worker();
    await third.printed(/working/);
    await queue(longErrand, { errand: deaf, milliseconds: 60_000, listens: false });
    await until(async () => (await noted(deaf)).length > 0);
    expect(await third.end("SIGTERM")).toEqual({ code: 0, signal: null });
    expect((await jobs("longErrand")).map(({ state }) => state)).toEqual(["retry"]);
    await platform.sql("DELETE FROM jobs.job WHERE name = 'longErrand'");
  });

  test.skipIf(!pgBouncerInstalled())("is queued and worked through PgBouncer in transaction mode (needs PgBouncer: npm run servers:install)", async () => {
    await using between = await startPgBouncer({ url: platform.appUrl, poolSize: 2 });
    const database = openDatabase(between.url, 4, () => undefined);
    const workers = startWorkers({ config, database, clock: () => new Date(), log, manifests: [errands], serves: () => true });
    try {
      await workers.started;
      expect(workers.trouble()).toBeNull();
      const errand = uuidv7();
      await runAcrossDomains({ ...platform.orchestration, database }, { operation: "test", districtId: errandDistrict }, (across) => across.queue(shortErrand, { errand }));
      await until(async () => (await noted(errand)).length > 0);
    } finally {
      await workers.stop(1_000);
      await database.close();
    }
  });
});
