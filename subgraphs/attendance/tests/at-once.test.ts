import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Role } from "#foundation/identity/role";
import { dataOf, newDistrict, type Contract } from "#foundation/testing/contract";
import { signedIn } from "#foundation/testing/personas";
import { stage } from "../../contract/stage.ts";
import { countEverything, expectFactsToBeRight } from "./expected-facts.ts";
import { documents } from "./school.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage({ poolSize: 12 });
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

const today = "2026-10-14";

/** Twenty sections that meet today, one after the other, with the same students on each roster: every count meets every other. */
async function crowdedSchool() {
  const make = newDistrict(contract);
  const schoolId = make.a("School");
  const year = make.once("SchoolYear", { firstDay: "2026-08-01", endDay: "2027-07-01" });
  const track = make.a("CalendarTrack", { school: schoolId, schoolYear: year });
  const day = make.a("InstructionalDay", { track, school: schoolId, date: today });
  const students = Array.from({ length: 15 }, () => {
    const student = make.a("Student");
    make.a("SchoolEnrollment", { student, schoolId, schoolYearId: year, entryDate: "2026-08-20" });
    return student;
  });
  const classes = Array.from({ length: 20 }, (_, i) => {
    const section = make.a("Section", { schoolId, schoolYearId: year });
    for (const studentId of students) make.a("SectionEnrollment", { studentId, section, fromDate: "2026-08-20" });
    const at = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
    const meeting = make.a("ClassMeeting", { section, date: today, startTime: at(480 + 20 * i), endTime: at(500 + 20 * i), minutes: 20 });
    return { meeting, teacher: signedIn(make, contract.reaches.teaches_section_section!(make, section, { role: Role.Teacher }), [Role.Teacher, Role.Staff]) };
  });
  const office = (role: Role) => signedIn(make, contract.reaches.at_school_school!(make, schoolId, { role }), [role, Role.Staff]);
  const [clerk, principal] = [office(Role.AttendanceClerk), office(Role.Principal)];
  const unexcused = make.a("AttendanceCode", { effect: "ABSENT", excuse: "UNEXCUSED" });
  const trip = make.a("AttendanceCode", { effect: "PRESENT_ELSEWHERE", excuse: "ACTIVITY" });
  await make.save();
  await countEverything(contract.platform);
  return { make, students, classes, clerk, principal, unexcused, trip, day };
}

describe("twenty teachers at once, while the office enters", () => {
  it("lose no update, deadlock nobody, and leave the facts right", async () => {
    const { make, students, classes, clerk, principal, unexcused, trip, day } = await crowdedSchool();
    const call = (...args: Parameters<typeof contract.platform.call> extends [string, ...infer R] ? R : never) => contract.platform.call("attendance", ...args);
    const taking = classes.map(({ meeting, teacher }, i) => call(teacher, documents.take, { input: { classMeetingId: meeting, entries: students.filter((_, n) => (n + i) % 3 === 0).map((studentId) => ({ studentId, codeId: unexcused })) } }));
    const entering = students.slice(0, 6).map((studentId, i) => call(clerk, documents.record, { input: { studentId, date: today, kind: i % 2 ? "CHECK_OUT" : "CALL", codeId: unexcused, ...(i % 2 ? { fromTime: "10:30" } : {}) } }));
    const trips = call(clerk, documents.bulk, { input: { studentIds: [...students].reverse().slice(0, 10), date: today, fromTime: "12:00", toTime: "13:00", codeId: trip } });
    const snow = contract.platform.call("schools", principal, "mutation($id: ID!) { updateInstructionalDay(id: $id, version: 1, input: { status: CANCELLED, reason: \"Snow\" }) { record { version } } }", { id: day });
    const counting = contract.platform.database.pool.query("SELECT access.count_attendance_days(1000)");
    for (const reply of await Promise.all([...taking, ...entering, trips, snow])) dataOf(reply);
    await counting;
    expect(await contract.platform.sql("SELECT count(*)::int AS n FROM attendance.attendance_submission WHERE district_id = $1", [make.districtId])).toEqual([{ n: 20 }]);
    // The school is closed for snow: no day. Open again, everything that was written is there.
    expect(await expectFactsToBeRight(contract.platform, make.districtId)).toBe(0);
    dataOf(await contract.platform.call("schools", principal, "mutation($id: ID!) { updateInstructionalDay(id: $id, version: 2, input: { status: SCHEDULED }) { record { version } } }", { id: day }));
    expect(await expectFactsToBeRight(contract.platform, make.districtId)).toBe(15);
    const [{ taken }] = (await contract.platform.sql<{ taken: number }>("SELECT min(meetings_taken) AS taken FROM attendance.daily_attendance WHERE district_id = $1", [make.districtId])) as [{ taken: number }];
    expect(taken).toBe(20);
  });

  it("count a student's day once more for each change that differs, and not otherwise", async () => {
    const { students, classes, unexcused } = await crowdedSchool();
    const versions = async () => (await contract.platform.sql<{ version: number }>("SELECT version FROM attendance.daily_attendance WHERE student_id = $1", [students[0]])).map((row) => row.version);
    expect(await versions()).toEqual([1]);
    const take = (i: number, version?: number) => contract.platform.call("attendance", classes[i]!.teacher, documents.take, { input: { classMeetingId: classes[i]!.meeting, entries: [{ studentId: students[0], codeId: unexcused }], ...(version ? { version } : {}) } });
    dataOf(await take(0));
    expect(await versions()).toEqual([2]);
    dataOf(await take(0, 1));
    expect(await versions()).toEqual([2]);
    await Promise.all([1, 2, 3, 4].map(async (i) => dataOf(await take(i))));
    expect(await versions()).toEqual([6]);
  });
});
