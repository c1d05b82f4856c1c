import { execFile } from "node:child_process";
import { appendFile, mkdir, open, symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { fileOf, fixture, folderOf, type PackageFiles } from "./fixtures/build-package.ts";
import { hostileZip, packedEntry, packedRepeat, type HostileEntry } from "./fixtures/hostile-zips.ts";

/*
 * What is meant to exhaust the reader, read in a process whose JavaScript may hold 48 MB: where a bound failed the process would end without
 * an answer. Nothing here is timed: what bounds the time is how much was read.
 */
const OLD_SPACE_MB = 48;
/** What the process has in memory, everything included; an empty one takes a third of it. */
const MOST_KB = 400 * 1024;

interface Answer {
  outcome?: "read" | "refused";
  codes: string[];
  messages: string[];
  given: number;
  rows: number;
  maxRss: number;
}

async function inChild(...args: string[]): Promise<Answer> {
  const root = fileURLToPath(new URL("../../../", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [`--max-old-space-size=${OLD_SPACE_MB}`, "--import", "./typescript.mjs", fileURLToPath(new URL("./fixtures/read-in-child.ts", import.meta.url)), ...args], { cwd: root });
  const answer = JSON.parse(stdout) as Answer;
  expect(answer.maxRss).toBeLessThan(MOST_KB);
  return answer;
}

const sound = async (): Promise<HostileEntry[]> => Object.entries(await fixture("district-v1p1")).map(([name, content]) => packedEntry(name, content));
const instead = async (entry: HostileEntry) => [...(await sound()).filter(({ name }) => name !== entry.name), entry];
const zipped = async (entries: readonly HostileEntry[]) => inChild(await fileOf(hostileZip(entries)));
const foldered = async (files: PackageFiles) => inChild(await folderOf(files));
const tenGigabytes = 640;

describe("zip bombs", () => {
  test("ten gigabytes that the directory tells are refused before anything is unpacked", async () => {
    expect(await zipped(await instead({ name: "users.csv", packed: packedRepeat("a", 1), declared: 10n * 1024n ** 3n }))).toMatchObject({ outcome: "refused", codes: ["package-too-large"] });
  });

  test("ten gigabytes that the directory keeps back are refused where its word ends", async () => {
    expect(await zipped(await instead({ name: "users.csv", packed: packedRepeat("a", tenGigabytes), declared: 1000n }))).toMatchObject({ outcome: "refused", codes: ["entry-damaged"] });
  });

  test("a line of ten gigabytes beneath the bound that it tells is refused at the bound of a record", async () => {
    expect(await zipped(await instead({ name: "users.csv", packed: packedRepeat("a", tenGigabytes), declared: 10_000_000n }))).toMatchObject({ outcome: "refused", codes: ["record-too-long"] });
  });

  test("a zip in a zip is never opened", async () => {
    const inner = hostileZip([{ name: "users.csv", packed: packedRepeat("a", tenGigabytes), declared: 1000n }]);
    const entry: HostileEntry = { ...packedEntry("inner.zip", ""), packed: inner, declared: 10_000_000n };
    expect(await zipped([...(await sound()), entry])).toMatchObject({ outcome: "read", codes: ["entry-unknown"] });
  });

  test("entries that share their content count each by itself", async () => {
    const content = { packed: packedRepeat("\n", 1), declared: 16n * 1024n ** 2n };
    const files = ["users", "orgs", "courses", "classes", "enrollments", "academicSessions", "demographics"].map((file, n) => ({ name: `${file}.csv`, ...content, overlaps: n > 0 }));
    expect((await zipped([...files, ...(await sound()).filter(({ name }) => name === "manifest.csv")]))).toMatchObject({ outcome: "refused", codes: ["package-too-large"] });
  });
});

describe("names that lead elsewhere", () => {
  test.each(["../../etc/passwd", "/etc/passwd", "a/../../../users.csv", "..\\users.csv", "C:\\users.csv", "\\\\host\\share\\users.csv"])("a zip with the entry %s is refused", async (name) => {
    expect(await zipped([...(await sound()), packedEntry(name, "x")])).toMatchObject({ outcome: "refused", codes: ["entry-name-unsafe"] });
  });

  test("a name with a NUL, and one of 60,000 signs, are names that nobody knows", async () => {
    const answer = await zipped([...(await sound()), packedEntry("users.csv\0.txt", "x"), packedEntry("a".repeat(60_000), "x")]);
    expect(answer).toMatchObject({ outcome: "read", codes: ["entry-unknown"] });
    expect(Math.max(...answer.messages.map(({ length }) => length))).toBeLessThan(200);
  });

  test("a link in a zip is the text that it holds, in a folder it is not there", async () => {
    expect((await zipped(await instead({ ...packedEntry("users.csv", "/etc/passwd"), mode: 0o120777 }))).codes).toContain("column-missing");
    const { "users.csv": _left, ...files } = await fixture("district-v1p1");
    const folder = await folderOf(files);
    await symlink("/etc/passwd", join(folder, "users.csv"));
    expect(await inChild(folder)).toMatchObject({ outcome: "refused", codes: ["file-missing"] });
    const around = await folderOf(await fixture("district-v1p1"));
    await mkdir(join(around, "loop"));
    await symlink(around, join(around, "loop", "again"));
    expect(await inChild(around)).toMatchObject({ outcome: "read", codes: [] });
  });
});

describe("files without an end", () => {
  test.each([
    ["a line", "a", "record-too-long", 0],
    ["a quoted cell", '"', "record-too-long", 0],
    ["a quoted cell over many lines", "a,\n", "record-too-long", 0, '"'],
    ["a row of commas", ",", "file-too-wide", 1],
    ["rows", "u1,Ada\n", "file-too-long", 100_000],
    ["blank lines", "\n", "file-too-long", 1],
    ["blank lines of another kind", "\r", "file-too-long", 1],
  ])("%s is refused at a bound", async (_what, text, code, rows, head = "") => {
    const answer = await inChild("endless", text, head);
    expect(answer.codes).toEqual([code]);
    expect(answer.rows).toBeLessThanOrEqual(rows + 1);
    expect(answer.given).toBeLessThan(3 * 1024 ** 2);
  });

  test("ten million columns", async () => {
    expect(await foldered({ ...(await fixture("district-v1p1")), "users.csv": `sourcedId${",".repeat(10_000_000)}\n` })).toMatchObject({ outcome: "refused", codes: ["file-too-wide"] });
  });

  test("more rows, or fewer with more in them, than the process has memory for", async () => {
    const files = await fixture("district-v1p1");
    const row = (n: number) => `user-${n},,,true,s2,student,name${n},,Given${n},Family${n},,,,,,,,\n`;
    const many = await foldered({ ...files, "users.csv": `${files["users.csv"] ?? ""}${Array.from({ length: 100_000 }, (_, n) => row(n)).join("")}` });
    expect(many).toMatchObject({ outcome: "refused", codes: ["package-too-large"] });
    expect(many.messages[0]).toContain("a source name of its own");
    const wide = Array.from({ length: 480 }, (_, n) => `metadata.c${n}`).join(",");
    const heavy = `${(files["orgs.csv"] ?? "").split("\n")[0] ?? ""},${wide}\n${Array.from({ length: 4_000 }, (_, n) => `o${n},,,Office,district,,,${"xy,".repeat(480)}zz\n`).join("")}`;
    expect(await foldered({ ...files, "orgs.csv": heavy })).toMatchObject({ outcome: "refused", codes: ["package-too-large"] });
  });

  test("a file above the bound of bytes is not opened", async () => {
    const folder = await folderOf(await fixture("district-v1p1"));
    const handle = await open(join(folder, "users.csv"), "a");
    await handle.truncate(3 * 1024 ** 3);
    await handle.close();
    await appendFile(join(folder, "orgs.csv"), "");
    expect(await inChild(folder)).toMatchObject({ outcome: "refused", codes: ["package-too-large"] });
  });
});
