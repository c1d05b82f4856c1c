import { Readable } from "node:stream";
import { Client, fetchExchange, subscriptionExchange, type ExchangeInput } from "@urql/core";
import { createClient as createSseClient } from "graphql-sse";
import { createClient } from "graphql-ws";
import { describe, expect, it } from "vitest";
import WebSocket from "ws";
import { until } from "#foundation/testing/until";
import { testGateway, type TestGateway } from "./running-gateway.ts";
import { changed, reader, remoteGateway, watch } from "./subscribers.ts";

/** urql as applications set it up: over graphql-ws, over graphql-sse, and with its own reading of event streams. */
const headers = { authorization: "Roles principal" };
const kinds: Record<string, (running: TestGateway) => { urql: Client; end: () => unknown }> = {
  "subscriptionExchange over graphql-ws": ({ gateway }) => {
    const client = createClient({ url: `${gateway.url.replace("http", "ws")}/graphql`, webSocketImpl: WebSocket, connectionParams: headers, retryAttempts: 0 });
    return { urql: urqlOver(gateway.url, (request, sink) => client.subscribe(request, sink)), end: () => client.dispose() };
  },
  "subscriptionExchange over graphql-sse": ({ gateway }) => {
    const client = createSseClient({ url: `${gateway.url}/graphql`, headers, retryAttempts: 0 });
    return { urql: urqlOver(gateway.url, (request, sink) => client.subscribe(request, sink)), end: () => client.dispose() };
  },
  "fetchSubscriptions": ({ gateway }) => ({
    urql: new Client({ url: `${gateway.url}/graphql`, exchanges: [fetchExchange], preferGetMethod: false, fetchSubscriptions: true, fetch: quietly, fetchOptions: { headers } }),
    end: () => undefined,
  }),
};

/** urql lets the error of a body that it has itself aborted go to nobody, which a test takes for a fault: here such a body just ends. */
const quietly: typeof fetch = async (input, init) => {
  const reply = await fetch(input, init);
  async function* body() {
    try {
      yield* reply.body as AsyncIterable<Uint8Array>;
    } catch (error) {
      if (!init?.signal?.aborted) throw error;
    }
  }
  return new Response(Readable.toWeb(Readable.from(body(), { objectMode: false })) as never, { status: reply.status, headers: reply.headers });
};

interface Sink { next: (value: never) => void; error: (error: unknown) => void; complete: () => void }
function urqlOver(url: string, open: (request: { query: string; variables?: Record<string, unknown> }, sink: Sink) => () => void): Client {
  const forward = ({ query, variables }: { query?: string; variables?: unknown }) => ({
    subscribe: (sink: Sink) => ({ unsubscribe: open({ query: query!, variables: variables as Record<string, unknown> }, sink) }),
  });
  return new Client({ url: `${url}/graphql`, preferGetMethod: false, exchanges: [subscriptionExchange({ forwardSubscription: forward as never }) as (input: ExchangeInput) => never] });
}

describe.each([["in one process", () => testGateway()], ["with subgraphs over HTTP", remoteGateway]] as const)("urql, %s", (_, start) => {
  it.each(Object.keys(kinds))("by %s gets every event in order, errors beside data, and ends it", async (kind) => {
    await using running = await start();
    const { urql, end } = kinds[kind]!(running);
    const told = reader((sink) => urql.subscription(watch, {}).subscribe(({ data, error }) => sink.next({ data, ...(error ? { errors: error.graphQLErrors } : {}) } as never)).unsubscribe);
    const closed = reader((sink) => urql.subscription("subscription { schoolChanged { school { name budget } } }", {}).subscribe(({ data, error }) => sink.next({ data, errors: error?.graphQLErrors } as never)).unsubscribe);
    await until(() => running.district.changes.listeners === 2);
    for (let n = 0; n < 5; n++) running.district.changes.send("schoolChanged", { ...changed(running), action: `A${n}` });
    for (let n = 0; n < 5; n++) expect(await told.next()).toMatchObject({ data: { schoolChanged: { action: `A${n}`, school: { id: "s1", name: "School 1", clinicHours: "8-12", staff: [{ name: "Person 2" }, null, { name: "Person 4" }] } } } });
    expect(await closed.next()).toMatchObject({ data: { schoolChanged: { school: { name: "School 1", budget: null } } }, errors: [{ extensions: { code: "FORBIDDEN", coordinate: "School.budget" } }] });
    told.stop();
    closed.stop();
    await until(() => running.district.changes.listeners === 0);
    await end();
  });
});
