import { describe, expect, it } from "vitest";
import { mainEnrollment, standingOf } from "./enrollments.ts";

const today = "2026-11-23";
const enrollment = (entryDate: string, exitDate: string | null = null, more: { kind?: "PRIMARY" | "SECONDARY"; noShow?: boolean } = {}) => ({ entryDate, exitDate, kind: more.kind ?? ("PRIMARY" as const), noShow: more.noShow ?? false });

describe("where a student stands", () => {
  it("by the dates of an enrollment, the end being the first day outside", () => {
    expect(standingOf(enrollment("2026-08-01", "2026-11-24"), today)).toBe("here");
    expect(standingOf(enrollment("2026-08-01", "2026-11-23"), today)).toBe("left");
    expect(standingOf(enrollment("2026-12-01"), today)).toBe("coming");
    expect(standingOf(enrollment("2026-08-01", "2026-08-01", { noShow: true }), today)).toBe("no-show");
  });

  it("is told by the running primary enrollment, whatever else is on file", () => {
    const primary = enrollment("2026-08-01");
    expect(mainEnrollment([enrollment("2027-08-01"), enrollment("2026-09-01", null, { kind: "SECONDARY" }), primary, enrollment("2025-08-01", "2026-08-01")], today)).toBe(primary);
  });

  it("is told by the latest when none is running", () => {
    const latest = enrollment("2025-08-01", "2026-08-01");
    expect(mainEnrollment([enrollment("2024-08-01", "2025-08-01"), latest], today)).toBe(latest);
    expect(mainEnrollment([], today)).toBeNull();
  });
});
