import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Role } from "#foundation/identity/role";
import type { Identity } from "#foundation/identity/identity";
import { codeOf, dataOf, rowCounts, type Contract } from "#foundation/testing/contract";
import { smallSchool } from "../../contract/small-school.ts";
import { stage } from "../../contract/stage.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

const enroll = (caller: Identity, sectionId: string, studentIds: readonly string[]) =>
  contract.platform.call("academics", caller, "mutation($input: EnrollManyInSectionInput!) { out: enrollManyInSection(input: $input) { record { seatsTaken enrollments { totalCount } } } }", { input: { sectionId, studentIds, fromDate: "2026-08-17" } });

describe("many students at once", () => {
  it("come all or none: a stranger, a conflict, a missing seat, one named twice", async () => {
    const school = smallSchool(contract);
    const other = smallSchool(contract, school);
    const [section, busy, stranger] = [school.section("ONE", { capacity: 3 }), school.section("BUSY"), other.student()] as const;
    const [a, b, c, d] = [1, 2, 3, 4].map(() => school.student()) as [string, string, string, string];
    school.meets(section, "2", "A");
    school.meets(busy, "2", "A");
    school.make.a("SectionEnrollment", { section: busy, studentId: d, fromDate: "2026-09-01", toDate: null });
    const [registrar, outside] = [school.office(Role.Registrar), other.office(Role.Registrar)];
    await school.make.save();
    const before = await rowCounts(contract.platform);
    expect(codeOf(await enroll(outside, section, [a]))).toBe("FORBIDDEN");
    const strange = await enroll(registrar, section, [a, stranger]);
    expect([codeOf(strange), strange.errors![0]!.extensions!.studentIds]).toEqual(["CONFLICT", [stranger]]);
    const clash = await enroll(registrar, section, [a, d]);
    expect(clash.errors![0]!.message).toContain("1 of the students are in another section at that time: Section BUSY (BUSY) in period 2 on rotation day A, from 2026-09-01");
    expect((clash.errors![0]!.extensions!.conflicts as { studentId: string }[]).map((e) => e.studentId)).toEqual([d]);
    expect(codeOf(await enroll(registrar, section, [a, b, c, school.make.a("Student")]))).toBe("CONFLICT");
    expect(codeOf(await enroll(registrar, section, [a, a]))).toBe("VALIDATION_FAILED");
    expect(codeOf(await enroll(registrar, section, []))).toBe("VALIDATION_FAILED");
    expect(await rowCounts(contract.platform)).toEqual(before);
    expect(dataOf(await enroll(registrar, section, [a, b, c])).out).toEqual({ record: { seatsTaken: 3, enrollments: { totalCount: 3 } } });
  });
});
