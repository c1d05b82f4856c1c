import { decodeJwt, decodeProtectedHeader } from "jose";
import { OidcClient } from "oidc-client-ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTokenVerifier } from "#foundation/identity/access-token";
import { Role } from "#foundation/identity/role";
import { demoRealm } from "../realm.ts";
import { BrowserlessClient, type Tokens } from "./browserless-client.ts";
import { serveProvider, type ServedProvider } from "./serve-provider.ts";

let served: ServedProvider;
beforeAll(async () => void (served = await serveProvider()));
afterAll(async () => {
  expect(served.failures).toEqual([]);
  await served[Symbol.asyncDispose]();
});

const verifier = (audience = "osss-api") => createTokenVerifier({ issuer: served.provider.issuer, audience, jwks: served.provider.jwks() });

describe("refused", () => {
  it.each([
    ["without PKCE", { code_challenge: undefined, code_challenge_method: undefined }],
    ["with the plain PKCE method", { code_challenge_method: "plain" }],
    ["with the implicit flow", { response_type: "id_token" }],
  ])("an authorization request %s", async (_name, changes) => {
    const client = new BrowserlessClient(served.url);
    const location = new URL((await client.send(client.authorizationUrl(changes))).headers.get("location") ?? "");
    const answer = location.searchParams.get("error") ?? new URLSearchParams(location.hash.slice(1)).get("error");
    expect(answer).toMatch(/^(invalid_request|unsupported_response_type|unauthorized_client)$/);
  });

  it.each([
    "https://evil.example/signed-in",
    "http://localhost.evil.example/signed-in",
    "http://localhost:1/signed-in",
    "http://user@localhost:4000/",
    "javascript:alert(1)",
    "http://localhost:4000/#fragment",
  ])("the redirect address %s, on a page and not by redirect", async (redirect_uri) => {
    const client = new BrowserlessClient(served.url);
    const response = await client.send(client.authorizationUrl({ redirect_uri }));
    expect(response.status).toBe(400);
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(await response.text()).toContain("This sign-in cannot go on");
  });

  it("an unknown client, whose name is escaped on the page", async () => {
    const client = new BrowserlessClient(served.url, "<script>alert(1)</script>");
    const text = await (await client.send(client.authorizationUrl())).text();
    expect(text).toContain("invalid_client");
    expect(text).not.toContain("<script>");
  });

  it("the bearer-only API as a client", async () => {
    const client = new BrowserlessClient(served.url, "osss-api");
    expect((await client.send(client.authorizationUrl())).status).toBe(400);
  });

  it("a code used twice, and what came of its first use ends", async () => {
    const client = new BrowserlessClient(served.url);
    const page = await client.openSignIn();
    const location = await client.follow(await client.send(page.action, { form: { token: page.token, demo: "teacher" } }));
    const code = location.searchParams.get("code")!;
    const tokens = await client.exchange(code);
    await expect(client.exchange(code)).rejects.toThrow("invalid_grant");
    expect((await client.refresh(tokens.refresh_token)).status).toBe(400);
  });

  it("a code with another verifier", async () => {
    const client = new BrowserlessClient(served.url);
    const page = await client.openSignIn();
    const location = await client.follow(await client.send(page.action, { form: { token: page.token, demo: "teacher" } }));
    const response = await client.token({ grant_type: "authorization_code", code: location.searchParams.get("code")!, redirect_uri: client.redirectUri, code_verifier: "x".repeat(43) });
    expect([response.status, ((await response.json()) as { error: string }).error]).toEqual([400, "invalid_grant"]);
  });

  it("passwords sent to the token endpoint", async () => {
    const response = await new BrowserlessClient(served.url).token({ grant_type: "password", username: "teacher", password: "demo" });
    expect(response.status).toBe(400);
  });
});

describe("the code flow", () => {
  let tokens: Tokens;
  const client = () => new BrowserlessClient(served.url);
  beforeAll(async () => void (tokens = await client().signIn("teacher")));

  it("gives an access token with Keycloak's claims and no more about the person", () => {
    const user = demoRealm.users.find((candidate) => candidate.username === "teacher")!;
    expect(decodeProtectedHeader(tokens.access_token)).toEqual({ alg: "RS256", typ: "JWT", kid: served.provider.jwks().keys[0]!.kid });
    const { exp, iat, jti, ...claims } = decodeJwt(tokens.access_token);
    expect(claims).toEqual({
      typ: "Bearer",
      azp: "osss-web",
      iss: `${served.url}/realms/osss`,
      aud: "osss-api",
      sub: user.id,
      preferred_username: "teacher",
      realm_access: { roles: ["staff", "teacher"] },
      scope: "openid profile email",
    });
    expect([exp! - iat!, typeof jti, tokens.expires_in]).toEqual([300, "string", 300]);
  });

  it("gives an access token that the platform accepts, and an ID token that it refuses", async () => {
    expect(await verifier().verify(tokens.access_token)).toMatchObject({ username: "teacher", roles: [Role.Staff, Role.Teacher] });
    expect(decodeJwt(tokens.id_token)).toMatchObject({ typ: "ID", aud: "osss-web", nonce: "nonce-1", preferred_username: "teacher" });
    await expect(verifier("osss-web").verify(tokens.id_token)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    await expect(verifier().verify(tokens.refresh_token)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });

  it("answers userinfo for the access token only", async () => {
    const ask = (authorization: string) => fetch(`${client().base}/userinfo`, { headers: { authorization, origin: served.url } });
    const good = await ask(`Bearer ${tokens.access_token}`);
    expect(good.headers.get("access-control-allow-origin")).toBe(served.url);
    expect(await good.json()).toMatchObject({ sub: decodeJwt(tokens.access_token).sub, preferred_username: "teacher", name: "Odessa Farnsworth", email: "teacher@example.org" });
    expect((await ask(`Bearer ${tokens.id_token}`)).status).toBe(401);
    expect((await ask("Basic dGVhY2hlcjpkZW1v")).status).toBe(401);
  });

  it("lets only the application's own pages call the token endpoint", async () => {
    const preflight = (origin: string) => fetch(`${client().base}/token`, { method: "OPTIONS", headers: { origin, "access-control-request-method": "POST" } });
    expect((await preflight(served.url)).headers.get("access-control-allow-origin")).toBe(served.url);
    const foreign = await fetch(`${client().base}/token`, { method: "POST", headers: { origin: "https://evil.example" }, body: new URLSearchParams({ client_id: "osss-web", grant_type: "refresh_token", refresh_token: "x" }) });
    expect(foreign.headers.get("access-control-allow-origin")).not.toBe("https://evil.example");
  });

  it("lets the command line return to a loopback address on any port", async () => {
    const cli = new BrowserlessClient(served.url, "osss-cli");
    const page = await cli.openSignIn({ redirect_uri: "http://127.0.0.1:53211/callback" });
    expect(page.response.headers.get("content-security-policy")).toContain("form-action 'self' http://127.0.0.1:53211;");
    expect((await cli.send(cli.authorizationUrl({ redirect_uri: "http://127.0.0.1.evil.example/callback" }))).status).toBe(400);
  });

  it("is found by oidc-client-ts through discovery", async () => {
    const discovered = new OidcClient({ authority: served.provider.issuer, client_id: "osss-web", redirect_uri: `${served.url}/signed-in`, stateStore: memoryStore() });
    const { url } = await discovered.createSigninRequest({ scope: "openid" });
    expect(new URL(url).pathname).toBe("/realms/osss/protocol/openid-connect/auth");
    expect(await discovered.metadataService.getTokenEndpoint()).toBe(`${client().base}/token`);
    expect(await discovered.metadataService.getEndSessionEndpoint()).toBe(`${client().base}/logout`);
    expect(await discovered.metadataService.getUserInfoEndpoint()).toBe(`${client().base}/userinfo`);
    expect(await discovered.metadataService.getKeysEndpoint()).toBe(`${client().base}/certs`);
    expect(await discovered.metadataService.getIssuer()).toBe(served.provider.issuer);
    expect(await discovered.metadataService.getSigningKeys()).toEqual(served.provider.jwks().keys);
  });

  it("is gone through by oidc-client-ts: sign-in, user information, refresh, sign-out", async () => {
    const oidc = new OidcClient({
      authority: served.provider.issuer,
      client_id: "osss-web",
      redirect_uri: `${served.url}/signed-in`,
      post_logout_redirect_uri: `${served.url}/`,
      scope: "openid profile email",
      stateStore: memoryStore(),
      loadUserInfo: true,
    });
    const browser = client();
    const signIn = (await browser.send((await oidc.createSigninRequest({})).url)).headers.get("location")!;
    const token = /name="token" value="([^"]+)"/.exec(await (await browser.send(signIn)).text())![1]!;
    const returned = await browser.follow(await browser.send(signIn, { form: { token, demo: "counselor" } }));
    const signedIn = await oidc.processSigninResponse(returned.href);
    expect(signedIn.profile).toMatchObject({ preferred_username: "counselor", name: "Anselm Kowalczyk", email: "counselor@example.org" });
    const refreshed = await oidc.useRefreshToken({ state: { refresh_token: signedIn.refresh_token!, session_state: null, scope: signedIn.scope, profile: signedIn.profile } });
    expect(await verifier().verify(refreshed.access_token)).toMatchObject({ username: "counselor", roles: [Role.Counselor, Role.Staff] });
    const signOut = await oidc.createSignoutRequest({ id_token_hint: signedIn.id_token });
    expect((await browser.send(signOut.url)).headers.get("location")).toMatch(new RegExp(`^${served.url}/(\\?|$)`));
    expect((await browser.refresh(refreshed.refresh_token!)).status).toBe(400);
  });

  it("publishes no private part of the key", async () => {
    const { keys } = (await (await fetch(`${client().base}/certs`)).json()) as { keys: object[] };
    expect(keys.map((key) => Object.keys(key).toSorted())).toEqual([["alg", "e", "kid", "kty", "n", "use"]]);
  });

  it("speaks of its public address whatever host a request names", async () => {
    const response = await fetch(`${served.url}/realms/osss/.well-known/openid-configuration`, { headers: { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" } });
    expect(JSON.stringify(await response.json())).not.toContain("evil.example");
  });
});

it("behind a proxy that ends TLS speaks of the public address and gives secure cookies", async () => {
  const publicUrl = "https://demo.example.org";
  await using proxied = await serveProvider({ publicUrl });
  const client = new BrowserlessClient(proxied.url);
  const sent = await client.send(client.authorizationUrl({ redirect_uri: `${publicUrl}/signed-in` }));
  const signIn = new URL(sent.headers.get("location")!, publicUrl);
  for (const cookie of sent.headers.getSetCookie()) expect(cookie).toContain("; secure");
  const token = /name="token" value="([^"]+)"/.exec(await (await client.send(signIn.pathname)).text())![1]!;
  const done = await client.send(signIn.pathname, { form: { token, demo: "teacher" }, headers: { origin: publicUrl } });
  const resume = new URL(done.headers.get("location")!);
  expect(resume.origin).toBe(publicUrl);
  const resumed = await client.send(resume.pathname);
  expect(resumed.headers.get("location")).toMatch(/^https:\/\/demo\.example\.org\/signed-in\?code=/);
  expect(proxied.failures).toEqual([]);
});

function memoryStore() {
  const values = new Map<string, string>();
  return {
    set: async (key: string, value: string) => void values.set(key, value),
    get: async (key: string) => values.get(key) ?? null,
    remove: async (key: string) => {
      const value = values.get(key) ?? null;
      values.delete(key);
      return value;
    },
    getAllKeys: async () => [...values.keys()],
  };
}
