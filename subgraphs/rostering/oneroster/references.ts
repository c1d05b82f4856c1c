import { columnsOf, type FileName, type RosterVersion } from "./columns.ts";
import { quoted, type DeviationLog } from "./deviation.ts";
import type { FileMode, Manifest } from "./manifest.ts";
import type { ReadOutcome, Row } from "./read-rows.ts";
import type { OpenReference } from "./roster-model.ts";

/**
 * Knows the ids of every file read so far and checks what rows refer to. Files are read so that
 * targets come first; references of a file to itself are checked when it is closed. Only ids and
 * line numbers are kept.
 */
export class References {
  readonly open: OpenReference[] = [];
  readonly #log: DeviationLog;
  readonly #manifest: Manifest;
  readonly #ids = new Map<FileName, Map<string, number>>();
  readonly #columns = new Map<FileName, readonly (readonly [string, FileName])[]>();
  readonly #unreadable: Set<FileName>;
  readonly #later: OpenReference[] = [];

  constructor(manifest: Manifest, log: DeviationLog) {
    this.#manifest = manifest;
    this.#log = log;
    this.#unreadable = new Set(manifest.missing);
  }

  /** Notes a row's id and checks its references. False when the id was there before. */
  add<V extends RosterVersion, F extends FileName>(version: V, file: F, row: Row<V, F>): boolean {
    const ids = this.#idsOf(file);
    const before = ids.get(row.sourcedId);
    if (before !== undefined) {
      this.#log.add("id-repeated", { file: `${file}.csv`, row: row.line, column: "sourcedId" }, `The sourcedId ${quoted(row.sourcedId)} stands on line ${before} already. An id names one record; correct it in the source system.`);
      return false;
    }
    ids.set(row.sourcedId, row.line);
    if (file === "demographics") this.#check({ file, row: row.line, column: "sourcedId", target: "users", sourcedId: row.sourcedId });
    const cells: Readonly<Record<string, unknown>> = row.cells;
    for (const [column, target] of this.#columnsOf(version, file)) {
      const value = cells[column];
      const named: unknown[] = Array.isArray(value) ? value : [value];
      for (const sourcedId of named) {
        if (typeof sourcedId !== "string") continue;
        const reference = { file, row: row.line, column, target, sourcedId };
        if (target === file) this.#later.push(reference);
        else this.#check(reference);
      }
    }
    return true;
  }

  /** The columns of a file that refer to others, with what they refer to. */
  #columnsOf(version: RosterVersion, file: FileName): readonly (readonly [string, FileName])[] {
    const known = this.#columns.get(file);
    if (known !== undefined) return known;
    const found = Object.entries(columnsOf(version, file) ?? {}).flatMap(([name, column]) => ("target" in column ? [[name, column.target] as const] : []));
    this.#columns.set(file, found);
    return found;
  }

  /** To be called when a file has been read, with what came of it. */
  close(file: FileName, outcome: ReadOutcome): void {
    if (!outcome.complete) this.#unreadable.add(file);
    const ids = this.#idsOf(file);
    for (const id of outcome.refusedIds) if (!ids.has(id)) ids.set(id, 0);
    for (const reference of this.#later.splice(0)) this.#check(reference);
  }

  /** True when the file is read whole and as the whole truth, so that what is not in it does not exist. */
  isWhole(file: FileName): boolean {
    return this.#mode(file) === "bulk" && !this.#unreadable.has(file);
  }

  #mode(file: FileName): FileMode {
    return this.#manifest.files.get(file)?.mode ?? "absent";
  }

  #idsOf(file: FileName): Map<string, number> {
    const known = this.#ids.get(file);
    if (known !== undefined) return known;
    const ids = new Map<string, number>();
    this.#ids.set(file, ids);
    return ids;
  }

  #check(reference: OpenReference): void {
    const { file, row, column, target, sourcedId } = reference;
    // A file that cannot be read is refused already; a dangling reference for each of its rows would bury the reason.
    if (this.#ids.get(target)?.has(sourcedId) === true || this.#unreadable.has(target)) return;
    if (this.#mode(file) === "delta" || this.#mode(target) === "delta") {
      this.open.push(reference);
      return;
    }
    const where = this.#mode(target) === "absent" ? `${target}.csv is not in the package` : `${target}.csv has no such row`;
    this.#log.add("reference-dangling", { file: `${file}.csv`, row, column }, `The row refers to ${quoted(sourcedId)}, but ${where}. Export both together, or correct the reference in the source system.`);
  }
}
