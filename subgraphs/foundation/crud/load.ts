import { sql } from "kysely";
import type { RecordChange } from "../events/change-recorder.ts";
import { quoted } from "../persistence/names.ts";
import { columnsOf, type ColumnField, type RecordMeta } from "../record/metadata.ts";
import { uuidv7 } from "../record/uuid.ts";
import type { Reader } from "./read.ts";
import type { Writer } from "./write.ts";

/** Rows a statement: one parameter of a few megabytes at most. */
const portion = 2_000;

/**
 * Inserts rows by field name, references as ids, with ids of their own where they bring them. Returns the one change to be recorded.
 * What is the same in all rows is sent once; the rest goes as JSON under keys of a letter or two, since most of its cost is reading it.
 */
export async function loadRows(db: Reader, meta: RecordMeta, writer: Writer, rows: readonly Readonly<Record<string, unknown>>[]): Promise<RecordChange | null> {
  const [head] = rows;
  if (head === undefined) return null;
  const { identity, now } = writer;
  const columns = columnsOf(meta).filter((f) => !("readOnly" in f && f.readOnly) || kept.has(f.name));
  const defaults = Object.fromEntries(columns.flatMap((f) => ("defaultValue" in f && f.defaultValue !== undefined ? [[f.name, f.defaultValue]] : [])));
  const always: Record<string, unknown> = { ...defaults, districtId: identity.districtId, version: 1, createdAt: now, createdBy: identity.accountId, updatedAt: now, updatedBy: identity.accountId, archivedAt: null };
  const valueOf = (row: Readonly<Record<string, unknown>>, name: string): unknown => (row[name] === undefined ? (always[name] ?? null) : row[name]);
  const varies = (f: ColumnField): boolean => f.name === "id" || rows.some((row) => valueOf(row, f.name) !== valueOf(head, f.name));
  const varying = columns.filter(varies).map((field, n) => ({ field, key: n.toString(36) }));
  const same = columns.filter((f) => !varying.some(({ field }) => field === f)).map((field, n) => ({ field, key: n.toString(36) }));
  const shape = (part: typeof varying) => part.map(({ field, key }) => `"${key}" ${sqlType(field)}`).join(", ");
  const names = [...varying, ...same].map(({ field }) => quoted(field.column)).join(", ");
  const values = [...varying.map(({ key }) => `r."${key}"`), ...same.map(({ key }) => `c."${key}"`)].join(", ");
  const insert = sql.raw(`INSERT INTO ${quoted(meta.schema)}.${quoted(meta.table)} (${names}) SELECT ${values} FROM jsonb_to_recordset(`);
  const constant = JSON.stringify(Object.fromEntries(same.map(({ field, key }) => [key, valueOf(head, field.name)])));
  const [of, constants] = [sql.raw(`::jsonb) AS r(${shape(varying)})`), same.length === 0 ? sql`` : sql`, jsonb_to_record(${constant}::jsonb) AS c(${sql.raw(shape(same))})`];
  let first: string | null = null;
  for (let from = 0; from < rows.length; from += portion) {
    const sent = rows.slice(from, from + portion).map((row) => {
      const made: Record<string, unknown> = {};
      for (const { field, key } of varying) {
        const value = valueOf(row, field.name) ?? (field.name === "id" ? uuidv7(now.getTime()) : null);
        if (field.name === "id") first ??= String(value);
        if (value !== null) made[key] = value;
      }
      return made;
    });
    await sql`${insert}${JSON.stringify(sent)}${of}${constants}`.execute(db as never);
  }
  return { meta, id: first!, version: 1, action: "LOADED", fields: [{ recordType: meta.name, recordId: first!, field: "rows", before: null, after: rows.length }] };
}

const kept = new Set(["id", "districtId", "version", "createdAt", "createdBy", "updatedAt", "updatedBy", "archivedAt"]);

function sqlType(field: ColumnField): string {
  switch (field.kind) {
    case "belongsTo":
    case "foreign":
    case "id":
      return "uuid";
    case "whole":
      return "int";
    case "decimal":
      return "numeric";
    case "day":
      return "date";
    case "instant":
      return "timestamptz";
    case "timeOfDay":
      return "time";
    case "flag":
      return "boolean";
    case "textList":
      return "text[]";
    case "json":
      return "jsonb";
    default:
      return "text";
  }
}
