import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

export interface ServeClientOptions {
  /** The built client: index.html, and hashed files in assets/. */
  readonly folder: string;
  /** Where people sign in. Left out, the client takes this platform's own realm. */
  readonly issuer?: string;
  /** The name that the client has at the issuer, `osss-web` when left out. */
  readonly clientId?: string;
}

interface StoredFile {
  readonly type: string;
  readonly body: Buffer;
  readonly etag: string;
  /** Its name changes with its content, so that it may be kept for ever. */
  readonly hashed: boolean;
  readonly packed: Map<"br" | "gzip", Promise<Buffer>>;
}

interface StoredClient {
  readonly builtAt: number;
  readonly files: ReadonlyMap<string, StoredFile>;
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".ttf": "font/ttf",
};
const alreadyPacked = new Set([".png", ".ico", ".woff2"]);

/** Addresses of the platform that are never a screen of the client. */
const notScreens = /^\/(graphql|realms|health|metrics|files|assets)(\/|$)/;

/**
 * Serves the built web client: its files, and its page for every address that a browser navigates to and that is no file. Only
 * files found in the folder are ever served, by their exact names, so that no path leads out of it. A newer build is noticed.
 * Resolves to false, with nothing sent, for what is not the client's.
 */
export function serveClient(options: ServeClientOptions): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  const headers = securityHeaders(options.issuer);
  let stored: StoredClient = { builtAt: -1, files: new Map() };
  const current = (): StoredClient => {
    const page = join(options.folder, "index.html");
    const builtAt = existsSync(page) ? statSync(page).mtimeMs : -1;
    if (builtAt !== stored.builtAt) stored = { builtAt, files: readClient(options) };
    return stored;
  };
  return async (request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") return false;
    const path = (request.url ?? "/").split("?", 1)[0]!;
    const known = stored.files.get(path);
    const file = known?.hashed ? known : (current().files.get(path) ?? (isNavigation(request, path) ? stored.files.get("/") : undefined));
    if (!file) return false;
    await send(request, response, file, headers);
    return true;
  };
}

function isNavigation(request: IncomingMessage, path: string): boolean {
  return !notScreens.test(path) && (request.headers.accept ?? "").includes("text/html");
}

/** Scripts, styles and images of this address alone; requests to this address and the issuer's; no framing; no address told to others. `other` replaces and adds directives. */
export function securityHeaders(issuer: string | undefined, other: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const elsewhere = issuer === undefined ? "" : ` ${new URL(issuer).origin}`;
  const policy: Readonly<Record<string, string>> = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": `'self'${elsewhere}`,
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": `'self'${elsewhere}`,
    "frame-ancestors": "'none'",
    ...other,
  };
  return {
    "content-security-policy": Object.entries(policy).map(([directive, sources]) => `${directive} ${sources}`).join("; "),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
  };
}

async function send(request: IncomingMessage, response: ServerResponse, file: StoredFile, headers: Readonly<Record<string, string>>): Promise<void> {
  const packing = packingFor(request, file);
  response.setHeaders(new Map(Object.entries(headers)));
  response.setHeader("cache-control", file.hashed ? "public, max-age=31536000, immutable" : "no-cache");
  response.setHeader("etag", packing ? file.etag.replace(/"$/, `-${packing}"`) : file.etag);
  response.setHeader("vary", "accept-encoding");
  if (sameTag(request.headers["if-none-match"], file.etag)) {
    response.writeHead(304).end();
    return;
  }
  const body = packing ? await packed(file, packing) : file.body;
  if (packing) response.setHeader("content-encoding", packing);
  response.writeHead(200, { "content-type": file.type, "content-length": body.length });
  response.end(request.method === "HEAD" ? undefined : body);
}

function sameTag(header: string | undefined, etag: string): boolean {
  return (header ?? "").split(",").some((tag) => tag.trim().replace(/^W\//, "").replace(/-(br|gzip)"$/, '"') === etag);
}

function packingFor(request: IncomingMessage, file: StoredFile): "br" | "gzip" | null {
  if (file.packed === nothingPacked || file.body.length < 1024) return null;
  const accepted = new Map(
    String(request.headers["accept-encoding"] ?? "")
      .split(",")
      .map((part) => part.trim().split(";"))
      .map(([name, weight]) => [name!.toLowerCase(), !/q=0(\.0*)?$/.test(weight ?? "")]),
  );
  return accepted.get("br") ? "br" : accepted.get("gzip") ? "gzip" : null;
}

/** Packed once, when first asked for. */
function packed(file: StoredFile, packing: "br" | "gzip"): Promise<Buffer> {
  let body = file.packed.get(packing);
  if (!body) {
    body =
      packing === "br"
        ? promisify(brotliCompress)(file.body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: file.body.length } })
        : promisify(gzip)(file.body, { level: 9 });
    file.packed.set(packing, body);
  }
  return body;
}

const nothingPacked: StoredFile["packed"] = new Map();

function readClient(options: ServeClientOptions): ReadonlyMap<string, StoredFile> {
  const files = new Map<string, StoredFile>();
  if (!existsSync(options.folder)) return files;
  for (const entry of readdirSync(options.folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || entry.name.startsWith(".")) continue;
    const file = join(entry.parentPath, entry.name);
    const path = file.slice(options.folder.replace(/[\\/]+$/, "").length).replaceAll("\\", "/");
    // GraphiQL's page has an address and a policy of its own.
    if (path.startsWith("/explorer/")) continue;
    if (path === "/index.html") files.set("/", storedFile(path, Buffer.from(pageFor(readFileSync(file, "utf8"), options))));
    else files.set(path, storedFile(path, readFileSync(file)));
  }
  return files;
}

function storedFile(path: string, body: Buffer): StoredFile {
  const extension = extname(path);
  return {
    type: types[extension] ?? "application/octet-stream",
    body,
    etag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`,
    hashed: path.startsWith("/assets/"),
    packed: alreadyPacked.has(extension) ? nothingPacked : new Map(),
  };
}

/** The page tells the client where to sign in by meta elements: it runs no script of its own. */
export function pageFor(html: string, { issuer, clientId }: ServeClientOptions): string {
  const fill = (text: string, name: string, value: string | undefined) =>
    value === undefined ? text : text.replace(new RegExp(`(<meta name="${name}" content=")[^"]*`), (_, start: string) => start + value.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;"));
  return fill(fill(html, "osss:issuer", issuer), "osss:client", clientId);
}
