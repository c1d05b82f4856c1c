import { afterAll, beforeAll, expect, test } from "vitest";
import { readConfig, type Config } from "#foundation/config/config";
import { testPlatform, testPrefix, type TestPlatform } from "#foundation/testing/test-platform";
import { allManifests } from "../../registry.ts";
import { edited, fixture, folderOf } from "../../rostering/oneroster/fixtures/build-package.ts";
import { UsageError } from "../command.ts";
import { importPackage } from "./import.ts";
import { migrateInstallation } from "./migrate.ts";
import { seed } from "./seed.ts";

let platform: TestPlatform;
let config: Config;
beforeAll(async () => {
  platform = await testPlatform({ manifests: await allManifests() });
  config = readConfig({ DATABASE_URL: (platform.database.pool.options as { connectionString?: string }).connectionString, OSSS_DATABASE_PREFIX: testPrefix });
});
afterAll(() => platform[Symbol.asyncDispose]());

async function run(words: string[], clock = () => new Date("2024-10-02T18:00:00Z")) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await importPackage(words, { print: (line) => out.push(line), report: (line) => err.push(line), path: (typed) => typed }, config, clock);
  return { code, out: out.join("\n"), err: err.join("\n") };
}
const people = async () => (await platform.sql<{ n: number }>("SELECT count(*)::int AS n FROM people.person"))[0]!.n;

test("a fault refuses the package with file, line, column and reason, and writes nothing", async () => {
  const folder = await folderOf(edited(await fixture("district-v1p1"), "enrollments.csv", "e3,,,k-hr-3", "e3,,,k-hr-9"));
  const { code, out, err } = await run(["oneroster", folder]);
  expect([code, out]).toEqual([1, ""]);
  expect(err).toMatch(/enrollments\.csv line 4, classSourcedId: .*k-hr-9/);
  expect(err).toContain("Nothing was imported.");
  expect(await people()).toBe(0);
});

test("the package's own district is made, the second import says that nothing changed, and a second district must be chosen", async () => {
  const folder = await folderOf(await fixture("district-v1p1"));
  const dry = await run(["oneroster", folder, "--dry-run"]);
  expect(dry.out).toMatch(/Person +7 added[\s\S]*would be made; nothing was/);
  expect(await people()).toBe(0);
  const first = await run(["oneroster", folder]);
  expect(first).toMatchObject({ code: 0, out: expect.stringMatching(/harbor, OneRoster 1\.1, into Harbor Unified \(9001\)[\s\S]*Person +7 added[\s\S]*osss import undo/) });
  expect(first.err).toMatch(/time zone is UTC/);
  expect(await run(["oneroster", folder])).toMatchObject({ code: 0, out: expect.stringContaining("0 changes") });
  expect(await run(["oneroster", folder, "--new-district", "OTHER", "--time-zone", "America/Denver"])).toMatchObject({ code: 0 });
  expect(await run(["oneroster", folder])).toMatchObject({ code: 1, err: expect.stringMatching(/several districts: 9001 \(Harbor Unified\), OTHER .*--district/) });
  expect(await run(["oneroster", folder, "--district", "9001"])).toMatchObject({ code: 0, out: expect.stringContaining("0 changes") });
  expect(await run(["oneroster", folder, "--district", "NONE"])).toMatchObject({ code: 1, err: expect.stringContaining("There is no district NONE. Known: 9001") });
  expect(await people()).toBe(14);
});

test.each([[[]], [["oneroster"]], [["edfi", "x"]], [["oneroster", "x", "y"]], [["oneroster", "x", "--time-zone", "Mars/Base"]], [["oneroster", "x", "--district", "A", "--new-district", "B"]]])("wrong words: %j", async (words) => {
  await expect(run(words)).rejects.toBeInstanceOf(UsageError);
});

test("nothing at the path is told, not thrown", async () => {
  expect(await run(["oneroster", "/nowhere/at-all.zip"])).toMatchObject({ code: 1, err: expect.stringContaining("There is nothing at") });
});

test("seed refuses production and wrong words", async () => {
  const said: string[] = [];
  const io = { print: (line: string) => void said.push(line), report: (line: string) => void said.push(line) };
  expect(await seed([], io, { ...config, mode: "production" })).toBe(1);
  expect(said.join()).toContain("OSSS_MODE is production");
  await expect(seed(["--students", "3"], io, config)).rejects.toThrow(/--students must be a whole number from 50/);
  await expect(seed(["--today", "2026-02-30"], io, config)).rejects.toThrow(/is no day/);
});

test("migrate says what is missing without the role that migrates, and that all is well with it", async () => {
  const said: string[] = [];
  const io = { print: (line: string) => void said.push(line), report: (line: string) => void said.push(line) };
  expect(await migrateInstallation([], io, config)).toBe(1);
  expect(said.join()).toContain("Set DATABASE_ADMIN_URL");
  expect(await migrateInstallation([], io, { ...config, database: { ...config.database, adminUrl: platform.adminUrl } })).toBe(0);
  expect(said.at(-1)).toContain("up to date");
});
