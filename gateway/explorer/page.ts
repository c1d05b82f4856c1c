import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { pageFor, securityHeaders, type ServeClientOptions } from "../client-files.ts";

/**
 * Serves GraphiQL's page, which is built beside the web client: its scripts come from this address alone. The editor writes style
 * elements, which get the nonce of this one reply, and style attributes, which no nonce can name: those are open here, and only here.
 * Resolves to false, with nothing sent, where the client was not built.
 */
export function serveExplorer(options: ServeClientOptions): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  const file = join(options.folder, "explorer", "index.html");
  return async (_request, response) => {
    if (!existsSync(file)) return false;
    const nonce = randomBytes(16).toString("base64");
    const page = pageFor(readFileSync(file, "utf8"), options).replace(/(<meta property="csp-nonce" nonce=")/, (start) => start + nonce);
    response.setHeaders(
      new Map(
        Object.entries(
          securityHeaders(options.issuer, { "style-src": "'self'", "style-src-elem": `'self' 'nonce-${nonce}'`, "style-src-attr": "'unsafe-inline'", "worker-src": "'self'", "font-src": "'self'", "form-action": "'none'" }),
        ),
      ),
    );
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
    response.end(page);
    return true;
  };
}
