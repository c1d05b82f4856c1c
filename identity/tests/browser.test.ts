import { decodeJwt } from "jose";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchBrowser, type TestBrowser } from "#foundation/testing/browser";
import { demoRealm } from "../realm.ts";
import { BrowserlessClient } from "./browserless-client.ts";
import { serveProvider, type ServedProvider } from "./serve-provider.ts";

let served: ServedProvider;
let browser: TestBrowser;
let client: BrowserlessClient;
beforeAll(async () => {
  [served, browser] = await Promise.all([serveProvider(), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await served[Symbol.asyncDispose]();
});

describe.each([["with script", true], ["without script", false]])("in a browser %s", (_name, javaScriptEnabled) => {
  let page: Page;
  let violations: string[];
  beforeEach(async () => {
    client = new BrowserlessClient(served.url);
    page = await (await browser.newContext({ javaScriptEnabled, baseURL: served.url })).newPage();
    violations = [];
    page.on("console", (message) => void (message.text().includes("Content Security Policy") && violations.push(message.text())));
    await page.goto(client.authorizationUrl());
  });
  afterEach(async () => {
    expect(violations).toEqual([]);
    await page.context().close();
  });

  const signedInAs = async () => {
    const tokens = await client.exchange(new URL(page.url()).searchParams.get("code") ?? "");
    return { ...tokens, username: decodeJwt(tokens.access_token)["preferred_username"] };
  };

  it("one click signs a demo user in", async () => {
    await page.getByRole("button", { name: "Principal Ingrid Vashti Leads the second school" }).click();
    expect(await page.title()).toBe("application");
    expect((await signedInAs()).username).toBe("principal-2");
  });

  it("the keyboard alone signs in, after an error that is announced and keeps the name", async () => {
    const password = page.getByLabel("Password", { exact: true });
    await page.getByLabel("User name or e-mail").fill("teacher");
    await password.fill("wrong");
    await page.keyboard.press("Enter");
    const alert = page.getByRole("alert");
    await alert.waitFor();
    expect(await alert.textContent()).toBe("User name and password do not match. Check both and try again.");
    expect(await page.title()).toBe("Problem: sign in to OSSS");
    expect([await page.getByLabel("User name or e-mail").inputValue(), await password.getAttribute("aria-describedby"), await password.getAttribute("aria-invalid")]).toEqual(["teacher", "problem", "true"]);
    if (javaScriptEnabled) expect(await page.locator("#password:focus").count()).toBe(1);
    await password.fill("demo");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${served.url}/signed-in?*`);
    expect((await signedInAs()).username).toBe("teacher");
  });

  it("signs out, and the way back leads to a page that says so and on to another person", async () => {
    const signInAddress = page.url();
    await page.getByRole("button", { name: /^Parent / }).click();
    const { id_token } = await signedInAs();
    await page.goto(`${client.base}/logout?${new URLSearchParams({ id_token_hint: id_token })}`);
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("You are signed out");
    await page.goto(signInAddress);
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("This sign-in is over");
    await page.getByRole("link", { name: "Go to OSSS" }).click();
    expect(await page.title()).toBe("application");
    await page.goto(client.authorizationUrl());
    await page.getByRole("button", { name: /^Student / }).click();
    expect((await signedInAs()).username).toBe("student");
  });
});

describe("the page", () => {
  it("offers every demo user, each by a name of its own", async () => {
    await using context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(new BrowserlessClient(served.url).authorizationUrl());
    const names = await page.locator("button.person").allTextContents();
    expect(names.length).toBe(demoRealm.users.length);
    expect(new Set(names).size).toBe(names.length);
    expect(await page.getByRole("heading", { level: 3 }).allTextContents()).toEqual(["District office", "Schools", "Families and students"]);
  });

  it.each(["light", "dark"] as const)("has a contrast of 4.5 to 1 everywhere in %s colours", async (colorScheme) => {
    await using context = await browser.newContext({ colorScheme });
    const page = await context.newPage();
    await page.goto(new BrowserlessClient(served.url).authorizationUrl());
    await page.getByLabel("User name or e-mail").fill("x");
    await page.getByLabel("Password", { exact: true }).fill("x");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByRole("alert").waitFor();
    const { texts, low } = (await page.evaluate(lowContrast)) as { texts: number; low: string[] };
    expect(low).toEqual([]);
    expect(texts).toBeGreaterThan(60);
  });

  it.each([320, 768, 1280])("fits %i pixels without scrolling sideways", async (width) => {
    await using context = await browser.newContext({ viewport: { width, height: 800 } });
    const page = await context.newPage();
    await page.goto(new BrowserlessClient(served.url).authorizationUrl());
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
  });
});

/** A script for the page: texts whose colour is too near to the nearest painted ground, by WCAG's formula. */
const lowContrast = String.raw`(() => {
  const channels = (color) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (color) => {
    const [red, green, blue] = channels(color).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ground = (element) => {
    if (!element) return "rgb(255, 255, 255)";
    const color = getComputedStyle(element).backgroundColor;
    return channels(color)[3] === 0 ? ground(element.parentElement) : color;
  };
  const texts = [...document.querySelectorAll("body *")].filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()));
  const low = texts.flatMap((element) => {
    const [light, dark] = [luminance(getComputedStyle(element).color), luminance(ground(element))].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    return ratio < 4.5 ? [element.textContent.trim() + ": " + ratio.toFixed(2)] : [];
  });
  return { texts: texts.length, low };
})()`;
