import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { errorCodes, OsssError } from "../errors/errors.ts";
import { rememberedMs, SeenOnce, verifySignedCalls, verifySignedIdentity } from "../identity/signed-identity.ts";
import type { Readiness } from "./readiness.ts";
import { drained } from "./drained.ts";
import { draining } from "./draining.ts";
import type { HttpHandler } from "./http-handler.ts";
import type { Log } from "./log.ts";
import { type Metrics, metricsType } from "./metrics.ts";
import type { WritesOnce } from "../sharing/writes-once.ts";
import type { Tracing } from "./tracing.ts";
import { callsType, readCalls, repliesType, replyLine, togetherHeader } from "./several-calls.ts";
import { utf8 } from "./utf8.ts";
import type { SubgraphReply, SubgraphRequest, SubgraphService } from "./subgraph-service.ts";

export interface HttpServiceOptions {
  services: readonly SubgraphService[];
  /** Addresses beside GraphQL, by how they begin. */
  http?: readonly { readonly prefix: string; readonly answer: HttpHandler | null }[];
  /** The 32 bytes that gateway and subgraphs share. */
  key: Uint8Array;
  /** 0 takes any free port. */
  port: number;
  host: string;
  /** Whether the database answers, and if not, why. */
  ready: () => Promise<Readiness>;
  log: Log;
  metrics: Metrics;
  /** What other processes of the same subgraphs have written already; without it each knows its own calls alone. */
  writesOnce?: WritesOnce | null;
  /** Where traces go; none are made without it. */
  tracing?: Tracing | null;
}

export interface RunningHttpService {
  readonly port: number;
  /** Accepts nothing new, finishes what runs. */
  stop(): Promise<void>;
}

const identityHeader = "osss-identity";
/** Milliseconds that calls in flight get when it stops. */
const drainMs = 9_000;
/** A mutation: what a document begins with, or what follows a fragment. */
const writing = /(?:^|\})\s*mutation\b/;
const maxBodyBytes = 16 * 1024 * 1024;

/**
 * Serves subgraphs over HTTP to the gateway alone: `/<name>/graphql` answers only to an identity that the gateway signed for this
 * subgraph, this body and the last 30 seconds, and only once. One subgraph may also be reached at `/graphql`. Several calls may come in one
 * request, also for different subgraphs of this process.
 */
export async function serveOverHttp(options: HttpServiceOptions): Promise<RunningHttpService> {
  const byName = new Map(options.services.map((service) => [service.name, service]));
  const open = new Set<AsyncIterableIterator<SubgraphReply>>();
  const seen = new SeenOnce();
  const only = options.services.length === 1 ? options.services[0]! : null;
  const together = [...byName.keys()].sort().join(",");
  const server: Server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      options.log.error({ err: error }, "A request failed outside of GraphQL.");
      if (!response.headersSent) send(response, 500, { errors: [{ message: "Something went wrong on our side.", extensions: { code: "INTERNAL" } }] });
      else response.destroy();
    });
  });

  const ending = draining(server);
  // Longer than the gateway keeps one that it does not use: it must not send into a connection that is being closed.
  server.keepAliveTimeout = 65_000;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? "/").split("?", 1)[0]!;
    if (path === "/health/live") return send(response, 200, { ok: true });
    if (path === "/health/ready") {
      const state = ending.stopping ? { ok: false, reasons: ["It is stopping."] } : await options.ready();
      return send(response, state.ok ? 200 : 503, state);
    }
    if (path === "/metrics") {
      const page = await options.metrics.page();
      response.writeHead(200, { "content-type": metricsType }).end(page);
      return;
    }
    const beside = options.http?.find(({ prefix, answer }) => answer !== null && path.startsWith(prefix));
    if (beside) return beside.answer!(request, response);
    const name = /^\/([a-z]+)\/graphql$/.exec(path)?.[1];
    const service = path === "/graphql" ? only : name ? byName.get(name) : undefined;
    if (!service || request.method !== "POST") return send(response, 404, { errors: [{ message: "There is no subgraph at this address.", extensions: { code: "NOT_FOUND" } }] });
    const body = await readBody(request);
    const jws = String(request.headers[identityHeader] ?? "");
    if (request.headers["content-type"] === callsType) return several(service, jws, body, response);
    let signed: Awaited<ReturnType<typeof verifySignedIdentity>>;
    try {
      signed = await verifySignedIdentity(jws, { subgraph: service.name, body, seen }, options.key);
    } catch (error) {
      return refuse(response, error);
    }
    const { query, variables, operationName } = JSON.parse(body.toString("utf8")) as { query: string; variables?: Record<string, unknown>; operationName?: string };
    if (options.writesOnce && writing.test(query) && (await options.writesOnce.again(signed.id, rememberedMs))) return refuse(response, OsssError.unauthenticated());
    const call = { document: query, variables, operationName, identity: signed.identity, requestId: signed.requestId };
    if ((request.headers.accept ?? "").includes("text/event-stream")) return stream(service, call, request.headers["traceparent"], response);
    const idempotencyKey = request.headers["idempotency-key"];
    await run(service, { ...call, idempotencyKey: typeof idempotencyKey === "string" ? idempotencyKey : undefined }, request.headers["traceparent"], (reply) => send(response, 200, reply, { [togetherHeader]: together }));
  }

  async function run(service: SubgraphService, call: SubgraphRequest, traceparent: string | string[] | undefined, reply: (reply: SubgraphReply) => void): Promise<void> {
    const started = performance.now();
    const trace = options.tracing?.begin("call", traceparent);
    const replied = await service.execute(call);
    const milliseconds = performance.now() - started;
    trace?.end({ "osss.subgraph": service.name, "osss.request_id": call.requestId, "osss.errors": replied.errors?.length ?? 0 });
    reply(replied);
    note(service.name, call, call.operationName, replied, milliseconds);
  }

  /** Calls that came together: each is run by itself, and its reply leaves with those that are there at the same moment. */
  async function several(addressed: SubgraphService, jws: string, body: Buffer, response: ServerResponse): Promise<void> {
    try {
      verifySignedCalls(jws, { subgraph: addressed.name, body, seen }, options.key);
    } catch (error) {
      return refuse(response, error);
    }
    const calls = readCalls(body.toString("utf8"));
    // A call that writes comes alone, where it is taken once by all processes.
    if (calls === null || calls.some(({ request }) => writing.test(request.document))) return send(response, 400, { errors: [{ message: "These are no calls that this version can read.", extensions: { code: "VALIDATION_FAILED" } }] });
    let [lines, missing] = ["", calls.length];
    let leaves: NodeJS.Immediate | undefined;
    const leave = () => {
      leaves = undefined;
      const piece = utf8(lines);
      lines = "";
      if (!response.headersSent) response.writeHead(200, { "content-type": repliesType, ...(missing === 0 ? { "content-length": Buffer.byteLength(piece) } : {}) });
      if (missing === 0) response.end(piece);
      else response.write(piece);
    };
    const replied = (index: number, reply: SubgraphReply | null) => {
      lines += replyLine(index, reply);
      missing--;
      if (missing > 0) return void (leaves ??= setImmediate(leave));
      clearImmediate(leaves);
      leave();
    };
    await Promise.all(
      calls.map(async ({ subgraph, request }, index) => {
        const service = byName.get(subgraph);
        if (service) await run(service, request, request.traceparent, (reply) => replied(index, reply));
        else replied(index, null);
      }),
    );
  }

  /** One line for each call, under the request id that the gateway gave it, and the cause of what will be masked. */
  function note(subgraph: string, { identity, requestId }: Pick<SubgraphRequest, "identity" | "requestId">, operationName: string | undefined, reply: SubgraphReply, milliseconds: number): void {
    const errors = reply.errors ?? [];
    for (const error of errors) {
      const code = (error.extensions?.["code"] as string | undefined) ?? "INTERNAL";
      options.metrics.count("osss_subgraph_errors_total", "Errors in a subgraph's replies, by code.", { subgraph, code: errorCodes.includes(code as never) ? code : "INTERNAL" });
      if (code === "INTERNAL" || !errorCodes.includes(code as never)) options.log.error({ requestId, subgraph, err: error }, "A call failed.");
    }
    options.metrics.count("osss_subgraph_calls_total", "Documents sent to subgraphs.", { subgraph, outcome: errors.length === 0 ? "ok" : "errors" });
    options.metrics.time("osss_subgraph_call_seconds", "Time until a subgraph answered.", { subgraph }, milliseconds / 1000);
    options.log.info({ requestId, subgraph, operation: operationName?.slice(0, 100) ?? null, accountId: identity.accountId, errors: errors.length, milliseconds: Math.round(milliseconds * 10) / 10 }, "call");
  }

  /** A subscription: each reply as an event, the next one only when the gateway has taken the one before. */
  async function stream(service: SubgraphService, subscription: SubgraphRequest, traceparent: string | string[] | undefined, response: ServerResponse): Promise<void> {
    const trace = options.tracing?.begin("call", traceparent);
    const opened = await service.subscribe(subscription);
    const refused = !(Symbol.asyncIterator in opened);
    trace?.end({ "osss.subgraph": service.name, "osss.request_id": subscription.requestId, "osss.errors": refused ? (opened.errors?.length ?? 0) : 0 });
    if (refused) return send(response, 200, opened);
    open.add(opened);
    response.once("close", () => void opened.return!());
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store" });
    response.flushHeaders();
    try {
      for await (const reply of opened) {
        response.write(`event: next\ndata: ${JSON.stringify(reply)}\n\n`);
        await drained(response);
      }
    } finally {
      open.delete(opened);
      await opened.return!();
      if (!response.destroyed) response.end("event: complete\ndata:\n\n");
    }
  }

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => {
      ending.begin();
      for (const each of open) void each.return!();
      return ending.drain(drainMs);
    },
  };
}

function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBodyBytes) return void chunks.push(chunk);
      reject(OsssError.limit("The request body is larger than 16 MB. Send less at once."));
      request.destroy();
    });
    request.once("end", () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    request.once("error", reject);
    // An error, and its stack, is made only where the request did not come whole: every request is closed in the end.
    request.once("close", () => request.complete || reject(new Error("The request ended in the middle.")));
  });
}

function refuse(response: ServerResponse, error: unknown): void {
  const refused = error instanceof OsssError ? error : OsssError.unauthenticated();
  send(response, 401, { errors: [{ message: refused.message, extensions: refused.extensions }] });
}

function send(response: ServerResponse, status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): void {
  const body = utf8(JSON.stringify(value));
  // With its length it leaves as one piece, without it in three.
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", "content-length": Buffer.byteLength(body), ...headers }).end(body);
}
