import type { Database } from "../persistence/pool.ts";
import type { RoleNames } from "../persistence/names.ts";
import { jobsSchema } from "./boss.ts";
import { bossDatabase } from "./boss-database.ts";

/** How many jobs of a name there are: to be done, under way, and given up after the last try (of the last two weeks). */
export interface JobCounts {
  readonly waiting: number;
  readonly running: number;
  readonly failed: number;
}

export async function countJobs(database: Database, roles: RoleNames, names: readonly string[]): Promise<ReadonlyMap<string, JobCounts>> {
  const { rows } = await bossDatabase(database, roles).executeSql(
    `SELECT name, count(*) FILTER (WHERE state IN ('created', 'retry'))::int AS waiting, count(*) FILTER (WHERE state = 'active')::int AS running, count(*) FILTER (WHERE state = 'failed')::int AS failed
     FROM ${jobsSchema}.job WHERE name = ANY ($1) AND state IN ('created', 'retry', 'active', 'failed') GROUP BY name`,
    [[...names]],
  );
  const found = new Map((rows as ({ name: string } & JobCounts)[]).map(({ name, ...counts }) => [name, counts]));
  return new Map(names.map((name) => [name, found.get(name) ?? { waiting: 0, running: 0, failed: 0 }]));
}
