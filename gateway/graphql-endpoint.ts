import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { ApolloServer, HeaderMap, type HTTPGraphQLResponse } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import { getOperationAST, GraphQLError, parse } from "graphql";
import type { Identity } from "#foundation/identity/identity";
import type { Tracing } from "#foundation/serving/tracing";
import { utf8 } from "#foundation/serving/utf8";
import { authorizationHeader, readAuthorizationMode } from "./authorization/modes.ts";
import { type CallerContext, currentCaller } from "./caller-context.ts";
import { maskError, statusOf } from "./errors.ts";
import { readBody } from "./limits/body-size.ts";
import { DocumentLimits, type Limits } from "./limits/limits.ts";
import { refuseWayOfSending, refuseWriteByAddress } from "./limits/way-of-sending.ts";
import type { PersistedOperations } from "./persisted/operations.ts";
import { withPersisted } from "./persisted/request.ts";
import { KnownRequests } from "./known-requests.ts";
import type { Log } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import type { Holdings, StreamCaps } from "./subscriptions/caps.ts";
import { answerAsEventStream, wantsEventStream } from "./subscriptions/event-stream.ts";
import { StreamRequests, tokenEnded } from "./subscriptions/stream-requests.ts";
import type { SupergraphGateway } from "./supergraph-gateway.ts";

/** Ranges of points in the metrics. */
const costBounds = [1, 10, 50, 100, 500, 1_000, 5_000, 10_000, 50_000];

/** Says who sent a request. Rejects with an error of code UNAUTHENTICATED for a token that is not accepted. */
export type Authenticate = (request: IncomingMessage) => Promise<{ identity: Identity; requestId: string; client?: string | null }>;

export interface GraphQLEndpointOptions {
  readonly gateway: SupergraphGateway;
  readonly authenticate: Authenticate;
  readonly limits: Limits;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Operations that clients registered beforehand. */
  readonly persisted: PersistedOperations;
  readonly caps: StreamCaps;
  /** Subscriptions of each caller. */
  readonly subscriptions: Holdings;
  /** Null or left out: no traces are made. */
  readonly tracing?: Tracing | null;
}

/** Answers GraphQL over HTTP. */
export interface GraphQLEndpoint {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Operations that come by another way than one request with one reply. */
  readonly streams: StreamRequests;
  /** A new caller for a token that comes without a request's headers: a WebSocket's first message. */
  callerOf(authorization: string | undefined, request: IncomingMessage): Promise<CallerContext>;
  /** Completes every event stream: the gateway stops. */
  endStreams(): void;
  stop(): Promise<void>;
}

/**
 * Starts Apollo Server over the gateway: CSRF prevention on; batching, landing page, persisted queries and every report
 * to the outside off. Replies carry `x-request-id`; each leaves one log line without names or variables.
 */
export async function startGraphQLEndpoint({ gateway, authenticate, limits, log, metrics, persisted, caps, subscriptions, tracing }: GraphQLEndpointOptions): Promise<GraphQLEndpoint> {
  const server = new ApolloServer<CallerContext>({
    gateway,
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: limits.tokens },
    logger: {
      debug: () => {},
      info: () => {},
      // Behind the first colon it may quote what somebody sent.
      warn: (message: unknown) => log.warn({}, String(message).split(":", 1)[0]!),
      error: (message: unknown) => log.error({}, String(message).split(":", 1)[0]!),
    },
    formatError: (_, error) => {
      const caller = currentCaller.getStore();
      return mask(error, caller, caller?.requestId ?? "unknown");
    },
    stringifyResult: (result) => JSON.stringify(result),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      {
        requestDidStart: async () => ({
          parsingDidStart: async () => void read.add(currentCaller.getStore()!),
          didResolveOperation: async ({ operationName }) => {
            read.add(currentCaller.getStore()!);
            note(operationName);
          },
          willSendResponse: async ({ request, response, source, queryHash, operation, operationName }) => {
            if (response.body.kind !== "single") return;
            noteCost(response.body.singleResult.extensions?.["cost"]);
            const known = operation && source && queryHash ? gateway.known(queryHash, operationName ?? request.operationName) : undefined;
            if (known && source) requests.learn(source, request.operationName, known);
          },
        }),
      },
    ],
  });
  await server.start();
  const requests = new KnownRequests({ gateway, mask: (error, caller) => mask(error, caller, caller.requestId) });
  const documents = new DocumentLimits(limits);
  const names = new WeakMap<CallerContext, string>();
  const costs = new WeakMap<CallerContext, { readonly estimated?: number; readonly actual?: number }>();
  /** Requests that were well formed: what is wrong with them, if anything, is said in the language of GraphQL. */
  const read = new WeakSet<CallerContext>();
  const note = (operationName: string | null) => {
    const caller = currentCaller.getStore();
    if (caller && operationName) names.set(caller, operationName.slice(0, 100));
  };
  const noteCost = (cost: unknown) => {
    const caller = currentCaller.getStore();
    if (!caller || typeof cost !== "object" || cost === null) return;
    costs.set(caller, cost);
    const { actual } = cost as { actual?: number };
    if (actual !== undefined) metrics.observe("osss_request_cost", "Points that requests came to.", {}, actual, costBounds);
  };

  /** Nobody who is not signed in is told names of the graph; others are told those that their roles open. */
  const suggestionsFor = (caller: Partial<CallerContext> | undefined) => {
    const identity = caller?.identity;
    if (!identity || identity.subject === null) return () => false;
    return (name: string) => gateway.supergraph.visible.for(identity.roles).knows(name);
  };

  const mask = (error: unknown, caller: Partial<CallerContext> | undefined, requestId: string) => {
    const { reply, report } = maskError(error, { requestId, mayBeSuggested: suggestionsFor(caller) });
    metrics.count("osss_errors_total", "Errors in replies, by code.", { code: String(reply.extensions?.["code"]) });
    if (report !== null) log.error({ requestId, err: report }, "An error was masked.");
    return reply;
  };

  /** Replies with one error where Apollo Server was not reached. */
  const refuse = (error: unknown, caller: CallerContext | undefined, requestId: string): HTTPGraphQLResponse => {
    const reply = mask(error, caller, requestId);
    const told = (error as { extensions?: { http?: { status?: number; headers?: ReadonlyMap<string, string> } } }).extensions?.http;
    return {
      status: told?.status ?? statusOf(reply.extensions?.["code"]),
      headers: new HeaderMap([["content-type", "application/json; charset=utf-8"], ...(told?.headers ?? [])]),
      body: { kind: "complete", string: JSON.stringify({ errors: [reply] }) },
    };
  };

  const answer = async (request: IncomingMessage, search: string, caller: CallerContext): Promise<HTTPGraphQLResponse> => {
    const sent = request.method === "POST" ? readJson(await readBody(request, limits.bodyBytes)) : Object.fromEntries(new URLSearchParams(search));
    const asked = withPersisted(sent, persisted);
    const get = request.method !== "POST";
    const known = get ? null : requests.find(asked, request.headers.accept);
    if (known) {
      read.add(caller);
      note(known.operation.written.operation.name?.value ?? null);
      const { reply, extensions } = await requests.answer(known, caller);
      noteCost(extensions?.["cost"]);
      return reply;
    }
    const { query: text, operationName } = (asked ?? {}) as { query?: unknown; operationName?: unknown };
    if (isObject(asked) && (text === undefined || text === null || text === "")) throw invalid('There is no operation in this request. Send {"query": "{ ... }"}, or the hash of a persisted one as "documentId".');
    const exceeded = typeof text === "string" ? documents.exceededBy(text) : null;
    if (exceeded) throw exceeded;
    if (get && typeof text === "string") refuseWriteByAddress(kindOf(text, operationName));
    const reply = await server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: request.method ?? "GET", headers: headersOf(request), search: get ? new URLSearchParams(asked as Record<string, string>).toString() : search, body: get ? undefined : asked },
      context: async () => caller,
    });
    // Where the status is another, nothing may have been negotiated.
    if (reply.body.kind === "complete" && (reply.status ?? 200) === 200) requests.learnType(request.headers.accept, reply.headers.get("content-type"));
    return reply;
  };

  const streams = new StreamRequests({ gateway, documents, limits, persisted, caps, held: subscriptions, tracing: tracing ?? null, mask: (error, caller) => mask(error, caller, caller.requestId) });
  const stopping = new AbortController();
  const callerOf = async (request: IncomingMessage): Promise<CallerContext> => {
    const { identity, requestId, client = null } = await authenticate(request);
    const { "idempotency-key": idempotencyKey, traceparent } = request.headers;
    return { identity, requestId, client, authorization: readAuthorizationMode(request.headers[authorizationHeader]), address: request.socket.remoteAddress, ...(typeof idempotencyKey === "string" ? { idempotencyKey } : {}), ...(typeof traceparent === "string" ? { traceparent } : {}) };
  };

  /** One operation as an event stream. What refuses it before it runs is an ordinary reply with a status. */
  const streamTo = async (request: IncomingMessage, search: string, response: ServerResponse): Promise<void> => {
    let caller: CallerContext | undefined;
    try {
      refuseWayOfSending(request, search);
      caller = await callerOf(request);
      const body = request.method === "POST" ? readJson(await readBody(request, limits.bodyBytes)) : fromSearch(search);
      const known = caller;
      metrics.count("osss_event_streams_total", "Operations answered as event streams.");
      await answerAsEventStream(body, known, response, { requests: streams, stopping: stopping.signal, ended: (whose) => ({ errors: [mask(tokenEnded(), whose, whose.requestId)] }) });
    } catch (error) {
      if (response.headersSent) return void response.destroy();
      const requestId = caller?.requestId ?? randomUUID();
      await send(response, refuse(error, caller, requestId), requestId);
    }
  };

  return {
    streams,
    callerOf: (authorization, request) => callerOf(Object.assign(Object.create(request) as IncomingMessage, { headers: { ...request.headers, authorization } })),
    async handle(request, response) {
      const search = searchOf(request.url);
      if (wantsEventStream(request)) return streamTo(request, search, response);
      const started = performance.now();
      const trace = tracing?.begin("graphql", request.headers["traceparent"]);
      let caller: CallerContext | undefined;
      // Of a caller who is turned away; the others bring theirs.
      let requestId: string = randomUUID();
      let reply: HTTPGraphQLResponse;
      try {
        refuseWayOfSending(request, search);
        const known = (caller = { ...(await callerOf(request)), ...(trace ? { trace } : {}) });
        requestId = known.requestId;
        reply = await inTime(limits.timeoutMs, currentCaller.run(known, () => answer(request, search, known)));
        if (read.has(known)) reply.status = statusFor(request.headers.accept, reply.status);
      } catch (error) {
        reply = refuse(error, caller, requestId);
      }
      await send(response, reply, requestId);
      const seconds = (performance.now() - started) / 1000;
      const status = String(reply.status ?? 200);
      metrics.count("osss_requests_total", "Requests to /graphql, by status.", { status });
      metrics.time("osss_request_seconds", "Time until a request to /graphql was answered.", {}, seconds);
      const operation = (caller && names.get(caller)) ?? null;
      const cost = (caller && (costs.get(caller)?.actual ?? costs.get(caller)?.estimated)) ?? null;
      trace?.end({ "osss.request_id": requestId, "http.response.status_code": reply.status ?? 200, ...(operation === null ? {} : { "graphql.operation.name": operation }), ...(cost === null ? {} : { "osss.cost": cost }) }, (reply.status ?? 200) >= 500 ? status : undefined);
      log.info(
        {
          requestId,
          operation,
          accountId: caller?.identity.accountId ?? null,
          status: reply.status ?? 200,
          cost,
          milliseconds: Math.round(seconds * 10_000) / 10,
        },
        "graphql",
      );
    },
    endStreams: () => stopping.abort(),
    stop: () => server.stop(),
  };
}

/** What follows the path of a request's address: `?` and more, or nothing. */
function searchOf(url = "/"): string {
  return url.includes("?") ? new URL(url, "http://localhost").search : "";
}

/** The parts of an operation in an address, variables and extensions as objects. */
function fromSearch(search: string): Record<string, unknown> {
  const parts: Record<string, unknown> = Object.fromEntries(new URLSearchParams(search));
  for (const name of ["variables", "extensions"]) {
    if (typeof parts[name] !== "string") continue;
    try {
      parts[name] = JSON.parse(parts[name]) as unknown;
    } catch {
      throw invalid(`The ${name} in the address are not JSON. Write them as a JSON object, percent-encoded.`);
    }
  }
  return parts;
}

/**
 * Who asks for `application/json` alone gets 200 with the errors of a document that does not parse, does not validate or is sent wrong
 * variables, as the specification wants it for clients that cannot tell a gateway's 400 from ours.
 */
function statusFor(accept: string | undefined, status: number | undefined): number | undefined {
  return status === 400 && accept !== undefined && accept.includes("application/json") && !accept.includes("application/graphql-response+json") ? 200 : status;
}

/** The reply, or an error where it takes too long: nobody waits for ever for a subgraph that hangs. */
async function inTime<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new GraphQLError(`This request took longer than ${milliseconds / 1000} seconds and was given up. Ask for less at once; a change that you sent may still be made, so look before you send it again.`, { extensions: { code: "UNAVAILABLE", http: { status: 503 } } })), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}

function readJson(body: Buffer): unknown {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString("utf8"));
  } catch {
    throw invalid('The body is not JSON. Send {"query": "...", "variables": {...}}.');
  }
  if (!isObject(parsed)) throw invalid('The body is no JSON object. Send {"query": "...", "variables": {...}}.');
  if (!Array.isArray(parsed)) return parsed;
  throw new GraphQLError("Several operations in one request are not accepted. Send one at a time.", {
    extensions: { code: "LIMIT_EXCEEDED", limit: 1, http: { status: 400 } },
  });
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
const invalid = (message: string): GraphQLError => new GraphQLError(message, { extensions: { code: "VALIDATION_FAILED", http: { status: 400 } } });

/** What the operation would do; undefined where the server has more to say about the document. */
function kindOf(text: string, operationName: unknown): string | undefined {
  try {
    return getOperationAST(parse(text, { noLocation: true }), typeof operationName === "string" ? operationName : undefined)?.operation;
  } catch {
    return undefined;
  }
}

function headersOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return headers;
}

async function send(response: ServerResponse, reply: HTTPGraphQLResponse, requestId: string): Promise<void> {
  if (response.destroyed) return;
  const headers: Record<string, string> = Object.fromEntries(reply.headers);
  headers["x-request-id"] = requestId;
  headers["cache-control"] = "no-store";
  if (reply.status === 401) headers["www-authenticate"] = "Bearer";
  // What is left of a body that was not read would be read for nothing.
  if (reply.status === 413) headers["connection"] = "close";
  if (reply.body.kind === "complete") {
    const body = utf8(reply.body.string);
    headers["content-length"] = String(Buffer.byteLength(body));
    response.writeHead(reply.status ?? 200, headers).end(body);
    return;
  }
  response.writeHead(reply.status ?? 200, headers);
  for await (const chunk of reply.body.asyncIterator) response.write(chunk);
  response.end();
}
