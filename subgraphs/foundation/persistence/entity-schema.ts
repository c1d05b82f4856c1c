import { EntitySchema, type EntityProperty } from "@mikro-orm/core";
import { columnsOf, recordOf, type ColumnField, type RecordClass, type RecordMeta } from "../record/metadata.ts";

const made = new WeakMap<RecordClass, EntitySchema>();

/** The ORM's view of a record: the same class, table, columns and references, nothing of the graph. */
export function entitySchemaOf(type: RecordClass): EntitySchema {
  const known = made.get(type);
  if (known) return known;
  const meta = recordOf(type);
  const schema = new EntitySchema({
    class: type as never,
    tableName: meta.table,
    schema: meta.schema,
    properties: { ...Object.fromEntries(columnsOf(meta).map((field) => [field.name, propertyOf(meta, field)])), ...orderAfterParent(meta) } as never,
  });
  made.set(type, schema);
  return schema;
}

/** A companion has its parent's key and no reference to it: without this the ORM would insert the companion first. No column, never read. */
function orderAfterParent(meta: RecordMeta): Record<string, Partial<EntityProperty>> {
  const { companionOf } = meta;
  return companionOf ? { companionOf: { kind: "m:1", entity: () => companionOf.type, persist: false, nullable: true, index: false, hidden: true, lazy: true } as never } : {};
}

function propertyOf(meta: RecordMeta, field: ColumnField): Partial<EntityProperty> {
  const base = { fieldName: field.column, nullable: field.optional };
  switch (field.kind) {
    case "belongsTo":
      return { ...base, kind: "m:1", entity: () => field.target(), ref: false, index: false, deleteRule: "no action", updateRule: "no action" } as never;
    case "foreign":
      return { ...base, type: "uuid" } as never;
    case "id":
      return { ...base, type: "uuid", primary: field.name === "id" } as never;
    case "text":
    case "choice":
      return { ...base, type: "string", columnType: `varchar(${field.maxLength ?? 255})` } as never;
    case "whole":
      return { ...base, type: "integer", columnType: "int" } as never;
    case "decimal":
      return { ...base, type: "string", columnType: `numeric(${field.precision ?? 12},${field.scale ?? 4})` } as never;
    case "day":
      return { ...base, type: "string", columnType: "date" } as never;
    case "instant":
      return { ...base, type: "Date", columnType: "timestamptz(3)" } as never;
    case "timeOfDay":
      return { ...base, type: "string", columnType: "time(0)" } as never;
    case "flag":
      return { ...base, type: "boolean", columnType: "boolean" } as never;
    case "textList":
      return { ...base, type: "array", columnType: "text[]" } as never;
    case "json":
      return { ...base, type: "json", columnType: "jsonb" } as never;
  }
  throw new Error(`${meta.name}.${(field as ColumnField).name}: no column type for ${(field as ColumnField).kind}.`);
}
