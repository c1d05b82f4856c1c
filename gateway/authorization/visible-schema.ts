import {
  GraphQLEnumType,
  type GraphQLFieldConfigMap,
  GraphQLInputObjectType,
  GraphQLInterfaceType,
  GraphQLList,
  type GraphQLNamedType,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  type GraphQLType,
  GraphQLUnionType,
  getNamedType,
  isCompositeType,
  isListType,
  isNonNullType,
} from "graphql";
import { BoundedCache } from "#foundation/serving/bounded-cache";
import type { RoleGate } from "./role-gate.ts";

/**
 * The schema as callers with certain roles may know it: without fields that a rule closes to them, without types that are then empty or
 * that nothing leads to any more. Made once for each set of roles that tells rules apart, and kept.
 */
export class VisibleSchemas {
  readonly #schema: GraphQLSchema;
  readonly #gate: RoleGate;
  readonly #coordinates: readonly string[];
  readonly #byRoles = new BoundedCache<string, VisibleSchema>(64);

  /** @param coordinates every ruled coordinate of the schema. */
  constructor(schema: GraphQLSchema, gate: RoleGate, coordinates: readonly string[]) {
    this.#schema = schema;
    this.#gate = gate;
    this.#coordinates = coordinates;
  }

  for(roles: readonly string[]): VisibleSchema {
    const bits = this.#coordinates.map((coordinate) => (this.#gate.isOpen(coordinate, roles) ? "1" : "0")).join("");
    return this.#byRoles.getOrMake(bits, () => new VisibleSchema(filtered(this.#schema, this.#gate, roles)));
  }
}

/** A filtered schema, and every name in it: what an error may suggest. */
export class VisibleSchema {
  readonly schema: GraphQLSchema;
  #names: Set<string> | undefined;

  constructor(schema: GraphQLSchema) {
    this.schema = schema;
  }

  /** Whether a type, field, argument or enum value of this name is there. */
  knows(name: string): boolean {
    this.#names ??= namesIn(this.schema);
    return this.#names.has(name);
  }
}

function filtered(schema: GraphQLSchema, gate: RoleGate, roles: readonly string[]): GraphQLSchema {
  const closed = (coordinate: string) => !gate.isOpen(coordinate, roles);
  const open = new Map<string, readonly string[]>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isCompositeType(type) || !("getFields" in type) || type.name.startsWith("__")) continue;
    open.set(type.name, Object.values(type.getFields()).filter((field) => gate.closing(gate.possible(type), field, closed) === null).map((field) => field.name));
  }
  // What an interface still shows, its implementations show: an object is judged where it is met.
  for (const type of Object.values(schema.getTypeMap())) {
    if (!(type instanceof GraphQLObjectType) || !open.has(type.name)) continue;
    const promised = type.getInterfaces().flatMap((each) => open.get(each.name) ?? []);
    if (promised.length > 0 && open.get(type.name)!.length > 0) open.set(type.name, Object.keys(type.getFields()).filter((name) => open.get(type.name)!.includes(name) || promised.includes(name)));
  }
  // Taking out an emptied type may empty another one.
  for (let changed = true; changed; ) {
    changed = false;
    for (const [name, fields] of open) {
      const type = schema.getType(name) as GraphQLObjectType | GraphQLInterfaceType;
      const kept = fields.filter((field) => {
        const target = getNamedType(type.getFields()[field]!.type);
        return !open.has(target.name) || open.get(target.name)!.length > 0;
      });
      if (kept.length < fields.length) changed = Boolean(open.set(name, kept));
    }
  }
  return rebuilt(schema, open);
}

/** A schema with only these fields; from its roots on, so that what nothing leads to is gone. */
function rebuilt(schema: GraphQLSchema, open: ReadonlyMap<string, readonly string[]>): GraphQLSchema {
  const made = new Map<string, GraphQLNamedType>();
  const is = (name: string) => !open.has(name) || open.get(name)!.length > 0;
  const typed = <T extends GraphQLType>(type: T): T => (isNonNullType(type) ? new GraphQLNonNull(typed(type.ofType)) : isListType(type) ? new GraphQLList(typed(type.ofType)) : named(type as GraphQLNamedType)) as T;
  const fieldsOf = (type: GraphQLObjectType | GraphQLInterfaceType): GraphQLFieldConfigMap<unknown, unknown> => {
    const { fields } = type.toConfig();
    return Object.fromEntries(open.get(type.name)!.map((name) => {
      const field = fields[name]!;
      return [name, { ...field, type: typed(field.type), args: Object.fromEntries(Object.entries(field.args ?? {}).map(([arg, config]) => [arg, { ...config, type: typed(config.type) }])) }];
    }));
  };
  const named = (type: GraphQLNamedType): GraphQLNamedType => {
    const known = made.get(type.name);
    if (known) return known;
    const fresh = make(type);
    made.set(type.name, fresh);
    return fresh;
  };
  const interfaces = (type: GraphQLObjectType | GraphQLInterfaceType) => () => type.getInterfaces().filter((each) => is(each.name)).map((each) => named(each) as GraphQLInterfaceType);
  const make = (type: GraphQLNamedType): GraphQLNamedType => {
    if (type instanceof GraphQLObjectType) return new GraphQLObjectType({ ...type.toConfig(), fields: () => fieldsOf(type), interfaces: interfaces(type) });
    if (type instanceof GraphQLInterfaceType) return new GraphQLInterfaceType({ ...type.toConfig(), fields: () => fieldsOf(type), interfaces: interfaces(type) });
    if (type instanceof GraphQLUnionType) return new GraphQLUnionType({ ...type.toConfig(), types: () => type.getTypes().filter((each) => is(each.name)).map((each) => named(each) as GraphQLObjectType) });
    if (type instanceof GraphQLInputObjectType) {
      const { fields } = type.toConfig();
      return new GraphQLInputObjectType({ ...type.toConfig(), fields: () => Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, { ...field, type: typed(field.type) }])) });
    }
    return type;
  };
  const root = (type: GraphQLObjectType | null | undefined) => (type && is(type.name) ? (named(type) as GraphQLObjectType) : undefined);
  const query = root(schema.getQueryType());
  // A caller to whom every root is closed still has a schema: one that says nothing.
  const nothing = new GraphQLObjectType({ name: "Query", fields: { _empty: { type: new GraphQLScalarType({ name: "Nothing" }), description: "Your roles open no root field." } } });
  // Implementations of an interface that can be met are part of what is seen.
  const implementations = Object.values(schema.getTypeMap()).filter((type): type is GraphQLObjectType => type instanceof GraphQLObjectType && type.getInterfaces().length > 0 && is(type.name)).map(named);
  return new GraphQLSchema({ ...schema.toConfig(), query: query ?? nothing, mutation: root(schema.getMutationType()), subscription: root(schema.getSubscriptionType()), types: query ? implementations : [], assumeValid: true });
}

function namesIn(schema: GraphQLSchema): Set<string> {
  const names = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    names.add(type.name);
    if (type instanceof GraphQLEnumType) for (const { name } of type.getValues()) names.add(name);
    if (!("getFields" in type)) continue;
    for (const field of Object.values(type.getFields())) {
      names.add(field.name);
      if ("args" in field) for (const { name } of field.args) names.add(name);
    }
  }
  return names;
}
