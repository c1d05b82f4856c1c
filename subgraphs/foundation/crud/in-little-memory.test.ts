import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { typescript } from "#foundation/testing/launched-process";
import { inLittleMemory } from "./in-little-memory.ts";

test("gives what the work gives, and passes on what it throws", async () => {
  expect(await inLittleMemory(async () => 7)).toBe(7);
  await expect(inLittleMemory(async () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(await Promise.all([inLittleMemory(async () => 1), inLittleMemory(async () => 2)])).toEqual([1, 2]);
});

/** The most MB that the heap of a process had which makes much garbage. */
const peakOf = (how: "usual" | "little"): number => {
  const { stdout, stderr, status } = spawnSync(process.execPath, typescript("subgraphs/foundation/testing/much-garbage.ts", how), { cwd: fileURLToPath(new URL("../../../", import.meta.url)), encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return Number(stdout);
};

test("a process holds clearly less of what is gone while it works so", { timeout: 60_000 }, () => {
  const [usual, little] = [peakOf("usual"), peakOf("little")];
  expect(little).toBeLessThan(usual * 0.85);
});
