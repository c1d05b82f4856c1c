import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { uuidv7 } from "#foundation/record/uuid";
import { sampleBundles } from "#foundation/testing/sample-bundles";
import { testPlatform, type TestPlatform } from "#foundation/testing/test-platform";
import { allManifests } from "../../registry.ts";
import { differences, lost } from "../../rostering/export/testing/compare-packages.ts";
import { exported, type Exported } from "../../rostering/export/testing/exported.ts";
import { parseCsv, type StrictRow } from "../../rostering/export/testing/strict-package.ts";
import { importRoster } from "../../rostering/import/import-roster.ts";
import { describeDeviations } from "../../rostering/oneroster/describe-deviations.ts";
import { fixture, folderOf } from "../../rostering/oneroster/fixtures/build-package.ts";
import { readRoster } from "../../rostering/oneroster/roster.ts";
import { seedDemoDistrict } from "../seed/seed-demo-district.ts";

const emptyPlatform = async (now: string) => testPlatform({ manifests: await allManifests(), now: new Date(now) });

async function importInto(platform: TestPlatform, folder: string, timeZone = "America/New_York"): Promise<string> {
  const bundle = await readRoster(folder);
  if (bundle.outcome !== "read") throw new Error(describeDeviations(bundle));
  const district = { id: uuidv7(), code: "COPY", name: "A copy", timeZone, isNew: true };
  await importRoster(platform.orchestration, { bundle, source: "sis", district, dryRun: false });
  return district.id;
}

/** Imports a package into an empty district and exports it, and does both once more with what came of it. */
async function thereAndBack(folder: string, now: string): Promise<{ first: Exported; second: Exported }> {
  const step = async (from: string): Promise<Exported> => {
    await using platform = await emptyPlatform(now);
    return await exported(platform, await importInto(platform, from), { speaks: "sis" });
  };
  const first = await step(folder);
  return { first, second: await step(first.folder) };
}

async function sourceOf(folder: string): Promise<Record<string, StrictRow[]>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".csv") && name !== "manifest.csv");
  const files = await Promise.all(names.map(async (name) => {
    const text = (await readFile(join(folder, name), "utf8")).replace(/^\uFEFF/, "").replaceAll("\r\n", "\n").replace(/\n*$/, "\n").replaceAll("\n", "\r\n");
    const [header = [], ...rows] = parseCsv(text);
    return [name.replace(/\.csv$/, ""), rows.map((cells) => Object.fromEntries(header.map((column, at) => [column.trim(), cells[at] ?? ""])))] as const;
  }));
  return Object.fromEntries(files.filter(([, rows]) => rows.length > 0));
}

test.each([["district-v1p1", "2024-10-02T18:00:00Z"], ["district-v1p2", "2025-10-02T18:00:00Z"], ["whole-v1p2", "2026-10-14T18:00:00Z"]] as const)("%s: exported, imported and exported again it is equal, and has all that the source had", { timeout: 120_000 }, async (name, now) => {
  const folder = await folderOf(await fixture(name));
  const { first, second } = await thereAndBack(folder, now);
  expect([first.faults, second.faults]).toEqual([[], []]);
  expect(differences(first, second)).toEqual([]);
  expect(lost(await sourceOf(folder), first)).toEqual([]);
});

test("a district of our own, exported, imported into an empty one and exported again: equal", { timeout: 120_000 }, async () => {
  const now = "2026-10-14T18:00:00Z";
  await using platform = await emptyPlatform(now);
  const { districtId } = await seedDemoDistrict(platform.orchestration, { students: 60, seed: 1, today: "2026-10-14", timeZone: "America/Chicago" });
  const ours = await exported(platform, districtId);
  await using other = await emptyPlatform(now);
  const again = await exported(other, await importInto(other, ours.folder, "America/Chicago"), { speaks: "sis" });
  expect([ours.faults, again.faults]).toEqual([[], []]);
  expect(differences(ours, again)).toEqual([]);
});

const samples = sampleBundles();

describe.skipIf(samples === null)("packages that others made (set OSSS_SAMPLE_BUNDLES to the folder that holds oneroster/)", () => {
  test.each([
    // One session ends after its school year: only what lies within is held.
    ["mockroster-classlink-v1p1", "2018-10-01T15:00:00Z", { inclusiveEnds: true, yearsByStart: true }, [/^academicSessions \S+ endDate: \S+ \| \S+$/]],
    ["lms-toolkit-edfi-v1p1", "2020-10-01T15:00:00Z", {}, []],
    ["longsight-full-bulk-v1p2", "2026-10-14T15:00:00Z", {}, []],
  ])("%s: exported, imported and exported again it is equal, and has all that the source had", { timeout: 120_000 }, async (name, now, habits, known) => {
    const folder = join(samples ?? "", "oneroster", name);
    const { first, second } = await thereAndBack(folder, now);
    expect([first.faults, second.faults]).toEqual([[], []]);
    expect(differences(first, second)).toEqual([]);
    const source = await sourceOf(folder);
    const unlike = lost(source, first, habits);
    const secondPrimary = /^enrollments \S+ primary: true \| false$/;
    expect(unlike.filter((one) => !secondPrimary.test(one))).toEqual(known.map((one) => expect.stringMatching(one)));
    expect(unlike.filter((one) => secondPrimary.test(one))).toHaveLength(surplusPrimaries(source));
  });
});

/** Teachers beyond the first whom a file calls primary in one class on the same days, where the format has one: they go out as teachers. */
function surplusPrimaries(source: Awaited<ReturnType<typeof sourceOf>>): number {
  const primaries = (source["enrollments"] ?? []).filter((row) => row["role"] === "teacher" && row["primary"] === "true");
  return primaries.length - new Set(primaries.map((row) => [row["classSourcedId"], row["beginDate"], row["endDate"]].join())).size;
}
