import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runAcrossDomains } from "#foundation/crud/across-domains";
import { OsssError } from "#foundation/errors/errors";
import type { Identity } from "#foundation/identity/identity";
import { job, type JobHost } from "#foundation/jobs/job";
import { platform } from "../domains.ts";
import { Export } from "../entities/export.ts";
import { requireExporter } from "../operations/exporter.ts";
import { failExport } from "./open-export.ts";
import { recordExport, writeExport } from "./write-export.ts";
import { zipFileSink } from "./zip-sink.ts";

/** Writes the zip of an export for whoever asked for it. Its content is hers alone, and there in the moment in which what it discloses is on record. */
export const writeExportFile = job({
  name: "writeExportFile",
  description: "Writes the files of an export, and keeps them as a zip for whoever asked for it.",
  payload: { export: "id" },
  single: { by: "export", others: "drop" },
  async run(host, { export: exportId }) {
    const delegationId = await lentFor(host, exportId);
    if (delegationId === null) return;
    const request = { districtId: host.districtId, operation: "startExport", exportId, as: () => exporterAt(host, delegationId) };
    const folder = await mkdtemp(join(tmpdir(), "osss-export-"));
    try {
      const path = join(folder, "oneroster.zip");
      const sink = zipFileSink(path);
      const written = await writeExport(host.orchestration, request, sink).catch(async (error: unknown) => {
        await sink.abandon();
        throw error;
      });
      await sink.finish();
      const { accountId } = await request.as();
      const made = { accountId: accountId!, name: "oneroster.zip", mediaType: "application/zip", purpose: "EXPORT", content: createReadStream(path) } as const;
      await platform.withMadeFile(host, made, (keep) => recordExport(host.orchestration, request, written, keep));
    } catch (error) {
      // What it may not do, it will not do later either; anything else is tried again.
      if (!(error instanceof OsssError)) throw error;
      await failExport(host.orchestration, { districtId: request.districtId, operation: request.operation }, exportId, error.message);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
});

/** The delegation under which it is written; null where nothing is to be done any more. */
async function lentFor(host: JobHost, exportId: string): Promise<string | null> {
  const { result } = await host.across((across) => across.in("rostering", async (session) => {
    const [record] = await session.list(Export, { id: exportId });
    return record === undefined || record.status === "FAILED" || record.status === "DONE" ? null : (record.delegationId ?? "");
  }), { dryRun: true });
  return result;
}

/**
 * Whoever asked for it, with what she may still do.
 * @throws OsssError where her duty or the delegation has ended since.
 */
async function exporterAt(host: JobHost, delegation: string): Promise<Identity> {
  const identity = await host.delegated({ delegation, use: "EXPORT" });
  await runAcrossDomains(host.orchestration, { operation: "write export", districtId: host.districtId, identity, dryRun: true }, requireExporter);
  return identity;
}
