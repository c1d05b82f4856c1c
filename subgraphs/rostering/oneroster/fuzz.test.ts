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
  for (let length = 0; length < whole.length; length += 61) {
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

async function readAll(zip: Buffer) {
  const outcome = await readRoster(await fileOf(zip));
  if (outcome.outcome === "refused") throw new Error("The sound package was refused.");
  return outcome;
}
