import { Agent as HttpAgent, request as httpRequest } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { signIdentity } from "#foundation/identity/signed-identity";
import type { SubgraphRequest } from "#foundation/serving/subgraph-service";
import { type DataSource, type SubgraphReply, unavailableReply } from "./data-source.ts";
import { openEventStream } from "./event-stream-client.ts";

/** The header with the gateway's signed statement of who asks; a subgraph answers nothing without it. */
export const identityHeader = "osss-identity";

export interface HttpDataSourceOptions {
  /** The subgraph's name: the audience of the signature. */
  readonly name: string;
  /** Where it answers POST, such as `http://127.0.0.1:4101/graphql`. */
  readonly url: string;
  /** The 32 bytes that the gateway and its subgraphs share. */
  readonly key: Parameters<typeof signIdentity>[2];
  /** Milliseconds until a call is given up as UNAVAILABLE, 30,000 unless told. */
  readonly timeoutMs?: number;
  /** Connections kept to this subgraph at most, 64 unless told. */
  readonly connections?: number;
  /** Gets every failure with its cause; the caller sees only UNAVAILABLE. */
  readonly report?: (error: Error) => void;
}

/** The largest reply that is read from a subgraph, in bytes. */
export const maxReplyBytes = 64 * 1024 * 1024;

/**
 * A subgraph in another process, over kept-alive connections. The call is signed for this subgraph, this body and 30
 * seconds. A subgraph that is down, too slow or answers no GraphQL gives a reply UNAVAILABLE.
 */
export function overHttp(options: HttpDataSourceOptions): DataSource {
  const { name, key, report = () => {} } = options;
  const url = new URL(options.url);
  const secure = url.protocol === "https:";
  const pool = { keepAlive: true, maxSockets: options.connections ?? 64, scheduling: "lifo" as const };
  const agent = secure ? new HttpsAgent(pool) : new HttpAgent(pool);
  const timeoutMs = options.timeoutMs ?? 30_000;

  const post = (body: Buffer, headers: Record<string, string | number>): Promise<{ status: number; text: string }> =>
    new Promise((resolve, reject) => {
      const call = (secure ? httpsRequest : httpRequest)(url, { method: "POST", agent, headers, signal: AbortSignal.timeout(timeoutMs) }, (reply) => {
        const chunks: Buffer[] = [];
        let size = 0;
        reply.on("data", (chunk: Buffer) => {
          size += chunk.length;
          if (size > maxReplyBytes) reply.destroy(new Error(`The reply is larger than ${maxReplyBytes} bytes.`));
          else chunks.push(chunk);
        });
        reply.on("end", () => resolve({ status: reply.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }));
        reply.on("error", reject);
      });
      call.on("error", reject);
      call.end(body);
    });

  const envelope = async ({ document, variables, operationName, identity, requestId, idempotencyKey }: SubgraphRequest, accept: string) => {
    const body = Buffer.from(JSON.stringify({ query: document, variables, operationName }));
    const signature = await signIdentity(identity, { subgraph: name, body, requestId }, key);
    const headers = {
      "content-type": "application/json",
      accept,
      "content-length": body.length,
      [identityHeader]: signature,
      "x-request-id": requestId,
      ...(idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey }),
    };
    return { body, headers };
  };
  const failed = (error: unknown) => {
    report(new Error(`The subgraph ${name} at ${url.origin} did not answer.`, { cause: error }));
    return unavailableReply();
  };

  return {
    async execute(request) {
      try {
        const { body, headers } = await envelope(request, "application/json");
        const { status, text } = await post(body, headers);
        const reply = readReply(text);
        // Another status is about the gateway (a key that differs, a wrong address), and nothing for its caller to act on.
        if (reply === null || (status !== 200 && status !== 500)) throw new Error(`The subgraph ${name} answered with status ${status}: ${text.slice(0, 200)}`);
        return reply;
      } catch (error) {
        return failed(error);
      }
    },
    async subscribe(request) {
      try {
        const { body, headers } = await envelope(request, "text/event-stream");
        return await openEventStream(url, { body, headers, agent, secure, timeoutMs }, failed);
      } catch (error) {
        return failed(error);
      }
    },
    close: async () => agent.destroy(),
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
