import { describe, expect, it } from "vitest";
import { gpaOf, shownGpa, type CourseLine, type GpaRule } from "./gpa.ts";

const points = new Map(Object.entries({ A: "4", "B+": "3.3", B: "3", C: "2", D: "1", F: "0" }));
const policy: GpaRule = {
  countedMarks: "TERM_FINAL", repeats: "BETTER_REPLACES", countsTransfers: true, decimals: 3, rounding: "HALF_UP", bonusFromPoints: "1", points, bonuses: new Map([["honors", "0.5"], ["ap", "1"]]),
};
let n = 0;
const course = (mark: string, credits: string, more: Partial<CourseLine> = {}): CourseLine => ({
  id: `c${n++}`, repeats: null, mark, credits, levelId: null, kind: "TERM_FINAL", transfer: false, counts: true, when: "2025-12-20", ...more,
});
const gpa = (lines: readonly CourseLine[], more: Partial<GpaRule> = {}) => {
  const rule = { ...policy, ...more };
  const { weighted, unweighted, credits } = gpaOf(rule, lines);
  return { weighted: weighted && shownGpa(rule, weighted), unweighted: unweighted && shownGpa(rule, unweighted), credits: credits.toDecimal(3) };
};

describe("a grade point average", () => {
  it("weighs courses by their credits", () => {
    // A 1.0, B 1.0, C 0.5: (4 + 3 + 1) / 2.5 = 3.200.
    expect(gpa([course("A", "1"), course("B", "1"), course("C", "0.5")])).toEqual({ weighted: "3.200", unweighted: "3.200", credits: "2.500" });
  });

  it("lifts by the level of the course, weighted only, and no failing mark", () => {
    // Weighted: AP A 5 + honors B 3.5 + C 2 + AP F 0 = 10.5 / 4 = 2.625. Unweighted: 4 + 3 + 2 + 0 = 9 / 4 = 2.250.
    const lines = [course("A", "1", { levelId: "ap" }), course("B", "1", { levelId: "honors" }), course("C", "1", { levelId: "regular" }), course("F", "1", { levelId: "ap" })];
    expect(gpa(lines)).toEqual({ weighted: "2.625", unweighted: "2.250", credits: "4.000" });
  });

  it("leaves out pass/fail, incompletes, marks without points, what the record keeps out, and marks of another kind", () => {
    const counted = [course("A", "1"), course("B", "1")];
    const beside = [course("P", "1"), course("I", "1"), course("W", "0.5"), course("F", "1", { counts: false }), course("F", "1", { kind: "PERIOD" }), course("F", "0")];
    expect(gpa([...counted, ...beside])).toEqual({ weighted: "3.500", unweighted: "3.500", credits: "2.000" });
    expect(gpa(beside)).toEqual({ weighted: null, unweighted: null, credits: "0.000" });
  });

  describe("with repeats and transfers under two policies", () => {
    // Grade 9 at another school: English A (1, transfer). Here: Algebra F (1), then again B (1); Biology B+ (0.5), honors.
    const algebra = course("F", "1", { id: "algebra-1", when: "2025-06-01" });
    const again = course("B", "1", { id: "algebra-2", repeats: "algebra-1", when: "2026-06-01" });
    const lines = [course("A", "1", { transfer: true }), algebra, again, course("B+", "0.5", { levelId: "honors" })];

    it("the better attempt replaces, transfers count", () => {
      // Weighted (4x1 + 3x1 + 3.8x0.5) / 2.5 = 8.9 / 2.5 = 3.560; unweighted (4 + 3 + 1.65) / 2.5 = 8.65 / 2.5 = 3.460.
      expect(gpa(lines)).toEqual({ weighted: "3.560", unweighted: "3.460", credits: "2.500" });
    });

    it("attempts are averaged, transfers do not count", () => {
      // Algebra (0 + 3) / 2 = 1.5 for 1 credit. Weighted (1.5 + 1.9) / 1.5 = 2.2666... = 2.267; unweighted (1.5 + 1.65) / 1.5 = 2.100.
      expect(gpa(lines, { repeats: "AVERAGE", countsTransfers: false })).toEqual({ weighted: "2.267", unweighted: "2.100", credits: "1.500" });
    });

    it("every attempt counts where the policy says so", () => {
      // (4 + 0 + 3 + 1.65) / 3.5 = 8.65 / 3.5 = 2.47142... = 2.471 unweighted; weighted 8.9 / 3.5 = 2.54285... = 2.543.
      expect(gpa(lines, { repeats: "ALL" })).toEqual({ weighted: "2.543", unweighted: "2.471", credits: "3.500" });
    });

    it("a worse repeat replaces nothing, and three attempts are one course", () => {
      const worse = course("D", "1", { repeats: "algebra-2", when: "2027-06-01" });
      expect(gpa([algebra, again, worse])).toEqual({ weighted: "3.000", unweighted: "3.000", credits: "1.000" });
      // (0 + 3 + 1) / 3 = 1.333 for one credit.
      expect(gpa([algebra, again, worse], { repeats: "AVERAGE" })).toEqual({ weighted: "1.333", unweighted: "1.333", credits: "1.000" });
      // An attempt under way does not stand between the other two.
      expect(gpa([algebra, { ...again, mark: "I" }, worse])).toMatchObject({ unweighted: "1.000", credits: "1.000" });
    });
  });

  it("keeps the decimals and the rounding of the policy", () => {
    // Two A and one B: 11 / 3 = 3.66666...
    const lines = [course("A", "1"), course("A", "1"), course("B", "1")];
    expect([gpa(lines).unweighted, gpa(lines, { decimals: 2 }).unweighted, gpa(lines, { rounding: "TRUNCATE" }).unweighted]).toEqual(["3.667", "3.67", "3.666"]);
  });
});
