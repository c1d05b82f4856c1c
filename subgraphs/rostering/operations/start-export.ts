import { district } from "#foundation/access/relations";
import { acrossMutation } from "#foundation/crud/operation";
import { OsssError } from "#foundation/errors/errors";
import { ForeignRef, Instant } from "#foundation/record/fields";
import { exporters } from "../access.ts";
import { Export } from "../entities/export.ts";
import { openExport } from "../export/open-export.ts";
import { writeExportFile } from "../export/write-export-file.ts";
import { Agreement } from "../foreign.ts";

export class StartExportInput {
  @ForeignRef(() => Agreement, { description: "The agreement under which the files leave the district." }) agreementId!: string;
  @Instant({ description: "Only what changed since then, and what has gone. Left out, everything as of now.", optional: true }) since?: Date | null;
}

export const startExport = acrossMutation<StartExportInput>({
  name: "startExport",
  description: "Writes a OneRoster 1.2 zip of what an agreement lets go: its schools and categories, without students who opted out where the basis is directory information. For the district's registrar and superintendent. It is written in the background: follow the export by recordChanged, and fetch its file when it is DONE.",
  roles: exporters,
  input: StartExportInput,
  shows: Export,
  async run(across, { agreementId, since }) {
    const may = await across.in("rostering", (session) => session.holds(district, null, exporters));
    if (!may) throw OsssError.forbidden("Only the district's registrar and superintendent send its data out.");
    const id = await openExport(across, { agreementId, since: since ? new Date(since) : null });
    await across.queue(writeExportFile, { export: id });
    return { id };
  },
});
