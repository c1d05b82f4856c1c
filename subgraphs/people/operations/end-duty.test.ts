import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { codeOf, dataOf, rowCounts, rowsInDatabase, type Contract } from "#foundation/testing/contract";
import { signedIn } from "#foundation/testing/personas";
import { smallSchool } from "../../contract/small-school.ts";
import { stage } from "../../contract/stage.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

const end = (caller: Identity, dutyAssignmentId: string, toDate = "2026-10-15", version = 1) =>
  contract.platform.call("people", caller, "mutation($input: EndDutyInput!) { out: endDuty(input: $input) { record { toDate version archivedAt } } }", { input: { dutyAssignmentId, version, toDate } });

describe("ending a duty", () => {
  it("is for those who may assign it, never for its holder, and closes what it opened at midnight", async () => {
    const school = smallSchool(contract);
    const other = smallSchool(contract, school);
    const { make, schoolId } = school;
    const [principal, outside, hr] = [school.office(Role.Principal), other.office(Role.Principal), school.districtOffice(Role.HumanResources)] as const;
    const personId = make.a("Person");
    const [nurse, head] = ["NURSE", "PRINCIPAL"].map((role) => make.a("DutyAssignment", { person: personId, role, schoolId, fromDate: "2026-08-01", toDate: null })) as [string, string];
    const ownDuty = make.find("DutyAssignment", { person: hr.personId })!;
    const holder = signedIn(make, { personId }, [Role.Nurse, Role.Principal, Role.Staff]);
    school.student();
    await make.save();
    const before = await rowCounts(contract.platform);
    expect([codeOf(await end(outside, nurse)), codeOf(await end(outside, nurse, "2026-10-15", 7))]).toEqual(["NOT_FOUND", "NOT_FOUND"]);
    for (const [caller, duty] of [[principal, head], [holder, nurse], [holder, head], [hr, ownDuty]] as const) {
      expect([codeOf(await end(caller, duty)), codeOf(await end(caller, duty, "2026-10-15", 7))]).toEqual(["FORBIDDEN", "FORBIDDEN"]);
    }
    expect(codeOf(await end(principal, nurse, "2026-10-15", 2))).toBe("STALE_VERSION");
    expect(await rowCounts(contract.platform)).toEqual(before);

    dataOf(await end(hr, head));
    expect(dataOf(await end(principal, nurse)).out).toEqual({ record: { toDate: "2026-10-15", version: 2, archivedAt: null } });
    expect(codeOf(await end(principal, nurse, "2026-11-01", 2))).toBe("CONFLICT");
    const students = async () => (await rowsInDatabase(contract.platform, make.meta("Student"), holder)).size;
    expect(await students()).toBe(1);
    contract.platform.clock.now = new Date("2026-10-15T15:00:00Z");
    expect(await students()).toBe(0);
    contract.platform.clock.now = new Date("2026-10-14T15:00:00Z");
    expect(dataOf(await end(principal, nurse, "2026-08-01", 2)).out).toMatchObject({ record: { archivedAt: expect.any(String) } });
  });
});
