import { Directive, Field as GraphField, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { HasRole } from "../access/has-role.ts";
import { rolesFor } from "../access/access.ts";
import { aggregateFields } from "../crud/read.ts";
import { isScalar, recordOf, type Field, type ForeignClass, type RecordClass, type RecordMeta, type ScalarField } from "../record/metadata.ts";
import { enumerationByName } from "../record/fields.ts";
import { DayScalar, DecimalScalar, InstantScalar, JsonScalar, TimeOfDayScalar } from "../record/scalars.ts";
import { filterFor, QuantifiedFilter, ReferenceFilter, SortDirection } from "./filters.ts";

interface Made {
  object: RecordClass;
  connection: RecordClass;
  edge: RecordClass;
  aggregate: RecordClass;
  where: RecordClass;
  order: RecordClass | null;
  createInput: RecordClass | null;
  updateInput: RecordClass | null;
  payload: RecordClass;
}

const memo = new WeakMap<RecordMeta, Made>();

/** The GraphQL classes of a record: its type, connection, filter, order, inputs and payload. Made once per record. */
export function graphTypesOf(meta: RecordMeta): Made {
  const known = memo.get(meta);
  if (known) return known;
  const made = {} as Made;
  memo.set(meta, made);
  made.object = objectOf(meta);
  Object.assign(made, connectionOf(meta));
  made.where = whereOf(meta);
  made.order = orderOf(meta);
  made.createInput = inputOf(meta, "Create");
  made.updateInput = inputOf(meta, "Update");
  made.payload = payloadOf(meta);
  return made;
}

/** A new class of that name, to be decorated. */
export function named(name: string): RecordClass {
  return { [name]: class {} }[name] as RecordClass;
}

const unsettled: (() => unknown)[] = [];

/** type-graphql looks only at classes decorated before it builds a schema: makes every type that a thunk so far would make later. */
export function settleTypes(): void {
  for (let of = unsettled.pop(); of; of = unsettled.pop()) of();
}

/** A thunk that `settleTypes` will run once. */
export function settled(of: () => unknown): () => unknown {
  unsettled.push(of);
  return of;
}

export function addGraphField(type: RecordClass, name: string, of: () => unknown, options: { nullable?: boolean; description: string; list?: boolean; defaultValue?: unknown }): void {
  settled(of);
  GraphField(() => (options.list ? [of()] : of()) as never, { nullable: options.nullable ?? false, description: options.description, ...(options.defaultValue !== undefined ? { defaultValue: options.defaultValue as never } : {}) })(type.prototype as object, name);
}

/** The GraphQL type of a plain field. Call it outside of thunks: vocabularies must be known before a schema is built. */
export function scalarType(field: ScalarField): unknown {
  switch (field.kind) {
    case "id":
      return ID;
    case "text":
      return String;
    case "textList":
      return field.enumeration ? enumOf(field.enumeration.name) : field.ids ? ID : String;
    case "whole":
      return Int;
    case "decimal":
      return DecimalScalar;
    case "day":
      return DayScalar;
    case "instant":
      return InstantScalar;
    case "timeOfDay":
      return TimeOfDayScalar;
    case "flag":
      return Boolean;
    case "choice":
      return enumOf(field.enumeration!.name);
    case "json":
      return JsonScalar;
  }
}

const registered = new Set<string>();
export function enumOf(name: string): object {
  const e = enumerationByName(name);
  if (!registered.has(name)) {
    registered.add(name);
    registerEnumType(e.values, { name, description: e.description, valuesConfig: Object.fromEntries(Object.entries(e.descriptions).map(([k, description]) => [k, { description }])) });
  }
  return e.values;
}

const withUnit = (field: ScalarField, text: string) => (field.unit ? `${text} Unit: ${field.unit}.` : text);

/** A name that says everything, as a sentence: `minutesMissed` gives "Minutes missed." */
const inWords = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1).replace(/([A-Z])/g, " $1").toLowerCase()}.`;

/** What strangers read about a field. References describe their target when nothing else is said. */
export function describe(field: Field): string {
  if (field.kind === "foreign") return `${field.description ?? field.target().foreign.description} Null when the record is hidden from you${field.optional ? " or there is none" : ""}.`;
  if (field.kind === "belongsTo") return `${field.description ?? recordOf(field.target()).description} Null when it is hidden from you${field.optional ? " or there is none" : ""}.`;
  if (field.kind === "companion") return `${field.description ?? recordOf(field.target()).description} Null means none, or hidden from you.`;
  if (field.kind === "nested") return field.description ?? inWords(field.name);
  if (field.kind === "hasMany") return field.description ?? recordOf(field.target()).description;
  return withUnit(field, field.description ?? inWords(field.name));
}

function decorate(type: RecordClass, ...decorators: ClassDecorator[]): void {
  for (const d of decorators) d(type as never);
}

function rule(meta: RecordMeta): ClassDecorator {
  const roles = rolesFor(meta.access, "read");
  if (roles.length === 0) throw new Error(`${meta.name}: nobody may read it. Give at least one read grant in access.ts.`);
  return HasRole(...roles);
}

function objectOf(meta: RecordMeta): RecordClass {
  const type = named(meta.name);
  decorate(type, ObjectType(meta.name, { description: meta.description }), ...(meta.companionOf ? [] : [Directive('@key(fields: "id")') as ClassDecorator]), rule(meta));
  for (const field of meta.fields.values()) {
    if (isScalar(field)) {
      if (field.internal) continue;
      const of = scalarType(field);
      addGraphField(type, field.name, () => of, { nullable: field.optional, description: describe(field), list: field.kind === "textList" });
    } else if (field.kind === "foreign") addGraphField(type, field.graphName, () => foreignObject(field.target()), { nullable: true, description: describe(field) });
    else if (field.kind === "belongsTo") addGraphField(type, field.name, () => graphTypesOf(recordOf(field.target())).object, { nullable: true, description: describe(field) });
    else if (field.kind === "companion") addGraphField(type, field.name, () => graphTypesOf(recordOf(field.target())).object, { nullable: true, description: describe(field) });
  }
  if (!meta.companionOf && meta.access.stamps.student) {
    addGraphField(type, "accessReasons", () => accessReasonType(), { nullable: true, list: true, description: "Why you may see this record: each role of yours that opens it, and through which relation. Never empty for a record that you received." });
  }
  return type;
}

let reasonType: RecordClass | null = null;
export function accessReasonType(): RecordClass {
  if (reasonType) return reasonType;
  reasonType = named("AccessReason");
  decorate(reasonType, ObjectType("AccessReason", { description: "One way in which the rules open a record to you: a role, through a relation that holds today." }), Directive("@shareable") as ClassDecorator);
  addGraphField(reasonType, "role", () => String, { description: "The role of yours that the grant names, as in the realm, e.g. `registrar`." });
  addGraphField(reasonType, "relation", () => String, { description: "The name of the relation, e.g. `at_school`." });
  addGraphField(reasonType, "description", () => String, { description: "The relation in a sentence, e.g. \"the caller has this duty today at the school, or at the student's current school\"." });
  return reasonType;
}

const foreignObjects = new Map<ForeignClass, RecordClass>();
/**
 * The key-only type of another domain's record. It carries no rule: only the owner rules a type. `resolvable` when this domain adds
 * fields to it; asked for first, it holds for all uses of the stand-in.
 */
export function foreignObject(target: ForeignClass, resolvable = false): RecordClass {
  const { name } = target.foreign;
  const known = foreignObjects.get(target);
  if (known) return known;
  const type = named(name);
  decorate(type, ObjectType(name), Directive(`@key(fields: "id"${resolvable ? "" : ", resolvable: false"})`) as ClassDecorator);
  addGraphField(type, "id", () => ID, { description: "Identifies the record for ever and everywhere (UUID version 7)." });
  foreignObjects.set(target, type);
  return type;
}

function connectionOf(meta: RecordMeta): Pick<Made, "connection" | "edge" | "aggregate"> {
  const [connection, edge, aggregate] = [named(`${meta.name}Connection`), named(`${meta.name}Edge`), named(`${meta.name}Aggregate`)];
  if (meta.companionOf) return { connection, edge, aggregate };
  const what = meta.name;
  decorate(edge, ObjectType(edge.name, { description: `A ${what} at its place in a list.` }), rule(meta));
  addGraphField(edge, "node", () => graphTypesOf(meta).object, { description: `The ${what}.` });
  addGraphField(edge, "cursor", () => String, { description: "The place of this row in this order; send it as after or before." });
  decorate(aggregate, ObjectType(aggregate.name, { description: `Figures over the ${what} rows that match and that you may see. They speak of your own reach only: a parent's count is a count of that parent's children, never of the school.` }), rule(meta));
  addGraphField(aggregate, "count", () => Int, { description: "How many rows match." });
  const { ordered, numeric } = aggregateFields(meta);
  const part = (suffix: string, names: readonly string[], typeOf: (field: ScalarField) => unknown) => {
    const type = named(`${meta.name}${suffix}`);
    decorate(type, ObjectType(type.name, { description: `Figures of ${what} by field.` }), rule(meta));
    for (const n of names) {
      const field = meta.fields.get(n) as ScalarField;
      const of = typeOf(field);
      addGraphField(type, n, () => of, { nullable: true, description: describe(field) });
    }
    return type;
  };
  if (ordered.length > 0) {
    const extremes = part("Extremes", ordered, scalarType);
    addGraphField(aggregate, "min", () => extremes, { description: "The smallest value of each field; null without rows." });
    addGraphField(aggregate, "max", () => extremes, { description: "The largest value of each field; null without rows." });
  }
  if (numeric.length > 0) {
    const numbers = part("Numbers", numeric, () => DecimalScalar);
    addGraphField(aggregate, "sum", () => numbers, { description: "The sum of each number, exact; null without rows." });
    addGraphField(aggregate, "average", () => numbers, { description: "The mean of each number to six decimals; null without rows." });
  }
  decorate(connection, ObjectType(connection.name, { description: `A page of ${what} rows that you may see.` }), rule(meta));
  addGraphField(connection, "nodes", () => graphTypesOf(meta).object, { list: true, description: "The rows of this page." });
  addGraphField(connection, "edges", () => edge, { list: true, description: "The rows of this page with their cursors." });
  addGraphField(connection, "pageInfo", () => pageInfoType(), { description: "Where this page lies in the list." });
  addGraphField(connection, "totalCount", () => Int, { description: "How many rows match on all pages. Counted only when asked for." });
  addGraphField(connection, "aggregate", () => aggregate, { description: "Figures over all rows that match. Computed only when asked for." });
  return { connection, edge, aggregate };
}

let pageInfo: RecordClass | null = null;
function pageInfoType(): RecordClass {
  if (pageInfo) return pageInfo;
  pageInfo = named("PageInfo");
  decorate(pageInfo, ObjectType("PageInfo", { description: "Where a page lies in its list." }), Directive("@shareable") as ClassDecorator);
  addGraphField(pageInfo, "hasNextPage", () => Boolean, { description: "More rows follow." });
  addGraphField(pageInfo, "hasPreviousPage", () => Boolean, { description: "Rows come before." });
  addGraphField(pageInfo, "startCursor", () => String, { nullable: true, description: "The cursor of the first row; null on an empty page." });
  addGraphField(pageInfo, "endCursor", () => String, { nullable: true, description: "The cursor of the last row; null on an empty page." });
  return pageInfo;
}

function whereOf(meta: RecordMeta): RecordClass {
  const type = named(`${meta.name}Where`);
  decorate(type, InputType(type.name, { description: `Which ${meta.name} rows. All fields given must hold. Archived rows are left out unless archivedAt is asked about.` }) as ClassDecorator);
  addGraphField(type, "and", () => type, { nullable: true, list: true, description: "All of these hold." });
  addGraphField(type, "or", () => type, { nullable: true, list: true, description: "At least one of these holds." });
  addGraphField(type, "not", () => type, { nullable: true, description: "This does not hold." });
  for (const field of meta.fields.values()) {
    if (field.kind === "nested") continue;
    // Who is found by a record whose reads are logged would be read without a trace: ask such records themselves.
    if ((field.kind === "hasMany" || field.kind === "companion") && recordOf(field.target()).auditReads) continue;
    if (isScalar(field)) {
      if (field.internal || !field.filterable) continue;
      const filter = filterFor(field, field.kind === "choice" ? enumOf(field.enumeration!.name) : undefined);
      addGraphField(type, field.name, () => filter, { nullable: true, description: describe(field) });
    } else if (field.kind === "foreign") {
      const { name } = field.target().foreign;
      addGraphField(type, field.graphName, () => ReferenceFilter.for(name), { nullable: true, description: describe(field) });
    } else if (field.kind === "hasMany") {
      addGraphField(type, field.name, () => QuantifiedFilter.for(recordOf(field.target()).name, () => graphTypesOf(recordOf(field.target())).where), { nullable: true, description: describe(field) });
    } else addGraphField(type, field.name, () => graphTypesOf(recordOf(field.target())).where, { nullable: true, description: describe(field) });
  }
  return type;
}

function orderOf(meta: RecordMeta): RecordClass | null {
  const sortable = [...meta.fields.values()].filter(isScalar).filter((f) => f.sortable);
  if (meta.companionOf || sortable.length === 0) return null;
  const values = Object.fromEntries(sortable.map((f) => [f.name, f.name]));
  registerEnumType(values, { name: `${meta.name}OrderField`, description: `Fields that lists of ${meta.name} can be ordered by.`, valuesConfig: Object.fromEntries(sortable.map((f) => [f.name, { description: describe(f) }])) });
  const type = named(`${meta.name}Order`);
  decorate(type, InputType(type.name, { description: `One step of the order of a ${meta.name} list.` }) as ClassDecorator);
  addGraphField(type, "field", () => values, { description: "What to order by." });
  const direction = SortDirection.type();
  addGraphField(type, "direction", () => direction, { description: "Which way.", defaultValue: "ASC" });
  return type;
}

/** Fields that a caller gives, by their name in the input and in the record. */
export function inputFields(meta: RecordMeta, kind: "Create" | "Update"): { input: string; field: Field }[] {
  const parentFields = meta.companionOf?.fields;
  return [...meta.fields.values()].flatMap((field): { input: string; field: Field }[] => {
    if (field.kind === "hasMany" || field.kind === "nested") return [];
    if (field.kind === "companion") return recordOf(field.target()).writes.length > 0 ? [{ input: field.name, field }] : [];
    if (isScalar(field) && (field.readOnly || field.internal)) return [];
    if (kind === "Update" && field.immutable) return [];
    if (parentFields && field.kind === "foreign" && parentFields.get(field.name)?.kind === "foreign") return [];
    return [{ input: field.kind === "belongsTo" ? `${field.name}Id` : field.name, field }];
  });
}

function inputOf(meta: RecordMeta, kind: "Create" | "Update"): RecordClass | null {
  if (!meta.writes.includes(kind === "Create" ? "create" : "update")) return null;
  const fields = inputFields(meta, kind);
  if (fields.length === 0) return null;
  const type = named(`${kind}${meta.name}Input`);
  decorate(type, InputType(type.name, { description: kind === "Create" ? `A new ${meta.name}.` : `Changes of a ${meta.name}. What is left out stays as it is; null empties an optional field.` }) as ClassDecorator);
  if (kind === "Update" && meta.companionOf) {
    addGraphField(type, "version", () => Int, { nullable: true, description: "The version that you read; leave it out only when there was none yet." });
  }
  for (const { input, field } of fields) {
    const required = kind === "Create" && !field.optional && !("defaultValue" in field && field.defaultValue !== undefined);
    if (isScalar(field)) {
      const of = scalarType(field);
      addGraphField(type, input, () => of, { nullable: !required, description: describe(field), list: field.kind === "textList" });
    } else if (field.kind === "companion") {
      const target = recordOf(field.target());
      const nested = kind === "Create" ? "createInput" : "updateInput";
      if (graphTypesOf(target)[nested]) addGraphField(type, input, () => graphTypesOf(target)[nested], { nullable: true, description: describe(field) });
    } else addGraphField(type, input, () => ID, { nullable: !required, description: `The id of: ${describe(field)}` });
  }
  return type;
}

function payloadOf(meta: RecordMeta): RecordClass {
  const type = named(`${meta.name}Payload`);
  if (meta.companionOf) return type;
  decorate(type, ObjectType(type.name, { description: `The outcome of a write of ${meta.name}.` }) as ClassDecorator);
  addGraphField(type, "record", () => graphTypesOf(meta).object, { nullable: true, description: "The record as it is now, read under your own rights. Null after a dry run, and when the write took it out of your reach." });
  addGraphField(type, "changes", () => fieldChangeType(), { list: true, description: "Every field that the write changed, of this record and of those it changed with it." });
  return type;
}

let fieldChange: RecordClass | null = null;
export function fieldChangeType(): RecordClass {
  if (fieldChange) return fieldChange;
  fieldChange = named("FieldChange");
  decorate(fieldChange, ObjectType("FieldChange", { description: "One field of one record before and after a write." }), Directive("@shareable") as ClassDecorator);
  addGraphField(fieldChange, "recordType", () => String, { description: "The type of the record, e.g. `Student`." });
  addGraphField(fieldChange, "recordId", () => ID, { description: "The id of the record. A dry run's new records have ids that will not exist." });
  addGraphField(fieldChange, "field", () => String, { description: "The name of the field." });
  addGraphField(fieldChange, "before", () => JsonScalar, { nullable: true, description: "The value before; null when there was none." });
  addGraphField(fieldChange, "after", () => JsonScalar, { nullable: true, description: "The value after; null when there is none." });
  return fieldChange;
}

