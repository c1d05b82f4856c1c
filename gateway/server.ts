import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { compiledExecutionCounts } from "#foundation/serving/compiled-execution";
import { draining, type Draining } from "#foundation/serving/draining";
import type { SharedStore } from "#foundation/sharing/shared-store";
import type { Tracing } from "#foundation/serving/tracing";
import type { DataSource } from "./data-sources/data-source.ts";
import { type Authenticate, type GraphQLEndpoint, startGraphQLEndpoint } from "./graphql-endpoint.ts";
import type { BudgetOptions } from "./limits/budget.ts";
import { defaultLimits, type Limits } from "./limits/limits.ts";
import { PersistedOperations } from "./persisted/operations.ts";
import type { Log } from "./log.ts";
import { Metrics, metricsType } from "./metrics.ts";
import { defaultCaps, Held, type StreamCaps } from "./subscriptions/caps.ts";
import { SharedHeld } from "./subscriptions/shared-caps.ts";
import type { StreamRequests } from "./subscriptions/stream-requests.ts";
import { serveWebSockets } from "./subscriptions/websocket.ts";
import { SupergraphGateway } from "./supergraph-gateway.ts";

export interface GatewayOptions {
  readonly supergraphSdl: string;
  /** Where a subgraph's documents go: into this process or over HTTP. Asked once for each subgraph. */
  readonly dataSourceFor: (name: string, metrics: Metrics) => DataSource;
  readonly authenticate: Authenticate;
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  readonly log: Log;
  /** Asked in turn for paths that the gateway does not answer itself; the first that says true has answered. */
  readonly extraHandlers?: readonly ((request: IncomingMessage, response: ServerResponse) => Promise<boolean>)[];
  /** The page at `/graphql` for browsers; says false where there is none. */
  readonly explorer?: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
  /** Whether everything behind the gateway can answer, and if not, why. */
  readonly ready: () => Promise<{ ok: boolean; reasons: string[] }>;
  /** Origins of pages that may open WebSockets, besides the gateway's own. */
  readonly origins?: readonly string[];
  readonly caps?: Partial<StreamCaps>;
  /** What the nodes of this installation share; without it each counts by itself. */
  readonly shared?: SharedStore | null;
  readonly limits?: Partial<Limits>;
  /** Points that one operation may be reckoned to cost, and those of each caller. */
  readonly budget?: BudgetOptions;
  /** Operations that clients registered beforehand; none unless told. */
  readonly persisted?: PersistedOperations;
  /** Where traces go; none are made without it. */
  readonly tracing?: Tracing | null;
  /** Milliseconds that requests in flight get when the gateway stops, 9,000 unless told. */
  readonly drainMs?: number;
}

export interface RunningGateway {
  readonly port: number;
  readonly url: string;
  readonly server: Server;
  readonly gateway: SupergraphGateway;
  readonly metrics: Metrics;
  /** Runs operations that come by another way than HTTP. */
  readonly requests: StreamRequests;
  /** Accepts nothing new, finishes what is in flight, then closes the data sources. */
  stop(): Promise<void>;
}

/** The port is taken, or may not be used. The message says what to do. */
export class PortUnavailable extends Error {
  readonly code: string;

  constructor(port: number, host: string, code: string) {
    const cause = code === "EADDRINUSE" ? `Port ${port} on ${host} is already in use by another program.` : `Port ${port} on ${host} cannot be used (${code}).`;
    super(`${cause} Stop that program, or choose another port with PORT, for example PORT=${port + 10}.`);
    this.name = "PortUnavailable";
    this.code = code;
  }
}

/**
 * Starts the gateway: `/graphql` (with GraphiQL for browsers), `/health/live`, `/health/ready`, `/metrics`, and
 * whatever the extra handlers answer.
 * @throws PortUnavailable when it cannot listen.
 */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const { log, host } = options;
  const metrics = new Metrics();
  const gateway = new SupergraphGateway({ supergraphSdl: options.supergraphSdl, dataSourceFor: (name) => options.dataSourceFor(name, metrics), metrics, report: (err, message) => log.error({ err }, message), ...(options.budget ? { budget: options.budget } : {}) });
  readFigures(metrics, gateway);
  const caps = { ...defaultCaps, ...options.caps };
  const held = (what: string, most: number) => (options.shared ? new SharedHeld(options.shared, what, most) : new Held(most));
  const holdings = { connections: held("connections", caps.perCaller), subscriptions: held("subscriptions", caps.subscriptionsPerCaller) };
  const endpoint = await startGraphQLEndpoint({ gateway, authenticate: options.authenticate, limits: { ...defaultLimits, ...options.limits }, log, metrics, persisted: options.persisted ?? new PersistedOperations("allow", []), tracing: options.tracing, caps, subscriptions: holdings.subscriptions });
  const server = createServer((request, response) => {
    answer(request, response, { options, endpoint, metrics, ending }).catch((error: unknown) => {
      log.error({ err: error }, "A request failed outside of GraphQL.");
      if (!response.headersSent) sendText(response, 500, "Something went wrong on our side.\n");
      else response.destroy();
    });
  });
  const ending = draining(server);
  server.keepAliveTimeout = 65_000;
  const sockets = serveWebSockets({ server, requests: endpoint.streams, authenticate: (authorization, request) => endpoint.callerOf(authorization, request), origins: options.origins ?? [], caps, held: holdings.connections, log });
  metrics.read("osss_websocket_connections", "WebSocket connections that are open.", () => sockets.connections());
  metrics.read("osss_subscriptions", "Subscriptions that are open on this node.", () => holdings.subscriptions.size);
  try {
    await listen(server, options.port, host);
  } catch (error) {
    await endpoint.stop();
    const code = (error as NodeJS.ErrnoException).code ?? "";
    throw code.startsWith("E") ? new PortUnavailable(options.port, host, code) : error;
  }
  const { port } = server.address() as AddressInfo;
  let stopped: Promise<void> | undefined;
  return {
    port,
    url: `http://${host.includes(":") ? `[${host}]` : host === "0.0.0.0" ? "localhost" : host}:${port}`,
    server,
    gateway,
    metrics,
    requests: endpoint.streams,
    stop: () => {
      ending.begin();
      // Long connections first: their clients come again elsewhere, while what is being answered is finished.
      return (stopped ??= sockets.stop().then(() => endpoint.endStreams()).then(() => ending.drain(options.drainMs ?? 9_000)).then(() => endpoint.stop()).then(() => Promise.all(Object.values(holdings).map((each) => each.close()))).then(() => undefined));
    },
  };
}

interface Parts {
  readonly options: GatewayOptions;
  readonly endpoint: GraphQLEndpoint;
  readonly metrics: Metrics;
  readonly ending: Draining;
}

async function answer(request: IncomingMessage, response: ServerResponse, { options, endpoint, metrics, ending }: Parts): Promise<void> {
  const path = (request.url ?? "/").split("?", 1)[0];
  switch (path) {
    case "/graphql":
      if (wantsPage(request)) {
        if (await options.explorer?.(request, response)) return;
        return sendText(response, 404, "The page to write queries on is not built here. The API answers at this address: send it an operation by POST.\n");
      }
      return endpoint.handle(request, response);
    case "/health/live":
      return sendJson(response, 200, { ok: true });
    case "/health/ready": {
      const { ok, reasons } = ending.stopping ? { ok: false, reasons: ["The gateway is stopping."] } : await options.ready();
      return sendJson(response, ok ? 200 : 503, { ok, reasons });
    }
    case "/metrics": {
      const page = await metrics.page();
      response.setHeader("content-type", metricsType);
      response.end(page);
      return;
    }
  }
  for (const handler of options.extraHandlers ?? []) if (await handler(request, response)) return;
  sendText(response, 404, "There is nothing at this address. The API is at /graphql.\n");
}

/** A browser that opens the address, not a client that sends a query by GET. */
function wantsPage(request: IncomingMessage): boolean {
  return request.method === "GET" && (request.headers.accept ?? "").includes("text/html") && !/[?&]query=/.test(request.url ?? "");
}

function readFigures(metrics: Metrics, gateway: SupergraphGateway): void {
  metrics.read("process_resident_memory_bytes", "Memory of this process.", () => process.memoryUsage.rss());
  metrics.read("process_heap_used_bytes", "Heap in use in this process.", () => process.memoryUsage().heapUsed);
  metrics.read("process_uptime_seconds", "Seconds since this process started.", () => process.uptime());
  metrics.read("osss_plan_cache_entries", "Query plans that are kept.", () => gateway.preparer.plans.size);
  metrics.read("osss_plan_cache_hits_total", "Requests whose plan was known.", () => gateway.preparer.plans.hits, "counter");
  metrics.read("osss_plan_cache_misses_total", "Requests that had to be planned.", () => gateway.preparer.plans.misses, "counter");
  metrics.read("osss_queries_joined_total", "Queries answered by an equal one of the same caller that was under way.", () => gateway.inFlight.joined, "counter");
  metrics.read("osss_documents_compiled_total", "Subgraph documents compiled in this process.", () => compiledExecutionCounts.compiled, "counter");
  metrics.read("osss_executor_fallbacks_total", "Subgraph documents that could not be compiled and are interpreted.", () => compiledExecutionCounts.interpreted, "counter");
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" }).end(`${JSON.stringify(value)}\n`);
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(text);
}
