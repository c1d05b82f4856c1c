import { describe, expect, it } from "vitest";
import { creditsOfPart } from "./credits.ts";

describe("the credits of a part of a course", () => {
  it.each([
    ["1", 2, ["0.500", "0.500"]],
    ["1", 3, ["0.333", "0.334", "0.333"]],
    ["0.5", 1, ["0.500"]],
    ["0", 2, ["0.000", "0.000"]],
    ["0.25", 3, ["0.083", "0.084", "0.083"]],
  ])("%s credits over %i terms add up to the course's", (credits, parts, expected) => {
    expect(expected.map((_, i) => creditsOfPart(credits, i + 1, parts))).toEqual(expected);
  });
});
