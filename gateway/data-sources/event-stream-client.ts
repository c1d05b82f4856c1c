import { type Agent, type IncomingMessage, type OutgoingHttpHeaders, request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { SubgraphReply, SubgraphStream } from "./data-source.ts";

export interface EventStreamRequest {
  readonly body: Buffer;
  readonly headers: OutgoingHttpHeaders;
  readonly agent: Agent;
  readonly secure: boolean;
  /** Milliseconds until the subgraph must have begun to answer. */
  readonly timeoutMs: number;
}

/**
 * Opens a subgraph's event stream. Its socket is read only as far as replies are asked for, so a slow subscriber makes the subgraph wait;
 * `return()` closes the socket at once, and the subgraph frees what it holds.
 * @param failed gets what breaks the stream; what it returns is the stream's last reply.
 */
export async function openEventStream(url: URL, options: EventStreamRequest, failed: (error: unknown) => SubgraphReply): Promise<SubgraphStream | SubgraphReply> {
  const reply = await new Promise<IncomingMessage>((resolve, reject) => {
    const call = (options.secure ? httpsRequest : httpRequest)(url, { method: "POST", agent: options.agent, headers: options.headers }, resolve);
    call.setTimeout(options.timeoutMs, () => call.destroy(new Error("The subgraph did not begin to answer in time.")));
    call.once("response", () => call.setTimeout(0));
    call.on("error", reject);
    call.end(options.body);
  });
  if (!(reply.headers["content-type"] ?? "").startsWith("text/event-stream")) {
    let text = "";
    for await (const chunk of reply.setEncoding("utf8")) text += chunk as string;
    if (reply.statusCode !== 200) throw new Error(`The subgraph answered with status ${reply.statusCode}: ${text.slice(0, 200)}`);
    return JSON.parse(text) as SubgraphReply;
  }
  return readEvents(reply, failed);
}

function readEvents(reply: IncomingMessage, failed: (error: unknown) => SubgraphReply): SubgraphStream {
  const chunks = reply.setEncoding("utf8")[Symbol.asyncIterator]() as AsyncIterator<string>;
  const done = { done: true, value: undefined } as const;
  let text = "";
  let ended = false;
  const close = () => {
    ended = true;
    reply.destroy();
    return done;
  };
  const stream: SubgraphStream = {
    async next() {
      while (!ended) {
        const end = text.indexOf("\n\n");
        if (end >= 0) {
          const event = text.slice(0, end);
          text = text.slice(end + 2);
          if (/^event: complete$/m.test(event)) return close();
          const data = /^data: (.*)$/m.exec(event)?.[1];
          if (data !== undefined && /^event: next$/m.test(event)) return { done: false, value: JSON.parse(data) as SubgraphReply };
          continue;
        }
        try {
          const chunk = await chunks.next();
          if (ended) return done;
          if (chunk.done) throw new Error("The subgraph ended the stream in the middle.");
          text += chunk.value;
        } catch (error) {
          if (ended) return done;
          close();
          return { done: false, value: failed(error) };
        }
      }
      return done;
    },
    return: async () => close(),
    async throw(error) {
      close();
      throw error;
    },
    [Symbol.asyncIterator]: () => stream,
  };
  return stream;
}
