import { parseArgs } from "node:util";
import { readProcessConfig, type Config } from "#foundation/config/config";
import { failedJobs, retryJob } from "#foundation/jobs/failed-jobs";
import { countJobs } from "#foundation/jobs/job-counts";
import { allJobs } from "#foundation/jobs/job-tables";
import { roleNames } from "#foundation/persistence/names";
import { allManifests } from "../../registry.ts";
import type { CommandIo } from "../command.ts";
import { withInstallation } from "../open-installation.ts";

export const name = "jobs";
export const summary = "list background jobs, and try again one that was given up";
export const usage = `osss jobs [--retry ID]

Lists every kind of job with how many wait, run and were given up after the last try (in the last two weeks), and those that were given
up. Why one failed stands in the log of the process that worked it, under the job's id.

  --retry ID   queue that one again

Exit codes: 0 done, 1 there is no such job, 2 wrong words.`;

export const run = (args: string[], io: CommandIo): Promise<number> => jobs(args, io, readProcessConfig());

/** The command over a given configuration. */
export async function jobs(args: string[], io: Pick<CommandIo, "print" | "report">, config: Config): Promise<number> {
  const { values } = parseArgs({ args, options: { retry: { type: "string" } } });
  const roles = roleNames(config.database.prefix);
  return withInstallation(config, io, "osss jobs", async ({ database }) => {
    if (values.retry !== undefined) {
      const queued = await retryJob(database, roles, values.retry);
      if (queued) io.print("It is queued again.");
      else io.report("There is no job of this id that was given up. osss jobs lists them.");
      return queued ? 0 : 1;
    }
    const known = allJobs(await allManifests());
    const counts = await countJobs(database, roles, known.map((job) => job.name));
    const width = Math.max(...known.map((job) => job.name.length));
    for (const job of known) {
      const { waiting, running, failed } = counts.get(job.name)!;
      io.print(`${job.name.padEnd(width)}  ${waiting} waiting, ${running} running, ${failed} given up  (${job.description})`);
    }
    for (const job of await failedJobs(database, roles)) io.print(`given up: ${job.id}  ${job.name}, district ${job.districtId}, ${job.failedAt.toISOString()}, after ${job.attempts} tries: ${job.failure}`);
    return 0;
  });
}
