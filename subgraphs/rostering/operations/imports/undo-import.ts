import { acrossMutation } from "#foundation/crud/operation";
import { BelongsTo, Whole } from "#foundation/record/fields";
import { importers } from "../../access.ts";
import { Import } from "../../entities/import.ts";
import { requireLast } from "../../imports/undo.ts";
import { undoJob } from "../../jobs/undo-import.ts";
import { onImport } from "./importer.ts";

export class UndoImportInput {
  @BelongsTo(() => Import, { description: "The import." }) import!: string;
  @Whole({ description: "The version of the import that you looked at.", min: 1 }) version!: number;
}

export const undoImport = acrossMutation<UndoImportInput>({
  name: "undoImport",
  description: "Takes an import that was written back: what it made is archived, and what it changed is as it was before. A row whose records somebody has changed or built on since stays as it is, with the outcome KEPT. Only the last import of a source can be undone; then the one before it. For the registrar of the district.",
  roles: importers,
  reason: "required",
  input: UndoImportInput,
  shows: Import,
  async run(across, input) {
    return onImport(across, input, async (session, record, lent) => {
      await requireLast(session, record);
      session.update(record, { status: "UNDOING", ...lent });
      await session.flush();
      await session.queue(undoJob, { import: record.id });
      return { id: record.id };
    });
  },
});
