import type { BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser, type TestBrowser } from "#foundation/testing/browser";
import { startedPlatform, type StartedPlatform } from "#foundation/testing/started-platform";
import { describeAccessibility } from "./accessibility.ts";
import { rows, signIn, signOut, title, visitor } from "./visitor.ts";

let platform: StartedPlatform;
let browser: TestBrowser;
beforeAll(async () => {
  // Enough students for pages.
  [platform, browser] = await Promise.all([startedPlatform({ env: { OSSS_DEMO_STUDENTS: "300" } }), launchBrowser()]);
}, 200_000);
afterAll(async () => {
  await browser?.close();
  await platform?.stop();
});
const arrive = (options: BrowserContextOptions = {}) => visitor(browser, platform.url, options);

/** What the API gives a user, asked without the client. */
async function asked<T>(username: string, query: string): Promise<T> {
  const { data, errors } = await platform.graphql<T>(await platform.token(username), query);
  if (!data) throw new Error(JSON.stringify(errors));
  return data;
}
const listed = async (username: string) => (await asked<{ students: { nodes: { id: string; sortName: string; studentNumber: string }[] } }>(username, "{ students(first: 500, orderBy: [{ field: sortName }]) { nodes { id sortName studentNumber } } }")).students.nodes;

/** The code of an invitation that the registrar makes for a contact of one of her students. */
async function invitedContact(): Promise<string> {
  const { students } = await asked<{ students: { nodes: { contacts: { nodes: { person: { id: string } | null }[] } }[] } }>("registrar", "{ students(first: 20, orderBy: [{ field: sortName }]) { nodes { contacts { nodes { person { id } } } } } }");
  const persons = students.nodes.flatMap(({ contacts }) => contacts.nodes.flatMap(({ person }) => (person ? [person.id] : [])));
  for (const id of persons) {
    const { data } = await platform.graphql<{ inviteToSignIn: { code: string } | null }>(await platform.token("registrar"), `mutation { inviteToSignIn(input: { personId: "${id}" }) { code } }`);
    if (data?.inviteToSignIn) return data.inviteToSignIn.code;
  }
  throw new Error("The registrar could invite nobody.");
}

describe("a registrar", { timeout: 90_000 }, () => {
  it("searches, opens a student, sees why, and signs out with nothing left behind", async () => {
    await using registrar = await arrive();
    const { page } = registrar;
    await signIn(page, "registrar");
    await rows(page).first().waitFor();
    // One whom the page shows, and nobody's namesake.
    const shown = await rows(page).allTextContents();
    const students = await listed("registrar");
    const wanted = students.find(({ sortName }) => shown.includes(sortName) && students.filter((each) => each.sortName === sortName).length === 1);
    const [family, given] = wanted!.sortName.split(", ");

    await page.getByLabel("Find by name or number").fill(`${given} ${family!.slice(0, 3).toLowerCase()}`);
    await page.getByRole("status").filter({ hasText: /found$/ }).waitFor();
    expect(await rows(page).allTextContents()).toContain(wanted!.sortName);
    await page.getByLabel("Find by name or number").fill(wanted!.studentNumber);
    await page.getByRole("status").filter({ hasText: "1 student found" }).waitFor();
    expect(page.url()).toBe(`${platform.url}/students`);

    await rows(page).first().click();
    await page.getByRole("heading", { name: `${given} ${family}` }).waitFor();
    expect([new URL(page.url()).pathname, await page.title()]).toEqual([`/students/${wanted!.id}`, "Student record · OSSS"]);
    await page.getByRole("heading", { name: "Contacts" }).waitFor();
    await page.getByText("Not open to your roles: meal eligibility.").waitFor();

    await page.getByRole("button", { name: "Why can I see this?" }).click();
    const panel = page.getByRole("dialog", { name: "Why can I see this?" });
    await panel.getByText("As registrar, you have this duty today at the student's school").first().waitFor();
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "hidden" });

    await signOut(page);
    const kept = await page.evaluate(() => [...Object.keys(localStorage), ...Object.entries(sessionStorage).map(([name, value]) => `${name} ${value}`)].filter((entry) => /oidc|token|eyJ/.test(entry)));
    expect(kept).toEqual([]);
    await page.goto(`/students/${wanted!.id}`);
    await page.getByRole("heading", { level: 1, name: "Welcome" }).waitFor();
    expect(registrar.complaints).toEqual([]);
  });

  it("turns the pages and comes back to the row that she opened", async () => {
    await using registrar = await arrive();
    const { page } = registrar;
    await signIn(page, "registrar");
    await rows(page).first().waitFor();
    const firstPage = await rows(page).allTextContents();
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByText(/^51 to/).waitFor();
    await expect.poll(() => rows(page).first().textContent()).not.toBe(firstPage[0]);
    const secondPage = await rows(page).allTextContents();
    expect(secondPage.filter((name) => firstPage.includes(name))).toEqual([]);

    await rows(page).nth(3).click();
    await page.getByRole("heading", { name: "Contacts" }).waitFor();
    await page.goBack();
    await rows(page).first().waitFor();
    expect(await rows(page).allTextContents()).toEqual(secondPage);
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(secondPage[3]);
    await page.getByRole("button", { name: "Previous" }).click();
    await expect.poll(() => rows(page).allTextContents()).toEqual(firstPage);
  });

  it("does all of it with the keyboard alone", async () => {
    await using registrar = await arrive();
    const { page } = registrar;
    await signIn(page, "registrar");
    await rows(page).nth(2).waitFor();
    const names = await rows(page).allTextContents();
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim());

    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Skip to the content");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
    await page.keyboard.press("/");
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("INPUT");
    await page.keyboard.press("ArrowDown");
    expect(await focused()).toBe(names[0]);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    expect(await focused()).toBe(names[2]);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Contacts" }).waitFor();
    expect(await focused()).toBe(await title(page).textContent());
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Why can I see this?");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByText(/^As registrar/).first().waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(focused).toBe("Why can I see this?");
  });

  it("is told of a student whom she may not see as of one who does not exist", async () => {
    const [own, all] = [new Set((await listed("registrar")).map((one) => one.id)), await listed("superintendent")];
    const foreign = all.find((one) => !own.has(one.id))!;
    await using registrar = await arrive();
    const { page } = registrar;
    await signIn(page, "registrar");
    for (const id of [foreign.id, "01a20000-0000-7000-8000-000000000000", "nonsense"]) {
      await page.goto(`/students/${id}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      expect(await title(page).textContent()).toBe("There is no student here for you");
    }
  });
});

describe("the sign-in", { timeout: 90_000 }, () => {
  it("of one tab serves a new tab, and a copy of a tab gets tokens of its own", async () => {
    await using principal = await arrive();
    const { page } = principal;
    await signIn(page, "principal");
    await rows(page).first().waitFor();
    const stored = await page.evaluate(() => Object.entries(sessionStorage));
    const copy = await page.context().newPage();
    await copy.addInitScript((entries) => {
      if (window.sessionStorage.length === 0) for (const [name, value] of entries) window.sessionStorage.setItem(name, value);
    }, stored);
    const fresh = await page.context().newPage();
    const refreshToken = (tab: typeof page) => tab.evaluate(() => Object.values(sessionStorage).map((value) => /"refresh_token":"([^"]+)"/.exec(value)?.[1]).find(Boolean));
    for (const tab of [copy, fresh]) {
      await tab.goto("/students");
      await rows(tab).first().waitFor();
    }
    const tokens = await Promise.all([page, copy, fresh].map(refreshToken));
    expect(new Set(tokens).size).toBe(3);
    expect(tokens).not.toContain(undefined);
    await page.reload();
    await rows(page).first().waitFor();
    expect(await refreshToken(page)).toBe(tokens[0]);
  });

  it("is renewed without a word when the token is not taken any more, and over when it cannot be", async () => {
    await using principal = await arrive();
    const { page } = principal;
    await signIn(page, "principal");
    await rows(page).first().waitFor();
    let turnedAway = 0;
    await page.route("**/graphql", async (route) => (turnedAway++ === 0 ? route.fulfill({ status: 401, json: { errors: [{ message: "expired", extensions: { code: "UNAUTHENTICATED" } }] } }) : route.fallback()));
    await rows(page).first().click();
    await page.getByRole("heading", { name: "Contacts" }).waitFor();

    await page.unroute("**/graphql");
    await page.route("**/graphql", (route) => route.fulfill({ status: 401, json: { errors: [{ message: "expired", extensions: { code: "UNAUTHENTICATED" } }] } }));
    await page.goBack();
    await page.getByRole("heading", { level: 1, name: "Your sign-in was not accepted" }).waitFor();

    await page.unroute("**/graphql");
    await page.reload();
    await rows(page).first().waitFor();
    await page.route("**/token", (route) => route.fulfill({ status: 400, json: { error: "invalid_grant" } }));
    await page.route("**/graphql", (route) => route.fulfill({ status: 401, json: { errors: [{ message: "expired", extensions: { code: "UNAUTHENTICATED" } }] } }));
    await rows(page).first().click();
    await page.getByRole("heading", { level: 1, name: "Your session has ended" }).waitFor();
    expect(await page.getByRole("heading", { name: "Contacts" }).count()).toBe(0);
    await page.unroute("**/graphql");
    await page.unroute("**/token");
    await page.getByRole("button", { name: "Sign in again" }).click();
    await page.getByRole("heading", { name: "Contacts" }).waitFor();
  });
});

describe("others", { timeout: 90_000 }, () => {
  it("a parent finds her children and nobody else, whatever address she tries", async () => {
    const children = await listed("parent");
    const all = await listed("superintendent");
    expect(children.length).toBeGreaterThan(0);
    await using parent = await arrive();
    const { page } = parent;
    await signIn(page, "parent");
    await page.getByRole("heading", { level: 2 }).first().waitFor();
    const written = children.map((child) => child.sortName.split(", ").reverse().join(" "));
    expect((await page.getByRole("heading", { level: 2 }).allTextContents()).sort()).toEqual(written.sort());
    await page.goto("/students");
    await page.getByRole("heading", { level: 1, name: "No student records are open to you" }).waitFor();
    const stranger = all.find((one) => !children.some((child) => child.id === one.id))!;
    await page.goto(`/students/${stranger.id}`);
    await page.getByRole("heading", { level: 1, name: "There is no student here for you" }).waitFor();
    await page.goto("/family");
    await page.getByRole("link", { name: written[0]!, exact: true }).click();
    await page.getByRole("heading", { name: "Contacts" }).waitFor();
    expect(await page.getByText("Not open to your roles").count()).toBe(0);
    expect(parent.complaints).toEqual([]);
  });

  it("a student comes to her own page", async () => {
    const [own] = await listed("student");
    await using student = await arrive();
    await signIn(student.page, "student");
    await student.page.waitForURL(`**/students/${own!.id}`);
    await student.page.getByRole("heading", { name: "Enrollment" }).waitFor();
    expect(await title(student.page).textContent()).toBe(own!.sortName.split(", ").reverse().join(" "));
  });

  it("somebody whose sign-in is not linked to a person is told whom to ask, and comes in by the code of an invitation", async () => {
    await using newcomer = await arrive();
    const { page } = newcomer;
    await signIn(page, "newcomer");
    await page.getByRole("heading", { level: 1, name: "Hello Jonah Castellane, you are almost there" }).waitFor();
    expect(await page.getByRole("main").textContent()).toContain("Ask the office of your school for an invitation");
    const code = page.getByLabel("Code of your invitation");
    await code.fill("0000-0000-0000-0000");
    await page.keyboard.press("Enter");
    expect(await page.getByRole("alert").textContent()).toContain("This code is not good");
    await code.fill((await invitedContact()).toLowerCase());
    await page.getByRole("button", { name: "Use this code" }).click();
    await page.getByText("You belong to", { exact: false }).waitFor();
    await page.getByRole("heading", { level: 1, name: "Hello Jonah Castellane, you are almost there" }).waitFor({ state: "hidden" });
    expect(await page.getByRole("main").textContent()).not.toContain("invitation");
    await signOut(page);
  });

  it("somebody whose roles open no students is told what would", async () => {
    await using analyst = await arrive();
    await signIn(analyst.page, "data-analyst");
    await analyst.page.getByRole("heading", { level: 1, name: "No student records are open to you" }).waitFor();
    expect(await analyst.page.getByRole("main").textContent()).toContain("Data analyst");
  });

  it("an office without a network is told so, and goes on when it is back", async () => {
    await using nurse = await arrive();
    const { page } = nurse;
    await signIn(page, "nurse");
    await rows(page).first().waitFor();
    await page.context().setOffline(true);
    await page.getByText("You are offline.").waitFor();
    await rows(page).first().click();
    await page.getByRole("alert").getByText("Check the network of this device.").waitFor();
    await page.context().setOffline(false);
    await page.getByRole("heading", { name: "Contacts" }).waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
  });
});

describe("the screens", () => {
  describeAccessibility(arrive);
});
