import { sql, type RawBuilder } from "kysely";
import type { EntityManager } from "@mikro-orm/postgresql";
import { OsssError, type FieldProblem } from "../errors/errors.ts";
import type { StampName } from "../access/access.ts";
import { relationCall } from "../access/declare-relation.ts";
import type { Relation } from "../access/relations.ts";
import type { Role } from "../identity/role.ts";
import { recordChange, takeChanges, type FieldChange, type RecordChange } from "../events/change-recorder.ts";
import { visibleFunction } from "../persistence/derived-objects.ts";
import { sessionVariables } from "../persistence/session.ts";
import { columnsOf, recordOf, type ForeignClass, type RecordClass, type RecordMeta } from "../record/metadata.ts";
import type { Job, PayloadKinds, PayloadOf } from "../jobs/job.ts";
import { QueuedJobs, type QueueOptions } from "../jobs/queued-jobs.ts";
import { uuidv7 } from "../record/uuid.ts";
import type { Call } from "./call.ts";
import { claim, idempotencyOf, settle } from "./idempotency.ts";
import { loadRows } from "./load.ts";
import { retryingContention } from "./retry.ts";
import { tableOf } from "./read.ts";
import type { Reader, Row } from "./read.ts";
import { markBeginning, tellCaller, withoutInternal } from "./told.ts";

export interface WriteOptions {
  /** Name of the mutation, for the audit log. */
  operation: string;
  /** `caller`: row rules of the caller. `district`: the operation checks its own rule and may write the whole district; audited. */
  as: "caller" | "district";
  dryRun: boolean;
  reason?: string | null;
  /** Where the reply goes (root field or alias), so that two writes of one request have their own idempotency. */
  path: string;
  /** What was asked, for telling a replay from another request under the same key. */
  request: unknown;
}

export interface WriteResult {
  /** Ids of the records that the operation returned; empty after a dry run. */
  ids: string[];
  changes: FieldChange[];
}

/** On whose behalf a write happens; a call is one. */
export type Writer = Pick<Call, "identity" | "now" | "requestId"> & {
  /** Gives new records their ids, where these must be the same each time: see `repeatableIds`. */
  readonly newId?: () => string;
};

/** A record as the ORM manages it: assign through `WriteSession.update`, never directly. */
export type Managed<T> = T & { id: string; version: number };

/**
 * One write: a transaction with its changes, their audit and outbox rows and the idempotency key, or nothing of it. Made by
 * `runWrite`; operations use its methods and see neither the ORM nor SQL.
 */
export class WriteSession {
  /** Who writes, and when it is. */
  readonly caller: Writer;
  /** Why, as the caller said for the audit log; null when nothing was said. For rules that may be overridden with a reason. */
  readonly reason: string | null;
  readonly #em: EntityManager;
  readonly #as: WriteOptions["as"];
  /** Whether `find`, `get` and `getAll` give rows of the district that the caller may not read. */
  readonly #elevated: boolean;
  readonly #jobs: QueuedJobs;
  readonly #references = new Map<string, Set<string>>();

  constructor(caller: Writer, em: EntityManager, jobs: QueuedJobs, as: WriteOptions["as"], reason: string | null = null, elevated = false) {
    this.caller = caller;
    this.reason = reason;
    this.#em = em;
    this.#jobs = jobs;
    this.#as = as;
    this.#elevated = elevated;
  }

  get db(): Reader {
    return this.#em.getKysely() as unknown as Reader;
  }

  /** Rows of a statement in the write's own transaction, under its role. What is pending is not flushed first. */
  async ask<T>(query: RawBuilder<T>): Promise<T[]> {
    return (await query.execute(this.db as never)).rows;
  }

  /** The district's local date at the write's moment, `YYYY-MM-DD`. */
  async today(): Promise<string> {
    return (await this.ask(sql<{ today: string }>`SELECT access.today()::text AS today`))[0]!.today;
  }

  /**
   * Whether the caller reaches `id` by the relation with one of these roles: what an operation that writes for the district asks first.
   * `stamp` is null (and `id` left out) for a relation to the whole district.
   */
  async holds(relation: Relation, stamp: StampName | null, roles: readonly Role[], id?: string): Promise<boolean> {
    const call = relationCall(relation, stamp, roles);
    const [row] = await this.ask(stamp === null ? sql<{ holds: boolean }>`SELECT ${call} AS holds` : sql<{ holds: boolean }>`SELECT ${id}::uuid IN (SELECT ${call}) AS holds`);
    return row?.holds === true;
  }

  /**
   * Lets writes with the same key follow one another until their transactions end: for rules that look before they write. Those that share
   * the key go beside one another, and wait only for one that does not.
   */
  async serialize(key: string, shared = false): Promise<void> {
    await this.ask(sql`SELECT ${sql.raw(shared ? "pg_advisory_xact_lock_shared" : "pg_advisory_xact_lock")}(hashtextextended(${`${this.caller.identity.districtId} ${key}`}, 0))`);
  }

  /**
   * Adds many records at once, in the order given: for seeds and imports of what nobody wrote by hand. The audit log gets one entry of
   * action LOADED for the call, which counts the rows and names the first; the outbox gets none.
   */
  async load<T extends object>(type: RecordClass<T>, rows: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
    await this.flush();
    const change = await loadRows(this.db, recordOf(type), this.caller, rows);
    if (change) recordChange(this.#em, change);
  }

  /** Adds a record. `values` are by field name, references as ids. */
  create<T extends object>(type: RecordClass<T>, values: Readonly<Record<string, unknown>>, id: string = this.caller.newId?.() ?? uuidv7(this.caller.now.getTime())): Managed<T> {
    const meta = recordOf(type);
    this.#noteReferences(meta, values);
    const by = this.caller.identity.accountId;
    const defaults = Object.fromEntries(columnsOf(meta).flatMap((f) => ("defaultValue" in f && f.defaultValue !== undefined ? [[f.name, f.defaultValue]] : [])));
    return this.#em.create(
      type as never,
      { ...defaults, ...values, id, districtId: this.caller.identity.districtId, version: 1, createdAt: this.caller.now, createdBy: by, updatedAt: this.caller.now, updatedBy: by, archivedAt: null } as never,
      { persist: true },
    ) as Managed<T>;
  }

  /**
   * The record with this id, locked until the end of the write, or null when the caller may not read it: also in a write for the district,
   * so that no answer tells whether a hidden record exists. A record that may be read but not written is refused.
   */
  async find<T extends object>(type: RecordClass<T>, id: string): Promise<Managed<T> | null> {
    const [locked] = await this.#lock(type, [id]);
    if (locked !== undefined) return (await this.#em.findOne(type as never, { id } as never)) as Managed<T> | null;
    if (this.#as === "caller" && (await this.#visible(type, [id])).length > 0) throw OsssError.forbidden(`You may read this ${recordOf(type).name} but not change it.`);
    return null;
  }

  /** As `find`, or NOT_FOUND. With `version`, a record changed since is refused with its current state. */
  async get<T extends object>(type: RecordClass<T>, id: string, version?: number): Promise<Managed<T>> {
    const record = await this.find(type, id);
    const meta = recordOf(type);
    if (!record) throw OsssError.notFound(meta.name);
    if (version !== undefined && record.version !== version) throw OsssError.stale(meta.name, currentState(meta, record));
    return record;
  }

  /** As `get` of each, in the order of their ids, with one statement to lock them all. */
  async getAll<T extends object>(type: RecordClass<T>, ids: readonly string[]): Promise<Managed<T>[]> {
    const asked = [...new Set(ids)];
    if (asked.length === 0) return [];
    const found = new Set(await this.#lock(type, asked));
    for (const id of asked) if (!found.has(id)) await this.get(type, id);
    return this.list(type, { id: asked });
  }

  /**
   * `find`, `get` and `getAll` of any row of the district. `because` says why the caller need not read it, and learns nothing of it: nothing
   * that she sends chooses the row, or her right to do this to a hidden one is the same as to any other.
   */
  elevated(because: string): Pick<WriteSession, "find" | "get" | "getAll"> {
    if (this.#as === "caller") throw new Error(`A write as the caller sees the caller's rows alone; "${because}" asks for others. Declare the operation as "district".`);
    return new WriteSession(this.caller, this.#em, this.#jobs, "district", this.reason, true);
  }

  /**
   * For an operation that looks records up by `list` or `ask` before it locks anything.
   * @throws OsssError NOT_FOUND where there is none, and where the caller may not read it.
   */
  async requireVisible(type: RecordClass, id: string): Promise<void> {
    if ((await this.#visible(type, [id])).length === 0) throw OsssError.notFound(recordOf(type).name);
  }

  /** Of these ids, those of rows that the caller may read, archived ones included. */
  async #visible(type: RecordClass, ids: readonly string[]): Promise<string[]> {
    return (await this.ask(visibleAmong(recordOf(type), ids))).map(({ id }) => id);
  }

  /** Locks those of these rows that there are for the caller; for the tables' policies a write as the caller needs no more than to ask. */
  async #lock(type: RecordClass, ids: readonly string[]): Promise<string[]> {
    const meta = recordOf(type);
    const hers = this.#as === "caller" || this.#elevated ? sql`` : sql` AND id IN (${visibleAmong(meta, ids)})`;
    return (await this.ask(sql<{ id: string }>`SELECT id FROM ${tableOf(meta)} WHERE id = ANY (${ids}::uuid[])${hers} ORDER BY id FOR UPDATE`)).map(({ id }) => id);
  }

  /**
   * Queues a job for the caller's district: it is there when this write commits. @returns its id; null where it is one of a kind that is
   * dropped while another waits or runs.
   */
  async queue<K extends PayloadKinds>(job: Job<K>, payload: PayloadOf<K>, options?: QueueOptions): Promise<string | null> {
    return this.#jobs.add(job, this.caller.identity.districtId!, payload, options);
  }

  /** Records that match plain values, in the order of their ids; for rules that look before they write. Not locked: `get` what you change. */
  async list<T extends object>(type: RecordClass<T>, matching: Readonly<Record<string, unknown>>): Promise<Managed<T>[]> {
    return (await this.#em.find(type as never, matching as never, { orderBy: { id: "asc" } as never })) as Managed<T>[];
  }

  /** Changes fields of a record. Nothing is written, and the version stays, when all of them are as they were. */
  update<T extends object>(record: Managed<T>, values: Readonly<Record<string, unknown>>): Managed<T> {
    const meta = recordOf(record.constructor as RecordClass);
    const target = record as unknown as Record<string, unknown>;
    const changed = Object.entries(values).filter(([name, value]) => value !== undefined && !same(target[name], value));
    if (changed.length === 0) return record;
    this.#noteReferences(meta, Object.fromEntries(changed));
    this.#em.assign(record as never, { ...Object.fromEntries(changed), version: record.version + 1, updatedAt: this.caller.now, updatedBy: this.caller.identity.accountId } as never);
    return record;
  }

  archive<T extends object>(record: Managed<T>): Managed<T> {
    return this.update(record, { archivedAt: this.caller.now });
  }

  restore<T extends object>(record: Managed<T>): Managed<T> {
    return this.update(record, { archivedAt: null });
  }

  /** Sends what is pending to the database, so that following statements and rules see it. */
  async flush(): Promise<void> {
    if (this.#as === "caller") await this.#checkReferences();
    await this.#em.flush();
  }

  #noteReferences(meta: RecordMeta, values: Readonly<Record<string, unknown>>): void {
    for (const field of meta.fields.values()) {
      const value = values[field.name];
      if (typeof value !== "string" || (field.kind !== "foreign" && field.kind !== "belongsTo")) continue;
      const to = field.kind === "foreign" ? (field.target() as ForeignClass).foreign : recordOf(field.target());
      const key = `${visibleFunction(to.domain, to.table)} ${field.kind === "belongsTo" ? `${field.name}Id` : field.name} ${to.name}`;
      this.#references.set(key, (this.#references.get(key) ?? new Set()).add(value));
    }
  }

  /** A reference may only name what the caller may read: the database's foreign keys do not know row rules. */
  async #checkReferences(): Promise<void> {
    const problems: FieldProblem[] = [];
    for (const [key, ids] of this.#references) {
      const [fn, field, name] = key.split(" ") as [string, string, string];
      const own = new Set(this.#em.getUnitOfWork().getPersistStack().size > 0 ? [...this.#em.getUnitOfWork().getPersistStack()].map((e) => (e as { id: string }).id) : []);
      const asked = [...ids].filter((id) => !own.has(id));
      if (asked.length === 0) continue;
      const { rows } = await sql<{ id: string }>`SELECT v AS id FROM ${sql.raw(fn)}(${asked}::uuid[]) AS v`.execute(this.db as never);
      const seen = new Set(rows.map((r) => r.id));
      if (asked.some((id) => !seen.has(id.toLowerCase()))) problems.push({ path: `input.${field}`, message: `There is no ${name} with this id that you may see. Check the id.` });
    }
    this.#references.clear();
    if (problems.length > 0) throw OsssError.invalid(problems);
  }
}

/**
 * Runs a write: claims the idempotency key, lets `work` change records, flushes, appends audit and outbox rows, commits. A dry run
 * does all of it and rolls back. A replay does nothing and answers what the first run answered. `work` may run again: a transaction
 * that met another one's locks in the wrong order is begun anew.
 */
export async function runWrite(call: Call, options: WriteOptions, work: (session: WriteSession) => Promise<readonly { id: string }[]>): Promise<WriteResult> {
  requireLinked(call);
  await call.endReading();
  try {
    return await retryingContention(() => attempt(call, options, work));
  } catch (error) {
    throw call.explain(error);
  }
}

/** Only who is linked to a person of a district writes. */
export function requireLinked({ identity }: Pick<Call, "identity">): void {
  if (!identity.accountId || !identity.districtId) throw OsssError.unauthenticated("Sign in with an account that the district has linked to a person.");
}

async function attempt(call: Call, options: WriteOptions, work: (session: WriteSession) => Promise<readonly { id: string }[]>): Promise<WriteResult> {
  const { services, identity } = call;
  const em = services.orm.em.fork({ clear: true, useContext: false, freshEventManager: false }) as EntityManager;
  em.setSessionContext({
    variables: sessionVariables(identity, call.now),
    role: options.as === "district" ? services.roles.elevated(services.manifest.name) : services.roles.mixed(services.manifest.name),
  });
  let open = false;
  try {
    await em.begin();
    open = true;
    const key = options.dryRun ? null : idempotencyOf(call, options);
    const replay = key && (await claim<WriteResult>(em, key));
    if (replay) {
      await em.rollback();
      return replay.stored ?? { ids: [], changes: [] };
    }
    const jobs = new QueuedJobs(em.getKysely(), services.roles);
    const session = new WriteSession(call, em, jobs, options.as, options.reason ?? null);
    const forDistrict = options.as === "district";
    if (forDistrict && options.dryRun) await markBeginning(session.db);
    const returned = await work(session);
    await session.flush();
    const recorded = takeChanges(em);
    // The role was taken before the beginning was marked, and is the same after it.
    const told = forDistrict ? await tellCaller(session.db, identity, recorded, options.dryRun ? { enter: async () => undefined } : null) : withoutInternal(recorded);
    // What fields held is told: that is a read. A dry run leaves no other trace.
    if (forDistrict || options.dryRun) noteTold(call, told);
    const changes = told.flatMap((r) => r.fields);
    if (options.dryRun) {
      await em.rollback();
      return { ids: [], changes };
    }
    if (recorded.length > 0) {
      const operation = options.as === "district" ? `${options.operation} (for the district)` : options.operation;
      await appendToJournal(em, { now: call.now, requestId: call.requestId, operation, reason: options.reason ?? null }, recorded);
    }
    const result = { ids: returned.map((r) => r.id), changes };
    if (key) await settle(em, key, result);
    await em.commit();
    jobs.committed(services.database);
    return result;
  } catch (error) {
    if (open && em.isInTransaction()) await em.rollback().catch(() => undefined);
    throw error;
  }
}

/** Remembers for the audit log that the caller was told what these records held. */
export function noteTold(call: Pick<Call, "noteRead">, told: readonly RecordChange[]): void {
  for (const { meta, id, action } of told) if (action !== "CREATED") call.noteRead(meta, [{ id }]);
}

/** Writes the audit and outbox rows of changes in the transaction that made them. */
export async function appendToJournal(em: EntityManager, about: { now: Date; requestId: string; operation: string; reason: string | null }, recorded: readonly RecordChange[]): Promise<void> {
  const at = about.now.getTime();
  const entries = recorded.map((r) => ({
    id: uuidv7(at),
    event_id: r.action === "LOADED" ? null : uuidv7(at),
    action: r.action,
    record_type: r.meta.name,
    record_id: r.id,
    record_version: r.version,
    changes: r.fields.map(({ field, before, after }) => ({ field, before, after })),
  }));
  // In portions, so that an import of a district does not become one enormous parameter.
  for (let from = 0; from < entries.length; from += 2_000) {
    await sql`SELECT journal.append(${JSON.stringify(entries.slice(from, from + 2_000))}::jsonb, ${about.operation}, ${about.reason}, ${about.requestId})`.execute(em.getKysely() as never);
  }
}

const visibleAmong = (meta: RecordMeta, ids: readonly string[]) => sql<{ id: string }>`SELECT v AS id FROM ${sql.raw(visibleFunction(meta.domain, meta.table))}(${ids}::uuid[], true) v`;

/** What a stale write is told; of a record whose reads are logged only the version, since a refused write leaves no trace. */
function currentState(meta: RecordMeta, record: object): Record<string, unknown> {
  const row = record as Row;
  if (meta.auditReads) return { id: row.id, version: row.version };
  return Object.fromEntries(
    columnsOf(meta)
      .filter((f) => f.name !== "districtId" && !("internal" in f && f.internal))
      .map((f) => [f.kind === "belongsTo" ? `${f.name}Id` : f.name, reference(row[f.name])]),
  );
}

const reference = (value: unknown): unknown => (value && typeof value === "object" && "id" in value ? (value as { id: unknown }).id : value instanceof Date ? value.toISOString() : (value ?? null));

function same(a: unknown, b: unknown): boolean {
  const left = reference(a);
  const right = reference(b);
  if (Array.isArray(left) || (left && typeof left === "object")) return JSON.stringify(left) === JSON.stringify(right);
  return left === right;
}
