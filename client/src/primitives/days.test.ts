import { describe, expect, it } from "vitest";
import { ageOn, covers, dayBefore, showDay, todayIn } from "./days.ts";

it("today is the district's, not the device's", () => {
  const instant = new Date("2026-11-23T04:30:00Z");
  expect([todayIn("America/Chicago", instant), todayIn("Europe/Berlin", instant)]).toEqual(["2026-11-22", "2026-11-23"]);
});

describe("a span", () => {
  it("covers its first day and not its end", () => {
    const span = { from: "2026-08-01", to: "2027-08-01" };
    expect(["2026-07-31", "2026-08-01", "2027-07-31", "2027-08-01"].map((day) => covers(span, day))).toEqual([false, true, true, false]);
  });

  it("shows the last day inside, over the ends of months and years", () => {
    expect([dayBefore("2027-01-01"), dayBefore("2028-03-01")]).toEqual(["2026-12-31", "2028-02-29"]);
    expect(showDay("2026-09-01")).toBe("Sep 1, 2026");
  });
});

it("somebody is a year older on the birthday", () => {
  expect([ageOn("2008-11-23", "2026-11-22"), ageOn("2008-11-23", "2026-11-23")]).toEqual([17, 18]);
});
