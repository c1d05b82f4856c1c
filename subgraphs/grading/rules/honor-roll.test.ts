import { describe, expect, it } from "vitest";
import type { CourseLine, GpaRule } from "./gpa.ts";
import { honorFor, type HonorRule } from "./honor-roll.ts";

const policy: GpaRule = {
  countedMarks: "PERIOD", repeats: "BETTER_REPLACES", countsTransfers: true, decimals: 3, rounding: "HALF_UP", bonusFromPoints: "1", points: new Map(Object.entries({ A: "4", B: "3", C: "2", F: "0" })), bonuses: new Map([["ap", "1"]]),
};
const rule: HonorRule = {
  weighted: false, minimumCourses: 4, excludesIncompletes: true,
  levels: [{ id: "high", title: "High honors", minimumGpa: "3.750", lowestPoints: "3" }, { id: "honors", title: "Honors", minimumGpa: "3.250", lowestPoints: "2" }],
};
const lines = (...marks: string[]): CourseLine[] => marks.map((mark, i) => ({ id: `m${i}`, repeats: null, mark, credits: "1", levelId: i === 0 ? "ap" : null, kind: "PERIOD", transfer: false, counts: true, when: "" }));
const level = (marks: string[], incompletes = 0, more: Partial<HonorRule> = {}) => {
  const found = honorFor({ ...rule, ...more }, policy, lines(...marks), incompletes);
  return found ? [found.level.title, found.gpa] : null;
};

describe("the honor roll", () => {
  it("gives the highest level that the average reaches", () => {
    expect(level(["A", "A", "A", "B"])).toEqual(["High honors", "3.750"]);    // 15 / 4 = 3.750
    expect(level(["A", "A", "B", "B"])).toEqual(["Honors", "3.500"]);         // 14 / 4 = 3.500
    expect(level(["B", "B", "B", "B"])).toBeNull();                           // 3.000 < 3.250
  });

  it("asks that no mark lies below the level's floor", () => {
    // 4 x A and one C: 18 / 5 = 3.600 is honors, a C being allowed there. 8 x A and a C: 34 / 9 = 3.778 reaches high honors, but for the C.
    expect(level(["A", "A", "A", "A", "C"])).toEqual(["Honors", "3.600"]);
    expect(level([...Array.from({ length: 8 }, () => "A"), "C"])).toEqual(["Honors", "3.778"]);
    // 8 x A and an F: 32 / 9 = 3.556, and no honors with an F.
    expect(level([...Array.from({ length: 8 }, () => "A"), "F"])).toBeNull();
  });

  it("waits for incompletes and for enough courses with a mark that counts", () => {
    expect(level(["A", "A", "A", "A"], 1)).toBeNull();
    expect(level(["A", "A", "A", "A"], 1, { excludesIncompletes: false })).toEqual(["High honors", "4.000"]);
    expect(level(["A", "A", "A", "P"])).toBeNull();
  });

  it("takes the weighted average where the policy says so", () => {
    // The first course is AP: (4 + 3 + 3 + 3) / 4 = 3.250 weighted for an AP B and B, B, B.
    expect(level(["B", "B", "B", "B"], 0, { weighted: true })).toEqual(["Honors", "3.250"]);
  });
});
