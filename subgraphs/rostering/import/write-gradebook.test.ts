import { afterEach, beforeEach, expect, test } from "vitest";
import { uuidv7 } from "#foundation/record/uuid";
import type { TestPlatform } from "#foundation/testing/test-platform";
import { stage } from "../../contract/stage.ts";
import { grading } from "../domains.ts";
import { exported } from "../export/testing/exported.ts";
import { Ledger } from "../imports/ledger.ts";
import { edited, fixture, folderOf } from "../oneroster/fixtures/build-package.ts";
import { readRoster } from "../oneroster/roster.ts";
import { importRoster } from "./import-roster.ts";

const district = { id: uuidv7(), code: "KELP", name: "Kelp Bay Schools", timeZone: "America/Los_Angeles" };
let platform: TestPlatform;
let files: Record<string, string>;
beforeEach(async () => {
  ({ platform } = await stage({ now: new Date("2026-11-25T18:00:00Z") }));
  files = await fixture("whole-v1p2");
});
afterEach(() => platform[Symbol.asyncDispose]());

let first = true;
beforeEach(() => {
  first = true;
});
async function load(of: Record<string, string>) {
  const bundle = await readRoster(await folderOf(of));
  if (bundle.outcome !== "read") throw new Error(bundle.deviations.map(({ message }) => message).join("\n"));
  const ledger = new Ledger();
  const result = await importRoster(platform.orchestration, { bundle, source: "kelp", district: { ...district, isNew: first }, dryRun: false, ledger });
  first = false;
  const notes = result.notes.filter(({ file }) => ["categories.csv", "lineItems.csv", "results.csv"].includes(file)).map(({ file, row, message }) => `${file} ${row}: ${message}`);
  return { ...result, notes, rowOf: (file: string, sourcedId: string) => ledger.rows().find((row) => row.file === file && row.sourcedId === sourcedId) };
}
const without = (of: Record<string, string>, file: string, id: string) => ({ ...of, [file]: (of[file] ?? "").split("\n").filter((line) => !line.startsWith(`${id},`)).join("\n") });

const assignments = () => platform.sql(`SELECT a.title, c.title AS category, c.weight::float AS weight, p.name AS period, a.assigned_date::text AS assigned, a.due_date::text AS due, a.points_possible::float AS points, a.counts_in_average AS counts
  FROM grading.assignment a JOIN grading.assignment_category c ON c.id = a.category_id JOIN schools.grading_period p ON p.id = a.grading_period_id WHERE a.archived_at IS NULL ORDER BY a.title`);
const scores = () => platform.sql(`SELECT a.title, p.given_name AS who, s.points::float AS points, s.missing, s.late, s.exempt, s.comment, n.text AS note, g.given_name AS teacher
  FROM grading.score s JOIN grading.assignment a ON a.id = s.assignment_id JOIN students.student t ON t.id = s.student_id JOIN people.person p ON p.id = t.person_id JOIN people.person g ON g.id = s.given_by_id
  LEFT JOIN grading.score_note n ON n.id = s.id AND n.archived_at IS NULL WHERE s.archived_at IS NULL ORDER BY a.title, who`);
const scoreOf = async (title: string, who: string) => (await platform.sql<{ id: string }>(`SELECT s.id FROM grading.score s JOIN grading.assignment a ON a.id = s.assignment_id JOIN students.student t ON t.id = s.student_id
  JOIN people.person p ON p.id = t.person_id WHERE a.title = $1 AND p.given_name = $2`, [title, who]))[0]!.id;
const changeScore = (id: string, values: object) => platform.write(district.id, (across) => across.in("grading", async (session) => grading.changeScore(session, (await grading.scoresById(session, [id]))[0]!, values)));

test("a gradebook of the source becomes the sections' own, each with its kinds of work", async () => {
  const { notes } = await load(files);
  expect(await assignments()).toEqual([
    { title: "Cells", category: "Tests", weight: 60, period: "Quarter 1", assigned: "2026-09-08", due: "2026-09-15", points: 50, counts: true },
    { title: "Leaf collection", category: "Homework", weight: 40, period: "Quarter 2", assigned: "2026-11-02", due: "2026-11-20", points: 20, counts: true },
    { title: "Line study", category: "Homework", weight: 40, period: "Quarter 1", assigned: "2026-09-10", due: "2026-09-10", points: 0, counts: false },
    { title: "Spring work", category: "Homework", weight: 40, period: "Spring", assigned: "2027-02-01", due: "2027-02-08", points: 10, counts: true },
  ]);
  expect(await platform.sql("SELECT c.title, s.code FROM grading.assignment_category c JOIN academics.section s ON s.id = c.section_id ORDER BY 2, 1")).toEqual([
    { title: "Homework", code: "ART100-1" }, { title: "Homework", code: "SCI200-1" }, { title: "Tests", code: "SCI200-1" },
  ]);
  expect(notes).toEqual(["lineItems.csv 4: The source gives no points for full marks. The work counts in no average; set its points by hand."]);
});

test("a grading period that a term got for its work is one, whether the source names the term again or sends back the export that names it", async () => {
  const periods = () => platform.sql("SELECT name, first_day::text, end_day::text FROM schools.grading_period WHERE archived_at IS NULL ORDER BY first_day, name");
  await load(files);
  const before = await periods();
  expect(before.map(({ name }) => name)).toEqual(["Quarter 1", "Quarter 2", "Spring"]);
  await load({ ...files, "lineItems.csv": `${files["lineItems.csv"]!.trimEnd()}\nli-more,,,More spring work,,2027-03-01,2027-03-08,k-bio-1,cat-home,s27,0,10,s1\n` });
  expect(await periods()).toEqual(before);
  const out = await exported(platform, district.id, { speaks: "kelp" });
  const bundle = await readRoster(out.folder);
  if (bundle.outcome !== "read") throw new Error("Our own export was refused.");
  for (let time = 1; time <= 2; time++) {
    await importRoster(platform.orchestration, { bundle, source: "kelp", district: { ...district, isNew: false }, dryRun: false });
    expect(await periods(), `sent back ${time} times`).toEqual(before);
  }
});

test("scores are the section's teacher's, comments are notes for teachers, and nothing is said to families", async () => {
  await load(files);
  const none = { points: null, missing: false, late: false, exempt: false, comment: null, note: null, teacher: "Anna" };
  expect(await scores()).toEqual([
    { ...none, title: "Cells", who: "Ines", points: 45.5, note: "Careful drawing" },
    { ...none, title: "Cells", who: "Tam", exempt: true },
    { ...none, title: "Leaf collection", who: "Ines", missing: true },
    { ...none, title: "Leaf collection", who: "Tam", points: 12.25, late: true },
    { ...none, title: "Line study", who: "Ines" },
  ]);
});

test("the same package again changes nothing", async () => {
  await load(files);
  const again = await load(files);
  expect([again.changed, again.counts, again.notes]).toEqual([0, {}, []]);
});

test("what the source changes is changed, and booked to its row", async () => {
  await load(files);
  let later = edited(edited(files, "categories.csv", "Homework,40", "Home practice,35"), "results.csv", "45.5,2026-09-16,Careful drawing", "48,2026-09-16,Very careful");
  later = edited(edited(later, "lineItems.csv", "Cells,", "Cells and tissues,"), "results.csv", "re-3,,,li-leaf,u-ines,not submitted,,2026-11-21,,,,true,true,,true", "re-3,,,li-leaf,u-ines,fully graded,18,2026-11-24,,,,,,true,false");
  const change = await load(later);
  expect(change.counts).toMatchObject({ AssignmentCategory: { UPDATED: 2 }, Assignment: { UPDATED: 1 }, Score: { UPDATED: 2 }, ScoreNote: { UPDATED: 1 } });
  expect((await scores()).filter(({ who }) => who === "Ines").map(({ title, points, missing, late, note }) => [title, points, missing, late, note])).toEqual([
    ["Cells and tissues", 48, false, false, "Very careful"], ["Leaf collection", 18, false, true, null], ["Line study", null, false, false, null],
  ]);
  expect(change.rowOf("results.csv", "re-1")).toMatchObject({ action: "CHANGE", label: "Vidal, Ines, Cells and tissues" });
  expect(change.rowOf("results.csv", "re-1")?.changes.map(({ recordType }) => recordType)).toEqual(["Score", "ScoreNote"]);
  expect(change.rowOf("categories.csv", "cat-home")?.changes.length).toBe(2);
  expect((await load(later)).changed).toBe(0);
});

test("a teacher's own score, and what she changed of one, stays; so does a posted mark", async () => {
  const bio = edited(files, "results.csv", "re-4,,,li-leaf,u-tam,partially graded,12.25,2026-11-21,,,,,,true,\n", "");
  await load(bio);
  const [leaf] = await platform.sql<{ id: string; section_id: string; school_id: string; student: string; teacher: string }>(`SELECT a.id, a.section_id, a.school_id, (SELECT t.id FROM students.student t WHERE t.student_number = '88002') AS student,
    (SELECT id FROM people.person WHERE given_name = 'Anna') AS teacher FROM grading.assignment a WHERE title = 'Leaf collection'`);
  await platform.write(district.id, (across) => across.in("grading", async (session) => grading.addScore(session, { assignment: leaf!.id, studentId: leaf!.student, sectionId: leaf!.section_id, schoolId: leaf!.school_id, points: "7", givenById: leaf!.teacher } as never)));
  await changeScore(await scoreOf("Cells", "Ines"), { points: "50", comment: "Excellent" });
  await load(edited(files, "results.csv", "45.5,", "30,"));
  expect((await scores()).map(({ title, who, points, late, comment }) => [title, who, points, late, comment])).toEqual([
    ["Cells", "Ines", 50, false, "Excellent"], ["Cells", "Tam", null, false, null], ["Leaf collection", "Ines", null, false, null], ["Leaf collection", "Tam", 7, false, null], ["Line study", "Ines", null, false, null],
  ]);
  expect(await platform.sql("SELECT values FROM rostering.source_record WHERE sourced_id = 're-4'")).toMatchObject([{ values: { lineItemSourcedId: "li-leaf", studentSourcedId: "u-tam", score: "12.25", late: "true" } }]);
  expect((await load(edited(files, "results.csv", "45.5,", "30,"))).changed).toBe(0);
});

test("points are lowered after the scores; where a teacher gave more, they stay", async () => {
  await load(files);
  const halved = edited(edited(files, "lineItems.csv", ",0,50,", ",0,25,"), "results.csv", "45.5,", "22.75,");
  expect((await load(halved)).counts).toMatchObject({ Score: { UPDATED: 1 }, Assignment: { UPDATED: 1 } });
  expect((await assignments())[0]).toMatchObject({ points: 25 });
  await changeScore(await scoreOf("Cells", "Tam"), { exempt: false, points: "20" });
  const less = await load(edited(edited(files, "lineItems.csv", ",0,50,", ",0,10,"), "results.csv", "45.5,", "9,"));
  expect((await assignments())[0]).toMatchObject({ points: 25 });
  expect(less.notes.join()).toContain("a teacher gave more than that");
});

test("what no gradebook can hold is told and kept with the source's row", async () => {
  const odd = edited(edited(edited(files, "results.csv", "45.5,", "51,"), "results.csv", "12.25", "-3"), "results.csv", "re-5,,,li-line,u-ines", "re-5,,,li-line,u-olga");
  const { notes } = await load(odd);
  expect(notes.slice(1).sort()).toEqual([
    "results.csv 2: The score 51 is not between 0 and the 50 points that are possible. It is kept with the source's row, and no points are given; correct the score, or make the work extra credit.",
    "results.csv 5: The score -3 is not between 0 and the 20 points that are possible. It is kept with the source's row, and no points are given; correct the score, or make the work extra credit.",
    "results.csv 6: The user is no student here. The score is kept with the source's row.",
  ]);
  expect((await platform.sql("SELECT sourced_id, values FROM rostering.source_record WHERE file = 'results' AND sourced_id IN ('re-1', 're-5') ORDER BY 1")).map(({ values }) => values)).toEqual([
    { score: "51", scoreDate: "2026-09-16", classSourcedId: "k-bio-1", textScore: "A", scoreStatus: "fully graded", inProgress: "false", incomplete: "false" },
    { scoreDate: "2026-09-10", textScore: "Pass", scoreStatus: "submitted", lineItemSourcedId: "li-line", studentSourcedId: "u-olga" },
  ]);
});

test("work that the source takes back goes, with its scores; a new year's package takes nothing back", async () => {
  await load(files);
  const ofCells = [["results", "re-1"], ["results", "re-2"], ["lineItems", "li-cells"], ["lineItemScoreScales", "lis-1"], ["resultScoreScales", "res-1"], ["lineItemLearningObjectiveIds", "lo-1"], ["resultLearningObjectiveIds", "ro-1"]] as const;
  const noCells = ofCells.reduce((of, [file, id]) => without(of, `${file}.csv`, id), files);
  const gone = await load(noCells);
  expect(gone.counts).toMatchObject({ Score: { ARCHIVED: 2 }, ScoreNote: { ARCHIVED: 1 }, Assignment: { ARCHIVED: 1 } });
  expect((await assignments()).map(({ title }) => title)).toEqual(["Leaf collection", "Line study", "Spring work"]);
  expect((await load(files)).counts).toMatchObject({ Score: { RESTORED: 2 }, Assignment: { RESTORED: 1 } });
  const ofArt = [["results", "re-5"], ["lineItems", "li-line"], ["classes", "k-art-1"], ["enrollments", "e-ines-art"], ["enrollments", "e-berg-art"], ["enrollments", "e-cho-art"]] as const;
  const artLeft = ofArt.reduce((of, [file, id]) => without(of, `${file}.csv`, id), files);
  expect((await load(artLeft)).counts).not.toHaveProperty("Score");
  expect((await assignments()).map(({ title }) => title)).toContain("Line study");
});
