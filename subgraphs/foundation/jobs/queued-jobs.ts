import { AsyncLocalStorage } from "node:async_hooks";
import { CompiledQuery, sql, type Kysely } from "kysely";
import type { PgBoss } from "pg-boss";
import type { RoleNames } from "../persistence/names.ts";
import type { Database } from "../persistence/pool.ts";
import { newBoss } from "./boss.ts";
import { checkPayload, type Job, type PayloadKinds, type PayloadOf } from "./job.ts";
import { wake } from "./wake.ts";

type Statement = (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }>;

/**
 * The instance that only sends. It has no connection of its own, so that a transaction never waits for a second one: what it asks about a
 * queue, it asks in the transaction that is sending.
 */
const sending = new AsyncLocalStorage<Statement>();
let sender: Promise<PgBoss> | null = null;
const theSender = (): Promise<PgBoss> => (sender ??= newBoss({ executeSql: (text, values) => sending.getStore()!(text, values) as Promise<{ rows: never[] }> }));

export interface QueueOptions {
  /** It waits until then. */
  readonly notBefore?: Date;
}

/** The jobs that one transaction queues: they are there when it commits, and none of them where it rolls back. */
export class QueuedJobs {
  readonly #db: Kysely<Record<string, Record<string, unknown>>>;
  readonly #roles: RoleNames;
  readonly #names = new Set<string>();

  constructor(db: unknown, roles: RoleNames) {
    this.#db = db as Kysely<Record<string, Record<string, unknown>>>;
    this.#roles = roles;
  }

  /**
   * Queues a job for a district. @returns its id; null where it is one of a kind, others are dropped, and another waits or runs.
   * @throws Error where the payload is not what the job is told.
   */
  async add<K extends PayloadKinds>(job: Job<K>, districtId: string, payload: PayloadOf<K>, options: QueueOptions = {}): Promise<string | null> {
    checkPayload(job, payload);
    const boss = await theSender();
    const { rows } = await sql<{ was: string }>`SELECT current_setting('role') AS was, set_config('role', ${this.#roles.jobs}, true)`.execute(this.#db);
    const statement: Statement = async (text, values = []) => this.#db.executeQuery(CompiledQuery.raw(text, values));
    const id = await sending.run(statement, () =>
      boss.send(job.name, { districtId, ...payload }, {
        db: { executeSql: statement as never },
        ...(job.single ? { singletonKey: job.single.by === "district" ? districtId : `${districtId} ${String(payload[job.single.by])}` } : {}),
        ...(options.notBefore ? { startAfter: options.notBefore } : {}),
      }),
    );
    await sql`SELECT set_config('role', ${rows[0]!.was}, true)`.execute(this.#db);
    this.#names.add(job.name);
    return id;
  }

  /** Called when the transaction has committed: the workers of this process look at once, those of others within two seconds. */
  committed(database: Database): void {
    for (const name of this.#names) wake(database, name);
  }
}
