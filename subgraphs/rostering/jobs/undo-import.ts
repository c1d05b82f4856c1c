import { runAcrossDomains } from "#foundation/crud/across-domains";
import { OsssError } from "#foundation/errors/errors";
import { job } from "#foundation/jobs/job";
import { undoImport } from "../imports/undo.ts";
import { atWork } from "./at-work.ts";

const retries = 2;

export const undoJob = job({
  name: "undoImport",
  description: "Takes an import back, but for what somebody has changed since.",
  payload: { import: "id" },
  single: { by: "district", others: "wait" },
  retries,
  run: (host, { import: importId }) =>
    atWork(host, importId, ["UNDOING"], retries, async ({ identity, set }) => {
      try {
        await runAcrossDomains(host.orchestration, { operation: "undoImport", districtId: host.districtId, identity, large: true }, (across) => undoImport(across, host.orchestration.manifests, importId));
      } catch (error) {
        // It stands as before; who asked is told why.
        if (!(error instanceof OsssError)) throw error;
        await set({ status: "COMMITTED", message: error.message.slice(0, 1000) });
      }
    }),
});
