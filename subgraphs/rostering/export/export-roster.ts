import { sql, type RawBuilder } from "kysely";
import type { ReadTransaction } from "#foundation/persistence/session";
import { columnsOf, fileNames, type Column, type FileName } from "../oneroster/columns.ts";
import { cellText, csvRecord, type CellValue } from "./cells.ts";
import { exportedFiles, type ExportedFile, type ExportedRow } from "./files.ts";
import { KeptRoles, roleWord } from "./kept-roles.ts";
import { keptRow, withKept, type Kept } from "./kept-values.ts";
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
 * equal bytes. The transaction must be a snapshot of the district, begun by `inSnapshot`.
 */
export async function exportRoster(db: ReadTransaction, options: ExportOptions, sink: ExportSink): Promise<ExportResult> {
  const mode = options.since === null ? "bulk" : "delta";
  if (mode === "delta" && !mayBeDelta(options.scope)) throw wholeOnly();
  const rows: Partial<Record<FileName, number>> = {};
  const students = new Set<string>();
  const words = options.speaks !== null && options.scope.whole && mode === "bulk" ? await sourceWords(db, options) : null;
  for (const file of exportedFiles) {
    if (!goes(file, options.scope) || (file.lookup === null && words === null)) continue;
    const written = await writeFile(db, file, options, words, sink, students);
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
async function writeFile(db: ReadTransaction, file: ExportedFile, options: ExportOptions, words: SourceWords | null, sink: ExportSink, students: Set<string>): Promise<number> {
  const columns = Object.entries(columnsOf("1.2", file.file)!);
  const more = words === null ? [] : await metadataOf(db, file.file, words.source);
  const portions = recordsOf(db, file, options, words, [...columns.map(([name, column]) => [name, column] as const), ...more.map((name) => [name, text] as const)], students);
  const first = await portions.next();
  if (first.done === true) return 0;
  let written = 0;
  await sink.add(`${file.file}.csv`, (async function* () {
    yield csvRecord(["sourcedId", "status", "dateLastModified", ...columns.map(([name]) => name), ...more]);
    for (let next: IteratorResult<string[][], void> = first; next.done !== true; next = await portions.next()) {
      written += next.value.length;
      yield next.value.map(csvRecord).join("");
    }
  })());
  return written;
}

const text: Column = { kind: "text", required: false };

/** The records of a file, as they are written. */
async function* recordsOf(db: ReadTransaction, file: ExportedFile, options: ExportOptions, words: SourceWords | null, columns: readonly (readonly [string, Column])[], students: Set<string>): AsyncGenerator<string[][], void> {
  const renamed: string[][] = [];
  for await (const rows of portionsOf<ExportedRow & { kept: Kept | null }>(db, rowsOf(file, options, words))) {
    const records = rows.flatMap((row) => {
      if (typeof row.student_id === "string") students.add(row.student_id);
      const made = row.holds === null ? wordsAlone(file.file, row, words!) : cellsOf(file, row, options.scope, words);
      return made === null ? [] : [recordOf(row, made.sourcedId, made.cells, columns, options.since !== null)];
    });
    if (file.file === "roles" && words !== null) renamed.push(...records);
    else if (records.length > 0) yield records;
  }
  if (file.file !== "roles" || words === null) return;
  for (const { sourcedId, cells } of words.roles.left(words.ids)) renamed.push(recordOf({ holds: true, changed: null }, sourcedId, cells, columns, false));
  // Under the source's ids they have another order than under those by which the database gave them.
  renamed.sort(([a], [b]) => (a! < b! ? -1 : 1));
  if (renamed.length > 0) yield renamed;
}

interface Made {
  sourcedId: string;
  cells: Readonly<Record<string, CellValue>>;
}

function cellsOf(file: ExportedFile, row: ExportedRow & { kept: Kept | null }, scope: ExportScope, words: SourceWords | null): Made {
  const cells = file.cells(row, scope);
  if (words === null) return { sourcedId: row.sourced_id, cells };
  if (file.file !== "roles") return { sourcedId: row.sourced_id, cells: withKept(file.file, cells, row.kept, row, words.ids) };
  const role = words.roles.take(cells);
  if (role === null) return { sourcedId: row.sourced_id, cells };
  const { kept, sourcedId } = role;
  const profile = kept.userProfileSourcedId !== undefined && words.ids.get("userProfiles")?.has(kept.userProfileSourcedId) ? kept.userProfileSourcedId : null;
  return {
    sourcedId: sourcedId ?? row.sourced_id,
    cells: { ...cells, role: roleWord(kept.role!, String(row.org_type)), roleType: kept.roleType ?? cells.roleType, userProfileSourcedId: profile },
  };
}

/** A row of the source of which no record was made; roles are told of apart. */
function wordsAlone(file: FileName, { sourced_id: sourcedId, kept }: { sourced_id: string; kept: Kept | null }, { ids }: SourceWords): Made | null {
  const cells = file === "roles" || kept === null ? null : keptRow(file, sourcedId, kept, ids);
  if (cells === null) return null;
  ids.get(file)!.add(sourcedId);
  return { sourcedId, cells };
}

function recordOf(row: { holds: boolean | null; changed: Date | null }, sourcedId: string, values: Readonly<Record<string, CellValue>>, columns: readonly (readonly [string, Column])[], delta: boolean): string[] {
  const gone = row.holds === false;
  const lifecycle = delta ? [gone ? "tobedeleted" : "active", row.changed?.toISOString() ?? ""] : ["", ""];
  // Of what has gone the recipient learns that it has, and what the format demands.
  return [sourcedId, ...lifecycle, ...columns.map(([name, { kind, required }]) => (!gone || required ? cellText(values[name], kind) : ""))];
}

/** One order for all: by the letters' codes, whatever the database's language. */
function rowsOf({ file, lookup }: ExportedFile, options: ExportOptions, words: SourceWords | null): RawBuilder<ExportedRow & { kept: Kept | null }> {
  const kept = sql`lookup.rostering_export_kept(${words?.source ?? null}::text, ${file}::text)`;
  if (lookup === null) return sql`SELECT k.sourced_id, NULL::boolean AS holds, k.kept_changed AS changed, k.kept FROM ${kept} k ORDER BY k.sourced_id COLLATE "C"`;
  if (words === null) return sql`SELECT x.*, NULL::jsonb AS kept FROM ${asked(lookup, options)} x ORDER BY x.sourced_id COLLATE "C"`;
  return sql`SELECT x.*, coalesce(x.sourced_id, k.sourced_id) AS sourced_id, k.kept FROM ${asked(lookup, options)} x FULL JOIN ${kept} k ON k.sourced_id = x.sourced_id ORDER BY coalesce(x.sourced_id, k.sourced_id) COLLATE "C"`;
}

const asked = (lookup: string, { scope, since, speaks }: ExportOptions) =>
  sql`${sql.raw(`lookup.rostering_${lookup}`)}(${speaks}::text, ${scope.schools}::uuid[], ${since}::timestamptz, ${scope.directory?.audience ?? null}::text, ${scope.consentsTo}::uuid, ${scope.categories.has("CONTACTS") && scope.directory === null}::boolean, ${scope.whole}::boolean)`;

/** What the words of a source are looked up in. */
interface SourceWords {
  readonly source: string;
  readonly ids: ReadonlyMap<FileName, Set<string>>;
  readonly roles: KeptRoles;
}

/** Ids of everything that the package will have, and the roles that the source wrote. */
async function sourceWords(db: ReadTransaction, options: ExportOptions): Promise<SourceWords> {
  const source = options.speaks!;
  const ids = new Map<FileName, Set<string>>();
  for (const { file, lookup } of exportedFiles) {
    const from = lookup === null ? sql`lookup.rostering_export_kept(${source}::text, ${file}::text)` : asked(lookup, options);
    const { rows } = await sql<{ sourced_id: string }>`SELECT sourced_id FROM ${from} x`.execute(db);
    ids.set(file, new Set(rows.map(({ sourced_id: id }) => id)));
  }
  const roles = new KeptRoles();
  const kept = (file: FileName) => portionsOf<{ sourced_id: string; kept: Kept | null }>(db, sql`SELECT * FROM lookup.rostering_export_kept(${source}::text, ${file}::text) ORDER BY sourced_id COLLATE "C"`);
  for await (const rows of kept("users")) for (const row of rows) if (row.kept !== null) roles.addUser(row.sourced_id, row.kept);
  for await (const rows of kept("roles")) for (const row of rows) if (row.kept !== null) roles.add(row.sourced_id, row.kept);
  return { source, ids, roles };
}

async function metadataOf(db: ReadTransaction, file: FileName, source: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`SELECT DISTINCT name COLLATE "C" AS name FROM lookup.rostering_export_kept(${source}::text, ${file}::text) k CROSS JOIN LATERAL jsonb_object_keys(k.kept) AS name
    WHERE jsonb_typeof(k.kept) = 'object' AND name ~ '^metadata[.][A-Za-z0-9_.-]+$' ORDER BY 1`.execute(db);
  return rows.map(({ name }) => name);
}

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
