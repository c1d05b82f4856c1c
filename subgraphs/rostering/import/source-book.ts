import { sql } from "kysely";
import type { AcrossDomains } from "#foundation/crud/across-domains";
import type { WriteSession } from "#foundation/crud/write";
import { SourceRecord } from "../entities/source-record.ts";
import { fileNames, type FileName } from "../oneroster/columns.ts";
import type { RosterBundle, RosterRow } from "../oneroster/roster.ts";

/** What a row of the package is to what the source said last. `returned`: an earlier package had left it out, or called it deleted. */
export type RowState = "new" | "changed" | "returned" | "same";

/** A record that the source had named before this import. */
export interface KnownRow {
  sourcedId: string;
  schoolId: string | null;
}

/** A record that the source had named before and names no longer. */
export interface GoneRow extends KnownRow {
  /** The line that calls it deleted; null where a complete file leaves it out. */
  line: number | null;
}

interface Known {
  id: string;
  digest: string;
  schoolId: string | null;
  gone: boolean;
}

interface FileBook {
  known: Map<string, Known>;
  named: Map<string, RosterRow>;
  placed: Map<string, string | null>;
  more: Map<string, Readonly<Record<string, string>>>;
  left: Set<string>;
}

/** Rows read or written at a time: what is held beside the book does not grow with it. */
const portion = 5_000;
/** Rows changed at a time: each is a managed record with its audit entry. */
const changedPortion = 1_000;

/** Ends move by a day where a package writes them inclusive: then these rows say something else by the same letters. */
const dated: ReadonlySet<FileName> = new Set(["academicSessions", "enrollments", "roles"]);

/**
 * What a source has said, row by row, in all of its packages so far: tells what a package brings anew, changes, repeats and leaves out, and
 * remembers it. Whatever was made of a row, it is told here, so that none of it is lost.
 */
export class SourceBook {
  readonly #source: string;
  readonly #importId: string | null;
  readonly #files = new Map<FileName, FileBook>();
  #inclusiveEnds = false;
  #complete: ReadonlySet<FileName> = new Set();

  private constructor(source: string, importId: string | null) {
    this.#source = source;
    this.#importId = importId;
    for (const file of fileNames) this.#files.set(file, { known: new Map(), named: new Map(), placed: new Map(), more: new Map(), left: new Set() });
  }

  /** All that the source's earlier packages said. Runs as rostering. `importId` is noted with the rows that are new. */
  static async load(session: WriteSession, source: string, importId: string | null): Promise<SourceBook> {
    const book = new SourceBook(source, importId);
    const schools = new Map<string, string>();
    for (let last = "00000000-0000-0000-0000-000000000000"; ;) {
      const rows = await session.ask(sql<{ id: string; file: FileName; sourced_id: string; digest: string; school_id: string | null; gone: boolean }>`
        SELECT id, file, sourced_id, digest, school_id, gone_since IS NOT NULL AS gone FROM rostering.source_record
        WHERE source = ${source} AND archived_at IS NULL AND id > ${last}::uuid ORDER BY id LIMIT ${portion}`);
      for (const { id, file, sourced_id, digest, school_id, gone } of rows) {
        // One text for each school, not one for each of its rows.
        const schoolId = school_id === null ? null : (schools.get(school_id) ?? (schools.set(school_id, school_id), school_id));
        book.#files.get(file)?.known.set(sourced_id, { id, digest, schoolId, gone });
      }
      if (rows.length < portion) return book;
      last = rows.at(-1)!.id;
    }
  }

  /** True before the first import of the source that kept a book. */
  get isEmpty(): boolean {
    return [...this.#files.values()].every(({ known }) => known.size === 0);
  }

  /** Opens the package beside the book. To be called once, before anything is asked of it. */
  compare(bundle: Pick<RosterBundle, "rows" | "files" | "inclusiveEnds">): void {
    this.#inclusiveEnds = bundle.inclusiveEnds;
    this.#complete = new Set(fileNames.filter((file) => bundle.files[file].mode === "bulk" && !bundle.files[file].headerOnly));
    for (const file of fileNames) for (const row of bundle.rows[file]) this.#book(file).named.set(row.sourcedId, row);
  }

  /** What the package says of a record; null where it does not name it, or calls it deleted. */
  stateOf(file: FileName, sourcedId: string): RowState | null {
    const row = this.#book(file).named.get(sourcedId);
    if (row === undefined || row.status !== "active") return null;
    const known = this.#book(file).known.get(sourcedId);
    if (known === undefined) return "new";
    if (known.gone) return "returned";
    return known.digest === this.#digestOf(file, row) ? "same" : "changed";
  }

  /** Whether the source has ever named it before this import. */
  knows(file: FileName, sourcedId: string): boolean {
    return this.#book(file).known.has(sourcedId);
  }

  /** The records that the source had named before this import and had not taken back. */
  known(file: FileName): KnownRow[] {
    return [...this.#book(file).known].flatMap(([sourcedId, { schoolId, gone }]) => (gone ? [] : [{ sourcedId, schoolId }]));
  }

  /** Those of them that the package calls deleted or, where its file is complete, leaves out. A header without rows leaves nothing out. */
  gone(file: FileName): GoneRow[] {
    const { known, named, left } = this.#book(file);
    return [...known].flatMap(([sourcedId, { schoolId, gone }]): GoneRow[] => {
      if (gone || left.has(sourcedId)) return [];
      const row = named.get(sourcedId);
      if (row === undefined) return this.#complete.has(file) ? [{ sourcedId, schoolId, line: null }] : [];
      return row.status === "active" ? [] : [{ sourcedId, schoolId, line: row.line }];
    });
  }

  /** Whether the package is the whole truth of this file, so that what it leaves out has gone. */
  isComplete(file: FileName): boolean {
    return this.#complete.has(file);
  }

  /** What was kept of rows that earlier packages brought. Runs as rostering. */
  async keptValues(session: WriteSession, file: FileName, sourcedIds: readonly string[]): Promise<Map<string, Readonly<Record<string, string>>>> {
    const rows = await session.ask(sql<{ sourced_id: string; values: Readonly<Record<string, string>> }>`SELECT sourced_id, values FROM rostering.source_record
      WHERE source = ${this.#source} AND file = ${file} AND sourced_id = ANY (${[...sourcedIds]}::text[]) AND archived_at IS NULL AND values IS NOT NULL`);
    return new Map(rows.map(({ sourced_id, values }) => [sourced_id, values]));
  }

  /** The school that a row of the package belongs to, as far as it belongs to one. What is not placed keeps the school that it had. */
  place(file: FileName, sourcedId: string, schoolId: string | null): void {
    this.#book(file).placed.set(sourcedId, schoolId);
  }

  /** Keeps more of a row than is kept of every row of its file, which stays as it was written: for one of which no record could be made. */
  keep(file: FileName, sourcedId: string, values: Readonly<Record<string, string>>): void {
    const { more } = this.#book(file);
    more.set(sourcedId, { ...more.get(sourcedId), ...values });
  }

  /** The row is not imported, because somebody decided so: the book stays as it is about it. */
  leaveOut(file: FileName, sourcedId: string): void {
    this.#book(file).left.add(sourcedId);
  }

  /**
   * Writes what the package changed in the book, in blocks of its own. `attribute` is told of each record that changes, and whose row it is,
   * before it does; those that are new can be told by their import.
   */
  async save(across: Pick<AcrossDomains, "in">, today: string, attribute: (recordId: string, file: FileName, sourcedId: string) => void): Promise<void> {
    for (const file of fileNames) {
      await this.#add(across, file);
      const changes = [...this.#changesOf(file, today)];
      for (let from = 0; from < changes.length; from += changedPortion) {
        const part = changes.slice(from, from + changedPortion);
        await across.in("rostering", async (session) => {
          const records = new Map((await session.list(SourceRecord, { id: part.map(({ id }) => id) })).map((record) => [record.id, record]));
          for (const { id, sourcedId, values } of part) {
            attribute(id, file, sourcedId);
            session.update(records.get(id)!, values);
          }
        });
      }
    }
  }

  async #add(across: Pick<AcrossDomains, "in">, file: FileName): Promise<void> {
    const { known, named, left, placed } = this.#book(file);
    const fresh = [...named.values()].filter(({ sourcedId, status }) => status === "active" && !known.has(sourcedId) && !left.has(sourcedId));
    for (let from = 0; from < fresh.length; from += portion) {
      const rows = fresh.slice(from, from + portion).map((row) => ({
        source: this.#source, file, sourcedId: row.sourcedId, values: this.#valuesOf(file, row), schoolId: placed.get(row.sourcedId) ?? null,
        import: this.#importId, goneSince: null, digest: this.#digestOf(file, row),
      }));
      await across.in("rostering", (session) => session.load(SourceRecord, rows));
    }
  }

  *#changesOf(file: FileName, today: string): Generator<{ id: string; sourcedId: string; values: Partial<SourceRecord> }> {
    const { known, named, left, placed } = this.#book(file);
    for (const { sourcedId } of this.gone(file)) yield { id: known.get(sourcedId)!.id, sourcedId, values: { goneSince: today } };
    for (const [sourcedId, before] of known) {
      const row = named.get(sourcedId);
      if (row === undefined || row.status !== "active" || left.has(sourcedId)) continue;
      const schoolId = placed.has(sourcedId) ? placed.get(sourcedId)! : before.schoolId;
      const digest = this.#digestOf(file, row);
      if (before.gone || digest !== before.digest) yield { id: before.id, sourcedId, values: { digest, values: this.#valuesOf(file, row), schoolId, goneSince: null } };
      else if (schoolId !== before.schoolId) yield { id: before.id, sourcedId, values: { schoolId } };
    }
  }

  #valuesOf(file: FileName, { sourcedId, kept }: RosterRow): Readonly<Record<string, string>> | null {
    const more = this.#book(file).more.get(sourcedId);
    return more === undefined ? kept : { ...more, ...kept };
  }

  #digestOf(file: FileName, { digest }: RosterRow): string {
    return this.#inclusiveEnds && dated.has(file) ? `${digest}+1` : digest;
  }

  #book(file: FileName): FileBook {
    return this.#files.get(file)!;
  }
}
