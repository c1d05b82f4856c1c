import { expect, test } from "vitest";
import { launch, typescript } from "#foundation/testing/launched-process";
import { lockedTable } from "#foundation/testing/locked-table";
import { testPrefix } from "#foundation/testing/test-platform";
import { until } from "#foundation/testing/until";
import { exportDay, exportDesk } from "../../rostering/testing/export-desk.ts";

/** Where the process stands still when it is killed: as it reads, and before each thing that it puts on record of what was written. */
const points = ["academics.section_enrollment", "platform.stored_file", "files.part", "rostering.export_count", "platform.disclosure"];

test("kill -9 at any point of an export leaves neither a disclosure without its file nor a file without its disclosures, and it is done by another process", { timeout: 300_000 }, async () => {
  await using desk = await exportDesk();
  const { platform } = desk;
  const env = { DATABASE_URL: platform.appUrl, OSSS_DATABASE_PREFIX: testPrefix, DATABASE_ADMIN_URL: "", OSSS_SUBGRAPH_KEY: "7e57".repeat(16), OSSS_NOW: `${exportDay}T18:00:00Z`, PORT: "0" };
  const server = () => launch(typescript("subgraphs/serve.ts", "rostering"), { env });
  const state = () => platform.sql<{ status: string; files: number; disclosures: number; counts: number }>(`SELECT e.status, (SELECT count(*) FROM platform.stored_file f WHERE f.id = e.file_id)::int AS files,
    (SELECT count(*) FROM platform.disclosure d WHERE d.export_id = e.id)::int AS disclosures, (SELECT count(*) FROM rostering.export_count c WHERE c.export_id = e.id AND c.file = 'users.csv')::int AS counts FROM rostering.export e ORDER BY e.created_at`);
  const stored = async () => (await platform.sql<{ n: number }>("SELECT (SELECT count(DISTINCT file_id) FROM files.part)::int + (SELECT count(*) FROM platform.stored_file)::int AS n"))[0]!.n;

  const exportId = await desk.asked();
  /** What the queue does itself within a minute of silence (foundation/jobs/lost-worker.test.ts). */
  const backToQueue = () => platform.sql("UPDATE jobs.job SET state = 'retry', start_after = now(), retry_count = 1 WHERE name = 'writeExportFile' AND state = 'active' AND data->>'export' = $1", [exportId]);
  for (const table of points) {
    await using held = await lockedTable(platform.adminUrl, table);
    await using running = server();
    await held.waitedFor();
    await running.end("SIGKILL");
    await held.release();
    await backToQueue();
    expect(await state(), `killed before ${table}`).toEqual([{ status: "WRITING", files: 0, disclosures: 0, counts: 0 }]);
    expect(await stored(), `killed before ${table}`).toBe(0);
  }

  await using last = server();
  await last.printed(/listening/);
  await until(async () => (await state())[0]!.status === "DONE");
  expect(await state()).toEqual([{ status: "DONE", files: 1, disclosures: 2, counts: 1 }]);
  expect(await platform.sql("SELECT 1 FROM jobs.job WHERE name = 'writeExportFile' AND data->>'export' = $1", [exportId])).toHaveLength(1);
});
