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

const assign = (caller: Identity, studentId: string, personId: string, more: Record<string, unknown> = {}) =>
  contract.platform.call("staff", caller, "mutation($input: AssignCaseloadInput!) { out: assignCaseload(input: $input) { record { id kind fromDate } } }", { input: { studentId, personId, kind: "COUNSELING", fromDate: "2026-10-14", ...more } });

async function scene() {
  const school = smallSchool(contract);
  const other = smallSchool(contract, school);
  const student = school.student();
  const person = school.make.a("Person");
  // Her duty is at another school: a caseload goes where the student goes.
  school.make.a("DutyAssignment", { person, role: "COUNSELOR", schoolId: other.schoolId, fromDate: "2026-08-01", toDate: null });
  const [principal, outside] = [school.office(Role.Principal), other.office(Role.Principal)];
  await school.make.save();
  return { ...school, learner: student, counselor: person, principal, outside };
}

describe("who may put a student on a caseload", () => {
  it("is the principal of the student's current school, not the district's office; never for herself", async () => {
    const s = await scene();
    const [registrar, counselorsOffice, superintendent] = [s.office(Role.Registrar), s.office(Role.Counselor), s.districtOffice(Role.Superintendent)] as const;
    const both = signedIn(s.make, { personId: s.make.a("Person") }, [Role.AssistantPrincipal, Role.Counselor, Role.Staff]);
    for (const role of ["ASSISTANT_PRINCIPAL", "COUNSELOR"]) s.make.a("DutyAssignment", { person: both.personId, role, schoolId: s.schoolId, fromDate: "2026-08-01", toDate: null });
    await s.make.save();
    const before = await rowCounts(contract.platform);
    for (const [name, caller, person] of [
      ["another school's principal", s.outside, s.counselor],
      ["a registrar", registrar, s.counselor],
      ["the superintendent", superintendent, s.counselor],
      ["a counselor for herself", counselorsOffice, counselorsOffice.personId!],
      ["an assistant principal for herself", both, both.personId!],
    ] as const) {
      expect.soft(codeOf(await assign(caller, s.learner, person)), name).toBe("FORBIDDEN");
    }
    expect(await rowCounts(contract.platform)).toEqual(before);
    expect(dataOf(await assign(s.principal, s.learner, s.counselor)).out).toMatchObject({ record: { kind: "COUNSELING", fromDate: "2026-10-14" } });
  });
});

describe("a caseload", () => {
  it("is that of somebody with the duty, for the kind, on the first day", async () => {
    const s = await scene();
    expect(codeOf(await assign(s.principal, s.learner, s.counselor, { kind: "CASE_MANAGEMENT" }))).toBe("VALIDATION_FAILED");
    expect(codeOf(await assign(s.principal, s.learner, s.counselor, { fromDate: "2026-07-31" }))).toBe("VALIDATION_FAILED");
    expect(codeOf(await assign(s.principal, s.learner, s.make.a("Person")))).toBe("VALIDATION_FAILED");
    dataOf(await assign(s.principal, s.learner, s.counselor));
    expect(codeOf(await assign(s.principal, s.learner, s.counselor, { fromDate: "2026-11-01" }))).toBe("CONFLICT");
  });

  it("holds nobody's own family", async () => {
    const s = await scene();
    s.make.a("StudentContact", { student: s.learner, personId: s.counselor, relationship: "MOTHER", fromDate: "2020-01-01", toDate: null });
    await s.make.save();
    expect(codeOf(await assign(s.principal, s.learner, s.counselor))).toBe("CONFLICT");
  });

  it("ends on a day, or is taken back", async () => {
    const s = await scene();
    const { id } = (dataOf(await assign(s.principal, s.learner, s.counselor, { fromDate: "2026-09-01" })).out as unknown as { record: { id: string } }).record;
    const end = (caller: Identity, toDate: string, version: number) =>
      contract.platform.call("staff", caller, "mutation($input: EndCaseloadInput!) { out: endCaseload(input: $input) { record { toDate archivedAt } } }", { input: { caseloadAssignmentId: id, version, toDate } });
    expect([codeOf(await end(s.outside, "2026-10-15", 1)), codeOf(await end(s.outside, "2026-10-15", 9))]).toEqual(["NOT_FOUND", "NOT_FOUND"]);
    expect(dataOf(await end(s.principal, "2026-10-15", 1)).out).toEqual({ record: { toDate: "2026-10-15", archivedAt: null } });
    expect(dataOf(await end(s.principal, "2026-09-01", 2)).out).toMatchObject({ record: { archivedAt: expect.any(String) } });
  });
});
