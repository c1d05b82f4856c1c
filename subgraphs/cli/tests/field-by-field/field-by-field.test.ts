import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { uuidv7 } from "#foundation/record/uuid";
import { sampleBundles } from "#foundation/testing/sample-bundles";
import { testPlatform } from "#foundation/testing/test-platform";
import { allManifests } from "../../../registry.ts";
import { importRoster } from "../../../rostering/import/import-roster.ts";
import { readRoster, type ReadRosterOptions } from "../../../rostering/oneroster/roster.ts";
import { places, type Settings } from "./places.ts";
import { readIndependently, type WrittenRow } from "./read-independently.ts";
import { lookAround, type World } from "./world.ts";

/*
 * Nothing that a file says is lost: every filled cell of every row of every file is found again through the graph, as people of the district
 * read it: in the record that holds it, else as it was written in the source's row. `places.ts` says which column is found where. Passwords
 * are found nowhere.
 */

interface Outcome {
  /** How many cells were found in records and how many as written, by column. */
  found: Record<string, { inRecords: number; asWritten: number }>;
  lost: string[];
}

async function importAndCompare(folder: string, now: string, settings: Settings, reading: ReadRosterOptions = {}): Promise<Outcome> {
  await using platform = await testPlatform({ manifests: await allManifests(), now: new Date(now) });
  const bundle = await readRoster(folder, reading);
  if (bundle.outcome !== "read") throw new Error(bundle.deviations.map(({ message }) => message).join("\n"));
  const district = { id: uuidv7(), code: "SAMPLE", name: "Sample", timeZone: "America/New_York", isNew: true };
  await importRoster(platform.orchestration, { bundle, source: "sample", district, dryRun: false });
  const world = await lookAround(platform, district.id);
  const outcome: Outcome = { found: {}, lost: [] };
  for (const [file, rows] of readIndependently(folder, { of10: reading.version === "1.0" })) for (const row of rows) compare(file, row, world, settings, outcome);
  return outcome;
}

/** Booleans, choices and lists are compared by what they mean; everything else letter for letter. */
function meaning(column: string, cell: string): string {
  const folded = cell.toLowerCase();
  if (folded === "true" || folded === "false" || column === "sex" || column === "classType" || column === "role") return folded;
  return column.endsWith("Ids") ? cell.split(",").map((item) => item.trim()).join(",") : cell;
}

function compare(file: string, row: WrittenRow, world: World, settings: Settings, outcome: Outcome): void {
  const kept = world.kept(file, row.sourcedId ?? "");
  if (kept === undefined) outcome.lost.push(`${file} ${row.sourcedId}: the row is not known`);
  for (const [column, cell] of Object.entries(row)) {
    if (["sourcedId", "status", "dateLastModified", "password"].includes(column)) continue;
    const counts = (outcome.found[`${file}.${column}`] ??= { inRecords: 0, asWritten: 0 });
    const said = places[file]?.[column]?.said(row, world, settings);
    if (said != null && said === meaning(column, cell)) counts.inRecords += 1;
    else if (kept?.[column] !== undefined && meaning(column, kept[column]) === meaning(column, cell)) counts.asWritten += 1;
    else outcome.lost.push(`${file} ${row.sourcedId} ${column}: "${cell}" is "${String(said)}" in the records and "${kept?.[column]}" as written`);
  }
}

const fixtures = join(import.meta.dirname, "../../../rostering/oneroster/fixtures");
const half = { inclusiveEnds: false };

test("a whole package of 1.2: all 21 files, and where each column is found", { timeout: 90_000 }, async () => {
  const { found, lost } = await importAndCompare(join(fixtures, "whole-v1p2"), "2026-11-25T18:00:00Z", half);
  expect(lost).toEqual([]);
  const where = Object.entries(found).map(([column, { inRecords, asWritten }]) => {
    const [file = "", name = ""] = column.split(".");
    return `${column}: ${[...(inRecords > 0 ? [places[file]?.[name]?.at] : []), ...(asWritten > 0 ? ["as written"] : [])].join("; ")}`;
  });
  expect(where.sort()).toMatchSnapshot();
});

test.each([["district-v1p1", "2024-10-02T18:00:00Z"], ["district-v1p2", "2025-10-02T18:00:00Z"]])("%s: every cell is found", { timeout: 90_000 }, async (name, now) => {
  expect((await importAndCompare(join(fixtures, name), now, half)).lost).toEqual([]);
});

const samples = sampleBundles();

describe.skipIf(samples === null)("packages that others made (set OSSS_SAMPLE_BUNDLES to the folder that holds oneroster/)", () => {
  test.each<[string, string, Settings, ReadRosterOptions, number]>([
    ["mockroster-classlink-v1p1", "2019-03-01T15:00:00Z", { inclusiveEnds: true }, {}, 4400],
    ["lms-toolkit-edfi-v1p1", "2020-10-02T15:00:00Z", half, {}, 300],
    ["lms-toolkit-edfi-v1p0", "2020-10-02T15:00:00Z", half, { version: "1.0" }, 300],
    ["longsight-full-bulk-v1p2", "2024-10-02T15:00:00Z", half, {}, 100],
  ])("%s: every cell of every row is found", { timeout: 90_000 }, async (name, now, settings, reading, least) => {
    const { found, lost } = await importAndCompare(join(samples ?? "", "oneroster", name), now, settings, reading);
    expect(lost).toEqual([]);
    expect(Object.values(found).reduce((sum, { inRecords, asWritten }) => sum + inRecords + asWritten, 0)).toBeGreaterThan(least);
  });
});
