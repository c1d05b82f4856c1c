import { describe, expect, it } from "vitest";
import type { Exact } from "./exact.ts";
import { categoryAverage, sectionAverage, type ScoredWork } from "./section-average.ts";

let n = 0;
const work = (points: string | null, pointsPossible: string, more: Partial<ScoredWork> = {}): ScoredWork => ({
  assignmentId: `a${n++}`, categoryId: "quizzes", dueDate: "2026-09-10", pointsPossible, extraCredit: false, counts: true, points, missing: false, exempt: false, ...more,
});
const rule = (dropLowest = 0, weight = "100", id = "quizzes") => ({ id, weight, dropLowest });
const percent = (average: { percent: Exact | null }, places = 3) => average.percent?.toDecimal(places) ?? null;

describe("a category's average", () => {
  it("is points earned over points possible, not the mean of percents", () => {
    // (8 + 45) / (10 + 50) = 53/60 = 88.333 %; the mean of 80 % and 90 % would be 85.
    expect(percent(categoryAverage(rule(), [work("8", "10"), work("45", "50")]))).toBe("88.333");
  });

  it("counts missing work as zero, leaves exempt work out, counts late work, ignores what has no points yet", () => {
    // Missing: (18 + 0) / (20 + 10) = 60 %. The exempt 10, the ungraded 30 and the practice sheet change nothing.
    const works = [work("18", "20"), work(null, "10", { missing: true }), work("2", "10", { exempt: true }), work(null, "30"), work("1", "10", { counts: false })];
    expect(percent(categoryAverage(rule(), works))).toBe("60.000");
    // What is marked missing counts zero even if points were entered before.
    expect(percent(categoryAverage(rule(), [work("18", "20"), work("9", "10", { missing: true })]))).toBe("60.000");
  });

  it("adds extra credit to what was earned and not to what was possible", () => {
    // (17 + 3) / 20 = 100 %; (20 + 3) / 20 = 115 %.
    expect(percent(categoryAverage(rule(), [work("17", "20"), work("3", "5", { extraCredit: true })]))).toBe("100.000");
    expect(percent(categoryAverage(rule(), [work("20", "20"), work("3", "5", { extraCredit: true })]))).toBe("115.000");
    // Nothing was possible yet: there is no average, whatever the extra credit.
    expect(percent(categoryAverage(rule(), [work("3", "5", { extraCredit: true })]))).toBeNull();
  });

  it("drops the lowest by percentage, not by points", () => {
    // 9/10 = 90 %, 30/50 = 60 %, 4/5 = 80 %. The 60 % goes: (9 + 4) / (10 + 5) = 13/15 = 86.667 %.
    const [nine, thirty, four] = [work("9", "10"), work("30", "50"), work("4", "5")];
    const dropOne = categoryAverage(rule(1), [nine, thirty, four]);
    expect([percent(dropOne), dropOne.dropped]).toEqual(["86.667", [thirty.assignmentId]]);
    // Two go: 60 % and 80 %; 9/10 stays.
    expect(percent(categoryAverage(rule(2), [nine, thirty, four]))).toBe("90.000");
  });

  it("drops a zero for missing work first, and never an exempt one", () => {
    // 0/10, 7/10, 9/10: the missing one goes, 16/20 = 80 %.
    expect(percent(categoryAverage(rule(1), [work(null, "10", { missing: true }), work("7", "10"), work("9", "10"), work("0", "10", { exempt: true })]))).toBe("80.000");
  });

  it("drops of equal percentages the one with more points possible", () => {
    // 50 % twice (5/10 and 20/40) beside 10/10. Without the 20/40: 15/20 = 75 %. Without the 5/10 it would be 30/50 = 60 %.
    const [small, large] = [work("5", "10"), work("20", "40")];
    const average = categoryAverage(rule(1), [small, large, work("10", "10")]);
    expect([percent(average), average.dropped]).toEqual(["75.000", [large.assignmentId]]);
  });

  it("never drops all", () => {
    expect(percent(categoryAverage(rule(3), [work("6", "10")]))).toBe("60.000");
    expect(percent(categoryAverage(rule(3), [work("6", "10"), work("9", "10")]))).toBe("90.000");
    expect(percent(categoryAverage(rule(1), []))).toBeNull();
  });
});

describe("a section's average", () => {
  const categories = [rule(0, "40", "tests"), rule(0, "40", "homework"), rule(0, "20", "project")];

  it("weighs the categories", () => {
    // 80 x 0.4 + 90 x 0.4 + 100 x 0.2 = 32 + 36 + 20 = 88.
    const works = [work("80", "100", { categoryId: "tests" }), work("9", "10", { categoryId: "homework" }), work("50", "50", { categoryId: "project" })];
    expect(percent(sectionAverage(categories, works))).toBe("88.000");
  });

  it("renormalises the weights of the categories that have scores", () => {
    // No project yet: (80 x 40 + 95 x 40) / 80 = 87.5, not 70.
    const works = [work("80", "100", { categoryId: "tests" }), work("19", "20", { categoryId: "homework" })];
    expect(percent(sectionAverage(categories, works))).toBe("87.500");
    // Only tests: 80.
    expect(percent(sectionAverage(categories, works.slice(0, 1)))).toBe("80.000");
    // An exempt project does not count as a score; a missing one does: (80 x 40 + 95 x 40 + 0 x 20) / 100 = 70.
    expect(percent(sectionAverage(categories, [...works, work(null, "50", { categoryId: "project", exempt: true })]))).toBe("87.500");
    expect(percent(sectionAverage(categories, [...works, work(null, "50", { categoryId: "project", missing: true })]))).toBe("70.000");
  });

  it("has none without scores, and none where nothing weighs", () => {
    expect(percent(sectionAverage(categories, []))).toBeNull();
    expect(percent(sectionAverage([rule(0, "0")], [work("5", "10")]))).toBeNull();
  });

  it("keeps full precision until it is shown", () => {
    // 1/3 and 2/3 in equal weights are one half exactly: 50.000000000, not 49.999 or 50.001.
    const average = sectionAverage([rule(0, "1", "tests"), rule(0, "1", "homework")], [work("1", "3", { categoryId: "tests" }), work("2", "3", { categoryId: "homework" })]);
    expect(average.percent!.toString()).toBe("50");
  });
});

/** The same numbers each run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => ((state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296) / 4_294_967_296);
}

describe("over 500 random gradebooks", () => {
  const random = seeded(20_261_014);
  const pick = (limit: number) => Math.floor(random() * limit);
  const gradebook = () =>
    Array.from({ length: 1 + pick(9) }, () => {
      const possible = 1 + pick(60);
      return work(pick(10) === 0 ? null : String(pick(possible + 1)), String(possible), {
        categoryId: ["tests", "homework"][pick(2)]!, missing: pick(8) === 0, exempt: pick(8) === 0, extraCredit: pick(8) === 0, dueDate: `2026-09-${10 + pick(9)}`,
      });
    });
  const shuffled = <T>(items: readonly T[]) => items.map((item) => ({ item, at: random() })).sort((a, b) => a.at - b.at).map(({ item }) => item);

  it("the order of assignments and categories makes no difference", () => {
    for (let i = 0; i < 500; i++) {
      const works = gradebook();
      const categories = [rule(pick(3), String(1 + pick(60)), "tests"), rule(pick(3), String(1 + pick(60)), "homework")];
      const [once, again] = [sectionAverage(categories, works), sectionAverage(shuffled(categories), shuffled(works))];
      expect(String(again.percent)).toBe(String(once.percent));
    }
  });

  it("dropping one more never lowers a category's average", () => {
    for (let i = 0; i < 500; i++) {
      const works = gradebook().map((w) => ({ ...w, categoryId: "quizzes" }));
      for (let drop = 0; drop < 4; drop++) {
        const [less, more] = [categoryAverage(rule(drop), works).percent, categoryAverage(rule(drop + 1), works).percent];
        if (less && more) expect(more.compare(less), JSON.stringify({ works, drop })).toBeGreaterThanOrEqual(0);
        else expect([less, more]).toEqual([null, null]);
      }
    }
  });
});
