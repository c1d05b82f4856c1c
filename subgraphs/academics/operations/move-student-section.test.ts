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

const move = (caller: Identity, sectionEnrollmentId: string, toSectionId: string, more: Record<string, unknown> = {}) =>
  contract.platform.call("academics", caller, "mutation($input: MoveStudentSectionInput!) { out: moveStudentSection(input: $input) { record { fromDate toDate section { code } } } }", { input: { sectionEnrollmentId, version: 1, toSectionId, date: "2026-10-19", endReason: "Level change", ...more } });

/** A student in ONE (period 2 on A days) and in BUSY (period 3 on A days); TWO meets when ONE does, LATE when BUSY does, FULL has no seat. */
async function scene() {
  const school = smallSchool(contract);
  const [one, two, late, full, busy] = ["ONE", "TWO", "LATE", "FULL", "BUSY"].map((code) => school.section(code, code === "FULL" ? { capacity: 0 } : {})) as [string, string, string, string, string];
  for (const [section, period] of [[one, "2"], [two, "2"], [late, "3"], [busy, "3"]] as const) school.meets(section, period, "A");
  const student = school.student();
  const row = school.make.a("SectionEnrollment", { section: one, studentId: student, fromDate: "2026-08-17", toDate: null });
  school.make.a("SectionEnrollment", { section: busy, studentId: student, fromDate: "2026-08-17", toDate: null });
  const counselor = school.office(Role.Counselor);
  const colleague = signedIn(school.make, { personId: school.make.a("Person") }, [Role.Counselor, Role.Staff]);
  school.make.a("DutyAssignment", { person: colleague.personId, role: "COUNSELOR", schoolId: school.schoolId, fromDate: "2026-08-01", toDate: null });
  school.make.a("TeachingAssignment", { sectionId: two, personId: colleague.personId, fromDate: "2026-08-17" });
  const outside = smallSchool(contract, school).office(Role.Counselor);
  await school.make.save();
  return { ...school, one, two, late, full, row, learner: student, counselor, colleague, outside };
}

describe("a move", () => {
  it("is refused to another school, and to who teaches the section that is joined", async () => {
    const s = await scene();
    const before = await rowCounts(contract.platform);
    expect([codeOf(await move(s.outside, s.row, s.two)), codeOf(await move(s.colleague, s.row, s.two))]).toEqual(["NOT_FOUND", "FORBIDDEN"]);
    expect(await rowCounts(contract.platform)).toEqual(before);
  });

  it("drops and adds on one day, also between sections of the same hour", async () => {
    const s = await scene();
    expect(dataOf(await move(s.counselor, s.row, s.two)).out).toEqual({ record: { fromDate: "2026-10-19", toDate: null, section: { code: "TWO" } } });
    const rows = await contract.platform.sql("SELECT s.code, e.from_date::text, e.to_date::text, e.end_reason FROM academics.section_enrollment e JOIN academics.section s ON s.id = e.section_id WHERE e.student_id = $1 AND s.code <> 'BUSY' ORDER BY e.from_date", [s.learner]);
    expect(rows).toEqual([
      { code: "ONE", from_date: "2026-08-17", to_date: "2026-10-19", end_reason: "Level change" },
      { code: "TWO", from_date: "2026-10-19", to_date: null, end_reason: null },
    ]);
  });

  it("happens as a whole or not at all", async () => {
    const s = await scene();
    const before = await rowCounts(contract.platform);
    // LATE meets when BUSY does; FULL has no seat; ONE is where the student is; a stale version.
    for (const [to, more, code] of [[s.late, {}, "CONFLICT"], [s.full, {}, "CONFLICT"], [s.one, {}, "VALIDATION_FAILED"], [s.two, { version: 4 }, "STALE_VERSION"], [s.two, { date: "2027-01-16" }, "VALIDATION_FAILED"]] as const) {
      expect.soft(codeOf(await move(s.counselor, s.row, to, more)), JSON.stringify(more)).toBe(code);
    }
    expect(await rowCounts(contract.platform)).toEqual(before);
    expect(await contract.platform.sql("SELECT to_date, version FROM academics.section_enrollment WHERE id = $1", [s.row])).toEqual([{ to_date: null, version: 1 }]);
  });
});
