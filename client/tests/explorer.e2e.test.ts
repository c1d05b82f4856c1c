import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser, type TestBrowser } from "#foundation/testing/browser";
import { startedPlatform, type StartedPlatform } from "#foundation/testing/started-platform";
import { visitor } from "./visitor.ts";

let platform: StartedPlatform;
let browser: TestBrowser;
beforeAll(async () => {
  [platform, browser] = await Promise.all([startedPlatform({ env: { OSSS_DEMO_STUDENTS: "60" } }), launchBrowser()]);
}, 200_000);
afterAll(async () => {
  await browser?.close();
  await platform?.stop();
});
const shot = async (page: Page, name: string) => {
  if (process.env["OSSS_SCREENSHOTS"]) await page.screenshot({ path: `${process.env["OSSS_SCREENSHOTS"]}/${name}.png` });
};

/** Opens GraphiQL and signs in: one click here, and one on the demo's list of people. */
async function signIn(page: Page, person: RegExp): Promise<void> {
  await page.goto("/graphql");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("button", { name: person }).first().click();
  await page.getByText(/^Signed in as/).waitFor();
  await page.locator(".graphiql-query-editor .view-line").first().waitFor();
}

/** Puts an operation that begins with its kind in the place of what is in the query editor, at once: of single keys the editor closes brackets, and what is pasted it reads later. */
async function write(page: Page, text: string): Promise<void> {
  await page.locator(".graphiql-query-editor .inputarea").first().focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(text);
  await expect.poll(() => shown(page, "query-editor"), patiently).toBe(text);
  const name = /^\w+ (\w+)/.exec(text)?.[1];
  // The tab is named after the operation once the editor has read it.
  if (name) await page.getByRole("tab", { name }).waitFor();
}
const patiently = { timeout: 20_000, interval: 100 };
const shown = async (page: Page, pane: "query-editor" | "response") => (await page.locator(`.graphiql-${pane} .view-lines`).first().innerText()).replaceAll("\u00a0", " ");
const told = (page: Page) => shown(page, "response");

describe("GraphiQL at /graphql", { timeout: 120_000 }, () => {
  it("shows nothing of the schema to whom is not signed in, and signs in with one click", async () => {
    await using somebody = await visitor(browser, platform.url);
    const { page } = somebody;
    await page.goto("/graphql");
    await page.getByText("Nobody is signed in.").waitFor();
    await page.locator(".graphiql-query-editor .view-line").first().waitFor();
    await shot(page, "1-signed-out");
    await page.getByRole("button", { name: /Execute query/ }).click();
    await expect.poll(() => told(page), patiently).toContain('"me": null');
    await signIn(page, /^Registrar/);
    expect(page.url()).toBe(`${platform.url}/graphql`);
    await page.getByRole("button", { name: /Execute query/ }).click();
    await expect.poll(() => told(page), patiently).toContain('"registrar"');
    await shot(page, "2-signed-in");
    expect(somebody.complaints).toEqual([]);
  });

  it("runs with the keyboard alone, and shows an error with its code and place", async () => {
    await using somebody = await visitor(browser, platform.url);
    const { page } = somebody;
    await signIn(page, /^Registrar/);
    await write(page, "query Both { students(first: 2) { nodes { studentNumber } } auditEntries(first: 1) { totalCount } }");
    await page.keyboard.press("ControlOrMeta+Enter");
    await expect.poll(() => told(page), patiently).toContain("studentNumber");
    const answer = await told(page);
    expect(answer).toContain('"coordinate": "');
    expect(answer).toContain('"code": "FORBIDDEN"');
    await shot(page, "3-error");
    // What is being written is suggested from the schema as the roles open it; Escape and Tab lead on.
    await write(page, "query Some { scho }");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    // The editor answers once with what its worker knows then: before the schema has arrived there, with nothing. So it is asked again, as by a person.
    const suggested = page.getByRole("option", { name: /^schools/ });
    await expect.poll(async () => {
      await page.keyboard.press("ControlOrMeta+Space");
      return suggested.waitFor({ timeout: 2_000 }).then(() => true, async () => (await page.keyboard.press("Escape"), false));
    }, { timeout: 40_000, interval: 100 }).toBe(true);
    await shot(page, "4-suggestions");
    await page.keyboard.press("Escape");
    await page.keyboard.press("ControlOrMeta+m");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.closest(".graphiql-query-editor .monaco-editor") === null)).toBe(true);
    expect(somebody.complaints).toEqual([]);
  });

  it("shows the events of a subscription as they happen, until it is stopped", async () => {
    await using somebody = await visitor(browser, platform.url);
    const { page } = somebody;
    await signIn(page, /^Registrar/);
    await write(page, "subscription Changes { studentsChanged { action record { studentNumber } } }");
    await page.keyboard.press("ControlOrMeta+Enter");
    await page.getByRole("button", { name: /Stop query/ }).waitFor();
    const registrar = await platform.token("registrar");
    const listed = await platform.graphql<{ students: { nodes: { id: string; version: number; studentNumber: string }[] } }>(registrar, "{ students(first: 1) { nodes { id version studentNumber } } }");
    const [student] = listed.data!.students.nodes;
    let number = 0;
    // Until the subscription is there, nobody hears: so it is said again.
    await expect.poll(async () => {
      const changed = await platform.graphql<{ updateStudent: { record: { version: number } } }>(registrar, `mutation { updateStudent(id: "${student!.id}", version: ${student!.version}, input: { studentNumber: "GQL-${++number}" }) { record { version } } }`);
      student!.version = changed.data!.updateStudent.record.version;
      return told(page);
    }, { timeout: 20_000, interval: 500 }).toMatch(/"action": "UPDATED"[^]*"studentNumber": "GQL-\d+"/);
    await shot(page, "5-event");
    await page.getByRole("button", { name: /Stop query/ }).click();
    await page.getByRole("button", { name: /Execute query/ }).waitFor();
    expect(somebody.complaints).toEqual([]);
  });

  it("describes the schema as the reader's roles open it, and leaves nothing behind at the sign-out", async () => {
    const documented = async (page: Page, person: RegExp): Promise<string[]> => {
      await signIn(page, person);
      await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
      await page.locator(".graphiql-doc-explorer").getByText("Query", { exact: true }).first().click();
      await page.locator(".graphiql-doc-explorer-field-name").first().waitFor();
      return page.locator(".graphiql-doc-explorer-field-name").allTextContents();
    };
    await using parent = await visitor(browser, platform.url);
    const ofParent = await documented(parent.page, /^Parent/);
    await shot(parent.page, "6-docs");
    await using auditor = await visitor(browser, platform.url);
    const ofAuditor = await documented(auditor.page, /^Auditor/);
    expect([ofParent.includes("students"), ofParent.includes("auditEntries"), ofAuditor.includes("auditEntries")]).toEqual([true, false, true]);

    const { page } = auditor;
    await write(page, 'query Named { students(where: { sortName: { eq: "Somebody, Known" } }) { totalCount } }');
    await expect.poll(() => page.evaluate(() => JSON.stringify(Object.entries(sessionStorage))), patiently).toContain("Somebody, Known");
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    // The editor saves a moment after the last keystroke: not into what the sign-out has emptied.
    await write(page, 'query Named { students(where: { sortName: { eq: "Somebody, Else" } }) { totalCount } }');
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { level: 1, name: "You are signed out" }).waitFor();
    expect(await page.evaluate(() => Object.entries(sessionStorage).map(([name, value]) => `${name} ${value}`).filter((entry) => /graphiql|Somebody|oidc\.user/.test(entry)))).toEqual([]);
    expect([...parent.complaints, ...auditor.complaints]).toEqual([]);
  });

  it("takes the sign-in of the client in the same tab, in dark colours too", async () => {
    await using somebody = await visitor(browser, platform.url, { colorScheme: "dark" });
    const { page } = somebody;
    await page.goto("/");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByRole("button", { name: /^Principal/ }).first().click();
    await page.waitForURL((address) => !/^\/(realms|signed-in)/.test(address.pathname));
    await page.goto("/graphql");
    await page.getByText(/^Signed in as/).waitFor();
    await page.locator(".graphiql-query-editor .view-line").first().waitFor();
    await shot(page, "7-dark");
    expect(somebody.complaints).toEqual([]);
  });
});
