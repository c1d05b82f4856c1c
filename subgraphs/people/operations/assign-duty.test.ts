import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { codeOf, dataOf, journalOf, rowCounts, rowsInDatabase, type Contract } from "#foundation/testing/contract";
import { signedIn } from "#foundation/testing/personas";
import { smallSchool } from "../../contract/small-school.ts";
import { stage } from "../../contract/stage.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

const assign = (caller: Identity, personId: string, role: string, schoolId: string | null, more: Record<string, unknown> = {}) =>
  contract.platform.call("people", caller, "mutation($input: AssignDutyInput!) { out: assignDuty(input: $input) { record { id role toDate } } }", { input: { personId, role, schoolId, fromDate: "2026-10-14", ...more } });

async function scene() {
  const school = smallSchool(contract);
  const other = smallSchool(contract, school);
  const person = school.make.a("Person");
  const callers = {
    principal: school.office(Role.Principal), assistant: school.office(Role.AssistantPrincipal), registrar: school.office(Role.Registrar), hrOfSchool: school.office(Role.HumanResources),
    hr: school.districtOffice(Role.HumanResources), superintendent: school.districtOffice(Role.Superintendent), admin: school.districtOffice(Role.Admin),
  };
  await school.make.save();
  return { ...school, other, person, ...callers };
}

describe("who may assign a duty", () => {
  it("is nobody for herself", async () => {
    const s = await scene();
    const before = await rowCounts(contract.platform);
    for (const caller of [s.hr, s.superintendent, s.admin]) expect(codeOf(await assign(caller, caller.personId!, "NURSE", null))).toBe("FORBIDDEN");
    expect(codeOf(await assign(s.principal, s.principal.personId!, "COUNSELOR", s.schoolId))).toBe("FORBIDDEN");
    expect(await rowCounts(contract.platform)).toEqual(before);
  });

  it("is a principal for the duties of her own school, but her own office and the district's", async () => {
    const s = await scene();
    const before = await rowCounts(contract.platform);
    for (const [role, school] of [["PRINCIPAL", s.schoolId], ["HUMAN_RESOURCES", s.schoolId], ["AUDITOR", s.schoolId], ["COUNSELOR", s.other.schoolId], ["COUNSELOR", null], ["SUPERINTENDENT", null]] as const) {
      expect.soft(codeOf(await assign(s.principal, s.person, role, school)), role).toBe("FORBIDDEN");
    }
    for (const caller of [s.assistant, s.registrar, s.hrOfSchool]) expect(codeOf(await assign(caller, s.person, "COUNSELOR", s.schoolId))).toBe("FORBIDDEN");
    expect(await rowCounts(contract.platform)).toEqual(before);
    for (const role of ["COUNSELOR", "NURSE", "ASSISTANT_PRINCIPAL", "TEACHER"]) dataOf(await assign(s.principal, s.person, role, s.schoolId));
  });

  it("is human resources, the superintendent and an administrator of the district for any", async () => {
    const s = await scene();
    for (const [caller, role, school] of [[s.hr, "PRINCIPAL", s.schoolId], [s.superintendent, "HUMAN_RESOURCES", null], [s.admin, "REGISTRAR", s.other.schoolId]] as const) {
      expect(dataOf(await assign(caller, s.person, role, school)).out).toMatchObject({ record: { role } });
    }
  });
});

describe("a duty", () => {
  it("fits its place and its dates, is held once at a time, and is somebody's", async () => {
    const s = await scene();
    const before = await rowCounts(contract.platform);
    for (const [role, school, more] of [["PRINCIPAL", null, {}], ["SUPERINTENDENT", s.schoolId, {}], ["NURSE", null, { toDate: "2026-10-14" }]] as const) expect(codeOf(await assign(s.hr, s.person, role, school, more))).toBe("VALIDATION_FAILED");
    expect(codeOf(await assign(s.hr, "00000000-0000-4000-8000-000000000000", "NURSE", null))).toBe("VALIDATION_FAILED");
    expect(codeOf(await assign(s.hr, s.person, "NURSE", "00000000-0000-4000-8000-000000000000"))).toBe("VALIDATION_FAILED");
    expect(await rowCounts(contract.platform)).toEqual(before);
    dataOf(await assign(s.hr, s.person, "NURSE", s.schoolId, { toDate: "2026-12-01" }));
    expect(codeOf(await assign(s.hr, s.person, "NURSE", s.schoolId, { fromDate: "2026-11-30" }))).toBe("CONFLICT");
    dataOf(await assign(s.hr, s.person, "NURSE", s.schoolId, { fromDate: "2026-12-01" }));
  });

  it("opens the school to its holder from its first day on, and is in the audit log", async () => {
    const s = await scene();
    s.student();
    await s.make.save();
    const nurse = signedIn(s.make, { personId: s.person }, [Role.Nurse, Role.Staff]);
    const students = async () => (await rowsInDatabase(contract.platform, s.make.meta("Student"), nurse)).size;
    dataOf(await assign(s.principal, s.person, "NURSE", s.schoolId, { fromDate: "2026-10-15" }));
    expect(await students()).toBe(0);
    const { record } = dataOf<{ out: { record: { id: string } } }>(await assign(s.principal, s.person, "NURSE", s.schoolId, { toDate: "2026-10-15" })).out;
    expect(await students()).toBe(1);
    expect((await journalOf(contract.platform, record.id)).audit).toMatchObject([{ action: "CREATED", operation: "assignDuty (for the district)", created_by: s.principal.accountId }]);
  });
});
