import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { expect, onTestFinished, test } from "vitest";
import { testPlatform, testPrefix } from "#foundation/testing/test-platform";
import { allManifests } from "../../registry.ts";
import { fixture, folderOf } from "../../rostering/oneroster/fixtures/build-package.ts";

const people = 1_600;

/** A package of so many that the import writes them in several portions. */
async function wideFolder(): Promise<string> {
  const files = await fixture("district-v1p1");
  const [header = ""] = (files["users.csv"] ?? "").split("\n");
  const users = Array.from({ length: people }, (_, i) => `u${i},,,true,s1,student,user${i},,Given${i},Family${i},,N${i},,,,,03,`);
  const absent = ["demographics", "classes", "courses", "enrollments"];
  const manifest = (files["manifest.csv"] ?? "").split("\n").map((line) => (absent.some((name) => line === `file.${name},bulk`) ? line.replace("bulk", "absent") : line)).join("\n");
  return folderOf({ "manifest.csv": manifest, "orgs.csv": files["orgs.csv"]!, "academicSessions.csv": files["academicSessions.csv"]!, "users.csv": [header, ...users].join("\n") });
}

function startImport(folder: string, databaseUrl: string, words: readonly string[]) {
  const command = ["--import", "@oxc-node/core/register", new URL("../main.ts", import.meta.url).pathname, "import", "oneroster", folder, ...words];
  const child = spawn(process.execPath, command, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, DATABASE_URL: databaseUrl, OSSS_DATABASE_PREFIX: testPrefix, DATABASE_ADMIN_URL: "" } });
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => child.once("close", (code, signal) => resolve({ code, signal })));
  return { child, ended, progress: createInterface({ input: child.stderr }), out: createInterface({ input: child.stdout }) };
}

test("kill -9 in the middle of an import leaves nothing, and the next one brings everything", { timeout: 90_000 }, async () => {
  await using platform = await testPlatform({ manifests: await allManifests() });
  const url = (platform.database.pool.options as { connectionString?: string }).connectionString ?? "";
  const folder = await wideFolder();
  const first = startImport(folder, url, ["--time-zone", "UTC"]);
  for await (const line of first.progress) {
    if (line.trim() !== `1000 of ${people} persons`) continue;
    first.child.kill("SIGKILL");
    break;
  }
  expect(await first.ended).toEqual({ code: null, signal: "SIGKILL" });
  const left = () => platform.sql("SELECT (SELECT count(*) FROM people.person)::int AS people, (SELECT count(*) FROM schools.school)::int AS schools, (SELECT count(*) FROM journal.audit_entry)::int AS audit");
  expect(await left()).toEqual([{ people: 0, schools: 0, audit: 0 }]);
  const second = startImport(folder, url, ["--time-zone", "UTC"]);
  const said: string[] = [];
  for await (const line of second.out) said.push(line);
  expect((await second.ended).code).toBe(0);
  expect(said.join("\n")).toMatch(new RegExp(`Student +${people} added`));
  expect((await left())[0]).toMatchObject({ people, schools: 2 });
});
