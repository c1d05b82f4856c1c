import { columnsOf, formerNames, laterColumns, retiredColumns, type Column, type FileName, type RosterVersion } from "./columns.ts";
import { headerName } from "./csv.ts";
import { quoted, type DeviationLog } from "./deviation.ts";

/** Columns with which every file begins. */
const leading = ["sourcedId", "status", "dateLastModified"] as const;

type Position =
  | { is: "column"; name: string; column: Column }
  | { is: (typeof leading)[number] | "skipped" }
  | { is: "metadata" | "retired"; name: string };

export interface Header {
  /** What each position of a row holds. */
  positions: readonly Position[];
  /** Optional columns that the file does without. */
  absent: readonly { name: string; column: Column }[];
}

/** The file that a header belongs to. */
export interface HeaderOf {
  version: RosterVersion;
  file: FileName;
  mode: "bulk" | "delta";
}

/**
 * Reads a header by name: order, case, extra and missing optional columns are warnings. Null, with
 * the reason noted, when a needed column is missing or one stands twice.
 */
export function readHeader(cells: readonly string[], of: HeaderOf, log: DeviationLog): Header | null {
  const file = `${of.file}.csv`;
  const columns = columnsOf(of.version, of.file) ?? {};
  const written = cells.map(headerName);
  const specified = new Map([...leading, ...Object.keys(columns)].map((name) => [name.toLowerCase(), name]));
  const names = written.map((name) => formerName(of, name) ?? specified.get(name.toLowerCase()) ?? name);
  const positions = names.map((name, index): Position => {
    if (index > names.indexOf(name)) return { is: "skipped" };
    const column = own(columns, name);
    if (column !== undefined) return { is: "column", name, column };
    const first = leading.find((candidate) => candidate === name);
    if (first !== undefined) return { is: first };
    if (retiredColumns[of.version][of.file]?.includes(name) === true) return { is: "retired", name };
    return isMetadata(name) ? { is: "metadata", name: name.slice(PREFIX.length) } : { is: "skipped" };
  });
  noteNames(written, names, of, log);
  noteOrder(names, specified, file, log);
  const repeated = names.filter((name, index) => index > names.indexOf(name));
  for (const name of new Set(repeated)) {
    log.add("column-repeated", { file, row: 1, column: name.slice(0, 100) }, `The column ${quoted(name)} stands twice in the header, so it is unclear which one counts. Keep one.`);
  }
  if (!hasNeededColumns(new Set(names), columns, of, log) || repeated.length > 0) return null;
  return { positions, absent: Object.entries(columns).flatMap(([name, column]) => (names.includes(name) ? [] : [{ name, column }])) };
}

/** A file may call a column "constructor". */
function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** What the column is called since 1.0, where the package is one of 1.0 and calls it otherwise. */
function formerName({ version, file }: HeaderOf, name: string): string | undefined {
  return version === "1.0" ? own(formerNames[file] ?? {}, name) : undefined;
}

const PREFIX = "metadata.";

function isMetadata(name: string): boolean {
  return name.startsWith(PREFIX) && name.length > PREFIX.length;
}

function noteNames(written: readonly string[], names: readonly string[], of: HeaderOf, log: DeviationLog): void {
  const file = `${of.file}.csv`;
  const columns = columnsOf(of.version, of.file) ?? {};
  const retired = retiredColumns[of.version][of.file] ?? [];
  for (const [index, name] of names.entries()) {
    const place = { file, row: 1, column: name.slice(0, 100) };
    const found = written[index] ?? "";
    if (formerName(of, found) !== undefined) log.add("column-name-former", place, `${quoted(found)} is the name of OneRoster 1.0 for the column "${name}". It is read so.`);
    else if (found !== name) log.add("column-name-case", place, `The column is called ${quoted(found)}; it is read as "${name}".`);
    const known = Object.hasOwn(columns, name) || leading.some((first) => first === name) || retired.includes(name);
    if (!known && !isMetadata(name)) {
      log.add("column-unknown", place, `The column ${quoted(name)} is not in the specification. It is passed over; extension columns are named "metadata.<name>".`);
    }
  }
}

function noteOrder(names: readonly string[], specified: ReadonlyMap<string, string>, file: string, log: DeviationLog): void {
  const order = [...specified.values()];
  const present = new Set(names);
  const expected = order.filter((name) => present.has(name));
  const known = names.filter((name) => order.includes(name));
  const misplaced = known.find((name, index) => name !== expected[index]);
  if (misplaced !== undefined && known.length === expected.length) {
    log.add("header-order", { file, row: 1, column: misplaced }, `The columns stand in another order than the specification's, from "${misplaced}" on. They are read by name.`);
  }
  const lastKnown = names.findLastIndex((name) => order.includes(name));
  const early = names.find((name, index) => index < lastKnown && isMetadata(name));
  if (early !== undefined) {
    log.add("metadata-not-last", { file, row: 1, column: early.slice(0, 100) }, `The column ${quoted(early)} stands before columns of the specification. Extension columns belong at the far right.`);
  }
}

/** Notes the columns that the header lacks; false when the file cannot be read without one. */
function hasNeededColumns(present: ReadonlySet<string>, columns: Readonly<Record<string, Column>>, of: HeaderOf, log: DeviationLog): boolean {
  const file = `${of.file}.csv`;
  let readable = true;
  for (const name of [...leading, ...Object.keys(columns)]) {
    if (present.has(name)) continue;
    const lifecycle = of.mode === "delta" && (name === "status" || name === "dateLastModified");
    if (name === "sourcedId" || own(columns, name)?.required === true || lifecycle) {
      readable = false;
      log.add("column-missing", { file, row: 1, column: name }, `The header lacks the column "${name}", without which ${file} cannot be read. Export it again with that column.`);
    } else if (laterColumns[of.version][of.file]?.includes(name) !== true) {
      log.add("column-absent", { file, row: 1, column: name }, `The header lacks the column "${name}". It is taken to be blank.`);
    }
  }
  return readable;
}
