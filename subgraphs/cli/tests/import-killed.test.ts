import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { expect, onTestFinished, test } from "vitest";
import { testPlatform, testPrefix, type TestPlatform } from "#foundation/testing/test-platform";
import { allManifests } from "../../registry.ts";
import { fixture, folderOf } from "../../rostering/oneroster/fixtures/build-package.ts";

const people = 2_200;
const sections = 40;

/** A package of so many that the import writes them in several portions: students in two schools, each in two sections. */
async function wideFolder(): Promise<string> {
  const files = await fixture("district-v1p1");
  const header = (file: string) => (files[file] ?? "").split("\n")[0]!;
  const rows = (file: string, count: number, row: (i: number) => string) => [header(file), ...Array.from({ length: count }, (_, i) => row(i))].join("\n");
  const school = (i: number) => `s${(i % 2) + 1}`;
  return folderOf({
    "manifest.csv": (files["manifest.csv"] ?? "").replace("file.demographics,bulk", "file.demographics,absent"),
    "orgs.csv": files["orgs.csv"]!,
    "academicSessions.csv": files["academicSessions.csv"]!,
    "courses.csv": files["courses.csv"]!,
    "classes.csv": rows("classes.csv", sections, (i) => `k${i},,,Algebra (${i}),"09",c-alg,A-${i},scheduled,,${school(i)},y25,,,`),
    "users.csv": rows("users.csv", people, (i) => `u${i},,,true,${school(i)},student,user${i},,Given${i},Family${i},,N${i},,,,,03,`),
    "enrollments.csv": rows("enrollments.csv", 2 * people, (i) => `e${i},,,k${(Math.floor(i / 2) % 2) + 2 * ((i + Math.floor(i / 4)) % (sections / 2))},${school(Math.floor(i / 2))},u${Math.floor(i / 2)},student,,,`),
  });
}

function startImport(folder: string, { appUrl }: TestPlatform) {
  const command = ["--import", "@oxc-node/core/register", new URL("../main.ts", import.meta.url).pathname, "import", "oneroster", folder, "--time-zone", "UTC"];
  const child = spawn(process.execPath, command, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, DATABASE_URL: appUrl, OSSS_DATABASE_PREFIX: testPrefix, DATABASE_ADMIN_URL: "" } });
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => child.once("close", (code, signal) => resolve({ code, signal })));
  return { child, ended, progress: createInterface({ input: child.stderr }), out: createInterface({ input: child.stdout }) };
}

const left = (platform: TestPlatform) =>
  platform.sql(`SELECT (SELECT count(*) FROM platform.district)::int AS districts, (SELECT count(*) FROM schools.school)::int AS schools, (SELECT count(*) FROM people.person)::int AS people,
    (SELECT count(*) FROM academics.section_enrollment)::int AS rosters, (SELECT count(*) FROM rostering.external_identifier)::int AS ids, (SELECT count(*) FROM rostering.source_record)::int AS sources,
    (SELECT count(*) FROM rostering.import)::int AS imports, (SELECT count(*) FROM journal.audit_entry)::int AS audit, (SELECT count(*) FROM journal.outbox_event)::int AS events`);
const nothing = { districts: 0, schools: 0, people: 0, rosters: 0, ids: 0, sources: 0, imports: 0, audit: 0, events: 0 };

test("kill -9 at ten points of an import leaves nothing, and the next one brings everything", { timeout: 600_000 }, async () => {
  await using platform = await testPlatform({ manifests: await allManifests() });
  const folder = await wideFolder();
  for (let point = 1; point <= 10; point++) {
    const run = startImport(folder, platform);
    const said: string[] = [];
    for await (const line of run.progress) {
      // What it says before it has begun to write begins at the line's first column.
      if (!line.startsWith("  ") || line.startsWith("  enroll")) continue;
      said.push(line);
      if (said.length < point) continue;
      run.child.kill("SIGKILL");
      break;
    }
    expect(await run.ended, `at point ${point}, after: ${said.join("; ")}`).toEqual({ code: null, signal: "SIGKILL" });
    expect(await left(platform), `at point ${point}`).toEqual([nothing]);
  }
  const last = startImport(folder, platform);
  const told: string[] = [];
  for await (const line of last.out) told.push(line);
  expect((await last.ended).code).toBe(0);
  expect(told.join("\n")).toMatch(new RegExp(`Student +${people} added`));
  expect((await left(platform))[0]).toMatchObject({ districts: 1, schools: 2, people, rosters: 2 * people, imports: 1 });
});
