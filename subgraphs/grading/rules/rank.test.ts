import { describe, expect, it } from "vitest";
import { Exact } from "./exact.ts";
import { ranksOf, type Ranked } from "./rank.ts";

const student = (studentId: string, gpa: string | null, termsHere = 4, creditsHere = "12"): Ranked => ({ studentId, gpa, termsHere, creditsHere: Exact.of(creditsHere) });
const open = { minimumTerms: 0, minimumCredits: "0" };

describe("rank in the cohort", () => {
  it("is shared by ties, and the next rank is skipped: 1, 2, 2, 4", () => {
    const { ranks, outOf } = ranksOf(open, [student("c", "3.750"), student("a", "4.100"), student("d", "3.200"), student("b", "3.750")]);
    expect([Object.fromEntries(ranks), outOf]).toEqual([{ a: 1, b: 2, c: 2, d: 4 }, 4]);
  });

  it("compares numbers, not texts", () => {
    expect(Object.fromEntries(ranksOf(open, [student("a", "9.9"), student("b", "10.0"), student("c", "3.50"), student("d", "3.5")]).ranks)).toEqual({ b: 1, a: 2, c: 3, d: 3 });
  });

  it("leaves out who has no average, and who has not been here long enough", () => {
    // Two terms and 5 credits at this school are asked for: x has one term, y 4.5 credits, z no average.
    const cohort = [student("a", "3.0"), student("x", "4.0", 1), student("y", "3.9", 4, "4.5"), student("z", null), student("b", "2.0", 2, "5")];
    const { ranks, outOf } = ranksOf({ minimumTerms: 2, minimumCredits: "5" }, cohort);
    expect([Object.fromEntries(ranks), outOf]).toEqual([{ a: 1, b: 2 }, 2]);
  });
});
