import type { ConstructorOptions, Db, PgBoss as Boss } from "pg-boss";

/** The schema in which pg-boss keeps its queues. */
export const jobsSchema = "jobs";

/** Settings of every instance: it makes no tables, opens no pool, and tells no one. */
const common: ConstructorOptions = {
  schema: jobsSchema,
  createSchema: false,
  migrate: false,
  supervise: false,
  schedule: false,
  registerInstance: false,
  reindex: false,
  monitorVacuum: false,
  openTelemetry: { enabled: false },
};

/** An instance over a database of ours. Loaded when the first is made: a process without jobs needs none of it. */
export async function newBoss(db: Db, options: ConstructorOptions = {}): Promise<Boss> {
  const { PgBoss } = await import("pg-boss");
  return new PgBoss({ ...common, ...options, db });
}
