import { describe, expect, it } from "vitest";
import { firstPage, nextPage, pageArguments, previousPage } from "./paging.ts";

const info = { hasNextPage: true, hasPreviousPage: true, startCursor: "s", endCursor: "e" };

describe("pages by cursors", () => {
  it("go forward from the last row", () => {
    const second = nextPage(firstPage(50), info, 50)!;
    expect(second).toEqual({ size: 50, offset: 50, after: "e", before: null });
    expect(pageArguments(second)).toEqual({ first: 50, after: "e", last: null, before: null });
  });

  it("go back from the first row", () => {
    const back = previousPage({ size: 50, offset: 100, after: "x", before: null }, info)!;
    expect(pageArguments(back)).toEqual({ first: null, after: null, last: 50, before: "s" });
    expect(back.offset).toBe(50);
  });

  it("go back to the very start without a cursor, so that rows that came in show", () => {
    expect(previousPage({ size: 50, offset: 50, after: "x", before: null }, info)).toEqual(firstPage(50));
  });

  it("end at both ends", () => {
    expect(nextPage(firstPage(50), { ...info, hasNextPage: false }, 12)).toBeNull();
    expect(previousPage(firstPage(50), { ...info, hasPreviousPage: false })).toBeNull();
    expect(nextPage(firstPage(50), { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null }, 0)).toBeNull();
  });
});
