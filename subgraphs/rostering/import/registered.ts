import { sql } from "kysely";
import type { WriteSession } from "#foundation/crud/write";
import { uuidv7 } from "#foundation/record/uuid";
import { ExternalIdentifier } from "../entities/external-identifier.ts";
import type { Ledger } from "../imports/ledger.ts";

export type RegisteredType = "Organization" | "School" | "SchoolYear" | "Term" | "GradingPeriod" | "Person" | "Course" | "Section" | "SectionEnrollment" | "TeachingAssignment" | "Assignment" | "Score";

/** The file that names records of each type. */
export const fileOf: Readonly<Record<RegisteredType, string>> = {
  Organization: "orgs.csv", School: "orgs.csv", SchoolYear: "academicSessions.csv", Term: "academicSessions.csv", GradingPeriod: "academicSessions.csv", Person: "users.csv",
  Course: "courses.csv", Section: "classes.csv", SectionEnrollment: "enrollments.csv", TeachingAssignment: "enrollments.csv",
  Assignment: "lineItems.csv", Score: "results.csv",
};
const types = Object.keys(fileOf) as RegisteredType[];

export interface Registered<M> {
  /** Of the external identifier itself. */
  id: string;
  recordId: string;
  memory: M;
}

/** So many identifiers are read, or changed with an audit entry each, at a time. */
const portion = 10_000;
const changedPortion = 1_000;

interface OfType {
  known: Map<string, Registered<unknown>>;
  holders: Map<string, string>;
  pending: Set<string>;
}

/** What earlier imports of a source brought, by its ids; read once, at the start. */
export class Registry {
  readonly #source: string;
  /** The import that runs, which is noted with what is new. */
  importId: string | null = null;
  readonly #types = new Map<RegisteredType, OfType>(types.map((type) => [type, { known: new Map(), holders: new Map(), pending: new Set() }]));
  readonly #removed: string[] = [];

  constructor(source: string) {
    this.#source = source;
  }

  async load(session: WriteSession): Promise<void> {
    for (let last = "00000000-0000-0000-0000-000000000000"; ;) {
      const rows = await session.ask(sql<{ id: string; record_type: RegisteredType; sourced_id: string; record_id: string; memory: unknown }>`
        SELECT id, record_type, sourced_id, record_id, memory FROM rostering.external_identifier
        WHERE source = ${this.#source} AND archived_at IS NULL AND id > ${last}::uuid ORDER BY id LIMIT ${portion}`);
      for (const row of rows) {
        const of = this.#types.get(row.record_type);
        of?.known.set(row.sourced_id, { id: row.id, recordId: row.record_id, memory: row.memory });
        of?.holders.set(row.record_id, row.sourced_id);
      }
      if (rows.length < portion) return;
      last = rows.at(-1)!.id;
    }
  }

  /** True before the first import of the source. */
  get isEmpty(): boolean {
    return [...this.#types.values()].every(({ known }) => known.size === 0);
  }

  find<M>(type: RegisteredType, sourcedId: string): Registered<M> | undefined {
    return this.#of(type).known.get(sourcedId) as Registered<M> | undefined;
  }

  /** The record's id; undefined when no import brought it. */
  idOf(type: RegisteredType, sourcedId: string): string | undefined {
    return this.#of(type).known.get(sourcedId)?.recordId;
  }

  /** Whether any import of the source brought something for a row of this file. */
  names(file: string, sourcedId: string): boolean {
    return types.some((type) => fileOf[type] === file && this.#of(type).known.has(sourcedId));
  }

  /** The ids for which earlier imports brought something, by file. */
  namesOfFiles(): Map<string, Set<string>> {
    const files = new Map<string, Set<string>>();
    for (const [type, { known }] of this.#types) {
      const names = files.get(fileOf[type]) ?? new Set();
      for (const sourcedId of known.keys()) names.add(sourcedId);
      files.set(fileOf[type], names);
    }
    return files;
  }

  sourcedIds(type: RegisteredType): string[] {
    return [...this.#of(type).known.keys()];
  }

  /** Every record of a type with the source's id of it. */
  entries<M>(type: RegisteredType): Iterable<[string, Registered<M>]> {
    return this.#of(type).known as Map<string, Registered<M>>;
  }

  /** The id at the source that stands for the record already. */
  holderOf(type: RegisteredType, recordId: string): string | undefined {
    return this.#of(type).holders.get(recordId);
  }

  holds(type: RegisteredType, recordId: string): boolean {
    return this.holderOf(type, recordId) !== undefined;
  }

  /** The source names a record by another id than before. */
  rename(type: RegisteredType, from: string, to: string): void {
    const known = this.#known(type, from);
    this.#removed.push(known.id);
    this.#of(type).known.delete(from);
    this.add(type, to, known.recordId, known.memory);
  }

  /** Remembers a new record; `save` writes it. */
  add<M>(type: RegisteredType, sourcedId: string, recordId: string, memory: M): void {
    const { known, holders, pending } = this.#of(type);
    known.set(sourcedId, { id: "", recordId, memory });
    holders.set(recordId, sourcedId);
    pending.add(sourcedId);
  }

  /** Remembers something else of a record, or another record under the same id. */
  change<M>(type: RegisteredType, sourcedId: string, memory: M, recordId?: string): void {
    const known = this.#known(type, sourcedId);
    const { known: all, holders, pending } = this.#of(type);
    all.set(sourcedId, { ...known, memory, recordId: recordId ?? known.recordId });
    if (recordId !== undefined) holders.set(recordId, sourcedId);
    pending.add(sourcedId);
  }

  /**
   * Writes what was added or changed since the last time. Runs as rostering. What is new is told by its import, so that its audit entry
   * counts them; what changes has an entry of its own.
   */
  async save(session: WriteSession, ledger: Ledger): Promise<void> {
    if (this.#removed.length > 0) {
      for (const row of await session.list(ExternalIdentifier, { id: this.#removed.splice(0) })) session.archive(row);
      await session.flush();                                // the record's former id leaves before its new one comes
    }
    for (const [recordType, { known, pending }] of this.#types) {
      const added: object[] = [];
      const changed: [string, Registered<unknown>][] = [];
      for (const sourcedId of pending) {
        const one = known.get(sourcedId)!;
        if (one.id !== "") changed.push([sourcedId, one]);
        else {
          const id = session.caller.newId?.() ?? uuidv7(session.caller.now.getTime());
          known.set(sourcedId, { ...one, id });
          added.push({ id, source: this.#source, recordType, sourcedId, recordId: one.recordId, memory: one.memory, import: this.importId });
        }
      }
      pending.clear();
      await session.load(ExternalIdentifier, added as Record<string, unknown>[]);
      for (let from = 0; from < changed.length; from += changedPortion) {
        const part = new Map(changed.slice(from, from + changedPortion).map(([sourcedId, one]) => [one.id, { sourcedId, ...one }]));
        for (const row of await session.list(ExternalIdentifier, { id: [...part.keys()] })) {
          const { sourcedId, recordId, memory } = part.get(row.id)!;
          ledger.attribute(row.id, fileOf[recordType], sourcedId);
          session.update(row, { recordId, memory });
        }
        await session.flush();
      }
    }
  }

  /** Lets go of everything: it is written, and nobody asks any more. */
  close(): void {
    this.#types.clear();
  }

  #of(type: RegisteredType): OfType {
    return this.#types.get(type)!;
  }

  #known(type: RegisteredType, sourcedId: string): Registered<unknown> {
    const known = this.#of(type).known.get(sourcedId);
    if (known === undefined) throw new Error(`Nothing is registered for ${type} ${sourcedId}.`);
    return known;
  }
}
