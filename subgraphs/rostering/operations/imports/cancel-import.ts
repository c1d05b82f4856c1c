import { acrossMutation } from "#foundation/crud/operation";
import { OsssError } from "#foundation/errors/errors";
import { BelongsTo, Whole } from "#foundation/record/fields";
import { importers } from "../../access.ts";
import { Import } from "../../entities/import.ts";
import { requireImporter } from "./importer.ts";

export class CancelImportInput {
  @BelongsTo(() => Import, { description: "The import." }) import!: string;
  @Whole({ description: "The version of the import that you looked at.", min: 1 }) version!: number;
}

export const cancelImport = acrossMutation<CancelImportInput>({
  name: "cancelImport",
  description: "Decides against an import that was not written. What was decided about its source stays. For the registrar of the district.",
  roles: importers,
  reason: "optional",
  input: CancelImportInput,
  shows: Import,
  async run(across, input) {
    await requireImporter(across);
    return across.in("rostering", async (session) => {
      const record = await session.get(Import, input.import, input.version);
      if (!["WAITING", "READING", "PREVIEWED", "STOPPED", "FAILED"].includes(record.status)) throw OsssError.conflict("Only an import that was not written can be cancelled. One that was written can be undone: undoImport.");
      return session.update(record, { status: "CANCELLED", progress: null });
    });
  },
});
