import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { uuidv7 } from "#foundation/record/uuid";
import { testPlatform, type TestPlatform } from "#foundation/testing/test-platform";
import { allManifests } from "../../contract/stage.ts";
import { fileNames, type FileName } from "../oneroster/columns.ts";
import { fixture, folderOf } from "../oneroster/fixtures/build-package.ts";
import { readOneRoster } from "./files.ts";
import { newImport } from "./open.ts";
import { commitImport, NotWritten, type Outcome } from "./run.ts";

const district = { id: uuidv7(), code: "KELP", name: "Kelp Bay Schools", timeZone: "America/Los_Angeles" };
const count = 12;
let platform: TestPlatform;
let files: Record<string, string>;
beforeAll(async () => {
  platform = await testPlatform({ manifests: await allManifests(), now: new Date("2026-11-25T18:00:00Z") });
  files = await multiplied();
}, 60_000);
afterAll(() => platform[Symbol.asyncDispose]());

/** The whole package with each of its rows a dozen times: every id with a number behind it, those above and around all excepted. */
async function multiplied(): Promise<Record<string, string>> {
  const once = await fixture("whole-v1p2");
  const shared = /^(y27|a27|s27|q27-1|q27-2|d1|s1|arts)$/;
  const ids = new Set(fileNames.flatMap((file) => (once[`${file}.csv`] ?? "").split("\n").slice(1).map((row) => row.split(",")[0] ?? "")).filter((id) => id !== "" && !shared.test(id)));
  const pattern = new RegExp(`(?<=^|[,"])(${[...ids].join("|")})(?=[,"]|$)`, "g");
  const many = (text: string, file: string): string => {
    const [header = "", ...rows] = text.trimEnd().split("\n");
    const copies = Array.from({ length: count }, (_, n) => rows.map((row) => row.replace(pattern, `$1.${n}`).replace(/\b(88001|88002|8800001|SCI200|ART100|T-9|A-2|M-88001)\b/g, `$1${n}`)));
    return `${[header, ...(file === "orgs.csv" || file === "academicSessions.csv" ? rows : copies.flat())].join("\n")}\n`;
  };
  return Object.fromEntries(Object.entries(once).map(([file, text]) => [file, file === "manifest.csv" ? text : many(text, file)]));
}

type Result = { is: "written" } | { is: "refused"; codes: string[] } | { is: "stopped"; outcome: Outcome };

async function load(of: Record<string, string>, isNew = false): Promise<Result> {
  const read = await readOneRoster(await folderOf(of));
  if (read.outcome !== "read") return { is: "refused", codes: [...new Set(read.deviations.filter(({ severity }) => severity === "fatal").map(({ code }) => code))].sort() };
  platform.clock.now = new Date(platform.clock.now.getTime() + 60_000);
  const { head, open } = newImport({ format: "ONEROSTER", source: "kelp", startedAt: platform.clock.now });
  try {
    await commitImport({ orchestration: platform.orchestration, district: { ...district, isNew }, files: read, head, open }, { withdrawals: false, newPeople: true });
    return { is: "written" };
  } catch (error) {
    if (!(error instanceof NotWritten) || error.why !== "withdrawals") throw error;
    return { is: "stopped", outcome: error.outcome };
  }
}

/** The file up to a row of it. */
function cut(file: FileName, keeping: (rows: number) => number): Record<string, string> {
  const [header = "", ...rows] = (files[`${file}.csv`] ?? "").trimEnd().split("\n");
  return { ...files, [`${file}.csv`]: `${[header, ...rows.slice(0, keeping(rows.length))].join("\n")}\n` };
}

const third = (rows: number) => Math.ceil(rows / 3);
/** Leaves out more than a tenth, and not all. */
const somewhere = (file: string) => (rows: number) => 1 + (createHash("sha256").update(`cut ${file}`).digest().readUInt32LE() % Math.floor(rows * 0.85));
const summary = (result: Result): string => (result.is === "refused" ? `refused: ${result.codes.join(", ")}` : result.is === "stopped" ? `stopped: ${result.outcome.counts.filter(({ stops, schoolId }) => stops && schoolId === null).map(({ file, withdrawn, known }) => `${file} ${withdrawn} of ${known}`).join(", ")}` : result.is);
const everything = () => platform.sql("SELECT (SELECT count(*) FROM journal.audit_entry)::int AS entries, (SELECT count(*) FROM rostering.import)::int AS imports, (SELECT max(updated_at) FROM rostering.source_record) AS last");

test("the package is written while it is whole", { timeout: 120_000 }, async () => {
  expect(await load(files, true)).toEqual({ is: "written" });
});

test("a package of which one file is cut to a third is not written, whichever it is", { timeout: 240_000 }, async () => {
  const before = await everything();
  const outcomes: Record<string, string> = {};
  for (const file of fileNames) outcomes[file] = summary(await load(cut(file, third)));
  expect(outcomes).toMatchInlineSnapshot(`
    {
      "academicSessions": "refused: reference-dangling",
      "categories": "refused: reference-dangling",
      "classResources": "stopped: classResources.csv 8 of 12",
      "classes": "refused: reference-dangling",
      "courseResources": "stopped: courseResources.csv 8 of 12",
      "courses": "refused: reference-dangling",
      "demographics": "stopped: demographics.csv 16 of 24",
      "enrollments": "stopped: enrollments.csv 40 of 72",
      "lineItemLearningObjectiveIds": "stopped: lineItemLearningObjectiveIds.csv 8 of 12",
      "lineItemScoreScales": "stopped: lineItemScoreScales.csv 8 of 12",
      "lineItems": "refused: reference-dangling",
      "orgs": "refused: reference-dangling",
      "resources": "refused: reference-dangling",
      "resultLearningObjectiveIds": "stopped: resultLearningObjectiveIds.csv 8 of 12",
      "resultScoreScales": "stopped: resultScoreScales.csv 8 of 12",
      "results": "refused: reference-dangling",
      "roles": "stopped: roles.csv 40 of 60",
      "scoreScales": "refused: reference-dangling",
      "userProfiles": "refused: reference-dangling",
      "userResources": "stopped: userResources.csv 8 of 12",
      "users": "refused: reference-dangling",
    }
  `);
  expect(await everything()).toEqual(before);
});

test.each(["users", "enrollments", "results", "demographics"] as const)("%s.csv cut in the middle, anywhere, and within a row is not written", { timeout: 120_000 }, async (file) => {
  const text = files[`${file}.csv`] ?? "";
  for (const of of [cut(file, (rows) => Math.floor(rows / 2)), cut(file, somewhere(file)), { ...files, [`${file}.csv`]: text.slice(0, Math.floor(text.length / 2)) }]) {
    expect([file, (await load(of)).is]).toEqual([file, expect.stringMatching(/^(refused|stopped)$/)]);
  }
});

test("rosters cut to a third are stopped, though nobody of the students would go", { timeout: 60_000 }, async () => {
  const result = await load(cut("enrollments", third));
  if (result.is !== "stopped") throw new Error(`The package was ${result.is}.`);
  const gone = result.outcome.rows.filter(({ action }) => action === "WITHDRAW");
  // Of six rows for each of the dozen, one is an administrator's, who is on no roster.
  expect([gone.length, new Set(gone.map(({ file }) => file))]).toEqual([(5 * count * 2) / 3, new Set(["enrollments.csv"])]);
  expect(await platform.sql("SELECT count(*)::int AS n FROM students.school_enrollment WHERE exit_date IS NULL AND archived_at IS NULL")).toEqual([{ n: 2 * count }]);
});
