import {
  type ArgumentNode,
  type GraphQLCompositeType,
  getNamedType,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  parseType,
  type SelectionNode,
  type SelectionSetNode,
  type TypeNode,
  type ValueNode,
  type VariableDefinitionNode,
} from "graphql";
import type { OperationParts } from "../authorization/prune.ts";

/** An operation whose literals became variables: `student(id: "a")` and `student(id: "b")` are one text and share a plan. */
export interface Lifted {
  readonly parts: OperationParts;
  /** The values of the new variables, as a client would send them. */
  readonly values: Readonly<Record<string, unknown>>;
  /** For each new variable where its value stood, such as `id of student`. */
  readonly places: ReadonlyMap<string, string>;
}

/** Has no value that a variable could carry with the same meaning. */
const kept = Symbol("kept");

/**
 * Replaces the literals of field arguments by variables of the argument's type, equal ones of one type by one variable, so
 * that fields which may be merged still may. Left as they are: null, what custom scalars read from numbers, objects and
 * lists (a literal may hold more than JSON does), and everything in directives and introspection. An object or list that holds
 * such a thing or a client's variable is lifted part by part.
 */
export function liftLiterals(schema: GraphQLSchema, parts: OperationParts): Lifted {
  const lifting = new Lifting(schema, parts);
  const operation = { ...parts.operation, selectionSet: lifting.set(parts.operation.selectionSet, schema.getRootType(parts.operation.operation) ?? null) };
  const fragments = Object.fromEntries(
    Object.entries(parts.fragments).map(([name, fragment]) => {
      const selectionSet = lifting.set(fragment.selectionSet, composite(schema.getType(fragment.typeCondition.name.value)));
      return [name, selectionSet === fragment.selectionSet ? fragment : { ...fragment, selectionSet }];
    }),
  );
  if (lifting.definitions.length === 0) return { parts, values: {}, places: new Map() };
  const variableDefinitions = [...(parts.operation.variableDefinitions ?? []), ...lifting.definitions];
  return { parts: { operation: { ...operation, variableDefinitions }, fragments }, values: lifting.values, places: lifting.places };
}

class Lifting {
  readonly values: Record<string, unknown> = {};
  readonly places = new Map<string, string>();
  readonly definitions: VariableDefinitionNode[] = [];
  readonly #schema: GraphQLSchema;
  readonly #prefix: string;
  readonly #known = new Map<string, string>();

  constructor(schema: GraphQLSchema, { operation }: OperationParts) {
    this.#schema = schema;
    const names = (operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
    let prefix = "literal";
    while (names.some((name) => name.startsWith(prefix))) prefix += "_";
    this.#prefix = prefix;
  }

  set(set: SelectionSetNode, parent: GraphQLCompositeType | null): SelectionSetNode {
    const selections = set.selections.map((each) => this.#selection(each, parent));
    return selections.every((each, index) => each === set.selections[index]) ? set : { ...set, selections };
  }

  #selection(node: SelectionNode, parent: GraphQLCompositeType | null): SelectionNode {
    if (node.kind === Kind.FRAGMENT_SPREAD) return node;
    if (node.kind === Kind.INLINE_FRAGMENT) {
      const type = node.typeCondition ? composite(this.#schema.getType(node.typeCondition.name.value)) : parent;
      const selectionSet = this.set(node.selectionSet, type);
      return selectionSet === node.selectionSet ? node : { ...node, selectionSet };
    }
    const field = parent && "getFields" in parent ? parent.getFields()[node.name.value] : undefined;
    if (field === undefined) return node;
    const given = node.arguments ?? [];
    const lifted = given.map((argument): ArgumentNode => {
      const type = field.args.find(({ name }) => name === argument.name.value)?.type;
      const value = type ? this.#value(argument.value, type, `${argument.name.value} of ${field.name}`) : argument.value;
      return value === argument.value ? argument : { ...argument, value };
    });
    const selectionSet = node.selectionSet && this.set(node.selectionSet, composite(getNamedType(field.type)));
    if (selectionSet === node.selectionSet && lifted.every((each, index) => each === given[index])) return node;
    return { ...node, arguments: lifted, selectionSet };
  }

  #value(node: ValueNode, type: GraphQLInputType, place: string): ValueNode {
    if (node.kind === Kind.VARIABLE || node.kind === Kind.NULL) return node;
    const nullable = isNonNullType(type) ? type.ofType : type;
    const value = holdsVariable(node) ? kept : jsonOf(node, nullable);
    if (value !== kept) return { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: this.#variable(value, type, place) } };
    if (node.kind === Kind.LIST && isListType(nullable)) return { ...node, values: node.values.map((item) => this.#value(item, nullable.ofType, place)) };
    if (node.kind !== Kind.OBJECT || !isInputObjectType(nullable)) return node;
    const known = nullable.getFields();
    return { ...node, fields: node.fields.map((each) => (known[each.name.value] ? { ...each, value: this.#value(each.value, known[each.name.value]!.type, place) } : each)) };
  }

  #variable(value: unknown, type: GraphQLInputType, place: string): string {
    const key = `${String(type)} ${JSON.stringify(value)}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const name = `${this.#prefix}${this.definitions.length}`;
    this.#known.set(key, name);
    this.values[name] = value;
    this.places.set(name, place);
    this.definitions.push({ kind: Kind.VARIABLE_DEFINITION, variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } }, type: typeNode(type) });
    return name;
  }
}

/** The JSON that a variable would carry for the literal; object fields sorted, so that equal values are equal texts. */
function jsonOf(node: ValueNode, type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return jsonOf(node, type.ofType);
  if (node.kind === Kind.NULL) return null;
  if (isListType(type)) {
    if (node.kind !== Kind.LIST) return jsonOf(node, type.ofType);
    const items = node.values.map((item) => jsonOf(item, type.ofType));
    return items.includes(kept) ? kept : items;
  }
  if (isInputObjectType(type)) {
    if (node.kind !== Kind.OBJECT) return kept;
    const known = type.getFields();
    const value: Record<string, unknown> = {};
    for (const { name, value: given } of node.fields.toSorted((one, other) => (one.name.value < other.name.value ? -1 : 1))) {
      const field = known[name.value];
      const json = field ? jsonOf(given, field.type) : kept;
      if (json === kept || name.value === "__proto__") return kept;
      value[name.value] = json;
    }
    return value;
  }
  if (isEnumType(type)) return node.kind === Kind.ENUM && type.getValue(node.value) ? node.value : kept;
  switch (node.kind) {
    case Kind.STRING:
    case Kind.BOOLEAN:
      return node.value;
    case Kind.INT:
    case Kind.FLOAT:
      if (type.name === "ID") return node.value;
      if (type.name !== "Int" && type.name !== "Float") return kept;
      return Number.isFinite(Number(node.value)) ? Number(node.value) : kept;
    default:
      return kept;
  }
}

function holdsVariable(node: ValueNode): boolean {
  switch (node.kind) {
    case Kind.VARIABLE:
      return true;
    case Kind.LIST:
      return node.values.some(holdsVariable);
    case Kind.OBJECT:
      return node.fields.some(({ value }) => holdsVariable(value));
    default:
      return false;
  }
}

const typeNodes = new Map<string, TypeNode>();

function typeNode(type: GraphQLInputType): TypeNode {
  const text = String(type);
  const known = typeNodes.get(text) ?? parseType(text, { noLocation: true });
  if (typeNodes.size < 10_000) typeNodes.set(text, known);
  return known;
}

function composite(type: GraphQLNamedType | null | undefined): GraphQLCompositeType | null {
  return type && isCompositeType(type) ? type : null;
}
