import { afterAll, beforeAll, expect, test } from "vitest";
import { readConfig, type Config } from "#foundation/config/config";
import { testPlatform, testPrefix, type TestPlatform } from "#foundation/testing/test-platform";
import { allManifests } from "../../registry.ts";
import { UsageError } from "../command.ts";
import { seed } from "./seed.ts";

let platform: TestPlatform;
let settings: Record<string, string>;
let config: Config;
beforeAll(async () => {
  platform = await testPlatform({ manifests: await allManifests() });
  settings = { DATABASE_URL: platform.appUrl, OSSS_DATABASE_PREFIX: testPrefix, OSSS_DEMO_STUDENTS: "50" };
  config = readConfig(settings);
});
afterAll(() => platform[Symbol.asyncDispose]());

async function run(words: string[], using = config) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await seed(words, { print: (line) => out.push(line), report: (line) => err.push(line) }, using);
  return { code, out: out.join("\n"), err: err.join("\n") };
}

test.each([
  [["--students", "49"], "--students must be a whole number from 50 to 100000."],
  [["--students", "1e3"], "--students must be a whole number from 50 to 100000."],
  [["--years", "0"], "--years must be a whole number from 1 to 4."],
  [["--today", "2026-02-30"], "--today 2026-02-30 is no day. Write it as 2026-10-14."],
  [["--time-zone", "Nowhere/Town"], "There is no time zone Nowhere/Town. Use an IANA name, such as America/Chicago."],
])("%j is refused before anything is opened", async (words, sentence) => {
  await expect(run(words)).rejects.toThrow(new UsageError(sentence));
});

test("a word that is not known is refused", async () => {
  await expect(run(["--events"])).rejects.toThrow("--events");
});

test("invented people have no place in production", async () => {
  const production = readConfig({ ...settings, OSSS_MODE: "production", OSSS_PUBLIC_URL: "https://school.example.org", OIDC_ISSUER: "https://id.example.org/realms/osss" });
  expect(await run([], production)).toMatchObject({ code: 1, err: expect.stringContaining("OSSS_MODE is production") });
});

test("it makes the district that the words and settings say, tells what it does, and makes it once", { timeout: 60_000 }, async () => {
  const words = ["--today", "2026-10-14", "--years", "1", "--no-events", "--seed", "5"];
  const first = await run(words);
  expect(first.code).toBe(0);
  expect(first.err).toContain("Alder Ridge High School, Briar Creek Middle School, Cedar Hollow Elementary School, Dogwood Grove Elementary School: 50 students");
  expect(first.out).toMatch(/^A district of 50 students as of 2026-10-14, made in \d+\.\d s\.$/);
  expect(await run(words)).toMatchObject({ code: 0, out: "The district of these words is here already. Nothing changed." });
  expect((await run([...words, "--students", "51"])).out).toContain("No demo user is linked to it: they belong to the first district.");
  const [found] = await platform.sql("SELECT count(*)::int AS districts, (SELECT count(*)::int FROM academics.class_meeting) AS meetings, (SELECT count(*)::int FROM schools.school_year) AS years FROM platform.district");
  expect(found).toEqual({ districts: 2, meetings: 0, years: 4 });
});
