import { buildSchema, getVariableValues, type GraphQLScalarType, type OperationDefinitionNode, parse } from "graphql";
import { expect, it } from "vitest";
import { compileVariables } from "./variables.ts";

const schema = buildSchema(`
  scalar _Any
  scalar Day
  enum Kind { HIGH MIDDLE }
  input Where { name: String! tags: [String!] }
  type Query { a(int: Int, float: Float, boolean: Boolean, id: ID): String }
`);
(schema.getType("Day") as GraphQLScalarType).parseValue = (value) => {
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\d$/.test(value)) throw new Error("A day looks like 2026-10-14.");
  return new Date(value);
};

const types = ["String", "String!", "ID", "ID!", "Int!", "Float", "Boolean", "Kind", "Kind!", "Day", "Day!", "[ID!]!", "[Int]", "[[String!]!]", "[_Any!]!", "Where", "[Where!]", "Missing"];
const values: unknown[] = ["1", "HIGH", "2026-10-14", 1, 1.5, true, null, undefined, [], ["1", null], [1], [["a"], ["b"]], [["a"], null], { name: "n" }, [{ __typename: "Student", id: "1" }], { name: "n", tags: "t" }, { other: 1 }];
const defaults = ["", ` = "x"`, " = 3", " = HIGH", " = [1, 2]", " = null"];

const readable = ({ coerced, errors }: { coerced?: unknown; errors?: readonly { message: string }[] }) => ({ coerced, errors: errors?.map(({ message }) => message) });

it.each(types)("variables of the type %s become what graphql-js makes of them", (type) => {
  for (const fallback of defaults) {
    const { variableDefinitions } = parse(`query ($v: ${type}${fallback}, $w: Int = 4) { a }`).definitions[0] as OperationDefinitionNode;
    const compiled = compileVariables(schema, variableDefinitions!, { maxErrors: 10 });
    for (const given of [{}, { w: 5 }, ...values.map((v) => ({ v })), ...values.map((v) => ({ v, w: null, other: 1 }))]) {
      expect(readable(compiled(given))).toEqual(readable(getVariableValues(schema, variableDefinitions!, given, { maxErrors: 10 })));
    }
  }
});

it("no two requests are given the same object", () => {
  const { variableDefinitions } = parse("query ($v: [Int] = [1, 2]) { a }").definitions[0] as OperationDefinitionNode;
  const compiled = compileVariables(schema, variableDefinitions!);
  expect(compiled({}).coerced!["v"]).not.toBe(compiled({}).coerced!["v"]);
  const given = [1];
  expect(compiled({ v: given }).coerced!["v"]).not.toBe(given);
});
