import type { IncomingMessage, ServerResponse } from "node:http";
import { drained } from "#foundation/serving/drained";
import type { CallerContext } from "../caller-context.ts";
import type { MaskedResult, StreamRequests } from "./stream-requests.ts";

/** Whether the client wants its reply as an event stream (GraphQL over SSE, distinct connections). */
export const wantsEventStream = (request: IncomingMessage): boolean => /\btext\/event-stream\b/.test(request.headers.accept ?? "");

export interface EventStreamOptions {
  readonly requests: StreamRequests;
  /** Milliseconds between comments that keep proxies from closing a quiet connection, 15,000 unless told. */
  readonly keepAliveMs?: number;
  /** What ends a stream whose token ends, masked. */
  readonly ended: (caller: CallerContext) => MaskedResult;
  /** Aborted when the gateway stops: every stream is completed. */
  readonly stopping: AbortSignal;
}

/**
 * Answers one operation as an event stream: `next` for each reply, then `complete`. The next reply is asked for only when the client has
 * taken the one before, so a client that stops reading holds one reply here and nothing more. Its going frees everything behind it.
 */
export async function answerAsEventStream(body: unknown, caller: CallerContext, response: ServerResponse, { requests, ended, stopping, keepAliveMs = 15_000 }: EventStreamOptions): Promise<void> {
  const outcome = await requests.run((body ?? {}) as object, caller);
  const retryAfter = Symbol.asyncIterator in outcome ? undefined : outcome.errors?.[0]?.extensions?.["retryAfter"];
  response.writeHead(200, { ...(typeof retryAfter === "number" ? { "retry-after": String(retryAfter) } : {}), "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store", "x-accel-buffering": "no", "x-request-id": caller.requestId, connection: "keep-alive" });
  const stream = Symbol.asyncIterator in outcome ? outcome : null;
  // The client learns at once that it listens, not with the first event.
  if (stream) response.flushHeaders();
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  if (response.destroyed) gone.abort();
  const until = AbortSignal.any([gone.signal, stopping]);
  const send = async (result: MaskedResult) => {
    response.write(`event: next\ndata: ${JSON.stringify(result)}\n\n`);
    await drained(response);
  };
  const expires = caller.identity.expiresAt === null ? null : caller.identity.expiresAt * 1000 - Date.now();
  let expired = false;
  // Longer than a timer can wait is longer than any connection lives.
  const expiry = stream && expires !== null ? setTimeout(() => ((expired = true), void stream.return!()), Math.min(Math.max(0, expires), 2 ** 31 - 1)) : null;
  const alive = setInterval(() => response.writableNeedDrain || response.write(":\n\n"), keepAliveMs);
  const stop = () => void stream?.return!();
  until.addEventListener("abort", stop, { once: true });
  try {
    if (stream === null) await send(outcome as MaskedResult);
    else if (!until.aborted) for await (const result of stream) await send(result);
    if (expired) await send(ended(caller));
  } finally {
    clearInterval(alive);
    if (expiry) clearTimeout(expiry);
    until.removeEventListener("abort", stop);
    await stream?.return!();
    if (!response.destroyed) response.end("event: complete\ndata:\n\n");
  }
}
