import { buildSchema, type FragmentDefinitionNode, type OperationDefinitionNode, parse } from "graphql";
import { describe, expect, it } from "vitest";
import type { Received } from "../executor/merge.ts";
import { ReplyShape } from "../executor/shape.ts";

const schema = buildSchema(`
  type Query { pet: Pet pets: [Pet!] strict: Strict! grid: [[Int!]] mood: Mood when: Day }
  union Pet = Dog | Cat
  interface Named { name: String! }
  type Dog implements Named { name: String! legs: Int }
  type Cat implements Named { name: String! lives: Float }
  type Strict { must: String! may: Int }
  enum Mood { GOOD BAD }
  scalar Day
`);

function shape(text: string, received: Received, variables: Record<string, unknown> = {}) {
  const [operation, ...fragments] = parse(text).definitions as [OperationDefinitionNode, ...FragmentDefinitionNode[]];
  const { data, errors } = new ReplyShape(schema, { operation, fragments: Object.fromEntries(fragments.map((each) => [each.name.value, each])) }).shape(received, variables);
  return { text: JSON.stringify(data), errors: errors.map(({ path }) => path?.join(".")) };
}
const pets = `{ pets { __typename ... on Dog { name legs } ... on Named { n: name } ...C } } fragment C on Cat { lives }`;

describe("the shape of a reply", () => {
  it("has what was asked, in that order, under those names, and nothing else", () => {
    const received = { pets: [{ lives: 9, n: "Tom", extra: 1, __typename: "Cat" }, { n: "Rex", name: "Rex", legs: 4, __typename: "Dog", id: "key" }], other: 1 };
    expect(shape(pets, received)).toEqual({ text: `{"pets":[{"__typename":"Cat","n":"Tom","lives":9},{"__typename":"Dog","name":"Rex","legs":4,"n":"Rex"}]}`, errors: [] });
  });

  it("is null where something is missing, and carries null upwards to where it may be", () => {
    expect(shape(`{ strict { may } }`, { strict: {} })).toEqual({ text: `{"strict":{"may":null}}`, errors: [] });
    expect(shape(`{ mood pets { ... on Dog { legs } ... on Named { name } } }`, { mood: "GOOD", pets: [{ __typename: "Dog", legs: 4 }] })).toEqual({
      text: `{"mood":"GOOD","pets":null}`,
      errors: ["pets.0.name"],
    });
    expect(shape(`{ mood strict { must } }`, { mood: "GOOD", strict: { must: null } })).toEqual({ text: "null", errors: ["strict.must"] });
    expect(shape(`{ grid }`, { grid: [[1, 2], [3, null], null] })).toEqual({ text: `{"grid":[[1,2],null,null]}`, errors: ["grid.1.1"] });
  });

  it("says nothing of what a hidden object lacks, and of what is missing elsewhere still does", () => {
    const hidden = { __typename: "Strict", may: 1 };
    const parts = parse(`{ mood strict { must } }`).definitions[0] as OperationDefinitionNode;
    const nullable = buildSchema(`type Query { mood: String strict: Strict other: Strict } type Strict { must: String! may: Int }`);
    const reply = (received: Received) => new ReplyShape(nullable, { operation: parts, fragments: {} }).shape(received, {}, new WeakSet([hidden]));
    expect(reply({ mood: "GOOD", strict: hidden })).toEqual({ data: { mood: "GOOD", strict: null }, errors: [] });
    expect(reply({ mood: "GOOD", strict: { may: 1 } }).errors.map(({ path }) => path)).toEqual([["strict", "must"]]);
  });

  it("refuses values that the graph does not promise", () => {
    expect(shape(`{ mood }`, { mood: "HIDDEN" })).toEqual({ text: `{"mood":null}`, errors: ["mood"] });
    expect(shape(`{ pet { ... on Dog { legs } } }`, { pet: { __typename: "Dog", legs: "four" } })).toEqual({ text: `{"pet":{"legs":null}}`, errors: ["pet.legs"] });
    expect(shape(`{ pet { __typename } }`, { pet: { __typename: "Ghost" } })).toEqual({ text: `{"pet":null}`, errors: ["pet"] });
    expect(shape(`{ pets { __typename } }`, { pets: "many" })).toEqual({ text: `{"pets":null}`, errors: ["pets"] });
    expect(shape(`{ when }`, { when: { any: ["scalar"] } })).toEqual({ text: `{"when":{"any":["scalar"]}}`, errors: [] });
  });

  it("follows @skip and @include for each outcome of their variables", () => {
    const text = `query($a: Boolean!) { strict { may @include(if: $a) ...S @skip(if: $a) } } fragment S on Strict { must }`;
    const received = { strict: { may: 1, must: "x" } };
    expect([true, false, true].map((a) => shape(text, received, { a }).text)).toEqual([`{"strict":{"may":1}}`, `{"strict":{"must":"x"}}`, `{"strict":{"may":1}}`]);
  });

  it("answers introspection from the schema, with its own variables only", () => {
    const text = `query($deep: Boolean!, $mood: Mood) { __type(name: "Strict") { name ...T @include(if: $deep) } __typename } fragment T on __Type { fields { name } }`;
    expect(shape(text, {}, { deep: true, mood: "GOOD" }).text).toBe(`{"__type":{"name":"Strict","fields":[{"name":"must"},{"name":"may"}]},"__typename":"Query"}`);
  });

  it("takes field names that every object has for names", () => {
    expect(shape(`{ strict { constructor: may toString: must } }`, { strict: { toString: "own" } }).text).toBe(`{"strict":{"constructor":null,"toString":"own"}}`);
  });
});
