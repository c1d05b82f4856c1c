import type { Database } from "../persistence/pool.ts";
import type { RoleNames } from "../persistence/names.ts";
import { jobsSchema, newBoss } from "./boss.ts";
import { bossDatabase } from "./boss-database.ts";

/** A job that was given up. */
export interface FailedJob {
  readonly id: string;
  readonly name: string;
  readonly districtId: string;
  readonly failedAt: Date;
  readonly attempts: number;
  /** The kind of its last failure, and its code where it has one: `OsssError CONFLICT`. */
  readonly failure: string;
}

/** Those that were given up in the last two weeks, the newest first. */
export async function failedJobs(database: Database, roles: RoleNames): Promise<FailedJob[]> {
  const { rows } = await bossDatabase(database, roles).executeSql(
    `SELECT id, name, data->>'districtId' AS "districtId", completed_on AS "failedAt", retry_count + 1 AS attempts, coalesce(nullif(concat_ws(' ', output->'failure'->>'type', output->'failure'->>'code'), ''), output->>'message', 'it was not finished') AS failure
     FROM ${jobsSchema}.job WHERE state = 'failed' AND name !~ '^__' ORDER BY completed_on DESC LIMIT 200`,
  );
  return rows as FailedJob[];
}

/** Queues a job that was given up once more. @returns false where there is none of this id. */
export async function retryJob(database: Database, roles: RoleNames, id: string): Promise<boolean> {
  const failed = (await failedJobs(database, roles)).find((job) => job.id === id);
  if (!failed) return false;
  await (await newBoss(bossDatabase(database, roles))).retry(failed.name, id);
  return true;
}
