import { describe, expect, it } from "vitest";
import { defaultPlacement, type GradedSchool, type GradeOrder } from "./default-placement.ts";

const grades: GradeOrder[] = [0, 1, 2, 3, 4, 5, 6, 9, 12].map((sequence) => ({ id: `g${sequence}`, title: `Grade ${sequence}`, sequence }));
const school = (id: string, low: number | null, high: number | null): GradedSchool => ({ id, name: id, low, high });
const schools = [school("Oak", 0, 5), school("Elm", 0, 5), school("Middle", 6, 6), school("High", 9, 12), school("Any", null, null)];
const of = (at: string, sequence: number | null, nextSchoolId: string | null = null, among = schools) =>
  defaultPlacement({ school: among.find(({ id }) => id === at)!, grade: grades.find((each) => each.sequence === sequence) ?? null }, grades, among, nextSchoolId);

describe("the default for the next year", () => {
  it("is the next grade at the same school, gaps in the order included", () => {
    expect(of("Oak", 3)).toEqual({ action: "PROMOTE", nextSchoolId: "Oak", nextGradeLevelId: "g4" });
    expect(of("High", 9)).toEqual({ action: "PROMOTE", nextSchoolId: "High", nextGradeLevelId: "g12" });
    expect(of("Any", 6), "a school that teaches whatever comes").toEqual({ action: "PROMOTE", nextSchoolId: "Any", nextGradeLevelId: "g9" });
  });

  it("beyond the school's last grade is the only other school that teaches the next, or the one that is named", () => {
    expect(of("Oak", 5)).toEqual({ action: "PROMOTE", nextSchoolId: "Middle", nextGradeLevelId: "g6" });
    expect(of("Oak", 5, "Annex")).toEqual({ action: "PROMOTE", nextSchoolId: "Annex", nextGradeLevelId: "g6" });
    expect(of("Oak", 5, null, [...schools, school("Middle 2", 6, 6)])).toEqual({ open: "for whose next grade level, Grade 6, there are 2 schools" });
    expect(of("Oak", 5, null, schools.slice(0, 2))).toEqual({ open: "whose next grade level, Grade 6, no other school teaches" });
  });

  it("after the last grade is graduation, and without a grade nothing", () => {
    expect(of("High", 12)).toEqual({ action: "GRADUATE", nextSchoolId: null, nextGradeLevelId: null });
    expect(of("Oak", null)).toEqual({ open: "without a grade level" });
  });
});
