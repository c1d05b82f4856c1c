import type { RecordChange } from "#foundation/events/change-recorder";

/** One record of the district, as an import changes it for one record of the source. */
export interface RowChange {
  recordType: string;
  recordId: string;
  action: "CREATED" | "UPDATED" | "ARCHIVED" | "RESTORED";
  /** The record's version after the change: undo compares it. */
  version: number;
  fields: readonly { field: string; before: unknown; after: unknown }[];
}

/**
 * `UNCHANGED` rows are told too, so that a clerk sees that nothing was lost. `WITHDRAW` is a record that the source named before and names
 * no longer, or calls deleted: also where the district keeps what came of it.
 */
export type RowAction = "CREATE" | "CHANGE" | "WITHDRAW" | "UNCHANGED" | "EXCLUDED";

/** What an import makes of one record of the source: the unit of the preview, of a clerk's decision and of undo. */
export interface ImportedRow {
  /** The file's name, `users.csv`; "" for what follows from no row in particular. */
  file: string;
  /** Null for a record that the package no longer names. */
  line: number | null;
  sourcedId: string;
  /** How a clerk recognises it: `Lopez, Maria (10023)`, `Algebra 1, section 2`. */
  label: string;
  action: RowAction;
  /** The school it belongs to, for the stop threshold of each school; null for none or several. */
  schoolId: string | null;
  changes: readonly RowChange[];
  /** What changed of the import's own memory; told to nobody, and put back by undo. */
  memory: readonly RowChange[];
}

/** A record of the package, said before anything is written. */
export interface DeclaredRow {
  file: string;
  line: number | null;
  sourcedId: string;
  label: string;
  schoolId?: string | null;
}

interface Entry extends DeclaredRow {
  key: string;
  fate: "named" | "excluded" | "gone";
  /** The source had not named it before. */
  isNew: boolean;
  /** The source says something else of it than before, whether or not a record shows it. */
  changed: boolean;
  changes: RowChange[];
  memory: RowChange[];
}

const memoryTypes: ReadonlySet<string> = new Set(["ExternalIdentifier", "SourceRecord"]);
/** What tells of the import itself, and the district that a first one makes: no part of what it does to the records, and not undone with it. */
const aboutTheImport: ReadonlySet<string> = new Set(["Import", "ImportRow", "ImportCount", "ImportProblem", "ImportCandidate", "SourceDecision", "District"]);

/** Whether changes of such records are what an import is for. */
export const isImported = (recordType: string): boolean => !memoryTypes.has(recordType) && !aboutTheImport.has(recordType);
const keyOf = (file: string, sourcedId: string): string => `${file} ${sourcedId}`;

/** Books what an import changes to the rows of the package that it changes it for. */
export class Ledger {
  readonly #entries = new Map<string, Entry>();
  readonly #owners = new Map<string, string>();

  /** Forgets everything: the work begins anew. */
  clear(): void {
    this.#entries.clear();
    this.#owners.clear();
  }

  /** A row of the package. `isNew` where the source had not named the record before, `changed` where it says something else of it now. */
  declare(row: DeclaredRow, isNew: boolean, changed = false): void {
    this.#add({ ...row, key: keyOf(row.file, row.sourcedId), fate: "named", isNew, changed, changes: [], memory: [] });
  }

  /** A record that the source named before and names no longer, or calls deleted (then with its line). */
  withdraw(row: DeclaredRow): void {
    this.#add({ ...row, key: keyOf(row.file, row.sourcedId), fate: "gone", isNew: false, changed: false, changes: [], memory: [] });
  }

  /** A clerk has said that this row is not to be imported. */
  exclude(row: DeclaredRow): void {
    this.#add({ ...row, key: keyOf(row.file, row.sourcedId), fate: "excluded", isNew: false, changed: false, changes: [], memory: [] });
  }

  /** Sets the school of a declared row, once it is known. */
  place(file: string, sourcedId: string, schoolId: string | null): void {
    const entry = this.#entries.get(keyOf(file, sourcedId));
    if (entry !== undefined) entry.schoolId = schoolId;
  }

  /** Changes of this record are booked to this row. The last word counts, so that a record may be told before each of its changes. */
  attribute(recordId: string, file: string, sourcedId: string): void {
    const key = keyOf(file, sourcedId);
    // One text for each row, not one for each of its records.
    this.#owners.set(recordId, this.#entries.get(key)?.key ?? key);
  }

  /** Books the changes of one block of a write; pass it as `AcrossOptions.onChanges`. What no row was named for is booked to none in particular. */
  take(changes: readonly RecordChange[]): void {
    for (const { meta, id, version, action, fields } of changes) {
      if (action === "LOADED" || aboutTheImport.has(meta.name)) continue;
      const entry = this.#entryOf(id);
      const change = { recordType: meta.name, recordId: id, action, version, fields: fields.map(({ field, before, after }) => ({ field, before, after })) };
      (memoryTypes.has(meta.name) ? entry.memory : entry.changes).push(change);
    }
  }

  #add(entry: Entry): void {
    this.#entries.set(entry.key, entry);
  }

  #entryOf(recordId: string): Entry {
    const found = this.#entries.get(this.#owners.get(recordId) ?? keyOf("", ""));
    if (found !== undefined) return found;
    const rest: Entry = { key: keyOf("", ""), file: "", line: null, sourcedId: "", label: "What follows from the rest", fate: "named", isNew: false, changed: false, changes: [], memory: [] };
    this.#add(rest);
    return rest;
  }

  /** All rows in the order in which they were declared. */
  rows(): ImportedRow[] {
    return [...this.#entries.values()].map(({ file, line, sourcedId, label, schoolId, fate, isNew, changed, changes, memory }) => ({
      file, line, sourcedId, label, action: actionOf(fate, isNew, changed || changes.length > 0), schoolId: schoolId ?? null, changes, memory,
    }));
  }
}

function actionOf(fate: Entry["fate"], isNew: boolean, changes: boolean): RowAction {
  if (fate === "gone") return "WITHDRAW";
  if (fate === "excluded") return "EXCLUDED";
  if (isNew) return "CREATE";
  return changes ? "CHANGE" : "UNCHANGED";
}
