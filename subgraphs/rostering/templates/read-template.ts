import { createHash } from "node:crypto";
import { headerName, readCsv } from "../oneroster/csv.ts";
import { quoted, type DeviationLog } from "../oneroster/deviation.ts";
import type { PackageLimits, RosterPackage } from "../oneroster/package-contract.ts";
import type { AnyCells, AnyTemplate, CellValue } from "./columns.ts";
import { readTemplateCell } from "./read-cell.ts";

/** One row of a template that was read. */
export interface TemplateRow<C = AnyCells> {
  /** Line of the file on which it starts; the header is line 1. */
  line: number;
  /** What a later file's row is recognised by. */
  key: string;
  cells: C;
  /** Of all cells: equal where nothing changed. */
  digest: string;
  remove: boolean;
}

type Header = readonly (number | null)[];

/** Reads one file by its columns: every row, or the reasons in `log` why the file is refused. `held` counts what is kept of all files. */
export async function readTemplate(source: RosterPackage, entry: string, template: AnyTemplate, log: DeviationLog, limits: PackageLimits, held: { cells: number }): Promise<TemplateRow[]> {
  const file = `${template.name}.csv`;
  const rows: TemplateRow[] = [];
  const seen = new Map<string, number>();
  let header: Header | null = null;
  let width = 0;
  for await (const { line, cells } of readCsv(named(source, entry), file, log, limits)) {
    if (header === null) {
      header = readHeader(cells, template, log);
      if (header === null) return [];
      width = cells.length;
    } else if (cells.every((cell) => cell.trim() === "")) continue;   // a spreadsheet's empty line: commas alone
    else if ((held.cells += template.columns.length + 4) > limits.cells) {
      log.add("package-too-large", { file, row: line }, "There are more rows up to here than this server has memory for. Import the files one after the other, each split by school or year.");
      return [];
    } else if (cells.slice(width).some((cell) => cell.trim() !== "")) {
      log.add("row-width", { file, row: line }, `The row has ${cells.length} cells and the header ${width}. Look for a comma outside quotation marks.`);
    } else {
      const row = readRow(cells, line, header, template, log);
      const before = row && seen.get(row.key);
      if (before !== undefined && before !== null) log.add("id-repeated", { file, row: line }, `Line ${before} is about the same: ${template.keyInWords} are equal. Keep one of the two.`);
      if (row === null || before !== undefined) continue;
      seen.set(row.key, line);
      rows.push(row);
    }
  }
  if (header === null && !log.refuses) log.add("header-missing", { file }, `${file} is empty, without even a header. Start from the blank template (osss templates).`);
  else if (rows.length === 0 && !log.refuses) log.add("header-only", { file }, `${file} has a header and no rows. Nothing is taken from it, and nothing is taken back.`);
  return rows;
}

/** The same bytes under the template's own name, so that every deviation names that. */
function named(source: RosterPackage, entry: string): RosterPackage {
  return { kind: source.kind, names: source.names, nested: source.nested, open: () => source.open(entry), [Symbol.asyncDispose]: async () => undefined };
}

/** Names are compared without regard to case, and to what stands between their words. */
export const foldedName = (name: string): string => headerName(name).toLowerCase().replaceAll(/[\s_-]+/g, "_");

/** For each column of the template its place in the rows; null where the file does without. */
function readHeader(cells: readonly string[], template: AnyTemplate, log: DeviationLog): Header | null {
  const file = `${template.name}.csv`;
  const written = cells.map(foldedName);
  const known = new Set(template.columns.map(({ name }) => name));
  let readable = true;
  for (const [index, name] of written.entries()) {
    const shown = (cells[index] ?? "").slice(0, 100);
    if (!known.has(name)) {
      if (name !== "") log.add("column-unknown", { file, row: 1, column: shown }, `There is no column ${quoted(shown)} in this template. It is passed over.`);
    } else if (written.indexOf(name) < index) {
      readable = false;
      log.add("column-repeated", { file, row: 1, column: name }, `The column "${name}" stands twice in the header, so it is unclear which one counts. Keep one.`);
    }
  }
  for (const { name, required } of template.columns) {
    if (required !== true || written.includes(name)) continue;
    readable = false;
    log.add("column-missing", { file, row: 1, column: name }, `The header lacks the column "${name}", without which ${file} cannot be read. Start from the blank template (osss templates).`);
  }
  return readable ? template.columns.map(({ name }) => (written.includes(name) ? written.indexOf(name) : null)) : null;
}

function readRow(cells: readonly string[], line: number, header: Header, template: AnyTemplate, log: DeviationLog): TemplateRow | null {
  const file = `${template.name}.csv`;
  const values: Record<string, CellValue> = {};
  let usable = true;
  const no = (code: Parameters<DeviationLog["add"]>[0], column: string, message: string) => {
    log.add(code, { file, row: line, column }, message);
    if (code === "value-missing" || code === "value-unreadable") usable = false;
  };
  for (const [index, column] of template.columns.entries()) {
    const place = header[index] ?? null;
    const { value, faults } = readTemplateCell(place === null ? "" : (cells[place] ?? ""), column);
    values[column.name] = value;
    for (const { code, message } of faults) no(code, column.name, message);
  }
  if (!usable) return null;
  for (const { column, message } of template.faults?.(values) ?? []) no("value-unreadable", column, message);
  if (!usable) return null;
  const told = JSON.stringify(template.columns.map(({ name }) => values[name] ?? null));
  return { line, key: keyOf(template.key(values)), cells: values, digest: digestOf(told), remove: values.remove === true };
}

const digestOf = (text: string): string => createHash("sha256").update(text).digest("base64url").slice(0, 22);

/** `604863|GBHS|2025-08-18`; what would be too long for an id is shortened, the same way every time. */
function keyOf(parts: readonly (string | null)[]): string {
  const whole = parts.map((part) => (part ?? "").replaceAll("|", "¦")).join("|");
  return whole.length <= 200 ? whole : `${whole.slice(0, 170)}~${digestOf(whole)}`;
}
