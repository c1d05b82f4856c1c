import { existsSync } from "node:fs";
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type LaunchOptions } from "playwright-core";
import { packagedChromium } from "./packaged-chromium.ts";

const installed = "/usr/bin/chromium";

/** A browser for tests. Dispose of it with `await using`, or call `close()`. */
export interface TestBrowser extends AsyncDisposable {
  readonly browser: Browser;
  /** A fresh context with nobody signed in, in US English unless told otherwise. */
  newContext(options?: BrowserContextOptions): Promise<BrowserContext>;
  close(): Promise<void>;
}

/**
 * Starts a real headless Chromium: the machine's own where there is one, else the one that comes with the npm packages, which
 * also runs as root and needs no other install. Rejects when Chromium does not start, with what it printed.
 */
export async function launchBrowser(options: LaunchOptions = {}): Promise<TestBrowser> {
  const browser = await chromium.launch({
    headless: true,
    ...(existsSync(installed) ? { executablePath: installed } : await fromPackage()),
    ...options,
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--font-render-hinting=none", ...(options.args ?? [])],
  });
  const close = () => browser.close();
  return {
    browser,
    newContext: (context) => browser.newContext({ locale: "en-US", ...context }),
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function fromPackage(): Promise<LaunchOptions> {
  const { executable, fonts } = await packagedChromium();
  return { executablePath: executable, env: { FONTCONFIG_PATH: fonts } };
}
