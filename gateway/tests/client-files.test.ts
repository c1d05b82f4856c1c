import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { createServer, request as send, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { serveClient, type ServeClientOptions } from "../client-files.ts";

const script = `console.log(${JSON.stringify("x".repeat(4000))});\n`;
const page = `<!doctype html><meta name="osss:issuer" content=""><meta name="osss:client" content=""><title>OSSS</title>`;
const html = { accept: "text/html,application/xhtml+xml" };

let parent: string;
let folder: string;
let server: Server;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "osss-client-files-"));
  folder = join(parent, "client");
  mkdirSync(join(folder, "assets"), { recursive: true });
  writeFileSync(join(folder, "index.html"), page);
  writeFileSync(join(folder, "favicon.svg"), "<svg/>");
  writeFileSync(join(folder, ".fingerprint"), "secret of the build");
  writeFileSync(join(folder, "assets", "index-abc123.js"), script);
  writeFileSync(join(parent, "outside.txt"), "not for anybody");
});
afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(parent, { recursive: true, force: true });
});

async function serving(options: Partial<ServeClientOptions> = {}) {
  const serve = serveClient({ folder, ...options });
  server = createServer((request, response) => void serve(request, response).then((served) => served || response.writeHead(404).end("not the client's")));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return (path: string, { method = "GET", headers = {} }: { method?: string; headers?: Record<string, string> } = {}) =>
    new Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
      send({ port, path, method, headers }, (reply) => {
        const chunks: Buffer[] = [];
        reply.on("data", (chunk: Buffer) => chunks.push(chunk)).on("end", () => resolve({ status: reply.statusCode!, headers: reply.headers, body: Buffer.concat(chunks) }));
      }).on("error", reject).end();
    });
}

describe("what is refused", () => {
  it.each(["/../outside.txt", "/assets/../../outside.txt", "/%2e%2e/outside.txt", "/..%2foutside.txt", "//etc/passwd", "/assets/%2e%2e/%2e%2e/outside.txt", "/.fingerprint", "/assets/..\\..\\outside.txt", "/assets"])("no path leads out of the folder or to what is hidden: %s", async (path) => {
    const get = await serving();
    const reply = await get(path);
    expect([reply.status, reply.body.toString()]).toEqual([404, "not the client's"]);
  });

  it.each(["/graphql", "/realms/osss/account", "/health/live", "/metrics", "/files/1", "/assets/gone-1.js"])("%s is no screen of the client, even for a browser that navigates", async (path) => {
    const get = await serving();
    expect((await get(path, { headers: html })).status).toBe(404);
  });

  it("other methods than GET and HEAD, and files that are not there", async () => {
    const get = await serving();
    expect((await get("/", { method: "POST" })).status).toBe(404);
    expect((await get("/students/1.json", { headers: { accept: "application/json" } })).status).toBe(404);
  });

  it("everything while there is no build", async () => {
    rmSync(folder, { recursive: true });
    const get = await serving();
    expect((await get("/", { headers: html })).status).toBe(404);
  });
});

describe("what is served", () => {
  it("the page for every screen, never kept without asking", async () => {
    const get = await serving();
    for (const path of ["/", "/students/01a2?school=1", "/family"]) {
      const reply = await get(path, { headers: html });
      expect([reply.status, reply.headers["content-type"], reply.headers["cache-control"], reply.body.toString()]).toEqual([200, "text/html; charset=utf-8", "no-cache", page]);
    }
    const head = await get("/", { method: "HEAD" });
    expect([head.status, head.headers["content-length"], head.body.length]).toEqual([200, String(page.length), 0]);
  });

  it("hashed files for ever, others when they have changed", async () => {
    const get = await serving();
    const asset = await get("/assets/index-abc123.js");
    expect([asset.headers["content-type"], asset.headers["cache-control"]]).toEqual(["text/javascript; charset=utf-8", "public, max-age=31536000, immutable"]);
    const icon = await get("/favicon.svg");
    expect([icon.headers["content-type"], icon.headers["cache-control"]]).toEqual(["image/svg+xml", "no-cache"]);
    const again = await get("/favicon.svg", { headers: { "if-none-match": icon.headers.etag! } });
    expect([again.status, again.body.length]).toEqual([304, 0]);
  });

  it("text packed as the browser can unpack it", async () => {
    const get = await serving();
    const packed = async (accepted: string) => get("/assets/index-abc123.js", { headers: { "accept-encoding": accepted } });
    const [brotli, gzip, refused, plain] = await Promise.all([packed("gzip, deflate, br"), packed("gzip"), packed("br;q=0, gzip;q=0"), packed("identity")]);
    expect([brotli.headers["content-encoding"], brotliDecompressSync(brotli.body).toString()]).toEqual(["br", script]);
    expect([gzip.headers["content-encoding"], gunzipSync(gzip.body).toString()]).toEqual(["gzip", script]);
    expect([refused.headers["content-encoding"], refused.body.toString(), plain.body.toString()]).toEqual([undefined, script, script]);
    expect([brotli.headers.vary, brotli.headers.etag === gzip.headers.etag]).toEqual(["accept-encoding", false]);
    expect((await get("/assets/index-abc123.js", { headers: { "accept-encoding": "gzip", "if-none-match": gzip.headers.etag! } })).status).toBe(304);
  });

  it("a newer build without a restart", async () => {
    const get = await serving();
    await get("/");
    writeFileSync(join(folder, "index.html"), "<!doctype html>newer");
    utimesSync(join(folder, "index.html"), new Date(), new Date(Date.now() + 5000));
    expect((await get("/")).body.toString()).toBe("<!doctype html>newer");
  });
});

describe("its safety", () => {
  it("lets a page run nothing from elsewhere, talk to nobody else, and stand in no frame", async () => {
    const get = await serving();
    const { headers } = await get("/");
    expect(headers["content-security-policy"]).toBe("default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
    expect([headers["x-content-type-options"], headers["referrer-policy"], headers["x-frame-options"], headers["cross-origin-opener-policy"]]).toEqual(["nosniff", "no-referrer", "DENY", "same-origin"]);
  });

  it("opens the address of a sign-in elsewhere, and tells the page of it as text", async () => {
    const get = await serving({ issuer: 'https://login.example.org/realms/"><script>x</script>', clientId: "district-web" });
    const { headers, body } = await get("/");
    expect(headers["content-security-policy"]).toContain("connect-src 'self' https://login.example.org;");
    expect(body.toString()).toContain('<meta name="osss:issuer" content="https://login.example.org/realms/&quot;>&lt;script>x&lt;/script>"><meta name="osss:client" content="district-web">');
  });
});
