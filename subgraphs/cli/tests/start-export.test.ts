import { afterAll, beforeAll, expect, test } from "vitest";
import { readConfig } from "#foundation/config/config";
import { identityOf, type Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { startWorkers } from "#foundation/jobs/workers";
import { uuidv7 } from "#foundation/record/uuid";
import { lockedTable } from "#foundation/testing/locked-table";
import { testPrefix, type TestPlatform } from "#foundation/testing/test-platform";
import { until } from "#foundation/testing/until";
import { platform as platformPort } from "../../rostering/domains.ts";
import { fileOf } from "../../rostering/oneroster/fixtures/build-package.ts";
import { readRoster } from "../../rostering/oneroster/roster.ts";
import { exportDay, exportDesk, type ExportDesk } from "../../rostering/testing/export-desk.ts";

let desk: ExportDesk;
let platform: TestPlatform;
let registrar: Identity;
let study: string;

beforeAll(async () => {
  desk = await exportDesk();
  ({ platform, registrar, study } = desk);
}, 60_000);
afterAll(() => desk?.[Symbol.asyncDispose]());

const start = (who: Identity, agreementId: string, more = "") =>
  platform.call("rostering", who, `mutation($id: ID!) { startExport(input: { agreementId: $id${more} }) { record { id status agreement { id } } } }`, { id: agreementId });
const codeOf = async (reply: ReturnType<typeof start>) => (await reply).errors?.map(({ extensions }) => (extensions as { code: string }).code).join() ?? "none";
const counted = async (table: string) => (await platform.sql<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`))[0]!.n;

test("is refused to a school's registrar, to whoever has no duty, under an agreement that ended, and since a moment to come", async () => {
  expect(await codeOf(start(desk.schoolRegistrar, study))).toBe("FORBIDDEN");
  expect(await codeOf(start({ ...registrar, roles: [Role.Teacher] }, study))).toBe("FORBIDDEN");
  expect(await codeOf(start(identityOf({ ...registrar, personId: uuidv7() }), study))).toBe("FORBIDDEN");
  expect(await codeOf(start(registrar, desk.ended))).toBe("CONFLICT");
  expect(await codeOf(start(registrar, uuidv7()))).toBe("NOT_FOUND");
  expect(await codeOf(start(registrar, study, ', since: "2024-10-03T00:00:00Z"'))).toBe("VALIDATION_FAILED");
  expect([await counted("rostering.export"), await counted("jobs.job WHERE name = 'writeExportFile'")]).toEqual([0, 0]);
});

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
  expect((await platform.call("platform", registrar, "mutation($id: ID!) { revokeDelegation(input: { delegationId: $id }) { record { id } } }", { id: lent!.delegation_id })).errors).toBeUndefined();
};
/** Sets the end of something, and gives what sets it back. */
const endOf = async (table: string, column: string, where: string, value: string, to: string) => {
  const [before] = await platform.sql<{ was: string | null }>(`SELECT to_date::text AS was FROM ${table} WHERE ${where} = $1`, [value]);
  await platform.sql(`UPDATE ${table} SET ${column} = $2 WHERE ${where} = $1`, [value, to]);
  return () => platform.sql(`UPDATE ${table} SET ${column} = $2 WHERE ${where} = $1`, [value, before!.was]);
};

test.each([
  ["her duty", async () => endOf("people.duty_assignment", "to_date", "person_id", registrar.personId!, exportDay), /Only the district's registrar/],
  ["the agreement", async () => endOf("platform.agreement", "to_date", "id", study, exportDay), /ended on 2024-10-02/],
  ["the delegation", async (id: string) => revoke(id).then(() => async () => []), /revoked/],
])("is not written where %s ended after it was asked for: nothing is read, stored or disclosed", { timeout: 60_000 }, async (_what, ends, why) => {
  const id = await desk.asked();
  const again = await ends(id);
  await working(() => settled(id));
  expect(await statusOf(id)).toMatchObject({ status: "FAILED", message: expect.stringMatching(why) });
  expect([await counted("platform.disclosure"), await counted("platform.stored_file"), await counted("rostering.export_count")]).toEqual([0, 0, 0]);
  await again();
});

test("is not kept where the delegation is revoked while the files are written", { timeout: 60_000 }, async () => {
  const id = await desk.asked();
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
  const id = await desk.asked();
  await working(() => settled(id));
  const config = readConfig({ OSSS_DATABASE_PREFIX: testPrefix });
  const [made] = await platform.sql<{ file: string }>("SELECT e.status, e.students, e.message, f.account_id = $2 AS hers, f.name, f.purpose, f.id AS file FROM rostering.export e JOIN platform.stored_file f ON f.id = e.file_id WHERE e.id = $1", [id, registrar.accountId]);
  expect(made).toMatchObject({ status: "DONE", students: 2, message: null, hers: true, name: "oneroster.zip", purpose: "EXPORT" });
  expect(await platform.sql("SELECT disclosed_by_id = $2 AS by_her, count(*)::int AS n FROM platform.disclosure WHERE export_id = $1 GROUP BY 1", [id, registrar.personId])).toEqual([{ by_her: true, n: 2 }]);
  expect((await platform.sql<{ person_id: string }>("SELECT DISTINCT person_id FROM journal.audit_entry WHERE record_id = $1", [id])).map(({ person_id: person }) => person)).toEqual([registrar.personId]);
  expect(await platform.sql("SELECT DISTINCT operation, delegation_id IS NOT NULL AS lent FROM journal.audit_entry WHERE record_type = 'Disclosure'")).toEqual([{ operation: "startExport", lent: true }]);
  const zip = await platformPort.withStoredFile({ config, orchestration: platform.orchestration, districtId: desk.districtId }, made!.file, (handle) => handle.readFile());
  const read = await readRoster(await fileOf(zip));
  expect([read.outcome, read.deviations]).toEqual(["read", []]);
});
