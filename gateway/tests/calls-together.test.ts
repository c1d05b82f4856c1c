import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { serveOverHttp } from "#foundation/serving/http-service";
import { Metrics } from "#foundation/serving/metrics";
import { callsType, repliesType, togetherHeader } from "#foundation/serving/several-calls";
import type { SubgraphReply, SubgraphRequest } from "#foundation/serving/subgraph-service";
import { CallsTogether } from "../data-sources/calls-together.ts";
import { type HttpDataSourceOptions, type HttpEvent, overHttp } from "../data-sources/http.ts";
import { someone } from "./school-federation.ts";

const key = new Uint8Array(32).fill(9);
const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** The HTTP requests that servers of this process got: path and kind. */
const requests: string[] = [];
beforeEach(() => {
  requests.length = 0;
  const note = (message: unknown) => {
    const { url, headers } = (message as { request: IncomingMessage }).request;
    requests.push(`${url} ${headers["content-type"] === callsType ? "together" : "alone"}`);
  };
  subscribe("http.server.request.start", note);
  onTestFinished(() => void unsubscribe("http.server.request.start", note));
});

type Answer = (request: SubgraphRequest) => SubgraphReply | Promise<SubgraphReply>;

/** A process of subgraphs that answer as told. */
async function served(answers: Readonly<Record<string, Answer>>): Promise<{ url: (name: string) => string; stop: () => Promise<void> }> {
  const services = Object.entries(answers).map(([name, answer]) => ({ name, execute: async (request: SubgraphRequest) => answer(request), subscribe: async () => ({ errors: [] }), close: async () => {} }));
  const running = await serveOverHttp({ services, key, port: 0, host: "127.0.0.1", ready: async () => ({ ok: true, reasons: [] }), log: silent, metrics: new Metrics() });
  onTestFinished(() => running.stop());
  return { url: (name) => `http://127.0.0.1:${running.port}/${name}/graphql`, stop: () => running.stop() };
}

/** A server that answers calls alone with what it got, and calls together as told. */
async function other(announced: string, together: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    if (request.headers["content-type"] === callsType) return together(request, response);
    response.writeHead(200, { "content-type": "application/json", ...(announced ? { [togetherHeader]: announced } : {}) }).end(`{"data":{"alone":true}}`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/people/graphql`;
}

/** Sources for these addresses, sent together. Each has been asked once, so that it is known what its process takes. */
async function sources<Name extends string>(urls: Readonly<Record<Name, string>>, options: Partial<HttpDataSourceOptions> = {}) {
  const together = new CallsTogether();
  const events: HttpEvent[] = [];
  const made = Object.fromEntries(Object.entries<string>(urls).map(([name, url]) => [name, overHttp({ name, url, key, together, retries: { delayMs: 5 }, count: (event) => void events.push(event), ...options })]));
  onTestFinished(async () => void (await Promise.all(Object.values(made).map((source) => source.close?.()))));
  const ask = (name: Name, { document = "{ ok }", role = "nurse", requestId = "r", writes = false } = {}) => made[name]!.execute({ document, identity: someone(role as never), requestId, writes });
  for (const name of Object.keys(urls) as Name[]) await ask(name);
  requests.length = 0;
  return { ask, events };
}

const codeOf = (reply: SubgraphReply) => reply.errors?.[0]?.extensions?.["code"];
const told: Answer = ({ document, identity, requestId }) => ({ data: { document, roles: identity.roles, requestId } });

describe("calls of one moment", () => {
  it("to subgraphs of one process go in one request, each as its own caller", async () => {
    const process = await served({ people: told, schools: told });
    const { ask } = await sources({ people: process.url("people"), schools: process.url("schools") });
    const replies = await Promise.all([ask("people", { requestId: "r-1" }), ask("schools", { document: "{ schools }", role: "teacher", requestId: "r-2" }), ask("people", { role: "principal", requestId: "r-3" })]);
    expect(replies.map(({ data }) => data)).toEqual([
      { document: "{ ok }", roles: someone("nurse").roles, requestId: "r-1" },
      { document: "{ schools }", roles: someone("teacher").roles, requestId: "r-2" },
      { document: "{ ok }", roles: someone("principal").roles, requestId: "r-3" },
    ]);
    expect(requests).toEqual(["/people/graphql together"]);
  });

  it("go alone where they write, where one is long, and where there is only one", async () => {
    const process = await served({ people: told });
    const { ask } = await sources({ people: process.url("people") });
    await Promise.all([ask("people", { document: "mutation { done }", writes: true }), ask("people"), ask("people"), ask("people", { document: `{ ok } #${"x".repeat(70_000)}` })]);
    expect(requests.toSorted()).toEqual(["/people/graphql alone", "/people/graphql alone", "/people/graphql together"]);
    requests.length = 0;
    await ask("people");
    expect(requests).toEqual(["/people/graphql alone"]);
  });

  it("go apart where they are for other processes, or for one that never said that it takes them", async () => {
    const [one, another, older] = [await served({ people: told }), await served({ schools: told }), await other("", (_, response) => response.writeHead(500).end())];
    const { ask } = await sources({ people: one.url("people"), schools: another.url("schools"), classes: older });
    await Promise.all([ask("people"), ask("schools"), ask("classes"), ask("classes")]);
    expect(requests.filter((each) => each.endsWith("together"))).toEqual([]);
    expect(requests).toHaveLength(4);
  });

  it("are no more than 32 a request", async () => {
    const process = await served({ people: told });
    const { ask } = await sources({ people: process.url("people") });
    const replies = await Promise.all(Array.from({ length: 65 }, (_, n) => ask("people", { requestId: `r-${n}` })));
    expect(replies.map(({ data }) => (data as { requestId: string }).requestId)).toEqual(Array.from({ length: 65 }, (_, n) => `r-${n}`));
    expect(requests).toEqual(["/people/graphql together", "/people/graphql together", "/people/graphql alone"]);
  });
});

describe("of calls that go together", () => {
  it("none waits for another", async () => {
    const held = Promise.withResolvers<SubgraphReply>();
    const process = await served({ people: ({ document }) => (document === "{ slow }" ? held.promise : { data: 1 }), schools: () => ({ data: 2 }) });
    const { ask } = await sources({ people: process.url("people"), schools: process.url("schools") });
    let ended = false;
    const slow = ask("people", { document: "{ slow }" }).finally(() => (ended = true));
    expect(await Promise.all([ask("schools"), ask("people")])).toEqual([{ data: 2 }, { data: 1 }]);
    expect(ended).toBe(false);
    held.resolve({ data: 3 });
    expect(await slow).toEqual({ data: 3 });
    expect(requests).toEqual(["/people/graphql together"]);
  });

  it("one that takes too long is given up, and one with errors keeps them to itself", async () => {
    const process = await served({ people: ({ document }) => (document === "{ never }" ? new Promise(() => {}) : { data: null, errors: [{ message: "No.", path: ["ok"], extensions: { code: "FORBIDDEN" } }] }), schools: () => ({ data: 2 }) });
    const { ask, events } = await sources({ people: process.url("people"), schools: process.url("schools") }, { timeoutMs: 150 });
    const [never, refused, answered] = await Promise.all([ask("people", { document: "{ never }" }), ask("people"), ask("schools")]);
    expect([codeOf(never), refused, answered]).toEqual(["UNAVAILABLE", { data: null, errors: [{ message: "No.", path: ["ok"], extensions: { code: "FORBIDDEN" } }] }, { data: 2 }]);
    expect(events).toEqual([]);
  });

  it("those without a reply are asked again when the connection breaks", async () => {
    const url = await other("people", (request, response) => {
      response.writeHead(200, { "content-type": repliesType }).write(`1 {"data":{"alone":false}}\n0 {"data":`, () => request.socket.end());
    });
    const { ask, events } = await sources({ people: url });
    expect(await Promise.all([ask("people"), ask("people")])).toEqual([{ data: { alone: true } }, { data: { alone: false } }]);
    expect([requests.length, events]).toEqual([2, ["retried"]]);
  });

  it("each is given up where nobody answers any more, and the circuit opens", async () => {
    const process = await served({ people: told });
    const { ask, events } = await sources({ people: process.url("people") }, { breaker: { failures: 2 } });
    await process.stop();
    expect((await Promise.all([ask("people"), ask("people"), ask("people")])).map(codeOf)).toEqual(["UNAVAILABLE", "UNAVAILABLE", "UNAVAILABLE"]);
    expect([codeOf(await ask("people")), events.filter((event) => event !== "retried")]).toEqual(["UNAVAILABLE", ["opened", "turned_away"]]);
  });

  it.each([401, 404, 200])("all are sent alone where they are not taken together any more (%i)", async (status) => {
    const url = await other("people", (_, response) => response.writeHead(status, { "content-type": "application/json" }).end(`{"errors":[{"message":"What is this?"}]}`));
    const { ask } = await sources({ people: url });
    expect(await Promise.all([ask("people"), ask("people")])).toEqual([{ data: { alone: true } }, { data: { alone: true } }]);
    expect(requests).toEqual(["/people/graphql together", "/people/graphql alone", "/people/graphql alone"]);
  });

  it("one whose subgraph has left the process is sent alone", async () => {
    const url = await other("people,schools", (_, response) => response.writeHead(200, { "content-type": repliesType }).end(`0 {"data":{"alone":false}}\n1 null\n`));
    const { ask } = await sources({ people: url, schools: url });
    expect(await Promise.all([ask("people"), ask("schools")])).toEqual([{ data: { alone: false } }, { data: { alone: true } }]);
    expect(requests).toHaveLength(2);
  });
});
