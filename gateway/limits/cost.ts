import {
  type ArgumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  Kind,
  type SelectionSetNode,
} from "graphql";
import { conditionsOf, hold } from "../authorization/conditions.ts";
import type { OperationParts } from "../authorization/prune.ts";

type Variables = Readonly<Record<string, unknown>>;

/** What an operation is reckoned to take, and what it took; the unit is about one record read. */
export interface Cost {
  readonly estimated: number;
  readonly actual: number;
}

/** Points: one for each object, more for what reads more than it shows. */
const points = { object: 1, counted: 5, mutation: 10, introspection: 100 } as const;
/** Rows of a list whose size nobody gave: the connections' own default, and a guess for plain lists. */
const assumedRows = { connection: 50, list: 10 } as const;
/** Parts of a connection whose price does not grow with the page: they are computed over all rows that match. */
const counted = new Set(["totalCount", "aggregate"]);
const rowParts = new Set(["nodes", "edges"]);

interface Priced {
  readonly key: string;
  readonly field: FieldNode;
  readonly price: number;
  /** How many of it, at each of its parents: by an argument, by a list in the inputs, or assumed. */
  readonly size: "one" | "page" | "list";
  /** Rows of the page that the connection above was asked for. */
  readonly takesPage: boolean;
  readonly inputLists: readonly ArgumentNode[];
  readonly children: readonly Priced[];
}

/**
 * Prices an operation before it runs, from its text and variables alone, and after it ran, from the sizes that came. Every object costs a
 * point, a page as many as its `first` or `last` asks for (50 where it does not say), a list of unknown size ten; a count or an aggregate
 * five, a mutation ten and a point for each item of its input lists. Branches of a fragment all count: the estimate is never too low
 * for want of knowing a type.
 */
export class OperationCost {
  readonly #fields: readonly Priced[];

  constructor(schema: GraphQLSchema, parts: OperationParts) {
    const root = schema.getRootType(parts.operation.operation)!;
    this.#fields = priced(schema, parts, parts.operation.selectionSet, root, parts.operation.operation === "mutation");
  }

  /** @param variables coerced. */
  estimate(variables: Variables): number {
    return total(this.#fields, variables, assumedRows.connection);
  }

  /** @param data as it leaves. */
  actual(data: unknown, variables: Variables): number {
    return spent(this.#fields, data, variables);
  }
}

function priced(schema: GraphQLSchema, parts: OperationParts, set: SelectionSetNode, type: GraphQLCompositeType, mutation = false): Priced[] {
  return set.selections.flatMap((selection): Priced[] => {
    if (selection.kind !== Kind.FIELD) {
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? parts.fragments[selection.name.value]! : selection;
      const condition = fragment.typeCondition ? (schema.getType(fragment.typeCondition.name.value) as GraphQLCompositeType) : type;
      return priced(schema, parts, fragment.selectionSet, condition).map((field) => guarded(field, conditionsOf(selection).length > 0 ? selection.directives : undefined));
    }
    const name = selection.name.value;
    if (name.startsWith("__")) return name === "__typename" ? [] : [leaf(selection, points.introspection)];
    const field = "getFields" in type ? type.getFields()[name] : undefined;
    const target = field && getNamedType(field.type);
    if (!target) return [];
    if (!isCompositeType(target)) return counted.has(name) ? [leaf(selection, points.counted)] : [];
    const list = isListType(getNullableType(field.type));
    const page = selection.arguments?.some((a) => a.name.value === "first" || a.name.value === "last") || field.args.some((a) => a.name === "first");
    const known: Priced = {
      key: selection.alias?.value ?? name,
      field: selection,
      price: mutation ? points.mutation : counted.has(name) ? points.counted : points.object,
      size: list ? (rowParts.has(name) ? "page" : "list") : "one",
      takesPage: page ?? false,
      inputLists: mutation ? (selection.arguments ?? []) : [],
      children: selection.selectionSet ? priced(schema, parts, selection.selectionSet, target) : [],
    };
    return [known];
  });
}

const leaf = (field: FieldNode, price: number): Priced => ({ key: field.alias?.value ?? field.name.value, field, price, size: "one", takesPage: false, inputLists: [], children: [] });

const guarded = (priced: Priced, directives: FieldNode["directives"]): Priced => (directives ? { ...priced, field: { ...priced.field, directives: [...(priced.field.directives ?? []), ...directives] } } : priced);

function total(fields: readonly Priced[], variables: Variables, pageAbove: number): number {
  let sum = 0;
  for (const each of fields) {
    if (!hold(conditionsOf(each.field), variables)) continue;
    const times = each.size === "page" ? pageAbove : each.size === "list" ? assumedRows.list : 1;
    const page = each.takesPage ? pageSize(each.field, variables) : pageAbove;
    sum += times * (each.price + total(each.children, variables, page)) + itemsIn(each.inputLists, variables);
  }
  return sum;
}

function spent(fields: readonly Priced[], data: unknown, variables: Variables): number {
  if (typeof data !== "object" || data === null) return 0;
  let sum = 0;
  for (const each of fields) {
    const value = (data as Record<string, unknown>)[each.key];
    if (value === undefined || value === null) continue;
    const items = Array.isArray(value) ? value : [value];
    for (const item of items) if (item !== null) sum += each.price + (each.children.length > 0 ? spent(each.children, item, variables) : 0);
    sum += itemsIn(each.inputLists, variables);
  }
  return sum;
}

function pageSize(field: FieldNode, variables: Variables): number {
  for (const { name, value } of field.arguments ?? []) {
    if (name.value !== "first" && name.value !== "last") continue;
    const given = value.kind === Kind.INT ? Number(value.value) : value.kind === Kind.VARIABLE ? variables[value.name.value] : undefined;
    if (typeof given === "number") return Math.max(0, Math.min(given, 500));
  }
  return assumedRows.connection;
}

/** How many items the lists of a mutation's inputs hold. */
function itemsIn(inputs: readonly ArgumentNode[], variables: Variables): number {
  let items = 0;
  const count = (value: unknown): void => {
    if (Array.isArray(value)) items += value.length;
    if (typeof value === "object" && value !== null) for (const inner of Object.values(value)) count(inner);
  };
  for (const { value } of inputs) {
    if (value.kind === Kind.VARIABLE) count(variables[value.name.value]);
    else if (value.kind === Kind.LIST) items += value.values.length;
    else if (value.kind === Kind.OBJECT) for (const { value: inner } of value.fields) if (inner.kind === Kind.LIST) items += inner.values.length;
  }
  return items;
}
