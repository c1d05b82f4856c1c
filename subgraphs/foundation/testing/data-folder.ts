import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";
import { readRecord } from "#foundation/persistence/postgres-home";
import { isAlive } from "#foundation/persistence/process-state";

/** A data folder of a test's own, for one start after another. Leaving the scope ends its database, however its node ended. */
export interface DataFolder extends AsyncDisposable {
  readonly path: string;
  /** The process of its database server; null when none runs. */
  databasePid(): number | null;
  /** One statement on what is really stored, as the superuser; the server must run. */
  sql<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** A connection as the superuser, to hold locks with. The caller ends it. */
  connect(): Promise<pg.Client>;
}

export function dataFolder(): DataFolder {
  const path = mkdtempSync(join(tmpdir(), "osss-data-"));
  // The database's own user must get through.
  if (process.getuid?.() === 0) chmodSync(path, 0o711);
  const databasePid = () => {
    const record = readRecord(path);
    if (record === null) return null;
    try {
      const pid = Number(readFileSync(join(record.cluster, "postmaster.pid"), "utf8").split("\n", 1)[0]);
      return isAlive(pid) ? pid : null;
    } catch {
      return null;                                          // it has stopped and taken the file with it
    }
  };
  const connect = async () => {
    const record = readRecord(path);
    if (record === null) throw new Error(`There is no database in ${path}.`);
    const client = new pg.Client({ connectionString: `postgres://postgres:${record.password}@127.0.0.1:${record.port}/osss` });
    client.on("error", () => undefined);                    // the statement that runs then fails by itself
    await client.connect();
    return client;
  };
  return {
    path,
    databasePid,
    connect,
    async sql<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) {
      const client = await connect();
      try {
        return (await client.query<Row>(text, [...values])).rows;
      } finally {
        await client.end();
      }
    },
    async [Symbol.asyncDispose]() {
      const record = readRecord(path);
      const pid = databasePid();
      if (pid !== null) {
        process.kill(pid, "SIGQUIT");
        await untilGone(pid);
      }
      if (record !== null) rmSync(dirname(record.cluster), { recursive: true, force: true });
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** Resolves when a process that is not our child has ended: nothing tells of that, so it is asked for. @throws Error after 10 s. */
export async function untilGone(pid: number): Promise<void> {
  for (const until = Date.now() + 10_000; isAlive(pid); await new Promise((resolve) => setTimeout(resolve, 20))) {
    if (Date.now() > until) throw new Error(`Process ${pid} is still there after 10 s.`);
  }
}
