import { describe, expect, it } from "vitest";
import { DecimalScalar, isDay, isId, isInstant, isTimeOfDay } from "./scalars.ts";
import { uuidv7 } from "./uuid.ts";

describe("values as they are written", () => {
  it.each([["2026-02-28", true], ["2024-02-29", true], ["2026-02-29", false], ["2026-13-01", false], ["0000-01-01", false], ["2026-1-1", false], ["+12026-01-01", false], [" 2026-01-01", false]])("%s is a day: %s", (text, expected) => {
    expect(isDay(text)).toBe(expected);
  });

  it.each([
    ["2026-09-01T12:30:00Z", true], ["2026-09-01T12:30:00.123456+05:30", true], ["2026-09-01T12:30Z", true], ["2026-09-01T12:30:00", false], ["2026-02-30T12:00:00Z", false],
    ["2026-09-01T24:00:00Z", false], ["2026-09-01T12:60:00Z", false], ["2026-09-01T12:00:00+23:59", false], ["0000-01-01T00:00:00Z", false],
  ])("%s is a moment: %s", (text, expected) => {
    expect(isInstant(text)).toBe(expected);
  });

  it.each([["00:00", true], ["23:59", true], ["24:00", false], ["8:15", false], ["08:15:00", false]])("%s is a time of day: %s", (text, expected) => {
    expect(isTimeOfDay(text)).toBe(expected);
  });

  it.each([["0.5", true], ["-12", true], ["1e3", false], ["NaN", false], [".5", false], ["1234567890123", false]])("%s is a decimal: %s", (text, expected) => {
    const parse = () => DecimalScalar.parseValue(text);
    if (expected) expect(parse()).toBe(text);
    else expect(parse).toThrow("Write an exact decimal as text");
  });
});

describe("ids", () => {
  it("are UUIDs of version 7 that ascend, also within one millisecond and when the clock steps back", () => {
    const made = [...Array.from({ length: 5_000 }, () => uuidv7(1_800_000_000_000)), uuidv7(1_799_999_999_000)];
    expect(new Set(made).size).toBe(made.length);
    expect([...made].sort()).toEqual(made);
    expect(made.every((id) => isId(id) && id[14] === "7" && "89ab".includes(id[19]!))).toBe(true);
  });
});
