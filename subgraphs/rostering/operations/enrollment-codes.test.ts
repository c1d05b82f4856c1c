import { describe, expect, it } from "vitest";
import { EnrollmentCodes } from "./enrollment-codes.ts";

const codes = new EnrollmentCodes([
  { kind: "EXIT", code: "W1", meaning: "WITHDRAWN", standard: true },
  { kind: "EXIT", code: "W2", meaning: "WITHDRAWN", standard: false },
  { kind: "EXIT", code: "T", meaning: "TRANSFERRED", standard: false },
]);

describe("the district's enrollment codes", () => {
  it("give the standard one where none was given", () => {
    expect(codes.choose("EXIT", "WITHDRAWN", undefined, "input.exitCode")).toBe("W1");
    expect(codes.choose("EXIT", "TRANSFERRED", null, "input.exitCode"), "listed, but not marked").toBeNull();
  });

  it("take any that is listed, and refuse one that is not, naming the list", () => {
    expect(codes.choose("EXIT", "WITHDRAWN", "W2", "input.exitCode")).toBe("W2");
    expect(() => codes.choose("EXIT", "WITHDRAWN", "W9", "input.exitCode")).toThrow(/no exit code "W9".*T, W1, W2/);
  });

  it("are any text while the district lists none of the kind", () => {
    expect(codes.choose("ENTRY", "FIRST_ENTRY", "E7", "input.entryCode")).toBe("E7");
  });
});
