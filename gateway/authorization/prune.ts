import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  GraphQLError,
  getNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isListType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from "graphql";
import type { Identity } from "#foundation/identity/identity";
import { clientKey } from "../executor/plan-keys.ts";
import { type Condition, conditionsOf, hold } from "./conditions.ts";
import type { Closed, RoleGate } from "./role-gate.ts";

/** One operation of a document with the fragments of that document. */
export interface OperationParts {
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
}

/** A selection that the caller's roles close. */
export interface ClosedSelection {
  /** The rule that closes it: a type or a field. */
  readonly coordinate: string;
  /** Response keys from the root; `@` stands for every item of a list. */
  readonly path: readonly string[];
  /** It counts only where these hold. */
  readonly conditions: readonly Condition[];
}

export interface Pruned {
  readonly operation: OperationDefinitionNode;
  readonly closed: readonly ClosedSelection[];
}

/** Where a selection set stands: its type, what objects can be there, and the response keys from the root. */
interface Place {
  readonly parent: GraphQLCompositeType;
  readonly possible: readonly string[];
  readonly path: readonly string[];
}

const typenameField: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } };

/** Every ruled coordinate that decides about this operation, sorted: with one bit for each, the key of a pruned plan. */
export function rulesMet(schema: GraphQLSchema, gate: RoleGate, parts: OperationParts): readonly string[] {
  const met = new Set<string>();
  const collect = (parent: GraphQLCompositeType, set: SelectionSetNode): void => {
    for (const selection of set.selections) {
      if (selection.kind !== Kind.FIELD) {
        const { type, inner } = intoFragment(schema, parts, parent, selection);
        collect(type, inner);
        continue;
      }
      const field = fieldOf(parent, selection);
      if (field === null) continue;
      for (const coordinate of gate.consulted(parent, field)) met.add(coordinate);
      const target = getNamedType(field.type);
      if (selection.selectionSet && isCompositeType(target)) collect(target, selection.selectionSet);
    }
  };
  collect(rootType(schema, parts.operation), parts.operation.selectionSet);
  return [...met].sort();
}

/**
 * The operation without what is closed, fragments inlined and unused variables dropped: what may be planned. The reply
 * is shaped by the original operation, in which what was left out is null.
 */
export function prune(schema: GraphQLSchema, gate: RoleGate, parts: OperationParts, isClosed: Closed): Pruned {
  const closed: ClosedSelection[] = [];

  const pruneSet = ({ parent, possible, path }: Place, set: SelectionSetNode, conditions: readonly Condition[]): SelectionNode[] => {
    const kept: SelectionNode[] = [];
    let dropped = false;
    for (const selection of set.selections) {
      const own = [...conditions, ...conditionsOf(selection)];
      const before = closed.length;
      const left =
        selection.kind === Kind.FIELD
          ? pruneField({ parent, possible, path }, selection, own)
          : pruneFragment({ parent, possible, path }, selection, own);
      if (left !== null) kept.push(left);
      dropped ||= closed.length > before;
    }
    // Shaping the original needs to know what an object is, also where the fragment that asked is gone.
    if (kept.length === 0 || (dropped && isAbstractType(parent))) kept.push(typenameField);
    return kept;
  };

  const pruneField = ({ parent, possible, path }: Place, node: FieldNode, conditions: readonly Condition[]): FieldNode | null => {
    const field = fieldOf(parent, node);
    if (field === null) return node;
    const here = [...path, clientKey(node.alias?.value ?? node.name.value)];
    const coordinate = gate.closing(possible, field, isClosed);
    if (coordinate !== null) {
      closed.push({ coordinate, path: here, conditions });
      return null;
    }
    const target = getNamedType(field.type);
    if (!node.selectionSet || !isCompositeType(target)) return node;
    const below = { parent: target, possible: gate.possible(target), path: [...here, ...listMarks(field.type)] };
    const inner = pruneSet(below, node.selectionSet, conditions);
    return { ...node, selectionSet: { kind: Kind.SELECTION_SET, selections: inner } };
  };

  const pruneFragment = ({ parent, possible, path }: Place, node: Exclude<SelectionNode, FieldNode>, conditions: readonly Condition[]): SelectionNode | null => {
    const { type, inner } = intoFragment(schema, parts, parent, node);
    const members = new Set(gate.possible(type));
    const narrowed = possible.filter((name) => members.has(name));
    // No object can be all the types around it: nothing to read, and nothing to refuse.
    if (narrowed.length === 0) return null;
    const before = closed.length;
    const selections = pruneSet({ parent: type, possible: narrowed, path }, inner, conditions);
    if (closed.length > before && selections.every((each) => each === typenameField)) return null;
    return {
      kind: Kind.INLINE_FRAGMENT,
      typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type.name } },
      directives: node.directives,
      selectionSet: { kind: Kind.SELECTION_SET, selections },
    };
  };

  const root = rootType(schema, parts.operation);
  const selections = pruneSet({ parent: root, possible: [root.name], path: [] }, parts.operation.selectionSet, []);
  const operation = { ...parts.operation, selectionSet: { kind: Kind.SELECTION_SET as const, selections } };
  return { operation: withoutUnusedVariables(operation), closed };
}

/** The errors of a reply for what was closed, one for each selection that the request's variables include. */
export function closedErrors(closed: readonly ClosedSelection[], variables: Readonly<Record<string, unknown>>, identity: Identity): GraphQLError[] {
  return closed.filter(({ conditions }) => hold(conditions, variables)).map((selection) => closedError(selection, identity));
}

/** A mutation with a closed root field writes nothing at all; these are its errors, none where it may run. */
export function refusedRoots(closed: readonly ClosedSelection[], variables: Readonly<Record<string, unknown>>, identity: Identity): GraphQLError[] {
  return closedErrors(
    closed.filter(({ path }) => path.length === 1),
    variables,
    identity,
  );
}

function closedError({ coordinate, path }: ClosedSelection, identity: Identity): GraphQLError {
  const list = path.indexOf("@");
  const anonymous = identity.subject === null;
  return new GraphQLError(anonymous ? `Sign in to use ${coordinate}.` : `Your roles do not open ${coordinate}.`, {
    path: list === -1 ? path : path.slice(0, list),
    extensions: { code: anonymous ? "UNAUTHENTICATED" : "FORBIDDEN", coordinate, affectedPath: path.join("."), reason: anonymous ? "SIGN_IN" : "ROLES" },
  });
}

function fieldOf(parent: GraphQLCompositeType, node: FieldNode) {
  return "getFields" in parent ? (parent.getFields()[node.name.value] ?? null) : null;
}

function intoFragment(schema: GraphQLSchema, parts: OperationParts, parent: GraphQLCompositeType, node: Exclude<SelectionNode, FieldNode>) {
  const fragment = node.kind === Kind.FRAGMENT_SPREAD ? parts.fragments[node.name.value]! : node;
  const named = fragment.typeCondition ? schema.getType(fragment.typeCondition.name.value) : parent;
  return { type: named as GraphQLCompositeType, inner: fragment.selectionSet };
}

function rootType(schema: GraphQLSchema, operation: OperationDefinitionNode): GraphQLObjectType {
  const root = schema.getRootType(operation.operation);
  if (!root) throw new GraphQLError(`This graph has no ${operation.operation} operations.`, { extensions: { code: "VALIDATION_FAILED" } });
  return root;
}

function listMarks(type: unknown): string[] {
  if (isNonNullType(type)) return listMarks(type.ofType);
  return isListType(type) ? ["@", ...listMarks(type.ofType)] : [];
}

function withoutUnusedVariables(operation: OperationDefinitionNode): OperationDefinitionNode {
  if (!operation.variableDefinitions?.length) return operation;
  const used = new Set<string>();
  const note = { Variable: (node: { name: { value: string } }) => void used.add(node.name.value) };
  visit(operation.selectionSet, note);
  for (const directive of operation.directives ?? []) visit(directive, note);
  return { ...operation, variableDefinitions: operation.variableDefinitions.filter(({ variable }) => used.has(variable.name.value)) };
}
