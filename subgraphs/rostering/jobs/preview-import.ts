import { runAcrossDomains } from "#foundation/crud/across-domains";
import { OsssError } from "#foundation/errors/errors";
import { job, type JobHost } from "#foundation/jobs/job";
import { platform } from "../domains.ts";
import { Import } from "../entities/import.ts";
import { problemsOf, readFiles, type ReadFiles, type RefusedFiles } from "../imports/files.ts";
import { previewImport } from "../imports/run.ts";
import { saveProblems } from "../imports/save.ts";
import { atWork, type AtWork } from "./at-work.ts";

const retries = 2;

export const previewJob = job({
  name: "previewImport",
  description: "Reads the files of an import and keeps what it would change.",
  payload: { import: "id" },
  single: { by: "district", others: "wait" },
  retries,
  run: (host, { import: importId }) =>
    atWork(host, importId, ["WAITING", "READING"], retries, async (at) => {
      await at.set({ status: "READING" });
      await withFiles(host, at, async (files) => {
        if (files.outcome === "refused") return refuse(host, at, files);
        const { record, district, identity, progress } = at;
        await previewImport({ orchestration: host.orchestration, district: { ...district, isNew: false }, identity, files, head: record, progress });
      });
    }),
});

/** The files of an import, read from what was stored of them. */
export async function withFiles(host: JobHost, { record }: AtWork, work: (files: ReadFiles | RefusedFiles) => Promise<void>): Promise<void> {
  const { fileId } = record;
  if (fileId === null) throw OsssError.conflict("The command line read the files of this import; they are not kept.");
  await platform.withStoredFile(host, fileId, async (file) => work(await readFiles(file, record)));
}

/** Files with a fault: what is wrong is kept, and nothing else. */
export async function refuse(host: JobHost, { record, identity }: AtWork, files: RefusedFiles): Promise<void> {
  await runAcrossDomains(host.orchestration, { operation: "refuse import", districtId: host.districtId, identity, later: true }, (across) =>
    across.in("rostering", async (session) => {
      await saveProblems(session, record.id, problemsOf(files.deviations));
      const faults = files.deviations.filter(({ severity }) => severity === "fatal");
      const message = `The files have ${faults.length === 1 ? "a fault" : `${faults.length} faults`}, such as: ${faults[0]?.message ?? ""}`.slice(0, 1000);
      session.update(await session.elevated("the job was queued for it").get(Import, record.id), { status: "REFUSED", progress: null, formatVersion: files.version, message });
    }));
}
