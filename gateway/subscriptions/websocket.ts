import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type ExecutionArgs, GraphQLSchema, parse } from "graphql";
import { CloseCode, type Context } from "graphql-ws";
import { type Extra, useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import type { CallerContext } from "../caller-context.ts";
import type { Log } from "../log.ts";
import { accountOf } from "../limits/budget.ts";
import type { Holdings, StreamCaps } from "./caps.ts";
import type { MaskedResult, StreamRequest, StreamRequests } from "./stream-requests.ts";

export interface WebSocketOptions {
  readonly server: Server;
  readonly requests: StreamRequests;
  /** Who a connection is, by the token of its first message. Rejects for a token that is not accepted. */
  readonly authenticate: (authorization: string | undefined, request: IncomingMessage) => Promise<CallerContext>;
  /** Origins of pages that may connect, besides the one that serves the gateway. */
  readonly origins: readonly string[];
  readonly caps: StreamCaps;
  /** Connections of each caller. */
  readonly held: Holdings;
  readonly log: Log;
}

export interface RunningWebSockets {
  readonly connections: () => number;
  /** Ends every connection with 1001 (going away): clients connect again, elsewhere or later. */
  stop(): Promise<void>;
}

type Connection = Extra & Record<PropertyKey, unknown> & { caller?: CallerContext; release?: () => void; expiry?: NodeJS.Timeout; open: number };
type Ctx = Context<Record<string, unknown>, Connection>;

/**
 * Serves graphql-transport-ws on `/graphql`. A page of a foreign origin is refused at the handshake; a connection is closed with 4403 when
 * its token is not accepted or ends, with 4429 when its caller holds too many. A client that stops reading is not written to any more: the
 * next reply is asked for when the socket has taken the one before.
 */
export function serveWebSockets({ server, requests, authenticate, origins, caps, held, log }: WebSocketOptions): RunningWebSockets {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024 * 1024, handleProtocols: (protocols) => (protocols.has("graphql-transport-ws") ? "graphql-transport-ws" : false) });
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if ((request.url ?? "").split("?", 1)[0] !== "/graphql") return refuse(socket, "404 Not Found");
    if (!isOurs(request, origins)) return refuse(socket, "403 Forbidden");
    sockets.handleUpgrade(request, socket, head, (accepted) => sockets.emit("connection", accepted, request));
  };
  server.on("upgrade", upgrade);
  const running = useServer<Record<string, unknown>, Connection>(
    {
      onConnect: async (ctx: Ctx) => {
        const { extra, connectionParams } = ctx;
        const given = connectionParams?.["authorization"] ?? connectionParams?.["Authorization"];
        let caller: CallerContext;
        try {
          caller = await authenticate(typeof given === "string" ? given : undefined, extra.request);
        } catch (error) {
          log.info({ err: (error as Error).message }, "A WebSocket was refused.");
          return false;
        }
        const release = await held.take(accountOf(caller));
        if (release === null) {
          extra.socket.close(CloseCode.TooManyInitialisationRequests, "Too many connections of one account");
          return false;
        }
        if (extra.socket.readyState !== extra.socket.OPEN) {
          release();
          return false;
        }
        extra.caller = caller;
        extra.release = release;
        extra.open = 0;
        const { expiresAt } = caller.identity;
        // Not among the codes that clients of this protocol give up on: with a fresh token they connect again.
        if (expiresAt !== null) extra.expiry = setTimeout(() => extra.socket.close(CloseCode.Forbidden, "Token ended"), Math.min(Math.max(0, expiresAt * 1000 - Date.now()), 2 ** 31 - 1));
        return true;
      },
      onClose: ({ extra }: Ctx) => {
        extra.release?.();
        if (extra.expiry) clearTimeout(extra.expiry);
      },
      onSubscribe: (_ctx: Ctx, _id: string, payload: StreamRequest) => stand(payload),
      onComplete: ({ extra }: Ctx) => void (extra.open -= 1),
      execute: async (args: ExecutionArgs) => askedOf(args, requests),
      subscribe: async (args: ExecutionArgs) => askedOf(args, requests),
      context: (ctx: Ctx) => {
        ctx.extra.open += 1;
        return { caller: ctx.extra.caller!, tooMany: ctx.extra.open > caps.perConnection ? caps.perConnection : null };
      },
    } as never,
    sockets,
    12_000,
  );
  return {
    connections: () => sockets.clients.size,
    async stop() {
      server.off("upgrade", upgrade);
      for (const socket of sockets.clients) socket.close(1001, "Going away");
      await running.dispose();
    },
  };
}

const anySchema = new GraphQLSchema({});
const anyDocument = { query: parse("query { __typename }"), mutation: parse("mutation { __typename }"), subscription: parse("subscription { __typename }") };

/** Stands for the operation in the protocol's library, which asks only of what kind it is; the gateway reads it itself. */
function stand(payload: StreamRequest): ExecutionArgs {
  const kind = typeof payload.query === "string" && /^\s*(#[^\n]*\n\s*)*subscription\b/.test(payload.query) ? "subscription" : "query";
  return { schema: anySchema, document: anyDocument[kind], rootValue: payload };
}

async function askedOf(args: ExecutionArgs, requests: StreamRequests): Promise<AsyncIterableIterator<MaskedResult> | MaskedResult> {
  const { caller, tooMany } = args.contextValue as { caller: CallerContext; tooMany: number | null };
  if (tooMany !== null) return sendable({ errors: [{ message: `One connection holds at most ${tooMany} subscriptions. End some of them, or open another connection.`, extensions: { code: "LIMIT_EXCEEDED", limit: tooMany } }] });
  const outcome = await requests.run(args.rootValue as StreamRequest, caller);
  if (!(Symbol.asyncIterator in outcome)) return sendable(outcome);
  const stream: AsyncIterableIterator<MaskedResult> = {
    next: async () => {
      const { done, value } = await outcome.next();
      return done ? { done: true, value: undefined } : { done: false, value: sendable(value as MaskedResult) };
    },
    return: () => outcome.return!(),
    throw: (error) => outcome.throw!(error),
    [Symbol.asyncIterator]: () => stream,
  };
  return stream;
}

/** The protocol's library asks each error for its JSON; ours are that already. */
const sendable = (result: MaskedResult): MaskedResult => (result.errors ? { ...result, errors: result.errors.map((error) => ({ ...error, toJSON: () => error })) } : result);

/** The page that opened the socket was served here, or by an origin that is named; programs send no origin. */
function isOurs(request: IncomingMessage, origins: readonly string[]): boolean {
  const { origin } = request.headers;
  if (origin === undefined) return true;
  if (origins.includes(origin)) return true;
  try {
    return new URL(origin).host === request.headers.host;
  } catch {
    return false;
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
