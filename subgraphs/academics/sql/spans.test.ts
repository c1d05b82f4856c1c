import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { codeOf, dataOf, type Contract } from "#foundation/testing/contract";
import { smallSchool } from "../../contract/small-school.ts";
import { stage } from "../../contract/stage.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

const daysOf = (section: string) => contract.platform.sql("SELECT first_day::text, end_day::text, version FROM academics.section WHERE id = $1", [section]).then(([row]) => row);
const add = (caller: Identity, sectionId: string, schoolId: string, termId: string) =>
  contract.platform.call("academics", caller, "mutation($input: CreateSectionTermInput!) { out: createSectionTerm(input: $input) { record { id } } }", { input: { sectionId, schoolId, termId } });

describe("a section's days", () => {
  it("are the school year's while it has no term, then those of its terms, and follow when these move; nobody changed the section", async () => {
    const school = smallSchool(contract);
    const [section, principal] = [school.section("ONE", { terms: [] }), school.office(Role.Principal)] as const;
    await school.make.save();
    expect(await daysOf(section)).toEqual({ first_day: "2026-08-01", end_day: "2027-08-01", version: 1 });
    dataOf(await add(principal, section, school.schoolId, school.terms.fall));
    expect(await daysOf(section)).toEqual({ first_day: "2026-08-17", end_day: "2027-01-16", version: 1 });
    dataOf(await add(principal, section, school.schoolId, school.terms.spring));
    expect(await daysOf(section)).toEqual({ first_day: "2026-08-17", end_day: "2027-06-05", version: 1 });
    await contract.platform.sql("UPDATE schools.term SET end_day = '2027-06-19' WHERE id = $1", [school.terms.spring]);
    expect(await daysOf(section)).toEqual({ first_day: "2026-08-17", end_day: "2027-06-19", version: 1 });
  });

  it("are not those of another school's or another year's term, nor its school another one's", async () => {
    const school = smallSchool(contract);
    const other = smallSchool(contract, school);
    const { make } = school;
    const lastYear = make.a("SchoolYear", { name: "2025-26", firstDay: "2025-08-01", endDay: "2026-08-01" });
    const old = make.a("Term", { schoolYear: lastYear, school: school.schoolId, firstDay: "2025-08-18", endDay: "2026-06-06" });
    const ofDistrict = make.a("Term", { schoolYear: school.yearId, school: null, name: "District fall", firstDay: "2026-08-17", endDay: "2026-12-19" });
    const [section, principal, otherPrincipal] = [school.section("ONE", { terms: [] }), school.office(Role.Principal), other.office(Role.Principal)] as const;
    await make.save();
    for (const term of [other.terms.fall, old]) expect(codeOf(await add(principal, section, school.schoolId, term))).toBe("VALIDATION_FAILED");
    // The stamp is true: a principal does not reach another school's section by naming her own.
    expect(codeOf(await add(otherPrincipal, section, other.schoolId, other.terms.fall))).toBe("VALIDATION_FAILED");
    expect(codeOf(await add(otherPrincipal, section, school.schoolId, school.terms.fall))).toBe("FORBIDDEN");
    dataOf(await add(principal, section, school.schoolId, ofDistrict));
    expect(await daysOf(section)).toMatchObject({ end_day: "2026-12-19" });
  });
});

describe("a section with students", () => {
  it("is not archived, since it is part of their history", async () => {
    const school = smallSchool(contract);
    const [section, empty, principal] = [school.section("ONE"), school.section("TWO"), school.office(Role.Principal)] as const;
    school.make.a("SectionEnrollment", { section, studentId: school.student(), fromDate: "2026-08-17", toDate: "2026-09-01" });
    await school.make.save();
    const archive = (id: string) => contract.platform.call("academics", principal, "mutation($id: ID!) { out: archiveSection(id: $id, version: 1) { record { archivedAt } } }", { id });
    expect(codeOf(await archive(section))).toBe("VALIDATION_FAILED");
    expect(dataOf(await archive(empty)).out).toMatchObject({ record: { archivedAt: expect.any(String) } });
  });
});
