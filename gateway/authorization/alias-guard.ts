import { type GraphQLCompositeType, GraphQLError, type GraphQLSchema, isAbstractType, Kind, type OperationDefinitionNode, parse, TypeInfo, visit, visitWithTypeInfo } from "graphql";
import type { OperationParts } from "./prune.ts";

/** Type name -> the names of the fields that its keys are made of. */
export type KeyFields = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads the keys from the supergraph's `@join__type(key: ...)`. */
export function readKeyFields(supergraphSdl: string): KeyFields {
  const keys = new Map<string, Set<string>>();
  for (const definition of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const directive of definition.directives ?? []) {
      const key = directive.name.value === "join__type" ? directive.arguments?.find((argument) => argument.name.value === "key")?.value : undefined;
      if (key?.kind !== Kind.STRING) continue;
      const names = keys.get(definition.name.value) ?? new Set();
      for (const name of key.value.match(/[_A-Za-z]\w*/g) ?? []) names.add(name);
      keys.set(definition.name.value, names);
    }
  }
  return keys;
}

/**
 * Refuses aliases that the planner needs for itself: a name beginning with `__`, and the name of a key field given to
 * another field (`id: birthDate` would be answered by the key).
 * @throws GraphQLError VALIDATION_FAILED that names the alias.
 */
export function refuseReservedAliases(schema: GraphQLSchema, keys: KeyFields, parts: OperationParts): void {
  const info = new TypeInfo(schema);
  const document = { kind: Kind.DOCUMENT as const, definitions: [parts.operation, ...Object.values(parts.fragments)] };
  visit(
    document,
    visitWithTypeInfo(info, {
      Field(node) {
        const alias = node.alias?.value;
        if (alias === undefined || alias === node.name.value) return;
        const parent = info.getParentType();
        if (!alias.startsWith("__") && !(parent && isKey(schema, keys, parent, alias))) return;
        throw new GraphQLError(`The alias ${alias} is reserved here. Choose another name for ${node.name.value}.`, {
          nodes: [node],
          extensions: { code: "VALIDATION_FAILED", http: { status: 400 } },
        });
      },
    }),
  );
}

/**
 * Refuses the one variable that every entity call has.
 * @throws GraphQLError VALIDATION_FAILED.
 */
export function refuseReservedVariables({ variableDefinitions }: OperationDefinitionNode): void {
  const taken = variableDefinitions?.find(({ variable }) => variable.name.value === "representations");
  if (taken === undefined) return;
  throw new GraphQLError("The variable $representations is reserved here. Choose another name for it.", {
    nodes: [taken],
    extensions: { code: "VALIDATION_FAILED", http: { status: 400 } },
  });
}

function isKey(schema: GraphQLSchema, keys: KeyFields, parent: GraphQLCompositeType, name: string): boolean {
  if (keys.get(parent.name)?.has(name)) return true;
  return isAbstractType(parent) && schema.getPossibleTypes(parent).some((type) => keys.get(type.name)?.has(name) === true);
}
