import { stat } from "node:fs/promises";
import { join } from "node:path";
import { decodeJwt } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTokenVerifier } from "#foundation/identity/access-token";
import { BrowserlessClient, type Tokens } from "./browserless-client.ts";
import { serveProvider, type ServedProvider } from "./serve-provider.ts";

let served: ServedProvider;
let client: BrowserlessClient;
beforeEach(async () => {
  served = await serveProvider();
  client = new BrowserlessClient(served.url);
});
afterEach(async () => {
  expect(served.failures).toEqual([]);
  await served[Symbol.asyncDispose]();
});

const logoutUrl = (parameters: Record<string, string>) => `${client.base}/logout?${new URLSearchParams(parameters)}`;
const signedInStill = async () => (await client.send(client.authorizationUrl({ prompt: "none" }))).headers.get("location")!.includes("code=");

describe("refresh", () => {
  it("gives new tokens for a refresh token, once", async () => {
    const first = await client.signIn("registrar");
    const second = (await (await client.refresh(first.refresh_token)).json()) as Tokens;
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(decodeJwt(second.access_token)).toMatchObject({ sub: decodeJwt(first.access_token).sub, aud: "osss-api", typ: "Bearer" });
    expect(decodeJwt(second.access_token).jti).not.toBe(decodeJwt(first.access_token).jti);
    expect((await client.refresh(second.refresh_token)).status).toBe(200);
  });

  it("ends every token of a sign-in when one refresh token is used twice: someone else has it", async () => {
    const first = await client.signIn("registrar");
    const second = (await (await client.refresh(first.refresh_token)).json()) as Tokens;
    expect((await client.refresh(first.refresh_token)).status).toBe(400);
    expect((await client.refresh(second.refresh_token)).status).toBe(400);
  });

  it("refuses another client's refresh token", async () => {
    const { refresh_token } = await client.signIn("registrar");
    expect((await new BrowserlessClient(served.url, "osss-cli").refresh(refresh_token)).status).toBe(400);
  });
});

describe("a restart", () => {
  it("keeps keys, sessions and refresh tokens, in files of this user alone", async () => {
    const before = await client.signIn("nurse");
    const keys = served.provider.jwks();
    await served.restart();
    expect(served.provider.jwks()).toEqual(keys);
    const verifier = createTokenVerifier({ issuer: served.provider.issuer, audience: "osss-api", jwks: served.provider.jwks() });
    expect((await verifier.verify(before.access_token)).username).toBe("nurse");
    expect((await client.refresh(before.refresh_token)).status).toBe(200);
    expect(await signedInStill()).toBe(true);
    const modes = await Promise.all(["", "keys.json", "grants.jsonl"].map(async (name) => (await stat(join(served.dataDir, "identity", name))).mode & 0o777));
    expect(modes).toEqual([0o700, 0o600, 0o600]);
  });

  it("between the sign-in page and the code is not noticed", async () => {
    const page = await client.openSignIn();
    await served.restart();
    const location = await client.follow(await client.send(page.action, { form: { token: page.token, demo: "parent" } }));
    await served.restart();
    expect(decodeJwt((await client.exchange(location.searchParams.get("code")!)).access_token)["preferred_username"]).toBe("parent");
  });

  it("does not bring a used refresh token back", async () => {
    const first = await client.signIn("nurse");
    await client.refresh(first.refresh_token);
    await served.restart();
    expect((await client.refresh(first.refresh_token)).status).toBe(400);
  });
});

describe("signing out", () => {
  it("with the ID token ends session and refresh tokens at once and returns to the application", async () => {
    const tokens = await client.signIn("teacher");
    const response = await client.send(logoutUrl({ id_token_hint: tokens.id_token, post_logout_redirect_uri: `${served.url}/bye`, state: "s 1" }));
    expect([response.status, response.headers.get("location")]).toEqual([303, `${served.url}/bye?state=s+1`]);
    expect(await signedInStill()).toBe(false);
    expect((await client.refresh(tokens.refresh_token)).status).toBe(400);
  });

  it("stays done after a restart", async () => {
    const tokens = await client.signIn("teacher");
    await client.send(logoutUrl({ id_token_hint: tokens.id_token }));
    await served.restart();
    expect(await signedInStill()).toBe(false);
    expect((await client.refresh(tokens.refresh_token)).status).toBe(400);
  });

  it("without an ID token is asked first, and the answer needs the page's own form", async () => {
    await client.signIn("teacher");
    const response = await client.send(logoutUrl({ client_id: "osss-web", post_logout_redirect_uri: `${served.url}/bye` }));
    const text = await response.text();
    expect(text).toContain("Sign out of OSSS?");
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect((await client.send(`${client.base}/logout/confirm`, { form: { xsrf: "guess", logout: "yes" } })).status).toBe(400);
    expect(await signedInStill()).toBe(true);
    const again = await (await client.send(logoutUrl({ client_id: "osss-web", post_logout_redirect_uri: `${served.url}/bye` }))).text();
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(again)![1]!;
    const done = await client.send(`${client.base}/logout/confirm`, { form: { xsrf, logout: "yes" } });
    expect(done.headers.get("location")).toBe(`${served.url}/bye`);
    expect(await signedInStill()).toBe(false);
  });

  it("with another person's ID token is asked first", async () => {
    const other = await new BrowserlessClient(served.url).signIn("parent");
    await client.signIn("teacher");
    expect(await (await client.send(logoutUrl({ id_token_hint: other.id_token }))).text()).toContain("Sign out of OSSS?");
    expect(await signedInStill()).toBe(true);
  });

  it("never redirects to a foreign address", async () => {
    const tokens = await client.signIn("teacher");
    const response = await client.send(logoutUrl({ id_token_hint: tokens.id_token, post_logout_redirect_uri: "https://evil.example/" }));
    expect([response.status, response.headers.get("location")]).toEqual([400, null]);
  });

  it("when nobody is signed in says so", async () => {
    const response = await client.send(logoutUrl({}));
    const page = await client.send(response.headers.get("location")!);
    expect(await page.text()).toContain("You are signed out");
  });
});

it("signing in as another person ends what the first one held", async () => {
  const teacher = await client.signIn("teacher");
  const page = await client.openSignIn({ prompt: "login" });
  const location = await client.follow(await client.send(page.action, { form: { token: page.token, demo: "principal" } }));
  const principal = await client.exchange(location.searchParams.get("code")!);
  expect(decodeJwt(principal.access_token)["preferred_username"]).toBe("principal");
  expect((await client.refresh(teacher.refresh_token)).status).toBe(400);
  expect((await client.refresh(principal.refresh_token)).status).toBe(200);
});
