import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeOf, dataOf, type Contract } from "#foundation/testing/contract";
import { stage } from "../../contract/stage.ts";
import { documents, someSchoolDays, week } from "../tests/school.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

const sentence = (reply: { errors?: readonly { message: string }[] }) => reply.errors?.[0]?.message ?? "";

describe("locking attendance", () => {
  it("is for the principal and the clerk, through today at the latest, forwards; opening needs a reason", async () => {
    const { schoolId, teacher, secretary, clerk, principal, call } = await someSchoolDays(contract);
    const lock = (identity: typeof clerk, throughDate: string) => call(identity, documents.lock, { input: { schoolId, throughDate } });
    for (const identity of [teacher, secretary]) expect(codeOf(await lock(identity, week.monday))).toBe("FORBIDDEN");
    expect(codeOf(await lock(clerk, week.thursday))).toBe("VALIDATION_FAILED");
    dataOf(await lock(clerk, week.monday));
    expect(dataOf<{ out: { record: { version: number } } }>(await lock(principal, week.tuesday)).out.record.version).toBe(2);
    expect(codeOf(await lock(clerk, week.monday))).toBe("CONFLICT");
    const unlock = (throughDate: string | null, reason = "The state sent the report back") => call(clerk, documents.unlock, { input: { schoolId, throughDate }, reason });
    expect(codeOf(await unlock(week.monday, ""))).toBe("VALIDATION_FAILED");
    expect(codeOf(await unlock(week.tuesday))).toBe("CONFLICT");
    dataOf(await unlock(week.monday));
    expect(dataOf<{ out: { record: { archivedAt: string } } }>(await unlock(null)).out.record.archivedAt).not.toBeNull();
    expect(codeOf(await unlock(null))).toBe("CONFLICT");
    dataOf(await lock(clerk, week.monday));
  });

  it("closes days to teachers and secretaries, and opens them to the attendance office with a reason", async () => {
    const { schoolId, teacher, secretary, clerk, students, codes, meetings, call } = await someSchoolDays(contract);
    dataOf(await call(teacher, documents.take, { input: { classMeetingId: meetings[week.monday]![0], entries: [{ studentId: students[0], codeId: codes.unexcused }] } }));
    dataOf(await call(secretary, documents.record, { input: { studentId: students[1], date: week.monday, kind: "CALL", codeId: codes.excused, verified: false } }));
    dataOf(await call(clerk, documents.lock, { input: { schoolId, throughDate: week.monday } }));
    const take = { input: { classMeetingId: meetings[week.monday]![0], version: 1, entries: [] } };
    const [entry] = await contract.platform.sql<{ id: string }>("SELECT id FROM attendance.office_entry WHERE student_id = $1", [students[1]]);
    const attempts = {
      take: (who: typeof clerk, reason?: string) => call(who, documents.take, { ...take, reason }),
      record: (who: typeof clerk, reason?: string) => call(who, documents.record, { input: { studentId: students[2], date: week.monday, kind: "CALL", codeId: codes.excused }, reason }),
      bulk: (who: typeof clerk, reason?: string) => call(who, documents.bulk, { input: { studentIds: students, date: week.monday, codeId: codes.fieldTrip }, reason }),
      verify: (who: typeof clerk, reason?: string) => call(who, documents.verify, { input: { entryId: entry!.id, version: 1 }, reason }),
    };
    for (const [name, attempt] of Object.entries(attempts)) {
      const closed = await attempt(name === "take" ? teacher : secretary, "Please");
      expect.soft([codeOf(closed), sentence(closed)], name).toEqual(["CONFLICT", expect.stringContaining(`locked through ${week.monday}`)]);
      expect.soft(codeOf(await attempt(clerk)), name).toBe("VALIDATION_FAILED");
    }
    const [excused, withdrawn] = [await call(secretary, documents.excuse, { input: { studentId: students[0], fromDate: week.monday, toDate: week.wednesday, codeId: codes.excused }, reason: "Note" }), await call(secretary, documents.withdraw, { input: { entryId: entry!.id, version: 1 }, reason: "Wrong" })];
    expect([codeOf(excused), codeOf(withdrawn)]).toEqual(["CONFLICT", "CONFLICT"]);
    for (const [name, attempt] of Object.entries(attempts)) dataOf(await attempt(clerk, `Corrected: ${name}`));
    const [{ reason }] = (await contract.platform.sql<{ reason: string }>("SELECT reason FROM journal.audit_entry WHERE operation = 'takeAttendance' AND reason IS NOT NULL AND district_id = $1", [clerk.districtId])) as [{ reason: string }];
    expect(reason).toBe("Corrected: take");
    // The days after it are open.
    dataOf(await call(teacher, documents.take, { input: { classMeetingId: meetings[week.tuesday]![0], entries: [] } }));
  });
});
