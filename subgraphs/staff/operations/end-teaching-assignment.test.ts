import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { codeOf, dataOf, rowCounts, type Contract } from "#foundation/testing/contract";
import { smallSchool } from "../../contract/small-school.ts";
import { stage } from "../../contract/stage.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

const end = (caller: Identity, teachingAssignmentId: string, toDate: string, version = 1) =>
  contract.platform.call("staff", caller, "mutation($input: EndTeachingAssignmentInput!) { out: endTeachingAssignment(input: $input) { record { toDate version archivedAt } } }", { input: { teachingAssignmentId, version, toDate } });

describe("ending that somebody teaches", () => {
  it("is the office's, only ever earlier, and on the first day takes the assignment back", async () => {
    const school = smallSchool(contract);
    const [section, registrar, outside, nurse] = [school.section("ONE"), school.office(Role.Registrar), smallSchool(contract, school).office(Role.Principal), school.office(Role.Nurse)] as const;
    const [one, two] = [0, 1].map(() => school.make.a("TeachingAssignment", { sectionId: section, fromDate: "2026-08-17", toDate: null })) as [string, string];
    await school.make.save();
    const before = await rowCounts(contract.platform);
    for (const caller of [outside, nurse]) expect([codeOf(await end(caller, one, "2026-10-14")), codeOf(await end(caller, one, "2026-10-14", 5))]).toEqual(["FORBIDDEN", "FORBIDDEN"]);
    expect(await rowCounts(contract.platform)).toEqual(before);
    expect(codeOf(await end(registrar, one, "2026-10-14", 2))).toBe("STALE_VERSION");
    expect(dataOf(await end(registrar, one, "2026-10-14")).out).toEqual({ record: { toDate: "2026-10-14", version: 2, archivedAt: null } });
    expect(codeOf(await end(registrar, one, "2026-12-01", 2))).toBe("CONFLICT");
    expect(dataOf(await end(registrar, two, "2026-08-17")).out).toMatchObject({ record: { toDate: null, archivedAt: expect.any(String) } });
  });
});
