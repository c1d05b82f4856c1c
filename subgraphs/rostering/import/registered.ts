import { sql } from "kysely";
import type { WriteSession } from "#foundation/crud/write";
import { ExternalIdentifier } from "../entities/external-identifier.ts";

export type RegisteredType = "Organization" | "School" | "SchoolYear" | "Term" | "GradingPeriod" | "Person";

export interface Registered<M> {
  /** Of the external identifier itself. */
  id: string;
  recordId: string;
  memory: M;
}

/** What earlier imports of a source brought, by its ids; read once, at the start. */
export class Registry {
  readonly #source: string;
  readonly #known = new Map<string, Registered<unknown>>();
  readonly #holders = new Map<string, string>();
  readonly #pending = new Set<string>();
  readonly #removed: string[] = [];

  constructor(source: string) {
    this.#source = source;
  }

  async load(session: WriteSession): Promise<void> {
    const { rows } = await sql<{ id: string; record_type: string; sourced_id: string; record_id: string; memory: unknown }>`
      SELECT id, record_type, sourced_id, record_id, memory FROM rostering.external_identifier WHERE source = ${this.#source} AND archived_at IS NULL`.execute(session.db as never);
    for (const row of rows) {
      this.#known.set(`${row.record_type} ${row.sourced_id}`, { id: row.id, recordId: row.record_id, memory: row.memory });
      this.#holders.set(`${row.record_type} ${row.record_id}`, row.sourced_id);
    }
  }

  /** True before the first import of the source. */
  get isEmpty(): boolean {
    return this.#known.size === 0;
  }

  find<M>(type: RegisteredType, sourcedId: string): Registered<M> | undefined {
    return this.#known.get(`${type} ${sourcedId}`) as Registered<M> | undefined;
  }

  /** The record's id; undefined when no import brought it. */
  idOf(type: RegisteredType, sourcedId: string): string | undefined {
    return this.#known.get(`${type} ${sourcedId}`)?.recordId;
  }

  sourcedIds(type: RegisteredType): string[] {
    return [...this.#known.keys()].filter((key) => key.startsWith(`${type} `)).map((key) => key.slice(type.length + 1));
  }

  /** The id at the source that stands for the record already. */
  holderOf(type: RegisteredType, recordId: string): string | undefined {
    return this.#holders.get(`${type} ${recordId}`);
  }

  holds(type: RegisteredType, recordId: string): boolean {
    return this.holderOf(type, recordId) !== undefined;
  }

  /** The source names a record by another id than before. */
  rename(type: RegisteredType, from: string, to: string): void {
    const known = this.#known.get(`${type} ${from}`);
    if (known === undefined) throw new Error(`Nothing is registered for ${type} ${from}.`);
    this.#removed.push(known.id);
    this.#known.delete(`${type} ${from}`);
    this.add(type, to, known.recordId, known.memory);
  }

  /** Remembers a new record; `save` writes it. */
  add<M>(type: RegisteredType, sourcedId: string, recordId: string, memory: M): void {
    const key = `${type} ${sourcedId}`;
    this.#known.set(key, { id: "", recordId, memory });
    this.#holders.set(`${type} ${recordId}`, sourcedId);
    this.#pending.add(key);
  }

  change<M>(type: RegisteredType, sourcedId: string, memory: M): void {
    const key = `${type} ${sourcedId}`;
    const known = this.#known.get(key);
    if (known === undefined) throw new Error(`Nothing is registered for ${key}.`);
    this.#known.set(key, { ...known, memory });
    this.#pending.add(key);
  }

  /** Writes what was added or changed since the last time. Runs as rostering. */
  async save(session: WriteSession): Promise<void> {
    if (this.#removed.length > 0) {
      for (const row of await session.list(ExternalIdentifier, { id: this.#removed.splice(0) })) session.archive(row);
      await session.flush();                                // the record's former id leaves before its new one comes
    }
    const pending = [...this.#pending].map((key) => ({ key, known: this.#known.get(key)! }));
    this.#pending.clear();
    const changed = pending.filter(({ known }) => known.id !== "");
    const rows = changed.length === 0 ? [] : await session.list(ExternalIdentifier, { id: changed.map(({ known }) => known.id) });
    const byId = new Map(rows.map((row) => [row.id, row]));
    for (const { key, known } of pending) {
      const row = byId.get(known.id);
      const split = key.indexOf(" ");
      if (row !== undefined) session.update(row, { recordId: known.recordId, memory: known.memory });
      else {
        const { id } = session.create(ExternalIdentifier, { source: this.#source, recordType: key.slice(0, split), sourcedId: key.slice(split + 1), recordId: known.recordId, memory: known.memory });
        this.#known.set(key, { ...known, id });
      }
    }
  }
}
