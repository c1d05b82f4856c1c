import { parse } from "graphql";
import { describe, expect, it } from "vitest";
import { aliasesIn } from "../limits/aliases.ts";
import { depthOf } from "../limits/depth.ts";
import { defaultLimits, DocumentLimits } from "../limits/limits.ts";
import { rootFieldsIn } from "../limits/root-fields.ts";
import { selectionsIn } from "../limits/selections.ts";
import { testGateway } from "./running-gateway.ts";

const text = `
  query One { a { b { c } } x: a { ...F } }
  query Two { ...R }
  fragment F on A { y: b { ...G } }
  fragment G on B { z: c }
  fragment R on Query { a { b { c } } d e }
`;
/** Each fragment spreads the next twice: 2^30 selections in 30 lines. */
const bomb = `{ ...F0 }\n${Array.from({ length: 30 }, (_, index) => `fragment F${index} on Query { ${index === 29 ? "schools { name }" : `...F${index + 1} ...F${index + 1}`} }`).join("\n")}`;

describe("measuring a document", () => {
  it("follows fragments", () => {
    const document = parse(text);
    expect([depthOf(document), aliasesIn(document), rootFieldsIn(document)]).toEqual([3, 3, 3]);
    expect(selectionsIn(parse("{ a { ...F } ...G } fragment F on A { b c } fragment G on Query { d }"))).toBe(6);
  });

  it("costs a bomb's text, not its expansion, and ends on a cycle", () => {
    expect(selectionsIn(parse(bomb))).toBeGreaterThan(2 ** 30);
    expect(depthOf(parse("{ a { ...F } } fragment F on A { b { ...F } }"))).toBe(2);
  });

  it("leaves room for the explorer's introspection", () => {
    const type = "ofType { kind name ".repeat(9) + "} ".repeat(9);
    expect(new DocumentLimits(defaultLimits).exceededBy(`{ __schema { types { fields { args { type { kind name ${type} } } } } } }`)).toBeNull();
  });

  it("names what is too much, how much is accepted, and what to do", () => {
    const limits = new DocumentLimits({ ...defaultLimits, depth: 2, aliases: 1, rootFields: 2, tokens: 40, selections: 9 });
    const told = (document: string) => limits.exceededBy(document)?.message.split(".")[0];
    expect(told("{ a { b } }")).toBeUndefined();
    expect(told("{ a { b { c } } }")).toBe("This request has 3 levels; at most 2 are accepted");
    expect(told("{ x: a y: a }")).toBe("This request has 2 aliases; at most 1 are accepted");
    expect(told("{ a b c }")).toBe("This request has 3 root fields; at most 2 are accepted");
    expect(told(`{ a { ${"b ".repeat(10)} } }`)).toBe("This request has 11 selections; at most 9 are accepted");
    expect(told(`{ a { ${"b ".repeat(50)} } }`)).toBe("This request has more than 40 tokens; at most 40 are accepted");
    expect(limits.exceededBy("{ a { b { c } } }")!.extensions).toMatchObject({ code: "LIMIT_EXCEEDED", limit: 2 });
  });
});

describe("a request that is too much", () => {
  it.each([
    ["depth", `{ schools { principal ${"{ family ".repeat(30)} { name } ${"}".repeat(30)} } }`],
    ["10,000 aliases", `{ ${Array.from({ length: 10_000 }, (_, index) => `a${index}: auditLog`).join(" ")} }`],
    ["200 aliases", `{ schools { ${Array.from({ length: 200 }, (_, index) => `a${index}: name`).join(" ")} } }`],
    ["a fragment bomb", bomb],
    ["7,000 equal fields, which validation would compare with each other", `{ schools { ${"name ".repeat(7_000)} } }`],
  ])("is refused before anything runs: %s", async (_, query) => {
    await using running = await testGateway();
    const { status, body } = await running.ask(query, "nurse");
    expect([status, body.errors?.map(({ extensions }) => extensions["code"]), body.data]).toEqual([400, ["LIMIT_EXCEEDED"], undefined]);
    expect([...running.services.values()].flatMap(({ requests }) => requests)).toEqual([]);
  });

  it("is refused by its size, with 413, and nothing of it is kept", async () => {
    await using running = await testGateway({ limits: { bodyBytes: 1000 } });
    const { status, body } = await running.ask(`{ schools { name } } # ${"x".repeat(2000)}`, "nurse");
    expect([status, body.errors![0]!.extensions["code"]]).toEqual([413, "LIMIT_EXCEEDED"]);
    const chunked = await fetch(`${running.gateway.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: new ReadableStream({ start: (stream) => (stream.enqueue(new TextEncoder().encode("x".repeat(5000))), stream.close()) }),
      duplex: "half",
    } as RequestInit);
    expect(chunked.status).toBe(413);
  });

  it("is refused as a batch, and told apart from what is no JSON", async () => {
    await using running = await testGateway();
    const send = async (body: string) => {
      const reply = await fetch(`${running.gateway.url}/graphql`, { method: "POST", headers: { "content-type": "application/json" }, body });
      return [reply.status, ((await reply.json()) as { errors: { message: string; extensions: { code: string } }[] }).errors[0]] as const;
    };
    expect(await send(`[{"query":"{ __typename }"},{"query":"{ __typename }"}]`)).toMatchObject([400, { extensions: { code: "LIMIT_EXCEEDED" } }]);
    expect(await send(`{"query":`)).toMatchObject([400, { message: expect.stringContaining("not JSON") as string, extensions: { code: "VALIDATION_FAILED" } }]);
    expect(await send(`{"query":"query A { __typename } query B { __typename }"}`)).toMatchObject([400, { message: expect.stringContaining("operationName") as string, extensions: { code: "VALIDATION_FAILED" } }]);
    expect(await send(`{"query":"{ "}`)).toMatchObject([400, { extensions: { code: "VALIDATION_FAILED" } }]);
    expect(await send(`{}`)).toMatchObject([400, { extensions: { code: "VALIDATION_FAILED" } }]);
  });
});
