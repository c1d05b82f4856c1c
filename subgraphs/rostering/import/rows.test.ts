import { expect, test } from "vitest";
import { isImported, type ImportedRow } from "../imports/ledger.ts";
import { edited, fixture } from "../oneroster/fixtures/build-package.ts";
import { bundleOf, eachImportingTest, told, without, type ImportingDistrict } from "../testing/importing-district.ts";

let harbor: ImportingDistrict;
let files: Record<string, string>;
eachImportingTest((test) => ({ harbor, files } = test));

const idsOf = (rows: readonly ImportedRow[]) => rows.map(({ file, sourcedId }) => `${file} ${sourcedId}`).sort();
const everyRow = async (of: Record<string, string>) => Object.entries((await bundleOf(of)).rows).flatMap(([file, rows]) => rows.map(({ sourcedId }) => `${file}.csv ${sourcedId}`)).sort();

test.each(["district-v1p1", "district-v1p2"] as const)("every row of %s is told, new at first and unchanged after that, and every change belongs to one", async (name) => {
  const of = await fixture(name);
  const first = await harbor.load(of);
  expect(idsOf(first.rows)).toEqual(await everyRow(of));
  expect([...new Set(first.rows.map(({ action }) => action))]).toEqual(["CREATE"]);
  const booked = first.rows.flatMap(({ changes }) => changes).filter(({ recordType }) => isImported(recordType)).length;
  expect(booked).toBe(first.changed - (first.counts.District?.CREATED ?? 0));
  const second = await harbor.load(of);
  expect(idsOf(second.rows)).toEqual(await everyRow(of));
  expect(second.rows.filter(({ action, changes, memory }) => action !== "UNCHANGED" || changes.length + memory.length > 0)).toEqual([]);
});

test("rows are told as a clerk knows them, with their schools", async () => {
  const { rows } = await harbor.load(files);
  const [high] = await harbor.rows<{ id: string }>("SELECT id FROM schools.school WHERE district_id = $1 AND code = '9001-2'");
  const row = (file: string, sourcedId: string) => rows.find((each) => each.file === file && each.sourcedId === sourcedId);
  expect(row("users.csv", "u-ada")).toMatchObject({ label: "Moreau, Ada (700001)", line: 2, schoolId: high!.id });
  expect(row("users.csv", "u-ito")).toMatchObject({ label: "Ito, Mei (T-7)", schoolId: null });
  expect(row("orgs.csv", "s2")).toMatchObject({ label: "Tidewater High", schoolId: high!.id });
  expect(row("classes.csv", "k-alg-1")).toMatchObject({ label: "Algebra I (1) (MA101-1)", schoolId: high!.id });
  expect(row("enrollments.csv", "e1")).toMatchObject({ label: "Moreau, Ada, Algebra I (1) (MA101-1)", schoolId: high!.id });
  expect(row("enrollments.csv", "e5")).toMatchObject({ label: "Ito, Mei, teacher of Algebra I (1) (MA101-1)" });
  expect(row("demographics.csv", "u-ada")).toMatchObject({ label: "Moreau, Ada", schoolId: high!.id });
});

test("a changed field is told with what it was, at its row", async () => {
  await harbor.load(files);
  const { rows } = await harbor.load(edited(edited(files, "users.csv", "Lea,Moreau", "Lea,Moreau-Reed"), "classes.csv", "Grade 3 Ito", "Grade 3 (Ito)"));
  expect(told(rows)).toEqual(["CHANGE users.csv u-lea", "CHANGE classes.csv k-hr-3"]);
  expect(rows.find(({ sourcedId }) => sourcedId === "u-lea")?.changes).toMatchObject([{ recordType: "Person", action: "UPDATED", version: 2, fields: [{ field: "familyName", before: "Moreau", after: "Moreau-Reed" }] }]);
  expect(rows.find(({ sourcedId }) => sourcedId === "k-hr-3")?.changes).toMatchObject([{ recordType: "Section", fields: [{ field: "title", before: "Grade 3 Ito", after: "Grade 3 (Ito)" }] }]);
});

test("what has no record of its own is a change, too", async () => {
  await harbor.load(files);
  const { rows, counts } = await harbor.load(edited(files, "users.csv", "lea.moreau", "l.moreau"));
  expect([told(rows), counts]).toEqual([["CHANGE users.csv u-lea"], {}]);
});

test("a dry run tells the same rows as the import that follows", async () => {
  await harbor.load(files);
  const later = without(edited(files, "users.csv", "Lea,Moreau", "Lea,Moreau-Reed"), "u-ada,student", "enrollments.csv");
  const planned = await harbor.load(later, { dryRun: true });
  const done = await harbor.load(later);
  const said = (rows: readonly ImportedRow[]) => rows.map(({ file, line, sourcedId, label, action, schoolId, changes }) => ({ file, line, sourcedId, label, action, schoolId, changes }));
  expect(said(planned.rows)).toEqual(said(done.rows));
});
