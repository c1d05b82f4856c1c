import { BelongsTo, choice, Choice, ForeignRef, Json, Text, Whole, type ChoiceOf, type Reference } from "#foundation/record/fields";
import { DistrictRecord, Record } from "#foundation/record/record";
import { importRows } from "../access.ts";
import { School } from "../foreign.ts";
import { Import } from "./import.ts";

export const ImportRowAction = choice("ImportRowAction", "What an import does for one record of the source.", {
  CREATE: "The source had not named it before.",
  CHANGE: "Something about it has changed at the source.",
  WITHDRAW: "The source named it before and names it no longer, or calls it deleted.",
  UNCHANGED: "Nothing has changed about it.",
  EXCLUDED: "Somebody has decided that it is not to be imported.",
});
export type ImportRowAction = ChoiceOf<typeof ImportRowAction>;

export const ImportRowOutcome = choice("ImportRowOutcome", "What became of it.", {
  PLANNED: "Nothing yet: the import was not written.",
  DONE: "Written.",
  UNDONE: "Written and taken back.",
  KEPT: "Stands although the import was undone: somebody has changed one of its records since.",
});
export type ImportRowOutcome = ChoiceOf<typeof ImportRowOutcome>;

@Record({
  description: "What an import does, or did, for one record of the source: a person with everything that belongs to her, a section, a section enrollment.",
  access: importRows,
  write: "operations",
  auditReads: true,
  numerous: true,
})
export class ImportRow extends DistrictRecord {
  @BelongsTo(() => Import, { description: "The import.", immutable: true }) import!: Reference<Import>;
  @Whole({ description: "Its place among the rows of the import, from 1.", min: 1, sortable: true }) position!: number;
  @Text({ description: "The file, e.g. \"users.csv\"; \"-\" for what follows from no row in particular.", maxLength: 64, immutable: true, sortable: true }) file!: string;
  @Whole({ description: "The line of the file; null for a record that it names no longer.", optional: true, min: 1 }) line?: number | null;
  @Text({ description: "The source's id of the record, letter for letter.", immutable: true }) sourcedId!: string;
  @Text({ description: "How to recognise it, e.g. \"Lopez, Maria (10023)\".", searchable: true, sortable: true }) label!: string;
  @Choice(ImportRowAction, { description: "What is done." }) action!: ImportRowAction;
  @Choice(ImportRowOutcome, { description: "What became of it.", defaultValue: "PLANNED" }) outcome!: ImportRowOutcome;
  @ForeignRef(() => School, { description: "The school that it belongs to; null for none or several.", optional: true }) schoolId?: string | null;
  @Json({ description: "The records that change, each with `recordType`, `recordId`, `action` (CREATED, UPDATED, ARCHIVED, RESTORED), `version` after it, and `fields`, each with `field`, `before` and `after`." }) changes!: unknown;
  @Json({ description: "What changed of the import's memory.", optional: true, internal: true }) memory?: unknown;
  /** So that what an earlier import brought does not count as changed by somebody. */
  @Json({ description: "The versions of the records that its undo has put back.", optional: true, internal: true }) leftAs?: unknown;
}
