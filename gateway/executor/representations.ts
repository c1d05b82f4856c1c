import type { QueryPlanSelectionNode } from "@apollo/query-planner";
import type { GraphQLSchema } from "graphql";
import { isRecord, mergeInto, own, put, type Received } from "./merge.ts";
import { isOfType } from "./rewrites.ts";

/** What an entity call sends for one object; null where the object lacks a part of it. */
export function representationOf(schema: GraphQLSchema, source: Received, selections: readonly QueryPlanSelectionNode[]): Received | null {
  let result: Received | null = null;
  for (const selection of selections) {
    if (selection.kind === "Field") {
      const key = selection.alias ?? selection.name;
      const value = own(source, key);
      if (value === undefined) return null;
      put((result ??= {}), key, selection.selections ? nested(schema, value, selection.selections) : value);
    } else if (selection.typeCondition && isOfType(schema, source, selection.typeCondition, false)) {
      const part = representationOf(schema, source, selection.selections);
      if (part === null) continue;
      if (result === null) result = part;
      else mergeInto(result, part);
    }
  }
  return result ?? {};
}

function nested(schema: GraphQLSchema, value: unknown, selections: readonly QueryPlanSelectionNode[]): unknown {
  if (Array.isArray(value)) return value.map((item) => nested(schema, item, selections));
  return isRecord(value) ? representationOf(schema, value, selections) : null;
}

/** Objects that an entity call asks for, those with equal representations together. */
export class Representations {
  /** Each once, in the order in which they were first met. */
  readonly list: Received[] = [];
  /** By position in the list: the objects that its answer is for. */
  readonly targets: Received[][] = [];
  readonly #positions = new Map<string, number>();

  add(representation: Received, target: Received): void {
    const key = keyOf(representation);
    const known = this.#positions.get(key);
    if (known !== undefined) {
      this.targets[known]!.push(target);
      return;
    }
    this.#positions.set(key, this.list.length);
    this.list.push(representation);
    this.targets.push([target]);
  }
}

/** The same for equal representations alone. Nearly all hold nothing but texts, and need no more than these with their lengths. */
function keyOf(representation: Received): string {
  let key = "";
  for (const name of Object.keys(representation)) {
    const value = representation[name];
    if (typeof value !== "string") return JSON.stringify(representation);
    key += `${name} ${value.length} ${value}`;
  }
  return key;
}
