import type { Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { newDistrict, type Contract } from "#foundation/testing/contract";
import type { World } from "#foundation/testing/factory";
import { signedIn } from "#foundation/testing/personas";
import type { SubgraphReply } from "#foundation/serving/subgraph-service";
import { countEverything } from "./expected-facts.ts";

/** The days of the week in which the tests' today (2026-10-14, a Wednesday) lies, and the Monday after. */
export const week = { monday: "2026-10-12", tuesday: "2026-10-13", wednesday: "2026-10-14", thursday: "2026-10-15", friday: "2026-10-16", nextMonday: "2026-10-19" } as const;

/** Three periods of 50, 50 and 100 minutes: 200 a day. */
const bells = [["1", "08:00", "08:50"], ["2", "08:55", "09:45"], ["3", "10:00", "11:40"]] as const;

export interface SchoolDays {
  make: World;
  schoolId: string;
  year: string;
  track: string;
  /** Instructional days by date. */
  days: Record<string, string>;
  students: string[];
  sections: string[];
  /** Class meetings by date, in the order of the periods. */
  meetings: Record<string, string[]>;
  teacher: Identity;
  otherTeacher: Identity;
  coTeacher: Identity;
  clerk: Identity;
  principal: Identity;
  secretary: Identity;
  codes: { unexcused: string; excused: string; tardy: string; leftEarly: string; fieldTrip: string; suspension: string; activity: string };
  call(identity: Identity, document: string, variables?: Record<string, unknown>, key?: string): Promise<SubgraphReply>;
}

export async function someSchoolDays(contract: Contract, options: { students?: number } = {}): Promise<SchoolDays> {
  const make = newDistrict(contract);
  const schoolId = make.a("School");
  const year = make.once("SchoolYear", { firstDay: "2026-08-01", endDay: "2027-07-01" });
  const track = make.a("CalendarTrack", { school: schoolId, schoolYear: year });
  const days = Object.fromEntries(Object.values(week).map((date) => [date, make.a("InstructionalDay", { track, school: schoolId, date })]));
  const sections = bells.map(() => make.a("Section", { schoolId, schoolYearId: year }));
  const meetings = Object.fromEntries(Object.values(week).map((date) => [date, bells.map(([periodCode, startTime, endTime], i) => make.a("ClassMeeting", { section: sections[i], date, periodCode, startTime, endTime, minutes: i === 2 ? 100 : 50 }))]));
  const students = Array.from({ length: options.students ?? 4 }, () => {
    const student = make.a("Student");
    make.a("SchoolEnrollment", { student, schoolId, schoolYearId: year, entryDate: "2026-08-20" });
    for (const section of sections) make.a("SectionEnrollment", { studentId: student, section, fromDate: "2026-08-20" });
    return student;
  });
  const { teaches_section_section: teaches, at_school_school: onDuty } = contract.reaches;
  const teacherOf = (section: string) => signedIn(make, teaches!(make, section, { role: Role.Teacher }), [Role.Teacher, Role.Staff]);
  const office = (role: Role) => signedIn(make, onDuty!(make, schoolId, { role }), [role, Role.Staff]);
  const code = (code: string, effect: string, excuse: string, officeOnly = false) => make.a("AttendanceCode", { code, effect, excuse, officeOnly });
  const codes = {
    unexcused: code("U", "ABSENT", "UNEXCUSED"), excused: code("E", "ABSENT", "EXCUSED"), tardy: code("T", "TARDY", "UNEXCUSED"), leftEarly: code("L", "LEFT_EARLY", "EXCUSED"),
    fieldTrip: code("FT", "PRESENT_ELSEWHERE", "ACTIVITY"), suspension: code("S", "ABSENT", "SUSPENSION", true), activity: code("A", "ABSENT", "ACTIVITY"),
  };
  const people = { teacher: teacherOf(sections[0]!), otherTeacher: teacherOf(sections[1]!), coTeacher: teacherOf(sections[0]!), clerk: office(Role.AttendanceClerk), principal: office(Role.Principal), secretary: office(Role.SchoolSecretary) };
  await make.save();
  await countEverything(contract.platform);
  return { make, schoolId, year, track, days, students, sections, meetings, codes, ...people, call: (identity, document, variables, key) => contract.platform.call("attendance", identity, document, variables, key) };
}

export const documents = {
  take: "mutation($input: TakeAttendanceInput!, $reason: String, $dryRun: Boolean! = false) { out: takeAttendance(input: $input, reason: $reason, dryRun: $dryRun) { record { id version date takenBy { id } } changes { recordType field } } }",
  correct: "mutation($input: CorrectAttendanceInput!, $reason: String!) { out: correctAttendance(input: $input, reason: $reason) { record { id version minutesMissed archivedAt code { code } } } }",
  events: "query($meeting: ID!) { attendanceEvents(where: { classMeeting: { id: { eq: $meeting } } }, first: 100) { nodes { id version minutesMissed code { code } student { id } note { text } } } }",
  record: "mutation($input: RecordOfficeEntryInput!, $reason: String) { out: recordOfficeEntry(input: $input, reason: $reason) { record { id version verified school { id } } } }",
  verify: "mutation($input: VerifyOfficeEntryInput!, $reason: String) { out: verifyOfficeEntry(input: $input, reason: $reason) { record { id version verified code { code } } } }",
  withdraw: "mutation($input: WithdrawOfficeEntryInput!, $reason: String!) { out: withdrawOfficeEntry(input: $input, reason: $reason) { record { id archivedAt } } }",
  bulk: "mutation($input: BulkAttendanceCodeInput!, $reason: String) { out: bulkAttendanceCode(input: $input, reason: $reason) { record { id kind } } }",
  excuse: "mutation($input: ExcuseAbsenceInput!, $reason: String!) { out: excuseAbsence(input: $input, reason: $reason) { record { id version code { code } } } }",
  lock: "mutation($input: LockAttendanceInput!) { out: lockAttendance(input: $input) { record { id version throughDate } } }",
  unlock: "mutation($input: UnlockAttendanceInput!, $reason: String!) { out: unlockAttendance(input: $input, reason: $reason) { record { id throughDate archivedAt } } }",
};

/** What the facts say of students on a day, in the order of the students. */
export async function factsOn({ make, students }: SchoolDays, date: string): Promise<[string, number, string | null][]> {
  const rows = await make.platform.sql<{ student: string; status: string; missed: number; excuse: string | null }>("SELECT student_id AS student, status, missed_minutes AS missed, excuse FROM attendance.daily_attendance WHERE district_id = $1 AND date = $2", [make.districtId, date]);
  return students.flatMap((student) => rows.filter((row) => row.student === student).map((row): [string, number, string | null] => [row.status, row.missed, row.excuse]));
}
