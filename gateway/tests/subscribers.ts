import { createClient as createSseClient } from "graphql-sse";
import { type Client, type CloseCode, createClient } from "graphql-ws";
import WebSocket from "ws";
import { serveOverHttp } from "#foundation/serving/http-service";
import { overHttp } from "../data-sources/http.ts";
import { Metrics } from "../metrics.ts";
import { testGateway, type TestGateway } from "./running-gateway.ts";
import type { WatchedSubgraph } from "./school-federation.ts";

/** One reply of a subscription, as its client gets it. */
export interface Told { data?: Record<string, unknown> | null; errors?: readonly { message: string; extensions?: Record<string, unknown> }[] }

export function socketClient(running: TestGateway, roles: string | null, more: { headers?: Record<string, string>; closed?: (code: number) => void } = {}): Client {
  class WithHeaders extends WebSocket {
    constructor(url: string, protocols: string) {
      super(url, protocols, { headers: more.headers ?? {} });
    }
  }
  return createClient({
    url: `${running.gateway.url.replace("http", "ws")}/graphql`,
    webSocketImpl: WithHeaders,
    connectionParams: roles === null ? {} : { authorization: `Roles ${roles}` },
    retryAttempts: 0,
    ...(more.closed ? { on: { closed: (event) => more.closed!((event as { code: CloseCode }).code) } } : {}),
  });
}

/** Reads a subscription; `next` waits for an event. */
export function reader(subscribe: (sink: { next: (value: Told) => void; error: (error: unknown) => void; complete: () => void }) => () => void) {
  const told: Told[] = [];
  let wake = () => {};
  let end: { error?: unknown } | null = null;
  const stop = subscribe({ next: (value) => (told.push(value), wake()), error: (error) => ((end = { error }), wake()), complete: () => ((end ??= {}), wake()) });
  return {
    told,
    stop,
    async next(): Promise<Told> {
      while (told.length === 0) {
        if (end) throw new Error(`ended: ${JSON.stringify((end as { error?: unknown }).error ?? "complete")}`);
        await new Promise<void>((done) => (wake = done));
      }
      return told.shift()!;
    },
    async ended(): Promise<unknown> {
      while (!end) await new Promise<void>((done) => (wake = done));
      return (end as { error?: unknown }).error;
    },
  };
}
export const overSocket = (client: Client, query: string, variables?: Record<string, unknown>) => reader((sink) => client.subscribe({ query, variables }, sink as never));
export const overSse = (running: TestGateway, roles: string, query: string, variables?: Record<string, unknown>) => {
  const client = createSseClient({ url: `${running.gateway.url}/graphql`, headers: { authorization: `Roles ${roles}` }, retryAttempts: 0 });
  return reader((sink) => client.subscribe({ query, variables }, sink as never));
};

export const watch = "subscription Watch($id: ID) { schoolChanged(id: $id) { action school { id name clinicHours staff { name } } } }";
export const changed = (running: TestGateway, n = 0) => ({ action: "UPDATED", school: running.district.schools[n] });

/** The same subgraphs, each behind HTTP. */
export async function remoteGateway() {
  const key = Buffer.alloc(32, 7);
  const stops: (() => Promise<void>)[] = [];
  const urls = new Map<string, string>();
  const running = await testGateway({
    sources: (services: ReadonlyMap<string, WatchedSubgraph>) => (name) => {
      let source: ReturnType<typeof overHttp> | undefined;
      const opened = serveOverHttp({ services: [services.get(name)!], key, port: 0, host: "127.0.0.1", ready: async () => ({ ok: true, reasons: [] }), log: { debug() {}, info() {}, warn() {}, error() {} }, metrics: new Metrics() }).then((server) => {
        stops.push(() => server.stop());
        urls.set(name, `http://127.0.0.1:${server.port}/graphql`);
        source = overHttp({ name, url: urls.get(name)!, key });
      });
      return { execute: async (request) => (await opened, source!.execute(request)), subscribe: async (request) => (await opened, source!.subscribe!(request)), close: async () => source?.close?.() };
    },
  });
  return Object.assign(running, { async [Symbol.asyncDispose]() { await running.gateway.stop(); await Promise.all(stops.map((stop) => stop())); } });
}
