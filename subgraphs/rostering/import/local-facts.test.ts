import { expect, test } from "vitest";
import type { TestPlatform } from "#foundation/testing/test-platform";
import { academics, staff } from "../domains.ts";
import { edited } from "../oneroster/fixtures/build-package.ts";
import { eachImportingTest, importingDistrict, without, type ImportingDistrict } from "../testing/importing-district.ts";

let platform: TestPlatform;
let harbor: ImportingDistrict;
let files: Record<string, string>;
eachImportingTest((test) => ({ platform, harbor, files } = test), { imported: true });

const idOf = async (query: string): Promise<string> => (await harbor.rows<{ id: string }>(query))[0]!.id;
const adaInFall = () => idOf("SELECT e.id FROM academics.section_enrollment e WHERE e.district_id = $1 AND e.from_date = '2024-08-19' AND e.to_date = '2025-01-11'");

test("a section that the office renamed stays renamed, until the source gives it another name", async () => {
  const section = await idOf("SELECT id FROM academics.section WHERE district_id = $1 AND code = 'MA101-1'");
  await harbor.write((across) => across.in("academics", async (session) => academics.changeSection(session, (await academics.sectionsById(session, [section]))[0]!, { title: "Algebra with Ms. Ito", code: "ALG-A" })));
  expect((await harbor.load(edited(files, "classes.csv", ",B12,", ",B14,"))).counts.Section).toBeUndefined();
  const named = () => harbor.rows("SELECT title, code FROM academics.section WHERE id = $2 AND district_id = $1", section);
  expect(await named()).toEqual([{ title: "Algebra with Ms. Ito", code: "ALG-A" }]);
  await harbor.load(edited(files, "classes.csv", "Algebra I (1)", "Algebra I (one)"));
  expect(await named()).toEqual([{ title: "Algebra I (one)", code: "ALG-A" }]);
});

test("a course that the district corrected keeps what it was given; what the source changes is changed", async () => {
  const course = await idOf("SELECT id FROM academics.course WHERE district_id = $1 AND code = 'MA101'");
  await harbor.write((across) => across.in("academics", async (session) => academics.changeCourse(session, (await academics.coursesById(session, [course]))[0]!, { title: "Algebra I (regular)", credits: "1" })));
  await harbor.load(edited(files, "courses.csv", "Algebra I,MA101", "Algebra I,MA-101"));
  expect(await harbor.rows("SELECT code, title, credits FROM academics.course WHERE district_id = $1 AND id = $2", course)).toEqual([{ code: "MA-101", title: "Algebra I (regular)", credits: "1.000" }]);
});

test("whom the office took off a roster stays off, whatever the source says of the row", async () => {
  const id = await adaInFall();
  await harbor.write((across) => across.in("academics", async (session) => academics.endSectionEnrollment(session, (await academics.sectionEnrollmentsById(session, [id]))[0]!, "2024-10-15", "Schedule change")));
  const ended = ["Ada in Algebra I (1) 2024-08-19..2024-10-15", "Ada in Algebra I (1) 2025-01-11..2025-06-07", "Ben in Grade 3 Ito 2024-08-19.."];
  expect((await harbor.load(files)).counts).toEqual({});
  await harbor.load(edited(files, "enrollments.csv", "student,,2024-08-19,2025-01-11", "student,,2024-08-19,2024-12-20"));
  expect(await harbor.rosters()).toEqual(ended);
  await harbor.load(without(files, "e1,,,", "enrollments.csv"));
  expect(await harbor.rosters()).toEqual(ended);
  expect(await harbor.rows("SELECT end_reason FROM academics.section_enrollment WHERE district_id = $1 AND id = $2", id)).toEqual([{ end_reason: "Schedule change" }]);
});

test("a row that the office archived is not written again", async () => {
  const id = await adaInFall();
  await harbor.write((across) => across.in("academics", async (session) => academics.archiveSectionEnrollment(session, (await academics.sectionEnrollmentsById(session, [id]))[0]!)));
  expect((await harbor.load(edited(files, "enrollments.csv", "student,,2024-08-19,2025-01-11", "student,,2024-08-19,2024-12-20"))).counts).toEqual({});
  expect(await harbor.rosters()).toHaveLength(2);
});

test("a teacher whom the office ended teaches no longer, and one whom it added teaches on", async () => {
  const [mine] = await harbor.rows<{ id: string; section: string; school: string }>("SELECT a.id, a.section_id AS section, a.school_id AS school FROM staff.teaching_assignment a JOIN academics.section s ON s.id = a.section_id WHERE a.district_id = $1 AND s.code = 'MA101-1'");
  const voss = await idOf("SELECT id FROM people.person WHERE district_id = $1 AND family_name = 'Voss'");
  await harbor.write((across) => across.in("staff", async (session) => {
    staff.endTeachingAssignment(session, (await staff.teachingAssignmentsById(session, [mine!.id]))[0]!, "2024-10-20");
    staff.addTeachingAssignment(session, { personId: voss, sectionId: mine!.section, schoolId: mine!.school, fromDate: "2024-10-20" });
  }));
  const now = ["Hana LEAD Algebra I (1) 2024-10-20..", "Mei LEAD Algebra I (1) 2024-08-19..2024-10-20", "Mei LEAD Grade 3 Ito 2024-08-19..2025-06-07"];
  expect((await harbor.load(files)).counts).toEqual({});
  await harbor.load(without(files, "e5,,,", "enrollments.csv"));
  expect(await harbor.teaching()).toEqual(now);
});

test("meetings that the office has set stay when the source gives others", async () => {
  const section = await idOf("SELECT id FROM academics.section WHERE district_id = $1 AND code = 'MA101-1'");
  await harbor.write((across) => across.in("academics", async (session) => {
    for (const pattern of await academics.meetingPatternsOf(session, [section])) academics.endMeetingPattern(session, pattern, "2024-10-20");
    academics.addMeetingPattern(session, { section: section as never, schoolId: (await academics.sectionsById(session, [section]))[0]!.schoolId, periodCode: "5", fromDate: "2024-10-20" });
  }));
  const result = await harbor.load(edited(files, "classes.csv", '"1,2"', '"3,4"'));
  expect(result.notes.map(({ message }) => message).join()).toMatch(/The office has set when the section meets/);
  expect(await harbor.rows("SELECT period_code, to_date::text FROM academics.meeting_pattern WHERE district_id = $1 AND archived_at IS NULL ORDER BY 1")).toEqual([{ period_code: "1", to_date: "2024-10-20" }, { period_code: "2", to_date: "2024-10-20" }, { period_code: "5", to_date: null }]);
});

test("meetings that nobody touched follow the source from the day of the import", async () => {
  await harbor.load(edited(files, "classes.csv", '"1,2"', '"2,3"'));
  expect(await harbor.rows("SELECT period_code, from_date::text, to_date::text FROM academics.meeting_pattern WHERE district_id = $1 AND archived_at IS NULL ORDER BY 1")).toEqual([
    { period_code: "1", from_date: "2024-08-19", to_date: "2024-11-05" }, { period_code: "2", from_date: "2024-08-19", to_date: null }, { period_code: "3", from_date: "2024-11-05", to_date: null },
  ]);
});

test("a class with another course is another section; its roster goes there, and what was stays", async () => {
  const moved = edited({ ...files, "courses.csv": `${files["courses.csv"]!.trimEnd()}\nc-geo,,,y25,Geometry,MA201,,s2,Mathematics,MAT\n` }, "classes.csv", "c-alg,MA101-1", "c-geo,MA101-1");
  await harbor.load(moved);
  expect(await harbor.rosters()).toEqual(["Ada in Algebra I (1) 2024-08-19..2024-11-05", "Ada in Algebra I (1) 2024-11-05..2025-01-11", "Ada in Algebra I (1) 2025-01-11..2025-06-07", "Ben in Grade 3 Ito 2024-08-19.."]);
  expect(await harbor.rows("SELECT c.title, s.code FROM academics.section s JOIN academics.course c ON c.id = s.course_id WHERE s.district_id = $1 AND s.archived_at IS NULL ORDER BY 1")).toEqual([{ title: "Algebra I", code: "MA101-1" }, { title: "Geometry", code: "MA101-1 k-alg-1" }, { title: "Grade 3", code: "k-hr-3" }]);
  expect((await harbor.load(moved)).counts).toEqual({});
});

test("nothing of another district is read or written", async () => {
  const other = importingDistrict(platform);
  await other.load(files);
  const before = await other.rosters();
  harbor.on("2024-11-06");
  await harbor.load(without(files, "u-ada,student", "enrollments.csv"));
  expect(await other.rosters()).toEqual(before);
  expect(await other.rows("SELECT count(*)::int AS n FROM journal.audit_entry WHERE district_id = $1 AND created_at > '2024-11-06'")).toEqual([{ n: 0 }]);
});
