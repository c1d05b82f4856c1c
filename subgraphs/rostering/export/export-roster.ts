import { sql, type RawBuilder } from "kysely";
import type { ReadTransaction } from "#foundation/persistence/session";
import { columnsOf, fileNames, type Column, type FileName } from "../oneroster/columns.ts";
import { cellText, csvRecord } from "./cells.ts";
import { exportedFiles, type ExportedFile, type ExportedRow } from "./files.ts";
import { mayBeDelta, wholeOnly, type ExportScope } from "./scope.ts";
import type { ExportSink } from "./sink.ts";

export interface ExportOptions {
  readonly scope: ExportScope;
  /** Only what changed since then, and what has gone; null for everything as of today. */
  readonly since: Date | null;
  /** The source whose ids are written for the records that it brought; null for our own. */
  readonly speaks: string | null;
  /** How the sending system calls itself. */
  readonly systemName: string;
  /** Told after every file. */
  readonly progress?: (file: FileName, rows: number) => void;
}

export interface ExportResult {
  readonly mode: "bulk" | "delta";
  /** Rows of each file that has any. */
  readonly rows: Readonly<Partial<Record<FileName, number>>>;
  /** Ids of the students about whom any file says anything, for the disclosure records. */
  readonly students: readonly string[];
}

/** So many rows are held at a time. */
const portion = 2_000;

/**
 * Writes a OneRoster 1.2 package of what the scope tells: every file in one snapshot, in portions, in one order, so that equal data give
 * equal bytes. The transaction must be a snapshot of the district, begun by `beginReading` as rostering.
 */
export async function exportRoster(db: ReadTransaction, options: ExportOptions, sink: ExportSink): Promise<ExportResult> {
  const mode = options.since === null ? "bulk" : "delta";
  if (mode === "delta" && !mayBeDelta(options.scope)) throw wholeOnly();
  const rows: Partial<Record<FileName, number>> = {};
  const students = new Set<string>();
  for (const file of exportedFiles) {
    if (!goes(file, options.scope)) continue;
    const written = await writeFile(db, file, options, sink, students);
    if (written === 0) continue;
    rows[file.file] = written;
    options.progress?.(file.file, written);
  }
  await sink.add("manifest.csv", manifestOf(rows, mode, options.systemName));
  return { mode, rows, students: [...students] };
}

const goes = ({ needs, inDirectory }: ExportedFile, { categories, directory }: ExportScope): boolean =>
  (needs === undefined || categories.has(needs)) && (directory === null || (inDirectory !== undefined && (inDirectory === "always" || directory.fields.has(inDirectory))));

/** A file without rows is left out. Returns how many there are. */
async function writeFile(db: ReadTransaction, file: ExportedFile, options: ExportOptions, sink: ExportSink, students: Set<string>): Promise<number> {
  const portions = portionsOf<ExportedRow>(db, rowsOf(file, options));
  const first = await portions.next();
  if (first.done === true) return 0;
  const columns = Object.entries(columnsOf("1.2", file.file)!);
  let written = 0;
  await sink.add(`${file.file}.csv`, (async function* () {
    yield csvRecord(["sourcedId", "status", "dateLastModified", ...columns.map(([name]) => name)]);
    for (let next: IteratorResult<ExportedRow[], void> = first; next.done !== true; next = await portions.next()) {
      written += next.value.length;
      for (const { student_id: id } of next.value) if (typeof id === "string") students.add(id);
      yield next.value.map((row) => csvRecord(recordOf(row, file, columns, options))).join("");
    }
  })());
  return written;
}

function recordOf(row: ExportedRow, file: ExportedFile, columns: readonly (readonly [string, Column])[], { scope, since }: ExportOptions): string[] {
  const values = file.cells(row, scope);
  const lifecycle = since === null ? ["", ""] : [row.holds ? "active" : "tobedeleted", row.changed.toISOString()];
  // Of what has gone the recipient learns that it has, and what the format demands.
  return [row.sourced_id, ...lifecycle, ...columns.map(([name, { kind, required }]) => (row.holds || required ? cellText(values[name], kind) : ""))];
}

/** One order for all: by the letters' codes, whatever the database's language. */
const rowsOf = ({ lookup }: ExportedFile, { scope, since, speaks }: ExportOptions): RawBuilder<ExportedRow> =>
  sql<ExportedRow>`SELECT * FROM ${sql.raw(`lookup.rostering_${lookup}`)}(${speaks}::text, ${scope.schools}::uuid[], ${since}::timestamptz, ${scope.directory?.audience ?? null}::text, ${scope.consentsTo}::uuid, ${scope.categories.has("CONTACTS") && scope.directory === null}::boolean, ${scope.whole}::boolean) ORDER BY sourced_id COLLATE "C"`;

async function* portionsOf<T>(db: ReadTransaction, query: RawBuilder<T>): AsyncGenerator<T[], void> {
  await sql`DECLARE exported NO SCROLL CURSOR FOR ${query}`.execute(db);
  for (;;) {
    const { rows } = await sql<T>`FETCH ${sql.raw(String(portion))} FROM exported`.execute(db);
    if (rows.length > 0) yield rows;
    if (rows.length < portion) break;
  }
  await sql`CLOSE exported`.execute(db);
}

async function* manifestOf(rows: Readonly<Partial<Record<FileName, number>>>, mode: "bulk" | "delta", systemName: string): AsyncGenerator<string> {
  const properties = [
    ["manifest.version", "1.0"], ["oneroster.version", "1.2"],
    ...[...fileNames].sort().map((file) => [`file.${file}`, rows[file] === undefined ? "absent" : mode]),
    ["source.systemName", systemName], ["source.systemCode", "OSSS"],
  ];
  yield [["propertyName", "value"], ...properties].map(csvRecord).join("");
}
