import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newDistrict, type Contract } from "#foundation/testing/contract";
import { stage } from "../../contract/stage.ts";
import { Chance } from "./chance.ts";
import { countEverything, expectFactsToBeRight, storedFacts } from "./expected-facts.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

const time = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
const codes = [["ABSENT", "UNEXCUSED"], ["ABSENT", "EXCUSED"], ["ABSENT", "SUSPENSION"], ["ABSENT", "ACTIVITY"], ["TARDY", "UNEXCUSED"], ["TARDY", "EXCUSED"], ["LEFT_EARLY", "EXCUSED"], ["LEFT_EARLY", "UNEXCUSED"], ["PRESENT_ELSEWHERE", "ACTIVITY"], ["PRESENT_ELSEWHERE", "REMOTE"], ["PRESENT_ELSEWHERE", "EXCUSED"]] as const;

/** Days of many students, each with a few meetings of its own shape and whatever teachers and two offices may have recorded. */
async function randomDays(seed: number, students: number) {
  const chance = new Chance(seed);
  const make = newDistrict(contract);
  const [home, center] = [make.a("School"), make.a("School")];
  const year = make.once("SchoolYear", { firstDay: "2026-08-01", endDay: "2027-07-01" });
  const track = make.a("CalendarTrack", { school: home, schoolYear: year });
  const dates = ["2026-09-01", "2026-09-02"];
  for (const date of dates) make.a("InstructionalDay", { track, school: home, date });
  const kinds = codes.map(([effect, excuse]) => make.a("AttendanceCode", { effect, excuse }));
  make.a("AttendancePolicy", { fromDate: "2026-09-02", absentShare: "33.33", tardyRule: "ANY_PERIOD", chronicShare: "10", chronicMinimumDays: 10, truancyUnexcusedDays: 10 });
  make.a("EarlierSchoolDay", { schoolId: home, date: dates[1] });
  for (let i = 0; i < students; i++) {
    const student = make.a("Student");
    make.a("SchoolEnrollment", { student, schoolId: home, schoolYearId: year, kind: "PRIMARY", entryDate: "2026-08-20" });
    for (const date of dates) {
      let begins = 480;
      // Some students have no schedule, and some days nobody took: these are what a former system tells of.
      const taken = chance.often(0.75) ? 0.7 : 0;
      for (let n = chance.often(0.85) ? chance.below(5) : -1; n >= 0; n--) {
        const schoolId = chance.often(0.8) ? home : center;
        const section = make.a("Section", { schoolId, schoolYearId: year });
        make.a("SectionEnrollment", { studentId: student, section, fromDate: "2026-08-20" });
        // Everything at tens of minutes, so that bells, calls and check-ins often meet.
        const length = 10 + 10 * chance.below(6);
        const meeting = make.a("ClassMeeting", { section, date, startTime: time(begins), endTime: time(begins + length), minutes: length, countsForAttendance: chance.often(0.9), status: chance.often(0.95) ? "SCHEDULED" : "CANCELLED" });
        // Now and then two at once, or right after one another.
        begins += chance.often(0.1) ? 0 : length + chance.below(2) * 10;
        if (chance.often(taken)) make.a("AttendanceSubmission", { classMeetingId: meeting });
        if (chance.often(0.5)) make.a("AttendanceEvent", { studentId: student, classMeetingId: meeting, code: chance.one(kinds), minutesMissed: chance.below(70) });
      }
      if (chance.often(0.4)) {
        const [code, missed] = [chance.often(0.8) ? chance.one(kinds) : null, chance.below(300)];
        make.a("EarlierDay", { studentId: student, schoolId: home, date, code, ...(code !== null && chance.often(0.5) ? { minutesMissed: missed, dayMinutes: 300 } : { minutesMissed: null, dayMinutes: chance.often(0.5) ? 300 : null }) });
      }
      for (let n = chance.often(0.8) ? chance.below(6) : 0; n > 0; n--) {
        const kind = chance.one(["CALL", "CALL", "CHECK_IN", "CHECK_IN", "CHECK_OUT", "NOTE", "BULK"]);
        const check = kind.startsWith("CHECK");
        const from = check || chance.often(0.6) ? 480 + 30 * chance.below(7) : null;
        make.a("OfficeEntry", { studentId: student, schoolId: chance.often(0.8) ? home : center, date, kind, fromTime: from === null ? null : time(from), toTime: check || from === null ? null : time(from + 30 + 30 * chance.below(4)), code: chance.one(kinds), verified: chance.often(0.85) });
      }
    }
  }
  await make.save();
  return make;
}

describe("the statement that counts days", () => {
  it.each([1, 2, 3, 4])("says of 120 random days what the rule says of each (seed %i)", async (seed) => {
    const make = await randomDays(seed, 60);
    await countEverything(contract.platform);
    expect(await expectFactsToBeRight(contract.platform, make.districtId)).toBe(120);
    const statuses = new Set((await storedFacts(contract.platform, make.districtId)).map((f) => f.status));
    expect(statuses).toEqual(new Set(["PRESENT", "TARDY", "ABSENT", "UNKNOWN"]));
    // The way of counting very many days says the same.
    const students = (await contract.platform.sql<{ id: string }>("SELECT id FROM students.student WHERE district_id = $1", [make.districtId])).map((row) => row.id);
    const both = ["daily_facts", "many_daily_facts"].map((name) => `SELECT * FROM attendance.${name}($1, $2, $3, $4)`) as [string, string];
    const spans = [make.districtId, students, students.map(() => "2026-01-01"), students.map(() => null)];
    for (const [one, other] of [both, [...both].reverse()]) expect(await contract.platform.sql(`${one} EXCEPT ${other}`, spans)).toEqual([]);
  });
});
