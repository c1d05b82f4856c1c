import { afterAll, beforeAll, expect, test } from "vitest";
import { Role } from "#foundation/identity/role";
import { dataOf, type Contract } from "#foundation/testing/contract";
import { stage } from "../../contract/stage.ts";
import { importFiles, inShort } from "../testing/template-files.ts";
import { twoSchools } from "../testing/two-schools.ts";

let contract: Contract;
beforeAll(async () => void (contract = await stage()));
afterAll(() => contract.platform[Symbol.asyncDispose]());

const header = "student_number,school_code,date,status,code,minutes_missed,day_minutes,remove";
/** Ten days of instruction, 31 August to 11 September 2026; today is 14 October. */
const dates = ["2026-08-31", "2026-09-01", "2026-09-02", "2026-09-03", "2026-09-04", "2026-09-07", "2026-09-08", "2026-09-09", "2026-09-10", "2026-09-11"];

async function district() {
  const set = twoSchools(contract);
  for (const date of dates) set.make.a("InstructionalDay", { track: set.tracks.oak, school: set.oak, date });
  const code = (code: string, effect: string, excuse: string) => set.make.a("AttendanceCode", { code, effect, excuse });
  code("U", "ABSENT", "UNEXCUSED"); code("E", "ABSENT", "EXCUSED"); code("T", "TARDY", "UNEXCUSED");
  const [ada, ben] = [set.student({}, { entryDate: "2026-08-31" }), set.student({}, { entryDate: "2026-08-31", exitDate: "2026-09-08" })];
  const superintendent = set.onDuty(Role.Superintendent, null);
  await set.make.save();
  const number = (student: string) => String(set.make.valuesOf(student).studentNumber);
  return { ...set, ada, ben, superintendent, oakCode: String(set.make.valuesOf(set.oak).code), elmCode: String(set.make.valuesOf(set.elm).code), number };
}

async function countDays(): Promise<void> {
  while ((await contract.platform.database.pool.query<{ n: number }>("SELECT access.count_attendance_days(5000) AS n")).rows[0]!.n > 0);
}

/** A student's figures over the ten days, as the graph tells them. */
async function figuresOf(set: Awaited<ReturnType<typeof district>>, student: string) {
  await countDays();
  const document = `query($ids: [ID!]!) { _entities(representations: [{ __typename: "Student", id: "${student}" }]) { ... on Student { attendance(from: "2026-08-31", to: "2026-09-12") { membershipDays countedDays daysAttended daysAbsent tardies rate meetings meetingsTaken coverage chronicallyAbsent } } } }`.replace("($ids: [ID!]!) ", " ");
  return dataOf<{ _entities: { attendance: Record<string, unknown> }[] }>(await contract.platform.call("attendance", set.superintendent, document))._entities[0]!.attendance;
}

test("nothing is recorded for days without membership or instruction, after a withdrawal, on locked days, for the future, or with codes that nobody knows", async () => {
  const set = await district();
  const { make, ada, ben, oak, oakCode, elmCode, number } = set;
  make.a("AttendanceLock", { schoolId: oak, throughDate: "2026-09-01" });
  await make.save();
  const { said, leftOut, changed } = await importFiles(contract, set, { "daily-attendance": [header,
    "nobody,,2026-09-03,present,,,,",
    `${number(ada)},,2026-09-05,present,,,,`,
    `${number(ben)},,2026-09-08,code,U,,,`,
    `${number(ada)},${elmCode},2026-09-03,code,U,,,`,
    `${number(ada)},,2026-09-01,code,U,,,`,
    `${number(ada)},,2026-09-04,code,ZZ,,,`,
    `,${oakCode},2026-10-30,taken,,,,`,
    `,${oakCode},2026-09-06,taken,,,,`] });
  expect(said).toEqual([
    expect.stringMatching(/^2: .*no student with this student number/), expect.stringMatching(/^3: .*the school was not in session/), expect.stringMatching(/^4: .*nor after a withdrawal/),
    expect.stringMatching(/^5: .*not enrolled at Elm/), expect.stringMatching(/^6: .*locked through 2026-09-01/), expect.stringMatching(/^7: .*no attendance code "ZZ"/),
    expect.stringMatching(/^8: .*2026-10-30 is still to come/), expect.stringMatching(/^9: .*not in session on 2026-09-06/),
  ]);
  expect([leftOut, changed]).toEqual([{ "daily-attendance": 8 }, 0]);
});

test("a history of exceptions: ten days, two absent, one tardy; the rate before and after", async () => {
  const set = await district();
  const { ada, ben, oakCode, number } = set;
  // Before: nobody knows anything, and no rate is claimed.
  expect(await figuresOf(set, ada)).toMatchObject({ membershipDays: 10, countedDays: 0, rate: null, coverage: null, chronicallyAbsent: false });
  const files = { "daily-attendance": [header, ...dates.map((date) => `,${oakCode},${date},taken,,,,`),
    `${number(ada)},,2026-09-01,code,U,,,`, `${number(ada)},${oakCode},2026-09-02,code,E,180,360,`, `${number(ada)},,2026-09-03,code,E,179,360,`, `${number(ada)},,2026-09-04,code,T,,,`, `${number(ben)},,2026-09-03,code,U,,,`] };
  const made = await importFiles(contract, set, files);
  expect([made.said, made.counts]).toEqual([[], { EarlierSchoolDay: { CREATED: 10 }, EarlierDay: { CREATED: 5 } }]);
  // 10 days known; 1 September whole and 180 of 360 minutes on the 2nd are absences, 179 on the 3rd are none: 8 / 10, and 2 of 10 days are chronic.
  expect(await figuresOf(set, ada)).toEqual({ membershipDays: 10, countedDays: 10, daysAttended: 8, daysAbsent: 2, tardies: 1, rate: "0.8000", meetings: 10, meetingsTaken: 10, coverage: "1.0000", chronicallyAbsent: true });
  // He left after six days: absent on 1 of 6, and too few days to be called chronic.
  expect(await figuresOf(set, ben)).toMatchObject({ membershipDays: 6, countedDays: 6, daysAbsent: 1, rate: "0.8333", chronicallyAbsent: false });
  const again = await importFiles(contract, set, files);
  expect([again.changed, new Set(again.rows.map(({ action }) => action))]).toEqual([0, new Set(["UNCHANGED"])]);
});

test("days of their own, present ones too; a correction counts anew; what is taken back is unknown again", async () => {
  const set = await district();
  const { ada, number } = set;
  const line = (date: string, rest: string) => `${number(ada)},,${date},${rest}`;
  await importFiles(contract, set, { "daily-attendance": [header, ...dates.slice(0, 4).map((date) => line(date, "present,,,,")), line(dates[4]!, "code,U,,,")] });
  // 4 / 5, of ten days.
  expect(await figuresOf(set, ada)).toMatchObject({ countedDays: 5, daysAbsent: 1, rate: "0.8000" });
  const { rows } = await importFiles(contract, set, { "daily-attendance": [header, line(dates[0]!, "code,E,,,"), line(dates[1]!, "present,,,,yes"), line(dates[4]!, "present,,,,")] });
  expect(inShort(rows)).toEqual([`CHANGE ${number(ada)}|${dates[0]} EarlierDay:UPDATED:2`, `WITHDRAW ${number(ada)}|${dates[1]} EarlierDay:ARCHIVED:2`, `CHANGE ${number(ada)}|${dates[4]} EarlierDay:UPDATED:2`]);
  // 3 / 4: the 1st is absent now, the 2nd unknown, the 5th attended.
  expect(await figuresOf(set, ada)).toMatchObject({ countedDays: 4, daysAbsent: 1, daysAttended: 3, rate: "0.7500" });
});

test("calendar, enrollment and attendance of a year go in together", async () => {
  const set = await district();
  const eve = set.student({}, null);
  await set.make.save();
  const result = await importFiles(contract, set, {
    "calendar-days": ["school_code,date,instructional", `${set.elmCode},2026-09-01,yes`, `${set.elmCode},2026-09-02,yes`],
    "school-enrollments": ["student_number,school_code,entry_date,grade_level", `${set.number(eve)},${set.elmCode},2026-09-01,02`],
    "daily-attendance": ["student_number,date,status,code", `${set.number(eve)},2026-09-01,present,`, `${set.number(eve)},2026-09-02,code,U`],
  });
  expect([result.said, result.counts]).toEqual([[], { InstructionalDay: { CREATED: 2 }, SchoolEnrollment: { CREATED: 1 }, EarlierDay: { CREATED: 2 } }]);
  expect(await figuresOf(set, eve)).toMatchObject({ membershipDays: 2, countedDays: 2, daysAbsent: 1, rate: "0.5000" });
});
