import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readConfig, type Config } from "#foundation/config/config";
import { testPlatform, testPrefix, type TestPlatform } from "#foundation/testing/test-platform";
import { allManifests } from "../../registry.ts";
import { describeDeviations } from "../../rostering/oneroster/describe-deviations.ts";
import { fixture, folderOf } from "../../rostering/oneroster/fixtures/build-package.ts";
import { readRoster } from "../../rostering/oneroster/roster.ts";
import { readStrictly } from "../../rostering/export/testing/strict-package.ts";
import { UsageError } from "../command.ts";
import { exportPackage } from "./export.ts";
import { importPackage } from "./import.ts";

const clock = () => new Date("2024-10-02T18:00:00Z");
let platform: TestPlatform;
let config: Config;
let place: string;
beforeAll(async () => {
  platform = await testPlatform({ manifests: await allManifests() });
  config = readConfig({ DATABASE_URL: platform.appUrl, OSSS_DATABASE_PREFIX: testPrefix });
  place = await mkdtemp(join(tmpdir(), "osss-export-"));
});
afterAll(async () => {
  await platform[Symbol.asyncDispose]();
  await rm(place, { recursive: true, force: true });
});

async function run(words: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await exportPackage(words, { print: (line) => out.push(line), report: (line) => err.push(line), path: (typed) => join(place, typed) }, config, clock);
  return { code, out: out.join("\n"), err: err.join("\n") };
}

test.each([
  [[]], [["oneroster"]], [["edfi", "--own-copy", "--out", "x"]], [["oneroster", "--out", "x"]], [["oneroster", "--own-copy"]], [["oneroster", "--own-copy", "--out", "x", "--since", "yesterday"]],
])("wrong words: %j", async (words) => {
  await expect(run(words)).rejects.toBeInstanceOf(UsageError);
});

test("without a district there is nothing to export, and it says so", async () => {
  expect(await run(["oneroster", "--own-copy", "--out", "a.zip"])).toMatchObject({ code: 1, err: expect.stringContaining("There is no district yet") });
});

test("a folder and a zip of the same district, with the ids of its one source; a folder that holds something is refused", async () => {
  await importPackage(["oneroster", await folderOf(await fixture("district-v1p1"))], { print: () => undefined, report: () => undefined, path: (typed) => typed }, config, clock);
  const folder = await run(["oneroster", "--own-copy", "--out", "whole"]);
  expect(folder).toMatchObject({ code: 0, out: expect.stringMatching(/Harbor Unified \(9001\) into whole: OneRoster 1\.2, everything[\s\S]*users +7 rows/) });
  const { faults, files } = await readStrictly(join(place, "whole"));
  expect(faults).toEqual([]);
  expect(files.orgs!.map(({ sourcedId }) => sourcedId)).toEqual(["d1", "s1", "s2"]);
  expect(await run(["oneroster", "--own-copy", "--out", "whole"])).toMatchObject({ code: 1, err: expect.stringContaining("is not empty") });
  expect(await run(["oneroster", "--own-copy", "--out", "whole.zip"])).toMatchObject({ code: 0 });
  const zip = await readRoster(join(place, "whole.zip"));
  expect([zip.outcome, describeDeviations(zip)]).toEqual(["read", ""]);
  expect(await run(["oneroster", "--own-copy", "--out", "ours", "--ids-of", "none"])).toMatchObject({ code: 0 });
  expect(await readFile(join(place, "ours", "orgs.csv"), "utf8")).not.toContain("\r\ns1,");
  expect(await run(["oneroster", "--own-copy", "--out", "x", "--district", "NONE"])).toMatchObject({ code: 1, err: expect.stringContaining("Known: 9001") });
});

test("since a day: from its midnight by the district's clocks; not since one to come", async () => {
  await expect(run(["oneroster", "--own-copy", "--out", "x", "--since", "2024-10-03"])).rejects.toThrow(/yet to come/);
  expect(await run(["oneroster", "--own-copy", "--out", "day", "--since", "2024-10-02"])).toMatchObject({ code: 0, out: expect.stringContaining("what changed") });
  expect((await readStrictly(join(place, "day"))).faults).toEqual([]);
  expect((await run(["oneroster", "--own-copy", "--out", "after", "--since", "2024-10-02T18:00:00.000Z"])).code).toBe(0);
});
