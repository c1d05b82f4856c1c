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
  /** Positions by type, key field and its value: nearly all have one key. */
  readonly #byKey: { readonly type: string; readonly field: string; readonly positions: Map<string, number> }[] = [];
  /** Positions of the others by all that they hold. */
  readonly #byContent = new Map<string, number>();

  add(representation: Received, target: Received): void {
    const field = keyFieldOf(representation);
    if (field === null) this.#add(this.#byContent, contentOf(representation), representation, target);
    else this.#add(this.#positions(representation["__typename"] as string, field), representation[field] as string, representation, target);
  }

  #positions(type: string, field: string): Map<string, number> {
    for (const each of this.#byKey) if (each.type === type && each.field === field) return each.positions;
    const positions = new Map<string, number>();
    this.#byKey.push({ type, field, positions });
    return positions;
  }

  #add(positions: Map<string, number>, key: string, representation: Received, target: Received): void {
    const known = positions.get(key);
    if (known !== undefined) {
      this.targets[known]!.push(target);
      return;
    }
    positions.set(key, this.list.length);
    this.list.push(representation);
    this.targets.push([target]);
  }
}

/** The one field beside the type's name, where there is one and it is a text; else null. */
function keyFieldOf(representation: Received): string | null {
  let field: string | null = null;
  for (const name in representation) {
    if (name === "__typename") continue;
    if (field !== null) return null;
    field = name;
  }
  return field !== null && typeof representation[field] === "string" && typeof representation["__typename"] === "string" ? field : null;
}

/** The same for equal representations alone. Most hold nothing but texts, and need no more than these with their lengths. */
function contentOf(representation: Received): string {
  let key = "";
  for (const name of Object.keys(representation)) {
    const value = representation[name];
    if (typeof value !== "string") return JSON.stringify(representation);
    key += `${name} ${value.length} ${value}`;
  }
  return key;
}
