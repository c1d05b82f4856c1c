import { afterAll, beforeAll, expect, test } from "vitest";
import { dataOf, type Contract } from "#foundation/testing/contract";
import { stage } from "../../contract/stage.ts";
import { importFiles, inShort } from "../testing/template-files.ts";
import { twoSchools } from "../testing/two-schools.ts";

let contract: Contract;
beforeAll(async () => void (contract = await stage()));
afterAll(() => contract.platform[Symbol.asyncDispose]());

const header = "student_number,school_code,transfer_school,course_code,course_title,school_year,term,last_day,grade_level,mark,credits_attempted,credits_earned,counts_in_gpa,subject_code,level_code,repeats_year,repeats_term,remove";

/** A policy of A 4, B 3, C 2, F 0 to three decimals, honors 0.5 more, the better attempt counts; a scale of these marks and P, which counts in no average. */
async function district() {
  const set = twoSchools(contract);
  const { make, high } = set;
  const subject = make.a("Subject", { code: "MATH" });
  const honors = make.a("CourseLevel", { code: "H" });
  make.a("Course", { code: "MTH101", title: "Algebra I", subject, level: honors });
  make.a("Term", { schoolYear: make.a("SchoolYear", { name: "2024-25", firstDay: "2024-08-01", endDay: "2025-08-01" }), school: null, name: "Fall semester", kind: "SEMESTER", firstDay: "2024-08-19", endDay: "2025-01-16" });
  const scale = make.a("GradingScale", { name: "Letters", kind: "PERCENT" });
  (["A", "B", "C", "F", "P"] as const).forEach((mark, sequence) => make.a("GradingScaleMark", { scale, mark, sequence, passing: mark !== "F", countsInGpa: mark !== "P" }));
  make.a("ScaleUse", { purpose: "MARKS", scale, schoolId: null, courseId: null, fromDate: "2020-01-01" });
  const policy = make.a("GpaPolicy", { name: "District GPA", fromDate: "2020-01-01", official: true, countedMarks: "TERM_FINAL", repeats: "BETTER_REPLACES", countsTransfers: true, decimals: 3, rounding: "HALF_UP", bonusFromPoints: "1" });
  for (const [mark, points] of [["A", "4"], ["B", "3"], ["C", "2"], ["F", "0"]]) make.a("GpaPolicyPoint", { policy, mark, points });
  make.a("GpaPolicyWeight", { policy, courseLevelId: honors, bonus: "0.5" });
  const ada = set.student({}, { schoolId: high });
  await make.save();
  return { ...set, ada, code: String(make.valuesOf(high).code), number: String(make.valuesOf(ada).studentNumber) };
}
type District = Awaited<ReturnType<typeof district>>;
const entriesOf = ({ ada }: District) => contract.platform.sql<Record<string, unknown>>(
  `SELECT h.id, h.course_code AS code, h.course_title AS title, h.mark, h.credits_attempted::text AS attempted, h.credits_earned::text AS earned, h.counts_in_gpa AS counts, h.ended_on::text AS ended, h.transfer_school AS transfer, h.course_id IS NOT NULL AS listed, s.code AS subject, h.repeats_id AS repeats, h.version
   FROM grading.course_history h LEFT JOIN academics.subject s ON s.id = h.subject_id WHERE h.student_id = $1 AND h.archived_at IS NULL ORDER BY h.ended_on, h.course_code`, [ada]);
const gpaOf = async ({ districtRegistrar, ada }: District) => dataOf<{ _entities: { gpa: Record<string, unknown> }[] }>(await contract.platform.call("grading", districtRegistrar, `query { _entities(representations: [{ __typename: "Student", id: "${ada}" }]) { ... on Student { gpa { weighted unweighted credits } } } }`))._entities[0]!.gpa;

test("left out: no term to end on, a mark outside of the scale, credits for a mark that does not pass, what is not in the catalog, a repeat of nothing, a course that a posted mark brought", async () => {
  const set = await district();
  const { make, ada, high, code, number } = set;
  const mark = make.a("Mark", { studentId: ada, schoolId: high, kind: "TERM_FINAL" });
  make.a("CourseHistory", { source: mark, studentId: ada, schoolId: high, courseCode: "BIO", schoolYearName: "2024-25", termName: "Fall semester", transferSchool: null });
  await make.save();
  const row = (rest: string) => `${number},${code},,${rest}`;
  const { said, changed, leftOut } = await importFiles(contract, set, { "course-history": [header,
    row("ART1,Art,2024-25,Winter,,,A,0.5,0.5,,,,,,"),
    row("ART1,Art,2024-25,Fall semester,,,A+,0.5,0.5,,,,,,"),
    row("ART2,Art,2024-25,Fall semester,,,F,0.5,0.5,,,,,,"),
    row("ART3,Art,2024-25,Fall semester,,,A,0.5,0.5,,ARTS,,,,"),
    row("ART4,Art,2024-25,Fall semester,,,A,0.5,0.5,,,,2023-24,Fall semester,"),
    row("BIO,Biology,2024-25,Fall semester,,,A,0.5,0.5,,,,,,")] });
  expect(said).toEqual([
    expect.stringMatching(/^2: .*High has no term of this name in 2024-25\. Fill in last_day/), expect.stringMatching(/^3: .*"A\+" is no mark of the scale "Letters": A, B, C, F, P/),
    expect.stringMatching(/^4: .*"F" does not pass, so it earns no credits/), expect.stringMatching(/^5: .*catalog has no "ARTS"\. Correct subject_code/),
    expect.stringMatching(/^6: .*no ART4 of 2023-24, Fall semester/), expect.stringMatching(/^7: .*from a posted mark, and follows that/),
  ]);
  expect([changed, leftOut]).toEqual([0, { "course-history": 6 }]);
});

test("a record of three courses and a repeat, one from elsewhere: the averages before and after", async () => {
  const set = await district();
  const { code, number } = set;
  expect(await gpaOf(set)).toEqual({ weighted: null, unweighted: null, credits: "0.000" });
  const files = { "course-history": [header,
    `${number},${code},,MTH101,Algebra I,2024-25,Spring semester,2025-06-05,10,B,0.5,0.5,,,,2024-25,Fall semester,`,
    `${number},${code},,MTH101,Algebra I,2024-25,fall semester,,10,F,0.5,0,,,,,,`.replace("fall", "Fall"),
    `${number},${code},Lakeview High (Ohio),ENG9,English 9,2023-24,Year,2024-06-01,09,A,1,1,,,,,,`,
    `${number},${code},,PE1,Physical education,2024-25,Fall semester,,10,P,0.5,0.5,,,,,,`] };
  const made = await importFiles(contract, set, files);
  expect([made.said, made.counts]).toEqual([[], { CourseHistory: { CREATED: 4 } }]);
  const entries = await entriesOf(set);
  expect(entries).toMatchObject([
    { code: "ENG9", ended: "2024-06-02", transfer: "Lakeview High (Ohio)", counts: true, listed: false, subject: null },
    { code: "MTH101", ended: "2025-01-16", mark: "F", earned: "0.000", listed: true, subject: "MATH", repeats: null },
    { code: "PE1", ended: "2025-01-16", mark: "P", counts: false },
    { code: "MTH101", ended: "2025-06-06", mark: "B", repeats: entries[1]!.id },
  ]);
  // Unweighted (A 4 x 1 + B 3 x 0.5) / 1.5 = 3.667; weighted: B of an honors course 3.5, so (4 + 1.75) / 1.5 = 3.833. F is replaced by the better attempt, P does not count.
  expect(await gpaOf(set)).toEqual({ unweighted: "3.667", weighted: "3.833", credits: "1.500" });
  const again = await importFiles(contract, set, files);
  expect([again.changed, new Set(again.rows.map(({ action }) => action))]).toEqual([0, new Set(["UNCHANGED"])]);
});

test("a correction changes the entry and marks issued transcripts that show it; what the registrar changed stays; remove takes it out", async () => {
  const set = await district();
  const { make, ada, code, number, high } = set;
  const row = (course: string, rest: string) => `${number},${code},,${course},Course,2024-25,Fall semester,,,${rest}`;
  await importFiles(contract, set, { "course-history": [header, row("ENG9", "B,1,1,,,,,,"), row("ART1", "A,0.5,0.5,,,,,,"), row("PE1", "A,0.5,0.5,,,,,,")] });
  const ids = Object.fromEntries((await entriesOf(set)).map((entry) => [entry.code, entry.id as string]));
  const [shows, other] = [ids.ENG9, ids.PE1].map((id) => make.a("IssuedDocument", { studentId: ada, schoolId: high, kind: "TRANSCRIPT", sourceIds: [id], outdatedAt: null, outdatedReason: null }));
  await make.save();
  await contract.platform.sql("UPDATE grading.course_history SET counts_in_gpa = false WHERE id = $1", [ids.ART1]);
  const later = { "course-history": [header, row("ENG9", "A,1,1,,,,,,"), row("ART1", "A,0.5,0.5,yes,,,,,"), row("PE1", "A,0.5,0.5,,,,,,yes")] };
  const { rows, said } = await importFiles(contract, set, later);
  expect(said).toEqual([]);
  expect(inShort(rows).map((line) => line.replace(`${number}|${code}|2024-25|Fall semester|`, ""))).toEqual(["CHANGE ENG9 CourseHistory:UPDATED:2 IssuedDocument:UPDATED:2", "UNCHANGED ART1", "WITHDRAW PE1 CourseHistory:ARCHIVED:2 IssuedDocument:UPDATED:2"]);
  expect(await entriesOf(set)).toMatchObject([{ code: "ART1", counts: false }, { code: "ENG9", mark: "A", version: 2 }]);
  const outdated = await contract.platform.sql<{ id: string; reason: string | null }>("SELECT id, outdated_reason AS reason FROM grading.issued_document WHERE district_id = $1", [make.districtId]);
  expect(new Map(outdated.map(({ id, reason }) => [id, reason]))).toEqual(new Map([[shows, "The entry of Course was corrected."], [other, "The entry of Course was corrected."]]));
  expect((await importFiles(contract, set, later)).changed).toBe(0);
});
