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

const assign = (caller: Identity, personId: string, sectionId: string, more: Record<string, unknown> = {}) =>
  contract.platform.call("staff", caller, "mutation($input: AssignTeacherInput!) { out: assignTeacher(input: $input) { record { kind personName toDate } } }", { input: { personId, sectionId, fromDate: "2026-08-17", ...more } });

/** ONE and TWO meet in period 2 on A days, three and four on B days; Dana works at the school. */
async function scene() {
  const school = smallSchool(contract);
  const { make } = school;
  const [one, two, onB, springSection] = [school.section("ONE"), school.section("TWO"), school.section("ONB"), school.section("SPRING", { terms: [school.terms.spring] })] as const;
  const person = make.a("Person", { givenName: "Daniela", familyName: "Whitfield", preferredGivenName: "Dana", preferredFamilyName: null });
  make.a("DutyAssignment", { person, role: "TEACHER", schoolId: school.schoolId, fromDate: "2026-08-01", toDate: null });
  for (const [section, day] of [[one, "A"], [two, "A"], [onB, "B"], [springSection, "A"]] as const) school.meets(section, "2", day);
  const principal = school.office(Role.Principal);
  const other = smallSchool(contract, school);
  const outside = other.office(Role.Principal);
  await make.save();
  return { ...school, one, two, onB, springSection, dana: person, principal, outside, other };
}

describe("who may assign a teacher", () => {
  it("is the office of the section's school and the district's; nobody herself, and only somebody who works here", async () => {
    const s = await scene();
    const stranger = s.make.a("Person");
    const former = s.make.a("Person");
    s.make.a("Employee", { personId: former, hireDate: "2020-08-01", endDate: "2026-07-01" });
    const [secretary, counselor, registrar, superintendent] = [s.office(Role.SchoolSecretary), s.office(Role.Counselor), s.office(Role.Registrar), s.districtOffice(Role.Superintendent)];
    const teacher = signedIn(s.make, { personId: s.dana }, [Role.Teacher, Role.Staff]);
    await s.make.save();
    const before = await rowCounts(contract.platform);
    for (const [name, caller, person, code] of [
      ["a teacher", teacher, s.dana, "FORBIDDEN"],
      ["another school's principal", s.outside, s.dana, "FORBIDDEN"],
      ["a secretary", secretary, s.dana, "FORBIDDEN"],
      ["a counselor", counselor, s.dana, "FORBIDDEN"],
      ["the principal herself", s.principal, s.principal.personId!, "FORBIDDEN"],
      ["somebody who does not work here", s.principal, stranger, "VALIDATION_FAILED"],
      ["a former employee", s.principal, former, "VALIDATION_FAILED"],
    ] as const) {
      expect.soft(codeOf(await assign(caller, person, s.one)), name).toBe(code);
    }
    expect(codeOf(await assign(s.principal, s.dana, "00000000-0000-4000-8000-000000000000"))).toBe("NOT_FOUND");
    expect(await rowCounts(contract.platform)).toEqual(before);
    expect(dataOf(await assign(registrar, s.dana, s.one)).out).toEqual({ record: { kind: "LEAD", personName: "Dana Whitfield", toDate: null } });
    dataOf(await assign(superintendent, s.dana, s.onB));
  });
});

describe("an assignment", () => {
  it("lies within the section's days", async () => {
    const s = await scene();
    for (const days of [{ fromDate: "2026-08-16" }, { fromDate: "2027-01-16" }, { toDate: "2027-01-17" }, { toDate: "2026-08-17" }]) expect(codeOf(await assign(s.principal, s.dana, s.one, days))).toBe("VALIDATION_FAILED");
  });

  it("to a second section in the same hour is refused and named; another rotation day and touching dates are none", async () => {
    const s = await scene();
    dataOf(await assign(s.principal, s.dana, s.one, { toDate: "2026-11-01" }));
    const refused = await assign(s.principal, s.dana, s.two);
    expect([codeOf(refused), refused.errors![0]!.message]).toEqual(["CONFLICT", "This person teaches another section at that time: Section ONE (ONE) in period 2 on rotation day A, from 2026-08-17 to 2026-10-31. End that assignment first, or choose another teacher."]);
    dataOf(await assign(s.principal, s.dana, s.onB));
    dataOf(await assign(s.principal, s.dana, s.springSection, { fromDate: "2027-01-16" }));
    dataOf(await assign(s.principal, s.dana, s.two, { fromDate: "2026-11-01" }));
    expect(codeOf(await assign(s.principal, s.dana, s.two, { fromDate: "2026-12-01" }))).toBe("CONFLICT");
  });

  it.each<[string, string, string, boolean]>([
    ["a co-teacher where she leads elsewhere", "LEAD", "CO_TEACHER", true],
    ["a lead where she helps elsewhere", "AIDE", "LEAD", true],
    ["a co-teacher who goes back and forth", "CO_TEACHER", "CO_TEACHER", false],
    ["an aide who goes back and forth", "CO_TEACHER", "AIDE", false],
  ])("of %s in the same hour", async (_name, first, second, clashes) => {
    const s = await scene();
    dataOf(await assign(s.principal, s.dana, s.one, { kind: first }));
    expect(codeOf(await assign(s.principal, s.dana, s.two, { kind: second }))).toBe(clashes ? "CONFLICT" : undefined);
  });

  it("to two sections in one room is one stacked class", async () => {
    const s = await scene();
    const room = s.room("ART");
    await s.make.save();
    await contract.platform.sql("UPDATE academics.meeting_pattern SET room_id = $1 WHERE section_id IN ($2, $3)", [room, s.one, s.two]);
    for (const section of [s.one, s.two]) expect(dataOf(await assign(s.principal, s.dana, section)).out).toMatchObject({ record: { kind: "LEAD" } });
  });

  it("is never made twice by two clerks at once", async () => {
    const s = await scene();
    const replies = await Promise.all([assign(s.principal, s.dana, s.one), assign(s.principal, s.dana, s.two), assign(s.principal, s.dana, s.one)]);
    expect(replies.map((reply) => codeOf(reply)).sort()).toEqual(["CONFLICT", "CONFLICT", undefined]);
  });
});
