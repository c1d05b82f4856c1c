import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Role } from "#foundation/identity/role";
import { codeOf, dataOf, journalOf, rowCounts, type Contract } from "#foundation/testing/contract";
import { signedIn } from "#foundation/testing/personas";
import { stage } from "../../contract/stage.ts";
import { expectFactsToBeRight } from "../tests/expected-facts.ts";
import { documents, factsOn, someSchoolDays, week } from "../tests/school.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

interface Taken { out: { record: { id: string; version: number } } }
interface Events { attendanceEvents: { nodes: { id: string; version: number; minutesMissed: number; code: { code: string }; student: { id: string } | null; note: { text: string } | null }[] } }
const sentence = (reply: { errors?: readonly { message: string }[] }) => reply.errors?.[0]?.message ?? "";

describe("taking attendance is refused", () => {
  it("to everybody but the section's teachers and the school's attendance office, and nothing is written", async () => {
    const school = await someSchoolDays(contract);
    const { make, students, sections, meetings, otherTeacher, secretary, codes, call, schoolId } = school;
    const elsewhere = signedIn(make, contract.reaches.at_school_school!(make, make.a("School"), { role: Role.AttendanceClerk }), [Role.AttendanceClerk, Role.Staff]);
    const parent = signedIn(make, contract.reaches.guardian_student!(make, students[0]!, { role: Role.Parent }), [Role.Parent]);
    // The token is the ceiling, the assignment is the reach: neither is enough alone.
    const withoutRole = signedIn(make, contract.reaches.teaches_section_section!(make, sections[0]!, { role: Role.Teacher }), [Role.Staff, Role.Counselor]);
    const withoutDuty = signedIn(make, { personId: make.a("Person") }, [Role.Principal, Role.Teacher, Role.Staff]);
    const counselor = signedIn(make, contract.reaches.at_school_school!(make, schoolId, { role: Role.Counselor }), [Role.Counselor, Role.Staff]);
    await make.save();
    const before = await rowCounts(contract.platform);
    const input = { classMeetingId: meetings[week.wednesday]![0], entries: [{ studentId: students[0], codeId: codes.unexcused }] };
    for (const [name, identity] of Object.entries({ otherTeacher, secretary, elsewhere, parent, withoutRole, withoutDuty, counselor })) {
      expect.soft(codeOf(await call(identity, documents.take, { input })), name).toBe("FORBIDDEN");
    }
    expect(await rowCounts(contract.platform)).toEqual(before);
  });

  it("for a meeting that is to come, was cancelled, or does not exist", async () => {
    const { make, meetings, teacher, call, sections } = await someSchoolDays(contract);
    const cancelled = make.a("ClassMeeting", { section: sections[0], date: week.tuesday, periodCode: "9", status: "CANCELLED" });
    await make.save();
    const take = (classMeetingId: string) => call(teacher, documents.take, { input: { classMeetingId, entries: [] } });
    const [future, gone, none] = [await take(meetings[week.thursday]![0]!), await take(cancelled), await take(crypto.randomUUID())];
    expect([codeOf(future), codeOf(gone), codeOf(none)]).toEqual(["CONFLICT", "CONFLICT", "NOT_FOUND"]);
    expect([sentence(future), sentence(gone)]).toEqual([expect.stringContaining("still to come"), expect.stringContaining("is cancelled")]);
  });

  it("with students who were not on the roster or not enrolled that day, listed twice, or with codes and minutes that cannot be", async () => {
    const { make, students, sections, meetings, codes, teacher, call, schoolId, year } = await someSchoolDays(contract);
    const [stranger, withdrawn] = [make.a("Student"), make.a("Student")];
    make.a("SchoolEnrollment", { student: withdrawn, schoolId, schoolYearId: year, entryDate: "2026-08-20", exitDate: week.tuesday, exitCode: "W1" });
    make.a("SectionEnrollment", { studentId: withdrawn, section: sections[0], fromDate: "2026-08-20" });
    const gone = make.a("AttendanceCode", { code: "OLD", effect: "ABSENT", excuse: "EXCUSED" });
    await make.save();
    await contract.platform.sql("UPDATE attendance.attendance_code SET archived_at = now() WHERE id = $1", [gone]);
    const entries = [
      { studentId: stranger, codeId: codes.unexcused }, { studentId: withdrawn, codeId: codes.unexcused }, { studentId: students[0], codeId: codes.unexcused }, { studentId: students[0], codeId: codes.tardy },
      { studentId: students[1], codeId: gone }, { studentId: students[2], codeId: codes.tardy, minutesMissed: 51 }, { studentId: students[3], codeId: codes.suspension, minutesMissed: 20 },
    ];
    const reply = await call(teacher, documents.take, { input: { classMeetingId: meetings[week.wednesday]![0], entries } });
    expect(codeOf(reply)).toBe("VALIDATION_FAILED");
    expect((reply.errors![0]!.extensions!.fields as { path: string; message: string }[]).map(({ path, message }) => `${path} ${message.slice(0, 32)}`)).toEqual([
      "input.entries.0.studentId This student was not on the sect", "input.entries.1.studentId This student was not enrolled at", "input.entries.3.studentId This student is listed twice. Se",
      "input.entries.4.codeId There is no such attendance code", "input.entries.5.minutesMissed The meeting has 50 minutes. Send", "input.entries.6.codeId Only the office gives this code.", "input.entries.6.minutesMissed An absent student misses the who",
    ]);
  });

  it("to a substitute on other days than hers", async () => {
    const { make, sections, meetings, call, students, codes } = await someSchoolDays(contract);
    const personId = make.a("Person");
    make.a("Substitute", { personId, fromDate: "2026-01-01", toDate: null });
    make.a("SubstituteAssignment", { personId, sectionId: sections[0], fromDate: week.wednesday, toDate: week.thursday });
    await make.save();
    const substitute = signedIn(make, { personId }, [Role.Substitute, Role.Staff]);
    const take = (meeting: string | undefined) => call(substitute, documents.take, { input: { classMeetingId: meeting, entries: [{ studentId: students[0], codeId: codes.unexcused }] } });
    expect(codeOf(await take(meetings[week.tuesday]![0]))).toBe("FORBIDDEN");
    expect(codeOf(await take(meetings[week.wednesday]![1]))).toBe("FORBIDDEN");
    dataOf(await take(meetings[week.wednesday]![0]));
    contract.platform.clock.now = new Date("2026-10-15T15:00:00Z");
    try {
      expect(codeOf(await take(meetings[week.wednesday]![0])), "the day after").toBe("FORBIDDEN");
    } finally {
      contract.platform.clock.now = new Date("2026-10-14T15:00:00Z");
    }
  });

  it("to a teacher whose own child is in a colleague's section, who does not read its note either", async () => {
    const { make, students, sections, meetings, codes, otherTeacher, teacher, call } = await someSchoolDays(contract);
    const child = students[0]!;
    contract.reaches.guardian_student!(make, child, { role: Role.Parent, personId: otherTeacher.personId! });
    // She teaches others: her own child is on no roster of hers.
    await contract.platform.sql("UPDATE academics.section_enrollment SET archived_at = now() WHERE student_id = $1 AND section_id = $2", [child, sections[1]]);
    await make.save();
    const teacherParent = { ...otherTeacher, roles: [...otherTeacher.roles, Role.Parent] };
    const input = { classMeetingId: meetings[week.wednesday]![0], entries: [{ studentId: child, codeId: codes.unexcused, note: "Ran out of the room" }] };
    expect(codeOf(await call(teacherParent, documents.take, { input }))).toBe("FORBIDDEN");
    dataOf(await call(teacher, documents.take, { input }));
    const seen = await call(teacherParent, documents.events, { meeting: input.classMeetingId });
    // As a parent she sees what her child missed, and no note.
    expect((seen.data as Events).attendanceEvents.nodes).toMatchObject([{ code: { code: "U" }, note: null }]);
    expect(dataOf<Events>(await call(teacher, documents.events, { meeting: input.classMeetingId })).attendanceEvents.nodes[0]!.note).toEqual({ text: "Ran out of the room" });
  });
});

describe("taking attendance", () => {
  it("writes the submission and exactly the exceptions given, with their facts, and a dry run nothing", async () => {
    const school = await someSchoolDays(contract);
    const { students, meetings, codes, teacher, call, make } = school;
    const input = { classMeetingId: meetings[week.wednesday]![0], entries: [{ studentId: students[0], codeId: codes.unexcused }, { studentId: students[1], codeId: codes.tardy, minutesMissed: 12 }] };
    const before = await rowCounts(contract.platform);
    dataOf(await call(teacher, documents.take, { input, dryRun: true }));
    expect(await rowCounts(contract.platform)).toEqual(before);
    expect((await factsOn(school, week.wednesday)).map(([status]) => status)).toEqual(["UNKNOWN", "UNKNOWN", "UNKNOWN", "UNKNOWN"]);

    const { record } = dataOf<Taken>(await call(teacher, documents.take, { input })).out;
    expect(record).toMatchObject({ version: 1, date: week.wednesday, takenBy: { id: teacher.personId } });
    const { nodes } = dataOf<Events>(await call(teacher, documents.events, { meeting: input.classMeetingId })).attendanceEvents;
    expect(nodes.map((n) => [n.student!.id, n.code.code, n.minutesMissed]).sort()).toEqual([[students[0], "U", 50], [students[1], "T", 12]].sort());
    // 50 of 200 minutes at the beginning of the day, 12 of 200, and two who were there.
    expect(await factsOn(school, week.wednesday)).toEqual([["TARDY", 50, "UNEXCUSED"], ["TARDY", 12, "UNEXCUSED"], ["PRESENT", 0, null], ["PRESENT", 0, null]]);
    expect((await factsOn(school, week.tuesday)).map(([status]) => status)).toEqual(["UNKNOWN", "UNKNOWN", "UNKNOWN", "UNKNOWN"]);
    const { audit, outbox } = await journalOf(contract.platform, record.id);
    expect([audit.map((a) => a.operation), outbox.length]).toEqual([["takeAttendance"], 1]);
    await expectFactsToBeRight(contract.platform, make.districtId);
  });

  it("again archives what is not sent again, changes what differs, keeps what is equal, and counts the version up", async () => {
    const school = await someSchoolDays(contract);
    const { students, meetings, codes, teacher, coTeacher, call, make } = school;
    const classMeetingId = meetings[week.wednesday]![0];
    const take = (identity: typeof teacher, entries: unknown[], version?: number) => call(identity, documents.take, { input: { classMeetingId, entries, ...(version ? { version } : {}) } });
    dataOf(await take(teacher, [{ studentId: students[0], codeId: codes.unexcused, note: "Was not there" }, { studentId: students[1], codeId: codes.tardy }, { studentId: students[2], codeId: codes.unexcused }]));
    // A co-teacher who did not see that it was taken is told, and so is one who saw an older version.
    const blind = await take(coTeacher, []);
    expect([codeOf(blind), (blind.errors![0]!.extensions!.current as { version: number }).version]).toEqual(["STALE_VERSION", 1]);
    expect(dataOf<Taken>(await take(coTeacher, [{ studentId: students[0], codeId: codes.unexcused }, { studentId: students[1], codeId: codes.excused }], 1)).out.record.version).toBe(2);
    expect(codeOf(await take(teacher, [], 1))).toBe("STALE_VERSION");
    const { nodes } = dataOf<Events>(await call(teacher, documents.events, { meeting: classMeetingId })).attendanceEvents;
    expect(nodes.map((n) => [n.student!.id, n.code.code, n.version, n.note?.text ?? null]).sort()).toEqual([[students[0], "U", 1, "Was not there"], [students[1], "E", 2, null]].sort());
    expect((await factsOn(school, week.wednesday)).map(([, missed]) => missed)).toEqual([50, 50, 0, 0]);
    dataOf(await take(teacher, [], 2));
    expect((await factsOn(school, week.wednesday)).map(([status]) => status)).toEqual(["PRESENT", "PRESENT", "PRESENT", "PRESENT"]);
    await expectFactsToBeRight(contract.platform, make.districtId);
  });

  it("never overwrites the office: its entries go before, and what it recorded in the meeting stays", async () => {
    const school = await someSchoolDays(contract);
    const { students, meetings, codes, teacher, clerk, call, make } = school;
    const classMeetingId = meetings[week.wednesday]![0];
    dataOf(await call(clerk, documents.record, { input: { studentId: students[0], date: week.wednesday, kind: "CHECK_IN", fromTime: "08:20", codeId: codes.excused } }));
    dataOf(await call(clerk, documents.take, { input: { classMeetingId, entries: [{ studentId: students[1], codeId: codes.suspension }] } }));
    // The teacher, a little later, with her own view: the first was not there, the second neither.
    dataOf(await call(teacher, documents.take, { input: { classMeetingId, version: 1, entries: [{ studentId: students[0], codeId: codes.unexcused }] } }));
    expect(await factsOn(school, week.wednesday)).toMatchObject([["TARDY", 20, "EXCUSED"], ["TARDY", 50, "SUSPENSION"], ["PRESENT", 0, null], ["PRESENT", 0, null]]);
    const changed = await call(teacher, documents.take, { input: { classMeetingId, version: 2, entries: [{ studentId: students[1], codeId: codes.unexcused }] } });
    expect([codeOf(changed), sentence(changed)]).toEqual(["CONFLICT", expect.stringContaining("only the office changes it")]);
    // Sent back as it stands it is no change.
    dataOf(await call(teacher, documents.take, { input: { classMeetingId, version: 2, entries: [{ studentId: students[1], codeId: codes.suspension }] } }));
    await expectFactsToBeRight(contract.platform, make.districtId);
  });

  it("under an idempotency key is done once", async () => {
    const { students, meetings, codes, teacher, call } = await someSchoolDays(contract);
    const input = { classMeetingId: meetings[week.wednesday]![0], entries: [{ studentId: students[0], codeId: codes.unexcused }] };
    const first = dataOf(await call(teacher, documents.take, { input }, "bell"));
    expect(dataOf(await call(teacher, documents.take, { input }, "bell"))).toEqual(first);
  });

  it("is open to the principal and the clerk of the school, for any day that has come", async () => {
    const school = await someSchoolDays(contract);
    const { meetings, principal, clerk, call } = school;
    dataOf(await call(principal, documents.take, { input: { classMeetingId: meetings[week.monday]![0], entries: [] } }));
    dataOf(await call(clerk, documents.take, { input: { classMeetingId: meetings[week.monday]![1], entries: [] } }));
    expect((await factsOn(school, week.monday)).map(([status]) => status)).toEqual(["PRESENT", "PRESENT", "PRESENT", "PRESENT"]);
  });
});
