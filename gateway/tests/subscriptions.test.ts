import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { anonymous } from "#foundation/identity/identity";
import { until } from "#foundation/testing/until";
import { testGateway } from "./running-gateway.ts";
import { someone } from "./school-federation.ts";
import { changed, overSocket, overSse, remoteGateway, socketClient, watch } from "./subscribers.ts";

describe.each([["in one process", () => testGateway()], ["with subgraphs over HTTP", remoteGateway]] as const)("a subscription, %s", (_, start) => {
  it("is rooted in one subgraph, with fields of others in the payload, over WebSocket and as an event stream", async () => {
    await using running = await start();
    const client = socketClient(running, "principal");
    const readers = [overSocket(client, watch), overSse(running, "principal", watch)];
    await until(() => running.district.changes.listeners === 2);
    running.district.changes.send("schoolChanged", changed(running));
    for (const each of readers) expect(await each.next()).toEqual({ data: { schoolChanged: { action: "UPDATED", school: { id: "s1", name: "School 1", clinicHours: "8-12", staff: [{ name: "Person 2" }, null, { name: "Person 4" }] } } } });
    for (const each of readers) each.stop();
    await until(() => running.district.changes.listeners === 0);
    await client.dispose();
  });

  it("frees what is behind it within 100 ms of its client's going", async () => {
    await using running = await start();
    const took: number[] = [];
    for (let turn = 0; turn < 5; turn++) {
      const client = socketClient(running, "principal");
      overSocket(client, watch);
      const gone = new AbortController();
      void fetch(`${running.gateway.url}/graphql`, { method: "POST", signal: gone.signal, headers: { accept: "text/event-stream", "content-type": "application/json", authorization: "Roles principal" }, body: JSON.stringify({ query: watch }) }).then((reply) => reply.text()).catch(() => undefined);
      await until(() => running.district.changes.listeners === 2);
      const left = performance.now();
      gone.abort();
      client.terminate();
      await until(() => running.district.changes.listeners === 0);
      took.push(performance.now() - left);
      await client.dispose();
    }
    // The middle one of five, since others use this machine as well.
    expect(took.sort((one, other) => one - other)[2]).toBeLessThan(100);
    await until(() => running.gateway.metrics.text().includes("osss_websocket_connections 0"));
  });

  it("asks for the next event only when the client has taken the one before", async () => {
    await using running = await start();
    const socket = connect(running.gateway.port, "127.0.0.1");
    const body = JSON.stringify({ query: watch });
    socket.write(`POST /graphql HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\nauthorization: Roles principal\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
    await until(() => running.district.changes.listeners === 1);
    socket.pause();
    // Meanwhile somebody else takes all of them.
    const reading = overSse(running, "principal", watch);
    await until(() => running.district.changes.listeners === 2);
    running.district.schools[0]!.name = "x".repeat(100_000);
    const most = 800;
    for (let n = 0; n < most; n++) running.district.changes.send("schoolChanged", changed(running));
    for (let n = 0; n < most; n++) await reading.next();
    // The sockets' buffers take some megabytes of these 80; more is not asked for.
    expect(running.district.changes.asked - most).toBeLessThan(most / 2);
    reading.stop();
    socket.destroy();
    await until(() => running.district.changes.listeners === 0);
  });
});

describe("the rules of every operation hold for subscriptions", () => {
  it("a closed root is refused before any subgraph hears of it; what is closed inside is null with an error", async () => {
    await using running = await testGateway();
    const client = socketClient(running, "teacher");
    const closed = overSocket(client, "subscription { auditLogged }");
    expect((await closed.next()).errors).toMatchObject([{ extensions: { code: "FORBIDDEN", coordinate: "Subscription.auditLogged" } }]);
    expect([...running.services.values()].flatMap((s) => s.requests)).toEqual([]);
    const inside = overSocket(client, "subscription { schoolChanged { action school { name budget } } }");
    await until(() => running.district.changes.listeners === 1);
    running.district.changes.send("schoolChanged", changed(running));
    expect(await inside.next()).toMatchObject({ data: { schoolChanged: { school: { name: "School 1", budget: null } } }, errors: [{ extensions: { code: "FORBIDDEN", coordinate: "School.budget" } }] });
    await client.dispose();
  });

  it("limits, validation, persisted operations and masks", async () => {
    await using running = await testGateway({ limits: { depth: 4 }, budget: { costLimit: 5, rate: null } });
    const client = socketClient(running, "teacher");
    const codeOf = async (query: string, variables?: Record<string, unknown>) => (await overSocket(client, query, variables).next()).errors?.[0]?.extensions?.["code"];
    expect(await codeOf("subscription { schoolChanged { school { staff { family { name } } } } }")).toBe("LIMIT_EXCEEDED");
    expect(await codeOf("subscription { schoolChanged { school { rooms { title } } } }")).toBe("LIMIT_EXCEEDED");
    expect(await codeOf("subscription { nothing }")).toBe("VALIDATION_FAILED");
    expect(await codeOf("subscription { schoolChanged { ")).toBe("VALIDATION_FAILED");
    expect(await codeOf("subscription S($on: Boolean!) { schoolChanged { action @include(if: $on) } }")).toBe("VALIDATION_FAILED");
    expect(await codeOf("subscription S($on: Boolean!) { schoolChanged @include(if: $on) { action } }", { on: true })).toBe("VALIDATION_FAILED");
    expect(running.district.changes.listeners).toBe(0);
    await client.dispose();
  });

  it("a query over a WebSocket is answered once, and a mutation writes", async () => {
    await using running = await testGateway();
    const client = socketClient(running, "principal");
    expect(await overSocket(client, "{ school(id: \"s1\") { name } }").next()).toMatchObject({ data: { school: { name: "School 1" } } });
    expect(await overSocket(client, `mutation { renameSchool(id: "s1", name: "New") { name } }`).next()).toMatchObject({ data: { renameSchool: { name: "New" } } });
    expect(running.district.writes).toEqual(["rename s1"]);
    await client.dispose();
  });
});

describe("a long connection", () => {
  it("is refused to a page of another origin, and open to ours and to programs", async () => {
    await using running = await testGateway({ origins: ["https://school.example"] });
    const outcome = async (origin: string | null) => {
      const client = socketClient(running, "teacher", origin === null ? {} : { headers: { origin } });
      const read = overSocket(client, "{ __typename }");
      const told = await read.next().catch(() => null);
      await client.dispose();
      return told === null ? "refused" : "open";
    };
    expect([await outcome("https://evil.example"), await outcome("null"), await outcome("https://school.example"), await outcome(running.gateway.url), await outcome(null)]).toEqual(["refused", "refused", "open", "open", "open"]);
  });

  it("is closed with 4403 for a token that is not accepted, and when its token ends", async () => {
    const soon = Math.floor(Date.now() / 1000) + 4;
    await using running = await testGateway({ authenticate: async (request) => {
      if (request.headers.authorization === "Roles nonsense") throw Object.assign(new Error("no"), { code: "UNAUTHENTICATED" });
      return { identity: request.headers.authorization ? Object.freeze({ ...someone("teacher"), expiresAt: soon }) : anonymous, requestId: "r" };
    } });
    const codes: number[] = [];
    const refused = socketClient(running, "nonsense", { closed: (code) => codes.push(code) });
    await overSocket(refused, watch).ended();
    const client = socketClient(running, "teacher", { closed: (code) => codes.push(code) });
    const read = overSocket(client, watch);
    const stream = overSse(running, "teacher", watch);
    await until(() => running.district.changes.listeners === 2);
    await read.ended();
    expect(codes).toEqual([4403, 4403]);
    expect(await stream.next()).toMatchObject({ errors: [{ extensions: { code: "UNAUTHENTICATED", retriable: true } }] });
    expect(await stream.ended()).toBeUndefined();
    await until(() => running.district.changes.listeners === 0);
  });

  it("holds only so many subscriptions, and an account only so many connections", async () => {
    await using running = await testGateway({ caps: { perConnection: 2, perCaller: 2 } });
    const codes: number[] = [];
    const [first, second] = [socketClient(running, "teacher"), socketClient(running, "teacher")];
    overSocket(first, watch);
    overSocket(first, watch);
    await until(() => running.district.changes.listeners === 2);
    expect((await overSocket(first, watch).next()).errors).toMatchObject([{ extensions: { code: "LIMIT_EXCEEDED", limit: 2 } }]);
    expect(await overSocket(second, "{ __typename }").next()).toMatchObject({ data: { __typename: "Query" } });
    overSocket(second, watch);
    await until(() => running.district.changes.listeners === 3);
    const third = socketClient(running, "teacher", { closed: (code) => codes.push(code) });
    await overSocket(third, watch).ended();
    expect(codes).toEqual([4429]);
    await Promise.all([first.dispose(), second.dispose()]);
  });

  it("ends when the gateway stops: sockets with 1001, event streams with complete", async () => {
    const running = await testGateway();
    const codes: number[] = [];
    const client = socketClient(running, "teacher", { closed: (code) => codes.push(code) });
    const read = overSocket(client, watch);
    const stream = overSse(running, "teacher", watch);
    await until(() => running.district.changes.listeners === 2);
    const started = performance.now();
    await running.gateway.stop();
    await read.ended();
    expect(await stream.ended()).toBeUndefined();
    expect(codes).toEqual([1001]);
    expect(running.district.changes.listeners).toBe(0);
    expect(performance.now() - started).toBeLessThan(8_000);
  });
});
