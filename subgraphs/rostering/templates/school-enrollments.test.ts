import { afterAll, beforeAll, expect, test } from "vitest";
import type { Contract } from "#foundation/testing/contract";
import { stage } from "../../contract/stage.ts";
import { twoSchools, type TwoSchools } from "../testing/two-schools.ts";
import { importFiles, inShort } from "../testing/template-files.ts";

let contract: Contract;
beforeAll(async () => void (contract = await stage()));
afterAll(() => contract.platform[Symbol.asyncDispose]());

const header = "student_number,school_code,grade_level,entry_date,entry_date_was,entry_code,last_day,exit_code,kind,full_time_share,no_show,history,school_name,remove";

/** Today is 14 October 2026; besides this year there is 2024-25, which is closed. */
async function district(): Promise<TwoSchools & { code: (school: string) => string; number: (student: string) => string }> {
  const set = twoSchools(contract);
  set.make.a("SchoolYear", { name: "2024-25", firstDay: "2024-08-01", endDay: "2025-08-01", status: "CLOSED" });
  return { ...set, code: (school) => String(set.make.valuesOf(school).code), number: (student) => String(set.make.valuesOf(student).studentNumber) };
}
const enrollmentsOf = (student: string) => contract.platform.sql<{ school: string; grade: string | null; kind: string; entry: string; exit: string | null; share: string; no_show: boolean; exit_code: string | null; version: number }>(
  `SELECT s.name AS school, g.code AS grade, e.kind, e.entry_date::text AS entry, e.exit_date::text AS exit, e.full_time_share::text AS share, e.no_show, e.entry_code, e.exit_code, e.version
   FROM students.school_enrollment e JOIN schools.school s ON s.id = e.school_id LEFT JOIN schools.grade_level g ON g.id = e.grade_level_id WHERE e.student_id = $1 AND e.archived_at IS NULL ORDER BY e.entry_date, s.name`, [student]);

test("what breaks a rule is left out with a sentence: no student, no school, no year, two primaries, an end beyond the year, a past year left open", async () => {
  const { make, student, oak, elm, code, number, ...set } = await district();
  const ada = student();
  make.a("EnrollmentCode", { kind: "EXIT", code: "W3", meaning: "WITHDRAWN" });
  await make.save();
  const row = (cells: string) => `${number(ada)},${cells}`;
  const { said, leftOut, changed } = await importFiles(contract, { make }, { "school-enrollments": [header,
    `nobody,${code(oak)},03,2026-09-01,,,,,,,,,,`,
    row("NOWHERE,03,2026-09-01,,,,,,,,,,"),
    row(`${code(elm)},03,2019-09-01,,,,,,,,,,`),
    row(`${code(elm)},03,2026-09-01,,,,,,,,,,`),
    row(`${code(oak)},03,2026-09-02,,,,,,,,,,`),
    row(`${code(elm)},02,2024-09-03,,,2025-08-15,,,,,,,`),
    row(`${code(elm)},02,2024-09-04,,,,,,,,,,`),
    row(`${code(elm)},14,2024-09-05,,,2025-05-01,,,,,,,`),
    row(`${code(elm)},02,2024-09-06,,,2025-05-01,X9,,,,,,`)] });
  expect(said).toEqual([
    expect.stringMatching(/^2: The row is left out\. The district has no student with this student number/),
    expect.stringMatching(/^3: .*no school with this code/), expect.stringMatching(/^4: .*No school year of the district contains 2019-09-01/),
    expect.stringMatching(/^5: .*primary enrollment from 2026-08-24 on at Oak/), expect.stringMatching(/^6: .*enrolled at this school already from 2026-08-24 on\. .*entry_date_was/),
    expect.stringMatching(/^7: .*lies after the school year 2024-25/), expect.stringMatching(/^8: .*2024-25 is over, and the row has no last day/),
    expect.stringMatching(/^9: .*no such grade level/), expect.stringMatching(/^10: .*no exit code "X9"\. Choose one of its list \(W3\)/),
  ]);
  expect([leftOut, changed]).toEqual([{ "school-enrollments": 9 }, 0]);
  expect(await enrollmentsOf(ada)).toHaveLength(1);
  expect(set.year).toBeTruthy();
});

test("history goes in beside what is there: closed years, a second school, a no-show, a change of school within the year; again it changes nothing", async () => {
  const { make, student, oak, elm, high, code, number } = await district();
  const ada = student();
  await make.save();
  const files = { "school-enrollments": [header,
    `${number(ada)},${code(elm)},KG,2024-08-19,,E1,2024-12-20,W3,,,,,,`,
    `${number(ada)},${code(oak)},K,2025-01-06,,,2025-06-05,,primary,1,,,,`,
    `${number(ada)},${code(high)},,2026-09-01,,,,,secondary,0.5,,,,`,
    `${number(ada)},${code(elm)},,2026-08-20,,,,,,,yes,,,`] };
  const made = await importFiles(contract, { make }, files);
  expect([made.said, made.counts]).toEqual([[], { SchoolEnrollment: { CREATED: 4 } }]);
  expect(await enrollmentsOf(ada)).toMatchObject([
    { school: "Elm", grade: "KG", entry: "2024-08-19", exit: "2024-12-21", entry_code: "E1", exit_code: "W3", kind: "PRIMARY", share: "1.000" },
    { school: "Oak", grade: "KG", entry: "2025-01-06", exit: "2025-06-06" },
    { school: "Elm", entry: "2026-08-20", exit: "2026-08-20", no_show: true },
    { school: "Oak", entry: "2026-08-24", exit: null },
    { school: "High", entry: "2026-09-01", kind: "SECONDARY", share: "0.500" },
  ]);
  expect(made.rows[0]).toMatchObject({ action: "CREATE", schoolId: elm, label: expect.stringContaining(`(${number(ada)}), ${code(elm)}, 2024-08-19`) });
  const audit = "SELECT count(*)::int AS n FROM journal.audit_entry";
  const [before] = await contract.platform.sql<{ n: number }>(audit);
  const again = await importFiles(contract, { make }, files);
  expect([again.changed, new Set(again.rows.map(({ action }) => action)), await contract.platform.sql(audit)]).toEqual([0, new Set(["UNCHANGED"]), [before]]);
});

test("a correction changes what the file says anew; a wrong entry date goes by entry_date_was; what the office changed stays", async () => {
  const { make, student, oak, elm, code, number } = await district();
  const [ada, ben] = [student({}, null), student({}, { fullTimeShare: "1.000" })];
  await make.save();
  const line = (cells: string) => `${number(ada)},${code(oak)},${cells}`;
  await importFiles(contract, { make }, { "school-enrollments": [header, line("03,2026-08-24,,,,,,,,,,"), `${number(ada)},${code(elm)},02,2024-08-19,,,2025-06-05,,,,,,,`] });
  const corrected = { "school-enrollments": [header, line("04,2026-08-26,2026-08-24,E2,,,,,,,,"), `${number(ada)},${code(elm)},02,2024-08-19,,,2025-05-30,,,,,,,`, `${number(ben)},${code(oak)},03,2026-08-17,2026-08-24,E1,,,,0.5,,,,`] };
  const { said, rows } = await importFiles(contract, { make }, corrected);
  expect(await enrollmentsOf(ada)).toMatchObject([{ school: "Elm", exit: "2025-05-31", version: 2 }, { school: "Oak", grade: "04", entry: "2026-08-26", version: 2 }]);
  expect(await enrollmentsOf(ben)).toMatchObject([{ entry: "2026-08-17", share: "1.000", grade: "03" }]);
  expect(said).toEqual(["4: The district's own full time share stays as it is: the record was here before the file named it. Change it by hand if the file is right."]);
  expect(inShort(rows)[0]).toBe(`CREATE ${number(ada)}|${code(oak)}|2026-08-26 SchoolEnrollment:UPDATED:2`);
  expect((await importFiles(contract, { make }, corrected)).changed).toBe(0);
  await contract.platform.sql("UPDATE students.school_enrollment SET entry_code = 'MINE', version = version + 1 WHERE student_id = $1 AND entry_date = '2026-08-26'", [ada]);
  const later = await importFiles(contract, { make }, { "school-enrollments": [header, line("04,2026-08-26,,E3,,,,,,,,"), line("04,2026-08-26,,E3,,,,,,,,").replace("2026-08-26", "2026-08-27")] });
  expect(later.said).toEqual([expect.stringContaining("2: The district's own entry code stays as it is: somebody has changed the record"), expect.stringContaining("3: The row is left out. The student is enrolled at this school already from 2026-08-26 on")]);
});

test("remove takes back what the import brought and nothing else, and nothing that somebody has changed", async () => {
  const { make, student, oak, elm, code, number } = await district();
  const [ada, ben, eve] = [student({}, null), student({}, null), student()];
  await make.save();
  const line = (who: string, remove = "") => `${number(who)},${code(elm)},02,2024-08-19,,,2025-06-05,,,,,,,${remove}`;
  await importFiles(contract, { make }, { "school-enrollments": [header, line(ada), line(ben)] });
  await contract.platform.sql("UPDATE students.school_enrollment SET exit_code = 'W9' WHERE student_id = $1", [ben]);
  const { rows, said, changed } = await importFiles(contract, { make }, { "school-enrollments": [header, line(ada, "yes"), line(ben, "yes"), `${number(eve)},${code(oak)},03,2026-08-24,,,,,,,,,,yes`] });
  expect(inShort(rows)).toEqual([`WITHDRAW ${number(ada)}|${code(elm)}|2024-08-19 SchoolEnrollment:ARCHIVED:2`, `WITHDRAW ${number(ben)}|${code(elm)}|2024-08-19`, `UNCHANGED ${number(eve)}|${code(oak)}|2026-08-24`]);
  expect([said, changed]).toEqual([["3: It is not taken back: somebody has changed its exit code since the import. Take it back by hand if that is right."], 1]);
  expect([await enrollmentsOf(ada), (await enrollmentsOf(ben)).length, (await enrollmentsOf(eve)).length]).toEqual([[], 1, 1]);
});

test("an earlier end takes the student off the rosters, and tells what attendance it leaves outside", async () => {
  const { make, student, oak, code, number } = await district();
  const ada = student({}, null);
  make.a("SchoolEnrollment", { student: ada, schoolId: oak, schoolYearId: make.once("SchoolYear"), entryDate: "2026-08-24" });
  const section = make.a("Section", { schoolId: oak, schoolYearId: make.once("SchoolYear") });
  const roster = make.a("SectionEnrollment", { studentId: ada, section, schoolId: oak, fromDate: "2026-08-24" });
  make.a("OfficeEntry", { studentId: ada, schoolId: oak, date: "2026-10-06", kind: "CALL", fromTime: null, toTime: null, code: make.a("AttendanceCode", { effect: "ABSENT", excuse: "EXCUSED" }) });
  await make.save();
  const { said, rows } = await importFiles(contract, { make }, { "school-enrollments": [header, `${number(ada)},${code(oak)},,2026-08-24,,,2026-09-30,,,,,,,`] });
  expect(said).toEqual([expect.stringMatching(/^2: 1 attendance entry \(2026-10-06\) would lie outside of the student's enrollment/)]);
  expect(rows[0]!.changes.map(({ recordType, recordId }) => [recordType, recordId === roster])).toEqual([["SchoolEnrollment", false], ["SectionEnrollment", true]]);
  expect(await contract.platform.sql("SELECT to_date::text FROM academics.section_enrollment WHERE id = $1", [roster])).toEqual([{ to_date: "2026-10-01" }]);
});

test("a school of another district is kept with the source's records, and makes no member", async () => {
  const { make, student, number } = await district();
  const ada = student({}, null);
  await make.save();
  const files = { "school-enrollments": [header, `${number(ada)},,05,2019-09-01,,,2020-06-01,,,,,earlier,Lakeview Elementary (Ohio),`] };
  const made = await importFiles(contract, { make }, files);
  expect([made.counts, made.rows[0]!.action]).toEqual([{ SourceRecord: { CREATED: 1 } }, "CREATE"]);
  expect(await contract.platform.sql("SELECT file, values ->> 'school_name' AS school FROM rostering.source_record WHERE district_id = $1", [make.districtId])).toEqual([{ file: "school-enrollments", school: "Lakeview Elementary (Ohio)" }]);
  expect([(await importFiles(contract, { make }, files)).changed, await enrollmentsOf(ada)]).toEqual([0, []]);
});

test("what a clerk has decided holds: rows that are left alone, values that stand for others; a school code without its zeros", async () => {
  const { make, student, code, number } = await district();
  const [ada, ben] = [student({}, null), student({}, null)];
  const school = make.a("School", { code: "0017", name: "Pine" });
  await make.save();
  const line = (who: string, at: string, grade: string) => `${number(who)},${at},${grade},2026-09-01,,,,,,,,,,`;
  const files = { "school-enrollments": [header, line(ada, "17", "third"), line(ben, "PINE-EAST", "04")] };
  const refused = await importFiles(contract, { make }, files);
  expect(refused.said).toEqual([expect.stringMatching(/^2: .*no such grade level/), expect.stringMatching(/^3: .*no school with this code/)]);
  const decided = { codes: new Map([["school-enrollments.csv grade_level third", "03"], ["school-enrollments.csv school_code PINE-EAST", "0017"]]), excluded: new Set([`school-enrollments.csv ${number(ben)}|PINE-EAST|2026-09-01`]) };
  const { rows, said } = await importFiles(contract, { make }, files, { decisions: decided });
  expect([said, rows.map(({ action, schoolId, changes }) => [action, schoolId, changes.length])]).toEqual([[], [["CREATE", school, 1], ["EXCLUDED", null, 0]]]);
  expect(await enrollmentsOf(ada)).toMatchObject([{ school: "Pine", grade: "03" }]);
  await importFiles(contract, { make }, files, { decisions: { codes: decided.codes } });
  expect(await enrollmentsOf(ben)).toMatchObject([{ school: "Pine", grade: "04" }]);
  expect(code(school)).toBe("0017");
});
