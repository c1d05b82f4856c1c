import type { AcrossDomains } from "#foundation/crud/across-domains";
import { OsssError } from "#foundation/errors/errors";
import { changedFields, fingerprint, printsOf, type Prints } from "../import/memory.ts";
import type { Notes } from "../import/notes.ts";
import type { Decisions } from "../imports/decisions.ts";
import type { Ledger } from "../imports/ledger.ts";
import type { TemplateName } from "./columns.ts";
import type { KeptRow, KeptRows, PersonOfRow } from "./kept-rows.ts";
import type { KnownStudent, KnownStudents } from "./known-students.ts";
import { leaveOut, LeftOut } from "./left-out.ts";
import type { TemplateRow } from "./read-template.ts";
import { fileOf, type Cells } from "./templates.ts";

/** What the rows of all files share while they are written. */
export interface Setting {
  across: AcrossDomains;
  source: string;
  /** The day of the import in the district's time zone. */
  today: string;
  importId: string | null;
  decisions: Decisions;
  ledger: Ledger | undefined;
  notes: Notes;
  kept: KeptRows;
  students: KnownStudents;
  /** Told after every part of long work. */
  progress: (done: string) => void;
}

/** A row that may change something, with what an earlier import made of it. */
export interface OpenRow<N extends TemplateName> extends TemplateRow<Cells<N>> {
  kept: KeptRow | undefined;
}

/**
 * The rows of one file on their way into the records. A row is written whole or left out with a sentence: whatever a writer finds wrong, it
 * finds before it writes.
 */
export class FileWork<N extends TemplateName> {
  readonly name: N;
  readonly file: string;
  readonly setting: Setting;
  /** To be written: new, changed, or not written whole the last time. */
  readonly open: OpenRow<N>[] = [];
  /** What an earlier import brought and is to be taken back. */
  readonly gone: { key: string; line: number; kept: KeptRow }[] = [];
  leftOut = 0;
  readonly #named: ReadonlySet<string>;
  readonly #schools = new Map<string, string>();

  constructor(name: N, rows: readonly TemplateRow<Cells<N>>[], setting: Setting) {
    this.name = name;
    this.file = fileOf(name);
    this.setting = setting;
    this.#named = new Set(rows.map(({ key }) => key));
    for (const row of rows) this.#sort(row);
  }

  #sort(row: TemplateRow<Cells<N>>): void {
    const { kept: memory, ledger, decisions } = this.setting;
    const kept = memory.find(this.name, row.key);
    const declared = { file: this.file, line: row.line, sourcedId: row.key, label: this.label(row), schoolId: kept?.memory.schoolId ?? null };
    if (decisions.excluded.has(`${this.file} ${row.key}`)) ledger?.exclude(declared);
    else if (row.remove && kept !== undefined) {
      ledger?.withdraw(declared);
      this.gone.push({ key: row.key, line: row.line, kept });
    } else {
      ledger?.declare(declared, kept === undefined && !row.remove);
      if (!row.remove && kept?.memory.digest !== row.digest) this.open.push({ ...row, kept });
    }
  }

  /** `Lopez, Maria (604863), GBHS, 2025-08-18`: the key with the student's name. */
  label(row: Pick<TemplateRow, "key" | "cells">): string {
    const [first, ...rest] = row.key.split("|");
    const student = this.setting.students.find(row.cells);
    return [student === undefined ? first : `${student.name} (${student.number})`, ...rest].filter((part) => part !== "").join(", ").slice(0, 255);
  }

  /** Runs the work on one row; where it says why not, the row is left out. */
  attempt<T>(row: OpenRow<N>, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (error instanceof LeftOut || (error instanceof OsssError && error.code === "VALIDATION_FAILED")) this.leave(row, error.message.replace(/^input\.\w+: /, ""));
      else throw error;
      return undefined;
    }
  }

  leave(row: Pick<TemplateRow<Cells<N>>, "key" | "line" | "cells">, sentence: string): void {
    this.leftOut += 1;
    this.setting.ledger?.declare({ file: this.file, line: row.line, sourcedId: row.key, label: `${this.label(row).slice(0, 242)} (left out)` }, false);
    this.say(row.line, `The row is left out. ${sentence}`);
  }

  /** Nothing new comes of the row, though no import has brought it before. */
  settle(row: OpenRow<N>): void {
    this.setting.ledger?.declare({ file: this.file, line: row.line, sourcedId: row.key, label: this.label(row) }, false);
  }

  say(line: number | null, sentence: string): void {
    this.setting.notes.add(this.file, line, sentence);
  }

  /** What changes about this record is booked to the row, and to its school. */
  book(row: { key: string }, recordId: string, schoolId?: string | null): void {
    this.setting.ledger?.attribute(recordId, this.file, row.key);
    if (schoolId == null) return;
    this.#schools.set(row.key, schoolId);
    this.setting.ledger?.place(this.file, row.key, schoolId);
  }

  /**
   * The row is about a record that is here already. Where a row of another key brought it that the file names no longer, the key was corrected,
   * and this row goes on from there.
   */
  found(row: OpenRow<N>, recordId: string): void {
    const holder = this.setting.kept.holderOf(recordId);
    if (holder === undefined || holder === row.key) return;
    if (this.#named.has(holder)) leaveOut(`The row "${holder.replaceAll("|", ", ")}" is about the same record. Keep one of the two.`);
    row.kept = this.setting.kept.find(this.name, holder);
  }

  /** The row is done: what came of it is remembered. */
  remember(row: OpenRow<N>, recordId: string, said: Readonly<Record<string, unknown>>, more: { whole?: boolean; person?: PersonOfRow; recordType?: string } = {}): void {
    const { whole = true, recordType, ...rest } = more;
    const schoolId = this.#schools.get(row.key);
    const holder = this.setting.kept.holderOf(recordId);
    if (holder !== undefined && holder !== row.key) this.setting.kept.forget(this.name, holder);
    this.setting.kept.keep(this.name, row.key, recordId, { digest: whole ? row.digest : "", prints: printsOf(said), ...(schoolId === undefined ? {} : { schoolId }), ...rest }, recordType);
  }

  /** The value that the district reads for one that the file writes. */
  read<C extends string & keyof Cells<N>>(row: OpenRow<N>, column: C): Cells<N>[C] {
    const written = row.cells[column];
    return typeof written === "string" ? ((this.setting.decisions.codes.get(`${this.file} ${column} ${written}`) ?? written) as typeof written) : written;
  }

  student(row: OpenRow<N>): KnownStudent {
    return this.setting.students.require(row.cells);
  }

  /**
   * Of what the file says anew, the fields to change: what somebody has changed here since the last import stays, and is told. Of a record
   * that was here before the file named it only what is empty is filled.
   */
  changes(row: OpenRow<N>, said: Readonly<Record<string, unknown>>, current: object): Record<string, unknown> {
    const here = current as Record<string, unknown>;
    const prints: Prints | undefined = row.kept?.memory.prints;
    const empty = (name: string) => (here[name] ?? null) === null;
    const changed = prints === undefined
      ? Object.fromEntries(Object.entries(said).filter(([name, value]) => value !== null && empty(name)))
      : changedFields(said, prints, current, new Set(Object.keys(said)));
    const stays = Object.keys(said).filter((name) => !(name in changed) && fingerprint(said[name]) !== fingerprint(here[name] ?? null) && (prints === undefined ? said[name] !== null : fingerprint(said[name]) !== (prints[name] ?? "")));
    if (stays.length > 0) this.say(row.line, `The district's own ${stays.map(inWords).join(", ")} ${stays.length === 1 ? "stays as it is" : "stay as they are"}: ${prints === undefined ? "the record was here before the file named it" : "somebody has changed the record since the last import"}. Change it by hand if the file is right.`);
    return changed;
  }

  /** Whether a record still is as the import left it, so that it may be taken back. */
  untouched({ kept, line }: { kept: KeptRow; line: number | null }, current: object): boolean {
    const here = current as Record<string, unknown>;
    const touched = Object.entries(kept.memory.prints).filter(([name, print]) => fingerprint(here[name] ?? null) !== print);
    if (touched.length === 0) return true;
    this.say(line, `It is not taken back: somebody has changed its ${touched.map(([name]) => inWords(name)).join(", ")} since the import. Take it back by hand if that is right.`);
    return false;
  }
}

/** `fullTimeShare` as "full time share". */
const inWords = (field: string): string => field.replace(/Id$/, "").replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
