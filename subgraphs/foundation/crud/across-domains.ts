import { sql } from "kysely";
import type { EntityManager, MikroORM } from "@mikro-orm/postgresql";
import { translateDatabaseError } from "../errors/database-errors.ts";
import { loadManifest, type LoadedManifest } from "../federation/load-manifest.ts";
import type { SubgraphManifest } from "../federation/manifest.ts";
import { anonymous, identityOf, type Identity } from "../identity/identity.ts";
import { takeChanges, type FieldChange, type RecordChange } from "../events/change-recorder.ts";
import type { RoleNames } from "../persistence/names.ts";
import { roleNames } from "../persistence/names.ts";
import { createOrm } from "../persistence/orm.ts";
import type { Database } from "../persistence/pool.ts";
import type { Job, PayloadKinds, PayloadOf } from "../jobs/job.ts";
import { QueuedJobs, type QueueOptions } from "../jobs/queued-jobs.ts";
import { sessionVariables } from "../persistence/session.ts";
import { claim, settle, type IdempotentWrite } from "./idempotency.ts";
import { inLittleMemory } from "./in-little-memory.ts";
import type { Reader } from "./read.ts";
import { retryingContention } from "./retry.ts";
import { markBeginning, tellCaller } from "./told.ts";
import { appendToJournal, WriteSession, type Writer } from "./write.ts";

/** One ORM over the records of several domains, for operations that write them together. */
export interface Orchestration {
  readonly database: Database;
  readonly orm: MikroORM;
  readonly roles: RoleNames;
  readonly clock: () => Date;
  readonly manifests: readonly LoadedManifest[];
}

export function openOrchestration(options: { name: string; database: Database; prefix: string; clock: () => Date; manifests: readonly SubgraphManifest[] }): Orchestration {
  const manifests = options.manifests.map(loadManifest);
  return {
    database: options.database,
    roles: roleNames(options.prefix),
    clock: options.clock,
    manifests,
    orm: createOrm({ name: options.name, records: manifests.flatMap((m) => m.records) }, options.database),
  };
}

export interface AcrossOptions {
  /** For the audit log, e.g. `import oneroster`. */
  operation: string;
  districtId: string;
  /** The account on whose behalf it runs; the command line has none. */
  identity?: Identity;
  reason?: string;
  requestId?: string;
  /** Do everything, then roll back. */
  dryRun?: boolean;
  /**
   * For work on many records in many blocks: each block's audit and outbox rows are written at its end and its records are let go, so
   * that memory and the cost of a flush stay with the block; the process gives memory back early meanwhile. `changes` is empty then; records of one block are strangers to the next.
   */
  large?: boolean;
  /** Told what each block changed, in a dry run too: for reports that would be too long to keep, where `large`. */
  onChanges?: (changes: readonly RecordChange[]) => void;
  /** Where new records get their ids, anew for each attempt: see `repeatableIds`. */
  ids?: () => () => string;
  /** What follows from the records and may be counted in the background is left for it: for imports and seeds. Always so where `large`. */
  later?: boolean;
  /** The client's key: a replay answers what the first run answered, and writes nothing. */
  idempotency?: IdempotentWrite | null;
}

/** The work of one transaction over several domains: one domain at a time, each under its own database role. */
export interface AcrossDomains {
  /**
   * Runs `work` as the domain's elevated role and flushes it. Its own rules come first: nothing else stands between it and the
   * district's rows. Outside of such a block the transaction has no rights at all, so a forgotten write fails.
   */
  in<T>(domain: string, work: (session: WriteSession) => Promise<T>): Promise<T>;
  /** On whose behalf it runs. */
  readonly caller: Writer;
  /** As `WriteSession.queue`: the job is there when all of it commits. */
  queue<K extends PayloadKinds>(job: Job<K>, payload: PayloadOf<K>, options?: QueueOptions): Promise<string | null>;
}

export interface AcrossResult<T> {
  result: T;
  changes: readonly RecordChange[];
  /** Those of them that the account on whose behalf it ran may be told; none for the command line. */
  told: readonly RecordChange[];
  /** How many records were changed, by type and action: `counts.Person.CREATED`. */
  counts: Readonly<Record<string, Readonly<Partial<Record<RecordChange["action"], number>>>>>;
  /** What the first run of a replayed write told. */
  replayed?: readonly FieldChange[];
}

/** Writes several domains in one transaction with all audit and outbox rows, or nothing. */
export async function runAcrossDomains<T>(orchestration: Orchestration, options: AcrossOptions, work: (across: AcrossDomains) => Promise<T>): Promise<AcrossResult<T>> {
  try {
    const run = () => retryingContention(() => attempt(orchestration, options, work));
    return await (options.large ? inLittleMemory(run) : run());
  } catch (error) {
    throw translateDatabaseError(error, orchestration.manifests.flatMap((m) => m.metas));
  }
}

async function attempt<T>(orchestration: Orchestration, options: AcrossOptions, work: (across: AcrossDomains) => Promise<T>): Promise<AcrossResult<T>> {
  const { orm, roles, manifests } = orchestration;
  const now = orchestration.clock();
  const identity = options.identity ?? identityOf({ ...anonymous, districtId: options.districtId });
  const requestId = options.requestId ?? "command-line";
  const em = orm.em.fork({ clear: true, useContext: false }) as EntityManager;
  em.setSessionContext({ variables: { ...sessionVariables(identity, now), ...(options.later || options.large ? { "osss.count_later": "on" } : {}) } });
  const act = (role: string) => sql`SELECT set_config('role', ${role}, true)`.execute(em.getKysely() as never);
  try {
    await em.begin();
    await sql`SET LOCAL statement_timeout = 0`.execute(em.getKysely() as never);
    const recorded: RecordChange[] = [];
    const counts: Record<string, Partial<Record<RecordChange["action"], number>>> = {};
    const journal = (changes: readonly RecordChange[]) => appendToJournal(em, { now, requestId, operation: options.operation, reason: options.reason ?? null }, changes);
    let last = manifests[0]!.name;
    const key = options.dryRun ? null : options.idempotency;
    if (key) {
      await act(roles.elevated(last));
      const replay = await claim<{ result: T; changes: FieldChange[] }>(em, key);
      if (replay) {
        await em.rollback();
        return { result: replay.stored!.result, changes: [], told: [], counts, replayed: replay.stored!.changes };
      }
      await act("none");
    }
    const caller: Writer = { identity, now, requestId, newId: options.ids?.() };
    const jobs = new QueuedJobs(em.getKysely(), roles);
    const across: AcrossDomains = {
      caller,
      queue: (job, payload, given) => jobs.add(job, options.districtId, payload, given),
      async in(domain, inner) {
        if (!manifests.some((m) => m.name === domain)) throw new Error(`This orchestration does not write ${domain}.`);
        last = domain;
        await act(roles.elevated(domain));
        const session = new WriteSession(caller, em, jobs, "district", options.reason ?? null);
        const value = await inner(session);
        await session.flush();
        const changes = takeChanges(em);
        options.onChanges?.(changes);
        for (const { meta, action } of changes) {
          const count = (counts[meta.name] ??= {});
          count[action] = (count[action] ?? 0) + 1;
        }
        if (options.large) {
          if (!options.dryRun && changes.length > 0) await journal(changes);
          em.clear();
        } else recorded.push(...changes);
        await act("none");
        return value;
      },
    };
    const db = em.getKysely() as unknown as Reader;
    const enter = () => act(roles.elevated(last));
    if (options.dryRun) await markBeginning(db);
    const result = await work(across);
    await enter();
    const told = options.identity ? await tellCaller(db, options.identity, recorded, options.dryRun ? { enter } : null) : [];
    if (options.dryRun) {
      await em.rollback();
      return { result, changes: recorded, told, counts };
    }
    await journal(recorded);
    if (key) await settle(em, key, { result, changes: told.flatMap((r) => r.fields) });
    await em.commit();
    jobs.committed(orchestration.database);
    return { result, changes: recorded, told, counts };
  } catch (error) {
    if (em.isInTransaction()) await em.rollback().catch(() => undefined);
    throw error;
  }
}
