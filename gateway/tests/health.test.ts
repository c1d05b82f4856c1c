import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { issuerCheck, readinessOf, subgraphCheck } from "../health.ts";

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function answering(status: number, body: unknown): Promise<{ url: string; asked: () => string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url!);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked: () => asked };
}

test("every part that cannot answer is named with its reason, and none by its address", async () => {
  const well = await answering(200, { ok: true, reasons: [] });
  const ill = await answering(503, { ok: false, reasons: ["The database does not answer."] });
  const ready = readinessOf([
    { late: "never", check: async () => ({ ok: false, reasons: ["The database is not at the version of this process: run osss migrate of the same version."] }) },
    subgraphCheck("schools", `${well.url}/graphql`),
    subgraphCheck("people", `${ill.url}/graphql`),
    subgraphCheck("students", "http://127.0.0.1:9/graphql"),
    issuerCheck("http://127.0.0.1:9/realms/osss"),
    issuerCheck(`${ill.url}/realms/osss`),
  ]);
  const state = await ready();
  expect(state).toEqual({
    ok: false,
    reasons: [
      "The database is not at the version of this process: run osss migrate of the same version.",
      "The subgraph people is not ready: The database does not answer.",
      "The subgraph students does not answer.",
      "The identity provider does not answer: nobody can sign in.",
      "The identity provider answers 503: check OIDC_ISSUER.",
    ],
  });
  expect(well.asked()).toEqual(["/health/ready"]);
  expect(ill.asked().sort()).toEqual(["/health/ready", "/realms/osss/.well-known/openid-configuration"]);
});

test("many who ask share one look, for a second", async () => {
  let now = 0;
  let looks = 0;
  const ready = readinessOf([{ late: "late", check: async () => (looks++, { ok: true, reasons: [] }) }], () => now);
  await Promise.all([ready(), ready(), ready()]);
  expect(looks).toBe(1);
  now = 999;
  await ready();
  expect(looks).toBe(1);
  now = 1_000;
  expect(await ready()).toEqual({ ok: true, reasons: [] });
  expect(looks).toBe(2);
});
