import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { rows, signIn, title, type Visitor } from "./visitor.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What of WCAG 2.2 A and AA, and of good practice, axe finds broken on the screen: the rule and where. */
async function broken(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(of: Document, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } };
    const { violations } = await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
    return violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.html.slice(0, 160)}`));
  });
}

/** The screens as axe sees them, in both colour schemes, and at the width of a telephone. */
export function describeAccessibility(arrive: (options?: BrowserContextOptions) => Promise<Visitor>): void {
  describe.each(["light", "dark"] as const)("in %s colours", (colorScheme) => {
    it("nothing is in anybody's way: list, menu, no result, student, reasons", { timeout: 120_000 }, async () => {
      await using principal = await arrive({ colorScheme, reducedMotion: "reduce" });
      const { page } = principal;
      await page.goto("/");
      await page.getByRole("heading", { level: 1, name: "Welcome" }).waitFor();
      expect(await broken(page)).toEqual([]);
      await signIn(page, "principal");
      await rows(page).first().waitFor();
      expect(await broken(page)).toEqual([]);
      await page.getByRole("button", { name: /^Account of/ }).click();
      expect(await broken(page)).toEqual([]);
      await page.keyboard.press("Escape");
      await page.getByLabel("Find by name or number").fill("zzzz");
      await page.getByText("No student matches").waitFor();
      expect(await broken(page)).toEqual([]);
      await page.getByRole("button", { name: "Clear search and filters" }).click();
      await rows(page).first().click();
      await page.getByRole("heading", { name: "Contacts" }).waitFor();
      expect(await broken(page)).toEqual([]);
      await page.getByRole("button", { name: "Why can I see this?" }).click();
      await page.getByText(/^As principal/).first().waitFor();
      expect(await broken(page)).toEqual([]);
    });

    it.each(["parent", "newcomer", "data-analyst"])("nor in the way of: %s", { timeout: 60_000 }, async (username) => {
      await using person = await arrive({ colorScheme, reducedMotion: "reduce" });
      await signIn(person.page, username);
      await title(person.page).waitFor();
      await person.page.waitForLoadState("networkidle");
      expect(await broken(person.page)).toEqual([]);
    });
  });

  it("nothing has to be scrolled sideways on a telephone", { timeout: 60_000 }, async () => {
    await using principal = await arrive({ viewport: { width: 320, height: 640 } });
    const { page } = principal;
    await signIn(page, "principal");
    const width = () => page.evaluate(() => document.documentElement.scrollWidth);
    await rows(page).first().waitFor();
    expect(await width()).toBeLessThanOrEqual(320);
    await rows(page).first().click();
    await page.getByRole("heading", { name: "Contacts" }).waitFor();
    expect(await width()).toBeLessThanOrEqual(320);
  });
}
