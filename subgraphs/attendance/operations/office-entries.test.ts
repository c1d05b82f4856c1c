import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Role } from "#foundation/identity/role";
import { codeOf, dataOf, rowCounts, type Contract } from "#foundation/testing/contract";
import { signedIn } from "#foundation/testing/personas";
import { stage } from "../../contract/stage.ts";
import { expectFactsToBeRight } from "../tests/expected-facts.ts";
import { documents, factsOn, someSchoolDays, week } from "../tests/school.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

interface Entry { out: { record: { id: string; version: number; verified: boolean; school: { id: string } } } }
const sentence = (reply: { errors?: readonly { message: string }[] }) => reply.errors?.[0]?.message ?? "";

describe("an entry of the office is refused", () => {
  it("to teachers, families, and the office of another school, which is told nothing of the student", async () => {
    const { make, students, codes, teacher, call } = await someSchoolDays(contract);
    const parent = signedIn(make, contract.reaches.guardian_student!(make, students[0]!, { role: Role.Parent }), [Role.Parent]);
    const elsewhere = signedIn(make, contract.reaches.at_school_school!(make, make.a("School"), { role: Role.AttendanceClerk }), [Role.AttendanceClerk, Role.Staff]);
    await make.save();
    const before = await rowCounts(contract.platform);
    const record = (identity: typeof teacher, date: string) => call(identity, documents.record, { input: { studentId: students[0], date, kind: "CALL", codeId: codes.excused } });
    for (const identity of [teacher, parent, elsewhere]) expect(codeOf(await record(identity, week.wednesday))).toBe("FORBIDDEN");
    // The same words for a day of school and for a Sunday.
    expect(sentence(await record(elsewhere, week.wednesday))).toBe(sentence(await record(elsewhere, "2026-10-18")));
    expect(await rowCounts(contract.platform)).toEqual(before);
  });

  it("for days that are none, after a withdrawal, for times that cannot be, and for what stands already", async () => {
    const { make, students, codes, clerk, call, schoolId, year } = await someSchoolDays(contract);
    const leaving = make.a("Student");
    make.a("SchoolEnrollment", { student: leaving, schoolId, schoolYearId: year, entryDate: "2026-08-20", exitDate: week.thursday, exitCode: "W1" });
    await make.save();
    const record = (input: object) => call(clerk, documents.record, { input: { studentId: students[0], date: week.wednesday, kind: "CALL", codeId: codes.excused, ...input } });
    const [sunday, withdrawn] = [await record({ date: "2026-10-18" }), await record({ studentId: leaving, date: week.thursday })];
    expect([codeOf(sunday), codeOf(withdrawn)]).toEqual(["CONFLICT", "CONFLICT"]);
    expect(sentence(withdrawn)).toContain("nor after a withdrawal");
    for (const wrong of [{ kind: "CHECK_IN" }, { kind: "CHECK_OUT", fromTime: "09:00", toTime: "10:00" }, { fromTime: "09:00" }, { fromTime: "10:00", toTime: "09:00" }]) expect(codeOf(await record(wrong)), JSON.stringify(wrong)).toBe("VALIDATION_FAILED");
    expect(codeOf(await record({ kind: "CHECK_IN", date: week.thursday, fromTime: "09:00" })), "tomorrow").toBe("CONFLICT");
    dataOf(await record({ fromTime: "09:00", toTime: "10:00" }));
    expect(codeOf(await record({ fromTime: "09:59", toTime: "11:00" }))).toBe("CONFLICT");
    expect(codeOf(await record({}))).toBe("CONFLICT");
    dataOf(await record({ fromTime: "10:00", toTime: "11:00" }));
  });
});

describe("an entry of the office", () => {
  it("counts once it is verified, by what it was verified as, and no more when it is withdrawn", async () => {
    const school = await someSchoolDays(contract);
    const { make, students, meetings, codes, clerk, secretary, teacher, call } = school;
    dataOf(await call(teacher, documents.take, { input: { classMeetingId: meetings[week.wednesday]![0], entries: [] } }));
    const first = async () => (await factsOn(school, week.wednesday))[0];
    const { record } = dataOf<Entry>(await call(secretary, documents.record, { input: { studentId: students[0], date: week.wednesday, kind: "CALL", codeId: codes.unexcused, verified: false, note: "Voice mail, not sure who" } })).out;
    expect(await first()).toEqual(["PRESENT", 0, null]);
    expect(codeOf(await call(teacher, documents.verify, { input: { entryId: record.id, version: 1 } }))).toBe("FORBIDDEN");
    expect(codeOf(await call(clerk, documents.verify, { input: { entryId: record.id, version: 2 } }))).toBe("STALE_VERSION");
    dataOf(await call(clerk, documents.verify, { input: { entryId: record.id, version: 1, codeId: codes.excused } }));
    expect(await first()).toEqual(["ABSENT", 200, "EXCUSED"]);
    expect(codeOf(await call(clerk, documents.verify, { input: { entryId: record.id, version: 2 } })), "verified already").toBe("CONFLICT");
    dataOf(await call(clerk, documents.withdraw, { input: { entryId: record.id, version: 2 }, reason: "It was the sister" }));
    expect(await first()).toEqual(["PRESENT", 0, null]);
    expect(codeOf(await call(clerk, documents.withdraw, { input: { entryId: record.id, version: 3 }, reason: "Again" }))).toBe("CONFLICT");
    await expectFactsToBeRight(contract.platform, make.districtId);
  });

  it("has a note that the office reads, and neither the family nor the teacher", async () => {
    const { make, students, codes, clerk, teacher, call } = await someSchoolDays(contract);
    const parent = signedIn(make, contract.reaches.guardian_student!(make, students[0]!, { role: Role.Parent }), [Role.Parent]);
    await make.save();
    const { record } = dataOf<Entry>(await call(clerk, documents.record, { input: { studentId: students[0], date: week.wednesday, kind: "CHECK_OUT", fromTime: "10:40", codeId: codes.excused, note: "Fetched by an aunt, identity card seen" } })).out;
    const look = "query($id: ID!) { officeEntry(id: $id) { id note { text } } }";
    expect(dataOf(await call(clerk, look, { id: record.id }))).toEqual({ officeEntry: { id: record.id, note: { text: "Fetched by an aunt, identity card seen" } } });
    for (const identity of [teacher, parent]) expect((await call(identity, look, { id: record.id })).data).toEqual({ officeEntry: { id: record.id, note: null } });
  });

  it("of a former school changes a day of the student's time there, and of no later one", async () => {
    const { make, students, codes, principal, call, schoolId } = await someSchoolDays(contract);
    const student = students[0]!;
    await contract.platform.sql("UPDATE students.school_enrollment SET exit_date = $2, exit_code = 'T1' WHERE student_id = $1", [student, week.tuesday]);
    const other = make.a("School");
    const track = make.a("CalendarTrack", { school: other, schoolYear: make.once("SchoolYear") });
    for (const date of [week.tuesday, week.wednesday]) make.a("InstructionalDay", { track, school: other, date });
    make.a("SchoolEnrollment", { student, schoolId: other, schoolYearId: make.once("SchoolYear"), entryDate: week.tuesday });
    await make.save();
    const record = (date: string) => call(principal, documents.record, { input: { studentId: student, date, kind: "CALL", codeId: codes.excused } });
    expect(dataOf<Entry>(await record(week.monday)).out.record.school.id).toBe(schoolId);
    expect(codeOf(await record(week.tuesday))).toBe("FORBIDDEN");
  });

  it("of two clerks at once stands once, and the other is told", async () => {
    const { students, codes, clerk, secretary, call } = await someSchoolDays(contract);
    const record = (identity: typeof clerk) => call(identity, documents.record, { input: { studentId: students[0], date: week.wednesday, kind: "CALL", codeId: codes.excused } });
    expect((await Promise.all([record(clerk), record(secretary)])).map(codeOf).sort()).toEqual(["CONFLICT", undefined]);
  });
});

describe("a bulk code", () => {
  it("is given to all or to none, with each problem at its place", async () => {
    const school = await someSchoolDays(contract);
    const { make, students, codes, clerk, teacher, call } = school;
    const [stranger] = [make.a("Student")];
    await make.save();
    const bulk = (studentIds: (string | undefined)[], more: object = {}) => call(clerk, documents.bulk, { input: { studentIds, date: week.friday, codeId: codes.fieldTrip, ...more } });
    expect(codeOf(await call(teacher, documents.bulk, { input: { studentIds: students, date: week.friday, codeId: codes.fieldTrip } }))).toBe("FORBIDDEN");
    expect(codeOf(await bulk([stranger]))).toBe("FORBIDDEN");
    const before = await rowCounts(contract.platform);
    const reply = await bulk([students[0], students[0], stranger, students[1]]);
    expect((reply.errors![0]!.extensions!.fields as { path: string }[]).map((f) => f.path)).toEqual(["input.studentIds.1", "input.studentIds.2"]);
    expect(await rowCounts(contract.platform)).toEqual(before);
    dataOf(await bulk(students, { fromTime: "08:30", toTime: "13:00" }));
    expect(codeOf(await bulk([students[2]], { fromTime: "12:00", toTime: "13:30" }))).toBe("VALIDATION_FAILED");
    // Known by the office, and nothing missed.
    expect(await factsOn(school, week.friday)).toEqual(students.map(() => ["PRESENT", 0, null]));
    await expectFactsToBeRight(contract.platform, make.districtId);
  });
});

describe("an excuse", () => {
  it("is refused to others, with a code that excuses nothing, over too long a span, and for another part of a day that has one", async () => {
    const { students, codes, clerk, teacher, call } = await someSchoolDays(contract);
    const excuse = (identity: typeof clerk, input: object) => call(identity, documents.excuse, { input: { studentId: students[0], fromDate: week.monday, codeId: codes.excused, ...input }, reason: "Doctor's note" });
    expect(codeOf(await excuse(teacher, {}))).toBe("FORBIDDEN");
    for (const wrong of [{ codeId: codes.unexcused }, { toDate: week.monday }, { toDate: "2027-06-01" }]) expect(codeOf(await excuse(clerk, wrong)), JSON.stringify(wrong)).toBe("VALIDATION_FAILED");
    expect(codeOf(await excuse(clerk, { fromDate: "2026-10-17", toDate: "2026-10-19" })), "a weekend").toBe("CONFLICT");
    dataOf(await excuse(clerk, { fromTime: "08:00", toTime: "09:00" }));
    expect(codeOf(await excuse(clerk, { fromTime: "08:30", toTime: "10:00" }))).toBe("CONFLICT");
  });

  it("changes how missed time counts on every day of school in its span, past and to come, and misses none", async () => {
    const school = await someSchoolDays(contract);
    const { make, students, meetings, codes, clerk, teacher, call } = school;
    dataOf(await call(teacher, documents.take, { input: { classMeetingId: meetings[week.monday]![0], entries: [{ studentId: students[0], codeId: codes.unexcused }] } }));
    dataOf(await call(teacher, documents.take, { input: { classMeetingId: meetings[week.tuesday]![0], entries: [] } }));
    // Monday to Monday: six days of school, the weekend left out.
    const excuse = (codeId: string) => call(clerk, documents.excuse, { input: { studentId: students[0], fromDate: week.monday, toDate: "2026-10-20", codeId, note: "Influenza" }, reason: "Doctor's note" });
    dataOf(await excuse(codes.excused));
    const standing = () => contract.platform.sql<{ date: string; version: number }>("SELECT date::text, version FROM attendance.office_entry WHERE student_id = $1 AND archived_at IS NULL ORDER BY date", [students[0]]);
    expect((await standing()).map((row) => row.date)).toEqual(Object.values(week));
    expect((await factsOn(school, week.monday))[0]).toEqual(["TARDY", 50, "EXCUSED"]);
    expect((await factsOn(school, week.tuesday))[0]).toEqual(["PRESENT", 0, null]);
    expect((await factsOn(school, week.friday))[0]).toEqual(["UNKNOWN", 0, null]);
    // The same again is no change; another code is a new version of the same entries.
    dataOf(await excuse(codes.excused));
    expect(new Set((await standing()).map((row) => row.version))).toEqual(new Set([1]));
    dataOf(await excuse(codes.activity));
    expect((await standing()).map((row) => row.version)).toEqual([2, 2, 2, 2, 2, 2]);
    expect((await factsOn(school, week.monday))[0]).toEqual(["TARDY", 50, "ACTIVITY"]);
    await expectFactsToBeRight(contract.platform, make.districtId);
  });
});
