import { acrossMutation } from "#foundation/crud/operation";
import { OsssError } from "#foundation/errors/errors";
import { Choice, Flag, ForeignRef, Text, Whole } from "#foundation/record/fields";
import { importers } from "../../access.ts";
import { platform } from "../../domains.ts";
import { ImportFormat } from "../../entities/import-format.ts";
import { Import } from "../../entities/import.ts";
import { StoredFile } from "../../foreign.ts";
import { defaultStopPercent } from "../../imports/open.ts";
import { previewJob } from "../../jobs/preview-import.ts";
import { lendForImport, requireImporter } from "./importer.ts";

export class StartImportInput {
  @ForeignRef(() => StoredFile, { description: "The zip that you have sent: see requestUpload." }) fileId!: string;
  @Choice(ImportFormat, { description: "What kind of files it holds.", defaultValue: "ONEROSTER" }) format!: ImportFormat;
  @Text({ description: "The other system. Its ids are kept under this name, so use the same one each time.", maxLength: 100 }) source!: string;
  @Flag({ description: "Whether the files are of OneRoster 1.0, which has no manifest to say so.", defaultValue: false }) asVersion10!: boolean;
  @Whole({ description: "The share of known records of one type, in the district or at one school, whose disappearance stops the import.", unit: "percent", min: 0, max: 100, defaultValue: defaultStopPercent }) stopPercent!: number;
}

export const startImport = acrossMutation<StartImportInput>({
  name: "startImport",
  description: "Starts the import of a file: it is read, checked and compared with the district's records, and nothing is changed. Follow the import by recordChanged; when its status is PREVIEWED, look at its rows, decide, and commit it. For the registrar of the district.",
  roles: importers,
  input: StartImportInput,
  shows: Import,
  async run(across, { fileId, format, source, asVersion10, stopPercent }) {
    await requireImporter(across);
    await across.in("platform", async (session) => {
      const file = await platform.fileForImport(session, fileId);
      if (file.purpose !== "IMPORT") throw OsssError.invalid([{ path: "input.fileId", message: "This file was not sent for an import. Send it again with the purpose IMPORT." }]);
      if (file.status !== "STORED") throw OsssError.conflict(file.status === "WAITING" ? "The file is not here yet. Send it to its upload address first." : "This file was refused or has expired. Send it again.");
    });
    const delegationId = await lendForImport(across, source);
    return across.in("rostering", async (session) => {
      const record = session.create(Import, { format, source, asVersion10, stopPercent, fileId, delegationId, status: "WAITING" });
      await session.flush();
      await session.queue(previewJob, { import: record.id });
      return { id: record.id };
    });
  },
});
