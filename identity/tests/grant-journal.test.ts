import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { GrantJournal } from "../grant-journal.ts";

let folder: string;
let file: string;
let time: number;
let open: GrantJournal[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "osss-journal-"));
  file = join(folder, "identity", "grants.jsonl");
  [time, open] = [1_000, []];
});
afterEach(async () => {
  for (const journal of open) await journal.close();
  await rm(folder, { recursive: true });
});
async function openJournal(limit?: number) {
  const journal = await GrantJournal.open(file, () => time, limit);
  open.push(journal);
  return journal;
}
const lines = async () => (await readFile(file, "utf8")).split("\n").filter(Boolean).length;

it("keeps what was set and forgets what was deleted, without being closed: a kill leaves the same file", async () => {
  const journal = await openJournal();
  await Promise.all([journal.set("Session:a", { n: 1 }, null), journal.set("Session:a", { n: 2 }, 5_000), journal.set("Grant:b", { n: 3 }, null), journal.delete(["Grant:b", "Grant:never"])]);
  const reopened = await openJournal();
  expect([reopened.get("Session:a"), reopened.get("Grant:b")]).toEqual([{ n: 2 }, undefined]);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

it("reads past a line that was cut short or is no line of ours", async () => {
  const journal = await openJournal();
  await journal.set("Session:a", { n: 1 }, null);
  await journal.close();
  await appendFile(file, 'null\n{"key":"Session:x"}\n{"key":"Session:b","value":{"n":2},"en');
  const reopened = await openJournal();
  expect([reopened.size, reopened.get("Session:a")]).toEqual([1, { n: 1 }]);
  await reopened.set("Session:c", { n: 3 }, null);
  expect((await openJournal()).get("Session:c")).toEqual({ n: 3 });
});

it("does not answer what has ended, and drops it from the file at the next start", async () => {
  const journal = await openJournal();
  await journal.set("Session:a", { secret: "long gone" }, 2_000);
  time = 1_999;
  expect(journal.get("Session:a")).toBeDefined();
  time = 2_000;
  expect([journal.get("Session:a"), [...journal.find("Session")]]).toEqual([undefined, []]);
  expect((await openJournal()).size).toBe(0);
  expect(await readFile(file, "utf8")).toBe("");
});

it("holds a bounded number of each kind: a flood of one does not push out another", async () => {
  const journal = await openJournal(10);
  await journal.set("Session:mine", { n: 0 }, null);
  for (let n = 0; n < 50; n++) await journal.set(`Interaction:${n}`, { n }, null);
  expect([...journal.find("Interaction")].map(([key]) => key)).toEqual(Array.from({ length: 10 }, (_, n) => `Interaction:${40 + n}`));
  expect(journal.get("Session:mine")).toBeDefined();
  expect((await openJournal(10)).size).toBe(11);
});

it("lets what has ended make room as new entries come", async () => {
  const journal = await openJournal();
  for (let n = 0; n < 20; n++) await journal.set(`Interaction:${n}`, { n }, 2_000);
  time = 2_000;
  await journal.set("Interaction:new", {}, 3_000);
  expect(journal.size).toBe(1);
});

it("rewrites the file when most of it is history", async () => {
  const journal = await openJournal();
  for (let n = 0; n < 1_200; n++) await journal.set("Session:a", { n }, null);
  expect(await lines()).toBeLessThan(600);
  expect((await openJournal()).get("Session:a")).toEqual({ n: 1_199 });
});

it("starts over a draft that a crash left behind", async () => {
  await (await openJournal()).set("Session:a", { n: 1 }, null);
  await writeFile(`${file}.draft`, "half a");
  expect((await openJournal()).get("Session:a")).toEqual({ n: 1 });
});

it("rejects a write after it was closed", async () => {
  const journal = await openJournal();
  await journal.close();
  await expect(journal.set("Session:a", {}, null)).rejects.toThrow("stopping");
});
