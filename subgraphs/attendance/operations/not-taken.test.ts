import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Role } from "#foundation/identity/role";
import { codeOf, dataOf, type Contract } from "#foundation/testing/contract";
import { signedIn } from "#foundation/testing/personas";
import { stage } from "../../contract/stage.ts";
import { documents, someSchoolDays, week } from "../tests/school.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

const list = "query($schoolId: ID!, $date: Day) { notTaken(schoolId: $schoolId, date: $date) { periodCode startTime students classMeeting { id } section { id } takers { standsIn person { id } } } }";
interface NotTaken { notTaken: { periodCode: string; startTime: string; students: number; classMeeting: { id: string }; section: { id: string }; takers: { standsIn: boolean; person: { id: string } }[] }[] }

describe("the list of meetings not taken", () => {
  it("is for the offices of the school", async () => {
    const { schoolId, teacher, call, make, students } = await someSchoolDays(contract);
    const parent = signedIn(make, contract.reaches.guardian_student!(make, students[0]!, { role: Role.Parent }), [Role.Parent]);
    const elsewhere = signedIn(make, contract.reaches.at_school_school!(make, make.a("School"), { role: Role.Principal }), [Role.Principal, Role.Staff]);
    await make.save();
    for (const identity of [teacher, parent, elsewhere]) expect(codeOf(await call(identity, list, { schoolId, date: week.wednesday }))).toBe("FORBIDDEN");
  });

  it("names the meetings with students that nobody has taken, by their time, with who was to take them", async () => {
    const { schoolId, teacher, coTeacher, otherTeacher, clerk, secretary, call, make, sections, meetings } = await someSchoolDays(contract);
    const personId = make.a("Person");
    make.a("SubstituteAssignment", { personId, sectionId: sections[1], fromDate: week.wednesday, toDate: week.thursday });
    // Nobody on the roster, a period that does not count, one that was cancelled.
    make.a("ClassMeeting", { section: make.a("Section", { schoolId, schoolYearId: make.once("SchoolYear") }), date: week.wednesday, periodCode: "7" });
    make.a("ClassMeeting", { section: sections[0], date: week.wednesday, periodCode: "L", countsForAttendance: false });
    make.a("ClassMeeting", { section: sections[0], date: week.wednesday, periodCode: "8", status: "CANCELLED" });
    await make.save();
    const ask = async (date?: string) => dataOf<NotTaken>(await call(clerk, list, { schoolId, ...(date ? { date } : {}) })).notTaken;
    const all = await ask();
    expect(all.map((m) => [m.periodCode, m.startTime, m.students, m.classMeeting.id])).toEqual([["1", "08:00", 4, meetings[week.wednesday]![0]], ["2", "08:55", 4, meetings[week.wednesday]![1]], ["3", "10:00", 4, meetings[week.wednesday]![2]]]);
    expect(all[0]!.takers.map((t) => t.person.id).sort()).toEqual([teacher.personId, coTeacher.personId].sort());
    expect(all[1]!.takers).toEqual([{ standsIn: false, person: { id: otherTeacher.personId } }, { standsIn: true, person: { id: personId } }]);
    expect(all[2]!.takers).toEqual([]);
    dataOf(await call(teacher, documents.take, { input: { classMeetingId: meetings[week.wednesday]![0], entries: [] } }));
    expect((await ask(week.wednesday)).map((m) => m.periodCode)).toEqual(["2", "3"]);
    expect((await ask(week.tuesday)).map((m) => m.periodCode)).toEqual(["1", "2", "3"]);
    expect(await ask("2026-10-18")).toEqual([]);
    expect(codeOf(await call(secretary, list, { schoolId }))).toBeUndefined();
  });
});
