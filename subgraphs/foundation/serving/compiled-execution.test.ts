import { buildSchema, GraphQLError, type GraphQLSchema, type GraphQLUnionType } from "graphql";
import { describe, expect, it } from "vitest";
import { BoundedCache } from "./bounded-cache.ts";
import { compiledExecutionCounts, createCompiledExecutor } from "./compiled-execution.ts";

class Dog {
  readonly name = "Rex";
}

function schema(): GraphQLSchema {
  const built = buildSchema(`
    type Query { hello(name: String!): String fails: String refuses: String pets: [Pet] must: Strict }
    type Strict { never: String! }
    type Dog { name: String } type Cat { name: String }
    union Pet = Dog | Cat
  `);
  const fields = built.getQueryType()!.getFields();
  fields["hello"]!.resolve = (_source, { name }: { name: string }) => `Hello ${name}`;
  fields["fails"]!.resolve = () => {
    throw new Error("boom");
  };
  fields["refuses"]!.resolve = async () => {
    throw Object.assign(new Error("no"), { extensions: { code: "FORBIDDEN" } });
  };
  fields["pets"]!.resolve = () => [new Dog(), { __typename: "Cat", name: "Tom" }];
  fields["must"]!.resolve = () => ({ never: null });
  (built.getType("Pet") as GraphQLUnionType).resolveType = async () => "Dog";
  return built;
}

describe("the compiled executor", () => {
  it("compiles a document once and runs it with each request's variables", async () => {
    const execute = createCompiledExecutor(schema());
    const before = { ...compiledExecutionCounts };
    const text = `query($n: String!) { hello(name: $n) }`;
    for (const n of ["Ada", "Bob"]) expect(await execute(text, undefined, { n }, {})).toEqual({ data: { hello: `Hello ${n}` } });
    expect(compiledExecutionCounts.compiled - before.compiled).toBe(1);
    expect(compiledExecutionCounts.hits - before.hits).toBe(1);
  });

  it("gives every error its path and extensions", async () => {
    const { data, errors } = await createCompiledExecutor(schema())(`{ fails refuses must { never } }`, undefined, {}, {});
    expect(data).toEqual({ fails: null, refuses: null, must: null });
    expect(errors!.map((error) => [error instanceof GraphQLError, error.path, error.extensions])).toEqual(
      expect.arrayContaining([
        [true, ["fails"], {}],
        [true, ["refuses"], { code: "FORBIDDEN" }],
        [true, ["must", "never"], {}],
      ]),
    );
  });

  it("answers a document that does not parse, is not valid, or lacks a variable with errors", async () => {
    const execute = createCompiledExecutor(schema());
    for (const text of ["{", "{ nothing }", "query($n: String!) { hello(name: $n) }"]) {
      const { data, errors } = await execute(text, undefined, {}, {});
      expect(data ?? null).toBeNull();
      expect(errors![0]!.extensions).toBeDefined();
    }
  });

  it("knows the members of a union whose own resolveType is asynchronous", async () => {
    expect(await createCompiledExecutor(schema())(`{ pets { __typename ... on Dog { name } ... on Cat { name } } }`, undefined, {}, {})).toEqual({
      data: {
        pets: [
          { __typename: "Dog", name: "Rex" },
          { __typename: "Cat", name: "Tom" },
        ],
      },
    });
  });

  it("runs the named operation of several, each compiled by itself", async () => {
    const execute = createCompiledExecutor(schema());
    const text = `query A { hello(name: "a") } query B { hello(name: "b") }`;
    expect(await execute(text, "A", undefined, {})).toEqual({ data: { hello: "Hello a" } });
    expect(await execute(text, "B", undefined, {})).toEqual({ data: { hello: "Hello b" } });
  });
});

describe("the bounded cache", () => {
  it("forgets the entry that was not used for longest", () => {
    const cache = new BoundedCache<string, number>(2);
    cache.set("a", 1);
    cache.set("b", 2);
    expect(cache.get("a")).toBe(1);
    cache.set("c", 3);
    expect([cache.get("a"), cache.get("b"), cache.get("c"), cache.size]).toEqual([1, undefined, 3, 2]);
  });

  it("keeps nothing of a value that could not be made", () => {
    const cache = new BoundedCache<string, number>(2);
    expect(() => cache.getOrMake("a", () => { throw new Error("no"); })).toThrow("no");
    expect(cache.getOrMake("a", () => 4)).toBe(4);
    expect(cache.getOrMake("a", () => 5)).toBe(4);
  });

  it("takes a non-null variable's default, and tells what is wrong with a variable", async () => {
    const execute = createCompiledExecutor(schema());
    const text = `query($n: String! = "Ada") { hello(name: $n) }`;
    expect(await execute(text, undefined, {}, {})).toEqual({ data: { hello: "Hello Ada" } });
    expect(await execute(text, undefined, { n: "Bob" }, {})).toEqual({ data: { hello: "Hello Bob" } });
    const refused = await execute(text, undefined, { n: 7 }, {});
    expect(refused.data).toBeUndefined();
    expect(refused.errors![0]!.extensions.code).toBe("VALIDATION_FAILED");
  });

  it("compiles inputs that contain themselves without unrolling them", async () => {
    const filters = buildSchema(`
      input Where { and: [Where!] or: [Where!] not: Where name: String }
      type Query { depth(where: Where): Int }
    `);
    const depth = (where: { not?: object } | undefined): number => (where?.not ? 1 + depth(where.not) : 1);
    filters.getQueryType()!.getFields()["depth"]!.resolve = (_source, { where }: { where?: { not?: object } }) => depth(where);
    const execute = createCompiledExecutor(filters);
    const before = { ...compiledExecutionCounts };
    let where: { not?: object } = {};
    for (let i = 1; i < 40; i++) where = { not: where };
    const start = performance.now();
    expect(await execute(`query($where: Where) { depth(where: $where) }`, undefined, { where }, {})).toEqual({ data: { depth: 40 } });
    // Unrolled, this takes seconds.
    expect(performance.now() - start).toBeLessThan(1_000);
    expect(compiledExecutionCounts.compiled - before.compiled).toBe(1);
  });
});
