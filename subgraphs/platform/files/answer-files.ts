import type { IncomingMessage, ServerResponse } from "node:http";
import { type ErrorCode, OsssError } from "#foundation/errors/errors";
import { Gate } from "#foundation/serving/gate";
import type { HttpHandler, HttpHost } from "#foundation/serving/http-handler";
import { HttpRefusal, plain } from "./http-refusal.ts";
import { readLink } from "./link.ts";
import { receiveFile } from "./receive-file.ts";
import { sendFile } from "./send-file.ts";

/** Files that one process takes in at once: each may need as much room on the disk as the largest. */
const atOnce = 4;
const status: Readonly<Partial<Record<ErrorCode, number>>> = { FORBIDDEN: 403, NOT_FOUND: 404, VALIDATION_FAILED: 400, CONFLICT: 409, LIMIT_EXCEEDED: 413, UNAVAILABLE: 503 };

/**
 * `PUT /files/<id>` and `GET /files/<id>`, each by a link that the API gave. No token, cookie or origin counts: a page of somebody else's
 * has no link, and is told nothing that it may read.
 */
export function answerFiles(host: HttpHost): HttpHandler {
  const gate = new Gate(atOnce);
  return async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://files");
    const about = { method: request.method, file: /^\/files\/([0-9a-f-]{36})$/.exec(pathname)?.[1] ?? null };
    try {
      const method = request.method === "PUT" ? "PUT" : request.method === "GET" || request.method === "HEAD" ? "GET" : null;
      if (method === null) {
        response.setHeader("allow", "PUT, GET, HEAD");
        throw new HttpRefusal(405, OsssError.invalid([{ path: "method", message: "Send a file by PUT, fetch one by GET." }]));
      }
      const link = readLink(host.config, method, pathname.slice("/files/".length), searchParams);
      if (method === "PUT") await gate.run(() => receiveFile(host, link, request, response));
      else await sendFile(host, link, request.method === "HEAD", response);
      host.log.info({ ...about, accountId: link.accountId, status: response.statusCode }, "file");
    } catch (error) {
      refuse(request, response, error, (err) => host.log.error({ ...about, err }, "A file failed."));
    }
  };
}

function refuse(request: IncomingMessage, response: ServerResponse, error: unknown, report: (error: unknown) => void): void {
  const refusal = error instanceof HttpRefusal ? error : error instanceof OsssError ? new HttpRefusal(status[error.code] ?? 400, error) : null;
  // Whoever went away is no failure of ours.
  if (refusal === null && (request.complete || !request.destroyed)) report(error);
  if (response.headersSent || response.destroyed) return void response.destroy();
  const { message, extensions } = refusal?.error ?? { message: "Something went wrong on our side.", extensions: { code: "INTERNAL" } };
  // What is still on its way is not waited for long, and the connection not used again.
  request.resume();
  setTimeout(() => request.destroy(), 2_000).unref();
  response.writeHead(refusal?.status ?? 500, { ...plain, "content-type": "application/json; charset=utf-8", connection: "close" }).end(JSON.stringify({ errors: [{ message, extensions }] }));
}
