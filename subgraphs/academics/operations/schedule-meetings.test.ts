import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { codeOf, dataOf, rowCounts, type Contract } from "#foundation/testing/contract";
import { signedIn } from "#foundation/testing/personas";
import { smallSchool, type SmallSchool } from "../../contract/small-school.ts";
import { stage } from "../../contract/stage.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

const document = `mutation($input: ScheduleMeetingsInput!, $reason: String, $dryRun: Boolean!) {
  out: scheduleMeetings(input: $input, reason: $reason, dryRun: $dryRun) { record { id } changes { recordType field } } }`;

interface Slot {
  rotationDayId?: string | null;
  periodCode: string;
  roomId?: string | null;
}

const set = (caller: Identity, sectionId: string, slots: readonly Slot[], more: { fromDate?: string; allowStudentConflicts?: boolean; reason?: string; dryRun?: boolean } = {}) => {
  const { reason, dryRun = false, ...input } = more;
  return contract.platform.call("academics", caller, document, { input: { sectionId, slots, fromDate: "2026-08-17", ...input }, ...(reason ? { reason } : {}), dryRun });
};

/** What meets when, as stored: "13 2 SCHEDULED" for the 13th of October in period 2. */
const meetings = async (section: string): Promise<string[]> =>
  (await contract.platform.sql<{ row: string }>("SELECT to_char(date, 'DD') || ' ' || period_code || ' ' || status AS row FROM academics.class_meeting WHERE section_id = $1 ORDER BY date, period_code", [section])).map((r) => r.row);

const scheduled = async (section: string) => (await meetings(section)).filter((m) => m.endsWith("SCHEDULED")).map((m) => m.replace(" SCHEDULED", ""));

/** The sentence of a refusal for a conflict, and the kinds that it lists. */
function conflictOf(reply: Awaited<ReturnType<typeof set>>): { message: string; kinds: string[] } {
  expect(codeOf(reply)).toBe("CONFLICT");
  const { message, extensions } = reply.errors![0]!;
  return { message, kinds: ((extensions!.conflicts ?? []) as { kind: string }[]).map((c) => c.kind) };
}

async function scene(more: (school: SmallSchool) => void = () => undefined) {
  const school = smallSchool(contract);
  const [one, two, principal] = [school.section("ONE"), school.section("TWO"), school.office(Role.Principal)] as const;
  more(school);
  await school.make.save();
  return { ...school, one, two, principal };
}

describe("who may schedule", () => {
  it("is the office of the section's school and the district's, nobody else", async () => {
    const school = smallSchool(contract);
    const other = smallSchool(contract, school);
    const section = school.section("ONE");
    const { personId } = { personId: school.make.a("Person") };
    school.make.a("TeachingAssignment", { sectionId: section, personId, fromDate: "2026-08-17" });
    const refused: [string, Identity][] = [
      ["the section's teacher", signedIn(school.make, { personId }, [Role.Teacher, Role.Staff])],
      ["a principal of another school", other.office(Role.Principal)],
      ["a registrar's token without her duty", signedIn(school.make, { personId }, [Role.Registrar, Role.Staff])],
      ["a secretary", school.office(Role.SchoolSecretary)],
      ["an administrator", school.districtOffice(Role.Admin)],
    ];
    const allowed: [string, Identity][] = [["assistant principal", school.office(Role.AssistantPrincipal)], ["superintendent", school.districtOffice(Role.Superintendent)], ["the district's registrar", school.districtOffice(Role.Registrar)]];
    await school.make.save();
    const before = await rowCounts(contract.platform);
    for (const [name, caller] of refused) expect.soft(codeOf(await set(caller, section, [{ periodCode: "1" }])), name).toBe("FORBIDDEN");
    expect(await rowCounts(contract.platform)).toEqual(before);
    for (const [i, [name, caller]] of allowed.entries()) expect.soft((await set(caller, section, [{ periodCode: String(i + 1) }])).errors, name).toBeUndefined();
  });
});

describe("a pattern", () => {
  it("yields an hour on each day of its rotation, by the day's bells", async () => {
    const { one, rotation, principal, schoolId } = await scene();
    dataOf(await set(principal, one, [{ rotationDayId: rotation.A, periodCode: "2" }]));
    expect(await scheduled(one)).toEqual(["05 2", "07 2", "09 2", "13 2", "15 2", "19 2", "21 2", "23 2", "27 2", "29 2"]);
    const [row] = await contract.platform.sql("SELECT DISTINCT start_time::text, end_time::text, minutes, counts_for_attendance, school_id FROM academics.class_meeting WHERE section_id = $1", [one]);
    expect(row).toEqual({ start_time: "09:00:00", end_time: "09:50:00", minutes: 50, counts_for_attendance: true, school_id: schoolId });
  });

  it("changes nothing when it is set again, and nothing in a dry run", async () => {
    const { one, rotation, principal } = await scene();
    const slots = [{ rotationDayId: rotation.A, periodCode: "2" }, { rotationDayId: rotation.B, periodCode: "3" }];
    const before = await rowCounts(contract.platform);
    expect(dataOf<{ out: { record: unknown; changes: unknown[] } }>(await set(principal, one, slots, { dryRun: true })).out.changes.length).toBeGreaterThan(0);
    expect(await rowCounts(contract.platform)).toEqual(before);
    dataOf(await set(principal, one, slots));
    const after = await rowCounts(contract.platform);
    expect(dataOf<{ out: { changes: unknown[] } }>(await set(principal, one, slots)).out.changes).toEqual([]);
    expect(await rowCounts(contract.platform)).toEqual(after);
  });

  it("ends the one before it: hours held stay, hours to come move", async () => {
    const { one, rotation, principal } = await scene();
    dataOf(await set(principal, one, [{ rotationDayId: rotation.A, periodCode: "2" }]));
    dataOf(await set(principal, one, [{ rotationDayId: rotation.B, periodCode: "3" }], { fromDate: "2026-10-19" }));
    // A days until the 15th in period 2, B days from the 20th on in period 3; the A days from the 19th on are gone.
    expect(await meetings(one)).toEqual(["05 2", "07 2", "09 2", "13 2", "15 2", "20 3", "22 3", "26 3", "28 3", "30 3"].map((m) => `${m} SCHEDULED`));
    const patterns = await contract.platform.sql("SELECT period_code, from_date::text, to_date::text FROM academics.meeting_pattern WHERE section_id = $1 ORDER BY from_date", [one]);
    expect(patterns).toEqual([{ period_code: "2", from_date: "2026-08-17", to_date: "2026-10-19" }, { period_code: "3", from_date: "2026-10-19", to_date: null }]);
  });

  it("set for past days cancels the hours of these days that it no longer has", async () => {
    const { one, rotation, principal } = await scene();
    dataOf(await set(principal, one, [{ rotationDayId: rotation.A, periodCode: "2" }]));
    dataOf(await set(principal, one, [{ rotationDayId: rotation.B, periodCode: "2" }], { fromDate: "2026-10-12" }));
    // Today is the 14th: the 13th (A) is past and cancelled, the A days from the 15th on are removed.
    expect(await meetings(one)).toEqual(["05 2 SCHEDULED", "07 2 SCHEDULED", "09 2 SCHEDULED", "12 2 SCHEDULED", "13 2 CANCELLED", ...["14", "16", "20", "22", "26", "28", "30"].map((d) => `${d} 2 SCHEDULED`)]);
    // Emptied from the 20th on, the section no longer meets.
    dataOf(await set(principal, one, [], { fromDate: "2026-10-20" }));
    expect(await scheduled(one)).toEqual(["05 2", "07 2", "09 2", "12 2", "14 2", "16 2"]);
  });

  it("refuses a period that no bell schedule has, the same hour twice, another school's room, and days after the section", async () => {
    const school = smallSchool(contract);
    const elsewhere = smallSchool(contract, school);
    const [section, principal, room] = [school.section("ONE"), school.office(Role.Principal), elsewhere.room("1")] as const;
    await school.make.save();
    const before = await rowCounts(contract.platform);
    const { A, B } = school.rotation;
    for (const [slots, at] of [
      [[{ periodCode: "9" }], "input.slots.0.periodCode"],
      [[{ rotationDayId: A, periodCode: "1" }, { rotationDayId: B, periodCode: "1" }, { periodCode: "1" }], "input.slots.2.periodCode"],
      [[{ periodCode: "1", roomId: room }], "schoolId"],
      [[{ periodCode: "1", rotationDayId: elsewhere.rotation.A }], "schoolId"],
    ] as const) {
      const reply = await set(principal, section, slots);
      expect([codeOf(reply), (reply.errors![0]!.extensions!.fields as { path: string }[])[0]!.path]).toEqual(["VALIDATION_FAILED", at]);
    }
    expect(codeOf(await set(principal, section, [{ periodCode: "1" }], { fromDate: "2027-01-16" }))).toBe("VALIDATION_FAILED");
    expect(await rowCounts(contract.platform)).toEqual(before);
  });
});

describe("a conflict of rooms", () => {
  it("is refused and named: the same room, rotation day and period", async () => {
    let room = "";
    const { one, two, rotation, principal } = await scene((s) => (room = s.room("204")));
    dataOf(await set(principal, one, [{ rotationDayId: rotation.A, periodCode: "2", roomId: room }]));
    const before = await rowCounts(contract.platform);
    const { message, kinds } = conflictOf(await set(principal, two, [{ rotationDayId: rotation.A, periodCode: "2", roomId: room }]));
    expect(message).toBe("The room is taken: Section ONE (ONE) in period 2 on rotation day A, from 2026-08-17 to 2027-01-15. Choose another room or another time.");
    expect(kinds).toEqual(["ROOM"]);
    expect(await rowCounts(contract.platform)).toEqual(before);
  });

  it("is one over terms that follow one another", async () => {
    let [room, yearLong, another] = ["", "", ""];
    const { principal } = await scene((s) => {
      room = s.room("204");
      [yearLong, another] = ["YEAR", "ALSO"].map((code) => s.section(code, { terms: [s.terms.fall, s.terms.spring] })) as [string, string];
    });
    dataOf(await set(principal, yearLong, [{ periodCode: "2", roomId: room }]));
    const { message, kinds } = conflictOf(await set(principal, another, [{ periodCode: "2", roomId: room }]));
    expect([message, kinds]).toEqual(["The room is taken: Section YEAR (YEAR) in period 2, from 2026-08-17 to 2027-06-04. Choose another room or another time.", ["ROOM"]]);
  });

  it.each<[string, { rotation?: "A" | "B"; period: string }, boolean]>([
    ["the other rotation day", { rotation: "B", period: "2" }, false],
    ["another period", { rotation: "A", period: "3" }, false],
    ["every day against one of them", { period: "2" }, true],
    ["a block that contains the period by another bell schedule", { rotation: "A", period: "1-2" }, true],
  ])("%s", async (_name, slot, clashes) => {
    let room = "";
    const { one, two, rotation, principal } = await scene((s) => (room = s.room("204")));
    dataOf(await set(principal, one, [{ rotationDayId: rotation.A, periodCode: "2", roomId: room }]));
    const reply = await set(principal, two, [{ rotationDayId: slot.rotation ? rotation[slot.rotation] : null, periodCode: slot.period, roomId: room }]);
    expect(codeOf(reply)).toBe(clashes ? "CONFLICT" : undefined);
  });

  it("does not arise between days that only touch: terms, patterns", async () => {
    let room = "";
    let spring = "";
    const { one, two, principal } = await scene((s) => {
      room = s.room("204");
      spring = s.section("SPRING", { terms: [s.terms.spring] });
    });
    const slots = [{ periodCode: "2", roomId: room }];
    dataOf(await set(principal, one, slots));
    // The fall ends on the day on which the spring begins.
    dataOf(await set(principal, spring, slots));
    // ONE gives the room up on the day from which TWO has it.
    expect(codeOf(await set(principal, two, slots, { fromDate: "2026-10-26" }))).toBe("CONFLICT");
    dataOf(await set(principal, one, [{ periodCode: "3", roomId: room }], { fromDate: "2026-10-26" }));
    dataOf(await set(principal, two, slots, { fromDate: "2026-10-26" }));
  });
});

describe("a conflict of teachers", () => {
  const taught = (school: SmallSchool, sectionIds: readonly string[], kinds: readonly string[]) => {
    const personId = school.make.a("Person");
    sectionIds.forEach((sectionId, i) => school.make.a("TeachingAssignment", { sectionId, personId, kind: kinds[i]!, fromDate: "2026-08-17" }));
  };

  it.each<[string, [string, string], boolean, boolean]>([
    ["leads both", ["LEAD", "LEAD"], false, true],
    ["leads one and helps in the other", ["LEAD", "CO_TEACHER"], false, true],
    ["goes back and forth between two that others lead", ["CO_TEACHER", "AIDE"], false, false],
    ["leads both in one room: a stacked class", ["LEAD", "LEAD"], true, false],
  ])("of somebody who %s", async (_name, kinds, together, clashes) => {
    const school = smallSchool(contract);
    const [one, two, principal, room] = [school.section("ONE"), school.section("TWO"), school.office(Role.Principal), school.room("204")] as const;
    taught(school, [one, two], kinds);
    await school.make.save();
    const slots = [{ rotationDayId: school.rotation.A, periodCode: "2", roomId: together ? room : null }];
    dataOf(await set(principal, one, slots));
    const reply = await set(principal, two, slots);
    if (!clashes) expect(reply.errors).toBeUndefined();
    else expect(conflictOf(reply)).toEqual({ message: "The teacher teaches another section at that time: Section ONE (ONE) in period 2 on rotation day A, from 2026-08-17 to 2027-01-15. Choose another time, or another teacher first.", kinds: ["TEACHER"] });
  });

  it("between two schools is one where the clock says so", async () => {
    const school = smallSchool(contract);
    const other = smallSchool(contract, school);
    const [here, there, principal, otherPrincipal] = [school.section("HERE"), other.section("THERE"), school.office(Role.Principal), other.office(Role.Principal)] as const;
    taught(school, [here, there], ["LEAD", "LEAD"]);
    await school.make.save();
    dataOf(await set(principal, here, [{ rotationDayId: school.rotation.A, periodCode: "2" }]));
    dataOf(await set(otherPrincipal, there, [{ rotationDayId: other.rotation.B, periodCode: "2" }]));
    expect(conflictOf(await set(otherPrincipal, there, [{ rotationDayId: other.rotation.A, periodCode: "2" }])).message).toContain("Section HERE (HERE) in period 2, on 2026-10-05.");
  });
});

describe("a conflict of students", () => {
  it("is refused, and overridden only with a reason", async () => {
    const school = smallSchool(contract);
    const [one, two, principal] = [school.section("ONE"), school.section("TWO"), school.office(Role.Principal)] as const;
    const students = [1, 2, 3].map(() => school.student());
    for (const studentId of students) school.make.a("SectionEnrollment", { studentId, section: one, fromDate: "2026-08-17" });
    for (const studentId of students.slice(0, 2)) school.make.a("SectionEnrollment", { studentId, section: two, fromDate: "2026-09-01" });
    // She left ONE on the day on which she joined TWO: dates that only touch.
    school.make.a("SectionEnrollment", { studentId: school.student(), section: one, fromDate: "2026-08-17", toDate: "2026-09-14" });
    await school.make.save();
    const slots = [{ rotationDayId: school.rotation.A, periodCode: "2" }];
    dataOf(await set(principal, one, slots));
    const { message, kinds } = conflictOf(await set(principal, two, slots));
    expect(message).toBe("2 of the section's students sit in another section at that time: Section ONE (ONE) in period 2 on rotation day A, from 2026-08-17 to 2027-01-15. Choose another time, or go on with allowStudentConflicts and a reason.");
    expect(kinds).toEqual(["STUDENT"]);
    expect(codeOf(await set(principal, two, slots, { allowStudentConflicts: true }))).toBe("VALIDATION_FAILED");
    dataOf(await set(principal, two, slots, { allowStudentConflicts: true, reason: "Both attend band on concert weeks" }));
    const [entry] = await contract.platform.sql("SELECT reason, operation FROM journal.audit_entry WHERE record_type = 'MeetingPattern' AND district_id = $1 ORDER BY id DESC LIMIT 1", [school.make.districtId]);
    expect(entry).toEqual({ reason: "Both attend band on concert weeks", operation: "scheduleMeetings (for the district)" });
  });
});
