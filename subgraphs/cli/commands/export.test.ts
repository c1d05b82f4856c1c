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
  [[]], [["oneroster"]], [["edfi", "--own-copy", "--out", "x"]], [["oneroster", "--out", "x"]], [["oneroster", "--own-copy"]], [["oneroster", "--own-copy", "--out", "x", "--since", "yesterday"]], [["oneroster", "--own-copy", "--agreement", "A", "--out", "x"]],
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

/** An agreement over the high school, s1. */
const agreed = async (party: string, values: Readonly<Record<string, unknown>>) => {
  const terms = { basis: "STUDIES", audience: "NONE", categories: ["ROSTER", "DEMOGRAPHICS"], from: "2024-08-01", to: "2025-08-01", ...values };
  const [row] = await platform.sql<{ id: string }>(
    `INSERT INTO platform.agreement (id, district_id, version, created_at, updated_at, party_name, party_contact, purpose, interest, basis, audience, categories, every_school, from_date, to_date, status, signed_by_id, signed_on)
     SELECT uuidv7(), d.id, 1, now(), now(), $1, 'someone', 'A study', 'Reading', $2, $3, $4, false, $5, $6, 'SIGNED', (SELECT p.id FROM people.person p ORDER BY p.id LIMIT 1), '2024-07-01' FROM platform.district d RETURNING id`,
    [party, terms.basis, terms.audience, terms.categories, terms.from, terms.to]);
  await platform.sql(
    `INSERT INTO platform.agreement_school (id, district_id, version, created_at, updated_at, agreement_id, school_id)
     SELECT uuidv7(), x.district_id, 1, now(), now(), $1, x.record_id FROM rostering.external_identifier x WHERE x.record_type = 'School' AND x.sourced_id = 's1'`, [row!.id]);
  return row!.id;
};
const disclosures = () => platform.sql("SELECT p.given_name AS who, d.recipient, d.basis, d.categories, e.status FROM platform.disclosure d JOIN students.student s ON s.id = d.student_id JOIN people.person p ON p.id = s.person_id LEFT JOIN rostering.export e ON e.id = d.export_id ORDER BY 1");

test("nothing leaves without an agreement in effect whose terms let it go", async () => {
  const refused = async (agreement: string, more: string[] = []) => {
    const { code, err } = await run(["oneroster", "--agreement", agreement, "--out", "refused.zip", ...more]);
    expect(code).toBe(1);
    return err;
  };
  expect(await refused("Nobody")).toContain("Nothing leaves without one");
  expect(await refused(await agreed("Past", { from: "2023-08-01", to: "2024-10-02" }))).toContain("ended on 2024-10-02");
  expect(await refused(await agreed("Later", { from: "2024-10-03" }))).toContain("begins on 2024-10-03");
  expect(await refused(await agreed("Scores", { categories: ["GRADEBOOK"] }))).toContain("lets no roster go");
  expect(await refused(await agreed("Yearbook", { basis: "DIRECTORY_INFORMATION", audience: "PUBLIC" }))).toContain("has no names");
  expect(await refused(await agreed("Consents", { basis: "WRITTEN_CONSENT" }), ["--since", "2024-10-01"])).toContain("each export is whole");
  await Promise.all(["Twins", "Twins"].map((party) => agreed(party, {})));
  expect(await refused("Twins")).toMatch(/several agreements with Twins: \S+, \S+\. Name one/);
  expect(await disclosures()).toEqual([]);
  await expect(readFile(join(place, "refused.zip"))).rejects.toThrow(/ENOENT/);
});

test("under an agreement: its school and categories; each student named has it on record, and the export is done", async () => {
  await agreed("State University", {});
  expect(await run(["oneroster", "--agreement", "state university", "--out", "study"])).toMatchObject({ code: 0 });
  const { faults, files, modes } = await readStrictly(join(place, "study"));
  expect([faults, modes.results]).toEqual([[], "absent"]);
  expect(files.orgs!.map(({ sourcedId }) => sourcedId)).toEqual(["d1", "s1"]);
  expect(files.users!.filter(({ email, phone, sms, userIds }) => email !== "" || phone !== "" || sms !== "" || userIds !== "").map(({ sourcedId }) => sourcedId)).toEqual(["u-ito"]);
  const pupils = files.roles!.filter(({ role }) => role === "student").map(({ userSourcedId }) => userSourcedId);
  expect(pupils).toEqual(["u-ben"]);
  expect(await disclosures()).toEqual([{ who: "Ben", recipient: "State University", basis: "STUDIES", categories: ["ROSTER", "DEMOGRAPHICS"], status: "DONE" }]);
  expect(await platform.sql("SELECT c.file, c.rows FROM rostering.export_count c JOIN rostering.export e ON e.id = c.export_id JOIN platform.agreement a ON a.id = e.agreement_id WHERE a.party_name = 'State University' AND c.file = 'orgs.csv'")).toEqual([{ file: "orgs.csv", rows: 2 }]);
});

test("what cannot be written is a failed export, and discloses nothing", async () => {
  const before = (await disclosures()).length;
  expect(await run(["oneroster", "--agreement", "State University", "--out", "study"])).toMatchObject({ code: 1, err: expect.stringContaining("is not empty") });
  expect(await platform.sql("SELECT status, message FROM rostering.export ORDER BY id DESC LIMIT 1")).toEqual([{ status: "FAILED", message: expect.stringContaining("is not empty") }]);
  expect(await disclosures()).toHaveLength(before);
});

test("since a day: from its midnight by the district's clocks; not since one to come", async () => {
  await expect(run(["oneroster", "--own-copy", "--out", "x", "--since", "2024-10-03"])).rejects.toThrow(/yet to come/);
  expect(await run(["oneroster", "--own-copy", "--out", "day", "--since", "2024-10-02"])).toMatchObject({ code: 0, out: expect.stringContaining("what changed") });
  expect((await readStrictly(join(place, "day"))).faults).toEqual([]);
  expect((await run(["oneroster", "--own-copy", "--out", "after", "--since", "2024-10-02T18:00:00.000Z"])).code).toBe(0);
});
