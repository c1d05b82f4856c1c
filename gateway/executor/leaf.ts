import { type GraphQLEnumType, type GraphQLScalarType, isEnumType } from "graphql";

/** Whether a subgraph's value may stand for a leaf type. */
export type LeafCheck = (value: unknown) => boolean;

/** The same check as an expression over a variable `v`, for compiled shapes; null where it has to be called. */
export type LeafExpression = string | null;

const scalars: Readonly<Record<string, { check: LeafCheck; expression: string }>> = {
  Boolean: { check: (value) => typeof value === "boolean", expression: `typeof v === "boolean"` },
  Int: { check: (value) => Number.isInteger(value), expression: "Number.isInteger(v)" },
  Float: { check: (value) => typeof value === "number" && Number.isFinite(value), expression: "Number.isFinite(v)" },
  String: { check: (value) => typeof value === "string", expression: `typeof v === "string"` },
  ID: { check: (value) => typeof value === "string" || Number.isInteger(value), expression: `(typeof v === "string" || Number.isInteger(v))` },
};

/** Custom scalars may be anything; an enum only the values that callers know. */
export function checkLeaf(type: GraphQLScalarType | GraphQLEnumType): LeafCheck {
  if (isEnumType(type)) {
    const values = new Set<unknown>(type.getValues().map(({ name }) => name));
    return (value) => values.has(value);
  }
  return scalars[type.name]?.check ?? (() => true);
}

/** @returns the expression of a built-in scalar, `true` for a custom one, null for an enum. */
export function leafExpression(type: GraphQLScalarType | GraphQLEnumType): LeafExpression {
  return isEnumType(type) ? null : (scalars[type.name]?.expression ?? "true");
}
