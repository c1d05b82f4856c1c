import { sql } from "kysely";
import type { RecordChange } from "../events/change-recorder.ts";
import { quoted } from "../persistence/names.ts";
import { columnsOf, type ColumnField, type RecordMeta } from "../record/metadata.ts";
import { uuidv7 } from "../record/uuid.ts";
import type { Reader } from "./read.ts";
import type { Writer } from "./write.ts";

/** Rows a statement: one parameter of a few megabytes at most. */
const portion = 5_000;

/** Inserts rows by field name, references as ids, with ids of their own where they bring them. Returns the one change to be recorded. */
export async function loadRows(db: Reader, meta: RecordMeta, writer: Writer, rows: readonly Readonly<Record<string, unknown>>[]): Promise<RecordChange | null> {
  if (rows.length === 0) return null;
  const { identity, now } = writer;
  const columns = columnsOf(meta).filter((f) => !("readOnly" in f && f.readOnly) || kept.has(f.name));
  const defaults = Object.fromEntries(columns.flatMap((f) => ("defaultValue" in f && f.defaultValue !== undefined ? [[f.name, f.defaultValue]] : [])));
  const always = { ...defaults, districtId: identity.districtId, version: 1, createdAt: now, createdBy: identity.accountId, updatedAt: now, updatedBy: identity.accountId, archivedAt: null };
  const names = columns.map((f) => quoted(f.column)).join(", ");
  const statement = sql.raw(`INSERT INTO ${quoted(meta.schema)}.${quoted(meta.table)} (${names}) SELECT ${names} FROM jsonb_to_recordset(`);
  const shape = sql.raw(`::jsonb) AS r(${columns.map((f) => `${quoted(f.column)} ${sqlType(f)}`).join(", ")})`);
  let first: string | null = null;
  for (let from = 0; from < rows.length; from += portion) {
    const values = rows.slice(from, from + portion).map((row) => {
      const whole: Record<string, unknown> = { ...always, ...row };
      whole.id ??= uuidv7(now.getTime());
      first ??= String(whole.id);
      return Object.fromEntries(columns.map((f) => [f.column, whole[f.name] ?? null]));
    });
    await sql`${statement}${JSON.stringify(values)}${shape}`.execute(db as never);
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
