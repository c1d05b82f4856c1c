import type pg from "pg";
import type { QueueOptions, Queue } from "pg-boss";
import type { SubgraphManifest } from "../federation/manifest.ts";
import { quoted, type RoleNames } from "../persistence/names.ts";
import { jobsSchema, newBoss } from "./boss.ts";
import type { AnyJob } from "./job.ts";

/** Seconds without a sign of life after which a process counts as dead and its job is taken up by another; a living one tells twice as often. */
const lostAfter = 20;
const [day, hour] = [86_400, 3_600];

/** How pg-boss is to treat the jobs of one name. */
export function queueOf(job: AnyJob): QueueOptions & { name: string; policy: NonNullable<Queue["policy"]> } {
  return {
    name: job.name,
    policy: job.single === undefined ? "standard" : job.single.others === "wait" ? "singleton" : "exclusive",
    retryLimit: job.retries ?? 5,
    retryDelay: 5,
    retryBackoff: true,
    retryDelayMax: 600,
    expireInSeconds: job.limitSeconds ?? hour,
    heartbeatSeconds: lostAfter,
    retentionSeconds: 14 * day,
    deleteAfterSeconds: 14 * day,
  };
}

/** Every job of the installation. @throws Error where two have one name. */
export function allJobs(manifests: readonly Pick<SubgraphManifest, "name" | "jobs">[]): AnyJob[] {
  const jobs = manifests.flatMap((m) => m.jobs ?? []);
  const twice = jobs.find((job, at) => jobs.findIndex((each) => each.name === job.name) !== at);
  if (twice) throw new Error(`Two jobs are named ${twice.name}.`);
  return jobs;
}

/**
 * Makes the tables of pg-boss, or brings them to its version, and the queues that the manifests name; all of it is the owner's. The
 * connection is the administrator's, outside of a transaction. Repeatable.
 */
export async function migrateJobs(client: pg.Client, manifests: readonly SubgraphManifest[], roles: RoleNames): Promise<void> {
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${quoted(jobsSchema)} AUTHORIZATION ${quoted(roles.owner)}`);
  await client.query(`SET ROLE ${quoted(roles.owner)}`);
  const failures: Error[] = [];
  const boss = await newBoss({ executeSql: (text, values) => client.query(text, values as unknown[]) }, { migrate: true });
  boss.on("error", (error) => failures.push(error));
  try {
    await boss.start();
    const present = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]));
    for (const { name, policy, ...options } of allJobs(manifests).map(queueOf)) {
      const known = present.get(name);
      if (known === undefined) await boss.createQueue(name, { policy, ...options });
      else if (known.policy !== policy) throw new Error(`The job ${name} was declared with another "single". Give it another name: what waits under the old one is of the old kind.`);
      else if (Object.entries(options).some(([key, value]) => (known as unknown as Record<string, unknown>)[key] !== value)) await boss.updateQueue(name, options);
    }
    if (failures[0]) throw failures[0];
  } finally {
    await boss.stop({ close: false, graceful: true, timeout: 60_000 });
    await client.query("RESET ROLE");
  }
}

/** What the role that keeps the queues may do there; no other role has any right, the bare login included. */
export function jobGrants(roles: RoleNames): string[] {
  return [
    `GRANT USAGE ON SCHEMA ${quoted(jobsSchema)} TO ${roles.jobs}`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${quoted(jobsSchema)} TO ${roles.jobs}`,
    `GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${quoted(jobsSchema)} TO ${roles.jobs}`,
  ];
}
