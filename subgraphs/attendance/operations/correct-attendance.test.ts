import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeOf, dataOf, rowCounts, type Contract } from "#foundation/testing/contract";
import { stage } from "../../contract/stage.ts";
import { expectFactsToBeRight } from "../tests/expected-facts.ts";
import { documents, factsOn, someSchoolDays, week } from "../tests/school.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

interface Corrected { out: { record: { id: string; version: number; minutesMissed: number; archivedAt: string | null; code: { code: string } } } }

describe("correcting attendance", () => {
  it("is refused to others, before it was taken, without a reason, and of what is not so", async () => {
    const { students, meetings, codes, teacher, otherTeacher, secretary, call } = await someSchoolDays(contract);
    const classMeetingId = meetings[week.wednesday]![0];
    const correct = (identity: typeof teacher, input: object, reason = "Came with the late bus") => call(identity, documents.correct, { input: { classMeetingId, studentId: students[0], ...input }, reason });
    const before = await rowCounts(contract.platform);
    for (const identity of [otherTeacher, secretary]) expect(codeOf(await correct(identity, { codeId: codes.tardy }))).toBe("FORBIDDEN");
    expect(codeOf(await correct(teacher, { codeId: codes.tardy }))).toBe("CONFLICT");
    expect(await rowCounts(contract.platform)).toEqual(before);
    dataOf(await call(teacher, documents.take, { input: { classMeetingId, entries: [] } }));
    expect(codeOf(await correct(teacher, { codeId: codes.tardy }, " "))).toBe("VALIDATION_FAILED");
    expect(codeOf(await correct(teacher, {})), "there is no exception to take away").toBe("CONFLICT");
    expect(codeOf(await correct(teacher, { codeId: codes.tardy, version: 1 })), "nor one to change").toBe("CONFLICT");
  });

  it("adds, changes and takes away one student's exception under its own version, and touches no other", async () => {
    const school = await someSchoolDays(contract);
    const { make, students, meetings, codes, teacher, clerk, call } = school;
    const classMeetingId = meetings[week.wednesday]![0];
    const correct = (identity: typeof teacher, input: object) => call(identity, documents.correct, { input: { classMeetingId, studentId: students[0], ...input }, reason: "Seen by the aide" });
    dataOf(await call(teacher, documents.take, { input: { classMeetingId, entries: [{ studentId: students[1], codeId: codes.unexcused }] } }));
    const { record } = dataOf<Corrected>(await correct(teacher, { codeId: codes.tardy, minutesMissed: 7 })).out;
    expect(record).toMatchObject({ version: 1, minutesMissed: 7 });
    expect(await factsOn(school, week.wednesday)).toMatchObject([["TARDY", 7, "UNEXCUSED"], ["TARDY", 50, "UNEXCUSED"], ["PRESENT", 0, null], ["PRESENT", 0, null]]);
    expect(codeOf(await correct(clerk, { codeId: codes.excused })), "she has not read the exception").toBe("STALE_VERSION");
    expect(dataOf<Corrected>(await correct(clerk, { codeId: codes.excused, version: 1 })).out.record).toMatchObject({ version: 2, minutesMissed: 50, code: { code: "E" } });
    expect(codeOf(await correct(teacher, { version: 1 }))).toBe("STALE_VERSION");
    expect(dataOf<Corrected>(await correct(teacher, { version: 2 })).out.record.archivedAt).not.toBeNull();
    expect((await factsOn(school, week.wednesday)).map(([, missed]) => missed)).toEqual([0, 50, 0, 0]);
    // The submission is as it was: only taking attendance again counts it up.
    expect(await contract.platform.sql("SELECT version FROM attendance.attendance_submission WHERE class_meeting_id = $1", [classMeetingId])).toEqual([{ version: 1 }]);
    await expectFactsToBeRight(contract.platform, make.districtId);
  });

  it("of a student who dropped the section is the teacher's within the days of lag, and the office's after them", async () => {
    const school = await someSchoolDays(contract);
    const { make, students, sections, meetings, codes, teacher, clerk, call } = school;
    const classMeetingId = meetings[week.monday]![0];
    dataOf(await call(teacher, documents.take, { input: { classMeetingId, entries: [{ studentId: students[0], codeId: codes.unexcused }] } }));
    await contract.platform.sql("UPDATE academics.section_enrollment SET to_date = $3, end_reason = 'Schedule change' WHERE student_id = $1 AND section_id = $2", [students[0], sections[0], week.tuesday]);
    const correct = (identity: typeof teacher, version: number, codeId: string) => call(identity, documents.correct, { input: { classMeetingId, studentId: students[0], codeId, version }, reason: "The bus was late" });
    dataOf(await correct(teacher, 1, codes.tardy));
    contract.platform.clock.now = new Date("2026-11-20T15:00:00Z");
    try {
      const refused = await correct(teacher, 2, codes.excused);
      expect([codeOf(refused), refused.errors?.[0]?.message]).toEqual(["VALIDATION_FAILED", expect.stringContaining("not yours to record")]);
      // Taking the whole meeting anew leaves it as it is.
      dataOf(await call(teacher, documents.take, { input: { classMeetingId, version: 1, entries: [] } }));
      dataOf(await correct(clerk, 2, codes.excused));
    } finally {
      contract.platform.clock.now = new Date("2026-10-14T15:00:00Z");
    }
    expect((await factsOn(school, week.monday))[0]).toEqual(["TARDY", 50, "EXCUSED"]);
    await expectFactsToBeRight(contract.platform, make.districtId);
  });

  it("keeps both of two corrections at once that touch different students, and tells the second of two that touch the same", async () => {
    const school = await someSchoolDays(contract);
    const { students, meetings, codes, teacher, clerk, principal, call } = school;
    const classMeetingId = meetings[week.wednesday]![0];
    const correct = (identity: typeof teacher, studentId: string | undefined, codeId: string) => call(identity, documents.correct, { input: { classMeetingId, studentId, codeId }, reason: "At once" });
    dataOf(await call(teacher, documents.take, { input: { classMeetingId, entries: [] } }));
    for (const reply of await Promise.all([correct(clerk, students[0], codes.excused), correct(principal, students[1], codes.unexcused)])) dataOf(reply);
    expect((await factsOn(school, week.wednesday)).map(([, missed]) => missed)).toEqual([50, 50, 0, 0]);
    const both = await Promise.all([correct(clerk, students[2], codes.excused), correct(principal, students[2], codes.unexcused)]);
    expect(both.map(codeOf).sort()).toEqual(["STALE_VERSION", undefined]);
  });
});
