import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runAcrossDomains } from "#foundation/crud/across-domains";
import { noteSignIn } from "#foundation/identity/delegation-lookup";
import { until } from "#foundation/testing/until";
import { edited } from "../oneroster/fixtures/build-package.ts";
import { importDesk, type ImportDesk } from "../testing/import-desk.ts";
import { expirePreviews } from "./expire-previews.ts";

let desk: ImportDesk;
beforeAll(async () => {
  desk = await importDesk();
});
afterAll(() => desk?.[Symbol.asyncDispose]());

const start = async (files: Record<string, string>): Promise<{ id: string; fileId: string }> => {
  const fileId = await desk.upload(files);
  const { startImport } = await desk.ask<{ startImport: { record: { id: string } } }>(desk.registrar, `mutation { startImport(input: { fileId: "${fileId}", source: "harbor" }) { record { id } } }`);
  return { id: startImport.record.id, fileId };
};
const act = (name: string, id: string, version: number, more = "", reason = "") => desk.ask(desk.registrar, `mutation { ${name}(input: { importId: "${id}", version: ${version} ${more} } ${reason}) { record { id } } }`);
/** What is stored of an import about people. */
const kept = async (id: string) => (await desk.platform.sql<{ rows: number; superseded: number; problems: number; candidates: number; counts: number }>(`SELECT (SELECT count(*) FROM rostering.import_row WHERE import_id = $1 AND archived_at IS NULL)::int AS rows,
  (SELECT count(*) FROM rostering.import_row WHERE import_id = $1 AND archived_at IS NOT NULL)::int AS superseded, (SELECT count(*) FROM rostering.import_problem WHERE import_id = $1)::int AS problems,
  (SELECT count(*) FROM rostering.import_candidate WHERE import_id = $1)::int AS candidates, (SELECT count(*) FROM rostering.import_count WHERE import_id = $1 AND archived_at IS NULL)::int AS counts`, [id]))[0]!;
const recordOf = async (id: string) => (await desk.platform.sql<{ status: string; gone: boolean; message: string | null }>("SELECT status, rows_removed_at IS NOT NULL AS gone, message FROM rostering.import WHERE id = $1", [id]))[0]!;
/** Runs the job of a night so many days after the files came. */
async function nightAfter(days: number): Promise<void> {
  desk.platform.clock.now = new Date(Date.parse("2024-10-02T18:00:00Z") + days * 86_400_000);
  const { result: job } = await runAcrossDomains(desk.platform.orchestration, { operation: "test", districtId: desk.districtId }, (across) => across.queue(expirePreviews, {}));
  await until(async () => (await desk.platform.sql("SELECT 1 FROM jobs.job WHERE id = $1 AND state = 'completed'", [job])).length > 0);
}

test("an import that nobody wrote loses what it says of people after its days, and keeps its counts; one that was written keeps its rows, and is undone by them", { timeout: 120_000 }, async () => {
  const looked = await start(edited(desk.files, "users.csv", "555-0101", "555-0777"));
  await desk.reaches(looked.id, "PREVIEWED");
  const refused = await start(edited(desk.files, "enrollments.csv", "e3,,,k-hr-3", "e3,,,k-hr-9"));
  await desk.reaches(refused.id, "REFUSED");
  const written = await start(edited(desk.files, "users.csv", "Ada,Moreau", "Adelaide,Moreau"));
  const preview = await desk.reaches(written.id, "PREVIEWED");
  await act("decideImport", written.id, preview.version, 'decisions: [{ kind: EXCLUDE, subject: "u-jon" }]');
  await act("commitImport", written.id, (await desk.reaches(written.id, "PREVIEWED")).version);
  await desk.reaches(written.id, "COMMITTED");
  const [before, writtenBefore] = [await kept(looked.id), await kept(written.id)];
  expect(before).toMatchObject({ rows: expect.any(Number), superseded: 0 });
  expect(before.rows).toBeGreaterThan(15);
  expect((await kept(refused.id)).problems).toBeGreaterThan(0);
  expect(writtenBefore.superseded).toBeGreaterThan(15);

  await nightAfter(29);
  expect([await kept(looked.id), await kept(written.id)]).toEqual([before, writtenBefore]);
  expect(await recordOf(looked.id)).toMatchObject({ status: "PREVIEWED", gone: false });

  await nightAfter(31);
  expect(await kept(looked.id)).toEqual({ rows: 0, superseded: 0, problems: 0, candidates: 0, counts: before.counts });
  expect(await recordOf(looked.id)).toEqual({ status: "EXPIRED", gone: true, message: expect.stringContaining("30 days") });
  expect(await kept(refused.id)).toMatchObject({ problems: 0 });
  expect(await recordOf(refused.id)).toMatchObject({ status: "REFUSED", gone: true });
  expect(await desk.platform.sql("SELECT status FROM platform.stored_file WHERE id = ANY ($1) UNION SELECT 'bytes' FROM files.part WHERE file_id = ANY ($1)", [[looked.fileId, refused.fileId]])).toEqual([{ status: "REMOVED" }]);
  const audited = await desk.platform.sql<{ operation: string; reason: string; person_id: string | null }>("SELECT operation, reason, person_id FROM journal.audit_entry WHERE record_id = $1 ORDER BY created_at DESC LIMIT 1", [looked.id]);
  expect(audited).toEqual([{ operation: "expirePreviews", reason: expect.stringContaining("30 days"), person_id: null }]);
  await noteSignIn(desk.platform.database.pool, desk.registrar, desk.platform.clock.now);
  await expect(act("commitImport", looked.id, 99)).rejects.toThrow();

  expect(await kept(written.id)).toMatchObject({ rows: writtenBefore.rows, superseded: 0, counts: writtenBefore.counts });
  expect(await recordOf(written.id)).toMatchObject({ status: "COMMITTED", gone: false });
  const [{ version }] = (await desk.platform.sql<{ version: number }>("SELECT version FROM rostering.import WHERE id = $1", [written.id])) as [{ version: number }];
  await act("undoImport", written.id, version, "", ', reason: "Later than what was lent at its start lasts"');
  await desk.reaches(written.id, "UNDONE");
  expect(await desk.platform.sql("SELECT given_name FROM people.person WHERE family_name = 'Moreau' AND given_name LIKE 'Ad%' AND archived_at IS NULL")).toEqual([{ given_name: "Ada" }]);
});

test("no acting role deletes the rows of an import itself, and the function that does it takes none of one that was written", async () => {
  const { id } = await start(edited(desk.files, "users.csv", "555-0102", "555-0188"));
  await act("commitImport", id, (await desk.reaches(id, "PREVIEWED")).version);
  await desk.reaches(id, "COMMITTED");
  const { rows } = await kept(id);
  const within = (statement: string) => runAcrossDomains(desk.platform.orchestration, { operation: "test", districtId: desk.districtId }, (across) => across.in("rostering", (session) => session.ask(sql.raw(statement))));
  await expect(within("DELETE FROM rostering.import_row")).rejects.toThrow();
  await within(`SELECT rostering.remove_preview('${id}')`);
  expect((await kept(id)).rows).toBe(rows);
});
