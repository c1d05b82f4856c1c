import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { codeOf, dataOf, rowCounts, type Contract } from "#foundation/testing/contract";
import { signedIn } from "#foundation/testing/personas";
import { smallSchool } from "../../contract/small-school.ts";
import { stage } from "../../contract/stage.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

const assign = (caller: Identity, personId: string, sectionId: string, fromDate = "2026-10-15", toDate = "2026-10-16") =>
  contract.platform.call("staff", caller, "mutation($input: AssignSubstituteInput!) { out: assignSubstitute(input: $input) { record { id fromDate toDate } } }", { input: { personId, sectionId, fromDate, toDate } });

/** ONE and TWO meet in period 2 on A days (13, 15, 19 October ...), EARLY in period 1; Sam is in the pool. */
async function scene() {
  const school = smallSchool(contract);
  const [one, two, early] = ["ONE", "TWO", "EARLY"].map((code) => school.section(code)) as [string, string, string];
  for (const [section, period] of [[one, "2"], [two, "2"], [early, "1"]] as const) school.meets(section, period, "A");
  const person = school.make.a("Person");
  school.make.a("Substitute", { personId: person, fromDate: "2026-08-01", toDate: "2026-12-01" });
  const secretary = school.office(Role.SchoolSecretary);
  const outside = smallSchool(contract, school).office(Role.SchoolSecretary);
  await school.make.save();
  await school.derive();
  return { ...school, one, two, early, sam: person, secretary, outside };
}

describe("who may call a substitute", () => {
  it("is the office of the school and the district's; nobody herself, and only a member of the pool on all of the days", async () => {
    const s = await scene();
    const [stranger, counselor, hr] = [s.make.a("Person"), s.office(Role.Counselor), s.districtOffice(Role.HumanResources)] as const;
    const herself = signedIn(s.make, { personId: s.sam }, [Role.SchoolSecretary, Role.Substitute, Role.Staff]);
    s.make.a("DutyAssignment", { person: s.sam, role: "SCHOOL_SECRETARY", schoolId: s.schoolId, fromDate: "2026-08-01", toDate: null });
    await s.make.save();
    const before = await rowCounts(contract.platform);
    for (const [name, caller, person, code] of [
      ["another school's secretary", s.outside, s.sam, "FORBIDDEN"],
      ["a counselor", counselor, s.sam, "FORBIDDEN"],
      ["the substitute herself", herself, s.sam, "FORBIDDEN"],
      ["somebody outside of the pool", s.secretary, stranger, "VALIDATION_FAILED"],
    ] as const) {
      expect.soft(codeOf(await assign(caller, person, s.one)), name).toBe(code);
    }
    expect(codeOf(await assign(s.secretary, s.sam, s.one, "2026-11-30", "2026-12-02"))).toBe("VALIDATION_FAILED");
    expect(await rowCounts(contract.platform)).toEqual(before);
    expect(dataOf(await assign(s.secretary, s.sam, s.one)).out).toMatchObject({ record: { fromDate: "2026-10-15", toDate: "2026-10-16" } });
    dataOf(await assign(hr, s.sam, s.early));
  });
});

describe("a substitute", () => {
  it("is needed only on days on which the section meets", async () => {
    const s = await scene();
    // The 14th and 16th are B days; the 17th and 18th a weekend.
    for (const [from, to] of [["2026-10-14", "2026-10-15"], ["2026-10-16", "2026-10-19"]] as const) expect(codeOf(await assign(s.secretary, s.sam, s.one, from, to))).toBe("CONFLICT");
    expect(codeOf(await assign(s.secretary, s.sam, s.one, "2027-01-15", "2027-01-17"))).toBe("VALIDATION_FAILED");
    expect(codeOf(await assign(s.secretary, s.sam, s.one, "2026-10-15", "2026-10-15"))).toBe("VALIDATION_FAILED");
  });

  it("teaches and stands in nowhere else at that time, on that day", async () => {
    const s = await scene();
    const own = s.section("OWN");
    s.meets(own, "2", "A");
    const teacher = s.make.a("Person");
    s.make.a("Substitute", { personId: teacher, fromDate: "2026-08-01", toDate: null });
    s.make.a("TeachingAssignment", { sectionId: own, personId: teacher, fromDate: "2026-08-17", toDate: "2026-10-19" });
    await s.make.save();
    await s.derive();
    const busy = await assign(s.secretary, teacher, s.one);
    expect([codeOf(busy), busy.errors![0]!.message]).toEqual(["CONFLICT", "This person teaches or stands in elsewhere at that time: Section OWN (OWN) in period 2, on 2026-10-15. Choose someone else, or other days."]);
    // From the 19th on she no longer teaches OWN, and in period 1 she is free.
    dataOf(await assign(s.secretary, teacher, s.one, "2026-10-19", "2026-10-20"));
    dataOf(await assign(s.secretary, teacher, s.early));
    dataOf(await assign(s.secretary, s.sam, s.one));
    expect(codeOf(await assign(s.secretary, s.sam, s.two))).toBe("CONFLICT");
    dataOf(await assign(s.secretary, s.sam, s.two, "2026-10-19", "2026-10-20"));
  });
});

describe("ending it", () => {
  it("shortens it or takes it back", async () => {
    const s = await scene();
    const { id } = (dataOf(await assign(s.secretary, s.sam, s.one, "2026-10-13", "2026-10-20")).out as unknown as { record: { id: string } }).record;
    const end = (caller: Identity, toDate: string, version: number) =>
      contract.platform.call("staff", caller, "mutation($input: EndSubstituteAssignmentInput!) { out: endSubstituteAssignment(input: $input) { record { toDate archivedAt } } }", { input: { substituteAssignmentId: id, version, toDate } });
    expect([codeOf(await end(s.outside, "2026-10-15", 1)), codeOf(await end(s.outside, "2026-10-15", 9))]).toEqual(["NOT_FOUND", "NOT_FOUND"]);
    expect(dataOf(await end(s.secretary, "2026-10-15", 1)).out).toEqual({ record: { toDate: "2026-10-15", archivedAt: null } });
    expect(codeOf(await end(s.secretary, "2026-10-16", 2))).toBe("CONFLICT");
    expect(dataOf(await end(s.secretary, "2026-10-13", 2)).out).toMatchObject({ record: { archivedAt: expect.any(String) } });
  });
});
