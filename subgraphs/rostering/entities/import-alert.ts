import { BelongsTo, choice, Choice, fieldOf, Instant, Text, type ChoiceOf, type Reference } from "#foundation/record/fields";
import { DistrictRecord, Record } from "#foundation/record/record";
import { importAlerts } from "../access.ts";
import { Import } from "./import.ts";
import { ImportSchedule } from "./import-schedule.ts";

export const ImportAlertKind = choice("ImportAlertKind", "Why an import needs somebody.", {
  STOPPED: "So much would be withdrawn that somebody must say that it is meant.",
  UNDECIDED: "People of the files resemble people whom the district knows; somebody must say who is who.",
  REFUSED: "The files have a fault.",
  FAILED: "Something else went wrong.",
  NO_FILES: "The folder of a schedule holds no files, or may not be read.",
});
export type ImportAlertKind = ChoiceOf<typeof ImportAlertKind>;

@Record({ description: "That an import which started by itself was not written, and needs somebody. It stays until somebody has seen to it.", access: importAlerts, write: "operations", live: true })
export class ImportAlert extends DistrictRecord {
  @BelongsTo(() => Import, { description: "The import; null where not even one could be started.", optional: true, immutable: true }) import?: Reference<Import> | null;
  @BelongsTo(() => ImportSchedule, { description: "The schedule that started it.", immutable: true }) schedule!: Reference<ImportSchedule>;
  @Choice(ImportAlertKind, { description: "Why it needs somebody.", immutable: true, filterable: true }) kind!: ImportAlertKind;
  @Text({ description: "What happened and what to do, in a sentence or two.", maxLength: 1000, immutable: true }) message!: string;
  @Instant({ description: "When somebody said that it is seen to; null while nobody has.", optional: true, sortable: true }) settledAt?: Date | null;
  @fieldOf("id", { description: "The account of whoever said so.", optional: true }) settledBy?: string | null;
}
