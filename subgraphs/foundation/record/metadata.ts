import type { AccessTable } from "../access/access.ts";

/** A class that declares a record. Abstract constructors are allowed: nobody constructs records but the writer. */
export type RecordClass<T extends object = object> = abstract new (...args: never[]) => T;

export type ScalarKind = "id" | "text" | "whole" | "decimal" | "day" | "instant" | "timeOfDay" | "flag" | "choice" | "textList" | "json";

interface FieldBase {
  name: string;
  column: string;
  description: string | undefined;
  optional: boolean;
}

/** A plain value: one column, one GraphQL scalar or enum. */
export interface ScalarField extends FieldBase {
  kind: ScalarKind;
  sortable: boolean;
  filterable: boolean;
  /** Set by the foundation or the database; never an input. */
  readOnly: boolean;
  /** Given at creation and never changed. */
  immutable: boolean;
  /** Stored, never part of the graph. */
  internal: boolean;
  unit?: string;
  min?: number;
  max?: number;
  maxLength?: number;
  pattern?: RegExp;
  patternHint?: string;
  enumeration?: { name: string; values: Record<string, string> };
  precision?: number;
  scale?: number;
  defaultValue?: string | number | boolean;
  /** A list of ids of records (inputs only). */
  ids?: boolean;
  /** How a trigram search finds it: `contains` filters on it use an index. */
  searchable: boolean;
  /** `startsWith` filters on it use an index, over the column that holds it folded (see folded-columns.ts). */
  foundByStart?: boolean;
}

/** A reference to a record of the same domain: a foreign key, a GraphQL object, a filter that nests. */
export interface BelongsToField extends FieldBase {
  kind: "belongsTo";
  target: () => RecordClass;
  immutable: boolean;
}

/** A reference to a record of another domain: column `<x>_id`, GraphQL field `<x>` of the foreign type. */
export interface ForeignField extends FieldBase {
  kind: "foreign";
  /** The GraphQL field: `student` for `studentId`. */
  graphName: string;
  target: () => ForeignClass;
  immutable: boolean;
}

/** The records of the same domain that point here. Costs no column; a connection in the graph. */
export interface HasManyField extends FieldBase {
  kind: "hasMany";
  target: () => RecordClass;
  via: string;
}

/** A record with the same key and a narrower audience. */
export interface CompanionField extends FieldBase {
  kind: "companion";
  target: () => RecordClass;
}

/** Inputs and views only: values of another such class, one or a list of them. */
export interface NestedField extends FieldBase {
  kind: "nested";
  of: () => RecordClass;
  list: boolean;
}

export type Field = NestedField | ScalarField | BelongsToField | ForeignField | HasManyField | CompanionField;
export type ColumnField = ScalarField | BelongsToField | ForeignField;

export interface Constraint {
  kind: "unique" | "check" | "exclude" | "agrees" | "index";
  name: string;
  /** Field names, in order (unique, exclude and index; agrees: the reference, then the copies). */
  fields: string[];
  /** SQL over columns (check), or the span columns (exclude). */
  expression?: string;
  span?: { from: string; to: string; inclusive: boolean };
  /** Fields of the referenced record that the copies equal, in their order (agrees); fields that an index over current rows includes (index). */
  theirs?: string[];
  /** Rows for which the constraint holds, as SQL over columns; rows not archived always. */
  where?: string;
  message: string;
}

/** What callers may do without a named operation. */
export type WriteVerb = "create" | "update" | "archive";

export interface RecordMeta {
  type: RecordClass;
  /** GraphQL type name, singular: `SchoolEnrollment`. */
  name: string;
  /** GraphQL list root: `schoolEnrollments`; single root is `single`. */
  plural: string;
  single: string;
  domain: string;
  /** PostgreSQL schema; the domain's unless the table belongs to the journal. */
  schema: string;
  table: string;
  /** False: the table is kept by the foundation's journal, and the ORM never writes it. */
  managed: boolean;
  description: string;
  access: AccessTable;
  writes: readonly WriteVerb[];
  bulk: boolean;
  /** Every read of a row is written to the audit log (health, special education, discipline, payroll). */
  auditReads: boolean;
  /** Has the subscription `<plural>Changed`. */
  live: boolean;
  companionOf: RecordMeta | undefined;
  /** One person, student or household has hundreds of them. */
  numerous: boolean;
  fields: Map<string, Field>;
  constraints: Constraint[];
}

/** A stand-in for a record of another domain: its name and key, and nothing else. */
export interface ForeignMeta {
  name: string;
  domain: string;
  table: string;
  description: string;
}
export type ForeignClass = (abstract new (...args: never[]) => { id: string }) & { readonly foreign: ForeignMeta };

/** Whether a class stands in for another domain's record. */
export const isForeign = (type: ForeignClass | RecordClass): type is ForeignClass => "foreign" in type;

const pendingFields = new WeakMap<object, Field[]>();
const pendingConstraints = new WeakMap<object, Constraint[]>();
const records = new Map<RecordClass, RecordMeta>();

/** Called by the field decorators while a class body is evaluated. */
export function addField(prototype: object, field: Field): void {
  const fields = pendingFields.get(prototype) ?? [];
  fields.push(field);
  pendingFields.set(prototype, fields);
}

export function addConstraint(type: object, constraint: Constraint): void {
  const list = pendingConstraints.get(type) ?? [];
  // Class decorators run from the bottom up; keep the order of the source.
  list.unshift(constraint);
  pendingConstraints.set(type, list);
}

/** Fields of a class, those of its base classes first, in the order of the source. */
export function fieldsOf(type: RecordClass): Field[] {
  const chain: object[] = [];
  for (let p: object | null = type.prototype as object; p && p !== Object.prototype; p = Object.getPrototypeOf(p) as object | null) chain.unshift(p);
  return chain.flatMap((p) => pendingFields.get(p) ?? []);
}

export function constraintsOf(type: RecordClass): Constraint[] {
  return pendingConstraints.get(type) ?? [];
}

export function rememberRecord(meta: RecordMeta): void {
  records.set(meta.type, meta);
}

/** The metadata of a record class. Throws when the class carries no `@Record`. */
export function recordOf(type: RecordClass): RecordMeta {
  const meta = records.get(type);
  if (!meta) throw new Error(`${type.name} is not a record: put @Record({ description, access }) on the class.`);
  return meta;
}

export function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").replace(/([A-Z])([A-Z][a-z])/g, "$1_$2").toLowerCase();
}

export function camelCase(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

export function isColumn(field: Field): field is ColumnField {
  return field.kind !== "hasMany" && field.kind !== "companion" && field.kind !== "nested";
}

export function isScalar(field: Field): field is ScalarField {
  return isColumn(field) && field.kind !== "belongsTo" && field.kind !== "foreign";
}

export function columnsOf(meta: RecordMeta): ColumnField[] {
  return [...meta.fields.values()].filter(isColumn);
}

/** The field of that name, or an error that names the record: a typing mistake in a declaration is found at start. */
export function fieldNamed(meta: RecordMeta, name: string): Field {
  const field = meta.fields.get(name);
  if (!field) throw new Error(`${meta.name} has no field ${name}. Fields: ${[...meta.fields.keys()].join(", ")}.`);
  return field;
}
