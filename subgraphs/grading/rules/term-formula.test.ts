import { describe, expect, it } from "vitest";
import { Exact } from "./exact.ts";
import { termPercent } from "./term-formula.ts";

const part = (weight: string, percent: string | null) => ({ weight: Exact.of(weight), percent: percent === null ? null : Exact.of(percent) });
const final = (...parts: ReturnType<typeof part>[]) => {
  const { percent, complete } = termPercent(parts);
  return [percent?.toDecimal(3) ?? null, complete];
};

describe("a term's final mark", () => {
  it("weighs quarter 1 with 40, quarter 2 with 40 and the exam with 20", () => {
    // 88 x 0.4 + 92 x 0.4 + 75 x 0.2 = 35.2 + 36.8 + 15 = 87.
    expect(final(part("40", "88"), part("40", "92"), part("20", "75"))).toEqual(["87.000", true]);
  });

  it("renormalises over the parts that have a mark", () => {
    // Without the exam: (88 x 40 + 92 x 40) / 80 = 90. Joined in quarter 2: (92 x 40 + 75 x 20) / 60 = 86.333.
    expect(final(part("40", "88"), part("40", "92"), part("20", null))).toEqual(["90.000", false]);
    expect(final(part("40", null), part("40", "92"), part("20", "75"))).toEqual(["86.333", false]);
    expect(final(part("40", null), part("40", null), part("20", null))).toEqual([null, false]);
  });

  it("takes period marks in full precision", () => {
    // 89 5/6, 89 1/3 and 89 1/3 in equal parts are 268.5 / 3 = 89.5 exactly, shown as 90. Rounded to six places before, it would be 89.
    const { percent } = termPercent([part("1", "539/6"), part("1", "268/3"), part("1", "268/3")]);
    expect([percent!.toString(), percent!.toDecimal(0)]).toEqual(["179/2", "90"]);
  });

  it("does not wait for a part that weighs nothing", () => expect(final(part("100", "80"), part("0", null))).toEqual(["80.000", true]));
});
