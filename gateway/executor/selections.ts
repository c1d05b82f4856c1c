import {
  type FieldNode,
  type GraphQLCompositeType,
  getNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLString,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from "graphql";
import { conditionsOf, hold } from "../authorization/conditions.ts";
import type { OperationParts } from "../authorization/prune.ts";
import { checkLeaf, type LeafCheck } from "./leaf.ts";
import { clientKey } from "./plan-keys.ts";

/** One field of a reply's object, all places that ask for it merged. */
export interface SelectedField {
  readonly key: string;
  /** Its name in what was received. */
  readonly source: string;
  readonly name: string;
  readonly type: GraphQLOutputType;
  /** For a leaf: what its values must be. */
  readonly leaf: LeafCheck | null;
  /** For an object: what is asked of it. */
  readonly inner: Selections | null;
  readonly node: FieldNode;
}

/** One selection set, with the type that the schema declares at its place. */
export interface PlacedSet {
  readonly set: SelectionSetNode;
  readonly declared: GraphQLCompositeType;
}

/** A merged selection set: its fields for each type an object turns out to be, computed when first met. */
export interface Selections {
  readonly sets: readonly PlacedSet[];
  readonly byType: Map<string, readonly SelectedField[]>;
}

interface Collected {
  readonly field: FieldNode;
  readonly parent: GraphQLCompositeType;
  readonly inner: { readonly set: SelectionSetNode; readonly parent: GraphQLCompositeType }[];
}

interface Collecting {
  readonly schema: GraphQLSchema;
  readonly parts: OperationParts;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly typeName: string;
  readonly into: Map<string, Collected>;
}

/**
 * The fields of an object of one type, in the order in which they are first asked for. Each is the object's own, whichever
 * interface or fragment asked: two places may ask one field through types that promise different things of it.
 * @param typeName the type that the object is; an abstract one where nothing said more.
 */
export function fieldsOf(
  schema: GraphQLSchema,
  parts: OperationParts,
  variables: Readonly<Record<string, unknown>>,
  selections: Selections,
  typeName: string,
): readonly SelectedField[] {
  const known = selections.byType.get(typeName);
  if (known !== undefined) return known;
  const collecting: Collecting = { schema, parts, variables, typeName, into: new Map() };
  for (const { set, declared } of selections.sets) collect(collecting, set, declared);
  const own = schema.getType(typeName);
  const fields = [...collecting.into].map(([key, each]) => selected(key, each, isObjectType(own) ? own : null));
  selections.byType.set(typeName, fields);
  return fields;
}

function selected(source: string, { field, parent, inner }: Collected, own: GraphQLCompositeType | null): SelectedField {
  const name = field.name.value;
  const key = clientKey(source);
  const definition = (type: GraphQLCompositeType) => ("getFields" in type ? type.getFields()[name] : undefined);
  const found = (own && definition(own)) ?? definition(parent);
  if (found === undefined) {
    // __typename, __schema and __type are no fields of the type; the latter two are run as one selection.
    const node = inner.length === 0 ? field : { ...field, selectionSet: { kind: Kind.SELECTION_SET as const, selections: inner.flatMap(({ set }) => set.selections) } };
    return { key, source, name, type: GraphQLString, leaf: null, inner: null, node };
  }
  const target = getNamedType(found.type);
  if (!isCompositeType(target)) return { key, source, name, type: found.type, leaf: checkLeaf(target), inner: null, node: field };
  const sets = inner.map(({ set, parent: asked }) => ({ set, declared: getNamedType(definition(asked)?.type ?? found.type) as GraphQLCompositeType }));
  return { key, source, name, type: found.type, leaf: null, inner: { sets, byType: new Map() }, node: field };
}

function collect(collecting: Collecting, set: SelectionSetNode, parent: GraphQLCompositeType): void {
  const { schema, parts, variables, typeName, into } = collecting;
  for (const selection of set.selections) {
    if (!hold(conditionsOf(selection), variables)) continue;
    if (selection.kind === Kind.FIELD) {
      const key = selection.alias?.value ?? selection.name.value;
      const known = into.get(key) ?? { field: selection, parent, inner: [] };
      if (selection.selectionSet) known.inner.push({ set: selection.selectionSet, parent });
      into.set(key, known);
      continue;
    }
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? parts.fragments[selection.name.value]! : selection;
    const condition = fragment.typeCondition?.name.value;
    const named = condition === undefined ? parent : (schema.getType(condition) as GraphQLCompositeType);
    if (condition === undefined || applies(schema, named, typeName)) collect(collecting, fragment.selectionSet, named);
  }
}

function applies(schema: GraphQLSchema, condition: GraphQLCompositeType, typeName: string): boolean {
  if (condition.name === typeName) return true;
  const type = schema.getType(typeName);
  return isAbstractType(condition) && isCompositeType(type) && !("getTypes" in type) && schema.isSubType(condition, type);
}

/** The variables that any @skip or @include of the operation asks, sorted. */
export function switchesOf({ operation, fragments }: OperationParts): string[] {
  const found = new Set<string>();
  const note = (set: SelectionSetNode): void => {
    for (const selection of set.selections) {
      for (const { on } of conditionsOf(selection)) if (typeof on === "string") found.add(on);
      if (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet) note(selection.selectionSet);
    }
  };
  note(operation.selectionSet);
  for (const fragment of Object.values(fragments)) note(fragment.selectionSet);
  return [...found].sort();
}

/** Whether the operation asks `__schema` or `__type`. */
export function asksSchema({ operation, fragments }: OperationParts): boolean {
  const asks = (set: SelectionSetNode): boolean =>
    set.selections.some((selection) => {
      if (selection.kind === Kind.FIELD) return selection.name.value === "__schema" || selection.name.value === "__type";
      return asks(selection.kind === Kind.FRAGMENT_SPREAD ? fragments[selection.name.value]!.selectionSet : selection.selectionSet);
    });
  return asks(operation.selectionSet);
}
