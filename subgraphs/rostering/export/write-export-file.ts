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
import { writeExport } from "./write-export.ts";
import { zipFileSink } from "./zip-sink.ts";

/** Writes the zip of an export for whoever asked for it. Its content is hers alone, and there only once what it discloses is on record. */
export const writeExportFile = job({
  name: "writeExportFile",
  description: "Writes the files of an export, and keeps them as a zip for whoever asked for it.",
  payload: { export: "id" },
  single: { by: "export", others: "drop" },
  async run(host, { export: exportId }) {
    const asked = await askedFor(host, exportId);
    if (asked === null) return;
    const { delegationId, status } = asked;
    const as = () => exporterAt(host, delegationId);
    const folder = await mkdtemp(join(tmpdir(), "osss-export-"));
    try {
      // Broken off between the record and the file: nothing has left.
      if (status === "DONE") throw OsssError.conflict("The files could not be kept. What they were to disclose is on record, though nothing left. Start the export again.");
      const path = join(folder, "oneroster.zip");
      const sink = zipFileSink(path);
      try {
        await writeExport(host.orchestration, { districtId: host.districtId, operation: "startExport", exportId, as }, sink);
        await sink.finish();
      } catch (error) {
        await sink.abandon();
        throw error;
      }
      const identity = await as();
      const file = await platform.storeFile(host, { accountId: identity.accountId!, name: "oneroster.zip", mediaType: "application/zip", purpose: "EXPORT", content: createReadStream(path) });
      await host.across((across) => across.in("rostering", async (session) => {
        const [record] = await session.list(Export, { id: exportId });
        session.update(record!, { fileId: file });
      }), { identity, operation: "startExport" });
    } catch (error) {
      // What it may not do, it will not do later either; anything else is tried again.
      if (!(error instanceof OsssError)) throw error;
      await failExport(host.orchestration, { districtId: host.districtId, operation: "startExport" }, exportId, error.message);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
});

/** What is to be done; null where its file is there already, or it has failed. */
async function askedFor(host: JobHost, exportId: string): Promise<{ delegationId: string; status: string } | null> {
  const { result } = await host.across((across) => across.in("rostering", async (session) => {
    const [record] = await session.list(Export, { id: exportId });
    return record === undefined || record.status === "FAILED" || record.fileId != null ? null : { delegationId: record.delegationId ?? "", status: record.status as string };
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
