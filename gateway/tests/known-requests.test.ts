import { ApolloServer } from "@apollo/server";
import { expect, it, onTestFinished, vi } from "vitest";
import { compose } from "../../schema/compose.ts";
import { MemoryPoints, RateLimit } from "../limits/rate.ts";
import { testGateway } from "./running-gateway.ts";
import { subgraphNames, subgraphSdl } from "./school-federation.ts";

const read = vi.spyOn(ApolloServer.prototype, "executeHTTPGraphQLRequest");

async function gateway(options: Parameters<typeof testGateway>[0] = {}) {
  const running = await testGateway(options);
  onTestFinished(() => running[Symbol.asyncDispose]());
  /** The reply without what is another's each time, and whether Apollo Server read the request. */
  const send = async (body: object, roles: string | null, headers: Record<string, string> = {}) => {
    const before = read.mock.calls.length;
    const reply = await fetch(`${running.gateway.url}/graphql`, { method: "POST", headers: { "content-type": "application/json", ...(roles === null ? {} : { authorization: `Roles ${roles}` }), ...headers }, body: JSON.stringify(body) });
    const text = (await reply.text()).replaceAll(reply.headers.get("x-request-id")!, "<request>");
    const { date: _, "x-request-id": __, ...rest } = Object.fromEntries(reply.headers);
    return { reply: { status: reply.status, headers: rest, text }, read: read.mock.calls.length > before };
  };
  return { running, send };
}

const rename = { query: `mutation Rename($name: String!) { renameSchool(id: "s1", name: $name) { name } }`, variables: { name: "School 1" } };

it.each<[string, object, string | null, Record<string, string>?]>([
  ["data alone", { query: "{ schools(first: 2) { id name } }" }, "nurse"],
  ["variables, a name and extensions", { query: "query A($id: ID!) { school(id: $id) { name } } query B { schools { id } }", operationName: "A", variables: { id: "s1" }, extensions: { tab: 1 } }, "nurse"],
  ["the media type that is asked for", { query: "{ schools { id } }" }, "nurse", { accept: "application/graphql-response+json" }],
  ["fields that are closed", { query: "{ schools { budget } people(ids: [\"p1\"]) { name } }" }, "teacher"],
  ["a field that is closed and may not be null", { query: "{ schools { reserve } }" }, "teacher"],
  ["data that is null as a whole", { query: "{ strictAudit }" }, "teacher"],
  ["a variable that does not fit", { query: "query A($first: Int) { schools(first: $first) { id } }", variables: { first: "many" } }, "nurse"],
  ["a variable that does not fit, to a client that reads statuses", { query: "query B($first: Int) { schools(first: $first) { id } }", variables: { first: "many" } }, "nurse", { accept: "application/graphql-response+json" }],
  ["a mutation", rename, "principal"],
  ["a mutation that is closed", { ...rename, query: `${rename.query} #` }, "teacher"],
  ["nothing, in the mode that rejects", { query: "{ schools { budget id } }" }, "teacher", { "osss-authorization": "reject" }],
  ["what would be closed", { query: "{ schools { name budget } }" }, "teacher", { "osss-authorization": "dry-run" }],
  ["nothing of the schema, to nobody", { query: "{ __schema { queryType { name } } }" }, null],
  ["a subscription sent as a query", { query: "subscription { schoolChanged { action } }" }, "nurse"],
])("the second request for an operation gets what the first got: %s", async (_, body, roles, headers) => {
  const { send } = await gateway({ budget: { costLimit: 1_000, rate: null } });
  // Some kinds of reply are learned from another operation's.
  await send({ query: "{ __typename }" }, "nurse", headers);
  const [first, second] = [await send(body, roles, headers), await send(body, roles, headers)];
  expect([first.read, second.read]).toEqual([true, false]);
  expect(second.reply).toEqual(first.reply);
});

it("the second request is charged, priced and counted like the first, and turned away like any", async () => {
  const { running, send } = await gateway({ budget: { costLimit: 1_000, rate: new RateLimit(new MemoryPoints(), { caller: { points: 30, seconds: 3_600 }, client: null }) } });
  const body = { query: "query Rows { schools(first: 1) { id } }" };
  const replies = [];
  for (let turn = 0; turn < 40; turn++) replies.push(await send(body, "nurse"));
  const refused = replies.find(({ reply }) => reply.status === 429)!;
  expect(refused.read).toBe(false);
  expect(refused.reply.headers["retry-after"]).toMatch(/^\d+$/);
  expect(JSON.parse(refused.reply.text)).toMatchObject({ errors: [{ extensions: { code: "RATE_LIMITED" } }], extensions: { cost: { limit: 1_000 } } });
  const lines = running.logged.filter(({ message }) => message === "graphql").map(({ fields }) => fields);
  expect(lines).toHaveLength(40);
  expect(new Set(lines.slice(0, 5).map(({ operation, cost, status }) => JSON.stringify({ operation, cost, status })))).toEqual(new Set([JSON.stringify({ operation: "Rows", cost: 1, status: 200 })]));
  expect(await running.gateway.metrics.page()).toContain('osss_requests_total{status="429"}');
});

it("what breaks inside is masked, and the log says what it was", async () => {
  const { running, send } = await gateway();
  const body = { query: "{ schools { id } }" };
  await send(body, "nurse");
  vi.spyOn(running.gateway.gateway, "answer").mockRejectedValue(new Error("secret"));
  const { reply, read: wasRead } = await send(body, "nurse");
  expect([wasRead, reply.status]).toEqual([false, 500]);
  expect(JSON.parse(reply.text)).toEqual({ errors: [{ message: expect.stringContaining("<request>"), extensions: { code: "INTERNAL", requestId: "<request>" } }] });
  expect(running.logged.some(({ level, fields }) => level === "error" && (fields["err"] as Error).message === "secret")).toBe(true);
});

it.each<[string, object]>([
  ["variables that are no object", { variables: [1] }],
  ["a name that is no text", { operationName: 1 }],
  ["extensions that are no object", { extensions: "x" }],
  ["a hash to register it under", { extensions: { persistedQuery: { version: 1, sha256Hash: "0".repeat(64) } } }],
  ["a name that the text does not have", { operationName: "Other" }],
])("a request with %s is refused, though its text is known", async (_, more) => {
  const { send } = await gateway();
  const body = { query: "{ schools { id } }" };
  await send(body, "nurse");
  const { reply } = await send({ ...body, ...more }, "nurse");
  expect(JSON.parse(reply.text)).toMatchObject({ errors: [{ extensions: { code: expect.stringMatching(/VALIDATION_FAILED|NOT_FOUND/) } }] });
  expect(reply.text).not.toContain(`"data"`);
});

it("another supergraph reads every text anew", async () => {
  const { running, send } = await gateway();
  const body = { query: "{ schools(first: 1) { visits } }" };
  for (const expected of [true, false]) expect((await send(body, "nurse")).read).toBe(expected);
  running.gateway.gateway.reload(compose(subgraphNames.map((name) => ({ name, sdl: subgraphSdl[name].replace("visits: Int!\n", "") }))).supergraphSdl);
  const { reply, read: again } = await send(body, "nurse");
  expect(again).toBe(true);
  expect(reply.text).toContain("Cannot query field");
});
