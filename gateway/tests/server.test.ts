import { createServer, type Server } from "node:http";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { DataSource } from "../data-sources/data-source.ts";
import { inProcess } from "../data-sources/in-process.ts";
import { serveExplorer } from "../explorer/page.ts";
import { testGateway } from "./running-gateway.ts";

describe("the gateway over HTTP", () => {
  it("answers a query that spans subgraphs, under a request id", async () => {
    await using running = await testGateway();
    const { status, headers, body } = await running.ask(`{ schools(first: 1) { name clinicHours principal { name allergies } } }`, "nurse");
    expect(status).toBe(200);
    expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(body).toEqual({ data: { schools: [{ name: "School 1", clinicHours: "8-12", principal: { name: "Person 2", allergies: [] } }] } });
  });

  it("closes what the caller's roles do not open, with path and coordinate", async () => {
    await using running = await testGateway();
    const { status, body } = await running.ask(`{ schools(first: 1) { name budget } auditLog }`, "finance");
    expect(status).toBe(200);
    expect(body.data).toEqual({ schools: [{ name: "School 1", budget: 1000 }], auditLog: null });
    expect(body.errors).toEqual([
      { message: "Your roles do not open Query.auditLog.", path: ["auditLog"], extensions: { code: "FORBIDDEN", coordinate: "Query.auditLog", affectedPath: "auditLog", reason: "ROLES" } },
    ]);
  });

  it("refuses a bad token with 401 and a document that is not valid with 400", async () => {
    await using running = await testGateway();
    const bad = await fetch(`${running.gateway.url}/graphql`, { method: "POST", headers: { "content-type": "application/json", authorization: "Bearer x" }, body: `{"query":"{__typename}"}` });
    expect([bad.status, await bad.json()]).toEqual([401, { errors: [{ message: "The access token is not valid. Sign in again.", extensions: { code: "UNAUTHENTICATED" } }] }]);
    const wrong = await running.ask(`{ schools { nam } }`, "nurse");
    expect([wrong.status, wrong.body.errors![0]!.message, wrong.body.errors![0]!.extensions["code"]]).toEqual([
      400,
      'Cannot query field "nam" on type "School". Did you mean "name"?',
      "VALIDATION_FAILED",
    ]);
    const hidden = await running.ask(`{ schools { nam } }`, null);
    expect(hidden.body.errors![0]!.message).toBe('Cannot query field "nam" on type "School".');
    const variable = await running.ask(`query($n: Int!) { schools(first: $n) { name } }`, "nurse", { n: "many" });
    expect([variable.status, variable.body.errors![0]!.extensions["code"]]).toEqual([400, "VALIDATION_FAILED"]);
  });

  it("shows the schema to people who signed in, and to nobody else", async () => {
    await using running = await testGateway();
    const query = `{ __schema { queryType { name } } }`;
    expect((await running.ask(query, "parent")).body).toEqual({ data: { __schema: { queryType: { name: "Query" } } } });
    const described = await running.ask(`{ __type(name: "School") { fields { name description } } }`, "finance");
    expect(JSON.stringify(described.body.data)).toContain('{"name":"budget","description":"Roles: finance."}');
    const refused = await running.ask(query, null);
    expect([refused.status, refused.body.errors![0]!.extensions["code"], refused.body.data]).toEqual([401, "UNAUTHENTICATED", undefined]);
  });

  it("refuses what a foreign page could make a browser send", async () => {
    await using running = await testGateway();
    const simple = await fetch(`${running.gateway.url}/graphql`, { method: "POST", headers: { "content-type": "text/plain" }, body: `{"query":"{ __typename }"}` });
    expect(simple.status).toBe(415);
    const get = await fetch(`${running.gateway.url}/graphql?query=${encodeURIComponent("{ __typename }")}`);
    expect(get.status).toBe(400);
    const asked = await fetch(`${running.gateway.url}/graphql?query=${encodeURIComponent("{ __typename }")}`, { headers: { "apollo-require-preflight": "true" } });
    expect([asked.status, await asked.json()]).toEqual([200, { data: { __typename: "Query" } }]);
  });

  it("serves the explorer to browsers only, without anything from elsewhere, each time under another nonce", async () => {
    const folder = mkdtempSync(join(tmpdir(), "osss-explorer-"));
    mkdirSync(join(folder, "explorer"));
    writeFileSync(join(folder, "explorer", "index.html"), '<meta name="osss:issuer" content=""><meta property="csp-nonce" nonce=""><script type="module" src="/assets/x.js"></script>');
    await using running = await testGateway({ explorer: serveExplorer({ folder, issuer: "https://id.example.org/realms/osss" }) });
    const seen = new Set<string>();
    for (let time = 0; time < 2; time++) {
      const page = await fetch(`${running.gateway.url}/graphql`, { headers: { accept: "text/html,*/*" } });
      const html = await page.text();
      const policy = page.headers.get("content-security-policy")!;
      const nonce = /nonce="([^"]{24})"/.exec(html)![1]!;
      seen.add(nonce);
      expect([page.headers.get("content-type"), page.headers.get("cache-control")]).toEqual(["text/html; charset=utf-8", "no-store"]);
      expect(policy).toContain(`style-src-elem 'self' 'nonce-${nonce}'`);
      // Scripts: from here, and no other way in.
      expect(/script-src ([^;]*)/.exec(policy)![1]).toBe("'self'");
      expect(policy).toContain("connect-src 'self' https://id.example.org;");
      expect(html).toContain('content="https://id.example.org/realms/osss"');
    }
    expect(seen.size).toBe(2);
    rmSync(folder, { recursive: true });
    expect((await fetch(`${running.gateway.url}/graphql`, { headers: { accept: "text/html" } })).status).toBe(404);
  });

  it("tells whether it lives and whether it is ready, with reasons", async () => {
    await using running = await testGateway({ ready: async () => ({ ok: false, reasons: ["The database does not answer."] }) });
    expect(await (await fetch(`${running.gateway.url}/health/live`)).json()).toEqual({ ok: true });
    const ready = await fetch(`${running.gateway.url}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([503, { ok: false, reasons: ["The database does not answer."] }]);
  });

  it("counts requests, plans and subgraph calls", async () => {
    await using running = await testGateway();
    for (let time = 0; time < 3; time++) await running.ask(`{ schools { name } }`, "nurse");
    const text = await (await fetch(`${running.gateway.url}/metrics`)).text();
    expect(text).toContain('osss_requests_total{status="200"} 3');
    expect(text).toContain("osss_plan_cache_hits_total 2");
    expect(text).toContain("osss_plan_cache_misses_total 1");
    expect(text).toContain('osss_subgraph_calls_total{subgraph="schools",outcome="ok"} 3');
    expect(text).toMatch(/process_resident_memory_bytes \d+/);
    expect(text).toContain("osss_executor_fallbacks_total");
  });

  it("leaves one log line a request: id, operation, account and time, no names and no variables", async () => {
    await using running = await testGateway();
    const { headers } = await running.ask(`query Staff($first: Int) { schools(first: $first) { name } }`, "nurse", { first: 2 });
    const lines = running.logged.filter(({ message }) => message === "graphql");
    expect(lines).toHaveLength(1);
    expect(Object.keys(lines[0]!.fields).sort()).toEqual(["accountId", "cost", "milliseconds", "operation", "requestId", "status"]);
    expect(lines[0]!.fields).toMatchObject({ requestId: headers.get("x-request-id"), operation: "Staff", accountId: someoneId, status: 200 });
  });

  it("asks the extra handlers for other paths, and says so where none answers", async () => {
    await using running = await testGateway({
      extraHandlers: [async (request, response) => request.url === "/hello" && Boolean(response.end("hello"))],
    });
    expect(await (await fetch(`${running.gateway.url}/hello`)).text()).toBe("hello");
    expect((await fetch(`${running.gateway.url}/nothing`)).status).toBe(404);
  });

  it("says which port is taken and how to choose another", async () => {
    await using taken = await testGateway();
    await expect(testGateway({ port: taken.gateway.port })).rejects.toThrow(new RegExp(`Port ${taken.gateway.port} on 127.0.0.1 is already in use.*PORT=`));
  });

  it("finishes what is in flight when it stops", async () => {
    const entered = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const running = await testGateway({
      sources: (services) => (name): DataSource => {
        const inner = inProcess(services.get(name)!);
        return { ...inner, execute: async (request) => (entered.resolve(), await release.promise, inner.execute(request)) };
      },
    });
    const asked = running.ask(`{ schools(first: 1) { name } }`, "nurse");
    await entered.promise;
    const stopped = running.gateway.stop();
    release.resolve();
    expect((await asked).body).toEqual({ data: { schools: [{ name: "School 1" }] } });
    await stopped;
    await expect(fetch(`${running.gateway.url}/health/live`)).rejects.toThrow();
  });
});

const someoneId = "00000000-0000-7000-8000-000000000001";

describe("a subgraph that does not answer", () => {
  it("leaves the rest of the reply, and an error that names neither it nor its host", async () => {
    const closed: Server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => closed.once("listening", resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const { overHttp } = await import("../data-sources/http.ts");
    const reported: Error[] = [];
    await using running = await testGateway({
      sources: (services) => (name) =>
        name === "health"
          ? overHttp({ name, url: `http://127.0.0.1:${port}/graphql`, key: new Uint8Array(32).fill(7), report: (error) => void reported.push(error) })
          : inProcess(services.get(name)!),
    });
    const { status, body } = await running.ask(`{ schools(first: 1) { name clinicHours } }`, "nurse");
    expect([status, body]).toEqual([
      200,
      {
        data: { schools: [{ name: "School 1", clinicHours: null }] },
        errors: [{ message: "Part of this reply cannot be reached at the moment. Try again in a few seconds.", extensions: { code: "UNAVAILABLE" } }],
      },
    ]);
    expect(reported[0]!.message).toContain("health");
  });
});
