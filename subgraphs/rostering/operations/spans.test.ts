import { describe, expect, it } from "vitest";
import { enrollmentToLeave, inEffectOn, inTheWay, openYearOn, overlap, runsToYearEnd, type EnrollmentSpan, type YearSpan } from "./spans.ts";

const year: YearSpan = { id: "y", name: "2026-27", firstDay: "2026-08-01", endDay: "2027-08-01", status: "OPEN" };
const at = (schoolId: string, entryDate: string, exitDate: string | null = null, kind: EnrollmentSpan["kind"] = "PRIMARY"): EnrollmentSpan => ({ id: `${schoolId} ${entryDate}`, schoolId, schoolYearId: "y", kind, entryDate, exitDate });

describe("a span of membership", () => {
  it("holds from its entry to the day before its exit", () => {
    // Entry on Monday, exit on Friday: a member from Monday to Thursday.
    const span = at("A", "2026-10-05", "2026-10-09");
    expect(["2026-10-04", "2026-10-05", "2026-10-08", "2026-10-09"].map((day) => inEffectOn(span, day))).toEqual([false, true, true, false]);
  });

  it("of a no-show holds on no day and is in nobody's way", () => {
    const noShow = at("A", "2026-08-20", "2026-08-20");
    expect(inEffectOn(noShow, "2026-08-20")).toBe(false);
    expect(overlap(noShow, at("A", "2026-08-01"))).toBe(false);
  });

  it("may touch another: one ends on the day on which the next begins", () => {
    expect(overlap(at("A", "2026-08-20", "2026-10-05"), at("B", "2026-10-05"))).toBe(false);
    expect(overlap(at("A", "2026-08-20", "2026-10-06"), at("B", "2026-10-05"))).toBe(true);
  });

  it("runs to the end of the year without an exit, or with the year's own", () => {
    expect([null, "2027-08-01", "2027-06-01"].map((exit) => runsToYearEnd(at("A", "2026-08-20", exit), year))).toEqual([true, true, false]);
  });
});

describe("what is in the way of a new enrollment", () => {
  const present = [at("A", "2026-08-20"), at("V", "2026-08-20", null, "SECONDARY")];

  it("is a primary on the same days, for a primary", () => {
    expect(inTheWay(present, at("B", "2026-10-05")).primary?.schoolId).toBe("A");
    expect(inTheWay(present, at("B", "2026-10-05", null, "SECONDARY")).primary).toBeUndefined();
  });

  it("is any enrollment at the same school on the same days", () => {
    expect(inTheWay(present, at("V", "2026-10-05", null, "SECONDARY")).sameSchool?.kind).toBe("SECONDARY");
  });

  it("is not the enrollment that is being changed itself", () => {
    expect(inTheWay(present, at("A", "2026-08-21"), "A 2026-08-20")).toEqual({});
  });
});

describe("the enrollment to leave", () => {
  const leave = (present: EnrollmentSpan[], day: string) => enrollmentToLeave(present, "A", day, () => year);

  it("has begun before the day and goes on", () => {
    expect(leave([at("A", "2026-08-20")], "2026-10-05")).toMatchObject({ found: { entryDate: "2026-08-20" } });
    expect(leave([at("A", "2026-08-20", "2027-08-01")], "2027-05-05"), "rolled over already").toMatchObject({ found: { exitDate: "2027-08-01" } });
  });

  it("is missing, and says why", () => {
    expect(leave([at("B", "2026-08-20")], "2026-10-05")).toEqual({ missing: "never" });
    expect(leave([at("A", "2026-08-20", "2026-10-05")], "2026-10-05")).toMatchObject({ missing: "over" });
    expect(leave([at("A", "2026-08-20", "2026-11-01")], "2026-10-05")).toMatchObject({ missing: "ends" });
    expect(leave([at("A", "2026-10-05")], "2026-10-05")).toMatchObject({ missing: "coming" });
    expect(leave([at("A", "2026-08-20", "2026-08-20")], "2026-10-05"), "a no-show").toEqual({ missing: "never" });
  });
});

describe("the school year of a day", () => {
  it("begins with its first day and ends before its end day", () => {
    expect(openYearOn([year], "2026-08-01", "day").id).toBe("y");
    expect(openYearOn([year], "2027-07-31", "day").id).toBe("y");
    expect(() => openYearOn([year], "2027-08-01", "day")).toThrow("No school year");
  });

  it("must not be closed", () => {
    expect(() => openYearOn([{ ...year, status: "CLOSED" }], "2026-10-05", "day")).toThrow("is closed");
  });
});
