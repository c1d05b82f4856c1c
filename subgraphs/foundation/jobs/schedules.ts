import { setTimeout as pause } from "node:timers/promises";
import type { PgBoss } from "pg-boss";
import type { SubgraphManifest } from "../federation/manifest.ts";
import type { Database } from "../persistence/pool.ts";
import type { Log } from "../serving/log.ts";

/** Milliseconds between looks at which districts there are and in which time zones they live. */
const lookEveryMs = 300_000;

export interface SchedulesOptions {
  readonly database: Database;
  readonly log: Log;
  readonly manifests: readonly SubgraphManifest[];
  readonly serves: (domain: string) => boolean;
  /** Settles when `boss` is there, if it ever is. */
  readonly started: Promise<void>;
  readonly boss: () => PgBoss | null;
  readonly signal: AbortSignal;
}

/** Keeps a schedule of each district for whatever the served domains schedule, until `signal` is aborted. Several processes may do so. */
export async function keepSchedules({ database, log, manifests, serves, started, boss, signal }: SchedulesOptions): Promise<void> {
  const served = manifests.filter((m) => serves(m.name)).flatMap((m) => m.schedules ?? []);
  const districts = manifests.find((m) => m.districtZones)?.districtZones;
  if (served.length === 0 || districts === undefined) return;
  await started;
  while (!signal.aborted) {
    try {
      const { rows } = await database.pool.query<{ id: string; time_zone: string }>(districts);
      const running = boss();
      if (running) for (const { job, cron } of served) await settle(running, job.name, cron, new Map(rows.map((row) => [row.id, row.time_zone])));
    } catch (error) {
      log.error({ err: error }, "The schedules of the districts could not be looked at; it is tried again.");
    }
    await pause(lookEveryMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

/** One schedule for each district, under the district's id. What was missed while nobody worked is made up for once. */
async function settle(boss: PgBoss, name: string, cron: string, zones: ReadonlyMap<string, string>): Promise<void> {
  const known = new Map((await boss.getSchedules(name)).map((each) => [each.key, each]));
  for (const [districtId, tz] of zones) {
    const present = known.get(districtId);
    if (present?.cron === cron && present.timezone === tz) continue;
    await boss.schedule(name, cron, { districtId }, { tz, key: districtId, missed: "once", singletonKey: districtId });
  }
  for (const key of known.keys()) if (!zones.has(key)) await boss.unschedule(name, key);
}
