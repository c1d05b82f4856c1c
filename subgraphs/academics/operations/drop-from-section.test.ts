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

const drop = (caller: Identity, sectionEnrollmentId: string, toDate: string, version = 1, more: Record<string, unknown> = {}) =>
  contract.platform.call("academics", caller, "mutation($input: DropFromSectionInput!) { out: dropFromSection(input: $input) { record { toDate endReason version archivedAt } } }", { input: { sectionEnrollmentId, version, toDate, endReason: "Schedule change", ...more } });

async function scene() {
  const school = smallSchool(contract);
  const [section, student, registrar] = [school.section("ONE"), school.student(), school.office(Role.Registrar)] as const;
  const row = school.make.a("SectionEnrollment", { section, studentId: student, fromDate: "2026-08-17", toDate: null });
  const outside = smallSchool(contract, school).office(Role.Registrar);
  const teacher = signedIn(school.make, { personId: school.make.a("Person") }, [Role.Teacher, Role.Staff]);
  school.make.a("TeachingAssignment", { sectionId: section, personId: teacher.personId, fromDate: "2026-08-17" });
  await school.make.save();
  return { ...school, one: section, learner: student, row, registrar, outside, teacher };
}

describe("a drop", () => {
  it("is refused to teachers and to other schools, who learn nothing of the row", async () => {
    const { row, outside, teacher, student, make } = await scene();
    const parent = signedIn(make, { personId: make.a("Person") }, [Role.Parent]);
    student();
    await make.save();
    const before = await rowCounts(contract.platform);
    // Another school's registrar reads no row of this roster: for her there is none.
    for (const [caller, code] of [[outside, "NOT_FOUND"], [teacher, "FORBIDDEN"], [parent, "FORBIDDEN"]] as const) {
      const [stale, fresh] = [await drop(caller, row, "2026-10-14", 7), await drop(caller, row, "2026-10-14")];
      expect([codeOf(stale), codeOf(fresh)]).toEqual([code, code]);
      expect(JSON.stringify(stale.errors)).not.toContain("fromDate");
    }
    expect(await rowCounts(contract.platform)).toEqual(before);
  });

  it("ends the row and keeps the history, under the version that was read", async () => {
    const { row, registrar } = await scene();
    expect(codeOf(await drop(registrar, row, "2026-10-14", 2))).toBe("STALE_VERSION");
    expect(dataOf(await drop(registrar, row, "2026-10-14")).out).toEqual({ record: { toDate: "2026-10-14", endReason: "Schedule change", version: 2, archivedAt: null } });
    // Earlier, but not later: that would be joining again.
    expect(codeOf(await drop(registrar, row, "2026-10-15", 2))).toBe("CONFLICT");
    expect(dataOf(await drop(registrar, row, "2026-10-12", 2)).out).toMatchObject({ record: { toDate: "2026-10-12" } });
  });

  it("in retrospect asks about what it leaves outside, and removes nothing of it", async () => {
    const { row, learner, one, registrar, make, schoolId, ...school } = await scene();
    school.meets(one, "2", "A");
    await make.save();
    await school.derive();
    const meetings = await contract.platform.sql<{ id: string; date: string }>("SELECT id, date::text FROM academics.class_meeting WHERE section_id = $1 AND date < '2026-10-14' ORDER BY date", [one]);
    // Absent on the 9th and the 13th, the last two A days before today.
    for (const { id, date } of meetings.slice(-2)) make.a("AttendanceEvent", { studentId: learner, classMeetingId: id, sectionId: one, schoolId, date });
    await make.save();
    const refused = await drop(registrar, row, "2026-10-09");
    expect([codeOf(refused), refused.errors![0]!.message]).toEqual(["CONFLICT", "2 attendance entries (2026-10-09 to 2026-10-13) would be left outside of the roster. Look whether the day is right; if it is, send acknowledged: true. Nothing of it is removed."]);
    expect(dataOf(await drop(registrar, row, "2026-10-14", 1)).out).toMatchObject({ record: { version: 2 } });
    expect(dataOf(await drop(registrar, row, "2026-10-09", 2, { acknowledged: true })).out).toMatchObject({ record: { toDate: "2026-10-09" } });
    expect(await contract.platform.sql("SELECT count(*)::int AS n FROM attendance.attendance_event WHERE student_id = $1 AND archived_at IS NULL", [learner])).toEqual([{ n: 2 }]);
  });

  it("on or before the first day archives the row: the student never was in the section", async () => {
    const { row, registrar } = await scene();
    expect(dataOf(await drop(registrar, row, "2026-08-17")).out).toMatchObject({ record: { toDate: null, version: 2, archivedAt: expect.stringContaining("2026-10-14") } });
    expect(codeOf(await drop(registrar, row, "2026-08-17", 2))).toBe("CONFLICT");
  });
});
