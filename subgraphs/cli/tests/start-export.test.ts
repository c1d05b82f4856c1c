import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readConfig } from "#foundation/config/config";
import { noteSignIn } from "#foundation/identity/delegation-lookup";
import { identityOf, type Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { startWorkers } from "#foundation/jobs/workers";
import { uuidv7 } from "#foundation/record/uuid";
import { lockedTable } from "#foundation/testing/locked-table";
import { testPlatform, testPrefix, type TestPlatform } from "#foundation/testing/test-platform";
import { until } from "#foundation/testing/until";
import { allManifests } from "../../registry.ts";
import { people, platform as platformPort } from "../../rostering/domains.ts";
import { importRoster } from "../../rostering/import/import-roster.ts";
import { fileOf } from "../../rostering/oneroster/fixtures/build-package.ts";
import { readRoster } from "../../rostering/oneroster/roster.ts";

const district = { id: uuidv7(), code: "HARBOR", name: "Harbor Unified", timeZone: "America/Los_Angeles", isNew: true };
let platform: TestPlatform;
let [registrar, clerk]: Identity[] = [];
let [study, ended] = ["", ""];

beforeAll(async () => {
  platform = await testPlatform({ manifests: await allManifests(), now: new Date("2024-10-02T18:00:00Z") });
  const bundle = await readRoster(join(import.meta.dirname, "../../rostering/oneroster/fixtures/district-v1p1"));
  if (bundle.outcome !== "read") throw new Error("The fixture was refused.");
  await importRoster(platform.orchestration, { bundle, source: "harbor", district, dryRun: false });
  const [school] = await platform.sql<{ id: string }>("SELECT id FROM schools.school WHERE code = '9001-1'");
  const clerkOf = async (givenName: string, schoolId: string | null): Promise<Identity> => {
    const personId = await platform.write(district.id, (across) => across.in("people", async (session) => {
      const person = people.addPerson(session, { givenName, familyName: "Clerk" });
      people.addDuty(session, { person, role: "REGISTRAR", schoolId, fromDate: "2024-08-01" });
      return person;
    }));
    const accountId = await platform.write(district.id, (across) => across.in("platform", async (session) => platformPort.addAccount(session, { issuer: "test", subject: givenName, username: givenName, personId, status: "ACTIVE" } as never)));
    const identity = identityOf({ issuer: "test", subject: givenName, accountId, personId, districtId: district.id, roles: [Role.Registrar, Role.Staff] });
    await noteSignIn(platform.database.pool, identity, platform.clock.now);
    return identity;
  };
  [registrar, clerk] = [await clerkOf("Dora", null), await clerkOf("Hana", school!.id)];
  const agreed = async (party: string, until: string) => (await platform.sql<{ id: string }>(
    `INSERT INTO platform.agreement (id, district_id, version, created_at, updated_at, party_name, party_contact, purpose, interest, basis, audience, categories, every_school, from_date, to_date, status, signed_by_id, signed_on)
     VALUES (uuidv7(), $1, 1, now(), now(), $2, 'someone', 'A study', 'Reading', 'STUDIES', 'NONE', '{ROSTER}', true, '2024-08-01', $3, 'SIGNED', $4, '2024-07-01') RETURNING id`, [district.id, party, until, registrar!.personId]))[0]!.id;
  [study, ended] = [await agreed("State University", "2025-08-01"), await agreed("Former", "2024-10-01")];
}, 60_000);
afterAll(() => platform?.[Symbol.asyncDispose]());

const start = (who: Identity, agreementId: string, more = "") =>
  platform.call("rostering", who, `mutation($id: ID!) { startExport(input: { agreementId: $id${more} }) { record { id status agreement { id } } } }`, { id: agreementId });
const codeOf = async (reply: ReturnType<typeof start>) => (await reply).errors?.map(({ extensions }) => (extensions as { code: string }).code).join() ?? "none";
const counted = async (table: string) => (await platform.sql<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`))[0]!.n;

test("is refused to a school's registrar, to whoever has no duty, under an agreement that ended, and since a moment to come", async () => {
  expect(await codeOf(start(clerk!, study))).toBe("FORBIDDEN");
  expect(await codeOf(start({ ...registrar!, roles: [Role.Teacher] }, study))).toBe("FORBIDDEN");
  expect(await codeOf(start(identityOf({ ...registrar!, personId: uuidv7() }), study))).toBe("FORBIDDEN");
  expect(await codeOf(start(registrar!, ended))).toBe("CONFLICT");
  expect(await codeOf(start(registrar!, uuidv7()))).toBe("NOT_FOUND");
  expect(await codeOf(start(registrar!, study, ', since: "2024-10-03T00:00:00Z"'))).toBe("VALIDATION_FAILED");
  expect([await counted("rostering.export"), await counted("jobs.job WHERE name = 'writeExportFile'")]).toEqual([0, 0]);
});

/** Asks for an export, and gives its id. */
async function asked(): Promise<string> {
  const reply = await start(registrar!, study);
  expect(reply.errors).toBeUndefined();
  return (reply.data as { startExport: { record: { id: string } } }).startExport.record.id;
}

/** Workers, while `meanwhile` runs. */
async function working<T>(meanwhile: () => Promise<T>): Promise<T> {
  const workers = startWorkers({ config: readConfig({ OSSS_DATABASE_PREFIX: testPrefix }), database: platform.database, clock: () => platform.clock.now, log: { debug() {}, info() {}, warn() {}, error() {} }, manifests: platform.orchestration.manifests, serves: (name) => name === "rostering" });
  try {
    await workers.started;
    return await meanwhile();
  } finally {
    await workers.stop(1_000);
  }
}

const statusOf = async (id: string) => (await platform.sql<{ status: string; message: string | null }>("SELECT status, message FROM rostering.export WHERE id = $1", [id]))[0]!;
const settled = (id: string) => until(async () => ["FAILED", "DONE"].includes((await statusOf(id)).status));
const revoke = async (id: string) => {
  const [lent] = await platform.sql<{ delegation_id: string }>("SELECT delegation_id FROM rostering.export WHERE id = $1", [id]);
  expect((await platform.call("platform", registrar!, "mutation($id: ID!) { revokeDelegation(input: { delegationId: $id }) { record { id } } }", { id: lent!.delegation_id })).errors).toBeUndefined();
};
/** Sets the end of something, and gives what sets it back. */
const endOf = async (table: string, column: string, where: string, value: string, to: string) => {
  const [before] = await platform.sql<{ was: string | null }>(`SELECT to_date::text AS was FROM ${table} WHERE ${where} = $1`, [value]);
  await platform.sql(`UPDATE ${table} SET ${column} = $2 WHERE ${where} = $1`, [value, to]);
  return () => platform.sql(`UPDATE ${table} SET ${column} = $2 WHERE ${where} = $1`, [value, before!.was]);
};
const today = "2024-10-02";

test.each([
  ["her duty", async () => endOf("people.duty_assignment", "to_date", "person_id", registrar!.personId!, today), /Only the district's registrar/],
  ["the agreement", async () => endOf("platform.agreement", "to_date", "id", study, today), /ended on 2024-10-02/],
  ["the delegation", async (id: string) => revoke(id).then(() => async () => []), /revoked/],
])("is not written where %s ended after it was asked for: nothing is read, stored or disclosed", { timeout: 60_000 }, async (_what, ends, why) => {
  const id = await asked();
  const again = await ends(id);
  await working(() => settled(id));
  expect(await statusOf(id)).toMatchObject({ status: "FAILED", message: expect.stringMatching(why) });
  expect([await counted("platform.disclosure"), await counted("platform.stored_file"), await counted("rostering.export_count")]).toEqual([0, 0, 0]);
  await again();
});

test("is not kept where the delegation is revoked while the files are written", { timeout: 60_000 }, async () => {
  const id = await asked();
  await using held = await lockedTable(platform.adminUrl, "academics.section_enrollment");
  await working(async () => {
    await held.waitedFor();
    expect((await statusOf(id)).status).toBe("WRITING");
    await revoke(id);
    await held.release();
    await settled(id);
  });
  expect(await statusOf(id)).toMatchObject({ status: "FAILED", message: expect.stringMatching(/revoked/) });
  expect([await counted("platform.disclosure"), await counted("platform.stored_file"), await counted("rostering.export_count")]).toEqual([0, 0, 0]);
});

test("is written in the background under a delegation, recorded with each student, and its zip is the asker's alone", { timeout: 60_000 }, async () => {
  const id = await asked();
  await working(() => settled(id));
  const config = readConfig({ OSSS_DATABASE_PREFIX: testPrefix });
  const [made] = await platform.sql<{ file: string }>("SELECT e.status, e.students, e.message, f.account_id = $2 AS hers, f.name, f.purpose, f.id AS file FROM rostering.export e JOIN platform.stored_file f ON f.id = e.file_id WHERE e.id = $1", [id, registrar!.accountId]);
  expect(made).toMatchObject({ status: "DONE", students: 2, message: null, hers: true, name: "oneroster.zip", purpose: "EXPORT" });
  expect(await platform.sql("SELECT disclosed_by_id = $2 AS by_her, count(*)::int AS n FROM platform.disclosure WHERE export_id = $1 GROUP BY 1", [id, registrar!.personId])).toEqual([{ by_her: true, n: 2 }]);
  expect((await platform.sql<{ person_id: string }>("SELECT DISTINCT person_id FROM journal.audit_entry WHERE record_id = $1", [id])).map(({ person_id: person }) => person)).toEqual([registrar!.personId]);
  expect(await platform.sql("SELECT DISTINCT operation, delegation_id IS NOT NULL AS lent FROM journal.audit_entry WHERE record_type = 'Disclosure'")).toEqual([{ operation: "startExport", lent: true }]);
  const zip = await platformPort.withStoredFile({ config, orchestration: platform.orchestration, districtId: district.id }, made!.file, (handle) => handle.readFile());
  const read = await readRoster(await fileOf(zip));
  expect([read.outcome, read.deviations]).toEqual(["read", []]);
});
