import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Role } from "#foundation/identity/role";
import { codeOf, dataOf, rowCounts, type Contract } from "#foundation/testing/contract";
import { signedIn } from "#foundation/testing/personas";
import { stage } from "../../contract/stage.ts";
import { enrollmentsIn, firstDay, operate, twoSchools, type Outcome, type TwoSchools } from "../testing/two-schools.ts";
import { inWords } from "./left-outside.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

const outcome = (reply: Parameters<typeof dataOf>[0]) => dataOf<{ out: Outcome }>(reply).out;

/** A student in a section that met on Mondays, absent on two of them, called in sick on a third day, with two scores. */
function livedWeeks(district: TwoSchools) {
  const { make, oak } = district;
  const student = district.student();
  const section = make.a("Section", { schoolId: oak, schoolYearId: district.year });
  make.a("SectionEnrollment", { studentId: student, section, schoolId: oak, fromDate: firstDay });
  const meeting = (date: string) => make.a("ClassMeeting", { section, schoolId: oak, date });
  for (const date of ["2026-09-14", "2026-09-28", "2026-10-05"]) make.a("AttendanceEvent", { studentId: student, classMeetingId: meeting(date), sectionId: section, schoolId: oak, date });
  make.a("OfficeEntry", { studentId: student, schoolId: oak, date: "2026-10-06", kind: "CALL", fromTime: null, toTime: null });
  for (const dueDate of ["2026-09-10", "2026-10-02"]) make.a("Score", { studentId: student, assignment: make.a("Assignment", { sectionId: section, schoolId: oak, assignedDate: "2026-09-01", dueDate }), sectionId: section, schoolId: oak });
  return { student, section, next: meeting("2026-10-12") };
}

describe("what a change leaves outside of an enrollment", () => {
  it("is said in words: how many, and on which days", () => {
    expect(inWords([{ kind: "ATTENDANCE", day: "2026-09-28", entries: 1 }, { kind: "SCORE", day: "2026-10-02", entries: 1 }, { kind: "ATTENDANCE", day: "2026-10-05", entries: 2 }])).toBe("3 attendance entries (2026-09-28 to 2026-10-05) and 1 score (2026-10-02)");
    expect(inWords([{ kind: "ATTENDANCE", day: "2026-09-28", entries: 1 }])).toBe("1 attendance entry (2026-09-28)");
  });
});

describe("a withdrawal in retrospect", () => {
  it("lists later attendance and scores and asks; then it stands, and nothing of them is removed", async () => {
    const district = twoSchools(contract);
    const { student } = livedWeeks(district);
    await district.make.save();
    const withdraw = (more: Record<string, unknown> = {}) => operate(contract, district.oakRegistrar, "withdrawStudent", { studentId: student, schoolId: district.oak, exitDate: "2026-09-21", exitCode: "W3", ...more });
    const before = await rowCounts(contract.platform);
    const refused = await withdraw();
    // From 21 September: absences on the 28th and on 5 October, a call on the 6th, and work due on 2 October.
    expect(codeOf(refused)).toBe("CONFLICT");
    expect(refused.errors![0]!.message).toContain("3 attendance entries (2026-09-28 to 2026-10-06) and 1 score (2026-10-02) would be left outside");
    expect(refused.errors![0]!.extensions!.leftOutside).toEqual([
      { kind: "ATTENDANCE", day: "2026-09-28", entries: 1 }, { kind: "SCORE", day: "2026-10-02", entries: 1 }, { kind: "ATTENDANCE", day: "2026-10-05", entries: 1 }, { kind: "ATTENDANCE", day: "2026-10-06", entries: 1 },
    ]);
    expect(await rowCounts(contract.platform)).toEqual(before);
    expect(outcome(await withdraw({ acknowledged: true })).notes).toEqual(["Left outside of the enrollment: 3 attendance entries (2026-09-28 to 2026-10-06) and 1 score (2026-10-02)."]);
    expect(await contract.platform.sql("SELECT (SELECT count(*)::int FROM attendance.attendance_event WHERE student_id = $1 AND archived_at IS NULL) AS events, (SELECT count(*)::int FROM grading.score WHERE student_id = $1 AND archived_at IS NULL) AS scores", [student])).toEqual([{ events: 3, scores: 2 }]);
    expect(await enrollmentsIn(contract, student)).toMatchObject([{ exit: "2026-09-21" }]);
  });

  it("refuses attendance dated after it from then on", async () => {
    const district = twoSchools(contract);
    const { student, section, next } = livedWeeks(district);
    const teacher = contract.reaches.teaches_section_section!(district.make, section, { role: Role.Teacher });
    const code = district.make.a("AttendanceCode", { effect: "ABSENT", excuse: "UNEXCUSED", officeOnly: false });
    await district.make.save();
    const take = (entries: unknown[]) =>
      contract.platform.call("attendance", signedIn(district.make, teacher, [Role.Teacher, Role.Staff]), "mutation($input: TakeAttendanceInput!, $dryRun: Boolean!) { takeAttendance(input: $input, dryRun: $dryRun) { record { id } } }", { input: { classMeetingId: next, entries }, dryRun: true });
    const absent = [{ studentId: student, codeId: code }];
    expect(codeOf(await take(absent))).toBeUndefined();
    dataOf(await operate(contract, district.oakRegistrar, "withdrawStudent", { studentId: student, schoolId: district.oak, exitDate: "2026-10-07", exitCode: "W3" }));
    expect(codeOf(await take(absent)), "the student is on no roster any more").toBe("VALIDATION_FAILED");
    expect(codeOf(await take([])), "the meeting goes on without the student").toBeUndefined();
  });
});

describe("other changes in retrospect", () => {
  it("ask as well: a transfer, a no-show, a correction, an enrollment taken back", async () => {
    const district = twoSchools(contract);
    const { student } = livedWeeks(district);
    await district.make.save();
    const enrollmentId = (await enrollmentsIn(contract, student))[0]!.id;
    const asked: [string, Record<string, unknown>, string | undefined, string][] = [
      ["transferStudent", { studentId: student, fromSchoolId: district.oak, toSchoolId: district.elm, day: "2026-10-05" }, undefined, "2 attendance entries (2026-10-05 to 2026-10-06)"],
      ["markNoShow", { enrollmentId, version: 1 }, undefined, "4 attendance entries (2026-09-14 to 2026-10-06) and 2 scores (2026-09-10 to 2026-10-02)"],
      ["correctEnrollment", { enrollmentId, version: 1, entryDate: "2026-09-21" }, "Came later", "1 attendance entry (2026-09-14) and 1 score (2026-09-10)"],
      ["cancelEnrollment", { enrollmentId, version: 1 }, "Wrong child", "4 attendance entries"],
    ];
    for (const [name, input, reason, words] of asked) {
      const refused = await operate(contract, district.oakRegistrar, name, input, { reason });
      expect([codeOf(refused), refused.errors![0]!.message], name).toEqual(["CONFLICT", expect.stringContaining(words)]);
      expect(codeOf(await operate(contract, district.oakRegistrar, name, { ...input, acknowledged: true }, { reason, dryRun: true })), name).toBeUndefined();
    }
  });

  it("tell the registrar of another school only that there is something", async () => {
    const district = twoSchools(contract);
    const { student } = livedWeeks(district);
    await district.make.save();
    const transfer = (more: Record<string, unknown> = {}) => operate(contract, district.elmRegistrar, "transferStudent", { studentId: student, fromSchoolId: district.oak, toSchoolId: district.elm, day: "2026-10-05", ...more });
    const refused = await transfer();
    expect([codeOf(refused), refused.errors![0]!.extensions!.leftOutside]).toEqual(["CONFLICT", undefined]);
    expect(refused.errors![0]!.message).toContain("Agree on the day with that school's registrar");
    expect(refused.errors![0]!.message).not.toMatch(/\d attendance|score \(/);
    expect(outcome(await transfer({ acknowledged: true })).notes).toEqual([]);
  });

  it("do not ask about another school's days, nor about days that stay inside", async () => {
    const district = twoSchools(contract);
    const { student } = livedWeeks(district);
    const section = district.make.a("Section", { schoolId: district.high, schoolYearId: district.year });
    district.make.a("AttendanceEvent", { studentId: student, sectionId: section, schoolId: district.high, date: "2026-10-13", classMeetingId: district.make.a("ClassMeeting", { section, schoolId: district.high, date: "2026-10-13" }) });
    await district.make.save();
    expect(codeOf(await operate(contract, district.oakRegistrar, "withdrawStudent", { studentId: student, schoolId: district.oak, exitDate: "2026-10-07", exitCode: "W3" }))).toBeUndefined();
  });
});
