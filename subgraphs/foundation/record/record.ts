import type { AccessTable } from "../access/access.ts";
import {
  addConstraint,
  addField,
  camelCase,
  constraintsOf,
  fieldsOf,
  rememberRecord,
  snakeCase,
  type RecordClass,
  type RecordMeta,
  type WriteVerb,
} from "./metadata.ts";

export interface RecordOptions {
  /** For strangers: what one row is, in full sentences. */
  description: string;
  /** Who, through which relation, may do what. Required: a record without rules does not build. */
  access: AccessTable;
  /** The GraphQL list root where English needs help: `people` for Person. */
  plural?: string;
  /**
   * `crud` (default): create, update, archive and restore. A list: only these. `operations`: changed only by named operations (and
   * imports). A record that becomes reachable only through another record (a student through her enrollment) cannot be created alone.
   */
  write?: "crud" | "operations" | readonly WriteVerb[];
  /** Kept by the foundation's journal: `{ schema: "journal", table: "audit_entry" }`. Such a record is read only. */
  storedIn?: { schema: string; table: string };
  /** Adds `createXs(inputs)`: all or nothing. */
  bulk?: boolean;
  /** Adds the subscription `<plural>Changed(where)`: its changes as they happen, to whom may read them. */
  live?: boolean;
  /** Every read is written to the audit log before the reply leaves. */
  auditReads?: boolean;
  /** One person, student or household has hundreds of them (attendance, scores): reading those of one asks the row rules for sets. */
  numerous?: boolean;
}

/** Declares a record: the table, the GraphQL type and everything generic come from this class. */
export function Record(options: RecordOptions): (type: RecordClass) => void {
  return (type) => {
    const name = type.name;
    const meta: RecordMeta = {
      type,
      name,
      plural: options.plural ?? camelCase(pluralOf(name)),
      single: camelCase(name),
      domain: "",
      schema: options.storedIn?.schema ?? "",
      table: options.storedIn?.table ?? snakeCase(name),
      managed: !options.storedIn,
      description: options.description,
      access: options.access,
      writes: options.storedIn || options.write === "operations" ? [] : options.write === undefined || options.write === "crud" ? ["create", "update", "archive"] : options.write,
      bulk: options.bulk ?? false,
      auditReads: options.auditReads ?? false,
      live: options.live ?? false,
      companionOf: undefined,
      numerous: options.numerous ?? false,
      fields: new Map(fieldsOf(type).map((f) => [f.name, f])),
      constraints: constraintsOf(type),
    };
    rememberRecord(meta);
  };
}

function pluralOf(name: string): string {
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  if (/(s|x|z|ch|sh)$/.test(name)) return `${name}es`;
  return `${name}s`;
}

/**
 * What every record has. Ids (UUID version 7), versions and times come from the application, so that an INSERT needs no
 * RETURNING: row security refuses to return a row that only becomes visible through itself.
 */
export abstract class DistrictRecord {
  id!: string;
  districtId!: string;
  version!: number;
  createdAt!: Date;
  createdBy!: string | null;
  updatedAt!: Date;
  updatedBy!: string | null;
  archivedAt!: Date | null;
}

for (const [name, kind, optional, description, internal] of [
  ["id", "id", false, "Identifies the record for ever and everywhere (UUID version 7).", false],
  ["districtId", "id", false, "The district that owns the record.", true],
  ["version", "whole", false, "Counts the changes of this record from 1. Send it back with an update; a stale one is refused with STALE_VERSION.", false],
  ["createdAt", "instant", false, "When the record was created (UTC).", false],
  ["createdBy", "id", true, "The account that created the record; null for imports by the command line.", false],
  ["updatedAt", "instant", false, "When the record was last changed (UTC).", false],
  ["updatedBy", "id", true, "The account that last changed the record; null for imports by the command line.", false],
  ["archivedAt", "instant", true, "When the record was archived (UTC). Archived records are kept, leave lists unless asked for, and no longer block a natural key. Null while current.", false],
] as const) {
  addField(DistrictRecord.prototype, {
    name,
    column: snakeCase(name),
    kind,
    description,
    optional,
    sortable: name === "id" || name === "createdAt" || name === "updatedAt",
    filterable: !internal && name !== "version" && name !== "createdBy" && name !== "updatedBy",
    readOnly: true,
    immutable: true,
    internal,
    searchable: false,
  });
}

/** Rows not archived are unique in these fields within the district (and within `where`). */
export function UniqueTogether(...fields: string[]): (type: RecordClass) => void {
  return UniqueWhere({ fields });
}

export interface UniqueOptions {
  fields: string[];
  /** SQL over column names: the constraint holds only among these rows, e.g. `kind = 'PRIMARY'`. */
  where?: string;
  /** What the caller reads when the constraint is hit; says what to do. */
  message?: string;
}

export function UniqueWhere(options: UniqueOptions): (type: RecordClass) => void {
  return (type) => {
    addConstraint(type, {
      kind: "unique",
      name: constraintName(type, options.fields, options.where ? "some_unique" : "unique"),
      fields: options.fields,
      where: options.where,
      message: options.message ?? `There is already ${/^[AEIOU]/.test(type.name) ? "an" : "a"} ${humanName(type.name)} with this ${options.fields.map(humanName).join(" and ")}. Change it, or use the existing record.`,
    });
  };
}

/** An index over these fields, behind the district: for reads that the references' and orders' own indexes do not serve. Holds archived rows too. */
export function Index(...fields: string[]): (type: RecordClass) => void {
  return (type) => addConstraint(type, { kind: "index", name: constraintName(type, fields, "index"), fields, message: "" });
}

/** An index over the current rows that a relation looks up: on these fields, with what else it compares or yields, so that it need not visit the rows. */
export function ReachIndex(on: string[], including: string[]): (type: RecordClass) => void {
  return (type) => addConstraint(type, { kind: "index", name: constraintName(type, on, "reach"), fields: on, theirs: including, message: "" });
}

/** A rule between columns of one row, as SQL over column names. `name` is short and unique in the table. */
export function Check(name: string, expression: string, message: string): (type: RecordClass) => void {
  return (type) => {
    addConstraint(type, { kind: "check", name: `${snakeCase(type.name)}_${name}_check`, fields: [], expression, message });
  };
}

export interface NoOverlapOptions {
  /** Rows with equal values here may not overlap in time. */
  per: string[];
  /** Day fields of the span; `to` is exclusive and null means open. */
  from: string;
  to: string;
  where?: string;
  message: string;
}

/** An exclusion constraint: spans of rows that agree in `per` never overlap (rows not archived). */
export function NoOverlap(options: NoOverlapOptions): (type: RecordClass) => void {
  return (type) => {
    addConstraint(type, {
      kind: "exclude",
      name: constraintName(type, [...options.per, "span"], "no_overlap"),
      fields: options.per,
      span: { from: options.from, to: options.to, inclusive: false },
      where: options.where,
      message: options.message,
    });
  };
}

/**
 * The row's own copies of a referenced row's fields are true: `@Agrees("section", { schoolId: "schoolId" })` says that the school stamped on
 * the row is that of its section. A foreign key over district, reference and copies; nothing is asked of a row where one of them is null.
 */
export function Agrees(reference: string, copies: Readonly<Record<string, string>>, message?: string): (type: RecordClass) => void {
  return (type) => {
    const mine = Object.keys(copies);
    addConstraint(type, {
      kind: "agrees",
      name: `agrees_${snakeCase(type.name)}_${[reference, ...mine].map(snakeCase).join("_")}`,
      fields: [reference, ...mine],
      theirs: Object.values(copies),
      message: message ?? `The ${mine.map(humanName).join(" and ")} and the ${humanName(reference)} do not belong together. Send those of one and the same ${humanName(reference)}.`,
    });
  };
}

/** Half-open span: `to`, when given, lies after `from` (or on it with `mayBeEmpty`: a span of no days). */
export function Span(from: string, to: string, options: { mayBeEmpty?: boolean } = {}): (type: RecordClass) => void {
  const operator = options.mayBeEmpty ? ">=" : ">";
  return Check(`${snakeCase(from)}_${snakeCase(to)}`, `${snakeCase(to)} is null or ${snakeCase(to)} ${operator} ${snakeCase(from)}`, `${to} must come after ${from}. Correct one of the two dates.`);
}

function constraintName(type: RecordClass, fields: string[], suffix: string): string {
  return `${snakeCase(type.name)}_${fields.map(snakeCase).join("_")}_${suffix}`.slice(-63).replace(/^_+/, "");
}

function humanName(name: string): string {
  return snakeCase(name.replace(/Id$/, "")).replaceAll("_", " ");
}
