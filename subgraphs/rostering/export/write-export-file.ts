import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OsssError } from "#foundation/errors/errors";
import { identityOf } from "#foundation/identity/identity";
import { job, type JobHost } from "#foundation/jobs/job";
import { platform } from "../domains.ts";
import { Export } from "../entities/export.ts";
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
    const asked = await askedBy(host, exportId);
    if (asked === null) return;
    const { accountId, personId, status } = asked;
    // As her: she asked for it just now, and the audit log says so. A delegation is for work that she does not ask for each time.
    const about = { districtId: host.districtId, identity: identityOf({ districtId: host.districtId, accountId, personId }), operation: "startExport" };
    const folder = await mkdtemp(join(tmpdir(), "osss-export-"));
    try {
      // Broken off between the record and the file: nothing has left.
      if (status === "DONE") throw OsssError.conflict("The files could not be kept. What they were to disclose is on record, though nothing left. Start the export again.");
      const path = join(folder, "oneroster.zip");
      const sink = zipFileSink(path);
      try {
        await writeExport(host.orchestration, { ...about, exportId }, sink);
        await sink.finish();
      } catch (error) {
        await sink.abandon();
        throw error;
      }
      const file = await platform.storeFile(host, { accountId, name: "oneroster.zip", mediaType: "application/zip", purpose: "EXPORT", content: createReadStream(path) });
      await host.across((across) => across.in("rostering", async (session) => {
        const [record] = await session.list(Export, { id: exportId });
        session.update(record!, { fileId: file });
      }), about);
    } catch (error) {
      // What it may not do, it will not do later either; anything else is tried again.
      if (!(error instanceof OsssError)) throw error;
      await failExport(host.orchestration, about, exportId, error.message);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
});

/** Who asked for it; null where its file is there already, or it has failed. */
async function askedBy(host: JobHost, exportId: string): Promise<{ accountId: string; personId: string; status: string } | null> {
  const { result } = await host.across((across) => across.in("rostering", async (session) => {
    const [record] = await session.list(Export, { id: exportId });
    return record === undefined ? null : { accountId: record.createdBy, personId: record.askedById ?? null, status: record.status as string, there: (record.fileId ?? null) !== null };
  }));
  if (result === null || result.there || result.status === "FAILED" || result.accountId === null || result.personId === null) return null;
  return { accountId: result.accountId, personId: result.personId, status: result.status };
}
