import { type GraphQLEnumType, type GraphQLScalarType, isEnumType } from "graphql";

/** Whether a subgraph's value may stand for a leaf type. */
export type LeafCheck = (value: unknown) => boolean;

const scalars: Readonly<Record<string, LeafCheck>> = {
  Boolean: (value) => typeof value === "boolean",
  Int: (value) => Number.isInteger(value),
  Float: (value) => typeof value === "number" && Number.isFinite(value),
  String: (value) => typeof value === "string",
  ID: (value) => typeof value === "string" || Number.isInteger(value),
};

/** Custom scalars may be anything; an enum only the values that callers know. */
export function checkLeaf(type: GraphQLScalarType | GraphQLEnumType): LeafCheck {
  if (isEnumType(type)) {
    const values = new Set<unknown>(type.getValues().map(({ name }) => name));
    return (value) => values.has(value);
  }
  return scalars[type.name] ?? (() => true);
}
