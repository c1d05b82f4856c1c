import { buildSchema, GraphQLError, type OperationDefinitionNode, parse, print } from "graphql";
import { describe, expect, it } from "vitest";
import type { QueryPlan } from "@apollo/query-planner";
import type { Identity } from "#foundation/identity/identity";
import type { SubgraphReply } from "../data-sources/data-source.ts";
import { inProcess } from "../data-sources/in-process.ts";
import { liftLiterals } from "../executor/literals.ts";
import { compilePlan, PlanRefused } from "../executor/plan-steps.ts";
import { Metrics } from "../metrics.ts";
import { SupergraphGateway } from "../supergraph-gateway.ts";
import { library } from "./library-federation.ts";
import { composed, District, someone, subgraph, subgraphNames } from "./school-federation.ts";

const nurse = someone("nurse", "registrar", "principal");

/** The gateway over the school district, whose calls may be held back or answered otherwise. */
function start(answer?: (name: string, variables: Record<string, unknown>) => Promise<SubgraphReply | void>) {
  const services = new Map(subgraphNames.map((name) => [name as string, subgraph(name, new District())]));
  const metrics = new Metrics();
  const reported: unknown[] = [];
  const gateway = new SupergraphGateway({
    supergraphSdl: composed.supergraphSdl,
    metrics,
    report: (error) => void reported.push(error),
    dataSourceFor: (name) => ({
      execute: async (request) => {
        const instead = await answer?.(name, request.variables ?? {});
        return instead ?? inProcess(services.get(name)!).execute(request);
      },
    }),
  });
  const ask = async (text: string, variables: Record<string, unknown> = {}, identity: Identity = nurse) => gateway.execute(gateway.preparer.known(text, parse(text), null), variables, { identity, requestId: "r" });
  const sent = (name: string) => services.get(name)!.requests;
  return { gateway, metrics, reported, ask, sent };
}

describe("equal entities", () => {
  it("are asked for once, and each object gets an answer of its own", async () => {
    const { ask, sent } = start();
    const { data, errors } = await ask(`{ people(ids: ["p3", "none", "p3", "p6"]) { name allergies } }`);
    expect(errors).toBeUndefined();
    expect(sent("health").map(({ variables }) => variables)).toEqual([{ representations: [{ __typename: "Person", id: "p3" }, { __typename: "Person", id: "p6" }] }]);
    const people = data!["people"] as ({ allergies: string[] } | null)[];
    expect(JSON.stringify(people)).toBe(JSON.stringify([{ name: "Person 3", allergies: ["nuts"] }, null, { name: "Person 3", allergies: ["nuts"] }, { name: "Person 6", allergies: ["nuts"] }]));
    expect(people[0]!.allergies).not.toBe(people[2]!.allergies);
  });

  it("that fail have their error at each object", async () => {
    const { ask } = start(async (name) => (name === "health" ? { data: { _entities: [null, { height: 1 }] }, errors: [{ message: "No.", path: ["_entities", 0, "height"], extensions: { code: "CONFLICT" } }] } : undefined));
    const { data, errors } = await ask(`{ people(ids: ["p1", "p2", "p1"]) { height } }`);
    expect(JSON.stringify(data)).toBe(`{"people":[{"height":null},{"height":1},{"height":null}]}`);
    expect(errors!.map(({ path }) => path)).toEqual([["people", 0, "height"], ["people", 2, "height"]]);
  });

  it("keep their type when a subgraph knows it as an interface only", async () => {
    const replies: Record<string, SubgraphReply[]> = {
      catalog: [{ data: { featured: { __typename: "Book", id: "Book-1", language: "en" } } }],
      reviews: [{ data: { _entities: [{ __typename: "Media", audience: "all" }] } }],
    };
    const gateway = new SupergraphGateway({ supergraphSdl: library.supergraphSdl, dataSourceFor: (name) => ({ execute: async () => replies[name]!.shift()! }) });
    const text = "{ featured { __typename audience ... on Media { audience } ... on Book { audience } } }";
    expect(JSON.stringify(await gateway.execute(gateway.preparer.known(text, parse(text), null), {}, { identity: nurse, requestId: "r" }))).toBe(`{"data":{"featured":{"__typename":"Book","audience":"all"}}}`);
  });
});

describe("a client's field under the response key of one that @requires needs", () => {
  /** The library, whose subgraphs give these replies in turn. */
  function replying(replies: Record<string, SubgraphReply[]>) {
    const sent: string[] = [];
    const gateway = new SupergraphGateway({ supergraphSdl: library.supergraphSdl, dataSourceFor: (name) => ({ execute: async ({ document, variables }) => (sent.push(`${document} ${JSON.stringify(variables)}`), replies[name]!.shift()!) }) });
    return { sent, ask: async (text: string) => JSON.parse(JSON.stringify(await gateway.execute(gateway.preparer.known(text, parse(text), null), {}, { identity: nurse, requestId: "r" }))) as unknown };
  }

  it("is answered by itself, and does not feed it", async () => {
    const { ask, sent } = replying({
      catalog: [{ data: { publishers: [{ books: [{ __typename: "Book", sku: "b1", osss_price: 9, price: 8, osss_weight: "Deep", weight: 2 }] }] }, errors: [{ message: "No.", path: ["publishers", 0, "books", 0, "osss_price"], extensions: { code: "CONFLICT" } }] }],
      shipping: [{ data: { _entities: [{ postage: 3 }] } }],
    });
    expect(await ask(`{ publishers { books { price(currency: USD) weight: title postage } } }`)).toEqual({
      data: { publishers: [{ books: [{ price: 9, weight: "Deep", postage: 3 }] }] },
      errors: [{ message: "No.", path: ["publishers", 0, "books", 0, "price"], extensions: { code: "CONFLICT" } }],
    });
    expect(sent[0]).toContain("osss_price:price(currency:$literal0)");
    expect(sent[0]).toContain("price(currency:EUR)");
    expect(sent[1]).toContain(`[{"__typename":"Book","sku":"b1","weight":2,"price":8}]`);
  });

  it("keeps its name, whatever it is", async () => {
    const { ask } = replying({ catalog: [{ data: { publishers: [{ osss_price: "p", osss_osss_x: "x" }] } }] });
    expect(await ask(`{ publishers { price: code osss_x: name } }`)).toEqual({ data: { publishers: [{ price: "p", osss_x: "x" }] } });
  });
});

describe("queries under way", () => {
  /** Holds every call to the schools until released. */
  function held() {
    const gate = Promise.withResolvers<void>();
    const entered = Promise.withResolvers<void>();
    return { ...start(async (name) => (name === "schools" ? (entered.resolve(), await gate.promise) : undefined)), release: gate.resolve, entered: entered.promise };
  }
  const text = "query($first: Int) { schools(first: $first) { name rooms { title } } }";

  it("that are equal run once, with replies that share nothing", async () => {
    const { ask, sent, release, gateway } = held();
    const asked = [ask(text, { first: 1 }), ask(text, { first: 1 })];
    release();
    const [one, two] = await Promise.all(asked);
    expect([sent("schools").length, gateway.inFlight.joined, gateway.inFlight.size]).toEqual([1, 1, 0]);
    expect(JSON.stringify(one)).toBe(JSON.stringify(two));
    const rooms = (reply: typeof one) => (reply!.data!["schools"] as { rooms: object[] }[])[0]!.rooms;
    expect([rooms(one) === rooms(two), rooms(one)[0] === rooms(two)[0]]).toEqual([false, false]);
  });

  it("run for themselves where caller, variables or text differ", async () => {
    const { ask, sent, release } = held();
    const asked = [ask(text, { first: 1 }), ask(text, { first: 2 }), ask(text.replace("name", "id"), { first: 1 }), ask(text, { first: 1 }, someone("nurse"))];
    release();
    await Promise.all(asked);
    expect(sent("schools")).toHaveLength(4);
  });

  it("are not joined after a write has ended, so that who was told of it reads it", async () => {
    let reads = 0;
    const slow = Promise.withResolvers<void>();
    const { ask, sent } = start(async (name, variables) => {
      if (name === "schools" && "first" in variables && reads++ === 0) await slow.promise;
    });
    const before = ask(text, { first: 1 });
    await ask(`mutation { renameSchool(id: "s1", name: "New") { name } }`);
    const after = await ask(text, { first: 1 });
    expect((after.data!["schools"] as { name: string }[])[0]!.name).toBe("New");
    slow.resolve();
    await before;
    expect(sent("schools")).toHaveLength(3);
  });

  it("are never mutations", async () => {
    const { ask, sent, release } = held();
    const visit = `mutation { noteVisit(id: "s1") { visits } }`;
    const asked = [ask(visit), ask(visit)];
    release();
    expect((await Promise.all(asked)).map(({ data }) => (data!["noteVisit"] as { visits: number }).visits).sort()).toEqual([1, 2]);
    expect(sent("schools")).toHaveLength(2);
  });
});

describe("literals", () => {
  const schema = buildSchema(`
    type Query { f(id: ID, n: Int, x: Float, s: String, b: Boolean, e: E, list: [ID!], where: In, when: Day, all: [In!]): Query g(n: Int! = 5): Int }
    input In { id: ID name: String not: In ids: [ID!] e: E when: Day n: Int = 3 }
    enum E { A B } scalar Day
  `);
  const lift = (text: string) => {
    const [operation] = parse(text, { noLocation: true }).definitions as [OperationDefinitionNode];
    const { parts, values } = liftLiterals(schema, { operation, fragments: {} });
    return { text: print(parts.operation).replace(/\s+/g, " "), values };
  };

  it("become variables of their argument's type, equal ones one variable", () => {
    expect(lift(`{ f(id: 7, n: 1, x: 1, s: "1", e: A, list: "a") { g(n: 2) } a: f(id: "7") { g } }`)).toEqual({
      text: "query ($literal0: ID, $literal1: Int, $literal2: Float, $literal3: String, $literal4: E, $literal5: [ID!], $literal6: Int!) { f( id: $literal0 n: $literal1 x: $literal2 s: $literal3 e: $literal4 list: $literal5 ) { g(n: $literal6) } a: f(id: $literal0) { g } }",
      values: { literal0: "7", literal1: 1, literal2: 1, literal3: "1", literal4: "A", literal5: "a", literal6: 2 },
    });
    const { text, values } = lift(`{ f(where: { name: "x", id: 1 }) { g } f(where: { id: 1, name: "x" }) { g } }`);
    expect([text.match(/\$literal\d/g), values]).toEqual([["$literal0", "$literal0", "$literal0"], { literal0: { id: "1", name: "x" } }]);
  });

  it("stay where a variable could not carry them", () => {
    for (const text of ["{ f(id: null) { g } }", "{ f(when: 1.10) { g } }", "{ f(when: { any: 1 }) { g } }", "{ f(where: { when: 7 }) { g } }", "{ f(x: 1e999) { g } }", `{ __type(name: "E") { name } }`, "{ g @skip(if: false) }"]) {
      expect(lift(text).values, text).toEqual({});
    }
    expect(lift(`{ f(where: { name: "x", when: 1.10, not: null }) { g } }`)).toEqual({ text: "query ($literal0: String) { f(where: {name: $literal0, when: 1.10, not: null}) { g } }", values: { literal0: "x" } });
    expect(lift(`{ f(when: "2026-01-01", all: [{ id: 1 }, { not: { e: B } }]) { g } }`).values).toEqual({ literal0: "2026-01-01", literal1: [{ id: "1" }, { not: { e: "B" } }] });
  });

  it("beside a client's variables are lifted part by part, under names of their own", () => {
    expect(lift(`query($literal: ID!) { f(where: { id: $literal, name: "x", not: { ids: ["a"] } }, list: [$literal, "b"]) { g } }`)).toEqual({
      text: "query ($literal: ID!, $literal_0: String, $literal_1: In, $literal_2: ID!) { f( where: {id: $literal, name: $literal_0, not: $literal_1} list: [$literal, $literal_2] ) { g } }",
      values: { literal_0: "x", literal_1: { ids: ["a"] }, literal_2: "b" },
    });
  });

  it("let operations share a plan, and errors speak of the client's argument", async () => {
    const { gateway, ask, sent } = start(async (_, variables) => (variables["literal0"] === "s9" ? { data: null, errors: [{ message: `Variable "$literal0" got invalid value "s9" at "literal0.id"; no.`, extensions: { code: "VALIDATION_FAILED" } }] } : undefined));
    for (const id of ["s1", "s2", "s3"]) expect((await ask(`{ school(id: "${id}") { name } }`)).data).toEqual({ school: { name: `School ${id[1]}` } });
    expect([gateway.preparer.plans.size, gateway.preparer.templates.size, new Set(sent("schools").map(({ document }) => document)).size]).toEqual([1, 1, 1]);
    expect((await ask(`{ school(id: "s9") { name } }`)).errors![0]!.message).toBe(`The argument id of school got the invalid value "s9" at "id"; no.`);
  });
});

describe("what this gateway's executor fails at", () => {
  it("is run by the stock executor, counted and reported: a query whose reply could not be shaped", async () => {
    const { gateway, ask, metrics, reported } = start();
    const text = `{ school(id: "s1") { name rooms { title } } }`;
    const { template } = gateway.preparer.known(text, parse(text), null);
    template.shape.shape = () => {
      throw new TypeError("a fault");
    };
    expect(JSON.stringify(await ask(text))).toBe(`{"data":{"school":{"name":"School 1","rooms":[{"title":"Room 1"}]}}}`);
    expect(metrics.text()).toContain('osss_stock_fallbacks_total{fault="shape"} 1');
    expect(reported).toHaveLength(1);
  });

  it("is run by the stock executor: a plan that could not be read", async () => {
    const { gateway, ask, metrics } = start();
    const text = `mutation { noteVisit(id: "s1") { visits } }`;
    const known = gateway.preparer.known(text, parse(text), null);
    Object.assign(gateway.preparer.planned(known, nurse), { steps: new TypeError("a fault") });
    expect(JSON.stringify(await ask(text))).toBe(`{"data":{"noteVisit":{"visits":1}}}`);
    expect(metrics.text()).toContain('osss_stock_fallbacks_total{fault="plan"} 1');
  });

  it("is an error for a mutation that has written: it is not run again", async () => {
    const { gateway, ask, sent } = start();
    const text = `mutation { noteVisit(id: "s1") { visits } }`;
    gateway.preparer.known(text, parse(text), null).template.shape.shape = () => {
      throw new TypeError("a fault");
    };
    await expect(ask(text)).rejects.toThrow("a fault");
    expect(sent("schools")).toHaveLength(1);
  });

  const fetch = { kind: "Fetch", serviceName: "a", operation: "{ x }", operationKind: "query", operationName: undefined } as const;
  it.each([
    ["a node", { kind: "Defer", primary: {}, deferred: [] }],
    ["a path", { kind: "Flatten", path: ["x|[Book]"], node: fetch }],
    ["a rewrite", { ...fetch, outputRewrites: [{ kind: "ValueCopier", path: ["x"] }] }],
    ["a selection", { ...fetch, requires: [{ kind: "FragmentSpread", name: "F" }] }],
    ["a value of @fromContext", { ...fetch, contextRewrites: [{ kind: "KeyRenamer", path: ["..", "x"], renameKeyTo: "y" }] }],
  ])("is refused where the stock executor would leave it out silently: %s of an unknown kind", (_, node) => {
    expect(() => compilePlan({ kind: "QueryPlan", node: { kind: "Sequence", nodes: [fetch, node] } } as unknown as QueryPlan, buildSchema("type Query { x: Int }"))).toThrow(PlanRefused);
  });

  it("a variable with the name that entity calls need is refused with advice", () => {
    const { gateway } = start();
    const text = "query($representations: Int) { schools(first: $representations) { name } }";
    expect(() => gateway.preparer.known(text, parse(text), null)).toThrow(GraphQLError);
  });
});
