import { expect, test } from "vitest";
import { Gate } from "./gate.ts";

test("lets in so many at a time, in the order in which they came, also after one has failed", async () => {
  const gate = new Gate(2);
  const begun: number[] = [];
  const leave: (() => void)[] = [];
  const work = (n: number, fails = false) =>
    gate.run(async () => {
      begun.push(n);
      await new Promise<void>((resolve) => (leave[n] = resolve));
      if (fails) throw new Error(`${n} failed`);
      return n;
    });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const all = [work(0), work(1, true), work(2), work(3)] as const;
  all[1].catch(() => undefined);
  await turn();
  expect(begun).toEqual([0, 1]);
  leave[1]!();
  await turn();
  expect(begun).toEqual([0, 1, 2]);
  await expect(all[1]).rejects.toThrow("1 failed");
  leave[0]!();
  leave[2]!();
  await turn();
  leave[3]!();
  expect([await all[0], await all[2], await all[3]]).toEqual([0, 2, 3]);
  const last = work(4);
  await turn();
  leave[4]!();
  expect(await last).toBe(4);
});
