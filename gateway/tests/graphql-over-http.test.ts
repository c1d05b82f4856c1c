import { serverAudits } from "graphql-http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testGateway, type TestGateway } from "./running-gateway.ts";

let running: TestGateway;
beforeAll(async () => {
  running = await testGateway();
});
afterAll(() => running[Symbol.asyncDispose]());

/** A client that is signed in, and sends what every client of ours does: a header that no form of a foreign page can send. */
const withPreflightHeader = (url: string, init: RequestInit = {}) => fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), "apollo-require-preflight": "true", authorization: "Roles teacher" } });

const audits = serverAudits({ url: () => `${running.gateway.url}/graphql`, fetchFn: withPreflightHeader });

describe("GraphQL over HTTP", () => {
  it("has 61 audits", () => expect(audits).toHaveLength(61));

  it.each(audits.map((audit) => [audit.id, audit.name, audit] as const))("%s: %s", async (_, __, audit) => {
    const result = await audit.fn();
    expect(result.status === "ok" ? "ok" : `${result.status}: ${result.reason}`).toBe("ok");
  });
});
