import { acrossMutation } from "#foundation/crud/operation";
import { ForeignRef, Instant } from "#foundation/record/fields";
import { exporters } from "../access.ts";
import { platform } from "../domains.ts";
import { Export } from "../entities/export.ts";
import { openExport } from "../export/open-export.ts";
import { writeExportFile } from "../export/write-export-file.ts";
import { Agreement } from "../foreign.ts";
import { requireExporter } from "./exporter.ts";

export class StartExportInput {
  @ForeignRef(() => Agreement, { description: "The agreement under which the files leave the district." }) agreementId!: string;
  @Instant({ description: "Only what changed since then, and what has gone. Left out, everything as of now.", optional: true }) since?: Date | null;
}

/** It waits for a free worker, and for its next try where a server was away: not longer. */
const delegatedDays = 2;

export const startExport = acrossMutation<StartExportInput>({
  name: "startExport",
  description: "Writes a OneRoster 1.2 zip of what an agreement lets go: its schools and categories, without students who opted out where the basis is directory information. For the district's registrar and superintendent. It is written in the background, in your name, as long as your duty, the agreement and the delegation that you give with it last: follow the export by recordChanged, and fetch its file when it is DONE.",
  roles: exporters,
  input: StartExportInput,
  shows: Export,
  async run(across, { agreementId, since }) {
    await requireExporter(across);
    const id = await openExport(across, {
      agreementId, since: since ? new Date(since) : null,
      lend: (session, partyName) => platform.lendForWork(session, { use: "EXPORT", purpose: `Export for ${partyName}`, roles: exporters, operations: ["startExport"], days: delegatedDays }),
    });
    await across.queue(writeExportFile, { export: id });
    return { id };
  },
});
