import { afterAll, beforeAll, expect, test } from "vitest";
import type { Contract } from "#foundation/testing/contract";
import { stage } from "../../contract/stage.ts";
import { countEverything, expectFactsToBeRight } from "./expected-facts.ts";
import { Term, weekdays } from "./term.ts";

let contract: Contract;
beforeAll(async () => void (contract = await stage()));
afterAll(() => contract.platform[Symbol.asyncDispose]());

const dates = weekdays("2026-08-31", 20);
const september = `from: "2026-08-31", to: "2026-10-01"`;

test("20 days of membership of which a former system knew 18: 2 absent, 16 attended", async () => {
  const term = new Term(contract, dates);
  const school = term.school({ untaken: dates });
  // A student of the school whom no section has: nothing was ever scheduled for her.
  const student = term.make.a("Student");
  term.make.a("SchoolEnrollment", { student, schoolId: school.schoolId, schoolYearId: term.year, entryDate: "2026-08-20" });
  await term.save();
  // Before: nothing is known, and nothing is claimed.
  expect(await term.figures(school.principal, "Student", student, september)).toMatchObject({ membershipDays: 20, countedDays: 0, rate: null, meetings: 0, coverage: null, chronicallyAbsent: false });
  for (const date of dates.slice(0, 18)) term.make.a("EarlierSchoolDay", { schoolId: school.schoolId, date });
  for (const date of dates.slice(0, 2)) term.make.a("EarlierDay", { studentId: student, schoolId: school.schoolId, date, code: term.codes.unexcused, minutesMissed: null, dayMinutes: null });
  term.make.a("EarlierDay", { studentId: student, schoolId: school.schoolId, date: dates[2], code: term.codes.tardy, minutesMissed: null, dayMinutes: null });
  await term.save();
  // 16 / 18 = 0.8889; 2 of 20 days of membership are 10 %: chronically absent. Two days nobody knew of: 18 counted of 20.
  expect(await term.figures(school.principal, "Student", student, september)).toMatchObject({
    membershipDays: 20, countedDays: 18, daysAbsent: 2, unexcusedDays: 2, daysAttended: 16, tardies: 1, rate: "0.8889", meetings: 18, meetingsTaken: 18, coverage: "1.0000", chronicallyAbsent: true });
  await expectFactsToBeRight(contract.platform, term.make.districtId);
});

test("what is taken or told here goes before, and what is taken back here lets it count again", async () => {
  const term = new Term(contract, dates);
  const school = term.school({ untaken: dates });
  const student = term.student(school);
  for (const date of dates) term.make.a("EarlierDay", { studentId: student, schoolId: school.schoolId, date, code: term.codes.excused, minutesMissed: null, dayMinutes: null });
  await term.save();
  expect(await term.figures(school.principal, "Student", student, september)).toMatchObject({ countedDays: 20, daysAbsent: 20, meetings: 20, meetingsTaken: 20, coverage: "1.0000", rate: "0.0000" });
  term.make.a("AttendanceSubmission", { classMeetingId: school.meetings.get(dates[0]!) });
  await term.save();
  expect(await term.figures(school.principal, "Student", student, september)).toMatchObject({ daysAbsent: 19, daysAttended: 1 });
  await contract.platform.sql("UPDATE attendance.attendance_submission SET archived_at = now() WHERE district_id = $1", [term.make.districtId]);
  await contract.platform.sql("UPDATE attendance.attendance_code SET excuse = 'ACTIVITY' WHERE id = $1", [term.codes.excused]);
  await countEverything(contract.platform);
  expect(await term.figures(school.principal, "Student", student, september)).toMatchObject({ countedDays: 20, daysAbsent: 0, daysAttended: 20 });
  await contract.platform.sql("UPDATE attendance.earlier_day SET archived_at = now() WHERE district_id = $1 AND date > $2", [term.make.districtId, dates[4]]);
  await countEverything(contract.platform);
  expect(await term.figures(school.principal, "Student", student, september)).toMatchObject({ membershipDays: 20, countedDays: 5, meetings: 20, meetingsTaken: 5, coverage: "0.2500" });
  await expectFactsToBeRight(contract.platform, term.make.districtId);
});

test("a school's day speaks of its own students alone, and of days of membership", async () => {
  const term = new Term(contract, dates);
  const [here, there] = [term.school({ untaken: dates }), term.school({ untaken: dates })];
  const [ours, theirs] = [term.student(here, { to: "2026-09-07" }), term.student(there)];
  for (const date of dates) term.make.a("EarlierSchoolDay", { schoolId: here.schoolId, date });
  await term.save();
  expect(await term.figures(here.principal, "Student", ours, september)).toMatchObject({ membershipDays: 5, countedDays: 5, rate: "1.0000" });
  expect(await term.figures(there.principal, "Student", theirs, september)).toMatchObject({ membershipDays: 20, countedDays: 0, rate: null, coverage: "0.0000" });
  await contract.platform.sql("UPDATE attendance.earlier_school_day SET archived_at = now() WHERE district_id = $1", [term.make.districtId]);
  await countEverything(contract.platform);
  expect(await term.figures(here.principal, "Student", ours, september)).toMatchObject({ countedDays: 0 });
});
