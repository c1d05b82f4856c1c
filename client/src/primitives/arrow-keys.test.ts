import { expect, it } from "vitest";
import { targetOf } from "./arrow-keys.ts";

it("the arrow keys stay in the list but for the way up", () => {
  expect(targetOf("ArrowDown", 1, 3)).toBe(2);
  expect(targetOf("ArrowDown", 2, 3)).toBe(2);
  expect(targetOf("ArrowUp", 0, 3)).toBe(-1);
  expect([targetOf("Home", 2, 3), targetOf("End", 0, 3)]).toEqual([0, 2]);
  expect([targetOf("a", 0, 3), targetOf("ArrowDown", -1, 0)]).toEqual([null, null]);
});
