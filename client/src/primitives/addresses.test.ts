import { describe, expect, it } from "vitest";
import { addressWith, matchPath } from "./addresses.ts";

describe("a path", () => {
  it("gives the values of the pattern that it fits", () => {
    expect(matchPath("/students/:id", "/students/01a2%2F7")).toEqual({ id: "01a2/7" });
    expect(matchPath("/students", "/students")).toEqual({});
  });

  it.each(["/students/", "/students", "/students/1/more", "/people/1", "/students/%E0%A4%A"])("does not fit: %s", (path) => {
    expect(matchPath("/students/:id", path)).toBeNull();
  });
});

it("an address loses what is set to nothing, and keeps the rest", () => {
  expect(addressWith("/students", "?school=a&year=b", { year: null, grade: "c" })).toBe("/students?school=a&grade=c");
  expect(addressWith("/students", "?school=a", { school: "" })).toBe("/students");
});
