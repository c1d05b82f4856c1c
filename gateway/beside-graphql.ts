import { type IncomingMessage, request as httpRequest, type ServerResponse } from "node:http";
import { request as httpsRequest } from "node:https";
import { pipeline } from "node:stream/promises";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/** Headers that go on: what describes the content, and nothing that says who asks. The address brings its own authority, or none. */
const passedOn = ["content-type", "content-length", "content-encoding", "transfer-encoding", "range"];
/** Milliseconds of silence after which the other process counts as away. */
const patienceMs = 120_000;

/** The addresses of a domain beside GraphQL: answered here, or passed on to the process that serves it, both ways as it comes. */
export function besideGraphQL({ prefix, answer }: { readonly prefix: string; readonly answer: ((request: IncomingMessage, response: ServerResponse) => Promise<void>) | null }, url?: string): Handler {
  return async (request, response) => {
    if (!(request.url ?? "/").startsWith(prefix)) return false;
    if (answer) await answer(request, response);
    else await passOn(new URL(url!), request, response);
    return true;
  };
}

async function passOn(to: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const send = to.protocol === "https:" ? httpsRequest : httpRequest;
  const headers = Object.fromEntries(passedOn.flatMap((name) => (request.headers[name] === undefined ? [] : [[name, request.headers[name]]])));
  const onward = send(new URL(request.url!, to.origin), { method: request.method, headers, timeout: patienceMs });
  onward.on("timeout", () => onward.destroy(new Error("The other process does not answer.")));
  try {
    const answered = new Promise<IncomingMessage>((resolve, reject) => onward.once("response", resolve).once("error", reject));
    // It may answer, and refuse, before all of it was sent.
    const sent = pipeline(request, onward);
    sent.catch(() => undefined);
    const reply = await answered;
    response.writeHead(reply.statusCode!, reply.headers);
    await pipeline(reply, response);
  } catch {
    onward.destroy();
    if (response.headersSent || response.destroyed) return void response.destroy();
    response.writeHead(503, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store", connection: "close" }).end(JSON.stringify({ errors: [{ message: "Files cannot be reached at the moment. Try again in a few seconds.", extensions: { code: "UNAVAILABLE" } }] }));
  }
}
