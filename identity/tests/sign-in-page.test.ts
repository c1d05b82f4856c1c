import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { html } from "../html.ts";
import { demoRealm } from "../realm.ts";
import { signInPage } from "../sign-in-page.ts";
import { BrowserlessClient } from "./browserless-client.ts";
import { serveProvider, type ServedProvider } from "./serve-provider.ts";

let served: ServedProvider;
let client: BrowserlessClient;
let time: number;
beforeEach(async () => {
  time = Date.now();
  served = await serveProvider({ clock: () => time });
  client = new BrowserlessClient(served.url);
});
afterEach(async () => {
  expect(served.failures).toEqual([]);
  await served[Symbol.asyncDispose]();
});

describe("refuses", () => {
  it("a wrong password and an unknown user in the same words, and keeps the name typed", async () => {
    const page = await client.openSignIn();
    const answers = [];
    for (const username of ["teacher", "nobody"]) {
      const response = await client.send(page.action, { form: { token: page.token, username, password: "wrong" } });
      const text = await response.text();
      expect(text).toContain(`value="${username}"`);
      answers.push([response.status, /role="alert"[^>]*>([^<]+)/.exec(text)?.[1]]);
    }
    const refusal = [401, "User name and password do not match. Check both and try again."];
    expect(answers).toEqual([refusal, refusal]);
  });

  it("an empty password for any user", async () => {
    const page = await client.openSignIn();
    for (const username of ["teacher", "nobody", ""]) expect((await client.send(page.action, { form: { token: page.token, username, password: "" } })).status).toBe(401);
  });

  it("more tries after five wrong passwords, the right one included, until five minutes have passed", async () => {
    const page = await client.openSignIn();
    const attempt = (password: string, username = "teacher") => client.send(page.action, { form: { token: page.token, username, password } });
    for (let count = 0; count < 5; count++) expect((await attempt("wrong")).status).toBe(401);
    const refused = await attempt("demo", " TEACHER ");
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "300"]);
    expect(await refused.text()).toContain("Too many tries. Wait 5 minutes, then try again.");
    time += 299_000;
    expect((await attempt("demo")).status).toBe(429);
    time += 1_000;
    expect((await attempt("demo")).status).toBe(303);
  });

  it("thirty wrong passwords from one address, whatever the names", async () => {
    const page = await client.openSignIn();
    for (let count = 0; count < 30; count++) await client.send(page.action, { form: { token: page.token, username: `guess-${count}`, password: "demo" } });
    expect((await client.send(page.action, { form: { token: page.token, username: "teacher", password: "demo" } })).status).toBe(429);
  });

  it.each<[string, Record<string, string>, (token: string) => Record<string, string>]>([
    ["without the page's token", {}, () => ({ demo: "superintendent" })],
    ["with a made-up token", {}, () => ({ demo: "superintendent", token: "x".repeat(43) })],
    ["that another site sent", { "sec-fetch-site": "cross-site" }, (token) => ({ demo: "superintendent", token })],
    ["that another port of the host sent", { "sec-fetch-site": "same-site" }, (token) => ({ demo: "superintendent", token })],
    ["from another origin", { origin: "https://evil.example" }, (token) => ({ demo: "superintendent", token })],
    ["that is too long", {}, (token) => ({ demo: "superintendent", token, filler: "x".repeat(10_000) })],
  ])("a form %s", async (_name, headers, form) => {
    const page = await client.openSignIn();
    const response = await client.send(page.action, { form: form(page.token), headers });
    expect([response.status, response.headers.get("location")]).toEqual([403, null]);
  });

  it("the token of another browser's page", async () => {
    const [mine, theirs] = [await client.openSignIn(), await new BrowserlessClient(served.url).openSignIn()];
    expect((await client.send(mine.action, { form: { token: theirs.token, demo: "teacher" } })).status).toBe(403);
    const stranger = await new BrowserlessClient(served.url).send(theirs.action, { form: { token: theirs.token, demo: "teacher" } });
    expect(stranger.status).toBe(400);
    expect(await stranger.text()).toContain("This sign-in is over");
  });

  it("a page that was used, with a way on", async () => {
    const page = await client.openSignIn();
    await client.follow(await client.send(page.action, { form: { token: page.token, demo: "teacher" } }));
    for (const response of [await client.send(page.action), await client.send(page.action, { form: { token: page.token, demo: "parent" } })]) {
      expect(response.status).toBe(400);
      expect(await response.text()).toContain(`href="${served.url}/"`);
    }
  });

  it("a demo user that is not there, and other methods", async () => {
    const page = await client.openSignIn();
    expect((await client.send(page.action, { form: { token: page.token, demo: "<b>" } })).status).toBe(400);
    expect((await client.send(page.action, { method: "DELETE" })).status).toBe(405);
  });
});

it("forbids script, framing and storing by its headers", async () => {
  const { response, text } = await client.openSignIn();
  expect(Object.fromEntries(["content-security-policy", "x-frame-options", "cache-control", "x-content-type-options"].map((name) => [name, response.headers.get(name)]))).toEqual({
    "content-security-policy": `default-src 'none'; style-src 'self'; img-src data:; form-action 'self' ${served.url}; base-uri 'none'; frame-ancestors 'none'`,
    "x-frame-options": "DENY",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  expect(text).not.toMatch(/<script|style=|\son\w+=/);
  expect((await client.send(/href="([^"]+\.css)"/.exec(text)![1]!)).headers.get("content-type")).toContain("text/css");
});

it("has a cookie that scripts and other sites do not get, for the realm's paths alone", async () => {
  const cookies = (await client.send(client.authorizationUrl())).headers.getSetCookie();
  expect(cookies.length).toBeGreaterThan(0);
  for (const cookie of cookies) expect(cookie).toMatch(/^osss_\d+_\w+(\.sig)?=.*path=\/realms\/osss.*samesite=lax; httponly/i);
});

it("escapes everything that comes from outside", async () => {
  const evil = `"><script>alert('x')</script>\``;
  const { text } = await client.openSignIn({ login_hint: evil, state: evil });
  expect(text).toContain("&#34;&#62;&#60;script&#62;alert(&#39;x&#39;)&#60;/script&#62;&#96;");
  const user = { ...demoRealm.users[0]!, firstName: evil, username: evil, attributes: { demoNote: [evil] as [string] } };
  const page = signInPage({ base: "/realms/osss", realm: { ...demoRealm, users: [user] }, action: evil, formToken: evil, problem: evil, username: evil }).text;
  expect(page).not.toContain("<script");
  expect(page.split('"><').length).toBe(signInPage({ base: "/realms/osss", realm: { ...demoRealm, users: [{ ...user, firstName: "A", username: "a", attributes: { demoNote: ["n"] } }] }, action: "a", formToken: "t", problem: "p", username: "u" }).text.split('"><').length);
  expect(html`<p title="${evil}">${[evil, html`<b>${evil}</b>`]}</p>`.text).not.toContain("<script");
});

it("answers unknown addresses of the realm with a page, and leaves other addresses to the application", async () => {
  for (const path of ["", "/", "/nothing", "/protocol/openid-connect/nothing", "/login-actions/authenticate/"]) {
    const response = await client.send(`/realms/osss${path}`);
    expect([path, response.status < 500 && response.status >= 400]).toEqual([path, true]);
    expect(await response.text()).toContain("Go to OSSS");
  }
  for (const path of ["/realms/osss2", "/realms/master", "/"]) expect(await (await client.send(path)).text()).toContain("The application");
});
