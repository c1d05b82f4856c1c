import { CombinedError } from "@urql/core";
import { describe, expect, it } from "vitest";
import { closedFields, problemOf } from "./problems.ts";

const errors = (...all: { code: string; message?: string; path?: (string | number)[] }[]) => new CombinedError({ graphQLErrors: all.map(({ code, message = code, path }) => ({ message, path, extensions: { code } })) });

describe("what a reader is told of an error", () => {
  it("nothing of fields that her roles do not open", () => {
    expect(problemOf(errors({ code: "FORBIDDEN" }), true)).toBeNull();
    expect(problemOf(undefined, true)).toBeNull();
  });

  it("the gravest first, in the API's words", () => {
    expect(problemOf(errors({ code: "FORBIDDEN" }, { code: "INTERNAL" }, { code: "UNAVAILABLE", message: "Try again in a few seconds." }), true)).toEqual({ kind: "unavailable", message: "Try again in a few seconds.", again: true });
    expect(problemOf(errors({ code: "VALIDATION_FAILED" }), true)?.again).toBe(false);
    expect(problemOf(errors({ code: "NEW_CODE" }), true)?.kind).toBe("internal");
  });

  it("whether it is the device or the service that has no connection", () => {
    const error = new CombinedError({ networkError: new TypeError("Failed to fetch") });
    expect([problemOf(error, false)?.kind, problemOf(error, true)?.kind]).toEqual(["offline", "unavailable"]);
  });
});

it("closed fields are named by their path, without places in lists", () => {
  expect(closedFields(errors({ code: "FORBIDDEN", path: ["students", "nodes", 3, "courtOrders"] }, { code: "INTERNAL", path: ["me"] }))).toEqual(new Set(["students.nodes.courtOrders"]));
});
