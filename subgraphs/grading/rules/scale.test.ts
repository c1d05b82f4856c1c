import { describe, expect, it } from "vitest";
import { Exact } from "./exact.ts";
import { markFor, percentBehind, shown, type Scale } from "./scale.ts";

const letters: Scale = {
  maximum: "100",
  decimals: 0,
  marks: [["A", "90"], ["B", "80"], ["C", "70"], ["D", "60"], ["F", "0"], ["P", null]].map(([mark, minimum]) => ({ mark: mark!, minimum: minimum ?? null, passing: mark !== "F" })),
};
const read = (scale: Scale, percent: string) => [shown(scale, Exact.of(percent)), markFor(scale, Exact.of(percent))?.mark];

describe("a scale", () => {
  it("reads the mark from the percent as it is shown, rounded half up", () => {
    expect(read(letters, "89.5")).toEqual(["90", "A"]);
    expect(read(letters, "89.449")).toEqual(["89", "B"]);
    expect(read(letters, "59.4999")).toEqual(["59", "F"]);
    // With one decimal 89.5 stays 89.5, and is a B.
    expect(read({ ...letters, decimals: 1 }, "89.5")).toEqual(["89.5", "B"]);
    expect(read({ ...letters, decimals: 1 }, "89.449")).toEqual(["89.4", "B"]);
    expect(read(letters, "104.2")).toEqual(["104", "A"]);
  });

  it("has no mark below its lowest, and gives none that no number gives", () => {
    // On a scale of 4 points with one decimal, 74 % is 2.96, shown as 3.0; 47 % is 1.88, shown as 1.9.
    const points: Scale = { maximum: "4", decimals: 1, marks: [{ mark: "Meets", minimum: "3", passing: true }, { mark: "Developing", minimum: "2", passing: true }] };
    expect(read(points, "74")).toEqual(["3.0", "Meets"]);
    expect(read(points, "47")).toEqual(["1.9", undefined]);
    // Chosen by hand, Developing counts as 2 of 4 points: 50 %.
    expect(percentBehind(points, "Developing", null)?.toDecimal(1)).toBe("50.0");
  });

  it("says which percent stands behind a mark that somebody chose", () => {
    const behind = (mark: string, computed: string | null) => percentBehind(letters, mark, computed === null ? null : Exact.of(computed))?.toDecimal(1) ?? null;
    // The computed 87.2 reads as B and stays. Raised to an A it counts as 90; without a computed one a C counts as 70.
    expect([behind("B", "87.2"), behind("A", "87.2"), behind("C", null), behind("P", "87.2")]).toEqual(["87.2", "90.0", "70.0", null]);
  });
});
