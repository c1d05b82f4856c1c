import { describe, expect, test } from "vitest";
import type { TestPlatform } from "#foundation/testing/test-platform";
import { schools } from "../domains.ts";
import { exported } from "../export/testing/exported.ts";
import { edited } from "../oneroster/fixtures/build-package.ts";
import { eachImportingTest, importingDistrict, type ImportingDistrict } from "../testing/importing-district.ts";

let platform: TestPlatform;
let harbor: ImportingDistrict;
let files: Record<string, string>;
eachImportingTest((test) => ({ platform, harbor, files } = test));

const added = (file: string, ...lines: string[]): Record<string, string> => ({ ...files, [file]: `${files[file]!.trimEnd()}\n${lines.join("\n")}\n` });
const notes = (result: { notes: readonly { message: string }[] }): string => result.notes.map(({ message }) => message).join("\n");

test("courses with code and subject, sections with course, school, terms, kind and room, and when they meet", async () => {
  const result = await harbor.load(files);
  expect(result.counts).toMatchObject({ Course: { CREATED: 2 }, Subject: { CREATED: 2 }, Section: { CREATED: 2 }, SectionTerm: { CREATED: 2 }, Room: { CREATED: 2 }, MeetingPattern: { CREATED: 2 }, SectionEnrollment: { CREATED: 3 }, TeachingAssignment: { CREATED: 2 } });
  expect(await harbor.rows("SELECT c.code, c.title, s.code AS subject, s.title AS subject_title FROM academics.course c JOIN academics.subject s ON s.id = c.subject_id WHERE c.district_id = $1 ORDER BY 1")).toEqual([
    { code: "HR3", title: "Grade 3", subject: "NOT-STATED", subject_title: "Not stated" }, { code: "MA101", title: "Algebra I", subject: "MAT", subject_title: "Mathematics" },
  ]);
  expect(await harbor.rows(`SELECT s.code, s.title, s.kind, c.code AS course, o.name AS school, s.first_day::text, s.end_day::text, array(SELECT t.name FROM academics.section_term st JOIN schools.term t ON t.id = st.term_id WHERE st.section_id = s.id ORDER BY 1) AS terms,
      array(SELECT p.period_code || ' in ' || r.number FROM academics.meeting_pattern p JOIN schools.room r ON r.id = p.room_id WHERE p.section_id = s.id ORDER BY 1) AS meets
    FROM academics.section s JOIN academics.course c ON c.id = s.course_id JOIN schools.school o ON o.id = s.school_id WHERE s.district_id = $1 ORDER BY 1`)).toEqual([
    { code: "MA101-1", title: "Algebra I (1)", kind: "SCHEDULED", course: "MA101", school: "Tidewater High", first_day: "2024-08-19", end_day: "2025-06-07", terms: ["Fall", "Spring"], meets: ["1 in B12", "2 in B12"] },
    { code: "k-hr-3", title: "Grade 3 Ito", kind: "HOMEROOM", course: "HR3", school: "Lantern Elementary", first_day: "2024-08-19", end_day: "2025-06-07", terms: [], meets: [] },
  ]);
});

test("a course whose source names no subject has the district's code for that, which no export tells to others", async () => {
  await harbor.load(files);
  const subjects = async (speaks: string | null) => (await exported(platform, harbor.id, { speaks })).rows("courses").map(({ courseCode, subjects, subjectCodes }) => [courseCode, subjects, subjectCodes]).sort();
  const told = [["HR3", "", ""], ["MA101", "Mathematics", "MAT"]];
  expect([await subjects(null), await subjects("harbor")]).toEqual([told, told]);
  expect((await exported(platform, harbor.id)).rows("classes").map(({ subjects }) => subjects).sort()).toEqual(["", "Mathematics"]);
});

test("rosters with their days: the same student once in each semester, and until the section ends where no day is given", async () => {
  await harbor.load(files);
  expect(await harbor.rosters()).toEqual(["Ada in Algebra I (1) 2024-08-19..2025-01-11", "Ada in Algebra I (1) 2025-01-11..2025-06-07", "Ben in Grade 3 Ito 2024-08-19.."]);
  expect(await harbor.teaching()).toEqual(["Mei LEAD Algebra I (1) 2024-08-19..2025-06-07", "Mei LEAD Grade 3 Ito 2024-08-19..2025-06-07"]);
});

test("again changes nothing, whatever the day", async () => {
  await harbor.load(files);
  harbor.on("2025-02-03");
  expect((await harbor.load(files)).counts).toEqual({});
});

test("who is new later comes then; days outside of the section's are cut; days that another row has are counted once", async () => {
  await harbor.load(files);
  harbor.on("2024-11-05");
  const result = await harbor.load(added("enrollments.csv", "e6,,,k-hr-3,s1,u-ada,student,,,", "e7,,,k-hr-3,s1,u-ada,student,,2024-12-01,2025-02-01", "e8,,,k-alg-1,s2,u-ben,student,,2024-06-01,2025-07-30", "e9,,,k-alg-1,s2,u-ben,student,,2026-01-01,2026-02-01"));
  expect(await harbor.rosters()).toEqual([
    "Ada in Algebra I (1) 2024-08-19..2025-01-11", "Ada in Algebra I (1) 2025-01-11..2025-06-07", "Ada in Grade 3 Ito 2024-11-05..",
    "Ben in Algebra I (1) 2024-08-19..2025-06-07", "Ben in Grade 3 Ito 2024-08-19..",
  ]);
  expect(notes(result)).toMatch(/lie outside of those in which the section is taught/);
  expect(notes(result)).toMatch(/by another row already\. They are counted once/);
  expect(await harbor.rows("SELECT sourced_id, values ->> 'endDate' AS end FROM rostering.source_record WHERE district_id = $1 AND file = 'enrollments' AND sourced_id IN ('e8', 'e9') ORDER BY 1")).toEqual([{ sourced_id: "e8", end: "2025-07-30" }, { sourced_id: "e9", end: "2026-02-01" }]);
});

test("two rows with one code and title are one course; another title under the code is another", async () => {
  const result = await harbor.load(added("courses.csv", "c-alg-2,,,y25,Algebra I,MA101,09,s1,Mathematics,MAT", "c-art,,,y25,Art,MA101,,s1,,"));
  expect(await harbor.rows("SELECT title FROM academics.course WHERE district_id = $1 ORDER BY 1")).toEqual([{ title: "Algebra I" }, { title: "Art" }, { title: "Grade 3" }]);
  expect(notes(result)).toMatch(/The code MA101 is that of the course "Algebra I" already/);
  expect((await harbor.load(added("courses.csv", "c-alg-2,,,y25,Algebra I,MA101,09,s1,Mathematics,MAT", "c-art,,,y25,Art,MA101,,s1,,"))).changed).toBe(0);
});

test("two classes with one code are two sections", async () => {
  await harbor.load(added("classes.csv", "k-alg-2,,,Algebra I (2),09,c-alg,MA101-1,scheduled,B12,s2,f25,,,3"));
  expect(await harbor.rows("SELECT code FROM academics.section WHERE district_id = $1 AND title LIKE 'Algebra%' ORDER BY 1")).toEqual([{ code: "MA101-1" }, { code: "MA101-1 k-alg-2" }]);
});

describe("who teaches", () => {
  const teachers = "e10,,,k-alg-1,s2,u-voss,teacher,false,2024-08-19,";

  test("beside a primary teacher as a co-teacher, helping as an aide, and in the lead where nobody is primary", async () => {
    const withAide = { ...added("enrollments.csv", teachers, "e11,,,k-alg-1,s2,u-aide,teacher,false,2024-08-19,"), "users.csv": `${files["users.csv"]!.trimEnd()}\nu-aide,,,true,s2,aide,aide,,Ari,Dale,,,,,,,,\n` };
    await harbor.load(withAide);
    expect(await harbor.teaching()).toEqual(["Ari AIDE Algebra I (1) 2024-08-19..", "Hana CO_TEACHER Algebra I (1) 2024-08-19..", "Mei LEAD Algebra I (1) 2024-08-19..2025-06-07", "Mei LEAD Grade 3 Ito 2024-08-19..2025-06-07"]);
    await harbor.load(edited(withAide, "enrollments.csv", "k-alg-1,s2,u-ito,teacher,true", "k-alg-1,s2,u-ito,teacher,false"));
    expect((await harbor.teaching()).filter((line) => line.includes("Algebra"))).toEqual(["Ari AIDE Algebra I (1) 2024-08-19..", "Hana LEAD Algebra I (1) 2024-08-19..", "Mei LEAD Algebra I (1) 2024-08-19..2025-06-07"]);
  });

  test.each([
    ["a student", "e10,,,k-alg-1,s2,u-ben,teacher,true,,"],
    ["a parent", "e10,,,k-alg-1,s2,u-lea,teacher,true,,"],
  ])("never %s, whatever the row says", async (_, line) => {
    const result = await harbor.load(added("enrollments.csv", line));
    expect(await harbor.teaching()).toHaveLength(2);
    expect(notes(result)).toMatch(/gives no reach and is left out/);
  });

  test("nobody with a disabled account, nor an administrator or a proctor of a class; the rows are kept", async () => {
    const disabled = edited(added("enrollments.csv", "e10,,,k-alg-1,s2,u-voss,administrator,,,", "e11,,,k-alg-1,s2,u-voss,proctor,,,"), "users.csv", "u-ito,,,true", "u-ito,,,false");
    await harbor.load(disabled);
    expect(await harbor.teaching()).toEqual([]);
    expect(await harbor.rows("SELECT sourced_id, values ->> 'role' AS role, values ->> 'userSourcedId' AS who FROM rostering.source_record WHERE district_id = $1 AND file = 'enrollments' AND values ? 'role' ORDER BY 1")).toEqual([
      { sourced_id: "e10", role: "administrator", who: "u-voss" }, { sourced_id: "e11", role: "proctor", who: "u-voss" }, { sourced_id: "e4", role: "teacher", who: "u-ito" }, { sourced_id: "e5", role: "teacher", who: "u-ito" },
    ]);
    await harbor.load(files);
    expect(await harbor.teaching()).toHaveLength(2);
  });

  test("and nobody is made a student by a row", async () => {
    const result = await harbor.load(added("enrollments.csv", "e10,,,k-alg-1,s2,u-ito,student,,,"));
    expect(await harbor.rosters()).toHaveLength(3);
    expect(notes(result)).toMatch(/enrolled as a student and is none/);
  });
});

test("a class in a grading period is taught in a term of those days", async () => {
  const quarter = edited(files, "classes.csv", '"f25,p25"', "q1");
  await harbor.load({ ...quarter, "academicSessions.csv": `${files["academicSessions.csv"]!.trimEnd()}\nq1,,,Q1,gradingPeriod,2024-08-19,2024-10-19,f25,2025\n` });
  expect(await harbor.rows("SELECT first_day::text, end_day::text FROM academics.section WHERE district_id = $1 AND code = 'MA101-1'")).toEqual([{ first_day: "2024-08-19", end_day: "2024-10-19" }]);
  expect(await harbor.rows("SELECT name FROM schools.grading_period WHERE district_id = $1")).toEqual([{ name: "Q1" }]);
  expect((await harbor.rosters()).filter((line) => line.includes("Algebra"))).toEqual(["Ada in Algebra I (1) 2024-08-19..2024-10-19"]);
});

test("meetings follow where the school's bells ring for the period; another period is told and kept", async () => {
  await harbor.load(edited(files, "classes.csv", '"1,2"', '"1(A),7"'));
  expect(await harbor.rows("SELECT period_code FROM academics.meeting_pattern WHERE district_id = $1 ORDER BY 1")).toEqual([{ period_code: "1(A)" }, { period_code: "7" }]);
  const other = importingDistrict(platform);
  await other.load(without(files));
  const [{ school, year }] = (await other.rows<{ school: string; year: string }>("SELECT s.id AS school, y.id AS year FROM schools.school s, schools.school_year y WHERE s.district_id = $1 AND y.district_id = $1 AND s.code = '9001-2'")) as [{ school: string; year: string }];
  await other.write((across) => across.in("schools", async (session) => {
    const rotation = schools.addRotationDay(session, { school: school as never, code: "A", sequence: 1 });
    const bellSchedule = schools.addBellSchedule(session, { school: school as never, name: "Regular" });
    const track = schools.addCalendarTrack(session, { school: school as never, schoolYear: year as never, name: "Regular" });
    await session.flush();
    schools.addBellPeriod(session, { bellSchedule: bellSchedule as never, school: school as never, code: "1", name: "First", startTime: "08:00", endTime: "09:00", sequence: 1 });
    for (const date of ["2024-10-01", "2024-10-03"]) schools.addInstructionalDay(session, { track: track as never, school: school as never, date, rotationDay: rotation as never, bellSchedule: bellSchedule as never, status: "SCHEDULED" });
  }));
  const result = await other.load({ ...edited(files, "classes.csv", '"1,2"', '"1(A),7"') });
  expect(notes(result)).toMatch(/No bell schedule of the school has a period 7/);
  expect(await other.rows("SELECT date::text, period_code, status FROM academics.class_meeting WHERE district_id = $1 ORDER BY 1")).toEqual([{ date: "2024-10-03", period_code: "1", status: "SCHEDULED" }]);
  expect(await other.rows("SELECT values ->> 'periods' AS periods FROM rostering.source_record WHERE district_id = $1 AND file = 'classes' AND sourced_id = 'k-alg-1'")).toEqual([{ periods: "1(A),7" }]);
});

const without = (of: Record<string, string>): Record<string, string> => edited(of, "classes.csv", '"1,2"', "");
