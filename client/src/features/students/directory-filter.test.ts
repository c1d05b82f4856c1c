import { describe, expect, it } from "vitest";
import { type DirectoryChoice, directoryFilter } from "./directory-filter.ts";

const year = { id: "y", firstDay: "2026-08-01", endDay: "2027-08-01" };
const choice: DirectoryChoice = { search: "", schoolId: null, boundTo: null, year: null, gradeId: null, withLeavers: false, today: "2026-11-23", byEnrollment: true };

describe("the filter of the list", () => {
  it("is none when nothing is chosen", () => {
    expect(directoryFilter(choice)).toEqual({ where: null, enrollment: null });
  });

  it("finds every word of a name in any order, and numbers from their start", () => {
    expect(directoryFilter({ ...choice, search: "mia  Lopez, 41" }).where).toEqual({
      and: [{ sortName: { contains: "mia" } }, { sortName: { contains: "Lopez" } }, { or: [{ studentNumber: { startsWith: "41" } }, { sortName: { contains: "41" } }] }],
    });
  });

  it("of a running year leaves out who has left, and who never came", () => {
    const { enrollment } = directoryFilter({ ...choice, year });
    expect(enrollment).toEqual({ schoolYear: { id: { eq: "y" } }, noShow: { eq: false }, or: [{ exitDate: { isNull: true } }, { exitDate: { gt: "2026-11-23" } }] });
    expect(directoryFilter({ ...choice, year, withLeavers: true }).enrollment).toEqual({ schoolYear: { id: { eq: "y" } } });
  });

  it("of a year that is over takes everybody who was there", () => {
    expect(directoryFilter({ ...choice, year, today: "2027-08-01" }).enrollment).toEqual({ schoolYear: { id: { eq: "y" } } });
  });

  it("keeps school, year and grade to one and the same enrollment", () => {
    const { where, enrollment } = directoryFilter({ ...choice, schoolId: "s", boundTo: ["s", "t"], gradeId: "g" });
    expect(enrollment).toEqual({ school: { id: { eq: "s" } }, gradeLevel: { id: { eq: "g" } } });
    expect(where).toEqual({ and: [{ schoolEnrollments: { some: enrollment } }] });
  });

  it("stays within the schools of the caller's duties", () => {
    expect(directoryFilter({ ...choice, boundTo: ["s", "t"] }).enrollment).toEqual({ school: { id: { in: ["s", "t"] } } });
  });

  it("asks nothing of enrollments where the caller's roles open none: it would find nobody", () => {
    expect(directoryFilter({ ...choice, year, schoolId: "s", search: "lo", byEnrollment: false })).toEqual({ where: { and: [{ sortName: { contains: "lo" } }] }, enrollment: null });
  });
});
