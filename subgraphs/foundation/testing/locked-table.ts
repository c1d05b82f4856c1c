import pg from "pg";
import { until } from "./until.ts";

/** A table that nobody else can use for now: whoever needs it stands still there. */
export interface LockedTable extends AsyncDisposable {
  /** Resolves when somebody stands still. */
  waitedFor(): Promise<void>;
  /** Lets everybody go on. */
  release(): Promise<void>;
}

/** Locks a table, e.g. `people.person`, in a transaction of its own. */
export async function lockedTable(adminUrl: string, table: string): Promise<LockedTable> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  let held = true;
  await client.query("BEGIN");
  await client.query(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
  const release = async (): Promise<void> => {
    if (held) await client.query("ROLLBACK");
    held = false;
  };
  return {
    waitedFor: () => until(async () => (await client.query("SELECT 1 FROM pg_locks WHERE NOT granted AND relation = $1::regclass", [table])).rowCount !== 0),
    release,
    async [Symbol.asyncDispose]() {
      await release();
      await client.end();
    },
  };
}
