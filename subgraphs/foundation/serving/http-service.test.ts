import { createHash, randomBytes } from "node:crypto";
import { SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { anonymous, identityOf } from "../identity/identity.ts";
import { Role } from "../identity/role.ts";
import { signCalls, signIdentity } from "../identity/signed-identity.ts";
import { serveOverHttp, type RunningHttpService } from "./http-service.ts";
import { Metrics } from "./metrics.ts";
import { SharedStore } from "../sharing/shared-store.ts";
import { WritesOnce } from "../sharing/writes-once.ts";
import { noRedis, redisServer } from "../testing/redis-server.ts";
import { until } from "../testing/until.ts";
import { callsText, callsType, callText, ReplyLines } from "./several-calls.ts";
import type { SubgraphRequest, SubgraphService } from "./subgraph-service.ts";

/** A subgraph behind HTTP listens to the gateway alone. The service behind it only notes whom it was asked by: nothing else is of interest here. */
const key = new Uint8Array(randomBytes(32));
const asked: SubgraphRequest[] = [];
const service = (name: string): SubgraphService => ({
  name,
  execute: async (request) => (asked.push(request), { data: { ok: true } }),
  subscribe: async (request) => (asked.push(request), { data: { ok: true } }),
  close: async () => {},
});
let running: RunningHttpService;
beforeAll(async () => {
  running = await serveOverHttp({ services: [service("students"), service("people")], key, port: 0, host: "127.0.0.1", ready: async () => ({ ok: true, reasons: [] }), log: { debug() {}, info() {}, warn() {}, error() {} }, metrics: new Metrics() });
});
afterAll(() => running.stop());
beforeEach(() => void (asked.length = 0));

const body = JSON.stringify({ query: "{ students { nodes { id } } }" });
const registrar = identityOf({ issuer: "https://id.example.org", subject: "s", accountId: "a", personId: "p", districtId: "d", roles: [Role.Registrar], expiresAt: 4_000_000_000 });
const signed = (more: Partial<Parameters<typeof signIdentity>[1]> = {}, identity = registrar, under = key) => signIdentity(identity, { subgraph: "students", body, requestId: "r-1", ...more }, under);
const send = async (identity: string | null, { to = "students", text = body, accept = "application/json" } = {}) => {
  const reply = await fetch(`http://127.0.0.1:${running.port}/${to}/graphql`, { method: "POST", headers: { "content-type": "application/json", accept, ...(identity === null ? {} : { "osss-identity": identity }) }, body: text });
  return { status: reply.status, body: (await reply.json()) as { errors?: { extensions: { code: string } }[] } };
};

describe.each(["application/json", "text/event-stream"])("a call for %s is refused", (accept) => {
  const answer = async (identity: string | null, more = {}) => {
    const reply = await send(identity, { accept, ...more });
    return [reply.status, reply.body.errors?.[0]?.extensions.code, asked.length];
  };
  const refused = [401, "UNAUTHENTICATED", 0];

  it("without a signed identity, or with one that is plain text or not signed", async () => {
    expect(await answer(null)).toEqual(refused);
    expect(await answer(JSON.stringify(registrar))).toEqual(refused);
    const [, payload] = (await signed()).split(".");
    expect(await answer(`${Buffer.from(JSON.stringify({ alg: "none", typ: "osss-identity+jwt" })).toString("base64url")}.${payload}.`)).toEqual(refused);
  });

  it("signed with another key", async () => {
    expect(await answer(await signed({}, registrar, new Uint8Array(randomBytes(32))))).toEqual(refused);
  });

  it("signed for another subgraph", async () => {
    expect(await answer(await signed({ subgraph: "people" }))).toEqual(refused);
    expect(await answer(await signed(), { to: "people" })).toEqual(refused);
  });

  it("whose body was changed on the way", async () => {
    expect(await answer(await signed(), { text: body.replace("id", "id sortName") })).toEqual(refused);
  });

  it("whose thirty seconds are over, or not begun", async () => {
    expect(await answer(await signed({ clock: () => Date.now() - 40_000 }))).toEqual(refused);
    expect(await answer(await signed({ clock: () => Date.now() + 60_000 }))).toEqual(refused);
  });

  it("that came already", async () => {
    const once = await signed();
    expect((await send(once, { accept })).status).toBe(200);
    asked.length = 0;
    expect(await answer(once)).toEqual(refused);
  });

  it("without an id of its own, by which a second one would be known", async () => {
    const now = Math.floor(Date.now() / 1000);
    const nameless = await new SignJWT({ identity: { ...registrar }, requestId: "r", body: createHash("sha256").update(body).digest("base64url") })
      .setProtectedHeader({ alg: "HS256", typ: "osss-identity+jwt" }).setIssuer("osss-gateway").setAudience("students").setIssuedAt(now).setExpirationTime(now + 30).sign(key);
    expect(await answer(nameless)).toEqual(refused);
  });
});

describe("a call that the gateway signed", () => {
  it("is answered as that caller, with the delegation under which it runs", async () => {
    const delegated = identityOf({ ...registrar, delegation: { id: "g", operations: ["students"], everyQuery: false } });
    for (const identity of [registrar, delegated, anonymous]) expect((await send(await signed({}, identity))).status).toBe(200);
    expect(asked.map(({ identity, requestId, document }) => ({ identity, requestId, document }))).toEqual([registrar, delegated, anonymous].map((identity) => ({ identity, requestId: "r-1", document: "{ students { nodes { id } } }" })));
  });

  it("finds nothing at another address or by another method", async () => {
    expect((await send(await signed(), { to: "grading" })).status).toBe(404);
    expect((await fetch(`http://127.0.0.1:${running.port}/students/graphql`, { headers: { "osss-identity": await signed({ body: "" }) } })).status).toBe(404);
    expect(asked).toEqual([]);
  });
});

describe("calls that come together", () => {
  const call = (subgraph: string, requestId: string, identity = registrar) => callText(subgraph, { document: `{ ${subgraph} { id } }`, variables: { n: 1 }, operationName: undefined, identity, requestId });
  const both = callsText([call("students", "r-1"), call("people", "r-2", anonymous), call("grading", "r-3")]);
  const post = async (identity: string, { text = both, type = callsType, to = "students" } = {}) => {
    const reply = await fetch(`http://127.0.0.1:${running.port}/${to}/graphql`, { method: "POST", headers: { "content-type": type, "osss-identity": identity }, body: text });
    return { status: reply.status, text: await reply.text() };
  };
  const forCalls = (more: Partial<Parameters<typeof signCalls>[0]> = {}, under = key) => signCalls({ subgraph: "students", body: both, ...more }, under);

  it.each<[string, () => string | Promise<string>, Parameters<typeof post>[1]?]>([
    ["without a signature", () => ""],
    ["signed with another key", () => forCalls({}, new Uint8Array(randomBytes(32)))],
    ["signed for another subgraph of the process", () => forCalls({ subgraph: "people" })],
    ["one of which was changed on the way", () => forCalls(), { text: both.replace("r-2", "r-4") }],
    ["whose thirty seconds are over", () => forCalls({ clock: () => Date.now() - 40_000 })],
    ["under the statement of one caller", () => signed({ body: both })],
    ["under a statement for several, sent as one", () => forCalls({ body }), { text: body, type: "application/json" }],
  ])("are refused %s", async (_, jws, more) => {
    expect((await post(await jws(), more)).status).toBe(401);
    expect(asked).toEqual([]);
  });

  it("are refused a second time", async () => {
    const once = forCalls();
    expect((await post(once)).status).toBe(200);
    asked.length = 0;
    expect((await post(once)).status).toBe(401);
    expect(asked).toEqual([]);
  });

  it.each([`{"calls":{}}`, `{"query":"{ students { id } }"}`, `{"calls":[{"subgraph":"students","identity":{"roles":"registrar"},"requestId":"r","query":"{ students { id } }"}]}`])("are refused whole where they cannot be read: %s", async (text) => {
    expect((await post(forCalls({ body: text }), { text })).status).toBe(400);
    expect(asked).toEqual([]);
  });

  it("are refused whole where one of them writes", async () => {
    const text = callsText([call("students", "r-1"), callText("people", { document: "mutation M { renamePerson { id } }", identity: registrar, requestId: "r-2" })]);
    expect((await post(forCalls({ body: text }), { text })).status).toBe(400);
    expect(asked).toEqual([]);
  });

  it("are each answered as its caller, and not where its subgraph is elsewhere", async () => {
    const { status, text } = await post(forCalls());
    expect(status).toBe(200);
    const got = new Map<number, unknown>();
    new ReplyLines((index, line) => void got.set(index, JSON.parse(line))).add(Buffer.from(text));
    expect(got).toEqual(new Map<number, unknown>([[0, { data: { ok: true } }], [1, { data: { ok: true } }], [2, null]]));
    expect(asked.map(({ document, identity, requestId, variables }) => ({ document, identity, requestId, variables }))).toEqual([
      { document: "{ students { id } }", identity: registrar, requestId: "r-1", variables: { n: 1 } },
      { document: "{ people { id } }", identity: anonymous, requestId: "r-2", variables: { n: 1 } },
    ]);
  });

  it("are read from any pieces in which the replies come", () => {
    const text = Buffer.from(`0 {"data":"Ängström"}\n12 null\n3 {"data":1}\n4 {"da`);
    for (let size = 1; size <= text.length; size++) {
      const got: [number, string][] = [];
      const lines = new ReplyLines((...each) => void got.push(each));
      for (let from = 0; from < text.length; from += size) lines.add(text.subarray(from, from + size));
      expect(got).toEqual([[0, `{"data":"Ängström"}`], [12, "null"], [3, `{"data":1}`]]);
      expect([lines.pending, lines.pendingCall]).toEqual([6, 4]);
    }
  });
});

describe.skipIf(noRedis !== null)(`two processes of one subgraph with Redis${noRedis ? ` (skipped: ${noRedis})` : ""}`, () => {
  it("take a call that writes once together; a Redis that is away keeps nobody from writing", async () => {
    await using redis = await redisServer();
    await using parts = new AsyncDisposableStack();
    const ports: number[] = [];
    const stores: SharedStore[] = [];
    for (const n of [0, 1]) {
      const store = await SharedStore.open({ url: redis.url, prefix: "test", report: () => undefined });
      const served = await serveOverHttp({ services: [service("students")], key, port: 0, host: "127.0.0.1", ready: async () => ({ ok: true, reasons: [] }), log: { debug() {}, info() {}, warn() {}, error() {} }, metrics: new Metrics(), writesOnce: new WritesOnce(store) });
      parts.defer(() => store.close());
      parts.defer(() => served.stop());
      stores[n] = store;
      ports[n] = served.port;
    }
    const sent = async (process: number, identity: string, text: string) => (await fetch(`http://127.0.0.1:${ports[process]}/students/graphql`, { method: "POST", headers: { "content-type": "application/json", "osss-identity": identity }, body: text })).status;
    const both = async (query: string) => {
      const text = JSON.stringify({ query });
      const identity = await signed({ body: text });
      return [await sent(0, identity, text), await sent(1, identity, text)];
    };
    expect(await both("mutation { archiveStudent(id: 1, version: 1) { record { id } } }")).toEqual([200, 401]);
    expect(await both("fragment F on Student { id } mutation { archiveStudent(id: 1, version: 1) { record { ...F } } }")).toEqual([200, 401]);
    // Whoever heard a question has heard the answer: reads go without asking.
    expect(await both("{ students { nodes { mutation: id } } }")).toEqual([200, 200]);
    asked.length = 0;
    await redis.kill();
    await until(() => stores.every((store) => !store.up));
    expect(await both("mutation { archiveStudent(id: 1, version: 1) { record { id } } }")).toEqual([200, 200]);
    expect(asked).toHaveLength(2);
  });
});
