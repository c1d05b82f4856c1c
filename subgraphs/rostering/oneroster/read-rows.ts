import { readCell, readInstant } from "./cells.ts";
import type { Cells, Column, FileName, RosterVersion } from "./columns.ts";
import { readCsv } from "./csv.ts";
import { digestOfRow, keptOf, type WrittenCells } from "./kept-columns.ts";
import { quoted, type DeviationLog } from "./deviation.ts";
import { splitIt, type PackageLimits, type RosterPackage } from "./package-contract.ts";
import { readHeader, type Header } from "./read-header.ts";

/** One data row, typed by its file. */
export interface Row<V extends RosterVersion, F extends FileName> {
  /** Line of the CSV on which it starts; the header is line 1. */
  line: number;
  sourcedId: string;
  status: "active" | "tobedeleted";
  /** UTC; null in a bulk file. */
  dateLastModified: string | null;
  cells: Cells<V, F>;
  /** The filled cells of extension columns, `metadata.` taken off their names. */
  metadata: Record<string, string>;
  /** Of all its cells but passwords: equal where the source says the same. */
  digest: string;
  /** The cells for which the district's records have no place, as written; null where there are none. */
  kept: WrittenCells | null;
}

/** What reading a file came to, besides its rows. */
export interface ReadOutcome {
  rows: number;
  /** Ids of rows that were refused: they exist, so references to them are not called dangling. */
  refusedIds: Set<string>;
  /** False when the file could not be read to its end. */
  complete: boolean;
}

/** Who has so many rows that do not fit has the rest of them too. */
const MISFITS = 1_000;

/** What all files of a package have come to so far. */
export interface Held {
  cells: number;
}

export interface RowSource<V extends RosterVersion, F extends FileName> {
  source: RosterPackage;
  entry: string;
  version: V;
  file: F;
  mode: "bulk" | "delta";
}

/**
 * Reads any data file of any version by its column table: checks the header, then yields the rows
 * that can be read, in order, and notes every deviation. A row with a fatal fault is not yielded.
 */
export async function* readRows<V extends RosterVersion, F extends FileName>(from: RowSource<V, F>, outcome: ReadOutcome, held: Held, log: DeviationLog, limits: PackageLimits): AsyncGenerator<Row<V, F>, void> {
  const file = `${from.file}.csv`;
  let header: Header | null = null;
  let misfits = 0;
  const fatalBefore = fileFaults(log);
  for await (const { line, cells } of readCsv(from.source, from.entry, log, limits)) {
    if (header === null) {
      header = readHeader(cells, from, log);
      if (header === null) {
        outcome.complete = false;
        return;
      }
      continue;
    }
    held.cells += 4 + cells.reduce((filled, cell) => (cell === "" ? filled : filled + 1), 0);
    if (held.cells > limits.cells) {
      log.add("package-too-large", { file, row: line }, `The package has more than ${limits.cells} filled cells up to here, more than this server has memory for. ${splitIt}`);
      outcome.complete = false;
      return;
    }
    outcome.rows += 1;
    if (cells.length !== header.positions.length) misfits += 1;
    if (misfits > MISFITS && log.refuses) {
      log.add("rows-misfit", { file, row: line }, `More than ${MISFITS} rows have another number of cells than the header. The rest of the file was not read; export it again.`);
      outcome.complete = false;
      return;
    }
    const row = readRow(cells, line, header, from, log);
    if (row.refused) outcome.refusedIds.add(row.sourcedId);
    // The table of columns and the type of the cells are one and the same declaration (columns.ts).
    else yield { line, sourcedId: row.sourcedId, status: row.status, dateLastModified: row.dateLastModified, metadata: row.metadata, cells: row.values as Cells<V, F>, digest: digestOfRow(row.written), kept: keptOf(from.file, row.written) };
  }
  if (fileFaults(log) > fatalBefore) outcome.complete = false;
  else if (header === null) {
    log.add("header-missing", { file }, `${file} is empty, without even a header. Export it again, or call it absent in the manifest.`);
    outcome.complete = false;
  } else if (outcome.rows === 0) {
    log.add("header-only", { file }, `${file} has a header and no rows. It is treated as absent: nothing is withdrawn because of it. Leave the file out and say "absent" in the manifest.`);
  }
}

/** Faults that end the reading of a file early. */
function fileFaults(log: DeviationLog): number {
  const totals = log.totals();
  return (["encoding-unreadable", "file-too-wide", "file-too-long", "quoting-broken", "record-too-long", "entry-damaged", "package-too-large"] as const).reduce((sum, code) => sum + (totals[code] ?? 0), 0);
}

interface RawRow {
  refused: boolean;
  sourcedId: string;
  status: "active" | "tobedeleted";
  dateLastModified: string | null;
  values: Record<string, unknown>;
  metadata: Record<string, string>;
  written: Record<string, string>;
}

function readRow<V extends RosterVersion, F extends FileName>(cells: readonly string[], line: number, header: Header, from: RowSource<V, F>, log: DeviationLog): RawRow {
  const file = `${from.file}.csv`;
  const row: RawRow = { refused: false, sourcedId: "", status: "active", dateLastModified: null, values: {}, metadata: {}, written: {} };
  if (!widthFits(cells, line, header, file, log)) row.refused = true;
  let status = "";
  let modified = "";
  for (const [index, role] of header.positions.entries()) {
    const raw = cells[index] ?? "";
    if (role.is === "sourcedId") row.sourcedId = raw.trim();
    else if (role.is === "status") status = raw.trim();
    else if (role.is === "dateLastModified") modified = raw.trim();
    else if (role.is === "metadata" && raw.trim() !== "") {
      row.metadata[role.name] = raw.trim();
      row.written[`metadata.${role.name}`] = raw.trim();
    } else if (role.is === "retired" && raw.trim() !== "") row.written[role.name] = raw.trim();
    else if (role.is === "column") {
      if (row.refused) continue;
      if (role.column.kind !== "secret" && raw.trim() !== "") row.written[role.name] = raw.trim();
      const reading = readCell(raw, role.column);
      row.values[role.name] = reading.value;
      if (from.version !== "1.2" && role.column.kind === "choice" && typeof reading.value === "string" && reading.value.startsWith("ext:")) {
        log.add("value-extension", { file, row: line, column: role.name }, `${quoted(reading.value)} is an extension, which OneRoster has from 1.2 on. It is read as it stands.`);
      }
      for (const fault of reading.faults) log.add(fault.code, { file, row: line, column: role.name }, fault.message);
      if (reading.faults.some(({ code }) => code === "value-missing" || code === "value-unreadable")) row.refused = true;
    }
  }
  for (const { name, column } of header.absent) row.values[name] = isList(column) ? [] : null;
  if (!idIsUsable(row.sourcedId, line, file, log)) row.refused = true;
  if (!readLifecycle(row, status, modified, line, from, log)) row.refused = true;
  return row;
}

function isList(column: Column): boolean {
  return column.kind === "texts" || column.kind === "references" || column.kind === "choices";
}

function widthFits(cells: readonly string[], line: number, header: Header, file: string, log: DeviationLog): boolean {
  if (cells.length === header.positions.length) return true;
  if (cells.length > header.positions.length && cells.slice(header.positions.length).every((cell) => cell.trim() === "")) {
    log.add("row-trailing-cells", { file, row: line }, `The row has ${cells.length - header.positions.length} blank cells more than the header. They are passed over.`);
    return true;
  }
  log.add("row-width", { file, row: line }, `The row has ${cells.length} cells and the header ${header.positions.length}. Look for a comma outside quotation marks, or a file that was cut off.`);
  return false;
}

function idIsUsable(id: string, line: number, file: string, log: DeviationLog): boolean {
  const place = { file, row: line, column: "sourcedId" };
  if (id === "" || id.includes("\u0000")) {
    log.add(id === "" ? "value-missing" : "value-unreadable", place, "The row has no usable sourcedId, so it cannot be told from others. Fill it in the source system.");
    return false;
  }
  if (id.length > 255) {
    log.add("id-too-long", place, `The sourcedId has ${id.length} characters; at most 255 are allowed. Shorten it in the source system.`);
    return false;
  }
  if (!/^[0-9A-Za-z.\-_/@]+$/.test(id)) log.add("id-characters", place, `The sourcedId ${quoted(id)} holds characters other than letters, digits and . - _ / @. It is read as it stands.`);
  return true;
}

/** `status` and `dateLastModified`: required in a delta file, blank in a bulk file. */
function readLifecycle<V extends RosterVersion, F extends FileName>(row: RawRow, status: string, modified: string, line: number, from: RowSource<V, F>, log: DeviationLog): boolean {
  const file = `${from.file}.csv`;
  const older = from.version === "1.0";
  const folded = older && status.toLowerCase() === "inactive" ? "tobedeleted" : status.toLowerCase();
  const known = folded === "active" || folded === "tobedeleted" ? folded : null;
  if (from.mode === "bulk") {
    if (!older && (status !== "" || modified !== "")) log.add("status-in-bulk", { file, row: line, column: status === "" ? "dateLastModified" : "status" }, "The file is bulk, so status and dateLastModified should be blank.");
    if (known === "tobedeleted") {
      row.status = known;
      log.add("deleted-in-bulk", { file, row: line, column: "status" }, 'The row is called deleted in a file that says everything. It is treated as if it were not there.');
    }
    return true;
  }
  let usable = true;
  const place = (column: string) => ({ file, row: line, column });
  if (known === null) {
    usable = false;
    log.add(status === "" ? "value-missing" : "value-unreadable", place("status"), `The file is delta, so every row must say "active" or "tobedeleted"${status === "" ? "" : `, not ${quoted(status)}`}. Correct it in the source system.`);
  } else {
    row.status = known;
    if (known !== status) log.add("value-case", place("status"), `${quoted(status)} is read as "${known}". Write it so.`);
  }
  row.dateLastModified = modified === "" ? null : readInstant(modified);
  if (row.dateLastModified === null) {
    usable = false;
    log.add(modified === "" ? "value-missing" : "value-unreadable", place("dateLastModified"), `The file is delta, so every row needs its time of change, written like 2024-08-01T18:25:43.511Z${modified === "" ? "" : `, not ${quoted(modified)}`}. Correct it in the source system.`);
  }
  return usable;
}
