import DataLoader from "dataloader";
import { sql, type RawBuilder } from "kysely";
import type { MikroORM } from "@mikro-orm/postgresql";
import type { Identity } from "../identity/identity.ts";
import type { StampName } from "../access/access.ts";
import { relationCall } from "../access/declare-relation.ts";
import type { RelationIndex } from "../access/policies.ts";
import type { Relation } from "../access/relations.ts";
import type { Role } from "../identity/role.ts";
import type { LoadedManifest } from "../federation/load-manifest.ts";
import type { Database } from "../persistence/pool.ts";
import type { RoleNames } from "../persistence/names.ts";
import { become, beginReading, enter, type Reading, type ReadTransaction, type SessionContext } from "../persistence/session.ts";
import type { RecordMeta } from "../record/metadata.ts";
import { uuidv7 } from "../record/uuid.ts";
import type { Config } from "../config/config.ts";
import type { ChangeFeed } from "../events/change-feed.ts";
import type { Orchestration } from "./across-domains.ts";
import type { Row } from "./read.ts";
import type { Shape } from "./shape.ts";
import { widelyRead } from "./wide.ts";
import { OsssError } from "../errors/errors.ts";
import { translateDatabaseError } from "../errors/database-errors.ts";

/** What a running subgraph has at hand: the same for every call. */
export interface Services {
  readonly manifest: LoadedManifest;
  readonly database: Database;
  readonly orm: MikroORM;
  readonly roles: RoleNames;
  readonly clock: () => Date;
  /** Which relations are declared for which stamps, over all domains. */
  readonly relations: RelationIndex;
  /** Every manifest of the installation, for what speaks of the whole graph (`accessRules`). */
  readonly manifests: readonly LoadedManifest[];
  /** Over the domains that this one's operations write together; null for a domain that writes itself alone. */
  readonly orchestration: Orchestration | null;
  /** What changes, as this process hears of it. */
  readonly feed: ChangeFeed;
  readonly config: Config;
}

/**
 * One call of a subgraph by one caller. Reads share one read-only transaction, begun at the first of them; writes have their own (see
 * WriteSession). A call never holds a connection while it waits for another one.
 */
export class Call {
  readonly identity: Identity;
  readonly requestId: string;
  readonly idempotencyKey: string | null;
  readonly services: Services;
  readonly now: Date;
  #reading: Promise<Reading> | null = null;
  #ended = false;
  #queue: Promise<unknown> = Promise.resolve();
  #loaders = new Map<string, DataLoader<string, unknown>>();
  readonly #auditedReads = new Map<RecordMeta, Set<string>>();

  constructor(services: Services, request: { identity: Identity; requestId: string; idempotencyKey?: string | null }) {
    this.services = services;
    this.identity = request.identity;
    this.requestId = request.requestId;
    this.idempotencyKey = request.idempotencyKey ?? null;
    this.now = services.clock();
  }

  /** How a reading transaction begins: by the role of this shape, or the wide one where the caller's roles make it show the same rows sooner. */
  sessionContext(shape: Shape): SessionContext {
    const { manifest, roles } = this.services;
    const duties = widelyRead(manifest, this.identity.roles);
    return {
      identity: this.identity,
      now: this.now,
      role: shape === "point" ? roles.point(manifest.name) : roles.mixed(manifest.name),
      ...(duties ? { wide: { role: roles.wide(manifest.name), duties } } : {}),
    };
  }

  /**
   * Runs one statement in the call's reading transaction; statements of parallel resolvers follow one another on its connection. `shape`
   * says which of the roles that show the same rows finds these soonest (see shape.ts).
   */
  async read<T>(statement: (db: ReadTransaction) => Promise<T>, shape: Shape = "mixed"): Promise<T> {
    // A field that may not be null ends an execution while its neighbours still run: what they begin now, nobody would end.
    if (this.#ended) throw OsssError.unavailable("This call has ended.");
    this.#reading ??= beginReading(this.services.database.kysely, this.sessionContext(shape));
    const reading = await this.#reading;
    const run = this.#queue.then(async () => {
      await this.#take(reading, shape);
      return statement(reading.transaction);
    });
    this.#queue = run.catch(() => undefined);
    return run;
  }

  /** Changes the role where this shape has another. A change that fails ends the transaction: nothing runs in it under the old role. */
  async #take(reading: Reading, shape: Shape): Promise<void> {
    const { manifest, roles } = this.services;
    if (shape === "any" || reading.role === roles.wide(manifest.name)) return;
    const role = shape === "point" ? roles.point(manifest.name) : roles.mixed(manifest.name);
    if (reading.role === role) return;
    await become(reading.transaction, role);
    reading.role = role;
  }

  /** Reads rows under the caller's row rules, in the call's reading transaction. */
  async ask<T>(query: RawBuilder<T>): Promise<T[]> {
    return this.read(async (db) => (await query.execute(db)).rows);
  }

  /** Which of these ids the caller reaches by the relation with one of the roles: whether a figure may speak of a whole group. */
  async covers(relation: Relation, stamp: StampName, roles: readonly Role[], ids: readonly string[]): Promise<Set<string>> {
    const rows = await this.ask(sql<{ id: string }>`SELECT u.id FROM unnest(${ids}::uuid[]) AS u(id) WHERE u.id IN (SELECT ${relationCall(relation, stamp, roles)})`);
    return new Set(rows.map((row) => row.id));
  }

  /** Whether a relation that reaches the whole district holds for the caller with one of the roles. */
  async holds(relation: Relation, roles: readonly Role[]): Promise<boolean> {
    return (await this.ask(sql<{ holds: boolean }>`SELECT ${relationCall(relation, null, roles)} AS holds`))[0]?.holds === true;
  }

  /** The loader of that name for this call; made once. Loaders live as long as the reading transaction. */
  loader<V>(name: string, batch: (keys: readonly string[]) => Promise<(V | Error)[]>): DataLoader<string, V> {
    const known = this.#loaders.get(name) as DataLoader<string, V> | undefined;
    if (known) return known;
    const made = new DataLoader<string, V>(batch, { maxBatchSize: 1000 });
    this.#loaders.set(name, made as DataLoader<string, unknown>);
    return made;
  }

  /** Remembers rows whose reading must be in the audit log before the reply leaves. */
  noteRead(meta: RecordMeta, rows: Iterable<Pick<Row, "id">>): void {
    if (!meta.auditReads) return;
    const ids = this.#auditedReads.get(meta) ?? new Set();
    for (const row of rows) ids.add(row.id);
    this.#auditedReads.set(meta, ids);
  }

  /** Ends the reading transaction, if there is one. What was loaded in it is forgotten. */
  async endReading(): Promise<void> {
    const reading = this.#reading;
    this.#reading = null;
    this.#loaders = new Map();
    if (!reading) return;
    const begun = await reading.catch(() => null);
    await this.#queue;
    await begun?.end();
  }

  /** Ends the call without a reply. */
  async abandon(): Promise<void> {
    this.#ended = true;
    await this.endReading();
  }

  /** Ends the call. When protected rows were read, their audit entries are written first: without them there is no reply. */
  async end(): Promise<void> {
    await this.abandon();
    const entries = [...this.#auditedReads].flatMap(([meta, ids]) => [...ids].map((id) => ({ id: uuidv7(this.now.getTime()), action: "READ", record_type: meta.name, record_id: id, changes: [] })));
    if (entries.length === 0) return;
    this.#auditedReads.clear();
    await this.services.database.kysely.transaction().execute(async (transaction) => {
      await enter(transaction, { identity: this.identity, now: this.now, role: this.services.roles.mixed(this.services.manifest.name) });
      await sql`SELECT journal.append(${JSON.stringify(entries)}::jsonb, 'read', NULL, ${this.requestId})`.execute(transaction);
    });
  }

  /** Turns a database error into one that the caller can act on; anything unknown passes through to the mask. */
  explain(error: unknown): unknown {
    return translateDatabaseError(error, this.services.manifest.metas);
  }
}
