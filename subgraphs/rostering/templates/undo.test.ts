import { afterAll, beforeAll, expect, test } from "vitest";
import { runAcrossDomains } from "#foundation/crud/across-domains";
import type { Contract } from "#foundation/testing/contract";
import { stage } from "../../contract/stage.ts";
import { newImport } from "../imports/open.ts";
import { commitImport, NotWritten, previewImport, type Outcome } from "../imports/run.ts";
import { undoImport } from "../imports/undo.ts";
import { readFiles, type Files } from "../testing/template-files.ts";
import { twoSchools, type TwoSchools } from "../testing/two-schools.ts";
import { filesOfTemplates } from "./files.ts";

let contract: Contract;
beforeAll(async () => void (contract = await stage()));
afterAll(() => contract.platform[Symbol.asyncDispose]());

const within = ({ make }: TwoSchools) => ({ id: make.districtId, code: make.districtId, name: "District", timeZone: "America/Chicago", isNew: false });

/** Imports templates as a clerk does, with everything that is kept of an import. */
async function put(set: TwoSchools, files: Files, agreed = { withdrawals: false, newPeople: false }): Promise<{ id: string; outcome: Outcome }> {
  // Imports of a source follow one another in time.
  contract.platform.clock.now = new Date(contract.platform.clock.now.getTime() + 60_000);
  const { head, open } = newImport({ format: "TEMPLATES", source: "office", startedAt: contract.platform.clock.now });
  return { id: head.id, outcome: await commitImport({ orchestration: contract.platform.orchestration, district: within(set), files: filesOfTemplates(await readFiles(files)), head, open }, agreed) };
}
const undo = async ({ make }: TwoSchools, id: string) => {
  contract.platform.clock.now = new Date(contract.platform.clock.now.getTime() + 60_000);
  return (await runAcrossDomains(contract.platform.orchestration, { operation: "undo import", districtId: make.districtId, large: true }, (across) => undoImport(across, contract.platform.orchestration.manifests, id))).result;
};

const tables = ["schools.instructional_day", "schools.rotation_day", "students.school_enrollment", "students.student_contact", "people.person", "people.person_email", "people.person_phone", "grading.course_history", "attendance.earlier_day", "attendance.earlier_school_day", "rostering.source_record"];
/** Every current row of what templates write, without versions and times. */
async function everything({ make }: TwoSchools): Promise<string[]> {
  const rows: string[] = [];
  for (const table of tables) {
    rows.push(...(await contract.platform.sql<{ row: string }>(
      `SELECT '${table} ' || (to_jsonb(t) - 'version' - 'created_at' - 'updated_at' - 'created_by' - 'updated_by')::text AS row FROM ${table} t WHERE district_id = $1 AND archived_at IS NULL ORDER BY 1`, [make.districtId])).map(({ row }) => row));
  }
  return rows;
}

async function district() {
  const set = twoSchools(contract);
  set.make.a("AttendanceCode", { code: "U", effect: "ABSENT", excuse: "UNEXCUSED" });
  const ada = set.student({}, null);
  await set.make.save();
  const [code, number] = [String(set.make.valuesOf(set.oak).code), String(set.make.valuesOf(ada).studentNumber)];
  const files = (mark: string, remove = ""): Files => ({
    "calendar-days": ["school_code,date,instructional,rotation_day", `${code},2026-09-01,yes,A`, `${code},2026-09-02,yes,${mark}`],
    "school-enrollments": ["student_number,school_code,school_name,history,entry_date,last_day,entry_code", `${number},${code},,,2026-08-24,,${mark}`, `${number},,Lakeview,earlier,2019-09-01,2020-06-01,${mark}`],
    contacts: ["student_number,contact_id,given_name,family_name,relationship,email,phone,pick_up,remove", `${number},C1,Maria,Lopez,mother,m@example.org,${mark === "A" ? "1" : "2"},${mark === "A" ? "yes" : "no"},`, `${number},C2,Rosa,Lopez,grandparent,,,,${remove}`],
    "course-history": ["student_number,school_code,course_code,course_title,school_year,term,last_day,mark,credits_attempted,credits_earned", `${number},${code},ART,Art,2025-26,Year,2026-06-05,${mark},1,1`],
    "daily-attendance": ["student_number,school_code,date,status,code,remove", `${number},,2026-09-01,${mark === "A" ? "code,U" : "present,"},`, `,${code},2026-09-02,taken,,`],
  });
  return { set, ada, files };
}

test("a correction by all templates is undone to what the import before had made", async () => {
  const { set, files } = await district();
  const first = await put(set, files("A"));
  const after = await everything(set);
  expect(first.outcome.counts.filter(({ schoolId }) => schoolId === null).map(({ file, known, created, stops }) => [file, known, created, stops])).toEqual([
    ["calendar-days.csv", 0, 2, false], ["contacts.csv", 0, 2, false], ["course-history.csv", 0, 1, false], ["daily-attendance.csv", 0, 2, false], ["school-enrollments.csv", 0, 2, false]]);
  const second = await put(set, files("B"));
  const changed = second.outcome.rows.filter(({ action }) => action !== "UNCHANGED").map(({ file, action, changes }) => [file, action, ...changes.map(({ recordType }) => recordType).sort()]);
  expect(changed).toEqual([
    ["calendar-days.csv", "CHANGE", "InstructionalDay", "RotationDay"], ["school-enrollments.csv", "CHANGE", "SchoolEnrollment"], ["contacts.csv", "CHANGE", "PersonPhone", "StudentContact"],
    ["course-history.csv", "CHANGE", "CourseHistory"], ["daily-attendance.csv", "CHANGE", "EarlierDay"]]);
  expect(await undo(set, second.id)).toBe(0);
  expect(await everything(set)).toEqual(after);
  // What was undone can be done again, and undone again.
  expect((await put(set, files("B"))).outcome.changes.changed).toBe(second.outcome.changes.changed);
}, 60_000);

test("undone whole, a district is as before, and the same files make the same again", async () => {
  const { set, files } = await district();
  const before = await everything(set);
  const first = await put(set, files("A"));
  expect(await undo(set, first.id)).toBe(0);
  expect(await everything(set)).toEqual(before);
  expect((await put(set, files("A"))).outcome.changes.counts).toEqual(first.outcome.changes.counts);
});

test("a row that somebody has built on stays when its import is undone", async () => {
  const { set, ada, files } = await district();
  const { id } = await put(set, files("A"));
  await contract.platform.sql("UPDATE students.student_contact SET pick_up = false, version = version + 1 WHERE student_id = $1 AND relationship = 'MOTHER'", [ada]);
  expect(await undo(set, id)).toBe(1);
  expect(await contract.platform.sql("SELECT relationship FROM students.student_contact WHERE student_id = $1 AND archived_at IS NULL", [ada])).toEqual([{ relationship: "MOTHER" }]);
  expect(await contract.platform.sql("SELECT file, outcome FROM rostering.import_row WHERE import_id = $1 AND outcome <> 'UNDONE'", [id])).toEqual([{ file: "contacts.csv", outcome: "KEPT" }]);
});

test("what the file says to take back stops for somebody's word where it is much, and is put back by undo", async () => {
  const { set, files } = await district();
  await put(set, files("A"));
  const before = await everything(set);
  await expect(put(set, files("A", "yes"))).rejects.toThrow(NotWritten);
  expect(await everything(set)).toEqual(before);
  const { head } = newImport({ format: "TEMPLATES", source: "office", startedAt: contract.platform.clock.now });
  const preview = await previewImport({ orchestration: contract.platform.orchestration, district: within(set), files: filesOfTemplates(await readFiles(files("A", "yes"))), head, open: async () => undefined });
  expect(preview.counts.find(({ file, schoolId }) => file === "contacts.csv" && schoolId === null)).toMatchObject({ known: 2, withdrawn: 1, stops: true });
  const { id } = await put(set, files("A", "yes"), { withdrawals: true, newPeople: false });
  expect((await everything(set)).length).toBe(before.length - 1);
  await undo(set, id);
  expect(await everything(set)).toEqual(before);
});
