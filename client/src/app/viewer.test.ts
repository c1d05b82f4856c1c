import { describe, expect, it } from "vitest";
import type { ViewerQuery } from "../generated/graphql.ts";
import { viewerOf } from "./viewer.ts";

type Duty = { role: "REGISTRAR" | "SUPERINTENDENT"; fromDate: string; toDate: string | null; school: { id: string } | null };
const now = new Date("2026-11-23T12:00:00Z");
const school = (id: string) => ({ id, name: id, shortName: null });

/** The reply without the type names, which the screens do not read. */
type Plain<T> = T extends (infer Item)[] ? Plain<Item>[] : T extends object ? { [K in Exclude<keyof T, "__typename">]: Plain<T[K]> } : T;

function answer(roles: string[], duties: Duty[] = []): ViewerQuery {
  const plain: Plain<ViewerQuery> = {
    me: {
      notice: null,
      roles,
      account: { id: "a", username: "ypriz" },
      district: { id: "d", name: "Alder Valley", timeZone: "America/Los_Angeles" },
      person: { id: "p", givenName: "Yolanda", familyName: "Prizker", preferredGivenName: "Yoli", preferredFamilyName: null, dutyAssignments: { nodes: duties.map((duty, index) => ({ id: String(index), ...duty })) } },
    },
    schools: { nodes: [school("high"), school("middle")] },
    schoolYears: { nodes: [
      { id: "next", name: "2027-28", firstDay: "2027-08-01", endDay: "2028-08-01", status: "PLANNED" },
      { id: "now", name: "2026-27", firstDay: "2026-08-01", endDay: "2027-08-01", status: "OPEN" },
    ] },
    gradeLevels: { nodes: [] },
    studentRules: [
      { verb: "READ", role: "parent", relation: "guardian" },
      { verb: "READ", role: "student", relation: "self" },
      { verb: "READ", role: "registrar", relation: "at_school" },
      { verb: "READ", role: "food-service", relation: "at_school" },
      { verb: "WRITE", role: "admin", relation: "district_office" },
    ],
    enrollmentRules: [{ verb: "READ", role: "registrar", relation: "at_school" }],
  };
  return plain as ViewerQuery;
}

describe("what a person may look at", () => {
  it("a parent has a family and no directory, an office the other way round, somebody who is both has both", () => {
    const reach = (...roles: string[]) => [viewerOf(answer(roles), "", now).seesDirectory, viewerOf(answer(roles), "", now).seesFamily];
    expect([reach("parent"), reach("staff", "registrar"), reach("registrar", "parent"), reach("teacher"), reach("admin")]).toEqual([[false, true], [true, false], [true, true], [false, false], [false, false]]);
  });

  it("lists are narrowed by enrollment only for those who may read enrollments", () => {
    expect([viewerOf(answer(["registrar"]), "", now).seesEnrollments, viewerOf(answer(["food-service"]), "", now).seesEnrollments]).toEqual([true, false]);
  });

  it("the schools to choose from are those of today's duties, all of them with a duty for the district", () => {
    const schools = (...duties: Duty[]) => viewerOf(answer(["registrar"], duties), "", now).schools.map((one) => one.id);
    const atHigh: Duty = { role: "REGISTRAR", fromDate: "2026-08-01", toDate: null, school: { id: "high" } };
    expect(schools(atHigh)).toEqual(["high"]);
    expect(schools(atHigh, { ...atHigh, toDate: "2026-11-22", school: { id: "middle" } })).toEqual(["high"]);
    expect(schools(atHigh, { ...atHigh, school: null })).toEqual(["high", "middle"]);
    expect(schools()).toEqual(["high", "middle"]);
  });

  it("the year is the one that today is in, and the name the one she goes by", () => {
    const viewer = viewerOf(answer(["registrar"]), "", now);
    expect([viewer.currentYear?.id, viewer.today, viewer.name]).toEqual(["now", "2026-11-23", "Yoli Prizker"]);
  });
});
