import { executeSync, type GraphQLError, type GraphQLSchema, Kind, visit } from "graphql";
import type { OperationParts } from "../authorization/prune.ts";
import type { SelectedField } from "./selections.ts";

/** Answers one `__schema` or `__type` of an operation from the API schema; no subgraph is asked. */
export function introspect(
  schema: GraphQLSchema,
  { operation, fragments }: OperationParts,
  { node, source }: SelectedField,
  variableValues: Readonly<Record<string, unknown>>,
): { value: unknown; errors: readonly GraphQLError[] } {
  const used = new Set<string>();
  for (const each of [node, ...Object.values(fragments)]) visit(each, { Variable: ({ name }) => void used.add(name.value) });
  const alone = {
    kind: Kind.OPERATION_DEFINITION as const,
    operation: operation.operation,
    variableDefinitions: operation.variableDefinitions?.filter(({ variable }) => used.has(variable.name.value)),
    selectionSet: { kind: Kind.SELECTION_SET as const, selections: [node] },
  };
  const { data, errors } = executeSync({ schema, document: { kind: Kind.DOCUMENT, definitions: [alone, ...Object.values(fragments)] }, variableValues });
  return { value: data?.[source] ?? null, errors: errors ?? [] };
}
