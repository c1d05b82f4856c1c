import { mkdir, open, symlink, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { fileOf, fixture, folderOf, zipOf } from "./fixtures/build-package.ts";
import { defaultLimits, RosterPathError } from "./package.ts";
import { readRoster } from "./roster.ts";

async function codesOf(path: string, limits = {}): Promise<string[]> {
  const { deviations } = await readRoster(path, { limits });
  return deviations.map(({ code }) => code);
}

async function sound(): Promise<[string, string][]> {
  return Object.entries(await fixture("district-v1p1"));
}

describe("a zip that must be refused", () => {
  test.each(["../users.csv", "/etc/users.csv", "a/../../users.csv", "..\\users.csv", "C:/users.csv"])("an entry called %s", async (name) => {
    expect(await codesOf(await fileOf(zipOf([...(await sound()), [name, "x"]])))).toEqual(["entry-name-unsafe"]);
  });

  test("an entry that stands there twice", async () => {
    expect(await codesOf(await fileOf(zipOf([...(await sound()), ["users.csv", "sourcedId"]])))).toEqual(["entry-repeated"]);
  });

  test("entries that differ in case only", async () => {
    expect(await codesOf(await fileOf(zipOf([...(await sound()), ["Users.csv", "sourcedId"]])))).toContain("entry-repeated");
  });

  test("encrypted entries", async () => {
    expect(await codesOf(await fileOf(zipOf(await sound(), { encrypted: true })))).toEqual(["entry-encrypted"]);
  });

  test("a wrong checksum", async () => {
    expect(await codesOf(await fileOf(zipOf(await sound(), { checksum: 1 })))).toEqual(["entry-damaged"]);
  });

  test("an entry that unpacks to more than it says", async () => {
    expect(await codesOf(await fileOf(zipOf([["manifest.csv", "x".repeat(5000)]], { uncompressedSize: 10 })))).toEqual(["entry-damaged"]);
  });

  test("an entry above its bound, before it is unpacked", async () => {
    const bomb = zipOf([...(await sound()), ["extra.csv", Buffer.alloc(3_000_000)]]);
    expect(bomb.length).toBeLessThan(20_000);
    expect(await codesOf(await fileOf(bomb), { entryBytes: 1_000_000 })).toEqual(["package-too-large"]);
  });

  test("entries that are too large together", async () => {
    expect(await codesOf(await fileOf(zipOf(await sound())), { totalBytes: 1000 })).toEqual(["package-too-large"]);
  });

  test("too many entries", async () => {
    expect(await codesOf(await fileOf(zipOf(await sound())), { entries: 3 })).toEqual(["package-too-large"]);
  });

  test("the folder zipped instead of its files, with a sentence that says so", async () => {
    const inside = (await sound()).map(([name, text]) => [`export/${name}`, text] as const);
    const outcome = await readRoster(await fileOf(zipOf(inside)));
    expect(outcome.deviations).toEqual([expect.objectContaining({ code: "manifest-missing", message: expect.stringContaining("Zip the CSV files themselves") })]);
  });

  test("a file that is no zip", async () => {
    expect(await codesOf(await fileOf(Buffer.from("sourcedId,status\n")))).toEqual(["package-unreadable"]);
    expect(await codesOf(await fileOf(Buffer.alloc(0)))).toEqual(["package-unreadable"]);
  });
});

describe("what is passed over", () => {
  test("other files and folders in a zip, with a warning", async () => {
    const zip = zipOf([...(await sound()), ["README.txt", "hello"], ["__MACOSX/._users.csv", "x"], ["notes/", ""]]);
    const outcome = await readRoster(await fileOf(zip));
    expect(outcome.outcome).toBe("read");
    expect(outcome.deviations.map(({ code, file }) => [code, file])).toEqual([["entry-unknown", "README.txt"], ["entry-nested", "__MACOSX/._users.csv"]]);
  });

  test("a folder's notes and subfolders, without one; links are not followed", async () => {
    const files = await fixture("district-v1p1");
    const path = await folderOf({ ...files, "SOURCE.txt": "notes" });
    await mkdir(join(path, "old"));
    await writeFile(join(path, "old", "users.csv"), "x");
    await symlink("/etc/hostname", join(path, "extra.csv"));
    const outcome = await readRoster(path);
    expect([outcome.outcome, outcome.deviations]).toEqual(["read", []]);
  });

  test("a CSV that the version does not know, with a warning", async () => {
    expect(await codesOf(await folderOf({ ...(await fixture("district-v1p1")), "roles.csv": "sourcedId\n" }))).toEqual(["entry-unknown"]);
  });

  test("another case of a file name, with a warning", async () => {
    const { "users.csv": users = "", ...files } = await fixture("district-v1p1");
    expect(await codesOf(await folderOf({ ...files, "Users.CSV": users }))).toEqual(["entry-name-case"]);
  });
});

describe("bounds of a file", () => {
  test("a record without an end", async () => {
    const files = { ...(await fixture("district-v1p1")), "orgs.csv": `sourcedId,"${"x,\n".repeat(100_000)}` };
    expect(await codesOf(await folderOf(files))).toEqual(["record-too-long"]);
  });

  test("very many columns", async () => {
    const files = { ...(await fixture("district-v1p1")), "orgs.csv": `sourcedId${",a".repeat(1000)}\n` };
    expect(await codesOf(await folderOf(files))).toEqual(["file-too-wide"]);
    const wider = { ...files, "orgs.csv": `sourcedId${",".repeat(10_000_000)}\n` };
    expect(await codesOf(await folderOf(wider))).toEqual(["file-too-wide"]);
  });

  test("more rows than allowed", async () => {
    expect(await codesOf(await folderOf(await fixture("district-v1p1")), { rows: 4 })).toContain("file-too-long");
  });

  test("a folder's files above their bounds", async () => {
    const path = await folderOf(await fixture("district-v1p1"));
    expect(await codesOf(path, { entryBytes: 100 })).toEqual(["package-too-large"]);
    expect(await codesOf(path, { totalBytes: 1000 })).toEqual(["package-too-large"]);
    expect(await codesOf(path, { entries: 2 })).toEqual(["package-too-large"]);
    expect(defaultLimits.entries).toBeGreaterThan(22);
  });

  test("deviations are counted without end and kept to a bound", async () => {
    const files = await fixture("district-v1p1");
    const rows = Array.from({ length: 3000 }, (_, index) => `o${index},,,Office ${index},Department,,,`).join("\n");
    const outcome = await readRoster(await folderOf({ ...files, "orgs.csv": `${files["orgs.csv"] ?? ""}${rows}\n` }));
    expect(outcome.deviationTotals).toEqual({ "value-case": 3000 });
    expect(outcome.deviations).toHaveLength(1000);
  });
});

test("a path with nothing there is an error that says so, not a refusal", async () => {
  await expect(readRoster("/nowhere/at/all")).rejects.toThrow(RosterPathError);
  await expect(readRoster("/nowhere/at/all")).rejects.toThrow('There is nothing at "/nowhere/at/all"');
});

describe("an upload that has no name any more", () => {
  async function unlinked(content: Buffer) {
    const path = await fileOf(content);
    const handle = await open(path, "r");
    onTestFinished(() => handle.close());
    await unlink(path);
    return handle;
  }

  test("is read by its handle as it would be by its path, and stays open", async () => {
    const zip = zipOf(await sound());
    const [byHandle, byPath] = [await unlinked(zip), await fileOf(zip)];
    const first = await readRoster(byHandle);
    expect(first.outcome).toBe("read");
    expect(first).toEqual(await readRoster(byPath));
    expect(await readRoster(byHandle)).toEqual(first);
  });

  test("is refused where it is no zip", async () => {
    const outcome = await readRoster(await unlinked(Buffer.from("sourcedId,status\n")));
    expect(outcome.deviations.map(({ code }) => code)).toEqual(["package-unreadable"]);
  });
});
