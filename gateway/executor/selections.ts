import {
  type FieldNode,
  type GraphQLCompositeType,
  getNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLString,
  isAbstractType,
  isCompositeType,
  Kind,
  type SelectionSetNode,
} from "graphql";
import { conditionsOf, hold } from "../authorization/conditions.ts";
import type { OperationParts } from "../authorization/prune.ts";
import { checkLeaf, type LeafCheck } from "./leaf.ts";

/** One field of a reply's object, all places that ask for it merged. */
export interface SelectedField {
  readonly key: string;
  readonly name: string;
  readonly type: GraphQLOutputType;
  /** For a leaf: what its values must be. */
  readonly leaf: LeafCheck | null;
  /** For an object: what is asked of it. */
  readonly inner: Selections | null;
  readonly node: FieldNode;
}

/** A merged selection set: its fields for each type an object turns out to be, computed when first met. */
export interface Selections {
  readonly sets: readonly SelectionSetNode[];
  readonly byType: Map<string, readonly SelectedField[]>;
}

interface Collected {
  readonly field: FieldNode;
  readonly parent: GraphQLCompositeType;
  readonly sets: SelectionSetNode[];
}

/**
 * The fields of an object of one type, in the order in which they are first asked for.
 * @param declared the type that the schema declares at this place.
 * @param typeName the type that the object is.
 */
export function fieldsOf(
  schema: GraphQLSchema,
  parts: OperationParts,
  variables: Readonly<Record<string, unknown>>,
  selections: Selections,
  declared: GraphQLCompositeType,
  typeName: string,
): readonly SelectedField[] {
  const known = selections.byType.get(typeName);
  if (known !== undefined) return known;
  const collected = new Map<string, Collected>();
  for (const set of selections.sets) collect(schema, parts, variables, set, declared, typeName, collected);
  const fields = [...collected].map(([key, each]) => selected(key, each));
  selections.byType.set(typeName, fields);
  return fields;
}

function selected(key: string, { field, parent, sets }: Collected): SelectedField {
  const name = field.name.value;
  const found = "getFields" in parent ? parent.getFields()[name] : undefined;
  if (found === undefined) {
    // __typename, __schema and __type are no fields of the type; the latter two are run as one selection.
    const node = sets.length === 0 ? field : { ...field, selectionSet: { kind: Kind.SELECTION_SET as const, selections: sets.flatMap((set) => set.selections) } };
    return { key, name, type: GraphQLString, leaf: null, inner: null, node };
  }
  const target = getNamedType(found.type);
  if (isCompositeType(target)) return { key, name, type: found.type, leaf: null, inner: { sets, byType: new Map() }, node: field };
  return { key, name, type: found.type, leaf: checkLeaf(target), inner: null, node: field };
}

function collect(
  schema: GraphQLSchema,
  parts: OperationParts,
  variables: Readonly<Record<string, unknown>>,
  set: SelectionSetNode,
  parent: GraphQLCompositeType,
  typeName: string,
  into: Map<string, Collected>,
): void {
  for (const selection of set.selections) {
    if (!hold(conditionsOf(selection), variables)) continue;
    if (selection.kind === Kind.FIELD) {
      const key = selection.alias?.value ?? selection.name.value;
      const known = into.get(key) ?? { field: selection, parent, sets: [] };
      if (selection.selectionSet) known.sets.push(selection.selectionSet);
      into.set(key, known);
      continue;
    }
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? parts.fragments[selection.name.value]! : selection;
    const condition = fragment.typeCondition?.name.value;
    const named = condition === undefined ? parent : (schema.getType(condition) as GraphQLCompositeType);
    if (condition === undefined || applies(schema, named, typeName)) collect(schema, parts, variables, fragment.selectionSet, named, typeName, into);
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
