import { describe, expect, it } from "vitest";
import { Exact } from "./exact.ts";

describe("exact numbers", () => {
  it.each([
    // Half up at the display: 89.5 is shown as 90, 89.449 as 89.4, 89.45 as 89.5.
    ["89.5", 0, "90"], ["89.449", 1, "89.4"], ["89.45", 1, "89.5"], ["89.4999", 0, "89"], ["2.0005", 3, "2.001"], ["0.0004", 3, "0.000"], ["-0.5", 0, "-1"], ["-0.2", 0, "0"],
    ["3.6666", 3, "3.667"], ["100", 2, "100.00"], ["1005/1000", 2, "1.01"],
  ])("%s to %i places is %s", (value, places, text) => expect(Exact.of(value).toDecimal(places)).toBe(text));

  it("cuts without rounding where a policy truncates", () => expect(Exact.of("3.6669").toDecimal(3, "TRUNCATE")).toBe("3.666"));

  it("lose nothing: a third three times is one, and tenths add up", () => {
    const third = Exact.of(1).over(Exact.of(3));
    expect(Exact.sum([third, third, third]).toString()).toBe("1");
    expect(Exact.of("0.1").plus(Exact.of("0.2")).compare(Exact.of("0.3"))).toBe(0);
    expect(Exact.of(third.toString()).compare(third)).toBe(0);
  });

  it("refuse what is no number", () => {
    for (const text of ["", "1e3", "1/0", "abc", "."]) expect(() => Exact.of(text), text).toThrow("neither a decimal nor a fraction");
    expect(() => Exact.of(0.5)).toThrow("no whole number");
    expect(() => Exact.of(1).over(Exact.zero)).toThrow("divided by zero");
  });
});
