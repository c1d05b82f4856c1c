import { acrossMutation } from "#foundation/crud/operation";
import { OsssError } from "#foundation/errors/errors";
import { BelongsTo, Flag, Whole } from "#foundation/record/fields";
import { importers } from "../../access.ts";
import { ImportCandidate } from "../../entities/import-candidate.ts";
import { Import } from "../../entities/import.ts";
import { refusal } from "../../imports/run.ts";
import { commitJob } from "../../jobs/commit-import.ts";
import { onImport } from "./importer.ts";

export class CommitImportInput {
  @BelongsTo(() => Import, { description: "The import." }) import!: string;
  @Whole({ description: "The version of the import that you looked at.", min: 1 }) version!: number;
  @Flag({ description: "Say that what vanishes is meant to, where the import is STOPPED.", defaultValue: false }) acceptWithdrawals!: boolean;
  @Flag({ description: "Say that people who resemble others are new, where nobody has decided.", defaultValue: false }) newPeople!: boolean;
}

export const commitImport = acrossMutation<CommitImportInput>({
  name: "commitImport",
  description: "Writes what the preview of an import shows, all of it in one transaction or nothing. Where the district's records have changed since the preview so that something else would be written, nothing is, and the import shows a new preview. For the registrar of the district.",
  roles: importers,
  reason: "optional",
  input: CommitImportInput,
  shows: Import,
  async run(across, input) {
    return onImport(across, input, async (session, record, lent) => {
      if (record.status !== "PREVIEWED" && record.status !== "STOPPED") throw OsssError.conflict("Only an import whose preview is ready can be committed. Wait for the status PREVIEWED or STOPPED.");
      if (record.status === "STOPPED" && !input.acceptWithdrawals) throw refusal("withdrawals");
      const open = await session.list(ImportCandidate, { import: record.id, state: "OPEN", archivedAt: null });
      if (!input.newPeople && open.some(({ likely }) => likely)) throw refusal("people");
      session.update(record, { status: "COMMITTING", ...lent, agreed: { digest: record.digest, withdrawals: input.acceptWithdrawals, newPeople: input.newPeople } });
      await session.flush();
      await session.queue(commitJob, { import: record.id });
      return { id: record.id };
    });
  },
});
