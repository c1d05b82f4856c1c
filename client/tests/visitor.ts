import type { BrowserContextOptions, Page } from "playwright-core";
import type { TestBrowser } from "#foundation/testing/browser";

/** A person at a browser of her own. Watches for what no page may do: break, or run into its own security policy. */
export interface Visitor extends AsyncDisposable {
  readonly page: Page;
  /** What the pages complained about so far. */
  readonly complaints: string[];
}

export async function visitor(browser: TestBrowser, url: string, options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => void (message.text().includes("Content Security Policy") && complaints.push(message.text())));
  return { page, complaints, [Symbol.asyncDispose]: () => context.close() };
}

/** Signs in from the welcome page, as a person does: with name and password. */
export async function signIn(page: Page, username: string): Promise<void> {
  await page.goto("/");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByLabel("User name or e-mail").fill(username);
  await page.getByLabel("Password", { exact: true }).fill("demo");
  await page.keyboard.press("Enter");
  await page.waitForURL((address) => !/^\/(realms|signed-in)/.test(address.pathname));
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { level: 1, name: "You are signed out" }).waitFor();
}

/** The heading of the screen that is there now. */
export const title = (page: Page) => page.getByRole("heading", { level: 1 }).first();
/** The students of the list on the screen, as it writes their names. */
export const rows = (page: Page) => page.locator("tbody a");
