import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Role } from "#foundation/identity/role";
import { codeOf, dataOf, rowCounts, type Contract } from "#foundation/testing/contract";
import { stage } from "../../contract/stage.ts";
import { operate, twoSchools, type Outcome, type TwoSchools } from "../testing/two-schools.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

const plan = (district: TwoSchools, placements: Record<string, unknown>[], identity = district.oakRegistrar, more: Record<string, unknown> = {}) => operate(contract, identity, "planNextYear", { schoolYearId: district.year, placements, ...more });
const placementsOf = (district: TwoSchools) =>
  contract.platform.sql<{ student_id: string; action: string; school: string | null; grade: string | null }>(
    `SELECT p.student_id, p.action, s.name AS school, g.code AS grade FROM rostering.next_year_placement p LEFT JOIN schools.school s ON s.id = p.next_school_id LEFT JOIN schools.grade_level g ON g.id = p.next_grade_level_id
     WHERE p.district_id = $1 AND p.archived_at IS NULL ORDER BY p.student_id`, [district.make.districtId]);

describe("planning the next year for single students", () => {
  it("is for the office of their school, and for the district's registrar", async () => {
    const district = twoSchools(contract);
    const [mine, theirs] = [district.student(), district.student({}, { schoolId: district.elm })] as const;
    const may = [Role.Principal, Role.AssistantPrincipal, Role.Counselor].map((role) => district.onDuty(role, district.oak));
    const mayNot = [district.onDuty(Role.SchoolSecretary, district.oak), district.onDuty(Role.Nurse, district.oak), district.onDuty(Role.Superintendent, null), district.elmRegistrar];
    await district.make.save();
    const before = await rowCounts(contract.platform);
    for (const identity of mayNot) expect(codeOf(await plan(district, [{ studentId: mine, action: "PROMOTE" }], identity)), identity.roles.join()).toBe("FORBIDDEN");
    expect(codeOf(await plan(district, [{ studentId: mine, action: "PROMOTE" }, { studentId: theirs, action: "PROMOTE" }])), "one of another school").toBe("FORBIDDEN");
    expect(await rowCounts(contract.platform)).toEqual(before);
    for (const identity of [...may, district.districtRegistrar]) expect(codeOf(await plan(district, [{ studentId: mine, action: "PROMOTE" }], identity)), identity.roles.join()).toBeUndefined();
  });

  it("completes what is left out, changes what is there, and takes back", async () => {
    const district = twoSchools(contract);
    const at = (grade: string, schoolId = district.oak) => district.student({}, { gradeLevelId: district.grades[grade], schoolId });
    const [third, fifth, second, leaver] = [at("03"), at("05"), at("02"), at("04")] as const;
    await district.make.save();
    dataOf(await plan(district, [{ studentId: third, action: "PROMOTE" }, { studentId: fifth, action: "PROMOTE" }, { studentId: second, action: "RETAIN" }, { studentId: leaver, action: "LEAVE" }]));
    // Grade 6 is taught at High alone.
    expect(await placementsOf(district)).toEqual([
      { student_id: third, action: "PROMOTE", school: "Oak", grade: "04" }, { student_id: fifth, action: "PROMOTE", school: "High", grade: "06" },
      { student_id: second, action: "RETAIN", school: "Oak", grade: "02" }, { student_id: leaver, action: "LEAVE", school: null, grade: null },
    ]);
    dataOf(await plan(district, [{ studentId: third, action: "RETAIN" }], district.oakRegistrar, { clear: [leaver] }));
    expect((await placementsOf(district)).map(({ student_id, action }) => [student_id, action])).toEqual([[third, "RETAIN"], [fifth, "PROMOTE"], [second, "RETAIN"]]);
  });

  it("refuses what makes no sense, all problems together, and plans nobody", async () => {
    const district = twoSchools(contract);
    const at = (grade: string | null, schoolId = district.oak) => district.student({}, { gradeLevelId: grade === null ? null : district.grades[grade], schoolId });
    const [third, unknown, gone] = [at("03"), at(null), district.student({}, { exitDate: "2026-10-05" })] as const;
    const senior = at("12", district.high);
    await district.make.save();
    const bad: [string, Record<string, unknown>][] = [
      ["backwards", { studentId: third, action: "PROMOTE", nextGradeLevelId: district.grades["03"] }], ["retained elsewhere", { studentId: third, action: "RETAIN", nextGradeLevelId: district.grades["04"] }],
      ["graduates to a school", { studentId: third, action: "GRADUATE", nextSchoolId: district.oak }], ["no grade after the last", { studentId: senior, action: "PROMOTE" }],
      ["a grade that is not known", { studentId: unknown, action: "PROMOTE" }], ["no such school", { studentId: third, action: "PROMOTE", nextSchoolId: crypto.randomUUID() }], ["has left", { studentId: gone, action: "PROMOTE" }],
    ];
    for (const [what, placement] of bad) expect(codeOf(await plan(district, [placement], district.districtRegistrar)), what).toBe("VALIDATION_FAILED");
    expect(codeOf(await plan(district, [{ studentId: third, action: "PROMOTE" }, { studentId: third, action: "RETAIN" }], district.districtRegistrar)), "twice").toBe("VALIDATION_FAILED");
    expect(codeOf(await plan(district, [], district.districtRegistrar))).toBe("VALIDATION_FAILED");
    const both = await plan(district, [{ studentId: third, action: "PROMOTE" }, { studentId: senior, action: "PROMOTE" }, { studentId: unknown, action: "RETAIN" }], district.districtRegistrar);
    expect((both.errors![0]!.extensions!.fields as { path: string }[]).map(({ path }) => path)).toEqual(["input.placements.1.nextGradeLevelId", "input.placements.2.nextGradeLevelId"]);
    expect(await placementsOf(district)).toEqual([]);
    // A grade may be skipped.
    dataOf(await plan(district, [{ studentId: third, action: "PROMOTE", nextGradeLevelId: district.grades["05"] }], district.districtRegistrar));
  });
});

describe("planning a school by its grades", () => {
  it("moves everybody up who has no placement, and says what it leaves open", async () => {
    const district = twoSchools(contract);
    const at = (grade: string | null) => district.student({}, { gradeLevelId: grade === null ? null : district.grades[grade] });
    const [kg, fifth, held, unknown] = [at("KG"), at("05"), at("01"), at(null)] as const;
    const elsewhere = district.student({}, { schoolId: district.elm });
    const counselor = district.onDuty(Role.Counselor, district.oak);
    await district.make.save();
    dataOf(await plan(district, [{ studentId: held, action: "RETAIN" }]));
    const byGrades = (more: Record<string, unknown> = {}, identity = counselor) => operate(contract, identity, "planSchoolByGrades", { schoolYearId: district.year, schoolId: district.oak, ...more });
    expect(codeOf(await byGrades({}, district.elmRegistrar))).toBe("FORBIDDEN");
    const { notes } = dataOf<{ out: Outcome }>(await byGrades()).out;
    expect(notes).toEqual(["2 to be promoted, 0 to graduate.", "Left open: 1 student without a grade level."]);
    expect(await placementsOf(district)).toEqual([
      { student_id: kg, action: "PROMOTE", school: "Oak", grade: "01" }, { student_id: fifth, action: "PROMOTE", school: "High", grade: "06" }, { student_id: held, action: "RETAIN", school: "Oak", grade: "01" },
    ]);
    const again = await byGrades();
    expect([codeOf(again), again.errors![0]!.message]).toEqual(["CONFLICT", expect.stringContaining("1 student without a grade level")]);
    expect([unknown, elsewhere].some((id) => id === kg)).toBe(false);
  });
});

describe("a placement", () => {
  it("is read by the office of this school and of the next one, and by no family", async () => {
    const district = twoSchools(contract);
    const student = district.student({}, { gradeLevelId: district.grades["05"] });
    const parent = contract.reaches.guardian_student!(district.make, student, { role: Role.Parent });
    const [here, there, strange] = [district.onDuty(Role.Principal, district.oak), district.onDuty(Role.Counselor, district.high), district.onDuty(Role.Principal, district.elm)] as const;
    await district.make.save();
    dataOf(await plan(district, [{ studentId: student, action: "PROMOTE" }]));
    const seen = async (identity: typeof here) => (await contract.platform.call("rostering", identity, "{ nextYearPlacements { totalCount } }")).data as { nextYearPlacements: { totalCount: number } | null };
    expect((await seen(here)).nextYearPlacements?.totalCount).toBe(1);
    expect((await seen(there)).nextYearPlacements?.totalCount).toBe(1);
    expect((await seen(strange)).nextYearPlacements?.totalCount).toBe(0);
    expect((await seen({ ...here, personId: parent.personId, roles: [Role.Parent] })).nextYearPlacements).toBeNull();
  });
});
