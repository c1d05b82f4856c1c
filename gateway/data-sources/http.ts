import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { SubgraphRequest } from "#foundation/serving/subgraph-service";
import { signIdentity } from "#foundation/identity/signed-identity";
import { type CallAddress, CallsTogether, identityHeader } from "./calls-together.ts";
import { CircuitBreaker, type CircuitBreakerOptions } from "./circuit-breaker.ts";
import { type DataSource, type SubgraphReply, unavailableReply } from "./data-source.ts";
import { openEventStream } from "./event-stream-client.ts";
import { HttpCalls, TimedOut } from "./http-calls.ts";
import { type RetryOptions, Unreachable, withRetries } from "./retries.ts";

export { identityHeader };

/** What happens to calls beside their replies: made again, the circuit opened, turned away while it is open. */
export type HttpEvent = "retried" | "opened" | "turned_away";

export interface HttpDataSourceOptions {
  /** The subgraph's name: the audience of the signature. */
  readonly name: string;
  /** Where it answers POST, such as `http://127.0.0.1:4101/graphql`. */
  readonly url: string;
  /** The 32 bytes that the gateway and its subgraphs share. */
  readonly key: Parameters<typeof signIdentity>[2];
  /** Milliseconds until a call is given up as UNAVAILABLE, all attempts together, 30,000 unless told. */
  readonly timeoutMs?: number;
  /** Connections kept to this subgraph at most, 64 unless told. */
  readonly connections?: number;
  /** Sends its queries with those of other subgraphs of the same process; by itself it does so with its own. */
  readonly together?: CallsTogether;
  readonly retries?: Omit<RetryOptions, "again">;
  readonly breaker?: CircuitBreakerOptions;
  /** Gets every failure with its cause; the caller sees only UNAVAILABLE. */
  readonly report?: (error: Error) => void;
  readonly count?: (event: HttpEvent) => void;
}

/** A subgraph in another process. */
export interface HttpDataSource extends DataSource {
  /** Whether it is left alone at the moment, since it failed too often in a row. */
  readonly leftAlone: () => boolean;
}

/**
 * A subgraph in another process, over kept-alive connections. Each request is signed for this subgraph, this body and 30
 * seconds; queries for one process that are made at one moment go in one. A subgraph that is down, too slow or answers no
 * GraphQL gives a reply UNAVAILABLE; queries are tried again before, mutations never. One that keeps failing is left alone
 * for a while.
 */
export function overHttp(options: HttpDataSourceOptions): HttpDataSource {
  const { name, key, report = () => {}, count = () => {}, together = new CallsTogether() } = options;
  const url = new URL(options.url);
  const secure = url.protocol === "https:";
  const calls = new HttpCalls(url, options.connections ?? 64);
  // A stream keeps its connection as long as it lasts: no call waits behind it.
  const streams = secure ? new HttpsAgent() : new HttpAgent();
  const breaker = new CircuitBreaker(options.breaker);

  const headersFor = async (body: Buffer, { identity, requestId, idempotencyKey, traceparent }: SubgraphRequest, accept: string) => ({
    "content-type": "application/json",
    accept,
    "content-length": String(body.length),
    [identityHeader]: await signIdentity(identity, { subgraph: name, body, requestId }, key),
    "x-request-id": requestId,
    ...(idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey }),
    ...(traceparent === undefined ? {} : { traceparent }),
  });
  const bodyOf = ({ document, variables, operationName }: SubgraphRequest) => Buffer.from(JSON.stringify({ query: document, variables, operationName }));
  const failed = (error: unknown): SubgraphReply => {
    report(new Error(`The subgraph ${name} at ${url.origin} did not answer.`, { cause: error }));
    return unavailableReply();
  };

  const address: CallAddress = {
    name,
    origin: url.origin,
    calls,
    key,
    async alone(request, deadline) {
      const body = bodyOf(request);
      return calls.post(body, await headersFor(body, request, "application/json"), deadline);
    },
  };
  const attempt = async (request: SubgraphRequest, deadline: number): Promise<SubgraphReply> => {
    const { status, text } = await (request.writes ? address.alone(request, deadline) : together.send(address, request, deadline));
    const reply = readReply(text);
    if (reply !== null && (status === 200 || status === 500)) return reply;
    const answered = `The subgraph ${name} answered with status ${status}: ${text.slice(0, 200)}`;
    // Another status is about the gateway (a key that differs, a wrong address), and nothing for its caller to act on.
    throw [502, 503, 504].includes(status) ? new Unreachable(answered) : new Error(answered);
  };

  return {
    leftAlone: () => breaker.isOpen,
    async execute(request) {
      if (!breaker.admits()) {
        count("turned_away");
        return unavailableReply();
      }
      const deadline = performance.now() + (options.timeoutMs ?? 30_000);
      try {
        const reply = await withRetries(() => attempt(request, deadline), { ...options.retries, ...(request.writes ? { attempts: 1 } : {}), again: () => count("retried") });
        breaker.succeeded();
        return reply;
      } catch (error) {
        // Only silence counts: a caller whose requests are refused must not close the way for the others.
        if (!(error instanceof Unreachable || error instanceof TimedOut)) breaker.succeeded();
        else if (breaker.failed()) count("opened");
        return failed(error);
      }
    },
    async subscribe(request) {
      if (!breaker.admits()) {
        count("turned_away");
        return unavailableReply();
      }
      try {
        const body = bodyOf(request);
        const opened = await openEventStream(url, { body, headers: await headersFor(body, request, "text/event-stream"), agent: streams, secure, timeoutMs: options.timeoutMs ?? 30_000 }, failed);
        breaker.succeeded();
        return opened;
      } catch (error) {
        if (breaker.failed()) count("opened");
        return failed(error);
      }
    },
    close: async () => {
      streams.destroy();
      await calls.close();
    },
  };
}

function readReply(text: string): SubgraphReply | null {
  let reply: unknown;
  try {
    reply = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof reply !== "object" || reply === null) return null;
  const { data, errors } = reply as SubgraphReply;
  if (data === undefined && !Array.isArray(errors)) return null;
  return { data, errors: Array.isArray(errors) && errors.length > 0 ? errors : undefined };
}
