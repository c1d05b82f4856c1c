import { setTimeout as pause } from "node:timers/promises";
import type { Job as Claimed, PgBoss } from "pg-boss";
import type { Config } from "../config/config.ts";
import { openOrchestration, runAcrossDomains, type Orchestration } from "../crud/across-domains.ts";
import { safeError } from "../errors/safe-error.ts";
import type { SubgraphManifest } from "../federation/manifest.ts";
import { delegatedIdentity } from "../identity/delegation-lookup.ts";
import { roleNames } from "../persistence/names.ts";
import type { Database } from "../persistence/pool.ts";
import type { Log } from "../serving/log.ts";
import { newBoss } from "./boss.ts";
import { bossDatabase } from "./boss-database.ts";
import type { AnyJob, JobHost } from "./job.ts";
import { countJobs, type JobCounts } from "./job-counts.ts";
import { keepSchedules } from "./schedules.ts";
import { onWake, wake } from "./wake.ts";

export interface WorkersOptions {
  readonly config: Config;
  readonly database: Database;
  readonly clock: () => Date;
  readonly log: Log;
  /** All of the installation; `serves` says which of them this process works for. */
  readonly manifests: readonly SubgraphManifest[];
  readonly serves: (domain: string) => boolean;
}

/** The workers of a process. */
export interface Workers {
  /** Names of the jobs that it works. */
  readonly jobs: readonly string[];
  /** Why they do not work at the moment, in words; null when they do. */
  trouble(): string | null;
  /** How many jobs there are of each that it works, in the whole installation. */
  counts(): Promise<ReadonlyMap<string, JobCounts>>;
  /** Settles when they have begun to look for jobs. */
  readonly started: Promise<void>;
  /**
   * Takes no more, tells running jobs by their signal, gives them `limitMs`, and returns the others to the queue. May be called twice.
   */
  stop(limitMs?: number): Promise<void>;
}

/** Milliseconds that running jobs get when a process ends; within what Ctrl-C may take. */
const patienceMs = 7_000;
/** Seconds between looks for new jobs; those of this process's own writes are looked for at once. */
const lookEvery = 2;
/** Milliseconds between tries to begin, while the database is away or not yet migrated. */
const tryEveryMs = 5_000;

/** Begins to work the jobs of the served domains in the background; nobody waits for it. */
export function startWorkers(options: WorkersOptions): Workers {
  const { config, database, log } = options;
  const roles = roleNames(config.database.prefix);
  const mine = options.manifests.filter((m) => options.serves(m.name) && (m.jobs ?? []).length > 0);
  const jobs = mine.flatMap((manifest) => manifest.jobs!.map((job) => ({ job, manifest })));
  const ending = new AbortController();
  let trouble: string | null = null;
  let boss: PgBoss | null = null;
  let forget = () => {};

  const begin = async (): Promise<void> => {
    for (let tries = 0; !ending.signal.aborted; tries += 1) {
      const made = await newBoss(bossDatabase(database, roles), {
        supervise: true, superviseIntervalSeconds: 10, monitorIntervalSeconds: 10, flowIntervalSeconds: 300,
        schedule: true, cronMonitorIntervalSeconds: 30, cronWorkerIntervalSeconds: 5,
      });
      made.on("error", (error) => log.error({ err: error }, "The queue of jobs could not be asked; it is tried again."));
      made.on("warning", ({ message }) => log.warn({ about: "jobs" }, message));
      try {
        await made.start();
        const ids: { name: string; id: string }[] = [];
        for (const { job, manifest } of jobs) {
          // Each is woken by itself.
          for (let n = 0; n < (job.atOnce ?? 1); n += 1) ids.push({ name: job.name, id: await made.work(job.name, { pollingIntervalSeconds: lookEvery }, ([claimed]) => run(job, manifest, claimed as never)) });
        }
        forget = onWake(database, (name) => {
          for (const each of ids) if (each.name === name) made.notifyWorker(each.id);
        });
        boss = made;
        trouble = null;
        return;
      } catch (error) {
        trouble = "Jobs are not worked: their queue could not be opened. It is tried again; osss migrate brings the database up to date.";
        if (tries === 0) log.error({ err: error }, trouble);
        await made.stop({ close: false, graceful: false }).catch(() => undefined);
        await pause(tryEveryMs, undefined, { signal: ending.signal }).catch(() => undefined);
      }
    }
  };

  const orchestrations = new Map<string, Orchestration>();
  const orchestrationOf = (manifest: SubgraphManifest): Orchestration => {
    const domains = manifest.orchestrates ?? [manifest.name];
    const known = orchestrations.get(manifest.name) ?? openOrchestration({ name: `${manifest.name}-jobs`, database, prefix: config.database.prefix, clock: options.clock, manifests: options.manifests.filter((m) => domains.includes(m.name)) });
    orchestrations.set(manifest.name, known);
    return known;
  };

  async function run(job: AnyJob, manifest: SubgraphManifest, claimed: Claimed<{ districtId: string }>): Promise<void> {
    const { districtId, ...payload } = claimed.data;
    const about = { job: job.name, jobId: claimed.id, districtId, attempt: claimed.retryCount + 1 };
    const say = (level: keyof Log) => (fields: Record<string, unknown>, message: string) => log[level]({ ...about, ...fields }, message);
    const orchestration = orchestrationOf(manifest);
    const host: JobHost = {
      districtId, config, clock: options.clock, orchestration,
      log: { debug: say("debug"), info: say("info"), warn: say("warn"), error: say("error") },
      signal: AbortSignal.any([claimed.signal, ending.signal]),
      attempt: about.attempt,
      across: (work, given = {}) => runAcrossDomains(orchestration, { operation: job.name, requestId: `job ${claimed.id}`, ...given, districtId }, work),
      delegated: (work) => delegatedIdentity(database.pool, { ...work, districtId, now: options.clock() }),
    };
    const started = performance.now();
    try {
      await job.run(host, payload as never);
      log.info({ ...about, milliseconds: Math.round(performance.now() - started) }, "job");
    } catch (error) {
      log.error({ ...about, milliseconds: Math.round(performance.now() - started), err: error }, "A job failed.");
      // What pg-boss keeps of a failure lies in the database: kind, code and place, as in the log.
      throw Object.assign(new Error("failed"), { failure: safeError(error), stack: "" });
    } finally {
      // Where one was, another may be.
      wake(database, job.name);
    }
  }

  const started = jobs.length === 0 ? Promise.resolve() : begin();
  const schedules = keepSchedules({ ...options, started, boss: () => boss, signal: ending.signal });
  let stopping: Promise<void> | undefined;
  return {
    jobs: jobs.map(({ job }) => job.name),
    trouble: () => trouble,
    counts: () => countJobs(database, roles, jobs.map(({ job }) => job.name)),
    started,
    stop: (limitMs = patienceMs) =>
      (stopping ??= (async () => {
        ending.abort();
        forget();
        await Promise.all([started, schedules]);
        await boss?.stop({ close: false, graceful: true, timeout: limitMs });
      })()),
  };
}
