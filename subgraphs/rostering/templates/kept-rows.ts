import { sql } from "kysely";
import type { AcrossDomains } from "#foundation/crud/across-domains";
import type { WriteSession } from "#foundation/crud/write";
import { ExternalIdentifier } from "../entities/external-identifier.ts";
import type { Brought, Prints } from "../import/memory.ts";
import type { Ledger } from "../imports/ledger.ts";
import { templateNames, type TemplateName } from "./columns.ts";
import { fileOf } from "./templates.ts";

/** What is remembered of a row: which record came of it, and fingerprints of what the row said. */
export interface RowMemory {
  /** Of the whole row: an equal one means that there is nothing to do. "" where something of it could not be written. */
  digest: string;
  /** Of the record's fields, as the row said them. */
  prints: Prints;
  /** The school that the row belongs to, for the stop threshold of each school; left out for none. */
  schoolId?: string;
  /** Of a contact: who it is. */
  person?: PersonOfRow;
}

/** The person whom a row of contacts named. */
export interface PersonOfRow {
  id: string;
  /** An import of the file made the person: the names are the file's. */
  own: boolean;
  /** Of the names, as the row said them. */
  prints: Prints;
  email?: Brought;
  phone?: Brought;
}

export interface KeptRow {
  recordId: string;
  memory: RowMemory;
}

interface Entry extends KeptRow {
  /** Of the external identifier; "" before it is written. */
  id: string;
  recordType: string;
}

/** The records that come of each template's rows. */
const recordTypes: Readonly<Record<TemplateName, readonly string[]>> = {
  "calendar-days": ["InstructionalDay"],
  "school-enrollments": ["SchoolEnrollment", "SourceRecord"],
  contacts: ["StudentContact"],
  "course-history": ["CourseHistory"],
  "daily-attendance": ["EarlierDay", "EarlierSchoolDay"],
};

/** How many rows of each file, and at which schools, a source has brought before and not taken back. */
export async function countKeptRows(across: AcrossDomains, source: string): Promise<{ file: string; schoolId: string | null; known: number }[]> {
  const files = new Map(templateNames.flatMap((name) => recordTypes[name].map((type) => [type, fileOf(name)] as const)));
  const rows = await across.in("rostering", (session) => session.ask(sql<{ type: string; school_id: string | null; known: number }>`SELECT record_type AS type, memory ->> 'schoolId' AS school_id, count(*)::int AS known
    FROM rostering.external_identifier WHERE source = ${source} AND record_type = ANY (${[...files.keys()]}::text[]) AND archived_at IS NULL GROUP BY 1, 2`));
  return rows.map(({ type, school_id: schoolId, known }) => ({ file: files.get(type)!, schoolId, known }));
}

/** What earlier imports of a source brought by its templates; read once, at the start. */
export class KeptRows {
  readonly #source: string;
  readonly #ledger: Ledger | undefined;
  readonly #importId: string | null;
  readonly #rows = new Map<string, Entry>();
  readonly #holders = new Map<string, string>();
  readonly #pending = new Map<string, TemplateName>();
  readonly #forgotten = new Map<string, Entry>();

  constructor(source: string, ledger: Ledger | undefined, importId: string | null) {
    this.#source = source;
    this.#ledger = ledger;
    this.#importId = importId;
  }

  async load(session: WriteSession, names: readonly TemplateName[]): Promise<void> {
    const types = names.flatMap((name) => recordTypes[name].map((type) => [type, name] as const));
    const nameOf = new Map(types);
    const rows = await session.ask(sql<{ id: string; record_type: string; sourced_id: string; record_id: string; memory: RowMemory }>`
      SELECT id, record_type, sourced_id, record_id, memory FROM rostering.external_identifier WHERE source = ${this.#source} AND record_type = ANY (${[...nameOf.keys()]}::text[]) AND archived_at IS NULL`);
    for (const row of rows) {
      this.#rows.set(`${nameOf.get(row.record_type)!} ${row.sourced_id}`, { id: row.id, recordType: row.record_type, recordId: row.record_id, memory: row.memory });
      this.#holders.set(row.record_id, row.sourced_id);
    }
  }

  find(name: TemplateName, key: string): KeptRow | undefined {
    return this.#rows.get(`${name} ${key}`);
  }

  /** The key of the row that a record came of, or was found by. */
  holderOf(recordId: string): string | undefined {
    return this.#holders.get(recordId);
  }

  /** All that a template has brought, by key. */
  all(name: TemplateName): [key: string, kept: KeptRow][] {
    const prefix = `${name} `;
    return [...this.#rows].flatMap(([at, kept]) => (at.startsWith(prefix) ? [[at.slice(prefix.length), kept] as [string, KeptRow]] : []));
  }

  /** Remembers what came of a row; `save` writes it. */
  keep(name: TemplateName, key: string, recordId: string, memory: RowMemory, recordType: string = recordTypes[name][0]!): void {
    const at = `${name} ${key}`;
    this.#rows.set(at, { id: this.#rows.get(at)?.id ?? "", recordType, recordId, memory });
    this.#holders.set(recordId, key);
    this.#pending.set(at, name);
  }

  /** The record is taken back, or another row's: a later row of the key is a new one. */
  forget(name: TemplateName, key: string): void {
    const at = `${name} ${key}`;
    const known = this.#rows.get(at);
    if (known === undefined) return;
    this.#rows.delete(at);
    this.#pending.delete(at);
    if (this.#holders.get(known.recordId) === key) this.#holders.delete(known.recordId);
    if (known.id !== "") this.#forgotten.set(at, known);
  }

  /** Writes what was kept and forgotten since the last time, booked to the rows. Runs as rostering. */
  async save(session: WriteSession): Promise<void> {
    const book = (id: string, at: string) => {
      const split = at.indexOf(" ");
      this.#ledger?.attribute(id, fileOf(at.slice(0, split) as TemplateName), at.slice(split + 1));
    };
    const forgotten = new Map([...this.#forgotten].map(([at, { id }]) => [id, at]));
    this.#forgotten.clear();
    for (const row of forgotten.size === 0 ? [] : await session.list(ExternalIdentifier, { id: [...forgotten.keys()] })) {
      book(row.id, forgotten.get(row.id)!);
      session.archive(row);
    }
    await session.flush();                                  // a record's former key leaves before its new one comes
    const pending = [...this.#pending.keys()];
    this.#pending.clear();
    const known = pending.flatMap((at) => this.#rows.get(at)!.id || []);
    const here = new Map((known.length === 0 ? [] : await session.list(ExternalIdentifier, { id: known })).map((row) => [row.id, row]));
    for (const at of pending) {
      const { id, recordType, recordId, memory } = this.#rows.get(at)!;
      const row = here.get(id);
      if (row !== undefined) session.update(row, { recordId, memory });
      const made = row ?? session.create(ExternalIdentifier, { source: this.#source, recordType, sourcedId: at.slice(at.indexOf(" ") + 1), recordId, memory, import: this.#importId });
      this.#rows.set(at, { id: made.id, recordType, recordId, memory });
      book(made.id, at);
    }
  }
}
