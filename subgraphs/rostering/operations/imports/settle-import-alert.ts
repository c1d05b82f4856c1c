import { acrossMutation } from "#foundation/crud/operation";
import { BelongsTo, Whole } from "#foundation/record/fields";
import { importers } from "../../access.ts";
import { ImportAlert } from "../../entities/import-alert.ts";
import { requireImporter } from "./importer.ts";

export class SettleImportAlertInput {
  @BelongsTo(() => ImportAlert, { description: "The alert." }) alert!: string;
  @Whole({ description: "The version of the alert that you looked at.", min: 1 }) version!: number;
}

export const settleImportAlert = acrossMutation<SettleImportAlertInput>({
  name: "settleImportAlert",
  description: "Says that an alert about an import is seen to. For the registrar of the district.",
  roles: importers,
  input: SettleImportAlertInput,
  shows: ImportAlert,
  async run(across, input) {
    await requireImporter(across);
    return across.in("rostering", async (session) => {
      const alert = await session.get(ImportAlert, input.alert, input.version);
      return session.update(alert, { settledAt: alert.settledAt ?? session.caller.now, settledBy: alert.settledBy ?? session.caller.identity.accountId });
    });
  },
});
