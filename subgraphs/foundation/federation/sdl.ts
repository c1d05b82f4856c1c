import "reflect-metadata";
import { Arg, buildSchema, FieldResolver, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from "type-graphql";
import { printSubgraphSchema } from "@apollo/subgraph";
import { GraphQLString, lexicographicSortSchema } from "graphql";
import { HasRole } from "../access/has-role.ts";
import { rolesFor } from "../access/access.ts";
import type { ComputedField } from "../crud/computed.ts";
import type { Arguments, Operation, QueryOperation } from "../crud/operation.ts";
import { enumerationOf } from "../record/fields.ts";
import { fieldsOf, isForeign, isScalar, recordOf, type ForeignClass, type RecordClass, type RecordMeta } from "../record/metadata.ts";
import { DayScalar, DecimalScalar } from "../record/scalars.ts";
import { viewOf } from "../record/view.ts";
import { addGraphField, describe, enumOf, fieldChangeType, foreignObject, graphTypesOf, named, scalarType, settled, settleTypes } from "./graph-types.ts";
import { federationHeader } from "./link.ts";
import { loadManifest, type LoadedManifest } from "./load-manifest.ts";
import type { SubgraphManifest } from "./manifest.ts";
import { subscriptionSdl } from "./subscription-sdl.ts";

interface Argument {
  name: string;
  of: () => unknown;
  nullable?: boolean;
  list?: boolean;
  description: string;
  defaultValue?: unknown;
}

/** Names a root or type field with its arguments. The resolver itself is in the map of build-subgraph.ts. */
function declare(type: RecordClass, decorator: (name: string) => MethodDecorator, name: string, args: readonly Argument[], rules: MethodDecorator[] = []): void {
  const prototype = type.prototype as Record<string, unknown>;
  prototype[name] = () => undefined;
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name)!;
  for (const a of args) settled(a.of);
  args.forEach((a, index) =>
    Arg(a.name, () => (a.list ? [a.of()] : a.of()) as never, { nullable: a.nullable ?? false, description: a.description, ...(a.defaultValue !== undefined ? { defaultValue: a.defaultValue } : {}) })(prototype, name, index),
  );
  for (const d of [decorator(name), ...rules]) d(prototype, name, descriptor);
}

const dryRun: Argument = { name: "dryRun", of: () => Boolean, defaultValue: false, description: "Check and compute everything, write nothing: the reply holds the changes, and no record." };
const id: Argument = { name: "id", of: () => ID, description: "The id of the record." };
const version: Argument = { name: "version", of: () => Int, description: "The version that you read. A stale one is refused with STALE_VERSION and the current record." };

/** The arguments of a list of this record. */
function listArguments(meta: RecordMeta): Argument[] {
  const types = graphTypesOf(meta);
  return [
    { name: "where", of: () => types.where, nullable: true, description: "Which rows; all that you may see when left out." },
    ...(types.order ? [{ name: "orderBy", of: () => types.order, nullable: true, list: true, description: "The order; by id (the order of creation) when left out." }] : []),
    { name: "first", of: () => Int, nullable: true, description: "How many rows, from the front: 50 unless told, 500 at most." },
    { name: "after", of: () => String, nullable: true, description: "Only rows after this cursor." },
    { name: "last", of: () => Int, nullable: true, description: "How many rows, from the back." },
    { name: "before", of: () => String, nullable: true, description: "Only rows before this cursor." },
  ];
}

const declared = new WeakMap<RecordMeta, RecordClass[]>();

/** Root fields and fields with arguments of a record, as resolver classes without bodies. */
function recordRoots(meta: RecordMeta): RecordClass[] {
  const known = declared.get(meta);
  if (known) return known;
  const types = graphTypesOf(meta);
  const classes: RecordClass[] = [];
  const roots = named(`${meta.name}Roots`);
  if (!meta.companionOf) {
    Resolver()(roots as never);
    const readers = HasRole(...rolesFor(meta.access, "read")) as MethodDecorator;
    declare(roots, (name) => Query(() => types.object as never, { nullable: true, name, description: `The ${meta.name} with this id; null when there is none that you may see.` }), meta.single, [id], [readers]);
    declare(roots, (name) => Query(() => types.connection as never, { nullable: true, name, description: `${meta.name} rows that you may see. ${meta.description}` }), meta.plural, listArguments(meta), [readers]);
    if (meta.writes.length > 0) {
      const writers = HasRole(...writerRoles(meta)) as MethodDecorator;
      const mutation = (name: string, text: string, args: Argument[]) => declare(roots, (n) => Mutation(() => types.payload as never, { nullable: true, name: n, description: text }), name, args, [writers]);
      if (types.createInput) {
        const input: Argument = { name: "input", of: () => types.createInput, description: "The new record." };
        mutation(`create${meta.name}`, `Creates a ${meta.name}. ${meta.description}`, [input, dryRun]);
        if (meta.bulk) {
          declare(roots, (n) => Mutation(() => [types.payload] as never, { nullable: true, name: n, description: `Creates many ${meta.name} records, all or none (500 at most).` }), bulkName(meta), [{ ...input, name: "inputs", list: true, description: "The new records." }, dryRun], [writers]);
        }
      }
      if (types.updateInput) mutation(`update${meta.name}`, `Changes a ${meta.name}.`, [id, version, { name: "input", of: () => types.updateInput, description: "What to change." }, dryRun]);
      if (meta.writes.includes("archive")) {
        mutation(`archive${meta.name}`, `Archives a ${meta.name}: it is kept, leaves lists and no longer blocks its natural key.`, [id, version, dryRun]);
        mutation(`restore${meta.name}`, `Brings an archived ${meta.name} back, if its natural key is still free.`, [id, version, dryRun]);
      }
    }
    classes.push(roots);
  }
  const lists = [...meta.fields.values()].filter((f) => f.kind === "hasMany");
  if (lists.length > 0) {
    const fields = named(`${meta.name}Lists`);
    Resolver(() => types.object as never)(fields as never);
    for (const field of lists) {
      const target = recordOf(field.target());
      declare(fields, (name) => FieldResolver(() => graphTypesOf(target).connection as never, { nullable: true, name, description: describe(field) }), field.name, listArguments(target));
    }
    classes.push(fields);
  }
  declared.set(meta, classes);
  return classes;
}

export function writerRoles(meta: RecordMeta) {
  const roles = rolesFor(meta.access, "write");
  if (roles.length === 0) throw new Error(`${meta.name} may be written, but access.ts grants it to nobody. Give a write grant, or set write: "operations".`);
  return roles;
}

export const bulkName = (meta: RecordMeta): string => `create${meta.plural.charAt(0).toUpperCase()}${meta.plural.slice(1)}`;

function connectionFields(manifest: LoadedManifest): RecordClass[] {
  return (manifest.connections ?? []).map((c) => {
    const target = recordOf(c.of);
    const fields = named(`${c.on.foreign.name}${target.name}Connection`);
    const on = foreignObject(c.on, true);
    Resolver(() => on as never)(fields as never);
    declare(fields, (name) => FieldResolver(() => graphTypesOf(target).connection as never, { nullable: true, name, description: c.description }), c.name, listArguments(target), [HasRole(...rolesFor(target.access, "read")) as MethodDecorator]);
    return fields;
  });
}

const operationInputs = new WeakMap<RecordClass, RecordClass>();
/** The GraphQL input of an operation, from the field decorators of its class. */
export function operationInput(type: RecordClass): RecordClass {
  const known = operationInputs.get(type);
  if (known) return known;
  const input = named(type.name);
  InputType(type.name, { description: `What ${type.name.replace(/Input$/, "")} needs.` })(input as never);
  for (const field of fieldsOf(type)) {
    const of = isScalar(field) ? scalarType(field) : ID;
    if (isScalar(field)) addGraphField(input, field.name, () => of, { nullable: field.optional || field.defaultValue !== undefined, description: describe(field), list: field.kind === "textList" });
    else if (field.kind === "nested") addGraphField(input, field.name, () => operationInput(field.of()), { nullable: field.optional, list: field.list, description: describe(field) });
    else addGraphField(input, field.kind === "belongsTo" ? `${field.name}Id` : field.name, () => ID, { nullable: field.optional, description: describe(field) });
  }
  operationInputs.set(type, input);
  return input;
}

const viewTypes = new WeakMap<RecordClass, RecordClass>();
function viewType(type: RecordClass): RecordClass {
  const known = viewTypes.get(type);
  if (known) return known;
  const view = viewOf(type);
  const object = named(view.name);
  viewTypes.set(type, object);
  ObjectType(view.name, { description: view.description })(object as never);
  for (const field of fieldsOf(type)) {
    const of = isScalar(field) ? scalarType(field) : null;
    if (isScalar(field)) addGraphField(object, field.name, () => of, { nullable: field.optional, description: describe(field), list: field.kind === "textList" });
    else if (field.kind === "foreign") addGraphField(object, field.graphName, () => foreignObject(field.target()), { nullable: true, description: describe(field) });
    else if (field.kind === "belongsTo") addGraphField(object, field.name, () => graphTypesOf(recordOf(field.target())).object, { nullable: true, description: describe(field) });
    else if (field.kind === "nested") addGraphField(object, field.name, () => viewType(field.of()), { nullable: field.optional, list: field.list, description: describe(field) });
  }
  return object;
}

/** Arguments of a query or a computed field as GraphQL. */
function argumentsOf(declarations: Arguments = {}): Argument[] {
  return Object.entries(declarations).map(([name, { type, optional, list, description }]) => {
    const of = typeof type === "object" ? enumOf(enumerationOf(type).name) : plainTypes[type as keyof typeof plainTypes];
    return { name, of: () => of, nullable: optional ?? false, list: list ?? false, description };
  });
}

const plainTypes = { String, ID, Int, Boolean, Day: DayScalar, Decimal: DecimalScalar } as const;

/** The fields that a domain computes, each as a resolver class without a body. */
function computedFields(manifest: LoadedManifest): RecordClass[] {
  return (manifest.fields ?? []).map((field: ComputedField) => {
    const on = isForeign(field.on) ? foreignObject(field.on, true) : graphTypesOf(recordOf(field.on)).object;
    const returns = typeof field.returns === "string" ? plainTypes[field.returns] : viewType(field.returns);
    const holder = named(`${on.name}${field.name}Computed`);
    Resolver(() => on as never)(holder as never);
    declare(holder, (name) => FieldResolver(() => (field.list ? [returns] : returns) as never, { nullable: true, name, description: field.description }), field.name, argumentsOf(field.arguments), [HasRole(...field.roles) as MethodDecorator]);
    return holder;
  });
}

const outcomes = new Map<ForeignClass | RecordClass, RecordClass>();
/** What a mutation over several domains answers: the record that it shows, read from its own domain, and sentences for the caller. */
function outcomeType(shows: ForeignClass | RecordClass): RecordClass {
  const known = outcomes.get(shows);
  if (known) return known;
  const shown = isForeign(shows) ? shows.foreign.name : recordOf(shows).name;
  const type = named(`${shown}Outcome`);
  outcomes.set(shows, type);
  ObjectType(type.name, { description: `The outcome of an operation that writes several domains and shows a ${shown}.` })(type as never);
  addGraphField(type, "record", () => (isForeign(shows) ? foreignObject(shows) : graphTypesOf(recordOf(shows)).object), { nullable: true, description: "The record as it is now, read under your own rights. Null after a dry run, and when it is out of your reach." });
  addGraphField(type, "changes", () => fieldChangeType(), { list: true, description: "Every field that the operation changed, of records that you may read; in a dry run, as things are." });
  addGraphField(type, "notes", () => String, { list: true, description: "What to know or to look after now, in sentences; empty when there is nothing." });
  return type;
}

function payloadOf(operation: Exclude<Operation, QueryOperation>): RecordClass {
  if (operation.kind === "across") return outcomeType(operation.shows);
  return operation.kind === "outcome" ? viewType(operation.returns) : graphTypesOf(recordOf(operation.record)).payload;
}

function operationRoot(operation: Operation): RecordClass {
  const root = named(`${operation.name}Operation`);
  Resolver()(root as never);
  if (operation.kind !== "query") {
    const reason: Argument = { name: "reason", of: () => GraphQLString, nullable: operation.reason !== "required", description: "Why; kept in the audit log (1,000 characters at most)." };
    const payload = payloadOf(operation);
    declare(
      root,
      (name) => Mutation(() => payload as never, { nullable: true, name, description: operation.description }),
      operation.name,
      [{ name: "input", of: () => operationInput(operation.input), description: "What the operation needs." }, ...(operation.reason ? [reason] : []), dryRun],
      operation.roles === "anyone" ? [] : [HasRole(...operation.roles) as MethodDecorator],
    );
    return root;
  }
  const returns = viewType(operation.returns);
  declare(
    root,
    (name) => Query(() => (operation.list ? [returns] : returns) as never, { nullable: true, name, description: operation.description }),
    operation.name,
    argumentsOf(operation.arguments),
    operation.roles === "anyone" ? [] : [HasRole(...operation.roles) as MethodDecorator],
  );
  return root;
}

/** The federated schema of a subgraph as SDL: sorted, complete with descriptions, the same for the same manifest. */
export async function printSubgraph(manifest: SubgraphManifest): Promise<string> {
  const loaded = loadManifest(manifest);
  const resolvers = [...connectionFields(loaded), ...computedFields(loaded), ...loaded.metas.flatMap(recordRoots), ...loaded.operations.map((operation: Operation) => operationRoot(operation))];
  settleTypes();
  const schema = await buildSchema({
    resolvers: resolvers as never,
    orphanedTypes: loaded.metas.map((meta) => graphTypesOf(meta).object) as never,
    validate: false,
    emitSchemaFile: false,
  });
  const printed = printSubgraphSchema(lexicographicSortSchema(schema));
  const live = subscriptionSdl(loaded, printed);
  if (live === "") return `${federationHeader}\n${printed}\n`;
  return `${federationHeader}\n${printed.replace(/^schema \{\n/m, "schema {\n  subscription: Subscription\n")}\n\n${live}\n`;
}

