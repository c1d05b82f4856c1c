import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeOf, dataOf, journalOf, rowCounts, statementsOf, type Contract } from "#foundation/testing/contract";
import type { Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { stage } from "../../contract/stage.ts";
import { enrollmentsIn, membershipIn, operate, twoSchools, type Outcome } from "../testing/two-schools.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage({ poolSize: 8 });
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

const day = "2026-10-05";

describe("transferring a student", () => {
  it("is refused to everybody but the registrar of one of the two schools, or of the district", async () => {
    const district = twoSchools(contract);
    const student = district.student();
    const input = { studentId: student, fromSchoolId: district.oak, toSchoolId: district.elm, day };
    const elsewhere = [district.onDuty(Role.Registrar, district.high), district.onDuty(Role.Principal, district.oak), district.onDuty(Role.Superintendent, null)];
    await district.make.save();
    const before = await rowCounts(contract.platform);
    for (const identity of elsewhere) expect(codeOf(await operate(contract, identity, "transferStudent", input)), identity.roles.join()).toBe("FORBIDDEN");
    expect(await rowCounts(contract.platform)).toEqual(before);
  });

  it("ends the old enrollment on the day on which the new one begins; membership days add up", async () => {
    const district = twoSchools(contract, { days: true });
    const student = district.student();
    await district.make.save();
    const outcome = dataOf<{ out: Outcome }>(await operate(contract, district.elmRegistrar, "transferStudent", { studentId: student, fromSchoolId: district.oak, toSchoolId: district.elm, day, exitCode: "T1", entryCode: "E2" }, { reason: "Moved house" })).out;
    const rows = await enrollmentsIn(contract, student);
    expect(rows).toMatchObject([
      { school: "Oak", grade: "03", entry: "2026-08-24", exit: "2026-10-05", exit_code: "T1" },
      { school: "Elm", grade: "03", entry: "2026-10-05", exit: null, entry_code: "E2" },
    ]);
    expect(outcome.record).toEqual({ id: rows[1]!.id });
    // Through Wednesday 14 October: at Oak 24 August to 2 October, 6 weeks of 5 days = 30; at Elm 5 to 14 October = 8; together 38.
    expect(await membershipIn(contract, district.elmRegistrar, student, "2026-10-14")).toEqual([{ entryDate: "2026-08-24", days: 30 }, { entryDate: "2026-10-05", days: 8 }]);
    const { audit } = await journalOf(contract.platform, rows[0]!.id);
    expect(audit.at(-1)).toMatchObject({ operation: "transferStudent", action: "UPDATED", changes: expect.arrayContaining([{ field: "exitDate", before: null, after: day }]) });
  });

  it("ends the rosters of the old school, and leaves those of another", async () => {
    const district = twoSchools(contract);
    const student = district.student();
    const section = (schoolId: string) => district.make.a("Section", { schoolId, schoolYearId: district.year });
    const at = (schoolId: string, values: Record<string, unknown>) => district.make.a("SectionEnrollment", { studentId: student, section: section(schoolId), schoolId, ...values });
    const going = at(district.oak, { fromDate: "2026-08-24" });
    const dropped = at(district.oak, { fromDate: "2026-08-24", toDate: "2026-09-10" });
    const coming = at(district.oak, { fromDate: "2027-01-11" });
    const elsewhere = at(district.high, { fromDate: "2026-08-24" });
    await district.make.save();
    dataOf(await operate(contract, district.oakRegistrar, "transferStudent", { studentId: student, fromSchoolId: district.oak, toSchoolId: district.elm, day }));
    const rows = await contract.platform.sql("SELECT id, to_date::text, archived_at IS NOT NULL AS archived FROM academics.section_enrollment WHERE student_id = $1 ORDER BY id", [student]);
    expect(rows).toEqual([
      { id: going, to_date: day, archived: false }, { id: dropped, to_date: "2026-09-10", archived: false },
      { id: coming, to_date: null, archived: true }, { id: elsewhere, to_date: null, archived: false },
    ]);
  });

  it("takes the student off the caseloads of the old school's people, and leaves those of the district's", async () => {
    const district = twoSchools(contract);
    const { make, oak, elm } = district;
    const student = district.student();
    const counselor = (schools: readonly (string | null)[], fromDate = "2026-08-24") => {
      const personId = make.a("Person");
      for (const schoolId of schools) make.a("DutyAssignment", { person: personId, role: "COUNSELOR", schoolId, fromDate: "2026-08-01", toDate: null });
      return make.a("CaseloadAssignment", { studentId: student, personId, kind: "COUNSELING", fromDate, toDate: null });
    };
    const [ofOak, ofBoth, ofDistrict, ofNobody] = [counselor([oak]), counselor([oak, elm]), counselor([oak, null]), counselor([])];
    const coming = counselor([oak], "2026-12-01");
    await make.save();
    dataOf(await operate(contract, district.oakRegistrar, "transferStudent", { studentId: student, fromSchoolId: oak, toSchoolId: elm, day }));
    const rows = await contract.platform.sql("SELECT id, to_date::text, archived_at IS NOT NULL AS archived FROM staff.caseload_assignment WHERE student_id = $1 ORDER BY id", [student]);
    expect(rows).toEqual([
      { id: ofOak, to_date: day, archived: false }, { id: ofBoth, to_date: null, archived: false }, { id: ofDistrict, to_date: null, archived: false }, { id: ofNobody, to_date: day, archived: false },
      { id: coming, to_date: null, archived: true },
    ]);
  });

  it("carries what the rollover had settled for the end of the year", async () => {
    const district = twoSchools(contract);
    const student = district.student({}, { exitDate: "2027-08-01", exitCode: "P" });
    district.make.a("SchoolEnrollment", { student, schoolId: district.oak, schoolYearId: district.nextYear, gradeLevelId: district.grades["04"], entryDate: "2027-08-01" });
    await district.make.save();
    const { notes } = dataOf<{ out: Outcome }>(await operate(contract, district.elmRegistrar, "transferStudent", { studentId: student, fromSchoolId: district.oak, toSchoolId: district.elm, day: "2027-05-03" })).out;
    expect(await enrollmentsIn(contract, student)).toMatchObject([
      { school: "Oak", exit: "2027-05-03", exit_code: null }, { school: "Elm", entry: "2027-05-03", exit: "2027-08-01", exit_code: "P" }, { school: "Oak", entry: "2027-08-01" },
    ]);
    expect(notes.join()).toContain("later school year");
  });

  it("says why there is nothing to leave, and tells another school no more than that", async () => {
    const district = twoSchools(contract);
    const gone = district.student({}, { exitDate: "2026-09-21", exitCode: "W1" });
    const never = district.student({}, null);
    await district.make.save();
    const attempt = (studentId: string, identity = district.oakRegistrar) => operate(contract, identity, "transferStudent", { studentId, fromSchoolId: district.oak, toSchoolId: district.elm, day });
    const [ended, unknown, closed] = [await attempt(gone), await attempt(never), await attempt(gone, district.elmRegistrar)];
    expect([codeOf(ended), codeOf(unknown), codeOf(closed)]).toEqual(["CONFLICT", "NOT_FOUND", "CONFLICT"]);
    expect(ended.errors![0]!.message).toContain("2026-09-21");
    expect(closed.errors![0]!.message).not.toContain("2026-09-21");
    expect(closed.errors![0]!.message).toBe((await attempt(never, district.elmRegistrar)).errors![0]!.message);
    expect(codeOf(await attempt(crypto.randomUUID()))).toBe("NOT_FOUND");
    expect(codeOf(await operate(contract, district.oakRegistrar, "transferStudent", { studentId: gone, fromSchoolId: district.oak, toSchoolId: district.oak, day }))).toBe("VALIDATION_FAILED");
  });

  it("by two clerks at once succeeds once, and the other is told", async () => {
    for (let round = 0; round < 5; round++) {
      const district = twoSchools(contract);
      const student = district.student();
      await district.make.save();
      const replies = await Promise.all([
        operate(contract, district.elmRegistrar, "transferStudent", { studentId: student, fromSchoolId: district.oak, toSchoolId: district.elm, day }),
        operate(contract, district.districtRegistrar, "transferStudent", { studentId: student, fromSchoolId: district.oak, toSchoolId: district.high, day: "2026-10-12", gradeLevelId: district.grades["06"] }),
      ]);
      const codes = replies.map(codeOf);
      expect(codes.filter((code) => code === undefined)).toHaveLength(1);
      expect(codes.filter((code) => code === "CONFLICT")).toHaveLength(1);
      expect(replies.find((reply) => reply.errors)!.errors![0]!.message).toMatch(/already|could end/);
      expect(await enrollmentsIn(contract, student)).toHaveLength(2);
    }
  });

  it("tells of rows that the caller reads, and of no others, however it is asked", async () => {
    const district = twoSchools(contract);
    const student = district.student();
    district.make.a("SectionEnrollment", { studentId: student, section: district.make.a("Section", { schoolId: district.oak, schoolYearId: district.year }), schoolId: district.oak, fromDate: "2026-08-24" });
    await district.make.save();
    const transfer = async (identity: Identity, input: Record<string, unknown>, dryRun: boolean, key?: string) => {
      const { changes } = dataOf<{ out: Outcome }>(await operate(contract, identity, "transferStudent", { studentId: student, fromSchoolId: district.oak, toSchoolId: district.elm, ...input }, { dryRun, key })).out;
      return changes.filter(({ field }) => field.endsWith("Date")).map(({ recordType, field }) => `${recordType}.${field}`).sort();
    };
    const later = { day: "2026-12-01" };
    const coming = ["SchoolEnrollment.entryDate"];
    expect(await transfer(district.oakRegistrar, later, true)).toEqual([...coming, "SchoolEnrollment.exitDate", "SectionEnrollment.toDate"]);
    // To look ahead gives no reach: not even where the transfer itself would.
    for (const on of [later, { day }]) expect(await transfer(district.elmRegistrar, on, true)).toEqual(coming);
    const rows = async () => (await contract.platform.sql<{ n: number }>("SELECT count(*)::int AS n FROM academics.section_enrollment WHERE student_id = $1 AND to_date IS NOT NULL", [student]))[0]!.n;
    expect(await rows()).toBe(0);
    // A transfer for a day to come leaves her without reach until then; its replay answers what it answered.
    expect(await transfer(district.elmRegistrar, later, false, "once")).toEqual(coming);
    expect(await rows()).toBe(1);
    expect(await transfer(district.elmRegistrar, later, false, "once")).toEqual(coming);
  });

  it("asks what may be told with one statement, whatever was written", async () => {
    const statements = async (rosters: number) => {
      const district = twoSchools(contract);
      const student = district.student();
      for (let n = 0; n < rosters; n++) district.make.a("SectionEnrollment", { studentId: student, section: district.make.a("Section", { schoolId: district.oak, schoolYearId: district.year }), schoolId: district.oak, fromDate: "2026-08-24" });
      await district.make.save();
      const run = await statementsOf(contract.platform, () => operate(contract, district.elmRegistrar, "transferStudent", { studentId: student, fromSchoolId: district.oak, toSchoolId: district.elm, day }));
      return run.filter((text) => text.includes("access.visible_students_school_enrollment")).length;
    };
    expect([await statements(1), await statements(12)]).toEqual([1, 1]);
  });

  it("in a dry run tells what would change, and under a key is done once", async () => {
    const district = twoSchools(contract);
    const student = district.student();
    await district.make.save();
    const input = { studentId: student, fromSchoolId: district.oak, toSchoolId: district.elm, day };
    const before = await rowCounts(contract.platform);
    const dry = dataOf<{ out: Outcome }>(await operate(contract, district.districtRegistrar, "transferStudent", input, { dryRun: true })).out;
    expect([dry.record, dry.changes.some(({ field, after }) => field === "exitDate" && after === day)]).toEqual([null, true]);
    expect(await rowCounts(contract.platform)).toEqual(before);
    const [first, again] = [await operate(contract, district.districtRegistrar, "transferStudent", input, { key: "k1" }), await operate(contract, district.districtRegistrar, "transferStudent", input, { key: "k1" })];
    expect(dataOf<{ out: Outcome }>(again).out.record).toEqual(dataOf<{ out: Outcome }>(first).out.record);
    expect(await enrollmentsIn(contract, student)).toHaveLength(2);
  });
});
