import { runAcrossDomains } from "#foundation/crud/across-domains";
import { OsssError } from "#foundation/errors/errors";
import { job, type JobHost } from "#foundation/jobs/job";
import { uuidv7 } from "#foundation/record/uuid";
import { platform } from "../domains.ts";
import { ImportAlert, type ImportAlertKind } from "../entities/import-alert.ts";
import { ImportSchedule } from "../entities/import-schedule.ts";
import { Import } from "../entities/import.ts";
import { keepPreview, commitImport, NotWritten, refusal } from "../imports/run.ts";
import { NoFiles, waitingFiles } from "../imports/waiting-files.ts";
import { requireImporter } from "../operations/imports/importer.ts";
import { atWork } from "./at-work.ts";
import { refuse, withFiles } from "./preview-import.ts";

const retries = 2;

export const scheduledJob = job({
  name: "scheduledImport",
  description: "Imports the files that another system has put into its folder, where nobody need be asked.",
  payload: { schedule: "id", day: "day" },
  single: { by: "district", others: "wait" },
  retries,
  async run(host, { schedule: scheduleId }) {
    const { result: plan } = await host.across((across) => across.in("rostering", async (session) => {
      const { source, format, folder, stopPercent, delegationId, active } = await session.elevated("the job was queued for it").get(ImportSchedule, scheduleId);
      // Where a process was killed in the middle, the import that it had begun is the one to go on with.
      const [begun] = await session.list(Import, { schedule: scheduleId, status: "COMMITTING", archivedAt: null });
      return { source, format, folder, stopPercent, delegationId, active, begun: begun?.id ?? null };
    }), { dryRun: true });
    if (!plan.active) return;
    const alert = (kind: ImportAlertKind, message: string, importId: string | null = null) => raise(host, scheduleId, importId, kind, message);
    try {
      if (plan.begun !== null) return await importUnasked(host, plan.begun, alert);
      const identity = await host.delegated({ delegation: plan.delegationId, use: "IMPORT" });
      await runAcrossDomains(host.orchestration, { operation: "scheduled import", districtId: host.districtId, identity, dryRun: true }, requireImporter);
      const { name, content } = await waitingFiles(host.config.importFolder, plan.folder);
      const fileId = await platform.storeFile(host, { accountId: identity.accountId!, name, mediaType: "application/zip", purpose: "IMPORT", content });
      const id = uuidv7(host.clock().getTime());
      await runAcrossDomains(host.orchestration, { operation: "scheduled import", districtId: host.districtId, identity }, (across) => across.in("rostering", async (session) => void session.create(Import, {
        format: plan.format, source: plan.source, asVersion10: false, stopPercent: plan.stopPercent, fileId, delegationId: plan.delegationId, schedule: scheduleId, status: "COMMITTING", agreed: { withdrawals: false, newPeople: false },
      }, id)));
      await importUnasked(host, id, alert);
    } catch (error) {
      if (error instanceof NoFiles) return alert("NO_FILES", error.message);
      if (error instanceof OsssError) return alert("FAILED", error.message);
      if (host.attempt > retries) await alert("FAILED", "The import could not be done, for a reason that the server's log has. It is tried again tomorrow.");
      throw error;
    }
  },
});

type Alert = (kind: ImportAlertKind, message: string, importId?: string) => Promise<void>;

/** Writes what nobody need look at; keeps the rest as a preview with an alert. */
async function importUnasked(host: JobHost, importId: string, alert: Alert): Promise<void> {
  await atWork(host, importId, ["COMMITTING"], retries, async (at) => {
    const { record, district, identity, progress } = at;
    await withFiles(host, at, async (files) => {
      if (files.outcome === "refused") {
        await refuse(host, at, files);
        return alert("REFUSED", `The files of ${record.source} have a fault and were not imported. The problems of the import say which.`, importId);
      }
      const run = { orchestration: host.orchestration, district: { ...district, isNew: false }, identity, files, head: record, progress };
      try {
        await commitImport(run, { withdrawals: false, newPeople: false });
      } catch (error) {
        if (!(error instanceof NotWritten)) throw error;
        await keepPreview(run, error.outcome, refusal(error.why).message);
        await alert(error.why === "people" ? "UNDECIDED" : "STOPPED", `The import of ${record.source} waits: ${refusal(error.why).message}`, importId);
      }
    });
  });
}

async function raise(host: JobHost, scheduleId: string, importId: string | null, kind: ImportAlertKind, message: string): Promise<void> {
  host.log.warn({ schedule: scheduleId, import: importId, alert: kind }, "a scheduled import waits for somebody");
  await host.across((across) => across.in("rostering", async (session) => void session.create(ImportAlert, { import: importId, schedule: scheduleId, kind, message: message.slice(0, 1000), settledAt: null, settledBy: null })));
}
