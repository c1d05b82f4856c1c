import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testGateway, type TestGateway } from "./running-gateway.ts";

/** Everything wrong that a client can send, and how it is answered: a status, a code, and a sentence that says what to do. Nothing runs. */
let running: TestGateway;
beforeAll(async () => {
  running = await testGateway();
});
afterAll(() => running[Symbol.asyncDispose]());

const json = { "content-type": "application/json", authorization: "Roles teacher" };
const operation = (query: string, variables?: unknown, more: object = {}) => JSON.stringify({ query, variables, ...more });
const deep = `{ schools { principal ${"{ family ".repeat(100)} { name } ${"}".repeat(100)} } }`;
const bomb = `{ ...F0 }\n${Array.from({ length: 40 }, (_, i) => `fragment F${i} on Query { ${i === 39 ? "schools { name }" : `...F${i + 1} ...F${i + 1}`} }`).join("\n")}`;

const cases: [what: string, headers: Record<string, string>, body: string, status: number, code: string, says: RegExp][] = [
  ["malformed JSON", json, `{"query": "{ schools`, 400, "VALIDATION_FAILED", /not JSON/],
  ["JSON that is no object", json, `"schools"`, 400, "VALIDATION_FAILED", /JSON object|query/i],
  ["no body", json, "", 400, "VALIDATION_FAILED", /./],
  ["an empty query", json, operation(""), 400, "VALIDATION_FAILED", /./],
  ["a query that is a number", json, `{"query": 7}`, 400, "VALIDATION_FAILED", /string/],
  ["variables that are a list", json, operation("{ __typename }", [1]), 400, "VALIDATION_FAILED", /variables/],
  ["a body of 10 MB", json, operation(`{ schools { name } } # ${"x".repeat(10 * 1024 * 1024)}`), 413, "LIMIT_EXCEEDED", /bytes|large/],
  ["a syntax error", json, operation("{ schools { name }"), 400, "VALIDATION_FAILED", /Syntax Error/],
  ["10,000 aliases", json, operation(`{ ${Array.from({ length: 10_000 }, (_, i) => `a${i}: schools { name }`).join(" ")} }`), 400, "LIMIT_EXCEEDED", /at most/],
  ["a depth of 100", json, operation(deep), 400, "LIMIT_EXCEEDED", /levels/],
  ["a fragment bomb", json, operation(bomb), 400, "LIMIT_EXCEEDED", /selections/],
  ["a fragment that spreads itself", json, operation("{ schools { ...F } } fragment F on School { name ...F }"), 400, "VALIDATION_FAILED", /itself/],
  ["1,000 directives", json, operation(`{ schools { name ${"@skip(if: false) ".repeat(1_000)} } }`), 400, "LIMIT_EXCEEDED", /directives/],
  ["a field that is not there", json, operation("{ schools { shoeSize } }"), 400, "VALIDATION_FAILED", /Cannot query field/],
  ["a variable of another type", json, operation("query($n: Int) { schools(first: $n) { name } }", { n: "many" }), 400, "VALIDATION_FAILED", /\$n/],
  ["a required variable left out", json, operation("query($id: ID!) { school(id: $id) { name } }"), 400, "VALIDATION_FAILED", /\$id/],
  ["a variable that is not declared", json, operation("{ school(id: $id) { name } }"), 400, "VALIDATION_FAILED", /\$id/],
  ["two operations and no name", json, operation("query A { __typename } query B { __typename }"), 400, "VALIDATION_FAILED", /operationName/],
  ["a name that no operation has", json, operation("query A { __typename }", undefined, { operationName: "B" }), 400, "VALIDATION_FAILED", /named/],
  ["a batch", json, `[${operation("{ __typename }")}]`, 400, "LIMIT_EXCEEDED", /one at a time/],
  ["a form, as a foreign page can send one", { "content-type": "text/plain", authorization: "Roles teacher", origin: "https://evil.example" }, operation("{ __typename }"), 400, "VALIDATION_FAILED", /CSRF|Cross-Site/i],
  ["a token that is none", { "content-type": "application/json", authorization: "Bearer nonsense" }, operation("{ __typename }"), 401, "UNAUTHENTICATED", /Sign in/],
  ["a reserved alias", json, operation(`{ school(id: "s1") { __mine: name } }`), 400, "VALIDATION_FAILED", /alias/i],
];

describe("bad input is answered clearly, and nothing runs", () => {
  it.each(cases)("%s", async (_, headers, body, status, code, says) => {
    const before = [...running.services.values()].flatMap(({ requests }) => requests).length;
    const reply = await fetch(`${running.gateway.url}/graphql`, { method: "POST", headers, body }).catch(() => null);
    // A server may close the connection on a client that goes on sending what is too large.
    if (reply === null) return expect(status).toBe(413);
    const told = (await reply.json()) as { data?: unknown; errors: { message: string; extensions: { code: string } }[] };
    expect([reply.status, told.errors[0]!.extensions.code, told.data ?? null]).toEqual([status, code, null]);
    expect(told.errors[0]!.message).toMatch(says);
    expect(JSON.stringify(told)).not.toMatch(/node_modules|at Object|stacktrace/);
    expect([...running.services.values()].flatMap(({ requests }) => requests).length).toBe(before);
  });

  it("a token in the address is no token", async () => {
    const reply = await fetch(`${running.gateway.url}/graphql?access_token=x&query=${encodeURIComponent("{ auditLog }")}`, { headers: { "apollo-require-preflight": "1" } });
    expect(((await reply.json()) as { errors: { extensions: { code: string } }[] }).errors[0]!.extensions.code).toBe("UNAUTHENTICATED");
  });

  it("a subgraph that hangs is given up, with a sentence", async () => {
    await using slow = await testGateway({ limits: { timeoutMs: 50 }, sources: () => () => ({ execute: () => new Promise(() => {}) }) });
    const { status, body } = await slow.ask("{ schools { name } }", "teacher");
    expect([status, body.errors![0]!.extensions["code"]]).toEqual([503, "UNAVAILABLE"]);
  });
});
