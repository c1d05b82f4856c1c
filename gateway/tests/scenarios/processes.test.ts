import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { anonymous } from "#foundation/identity/identity";
import { readSubgraphKey, signIdentity } from "#foundation/identity/signed-identity";
import { dataFolder } from "#foundation/testing/data-folder";
import { launch, typescript, type LaunchedProcess } from "#foundation/testing/launched-process";
import { freePort, startedPlatform, type GraphQLReply, type StartedPlatform } from "#foundation/testing/started-platform";
import { until } from "#foundation/testing/until";
import { issueDemoToken } from "../../../identity/demo-token.ts";
import { registry } from "../../../subgraphs/registry.ts";

/** The gateway in one process, each subgraph in one of its own, over one database; beside them the gateway with everything in its process. */
const stack = new AsyncDisposableStack();
const key = randomBytes(32).toString("hex");
const names = Object.keys(registry);
const ports: Record<string, number> = {};
/** Longer than any call takes on a busy machine, and shorter than the 30 seconds of the default. */
const timeoutSeconds = 6;
const subgraphs: Record<string, LaunchedProcess> = {};
let apart: StartedPlatform;
let dataDir: string;

async function serve(name: string): Promise<void> {
  const served = launch(typescript("subgraphs/serve.ts", name), { env: { PORT: String(ports[name]), OSSS_DATA_DIR: dataDir, OSSS_SUBGRAPH_KEY: key } });
  stack.use(served);
  subgraphs[name] = served;
  await served.printed(/"msg":"listening"/);
}

beforeAll(async () => {
  dataDir = stack.use(dataFolder()).path;
  for (const name of names) ports[name] = await freePort();
  const urls = Object.fromEntries(names.map((name) => [`SUBGRAPH_${name.toUpperCase()}_URL`, `http://127.0.0.1:${ports[name]}/graphql`]));
  apart = stack.use(await startedPlatform({ dataDir, env: { ...urls, OSSS_SUBGRAPH_KEY: key, OSSS_SUBGRAPH_TIMEOUT_SECONDS: String(timeoutSeconds) } }));
  await Promise.all(names.map(serve));
}, 240_000);
afterAll(() => stack.disposeAsync(), 60_000);

const directory = `{ students(first: 5, orderBy: [{ field: sortName }]) { totalCount nodes { studentNumber person { givenName familyName } schoolEnrollments(first: 2) { nodes { school { name } } } } } }`;
const questions: readonly (readonly [user: string | null, query: string])[] = [
  ["principal", directory],
  ["parent", directory],
  ["registrar", "{ schools(first: 10) { nodes { name rooms(first: 2) { nodes { number } } } } districts { nodes { name } } }"],
  ["student", "{ me { roles person { givenName } } students { nodes { sortName courtOrders { nodes { id } } } } }"],
  ["auditor", "{ students { nodes { id } } }"],
  ["nurse", `mutation { createRoom(input: { number: "1", schoolId: "00000000-0000-7000-8000-000000000000" }) { record { id } } }`],
  [null, "{ me { roles } schools { nodes { name } } }"],
];

const ask = async (platform: StartedPlatform, [user, query]: (typeof questions)[number]): Promise<GraphQLReply> =>
  platform.graphql(user === null ? null : await issueDemoToken(platform.dataDir, `http://localhost:${apart.port}`, user), query);

test("a subgraph answers its gateway alone: without the signature, with a forged or a borrowed one it says nothing", async () => {
  const url = `http://127.0.0.1:${ports["schools"]}/graphql`;
  const body = JSON.stringify({ query: "{ schools { nodes { name } } _service { sdl } }" });
  const post = async (path: string, headers: Record<string, string>, text = body) => {
    const reply = await fetch(path, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: text });
    return { status: reply.status, text: await reply.text() };
  };
  const signed = (changes: { subgraph?: string; clock?: () => number } = {}, by = key) => signIdentity(anonymous, { subgraph: "schools", body, requestId: "scenario", ...changes }, readSubgraphKey(by));
  const refusals = [
    await post(url, {}),
    await post(url, { "osss-identity": "eyJhbGciOiJub25lIn0.e30." }),
    await post(url, { "osss-identity": await signed({}, randomBytes(32).toString("hex")) }),
    await post(url, { "osss-identity": await signed({ subgraph: "people" }) }),
    await post(url, { "osss-identity": await signed({ clock: () => Date.now() - 60_000 }) }),
    await post(url, { "osss-identity": await signed() }, body.replace("name", "code")),
    await post(url, { authorization: `Bearer ${await issueDemoToken(dataDir, apart.url, "superintendent")}` }),
  ];
  for (const { status, text } of refusals) {
    expect(status).toBe(401);
    expect(JSON.parse(text)).toEqual({ errors: [{ message: "This address answers the gateway only. Send the request to the gateway's /graphql.", extensions: { code: "UNAUTHENTICATED" } }] });
  }
  const right = await post(url, { "osss-identity": await signed() });
  expect(right.status).toBe(200);
});

test("a subgraph that answers too late: its part is missing after the time set, others answer meanwhile, and a change is made once", { timeout: 120_000 }, async () => {
  const [whole, buildings] = [await ask(apart, questions[0]!), await ask(apart, questions[2]!)];
  expect([whole.errors, buildings.errors]).toEqual([undefined, undefined]);
  const nodesOf = (reply: GraphQLReply) => (reply.data as { students: { nodes: { studentNumber: string; person: unknown }[] } }).students.nodes;
  const { child: people } = subgraphs["people"]!;

  people.kill("SIGSTOP");
  const started = performance.now();
  const late = ask(apart, questions[0]!).then((reply) => ({ reply, seconds: (performance.now() - started) / 1000 }));
  expect(await ask(apart, questions[2]!)).toEqual(buildings);
  expect(performance.now() - started).toBeLessThan(timeoutSeconds * 1000);
  const { reply, seconds } = await late;
  expect(seconds).toBeGreaterThanOrEqual(timeoutSeconds);
  expect(seconds).toBeLessThan(2 * timeoutSeconds);
  expect(new Set(reply.errors!.map(({ extensions }) => extensions["code"]))).toEqual(new Set(["UNAVAILABLE"]));
  expect(nodesOf(reply).map(({ studentNumber }) => studentNumber)).toEqual(nodesOf(whole).map(({ studentNumber }) => studentNumber));
  for (const { person } of nodesOf(reply)) expect(person === null || (person as { givenName: null }).givenName === null).toBe(true);
  // What it answers now is nobody's any more, and the next reply is whole.
  people.kill("SIGCONT");
  await until(async () => (await ask(apart, questions[0]!)).errors === undefined);
  expect(await ask(apart, questions[0]!)).toEqual(whole);

  // A change that was given up may be made later: sent again with its key, it is made once.
  const token = await issueDemoToken(dataDir, apart.url, "superintendent");
  const [room] = ((await apart.graphql(token, "{ rooms(first: 1) { nodes { id version capacity } } }")).data as { rooms: { nodes: { id: string; version: number; capacity: number }[] } }).rooms.nodes;
  const change = async () =>
    (await (
      await fetch(`${apart.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${token}`, "idempotency-key": "a-change-that-came-late" },
        body: JSON.stringify({ query: "mutation ($id: ID!, $version: Int!, $capacity: Int!) { updateRoom(id: $id, version: $version, input: { capacity: $capacity }) { record { version capacity } } }", variables: { ...room, capacity: (room!.capacity ?? 0) + 7 } }),
      })
    ).json()) as GraphQLReply;
  const { child: schools } = subgraphs["schools"]!;
  schools.kill("SIGSTOP");
  expect((await change()).errors).toMatchObject([{ extensions: { code: "UNAVAILABLE" } }]);
  schools.kill("SIGCONT");
  const made = { version: room!.version + 1, capacity: (room!.capacity ?? 0) + 7 };
  expect(await change()).toEqual({ data: { updateRoom: { record: made } }, extensions: expect.anything() });
  expect((await apart.graphql(token, "query ($id: ID!) { room(id: $id) { version capacity } }", { id: room!.id })).data).toEqual({ room: made });
});

test("the same questions get the same replies from nine processes and from one; one lost gives a partial reply until it is back", { timeout: 180_000 }, async () => {
  const fromNine: GraphQLReply[] = [];
  for (const question of questions) fromNine.push(await ask(apart, question));
  expect((fromNine[0]!.data as { students: { totalCount: number } }).students.totalCount).toBeGreaterThan(20);
  expect(fromNine.flatMap((reply) => reply.errors ?? []).map(({ extensions }) => extensions["code"])).not.toContain("UNAVAILABLE");

  // The people are gone: what the others hold still comes, and nothing tells names or addresses.
  await subgraphs["people"]!.end("SIGKILL");
  const partial = await ask(apart, questions[0]!);
  const nodes = (partial.data as { students: { nodes: { studentNumber: string; person: unknown; schoolEnrollments: { nodes: unknown[] } }[] } }).students.nodes;
  const whole = (fromNine[0]!.data as { students: { nodes: typeof nodes } }).students.nodes;
  expect(nodes.map(({ studentNumber, schoolEnrollments }) => ({ studentNumber, schoolEnrollments }))).toEqual(whole.map(({ studentNumber, schoolEnrollments }) => ({ studentNumber, schoolEnrollments })));
  for (const { person } of nodes) expect(person === null || (person as { givenName: null }).givenName === null).toBe(true);
  expect(new Set(partial.errors!.map(({ extensions }) => extensions["code"]))).toEqual(new Set(["UNAVAILABLE"]));
  expect(JSON.stringify(partial)).not.toMatch(/127\.0\.0\.1|localhost|ECONN|subgraph/);
  expect(await ask(apart, questions[2]!)).toEqual(fromNine[2]);
  await serve("people");
  expect(await ask(apart, questions[0]!)).toEqual(fromNine[0]);

  // The same data folder, everything in one process, at the same address.
  for (const name of names) expect(await subgraphs[name]!.end("SIGTERM")).toMatchObject({ code: 0 });
  expect(await apart.stop()).toBe(0);
  await using together = await startedPlatform({ dataDir, port: apart.port });
  for (const [index, question] of questions.entries()) expect(await ask(together, question), question[1]).toEqual(fromNine[index]);
});
