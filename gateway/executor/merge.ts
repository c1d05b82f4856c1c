import type { FetchDataRewrite, QueryPlanSelectionNode } from "@apollo/query-planner";
import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType } from "graphql";
import type { Received } from "./shape.ts";

/** Adds what a fetch brought to what is there: objects field by field, lists of equal length item by item. */
export function mergeInto(target: Received, source: Received): void {
  for (const key of Object.keys(source)) {
    const value = source[key];
    if (value === undefined) continue;
    const present = Object.hasOwn(target, key) ? target[key] : undefined;
    if (isRecord(present) && isRecord(value)) mergeInto(present, value);
    else if (Array.isArray(present) && Array.isArray(value) && present.length === value.length) mergeItems(present, value);
    else put(target, key, value);
  }
}

function mergeItems(target: unknown[], source: readonly unknown[]): void {
  for (let index = 0; index < source.length; index++) {
    const present = target[index];
    const value = source[index];
    if (isRecord(present) && isRecord(value)) mergeInto(present, value);
    else if (Array.isArray(present) && Array.isArray(value) && present.length === value.length) mergeItems(present, value);
    else target[index] = value;
  }
}

/** Field names of clients may be any name, `__proto__` included. */
function put(target: Received, key: string, value: unknown): void {
  if (key === "__proto__") Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
  else target[key] = value;
}

export function isRecord(value: unknown): value is Received {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What an entity call sends for one object; null where the object lacks a part of it. */
export function representationOf(schema: GraphQLSchema, source: Received, selections: readonly QueryPlanSelectionNode[]): Received | null {
  const result: Received = {};
  for (const selection of selections) {
    if (selection.kind === "Field") {
      const key = selection.alias ?? selection.name;
      const value = Object.hasOwn(source, key) ? source[key] : undefined;
      if (value === undefined) return null;
      result[key] = selection.selections ? nested(schema, value, selection.selections) : value;
    } else if (selection.typeCondition && isOfType(schema, source, selection.typeCondition, false)) {
      const part = representationOf(schema, source, selection.selections);
      if (part !== null) mergeInto(result, part);
    }
  }
  return result;
}

function nested(schema: GraphQLSchema, value: unknown, selections: readonly QueryPlanSelectionNode[]): unknown {
  if (Array.isArray(value)) return value.map((item) => nested(schema, item, selections));
  return isRecord(value) ? representationOf(schema, value, selections) : null;
}

/** Applies the planner's corrections (types and names that differ between subgraphs) in place. */
export function rewrite(schema: GraphQLSchema, rewrites: readonly FetchDataRewrite[] | undefined, value: unknown): void {
  for (const each of rewrites ?? []) {
    const last = each.path.at(-1);
    if (last === undefined) continue;
    atPath(schema, each.path.slice(0, -1), value, (object) => {
      if (each.kind === "ValueSetter") {
        put(object, last, each.setValueTo);
      } else if (Object.hasOwn(object, last) && object[last]) {
        put(object, each.renameKeyTo, object[last]);
        object[last] = undefined;
      }
    });
  }
}

const fragmentMark = "... on ";

function atPath(schema: GraphQLSchema, path: readonly string[], value: unknown, change: (object: Received) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) atPath(schema, path, item, change);
    return;
  }
  if (!isRecord(value)) return;
  const [first, ...rest] = path;
  if (first === undefined) change(value);
  else if (!first.startsWith(fragmentMark)) atPath(schema, rest, Object.hasOwn(value, first) ? value[first] : undefined, change);
  else if (isOfType(schema, value, first.slice(fragmentMark.length), true)) atPath(schema, rest, value, change);
}

function isOfType(schema: GraphQLSchema, object: Received, condition: string, whenUnknown: boolean): boolean {
  const named = object["__typename"];
  if (typeof named !== "string" || named === "") return whenUnknown;
  if (named === condition) return true;
  const type = schema.getType(named);
  const wanted = schema.getType(condition);
  return isAbstractType(wanted) && (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(wanted, type);
}
