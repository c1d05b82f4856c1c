import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TokenClaims } from "./access-token.ts";
import { verifiedEmailAt } from "./verified-email.ts";

let server: Server;
let issuer: string;
let told: unknown;
let status: number;
let asked: { path: string; authorization: string | undefined }[];
beforeEach(async () => {
  [told, status, asked] = [{ sub: "s-1", email: "maria@example.org", email_verified: true }, 200, []];
  server = createServer((request, response) => {
    asked.push({ path: request.url!, authorization: request.headers.authorization });
    if (request.url === "/elsewhere") return void response.writeHead(200).end(JSON.stringify(told));
    const discovery = request.url!.startsWith("/.well-known");
    response.writeHead(discovery ? 200 : status, { "Content-Type": "application/json", ...(status === 302 ? { Location: `${issuer}/elsewhere` } : {}) });
    response.end(JSON.stringify(discovery ? { issuer, userinfo_endpoint: `${issuer}/userinfo` } : told));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => new Promise<void>((resolve) => void server.close(() => resolve())));

const claims = (): TokenClaims => ({ issuer, subject: "s-1", username: "maria", client: null, roles: [], expiresAt: 2_000_000_000 });

describe("an address counts for nothing", () => {
  it.each<[string, object]>([
    ["that is not verified", { email_verified: false }],
    ["of which the issuer does not say whether", { email_verified: undefined }],
    ["that is verified in words", { email_verified: "true" }],
    ["of another subject", { sub: "s-2" }],
    ["of no subject", { sub: undefined }],
    ["that is none", { email: "maria" }],
    ["that is a list", { email: ["maria@example.org"] }],
    ["that is missing", { email: undefined }],
  ])("%s", async (_name, changes) => {
    told = { ...(told as object), ...changes };
    expect(await verifiedEmailAt(issuer)(claims(), "token")).toBeNull();
  });

  it.each([401, 500, 302])("when the issuer answers %i", async (answer) => {
    status = answer;
    await expect(verifiedEmailAt(issuer)(claims(), "token")).rejects.toThrow();
    expect(asked.map(({ path }) => path)).not.toContain("/elsewhere");
  });
});

it("is told by the issuer, who is asked with the access token at the place that it published", async () => {
  const emailOf = verifiedEmailAt(issuer);
  expect([await emailOf(claims(), "token"), await emailOf(claims(), "token")]).toEqual(["maria@example.org", "maria@example.org"]);
  expect(asked).toEqual([{ path: "/.well-known/openid-configuration", authorization: undefined }, { path: "/userinfo", authorization: "Bearer token" }, { path: "/userinfo", authorization: "Bearer token" }]);
});
