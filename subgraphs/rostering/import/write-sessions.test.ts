import { expect, test } from "vitest";
import { edited } from "../oneroster/fixtures/build-package.ts";
import { eachImportingTest, type ImportingDistrict } from "../testing/importing-district.ts";

let harbor: ImportingDistrict;
let files: Record<string, string>;
eachImportingTest((test) => ({ harbor, files } = test), { imported: true });

const terms = () => harbor.rows<{ line: string }>("SELECT name || ' ' || first_day || '..' || end_day AS line FROM schools.term WHERE district_id = $1 AND archived_at IS NULL ORDER BY first_day, name").then((rows) => rows.map(({ line }) => line));
const [fall, spring] = ["Fall 2024-08-19..2025-01-11", "Spring 2025-01-11..2025-06-07"];
const lms = { source: "lms" };

test("a term of the same days is the one that the district has, whatever a second source calls it", async () => {
  const theirs = edited(files, "academicSessions.csv", ",Fall,", ",Semester 1,");
  const first = await harbor.load(theirs, lms);
  expect([await terms(), first.counts.Term]).toEqual([[fall, spring], undefined]);
  expect((await harbor.load(theirs, lms)).counts).toEqual({});
  // As with all that the district has set: it stays until a source says something new.
  await harbor.load(edited(files, "academicSessions.csv", ",Fall,", ",First semester,"), lms);
  expect(await terms()).toEqual(["First semester 2024-08-19..2025-01-11", spring]);
  expect((await harbor.load(files)).counts).toEqual({});
});

test("one of other days is another, and of several with the same days the one of that name is taken", async () => {
  const more = (id: string, title: string, from = "2024-08-19", to = "2025-01-11") => ({ ...files, "academicSessions.csv": `${files["academicSessions.csv"]!.trimEnd()}\n${id},,,${title},term,${from},${to},y25,2025\n` });
  await harbor.load(more("f25b", "Evening fall"));
  expect(await terms()).toEqual(["Evening fall 2024-08-19..2025-01-11", fall, spring]);
  await harbor.load(more("x", "Autumn", "2024-08-19", "2024-12-20"), lms);
  expect(await terms()).toEqual(["Autumn 2024-08-19..2024-12-20", "Evening fall 2024-08-19..2025-01-11", fall, spring]);
  const [named] = await harbor.rows<{ name: string }>("SELECT t.name FROM rostering.external_identifier x JOIN schools.term t ON t.id = x.record_id WHERE x.district_id = $1 AND x.source = 'lms' AND x.sourced_id = 'f25'");
  expect(named).toEqual({ name: "Fall" });
});
