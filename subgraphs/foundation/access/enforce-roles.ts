import {
  defaultFieldResolver,
  getNamedType,
  GraphQLError,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
} from "graphql";
import { mayUseRoot, outsideDelegation } from "#foundation/identity/delegated-identity";
import type { Identity } from "#foundation/identity/identity";
import { opens, readRoleRules, type RoleRule, type RoleRules } from "./has-role.ts";

/** What a guarded schema needs of the context value it is executed with. */
export interface RoleContext {
  readonly identity: Identity;
}

type Resolver = GraphQLFieldResolver<unknown, RoleContext>;
type OperationKind = "query" | "mutation" | "subscription";
type Guard = (context: RoleContext) => GraphQLError | null;

/**
 * Guards a subgraph's schema at its entries, in place: root fields, `_entities`, fields with a rule and fields that lead
 * to a ruled type. Root fields are closed, too, to work under a delegation that does not name them. Inside a ruled type nothing is asked again, so a list of 10,000 rows costs one decision.
 *
 * A closed place answers null with an error FORBIDDEN that names its coordinate, or UNAUTHENTICATED where nobody is
 * signed in; its resolver does not run. Works in graphql-js and graphql-jit. Abstract types need a synchronous
 * `resolveType`, which createCompiledExecutor gives them.
 * @param rules when the schema's own nodes do not carry them (a schema built without SDL).
 */
export function enforceRoles(schema: GraphQLSchema, rules: RoleRules = readRoleRules(schema)): GraphQLSchema {
  const guards = new Map<string, Guard>();
  const guardOf = (coordinate: string): Guard | null => {
    const rule = rules.get(coordinate);
    if (rule === undefined) return null;
    const known = guards.get(coordinate) ?? guard(coordinate, rule);
    guards.set(coordinate, known);
    return known;
  };
  const kinds = new Map<unknown, OperationKind>([[schema.getQueryType(), "query"], [schema.getMutationType(), "mutation"], [schema.getSubscriptionType(), "subscription"]]);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith("__")) continue;
    for (const field of Object.values(type.getFields())) guardField(schema, type, field, kinds.get(type) ?? null, guardOf);
  }
  return schema;
}

function guardField(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  field: GraphQLField<unknown, RoleContext>,
  root: OperationKind | null,
  guardOf: (coordinate: string) => Guard | null,
): void {
  const inner = field.resolve ?? (defaultFieldResolver as Resolver);
  if (root !== null && field.name === "_entities") {
    field.resolve = guardEntities(inner, guardOf);
    return;
  }
  const target = getNamedType(field.type);
  const before = [root && field.name !== "_service" ? guardDelegation(type.name, root, field.name) : null, root ? guardOf(type.name) : null, guardOf(`${type.name}.${field.name}`), isObjectType(target) ? guardOf(target.name) : null].filter(
    (each) => each !== null,
  );
  const members = isAbstractType(target) ? schema.getPossibleTypes(target).filter((member) => guardOf(member.name) !== null) : [];
  if (before.length === 0 && members.length === 0) return;
  const resolve = members.length === 0 ? inner : guardMembers(inner, target as GraphQLAbstractType, guardOf);
  field.resolve = (source, args, context, info) => {
    for (const each of before) {
      const refusal = each(context);
      if (refusal !== null) return refusal;
    }
    return resolve(source, args, context, info);
  };
  if (field.subscribe) {
    const subscribe = field.subscribe;
    field.subscribe = (source, args, context, info) => {
      for (const each of before) {
        const refusal = each(context);
        if (refusal !== null) throw refusal;
      }
      return subscribe(source, args, context, info);
    };
  }
}

/** Work under a delegation uses the root fields that the delegation names. */
function guardDelegation(type: string, kind: OperationKind, field: string): Guard {
  const coordinate = `${type}.${field}`;
  return ({ identity }) => (mayUseRoot(identity, kind, field) ? null : new GraphQLError(outsideDelegation(coordinate), { extensions: { code: "FORBIDDEN", coordinate, reason: "DELEGATION" } }));
}

/** One decision per identity object, which lives as long as its request. */
function guard(coordinate: string, rule: RoleRule): Guard {
  const decided = new WeakMap<Identity, GraphQLError | false>();
  return ({ identity }) => {
    let refusal = decided.get(identity);
    if (refusal === undefined) {
      refusal = opens(rule, identity.roles) ? false : refuse(coordinate, identity);
      decided.set(identity, refusal);
    }
    return refusal || null;
  };
}

function refuse(coordinate: string, identity: Identity): GraphQLError {
  return identity.subject === null
    ? new GraphQLError(`Sign in to read ${coordinate}.`, { extensions: { code: "UNAUTHENTICATED", coordinate, reason: "SIGN_IN" } })
    : new GraphQLError(`Your roles do not open ${coordinate}.`, { extensions: { code: "FORBIDDEN", coordinate, reason: "ROLES" } });
}

/** Representations of closed types are answered by a refusal in their place and never reach their resolver. */
function guardEntities(inner: Resolver, guardOf: (coordinate: string) => Guard | null): Resolver {
  return (source, args: { representations: readonly { __typename?: unknown }[] }, context, info) => {
    const refusals = args.representations.map(({ __typename }) => (typeof __typename === "string" ? (guardOf(__typename)?.(context) ?? null) : null));
    if (refusals.every((refusal) => refusal === null)) return inner(source, args, context, info);
    const open = args.representations.filter((_, index) => refusals[index] === null);
    if (open.length === 0) return refusals;
    const spread = (answers: readonly unknown[]) => {
      const next = answers[Symbol.iterator]();
      return refusals.map((refusal) => refusal ?? next.next().value);
    };
    const answers = inner(source, { ...args, representations: open }, context, info) as readonly unknown[] | Promise<readonly unknown[]>;
    return isPromise(answers) ? answers.then((list) => spread(list as readonly unknown[])) : spread(answers);
  };
}

/** Where a union or interface has closed members, each object is judged by the type it turns out to be. */
function guardMembers(inner: Resolver, target: GraphQLAbstractType, guardOf: (coordinate: string) => Guard | null): Resolver {
  const judge = (value: unknown, context: RoleContext, info: GraphQLResolveInfo): unknown => {
    if (value == null || value instanceof Error) return value;
    if (isPromise(value)) return value.then((settled) => judge(settled, context, info));
    if (isList(value)) return Array.from(value, (item) => judge(item, context, info));
    const name = typeNameOf(value, target, context, info);
    return guardOf(name)?.(context) ?? value;
  };
  return (source, args, context, info) => judge(inner(source, args, context, info), context, info);
}

function typeNameOf(value: unknown, target: GraphQLAbstractType, context: RoleContext, info: GraphQLResolveInfo): string {
  const own = (value as { __typename?: unknown }).__typename;
  if (typeof own === "string") return own;
  const named = target.resolveType?.(value, context, info, target);
  if (typeof named === "string") return named;
  throw new Error(`${target.name} does not say synchronously which type a value is, so its role rules cannot be judged.`);
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as { then?: unknown } | null)?.then === "function";
}

function isList(value: unknown): value is Iterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value;
}
