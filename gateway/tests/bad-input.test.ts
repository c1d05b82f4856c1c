import { readFileSync } from "node:fs";
import { type IncomingHttpHeaders, request as httpRequest } from "node:http";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { errorCodes } from "#foundation/errors/errors";
import { statusOf } from "../errors.ts";
import { testGateway, type TestGateway } from "./running-gateway.ts";

/** Everything wrong that a client can send, and how it is answered: a status, a code, and a sentence that says what to do. Nothing runs. */
let running: TestGateway;
beforeAll(async () => {
  running = await testGateway();
});
afterAll(() => running[Symbol.asyncDispose]());

interface BadInput {
  readonly what: string;
  readonly method?: string;
  /** What follows `/graphql` in the address. */
  readonly search?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
  readonly answer: [status: number, code: string, says: RegExp];
}

const json = { "content-type": "application/json", authorization: "Roles teacher" };
const operation = (query: string, variables?: unknown, more: object = {}) => JSON.stringify({ query, variables, ...more });
const inAddress = (parts: Record<string, string>) => `?${new URLSearchParams(parts)}`;
const deep = `{ schools { principal ${"{ family ".repeat(100)} { name } ${"}".repeat(100)} } }`;
const bomb = `{ ...F0 }\n${Array.from({ length: 40 }, (_, i) => `fragment F${i} on Query { ${i === 39 ? "schools { name }" : `...F${i + 1} ...F${i + 1}`} }`).join("\n")}`;
const nested = (levels: number) => `{"query": "query($v: Int) { schools(first: $v) { name } }", "variables": {"v": ${"[".repeat(levels)}${"]".repeat(levels)}}}`;

const cases: BadInput[] = [
  // The body.
  { what: "malformed JSON", body: `{"query": "{ schools`, answer: [400, "VALIDATION_FAILED", /not JSON.*Send/] },
  { what: "JSON that is no object", body: `"schools"`, answer: [400, "VALIDATION_FAILED", /JSON object/] },
  { what: "null", body: "null", answer: [400, "VALIDATION_FAILED", /JSON object/] },
  { what: "no body", body: "", answer: [400, "VALIDATION_FAILED", /Send/] },
  { what: "bytes that are no text", body: Buffer.from([0xff, 0xfe, 0x00, 0x80]), answer: [400, "VALIDATION_FAILED", /not JSON/] },
  { what: "a packed body", headers: { ...json, "content-encoding": "gzip" }, body: gzipSync(operation("{ __typename }")), answer: [415, "VALIDATION_FAILED", /content-encoding/] },
  { what: "a body of 10 MB", body: operation(`{ schools { name } } # ${"x".repeat(10 * 1024 * 1024)}`), answer: [413, "LIMIT_EXCEEDED", /bytes/] },
  { what: "a batch", body: `[${operation("{ __typename }")}]`, answer: [400, "LIMIT_EXCEEDED", /one at a time/] },
  { what: "an empty batch", body: "[]", answer: [400, "LIMIT_EXCEEDED", /one at a time/] },
  // Its parts.
  { what: "an empty query", body: operation(""), answer: [400, "VALIDATION_FAILED", /Send/] },
  { what: "no query", body: "{}", answer: [400, "VALIDATION_FAILED", /Send/] },
  { what: "a query that is a number", body: `{"query": 7}`, answer: [400, "VALIDATION_FAILED", /string/] },
  { what: "variables that are a list", body: operation("{ __typename }", [1]), answer: [400, "VALIDATION_FAILED", /variables/] },
  { what: "variables that are text", body: operation("{ __typename }", "{}"), answer: [400, "VALIDATION_FAILED", /variables/] },
  { what: "an operation name that is a number", body: `{"query": "{ __typename }", "operationName": 7}`, answer: [400, "VALIDATION_FAILED", /operationName/] },
  { what: "extensions that are a list", body: `{"query": "{ __typename }", "extensions": []}`, answer: [400, "VALIDATION_FAILED", /extensions/] },
  { what: "variables nested 200,000 deep", body: nested(200_000), answer: [400, "VALIDATION_FAILED", /./] },
  { what: "a hash that nobody registered", body: JSON.stringify({ documentId: "0".repeat(64) }), answer: [404, "NOT_FOUND", /operation/] },
  // The document.
  { what: "a syntax error", body: operation("{ schools { name }"), answer: [400, "VALIDATION_FAILED", /Syntax Error/] },
  { what: "10,000 aliases", body: operation(`{ ${Array.from({ length: 10_000 }, (_, i) => `a${i}: schools { name }`).join(" ")} }`), answer: [400, "LIMIT_EXCEEDED", /at most.*Split/] },
  { what: "a depth of 100", body: operation(deep), answer: [400, "LIMIT_EXCEEDED", /levels.*Select fewer/] },
  { what: "a fragment bomb", body: operation(bomb), answer: [400, "LIMIT_EXCEEDED", /selections.*Select fewer/] },
  { what: "a fragment that spreads itself", body: operation("{ schools { ...F } } fragment F on School { name ...F }"), answer: [400, "VALIDATION_FAILED", /itself/] },
  { what: "1,000 directives", body: operation(`{ schools { name ${"@skip(if: false) ".repeat(1_000)} } }`), answer: [400, "LIMIT_EXCEEDED", /directives.*Use fewer/] },
  { what: "41 root fields", body: operation(`{ ${"schools { name } ".repeat(41)} }`), answer: [400, "LIMIT_EXCEEDED", /root fields.*Split/] },
  { what: "a field that is not there", body: operation("{ schools { shoeSize } }"), answer: [400, "VALIDATION_FAILED", /Cannot query field/] },
  { what: "a mutation that is not there", body: operation("mutation { dropAll }"), answer: [400, "VALIDATION_FAILED", /Cannot query field/] },
  { what: "two operations and no name", body: operation("query A { __typename } query B { __typename }"), answer: [400, "VALIDATION_FAILED", /operationName/] },
  { what: "a name that no operation has", body: operation("query A { __typename }", undefined, { operationName: "B" }), answer: [400, "VALIDATION_FAILED", /named/] },
  { what: "a reserved alias", body: operation(`{ school(id: "s1") { __mine: name } }`), answer: [400, "VALIDATION_FAILED", /alias.*Choose another/] },
  { what: "a reserved variable", body: operation("query($representations: [ID!]) { people(ids: $representations) { name } }", { representations: [] }), answer: [400, "VALIDATION_FAILED", /Choose another/] },
  { what: "a subscription as one reply", body: operation("subscription { schoolChanged { action } }"), answer: [400, "VALIDATION_FAILED", /WebSocket/] },
  // Values.
  { what: "a variable of another type", body: operation("query($n: Int) { schools(first: $n) { name } }", { n: "many" }), answer: [400, "VALIDATION_FAILED", /\$n/] },
  { what: "a number that is too large for its type", body: operation("query($n: Int) { schools(first: $n) { name } }", { n: 2 ** 40 }), answer: [400, "VALIDATION_FAILED", /\$n/] },
  { what: "a required variable left out", body: operation("query($id: ID!) { school(id: $id) { name } }"), answer: [400, "VALIDATION_FAILED", /\$id/] },
  { what: "a variable that is not declared", body: operation("{ school(id: $id) { name } }"), answer: [400, "VALIDATION_FAILED", /\$id/] },
  { what: "a literal of another type", body: operation(`{ schools(first: "many") { name } }`), answer: [400, "VALIDATION_FAILED", /Int/] },
  { what: "an argument that is not there", body: operation("{ schools(last: 3) { name } }"), answer: [400, "VALIDATION_FAILED", /last/] },
  // How it is sent.
  { what: "a content type that no operation has", headers: { ...json, "content-type": "application/xml" }, body: "<query/>", answer: [415, "VALIDATION_FAILED", /application\/json/] },
  { what: "no content type", headers: { authorization: json.authorization }, body: Buffer.from(operation("{ __typename }")), answer: [415, "VALIDATION_FAILED", /application\/json/] },
  { what: "a form, as a foreign page can send one", headers: { "content-type": "text/plain", authorization: "Roles teacher", origin: "https://evil.example" }, body: operation("{ __typename }"), answer: [415, "VALIDATION_FAILED", /application\/json/] },
  { what: "an upload form, as a foreign page can send one", headers: { "content-type": "multipart/form-data; boundary=x", authorization: "Roles teacher", origin: "https://evil.example" }, body: `--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n${operation("{ __typename }")}\r\n--x--`, answer: [415, "VALIDATION_FAILED", /application\/json/] },
  { what: "a GET without the header that foreign pages cannot send", method: "GET", search: inAddress({ query: "{ __typename }" }), answer: [400, "VALIDATION_FAILED", /apollo-require-preflight/] },
  { what: "a mutation by GET", method: "GET", search: inAddress({ query: `mutation { renameSchool(id: "s1", name: "X") { name } }` }), headers: { authorization: "Roles principal", "apollo-require-preflight": "1" }, answer: [405, "VALIDATION_FAILED", /POST/] },
  { what: "a GET whose variables are not JSON", method: "GET", search: inAddress({ query: "{ __typename }", variables: "{" }), headers: { authorization: "Roles teacher", "apollo-require-preflight": "1" }, answer: [400, "VALIDATION_FAILED", /variables/] },
  { what: "another method", method: "PUT", body: operation("{ __typename }"), answer: [405, "VALIDATION_FAILED", /POST/] },
  { what: "the question of a foreign page whether it may", method: "OPTIONS", headers: { origin: "https://evil.example", "access-control-request-method": "POST", "access-control-request-headers": "content-type,authorization" }, answer: [405, "VALIDATION_FAILED", /POST/] },
  { what: "an event stream of what is no JSON", headers: { ...json, accept: "text/event-stream" }, body: "{", answer: [400, "VALIDATION_FAILED", /not JSON/] },
  { what: "a way of answering that there is not", headers: { ...json, "osss-authorization": "ignore" }, body: operation("{ __typename }"), answer: [400, "VALIDATION_FAILED", /filter, reject, dry-run/] },
  // Who sends it.
  { what: "a token that is none", headers: { ...json, authorization: "Bearer nonsense" }, body: operation("{ __typename }"), answer: [401, "UNAUTHENTICATED", /Sign in/] },
  { what: "a name and password", headers: { ...json, authorization: "Basic dGVhY2hlcjpkZW1v" }, body: operation("{ __typename }"), answer: [401, "UNAUTHENTICATED", /Sign in/] },
  { what: "a token in the address, where logs and histories keep it", method: "GET", search: inAddress({ access_token: "x", query: "{ auditLog }" }), headers: { "apollo-require-preflight": "1" }, answer: [400, "VALIDATION_FAILED", /Authorization header/] },
  { what: "a token in the address of a POST", search: inAddress({ access_token: "x" }), body: operation("{ auditLog }"), answer: [400, "VALIDATION_FAILED", /Authorization header/] },
  { what: "nobody, asking for the schema", headers: { "content-type": "application/json" }, body: operation("{ __schema { types { name } } }"), answer: [401, "UNAUTHENTICATED", /Sign in/] },
  { what: "roles that do not open what is changed", body: operation(`mutation { renameSchool(id: "s1", name: "X") { name } }`), answer: [200, "FORBIDDEN", /roles do not open/] },
];

interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly told: { data?: unknown; errors: { message: string; extensions: Record<string, unknown> & { code: string } }[] };
}

/** Sends exactly these bytes; null where the server closed the connection on a client that went on sending what is too large. */
function send({ method = "POST", search = "", headers = json, body }: BadInput): Promise<Reply | null> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(`${running.gateway.url}/graphql${search}`, { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => resolve({ status: response.statusCode!, headers: response.headers, told: JSON.parse(Buffer.concat(chunks).toString("utf8")) as Reply["told"] }));
    });
    sent.on("error", (error: NodeJS.ErrnoException) => (error.code === "ECONNRESET" || error.code === "EPIPE" ? resolve(null) : reject(error)));
    sent.end(body);
  });
}
const asked = () => [...running.services.values()].flatMap(({ requests }) => requests).length;

describe("bad input is answered clearly, and nothing runs", () => {
  it.each(cases.map((each) => [each.what, each] as const))("%s", async (_, input) => {
    const [status, code, says] = input.answer;
    const before = asked();
    const reply = await send(input);
    if (reply === null) return expect(status).toBe(413);
    const first = reply.told.errors[0]!;
    expect([reply.status, first.extensions.code, reply.told.data ?? null]).toEqual([status, code, null]);
    expect(first.message).toMatch(says);
    expect(reply.headers["access-control-allow-origin"]).toBeUndefined();
    expect(JSON.stringify(reply.told)).not.toMatch(/node_modules|at Object|stacktrace|Apollo/);
    expect(asked()).toBe(before);
  });

  it("a WebSocket of a foreign page", async () => {
    const socket = new WebSocket(`${running.gateway.url.replace("http", "ws")}/graphql`, "graphql-transport-ws", { origin: "https://evil.example" });
    const refused = await new Promise<string>((resolve) => socket.once("error", (error) => resolve(error.message)));
    expect(refused).toContain("403");
  });

  it("a subgraph that hangs is given up, with a sentence", async () => {
    await using slow = await testGateway({ limits: { timeoutMs: 50 }, sources: () => () => ({ execute: () => new Promise(() => {}) }) });
    const { status, body } = await slow.ask("{ schools { name } }", "teacher");
    expect([status, body.errors![0]!.extensions["code"]]).toEqual([503, "UNAVAILABLE"]);
    expect(body.errors![0]!.message).toContain("Ask for less at once");
  });
});

describe("the list of errors", () => {
  const page = readFileSync(new URL("../../docs/errors.md", import.meta.url), "utf8");
  const listed = new Map([...page.matchAll(/^\| `([A-Z_]+)` \| (\d{3}) \|/gm)].map(([, code, status]) => [code!, Number(status)]));

  it("has every code, with the status of a reply that has no data", () => {
    expect([...listed.keys()]).toEqual([...errorCodes]);
    for (const code of errorCodes) expect([code, listed.get(code)]).toEqual([code, statusOf(code)]);
  });

  it("has every input of this test that is refused", () => {
    const part = page.split(/^## /m).find((text) => text.startsWith("What is refused before anything runs"))!;
    const rows = new Map([...part.matchAll(/^\| ([^`|]+?) \| (\d{3}) \| `([A-Z_]+)` \|$/gm)].map(([, what, status, code]) => [what!, `${status} ${code}`]));
    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(cases.map(({ what, answer: [status, code] }) => [what, `${status} ${code}`])));
  });
});
