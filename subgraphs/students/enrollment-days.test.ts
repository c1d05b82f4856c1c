import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Role } from "#foundation/identity/role";
import { dataOf, newDistrict, type Contract } from "#foundation/testing/contract";
import { signedIn } from "#foundation/testing/personas";
import { stage } from "../contract/stage.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(async () => {
  await contract.platform[Symbol.asyncDispose]();
});

/** A district whose school years leave a summer between them: the first ends with 14 June 2026, the second begins on 17 August. */
function summer() {
  const make = newDistrict(contract);
  const last = make.a("SchoolYear", { name: "2025-26", firstDay: "2025-08-18", endDay: "2026-06-15" });
  const next = make.a("SchoolYear", { name: "2026-27", firstDay: "2026-08-17", endDay: "2027-06-14" });
  const [middle, high] = [make.a("School"), make.a("School")] as const;
  const grade = make.once("GradeLevel");
  const enroll = (student: string, schoolId: string, schoolYearId: string, values: Record<string, unknown>) => make.a("SchoolEnrollment", { student, schoolId, schoolYearId, gradeLevelId: grade, ...values });
  const nurse = (schoolId: string) => signedIn(make, contract.reaches.at_school_school!(make, schoolId, { role: Role.Nurse }), [Role.Nurse, Role.Staff]);
  return { make, last, next, middle, high, enroll, nurses: { middle: nurse(middle), high: nurse(high) } };
}

describe("the current school", () => {
  it("over a summer that belongs to no year is the last one and the next one, and from the next year's first day the next one", async () => {
    const { make, last, next, middle, high, enroll, nurses } = summer();
    const student = make.a("Student");
    enroll(student, middle, last, { entryDate: "2025-08-18", exitDate: "2026-06-15" });
    enroll(student, high, next, { entryDate: "2026-08-17", exitDate: null });
    await make.save();
    const reads = async (school: "middle" | "high", day: string) => {
      contract.platform.clock.now = new Date(`${day}T18:00:00Z`);
      return dataOf(await contract.platform.call("students", nurses[school], "query($id: ID!) { student(id: $id) { id } }", { id: student })).student !== null;
    };
    const seen: Record<string, [boolean, boolean]> = {};
    for (const day of ["2026-06-14", "2026-06-15", "2026-07-20", "2026-08-16", "2026-08-17"]) seen[day] = [await reads("middle", day), await reads("high", day)];
    expect(seen).toEqual({
      "2026-06-14": [true, false],   // the last day of the year
      "2026-06-15": [true, true],    // the first day of summer
      "2026-07-20": [true, true],
      "2026-08-16": [true, true],
      "2026-08-17": [false, true],   // the first day of the next year
    });
  });

  it("over that summer is nobody's of whom the year was over before, who never came, or who comes later", async () => {
    const { make, last, next, middle, high, enroll, nurses } = summer();
    const [withdrawn, noShow, later, graduate] = [make.a("Student"), make.a("Student"), make.a("Student"), make.a("Student")] as const;
    enroll(withdrawn, middle, last, { entryDate: "2025-08-18", exitDate: "2026-06-14" });
    enroll(noShow, high, next, { entryDate: "2026-08-17", exitDate: "2026-08-17", noShow: true });
    enroll(later, high, next, { entryDate: "2026-08-18", exitDate: null });
    enroll(graduate, middle, last, { entryDate: "2025-08-18", exitDate: "2026-06-15" });
    await make.save();
    contract.platform.clock.now = new Date("2026-07-20T18:00:00Z");
    const list = async (school: "middle" | "high") => dataOf<{ students: { nodes: { id: string }[] } }>(await contract.platform.call("students", nurses[school], "{ students { nodes { id } } }")).students.nodes.map(({ id }) => id);
    expect(await list("middle"), "who finished the year stays in reach until the next one begins").toEqual([graduate]);
    expect(await list("high")).toEqual([]);
    contract.platform.clock.now = new Date("2026-08-17T18:00:00Z");
    expect([await list("middle"), await list("high")]).toEqual([[], []]);
    contract.platform.clock.now = new Date("2026-08-18T18:00:00Z");
    expect(await list("high")).toEqual([later]);
  });

  it("is of today alone where one year follows on the other, where none is to come, and before the first", async () => {
    const days = async (now: string, years: [string, string][]) => {
      const make = newDistrict(contract);
      for (const [i, [firstDay, endDay]] of years.entries()) make.a("SchoolYear", { name: String(i), firstDay, endDay });
      await make.save();
      const [row] = await contract.platform.sql<{ days: string }>(
        "SELECT (SELECT access.enrollment_days()::text FROM (SELECT set_config('osss.district', $1, true), set_config('osss.now', $2, true)) s WHERE s IS NOT NULL) AS days", [make.districtId, now]);
      return row!.days;
    };
    const follows: [string, string][] = [["2025-08-01", "2026-08-01"], ["2026-08-01", "2027-08-01"]];
    expect(await days("2026-07-31T18:00:00Z", follows)).toBe("[2026-07-31,2026-08-01)");
    expect(await days("2026-08-01T18:00:00Z", follows)).toBe("[2026-08-01,2026-08-02)");
    expect(await days("2030-01-01T18:00:00Z", follows), "nothing to come").toBe("[2030-01-01,2030-01-02)");
    expect(await days("2020-01-01T18:00:00Z", follows), "nothing before").toBe("[2020-01-01,2020-01-02)");
    expect(await days("2026-07-20T18:00:00Z", [["2025-08-18", "2026-06-15"], ["2026-08-17", "2027-06-14"]])).toBe("[2026-06-14,2026-08-18)");
  });
});
