import { open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fileOf, folderOf, zipOf } from "../oneroster/fixtures/build-package.ts";
import { RosterPathError } from "../oneroster/package-contract.ts";
import { templateNames } from "./columns.ts";
import { exampleOf } from "./describe-templates.ts";
import { readTemplates } from "./read-templates.ts";

const header = "school_code,date,instructional,reason";
const told = async (path: string, limits = {}) => {
  const read = await readTemplates(path, { limits });
  return [read.outcome, ...read.deviations.map(({ severity, code, file, row, column, message }) => `${severity} ${code} ${file} ${row ?? ""} ${column ?? ""}: ${message}`)];
};
const read = async (path: string) => {
  const bundle = await readTemplates(path);
  if (bundle.outcome === "refused") throw new Error(JSON.stringify(bundle.deviations));
  return bundle;
};

test("a fault anywhere refuses everything, each with its line and column, and what to do", async () => {
  const folder = await folderOf({
    "calendar-days.csv": `${header},remove\nGBHS,2026-02-30,yes,,\n,2026-03-02,perhaps,,\nGBHS,2026-03-03,no,,\nGBHS,2026-03-04,yes,,\nGBHS,2026-03-04,yes,,\nGBHS,2026-03-05,yes,a,,more\n${"x".repeat(65)},2026-03-06,yes,,\n`,
    "school-enrollments.csv": "student_number,school_code,entry_date,last_day,full_time_share,kind,exit_code\n,GBHS,2025-08-18,,1.5,part,\n1,GBHS,2025-08-18,2025-08-01,,,\n1,,2025-08-19,,,,W1\n",
  });
  expect(await told(folder)).toEqual([
    "refused",
    'fatal value-unreadable calendar-days.csv 2 date: "2026-02-30" is not a day of the calendar written YYYY-MM-DD. Correct it in the file.',
    "fatal value-unreadable calendar-days.csv 3 instructional: \"perhaps\" is neither yes nor no. Write one of the two.",
    "fatal value-missing calendar-days.csv 3 school_code: The cell is blank, and the row cannot be read without it. Fill it in: The district's code of the school.",
    "fatal value-unreadable calendar-days.csv 4 reason: A day without instruction is one that is taken back: say why. Leave out days that were never planned.",
    "fatal id-repeated calendar-days.csv 6 : Line 5 is about the same: school_code, track and date are equal. Keep one of the two.",
    "fatal row-width calendar-days.csv 7 : The row has 6 cells and the header 5. Look for a comma outside quotation marks.",
    "fatal value-unreadable calendar-days.csv 8 school_code: The cell has 65 characters; at most 64 can be kept. Shorten it.",
    "fatal value-unreadable school-enrollments.csv 2 full_time_share: 1.5 is too much: at most 1 is possible. Correct it.",
    'fatal value-unreadable school-enrollments.csv 2 kind: "part" is not one of primary, secondary. Correct it in the file.',
    "fatal value-unreadable school-enrollments.csv 3 last_day: The last day lies before the entry date. Correct one of the two.",
    "fatal value-unreadable school-enrollments.csv 4 exit_code: There is a code for how the student left and no last day. Fill in the last day, or clear the code.",
    "fatal value-unreadable school-enrollments.csv 4 school_code: The row names no school of the district. Fill in school_code, or say history = earlier and the name of the school elsewhere.",
  ]);
});

test("a header without a needed column, with one twice, or none at all", async () => {
  expect(await told(await folderOf({ "calendar-days.csv": "school_code,date,date\nA,2026-01-05,2026-01-05\n", "school-enrollments.csv": "" }))).toEqual([
    "refused",
    expect.stringContaining('column-repeated calendar-days.csv 1 date: The column "date" stands twice'),
    expect.stringContaining('column-missing calendar-days.csv 1 instructional: The header lacks the column "instructional"'),
  ]);
  expect(await told(await folderOf({ "school-enrollments.csv": "" }))).toEqual(["refused", expect.stringContaining("header-missing school-enrollments.csv")]);
});

test("a spreadsheet's ways are understood: a byte order mark, other spellings of names and values, shielded zeros, empty lines, other columns", async () => {
  const folder = await folderOf({ "Calendar Days.CSV": `\uFEFFSchool Code,Date,INSTRUCTIONAL,Color,Reason\r\n"=""001""",9/2/2025,Y,blue,\r\n,,,,\r\n002,2025-09-03,false,,"Snow, ice"\r\n` });
  const bundle = await read(folder);
  expect(bundle.files["calendar-days"]!.map(({ line, key, cells }) => [line, key, cells.instructional, cells.reason])).toEqual([[2, "001||2025-09-02", true, null], [4, "002||2025-09-03", false, "Snow, ice"]]);
  expect(bundle.deviations.map(({ severity, code }) => `${severity} ${code}`)).toEqual(["warning column-unknown", "warning value-format"]);
});

test("a folder, a zip, a single file of any name: what a file is follows from its name, else from its columns", async () => {
  const content = `${header}\nA,2026-01-05,yes,\n`;
  const names = async (path: string) => Object.keys((await read(path)).files);
  expect(await names(await folderOf({ "days of January.csv": content, "notes.txt": "x" }))).toEqual(["calendar-days"]);
  expect(await names(await fileOf(zipOf([["calendar-days.csv", content], ["school-enrollments.csv", "student_number,entry_date\n"]])))).toEqual(["calendar-days", "school-enrollments"]);
  const single = join(await folderOf({}), "0198c5d0-upload");
  await writeFile(single, content);
  expect(await names(single)).toEqual(["calendar-days"]);
  for (const path of [single, await fileOf(zipOf([["calendar-days.csv", content]]))]) {
    await using file = await open(path, "r");
    const bundle = await readTemplates(file);
    expect(bundle).toMatchObject({ outcome: "read", files: { "calendar-days": [{ key: "A||2026-01-05" }] } });
  }
  expect(await told(await folderOf({ "a.csv": content, "calendar-days.csv": content }))).toEqual(["refused", expect.stringContaining('entry-repeated calendar-days.csv  : "a.csv" and "calendar-days.csv" are both')]);
  expect(await told(await folderOf({ "a.csv": "name,age\nx,1\n" }))).toEqual(["refused", expect.stringContaining("fatal file-missing"), expect.stringContaining("warning entry-unknown a.csv")]);
  await expect(readTemplates(join(single, "nowhere"))).rejects.toThrow(RosterPathError);
});

test("bounds hold, and a broken file costs no more than a sentence", async () => {
  const days = Array.from({ length: 28 }, (_, i) => `A,2026-01-${String(i + 1).padStart(2, "0")},yes,`).join("\n");
  expect(await told(await folderOf({ "calendar-days.csv": `${header}\n${days}\n` }), { rows: 20 })).toEqual(["refused", expect.stringContaining("file-too-long calendar-days.csv")]);
  expect(await told(await folderOf({ "calendar-days.csv": `${header}\n${days}\n` }), { cells: 100 })).toEqual(["refused", expect.stringContaining("package-too-large calendar-days.csv 9")]);
  expect(await told(await folderOf({ "calendar-days.csv": `${header}\nA,"2026-01-05,yes,\n` }))).toEqual(["refused", expect.stringContaining("quoting-broken calendar-days.csv 2")]);
  expect(await told(await folderOf({ "calendar-days.csv": Buffer.from([0x73, 0xff, 0x0a]) }))).toEqual(["refused", expect.stringContaining("encoding-unreadable calendar-days.csv")]);
  expect((await told(await fileOf(Buffer.concat([zipOf([["calendar-days.csv", header]]).subarray(0, 60)]))))[0]).toBe("refused");
});

test("whatever is done to a file, it is read whole or refused with a sentence", async () => {
  let state = 7;
  const below = (n: number) => (state = (state * 1103515245 + 12345) % 2147483648) % n;
  const pieces = ['"', ",", "\n", "\r", "\u0000", "=1+1", "@SUM(A1)", "\uFEFF", "é", "9".repeat(400), "yes", "2026-13-45", ";", "\t", "state_id", "remove"];
  const folder = await folderOf({});
  for (let n = 0; n < 400; n++) {
    let bytes = Buffer.from(exampleOf(templateNames[below(templateNames.length)]!).repeat(1 + below(3)));
    for (let edits = 1 + below(6); edits > 0; edits--) {
      const at = below(bytes.length + 1);
      const piece = below(5) === 0 ? Buffer.from([below(256), below(256)]) : Buffer.from(pieces[below(pieces.length)]!);
      bytes = Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(Math.min(bytes.length, at + below(4)))]);
    }
    const path = join(folder, "file.csv");
    await writeFile(path, bytes);
    const outcome = await readTemplates(path);
    if (outcome.outcome === "refused") expect(outcome.deviations.some(({ severity, message }) => severity === "fatal" && message.endsWith(".")), bytes.toString()).toBe(true);
    else expect(Object.keys(outcome.files)).toHaveLength(1);
  }
});
