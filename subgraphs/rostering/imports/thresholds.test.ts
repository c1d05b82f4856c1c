import { expect, test } from "vitest";
import { countRows, describeStops } from "./thresholds.ts";
import type { RowAction } from "./ledger.ts";

const rows = (file: string, schoolId: string | null, actions: Partial<Record<RowAction, number>>) =>
  Object.entries(actions).flatMap(([action, n]) => Array.from({ length: n }, () => ({ file, schoolId, action: action as RowAction })));

test.each([
  // 10 of 100 is the limit itself, 11 are too many.
  [{ UNCHANGED: 90, WITHDRAW: 10 }, 100, false],
  [{ UNCHANGED: 89, WITHDRAW: 11 }, 100, true],
  // What is new does not make up for what is lost.
  [{ UNCHANGED: 80, WITHDRAW: 20, CREATE: 500 }, 100, true],
  // A package of changes names few of the known: 3 of 100.
  [{ WITHDRAW: 3 }, 100, false],
  [{ WITHDRAW: 1 }, 1, true],
  [{ CREATE: 40 }, 0, false],
])("%j of %i known", (actions, known, stops) => {
  expect(countRows(rows("users.csv", null, actions), [{ file: "users.csv", schoolId: null, known }], 10)[0]!.stops).toBe(stops);
});

test("a school that loses its rosters stops the import though the district hardly notices", () => {
  const counts = countRows(
    [...rows("enrollments.csv", "large", { UNCHANGED: 950 }), ...rows("enrollments.csv", "small", { UNCHANGED: 30, WITHDRAW: 20 })],
    [{ file: "enrollments.csv", schoolId: "large", known: 950 }, { file: "enrollments.csv", schoolId: "small", known: 50 }],
    10,
  );
  expect(counts.map(({ schoolId, known, withdrawn, stops }) => [schoolId, known, withdrawn, stops])).toEqual([[null, 1000, 20, false], ["large", 950, 0, false], ["small", 50, 20, true]]);
  expect(describeStops(counts, (id) => `${id} school`)).toEqual(["enrollments.csv at small school: 20 of 50 known would be withdrawn (40 %)"]);
});

test("a limit of 100 % never stops, one of 0 % at the first", () => {
  const all = rows("users.csv", null, { WITHDRAW: 5 });
  const known = [{ file: "users.csv", schoolId: null, known: 5 }];
  expect([countRows(all, known, 100)[0]!.stops, countRows(all, known, 0)[0]!.stops]).toEqual([false, true]);
});
