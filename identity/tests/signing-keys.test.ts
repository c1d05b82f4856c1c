import { chmod, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openSigningKeys } from "../signing-keys.ts";

let dataDir: string;
beforeEach(async () => void (dataDir = await mkdtemp(join(tmpdir(), "osss-keys-"))));
afterEach(() => rm(dataDir, { recursive: true }));
const file = () => join(dataDir, "identity", "keys.json");

it("makes keys once, for this user alone, and reads the same ones ever after", async () => {
  const first = await openSigningKeys(dataDir);
  await chmod(file(), 0o644);
  const second = await openSigningKeys(dataDir);
  expect(second.signing).toEqual(first.signing);
  expect(second.secretFor("forms")).toBe(first.secretFor("forms"));
  expect((await stat(file())).mode & 0o777).toBe(0o600);
  expect((await stat(join(dataDir, "identity"))).mode & 0o777).toBe(0o700);
});

it("agrees on one key when several start at once, and leaves no draft", async () => {
  const kids = (await Promise.all(Array.from({ length: 4 }, () => openSigningKeys(dataDir)))).map((keys) => keys.signing.kid);
  expect(new Set(kids).size).toBe(1);
  expect(await readdir(join(dataDir, "identity"))).toEqual(["keys.json"]);
});

it("publishes the public half only, and no secret serves two purposes", async () => {
  const keys = await openSigningKeys(dataDir);
  expect(Object.keys(keys.jwks.keys[0]!).toSorted()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
  expect(keys.secretFor("cookies")).not.toBe(keys.secretFor("forms"));
});

it.each(["", "{}", '{"signing":{"kty":"RSA"}}'])("says how to get out of a damaged file: %j", async (text) => {
  await openSigningKeys(dataDir);
  await writeFile(file(), text);
  await expect(openSigningKeys(dataDir)).rejects.toThrow("Delete the file: new keys are made at the next start, and everyone signs in again.");
});
