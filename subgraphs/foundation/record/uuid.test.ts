import { expect, test } from "vitest";
import { repeatableIds } from "./uuid.ts";

test("repeatable ids are the same each time, ascend, and are no one else's", () => {
  const at = Date.parse("2026-09-01T00:00:00Z");
  const [a, again, other] = [repeatableIds("one", at), repeatableIds("one", at), repeatableIds("two", at)];
  const ids = Array.from({ length: 3_000 }, () => a());
  expect(Array.from({ length: 3_000 }, () => again())).toEqual(ids);
  expect([...ids].sort()).toEqual(ids);
  expect(new Set([...ids, ...Array.from({ length: 3_000 }, () => other())]).size).toBe(6_000);
  expect(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(true);
});
