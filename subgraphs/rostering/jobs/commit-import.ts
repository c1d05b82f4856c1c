import { job } from "#foundation/jobs/job";
import { commitImport, keepPreview, NotWritten, refusal } from "../imports/run.ts";
import { atWork } from "./at-work.ts";
import { refuse, withFiles } from "./preview-import.ts";

const retries = 2;

export const commitJob = job({
  name: "commitImport",
  description: "Writes what the preview of an import shows, or nothing.",
  payload: { import: "id" },
  single: { by: "district", others: "wait" },
  retries,
  run: (host, { import: importId }) =>
    atWork(host, importId, ["COMMITTING"], retries, async (at) => {
      const { record, district, identity, progress } = at;
      await withFiles(host, at, async (files) => {
        if (files.outcome === "refused") return refuse(host, at, files);
        const run = { orchestration: host.orchestration, district: { ...district, isNew: false }, identity, files, head: record, progress };
        try {
          await commitImport(run, record.agreed ?? { withdrawals: false, newPeople: false });
        } catch (error) {
          if (!(error instanceof NotWritten)) throw error;
          await keepPreview(run, error.outcome, refusal(error.why).message);
        }
      });
    }),
});
