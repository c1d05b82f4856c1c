import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { expect, test } from "vitest";
import { fileOf, fixture, folderOf, zipOf } from "./fixtures/build-package.ts";
import { readRoster } from "./roster.ts";

/** Bytes that are the same in every run: each block is a digest of the seed and a counter. */
function bytes(seed: string, length: number): Buffer {
  const blocks: Buffer[] = [];
  for (let count = 0; count * 32 < length; count += 1) blocks.push(createHash("sha256").update(`${seed} ${count}`).digest());
  return Buffer.concat(blocks).subarray(0, length);
}

test("random bytes are refused, as a zip and as any file of a folder", async () => {
  const files = await fixture("district-v1p1");
  const names = Object.keys(files);
  for (let round = 0; round < 40; round += 1) {
    const noise = bytes(`noise ${round}`, 1 + round * 97);
    expect((await readRoster(await fileOf(noise))).outcome).toBe("refused");
    const name = names[round % names.length] ?? "users.csv";
    const outcome = await readRoster(await folderOf({ ...files, [name]: noise }));
    expect([name, outcome.outcome]).toEqual([name, "refused"]);
    expect(outcome.deviations.every(({ message }) => message.length > 20 && message.length < 600)).toBe(true);
  }
});

test("a zip cut anywhere is refused", async () => {
  const whole = zipOf(Object.entries(await fixture("district-v1p1")));
  for (let length = 0; length < whole.length; length += 64) {
    expect((await readRoster(await fileOf(whole.subarray(0, length)))).outcome).toBe("refused");
  }
  expect((await readRoster(await fileOf(whole))).outcome).toBe("read");
});

test("a zip with one byte changed is read as it was, or refused", async () => {
  const whole = zipOf(Object.entries(await fixture("district-v1p1")));
  const { organizations, users, enrollments } = await readAll(whole);
  const misread: number[] = [];
  for (let position = 3; position < whole.length; position += 37) {
    const changed = Buffer.from(whole);
    changed.writeUInt8((changed.readUInt8(position) + 1) % 256, position);
    const outcome = await readRoster(await fileOf(changed));
    const same = outcome.outcome === "read" && isDeepStrictEqual([outcome.organizations, outcome.users, outcome.enrollments], [organizations, users, enrollments]);
    if (outcome.outcome === "read" && !same) misread.push(position);
  }
  expect(misread).toEqual([]);
});

test("a file cut anywhere is refused, unless whole rows are left and nothing refers to the others", async () => {
  const files = await fixture("district-v1p1");
  const users = files["users.csv"] ?? "";
  const rows = new Set(users.split("\n"));
  const readWithBrokenRow: number[] = [];
  for (let length = 0; length < users.length; length += 7) {
    const cut = users.slice(0, length);
    const outcome = await readRoster(await folderOf({ ...files, "users.csv": cut }));
    if (outcome.outcome === "read" && cut.split("\n").some((row) => !rows.has(row))) readWithBrokenRow.push(length);
  }
  expect(readWithBrokenRow).toEqual([]);
});

/** Ways in which a file goes wrong on its way; each takes a text and gives another one. */
const mishaps: readonly ((text: string, chance: (below: number) => number) => string | Buffer)[] = [
  (text, chance) => text.slice(0, chance(text.length)),
  (text, chance) => replaced(text, chance(text.length), 1, ""),
  (text, chance) => replaced(text, chance(text.length), 0, '"'),
  (text, chance) => replaced(text, chance(text.length), 0, ","),
  (text, chance) => replaced(text, chance(text.length), 0, "\u0000"),
  (text, chance) => replaced(text, chance(text.length), 1, "\r"),
  (text, chance) => replaced(text, chance(text.length), 0, "\n"),
  (text, chance) => replaced(text, chance(text.length), 1, "\u{1F600}\u202E"),
  (text, chance) => replaced(text, chance(text.length), 0, "=cmd|' /C calc'!A0"),
  (text, chance) => replaced(text, chance(text.length), 0, "x".repeat(300)),
  (text) => `\uFEFF${text}`,
  (text) => Buffer.from(text, "utf16le"),
  (text) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]),
  (text) => Buffer.from(text.replace("a", "\u00e9"), "latin1"),
  (text) => text.replaceAll("\n", "\r\n"),
  (text) => text.replaceAll(",", ";"),
  (text) => text.toUpperCase(),
  (text) => text.split("\n").toReversed().join("\n"),
  (text, chance) => moved(text, chance, (lines, at) => [...lines.slice(0, at), lines[at] ?? "", ...lines.slice(at)]),
  (text, chance) => moved(text, chance, (lines, at) => lines.filter((_, n) => n !== at)),
  (text, chance) => moved(text, chance, (lines, at) => lines.map((line, n) => (n === at ? line.split(",").toReversed().join(",") : line))),
];

function replaced(text: string, at: number, length: number, by: string): string {
  return text.slice(0, at) + by + text.slice(at + length);
}

function moved(text: string, chance: (below: number) => number, change: (lines: string[], at: number) => string[]): string {
  const lines = text.split("\n");
  return change(lines, chance(lines.length)).join("\n");
}

test.each(["district-v1p1", "district-v1p2"] as const)("%s with mishaps is refused with a place and a sentence, or read with every row as it stands there", async (name) => {
  const files = await fixture(name);
  const names = Object.keys(files);
  let refused = 0;
  for (let round = 0; round < 400; round += 1) {
    const stream = bytes(`${name} ${round}`, 4 * 32);
    let used = 0;
    const chance = (below: number) => stream.readUInt32LE((used += 4) - 4) % Math.max(below, 1);
    const changed: Record<string, string | Buffer> = { ...files };
    for (let times = 1 + chance(3); times > 0; times -= 1) {
      const file = names[chance(names.length)] ?? "";
      const mishap = mishaps[chance(mishaps.length)];
      if (typeof changed[file] === "string") changed[file] = mishap?.(changed[file], chance) ?? "";
    }
    const outcome = await readRoster(await folderOf(changed));
    for (const { message } of outcome.deviations) expect([round, message.length > 20 && message.length < 600, /\p{Cc}/u.test(message)]).toEqual([round, true, false]);
    if (outcome.outcome === "refused") {
      refused += 1;
      expect([round, outcome.deviations[0]?.severity, outcome.deviations[0]?.file]).toEqual([round, "fatal", expect.stringMatching(/./)]);
      continue;
    }
    for (const [file, rows] of Object.entries(outcome.rows)) {
      const text = String(changed[`${file}.csv`] ?? "");
      for (const { sourcedId, kept } of rows) for (const value of [sourcedId, ...Object.values(kept ?? {})]) expect([round, value, text.includes(value.replaceAll('"', '""'))]).toEqual([round, value, true]);
    }
  }
  expect([refused > 100, refused < 400]).toEqual([true, true]);
});

async function readAll(zip: Buffer) {
  const outcome = await readRoster(await fileOf(zip));
  if (outcome.outcome === "refused") throw new Error("The sound package was refused.");
  return outcome;
}
