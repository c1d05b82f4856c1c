import { decodeJwt, decodeProtectedHeader } from "jose";
import { beforeAll, describe, expect, inject, it, onTestFinished, vi } from "vitest";
import { readConfig } from "#foundation/config/config";
import { createTokenVerifier } from "#foundation/identity/access-token";
import { Role } from "#foundation/identity/role";
import { until } from "#foundation/testing/until";
import { printToken } from "../../../subgraphs/cli/commands/token.ts";
import type { Tokens } from "../../tests/browserless-client.ts";
import { demoRealm } from "../../realm.ts";
import realmFile from "../../realm-osss.json" with { type: "json" };
import { KeycloakVisitor } from "./keycloak-sign-in.ts";
import { RealmAdmin } from "./realm-admin.ts";

const { url, admin: administrator } = inject("keycloak");
const admin = new RealmAdmin({ url, admin: administrator });
const issuer = `${url}/realms/osss`;
const verifier = createTokenVerifier({ issuer, audience: "osss-api" });
const refused = expect.objectContaining({ code: "UNAUTHENTICATED" });

async function form(path: string, fields: Record<string, string>): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${issuer}/protocol/openid-connect/${path}`, { method: "POST", body: new URLSearchParams(fields) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe("the realm file, imported as it is", () => {
  it("brings every role with its words, the groups, and no user but service accounts and the demo's", async () => {
    const roles = await admin.get<{ name: string; description?: string }[]>("/roles?briefRepresentation=true&max=200");
    for (const { name, description } of realmFile.roles.realm) expect(roles).toContainEqual(expect.objectContaining({ name, description }));
    const groups = await admin.get<{ id: string; name: string }[]>("/groups");
    const mapped = await Promise.all(groups.map(async ({ id, name }) => [name, (await admin.get<{ name: string }[]>(`/groups/${id}/role-mappings/realm`)).map((role) => role.name).toSorted()]));
    expect(Object.fromEntries(mapped)).toEqual({ families: ["parent"], staff: ["staff"], students: ["student"], teachers: ["staff", "teacher"] });
    expect(await admin.get<number>("/users/count")).toBe(demoRealm.users.length);
  });

  it("makes the secrets of confidential clients by itself", async () => {
    const secrets = await Promise.all(["osss-integration", "osss-users"].map((client) => admin.secretOf(client)));
    for (const secret of secrets) expect(secret).toMatch(/^\w{32,}$/);
    expect(secrets[0]).not.toBe(secrets[1]);
  });
});

describe("refused", () => {
  it.each([
    ["without PKCE", { code_challenge: undefined, code_challenge_method: undefined }],
    ["with the plain PKCE method", { code_challenge_method: "plain" }],
    ["with the implicit flow", { response_type: "id_token" }],
  ])("an authorization request %s", async (_name, changes) => {
    const visitor = new KeycloakVisitor(url);
    const location = new URL((await visitor.send(visitor.authorizationUrl(changes))).headers.get("location") ?? "");
    expect(location.searchParams.get("error") ?? new URLSearchParams(location.hash.slice(1)).get("error")).toMatch(/^(invalid_request|unsupported_response_type|unauthorized_client)$/);
  });

  it.each(["https://evil.example/signed-in", "http://localhost.evil.example/", "http://localhost:4001/"])("the redirect address %s, on a page", async (redirect_uri) => {
    const visitor = new KeycloakVisitor(url);
    expect((await visitor.send(visitor.authorizationUrl({ redirect_uri }))).status).toBe(400);
  });

  it("passwords sent to the token endpoint, for every client", async () => {
    for (const client_id of ["osss-web", "osss-cli"]) expect((await form("token", { grant_type: "password", client_id, username: "parent", password: "demo" })).status).toBe(400);
  });

  it("a connected system without its secret, and the API as a client", async () => {
    expect((await form("token", { grant_type: "client_credentials", client_id: "osss-integration", client_secret: "guess" })).status).toBe(401);
    expect((await form("token", { grant_type: "client_credentials", client_id: "osss-api" })).status).toBeGreaterThanOrEqual(400);
  });

  it("a code with another verifier, and a code used twice", async () => {
    const visitor = new KeycloakVisitor(url);
    const done = await visitor.answer(await visitor.open(), "student");
    const code = done.location!.searchParams.get("code")!;
    expect((await visitor.token({ grant_type: "authorization_code", code, redirect_uri: visitor.redirectUri, code_verifier: "x".repeat(43) })).status).toBe(400);
    await expect(visitor.exchange(code)).rejects.toThrow("invalid_grant");
  });
});

describe("the code flow of a parent", () => {
  let tokens: Tokens;
  let visitor: KeycloakVisitor;
  beforeAll(async () => {
    visitor = new KeycloakVisitor(url);
    tokens = await visitor.signIn("parent");
  });

  it("asks for no second factor, and gives an access token with the embedded provider's claims: roles, and nothing else about the person", () => {
    const { exp, iat, jti, sid, scope, ...claims } = decodeJwt(tokens.access_token);
    expect(decodeProtectedHeader(tokens.access_token)).toEqual({ alg: "RS256", typ: "JWT", kid: expect.any(String) as string });
    expect(claims).toEqual({
      typ: "Bearer",
      azp: "osss-web",
      iss: issuer,
      aud: "osss-api",
      sub: demoRealm.users.find((user) => user.username === "parent")!.id,
      preferred_username: "parent",
      realm_access: { roles: ["parent"] },
    });
    expect([exp! - iat!, typeof jti, typeof sid, String(scope).split(" ").toSorted()]).toEqual([300, "string", "string", ["email", "openid", "profile"]]);
  });

  it("gives an access token that the platform accepts; ID and refresh token are refused", async () => {
    expect(await verifier.verify(tokens.access_token)).toMatchObject({ username: "parent", roles: [Role.Parent] });
    expect(decodeJwt(tokens.id_token)).toMatchObject({ typ: "ID", aud: "osss-web", nonce: "nonce-1", email: "parent@example.org", email_verified: true });
    await expect(createTokenVerifier({ issuer, audience: "osss-web" }).verify(tokens.id_token)).rejects.toEqual(refused);
    await expect(verifier.verify(tokens.refresh_token)).rejects.toEqual(refused);
  });

  it("tells the e-mail address at userinfo, for the access token alone", async () => {
    const ask = (token: string) => fetch(`${issuer}/protocol/openid-connect/userinfo`, { headers: { authorization: `Bearer ${token}`, origin: "http://localhost:4000" } });
    const told = await ask(tokens.access_token);
    expect(told.headers.get("access-control-allow-origin")).toBe("http://localhost:4000");
    expect(await told.json()).toMatchObject({ email: "parent@example.org", email_verified: true });
    expect((await ask(tokens.id_token)).status).toBe(401);
  });

  it("refreshes once for each refresh token; one used twice ends the sign-in", async () => {
    const refreshed = (await (await visitor.refresh(tokens.refresh_token)).json()) as Tokens;
    expect(await verifier.verify(refreshed.access_token)).toMatchObject({ username: "parent" });
    expect((await visitor.refresh(tokens.refresh_token)).status).toBe(400);
    expect((await visitor.refresh(refreshed.refresh_token)).status).toBe(400);
  });
});

describe("the second factor", () => {
  it("is set up at the first sign-in of whoever works for the district: the password alone leads to no token", async () => {
    const workers = demoRealm.users.filter((user) => user.realmRoles.some((role) => !["parent", "student"].includes(role)));
    expect(workers.length).toBeGreaterThan(15);
    for (const { username } of workers.filter((user) => ["admin", "data-analyst", "teacher", "nurse-parent", "superintendent"].includes(user.username))) {
      await admin.forgetSecondFactor(username);
      const visitor = new KeycloakVisitor(url);
      expect([username, (await visitor.fill(await visitor.open(), { username, password: "demo" })).shown]).toEqual([username, "set up a second factor"]);
    }
  });

  it("hangs on every role of the district's work, and on no role of families", () => {
    const without = realmFile.roles.realm.filter((role) => !("composites" in role && role.composites?.client["osss-api"]?.includes("second-factor"))).map((role) => role.name);
    expect(without.toSorted()).toEqual(["integration", "parent", "student"]);
  });

  it("is asked at the next sign-in, and a wrong code is refused", async () => {
    await admin.forgetSecondFactor("registrar");
    await new KeycloakVisitor(url).signIn("registrar");
    const visitor = new KeycloakVisitor(url);
    const asked = await visitor.fill(await visitor.open(), { username: "registrar", password: "demo" });
    expect(asked.shown).toBe("second factor");
    expect((await visitor.fill(asked, { otp: "000000" })).shown).toBe("second factor");
  });
});

describe("the device flow of the command line", () => {
  /** `osss token`, and what a person does with the code that it shows. */
  async function token(answer: "Yes" | "No") {
    const printed = { out: [] as string[], err: [] as string[] };
    const command = printToken([], { print: (line) => void printed.out.push(line), report: (line) => void printed.err.push(line) }, readConfig({ OIDC_ISSUER: issuer }));
    await until(() => printed.err.length === 2);
    expect(printed.out).toEqual([]);
    const visitor = new KeycloakVisitor(url);
    const consent = await visitor.answer(await visitor.open(/open (\S+),/.exec(printed.err[1]!)![1]!), "parent");
    expect(consent.shown).toBe("consent");
    await visitor.fill(consent, answer === "Yes" ? { accept: answer } : { cancel: answer });
    return { code: await command, ...printed };
  }

  it("gives a token once a person has typed the code elsewhere and allowed it", { timeout: 60_000 }, async () => {
    const { code, out, err } = await token("Yes");
    expect([code, err[0]]).toEqual([0, expect.stringMatching(/type the code [A-Z]{4}-[A-Z]{4} and sign in/)]);
    expect(await verifier.verify(out[0]!)).toMatchObject({ username: "parent", roles: [Role.Parent] });
  });

  it("gives none to whom she refuses, and not without the proof that the same command asks", { timeout: 60_000 }, async () => {
    expect(await token("No")).toMatchObject({ code: 1, out: [], err: [expect.anything(), expect.anything(), "The sign-in was refused in the browser."] });
    expect((await form("auth/device", { client_id: "osss-cli", scope: "openid" })).body).toMatchObject({ error: "invalid_request" });
  });

  it("is no way in for the web client", async () => {
    expect((await form("auth/device", { client_id: "osss-web" })).status).toBeGreaterThanOrEqual(400);
  });
});

describe("a connected system", () => {
  it("signs in as itself, with the role integration alone and no refresh token", async () => {
    const { body } = await form("token", { grant_type: "client_credentials", client_id: "osss-integration", client_secret: await admin.secretOf("osss-integration") });
    expect(body).not.toHaveProperty("refresh_token");
    expect(await verifier.verify(String(body["access_token"]))).toMatchObject({ roles: [Role.Integration], username: "service-account-osss-integration" });
  });
});

describe("signing keys", () => {
  it("that Keycloak changes are picked up without a restart, and tokens of the former key go on", async () => {
    const before = (await new KeycloakVisitor(url).signIn("student")).access_token;
    await verifier.verify(before);
    await admin.request("POST", "/components", { name: "rotated", providerId: "rsa-generated", providerType: "org.keycloak.keys.KeyProvider", config: { priority: [String(Math.floor(Date.now() / 1000))], active: ["true"], enabled: ["true"], keySize: ["2048"], algorithm: ["RS256"] } });
    const after = (await new KeycloakVisitor(url).signIn("student")).access_token;
    expect(decodeProtectedHeader(after).kid).not.toBe(decodeProtectedHeader(before).kid);
    // Keys are fetched anew for an unknown name at most every thirty seconds.
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 31_000 });
    onTestFinished(() => void vi.useRealTimers());
    expect(await verifier.verify(after)).toMatchObject({ username: "student" });
    expect(await verifier.verify(before)).toMatchObject({ username: "student" });
  });
});
