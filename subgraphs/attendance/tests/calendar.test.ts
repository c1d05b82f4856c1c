import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Role } from "#foundation/identity/role";
import { uuidv7 } from "#foundation/record/uuid";
import { codeOf, dataOf, newDistrict, type Contract } from "#foundation/testing/contract";
import { signedIn } from "#foundation/testing/personas";
import { stage } from "../../contract/stage.ts";
import { attendanceAfter, countOnceAtTheEnd, countWhole, load } from "../ports.ts";
import { countEverything, expectFactsToBeRight } from "./expected-facts.ts";
import { documents, factsOn, someSchoolDays, week, type SchoolDays } from "./school.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

const updateDay = "mutation($id: ID!, $version: Int!, $input: UpdateInstructionalDayInput!) { out: updateInstructionalDay(id: $id, version: $version, input: $input) { record { version } } }";
const changeDay = async (school: SchoolDays, date: string, version: number, input: object) =>
  dataOf(await contract.platform.call("schools", school.principal, updateDay, { id: school.days[date], version, input }));
const daysOf = async (student: string | undefined): Promise<string[]> => (await contract.platform.sql<{ date: string }>("SELECT date::text FROM attendance.daily_attendance WHERE student_id = $1 ORDER BY date", [student])).map((row) => row.date);

describe("a calendar changed after the fact", () => {
  it("takes a snow day's facts away with the day, and brings them back with it", async () => {
    const school = await someSchoolDays(contract);
    const { make, students, meetings, codes, teacher, call } = school;
    dataOf(await call(teacher, documents.take, { input: { classMeetingId: meetings[week.tuesday]![0], entries: [{ studentId: students[0], codeId: codes.unexcused }] } }));
    const before = await factsOn(school, week.tuesday);
    expect(before.map(([status]) => status)).toEqual(["TARDY", "PRESENT", "PRESENT", "PRESENT"]);
    await changeDay(school, week.tuesday, 1, { status: "CANCELLED", reason: "Snow" });
    expect(await factsOn(school, week.tuesday)).toEqual([]);
    await expectFactsToBeRight(contract.platform, make.districtId);
    await changeDay(school, week.tuesday, 2, { status: "SCHEDULED" });
    expect(await factsOn(school, week.tuesday)).toEqual(before);
    await expectFactsToBeRight(contract.platform, make.districtId);
  });

  it("makes a day that was added one of membership, unknown until it is taken", async () => {
    const school = await someSchoolDays(contract);
    const { schoolId, track, principal, students } = school;
    const create = "mutation($input: CreateInstructionalDayInput!) { out: createInstructionalDay(input: $input) { record { id } } }";
    dataOf(await contract.platform.call("schools", principal, create, { input: { trackId: track, schoolId, date: "2026-10-17", status: "ADDED", reason: "Instead of the snow day" } }));
    expect(await factsOn(school, "2026-10-17")).toEqual(students.map(() => ["UNKNOWN", 0, null]));
  });

  it("counts by the bells of the day: an early release makes the same absence a larger share", async () => {
    const make = newDistrict(contract);
    const schoolId = make.a("School");
    const year = make.once("SchoolYear", { firstDay: "2026-08-01", endDay: "2027-07-01" });
    const track = make.a("CalendarTrack", { school: schoolId, schoolYear: year });
    const [regular, early] = [make.a("BellSchedule", { school: schoolId, name: "Regular" }), make.a("BellSchedule", { school: schoolId, name: "Early release" })];
    // Regular: 60 + 60 + 90, lunch between. Early release: 60 + 30 + 0, since the third period falls out.
    for (const [schedule, code, startTime, endTime, counts] of [[regular, "1", "08:00", "09:00", true], [regular, "2", "09:00", "10:00", true], [regular, "L", "10:00", "10:30", false], [regular, "3", "10:30", "12:00", true], [early, "1", "08:00", "09:00", true], [early, "2", "09:00", "09:30", true]] as const) {
      make.a("BellPeriod", { bellSchedule: schedule, school: schoolId, code, startTime, endTime, countsForAttendance: counts });
    }
    const day = make.a("InstructionalDay", { track, school: schoolId, date: week.tuesday, bellSchedule: regular });
    const student = make.a("Student");
    make.a("SchoolEnrollment", { student, schoolId, schoolYearId: year, entryDate: "2026-08-20" });
    const sections = ["1", "2", "L", "3"].map((periodCode) => {
      const section = make.a("Section", { schoolId, schoolYearId: year });
      make.a("MeetingPattern", { section, schoolId, rotationDayId: null, periodCode, fromDate: "2026-08-20", toDate: null, roomId: null });
      make.a("SectionEnrollment", { studentId: student, section, fromDate: "2026-08-20" });
      return section;
    });
    const principal = signedIn(make, contract.reaches.at_school_school!(make, schoolId, { role: Role.Principal }), [Role.Principal, Role.Staff]);
    const code = make.a("AttendanceCode", { effect: "ABSENT", excuse: "UNEXCUSED" });
    await make.save();
    await contract.platform.sql("SELECT set_config('osss.district', $1, false)", [make.districtId]);
    await contract.platform.sql("SELECT academics.derive_meetings($1, $2, '2026-08-01', '2027-07-01')", [make.districtId, schoolId]);
    await contract.platform.sql("SELECT set_config('osss.district', '', false)");
    await countEverything(contract.platform);
    const meetings = await contract.platform.sql<{ id: string; period: string }>("SELECT id, period_code AS period FROM academics.class_meeting WHERE district_id = $1 AND date = $2 ORDER BY period_code", [make.districtId, week.tuesday]);
    const meeting = (period: string) => meetings.find((m) => m.period === period)!.id;
    const take = async (period: string, absent: boolean) => dataOf(await contract.platform.call("attendance", principal, documents.take, { input: { classMeetingId: meeting(period), entries: absent ? [{ studentId: student, codeId: code }] : [] } }));
    const facts = () => contract.platform.sql("SELECT scheduled_minutes, missed_minutes, meetings, status FROM attendance.daily_attendance WHERE student_id = $1", [student]);
    // Lunch is a meeting of nobody's attendance.
    await take("1", false);
    await take("2", true);
    await take("3", false);
    expect(await facts()).toEqual([{ scheduled_minutes: 210, missed_minutes: 60, meetings: 3, status: "PRESENT" }]);
    await take("L", true);
    expect(await facts()).toEqual([{ scheduled_minutes: 210, missed_minutes: 60, meetings: 3, status: "PRESENT" }]);
    // 30 of 90 minutes; the third meeting falls out of the day, the exception in the second shrinks with its period.
    const input = (bellScheduleId: string) => ({ id: day, input: { bellScheduleId } });
    dataOf(await contract.platform.call("schools", principal, updateDay, { ...input(early), version: 1 }));
    expect(await facts()).toEqual([{ scheduled_minutes: 90, missed_minutes: 30, meetings: 2, status: "PRESENT" }]);
    dataOf(await contract.platform.call("attendance", principal, documents.correct, { input: { classMeetingId: meeting("1"), studentId: student, codeId: code }, reason: "Was not there either" }));
    expect(await facts()).toMatchObject([{ missed_minutes: 90, status: "ABSENT" }]);
    dataOf(await contract.platform.call("schools", principal, updateDay, { ...input(regular), version: 2 }));
    // 120 of 210 minutes.
    expect(await facts()).toEqual([{ scheduled_minutes: 210, missed_minutes: 120, meetings: 3, status: "ABSENT" }]);
    expect(sections).toHaveLength(4);
    await expectFactsToBeRight(contract.platform, make.districtId);
  });

  it("follows a change of what a code means, and of the policy from its first day on", async () => {
    const school = await someSchoolDays(contract);
    const { make, students, meetings, codes, teacher, call } = school;
    const superintendent = signedIn(make, contract.reaches.district_office!(make, "", { role: Role.Superintendent }), [Role.Superintendent, Role.Staff]);
    await make.save();
    for (const date of [week.monday, week.tuesday]) dataOf(await call(teacher, documents.take, { input: { classMeetingId: meetings[date]![0], entries: [{ studentId: students[0], codeId: codes.unexcused }, { studentId: students[1], codeId: codes.tardy, minutesMissed: 10 }] } }));
    dataOf(await call(superintendent, `mutation($id: ID!) { updateAttendanceCode(id: $id, version: 1, input: { excuse: SUSPENSION }) { record { version } } }`, { id: codes.unexcused }));
    expect(await factsOn(school, week.monday)).toMatchObject([["TARDY", 50, "SUSPENSION"], ["TARDY", 10, "UNEXCUSED"], ["PRESENT", 0, null], ["PRESENT", 0, null]]);
    // From Tuesday on 25 percent of 200 minutes are enough.
    dataOf(await call(superintendent, `mutation { createAttendancePolicy(input: { fromDate: "${week.tuesday}", absentShare: "25" }) { record { version } } }`));
    expect((await factsOn(school, week.monday)).map(([status]) => status)).toEqual(["TARDY", "TARDY", "PRESENT", "PRESENT"]);
    expect((await factsOn(school, week.tuesday)).map(([status]) => status)).toEqual(["ABSENT", "TARDY", "PRESENT", "PRESENT"]);
    await expectFactsToBeRight(contract.platform, make.districtId);
  });
});

describe("enrollments and rosters changed after the fact", () => {
  it("leave attendance outside of a withdrawal dated back: kept, told, and counted no more", async () => {
    const school = await someSchoolDays(contract);
    const { make, students, meetings, codes, teacher, clerk, call } = school;
    const student = students[0]!;
    for (const date of [week.monday, week.tuesday]) dataOf(await call(teacher, documents.take, { input: { classMeetingId: meetings[date]![0], entries: [{ studentId: student, codeId: codes.unexcused }] } }));
    dataOf(await call(clerk, documents.record, { input: { studentId: student, date: week.wednesday, kind: "CALL", codeId: codes.excused } }));
    const left = (day: string) => contract.platform.write(make.districtId, (across) => across.in("attendance", (session) => attendanceAfter(session, student, day)));
    expect(await left(week.tuesday)).toEqual({ exceptions: 1, officeEntries: 1, firstDay: week.tuesday, lastDay: week.wednesday });
    expect(await left(week.thursday)).toEqual({ exceptions: 0, officeEntries: 0, firstDay: null, lastDay: null });
    await contract.platform.sql("UPDATE students.school_enrollment SET exit_date = $2, exit_code = 'W3' WHERE student_id = $1", [student, week.tuesday]);
    expect(await daysOf(student)).toEqual([week.monday]);
    expect(await left(week.tuesday)).toMatchObject({ exceptions: 1 });
    // The roster is not ended yet: attendance dated after the withdrawal is refused all the same.
    const late = await call(teacher, documents.take, { input: { classMeetingId: meetings[week.wednesday]![0], entries: [{ studentId: student, codeId: codes.unexcused }] } });
    expect([codeOf(late), late.errors![0]!.message]).toEqual(["VALIDATION_FAILED", expect.stringContaining("not enrolled at a school")]);
    await contract.platform.sql("UPDATE students.school_enrollment SET exit_date = NULL, exit_code = NULL WHERE student_id = $1", [student]);
    expect(await daysOf(student)).toEqual(Object.values(week));
    await expectFactsToBeRight(contract.platform, make.districtId);
  });

  it("give a no-show no day, and a re-entry its own days", async () => {
    const school = await someSchoolDays(contract);
    const { make, schoolId, year, track } = school;
    const [absent, back] = [make.a("Student"), make.a("Student")];
    make.a("SchoolEnrollment", { student: absent, schoolId, schoolYearId: year, entryDate: week.monday, exitDate: week.monday, noShow: true });
    make.a("SchoolEnrollment", { student: back, schoolId, schoolYearId: year, entryDate: week.monday, exitDate: week.tuesday, exitCode: "W1" });
    make.a("SchoolEnrollment", { student: back, schoolId, schoolYearId: year, entryDate: week.thursday, trackId: track });
    await make.save();
    await countEverything(contract.platform);
    expect([await daysOf(absent), await daysOf(back)]).toEqual([[], [week.monday, week.thursday, week.friday, week.nextMonday]]);
    await expectFactsToBeRight(contract.platform, make.districtId);
  });

  it("count a student with a whole schedule before the transaction ends, and leave a large change to the background, which says so", async () => {
    const school = await someSchoolDays(contract);
    const { make, schoolId, year, sections } = school;
    const open = async () => (await contract.platform.sql<{ n: number }>("SELECT count(*)::int AS n FROM attendance.recount_request WHERE district_id = $1", [make.districtId]))[0]!.n;
    const enroll = async (students: string[]) => {
      await contract.platform.sql("BEGIN");
      await contract.platform.sql("INSERT INTO students.school_enrollment (id, district_id, version, created_at, updated_at, student_id, school_id, school_year_id, kind, entry_date, no_show, full_time_share) SELECT uuidv7(), $1, 1, now(), now(), s, $3, $4, 'PRIMARY', '2026-08-20', false, 1 FROM unnest($2::uuid[]) s", [make.districtId, students, schoolId, year]);
      for (const section of sections) await contract.platform.sql("INSERT INTO academics.section_enrollment (id, district_id, version, created_at, updated_at, student_id, section_id, school_id, from_date) SELECT uuidv7(), $1, 1, now(), now(), s, $3, $4, '2026-08-20' FROM unnest($2::uuid[]) s", [make.districtId, students, section, schoolId]);
      await contract.platform.sql("COMMIT");
    };
    const students = Array.from({ length: 11 }, () => make.a("Student"));
    await make.save();
    await enroll(students.slice(0, 3));
    expect([await open(), await daysOf(students[0])]).toEqual([0, Object.values(week)]);
    // Eight more, for as long as the calendar goes: more than a writer should wait for.
    await enroll(students.slice(3));
    expect([await open(), await daysOf(students[3])]).toEqual([32, []]);
    await countEverything(contract.platform);
    expect(await daysOf(students[3])).toEqual(Object.values(week));
    await expectFactsToBeRight(contract.platform, make.districtId);
  });

  it("follow a student who moves to another section in mid-week: each day has the hours of its roster", async () => {
    const school = await someSchoolDays(contract);
    const { make, students, sections, meetings, year, schoolId } = school;
    const student = students[0]!;
    const other = make.a("Section", { schoolId, schoolYearId: year });
    for (const date of Object.values(week)) make.a("ClassMeeting", { section: other, date, periodCode: "3b", startTime: "10:00", endTime: "10:30", minutes: 30 });
    await make.save();
    const scheduled = async () => (await contract.platform.sql<{ minutes: number }>("SELECT scheduled_minutes AS minutes FROM attendance.daily_attendance WHERE student_id = $1 ORDER BY date", [student])).map((row) => row.minutes);
    expect(await scheduled()).toEqual([200, 200, 200, 200, 200, 200]);
    await contract.platform.sql("UPDATE academics.section_enrollment SET to_date = $3 WHERE student_id = $1 AND section_id = $2", [student, sections[2], week.wednesday]);
    expect(await scheduled()).toEqual([200, 200, 100, 100, 100, 100]);
    make.a("SectionEnrollment", { studentId: student, section: other, fromDate: week.wednesday });
    await make.save();
    await countEverything(contract.platform);
    expect(await scheduled()).toEqual([200, 200, 130, 130, 130, 130]);
    expect(meetings[week.monday]).toHaveLength(3);
    await expectFactsToBeRight(contract.platform, make.districtId);
  });
});

describe("a seed", () => {
  it("that counts its students once at the end asks for no day, and has the same facts", async () => {
    const school = await someSchoolDays(contract);
    const { make, students, sections, meetings, schoolId, codes } = school;
    const stamps = (date: string, period: number) => ({ classMeetingId: meetings[date]![period]!, sectionId: sections[period]!, schoolId, date });
    await contract.platform.write(make.districtId, (across) => across.in("attendance", async (session) => {
      await countOnceAtTheEnd(session);
      await load(session, "AttendanceSubmission", [0, 1, 2].map((period) => ({ id: uuidv7(), ...stamps(week.monday, period), takenAt: new Date() })));
      await load(session, "AttendanceEvent", [0, 1].map((period) => ({ id: uuidv7(), ...stamps(week.monday, period), studentId: students[0]!, code: codes.unexcused, minutesMissed: 50 })));
      expect(await session.ask(sql`SELECT 1 FROM attendance.recount_request`)).toEqual([]);
      await countWhole(session, students);
    }));
    expect(await factsOn(school, week.monday)).toEqual([["ABSENT", 100, "UNEXCUSED"], ["PRESENT", 0, null], ["PRESENT", 0, null], ["PRESENT", 0, null]]);
    await expectFactsToBeRight(contract.platform, make.districtId);
  });
});
