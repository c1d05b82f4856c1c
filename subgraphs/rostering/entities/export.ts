import { choice, Choice, fieldOf, ForeignRef, HasMany, Instant, Text, Whole, type ChoiceOf } from "#foundation/record/fields";
import { DistrictRecord, Record } from "#foundation/record/record";
import { exports } from "../access.ts";
import { Agreement, Person, StoredFile } from "../foreign.ts";
import { ExportCount } from "./export-count.ts";

export const ExportStatus = choice("ExportStatus", "How far an export has come.", {
  WAITING: "Asked for; writing has not begun.",
  WRITING: "The files are being written. Nothing has left.",
  DONE: "The files are there, and what they disclose is recorded with each student.",
  FAILED: "There are no files, and nothing has left. The message says why.",
});
export type ExportStatus = ChoiceOf<typeof ExportStatus>;

@Record({
  description: "One writing of the district's schools, people, sections and rosters into files for another system, as OneRoster 1.2: whole, or what changed since a moment; for the party of an agreement, or for the district itself.",
  access: exports,
  write: "operations",
})
export class Export extends DistrictRecord {
  @ForeignRef(() => Agreement, { description: "The agreement under which the files leave. Null for the district's own copy, which the command line alone writes.", optional: true }) agreementId?: string | null;
  @Choice(ExportStatus, { description: "How far it has come.", defaultValue: "WAITING" }) status!: ExportStatus;
  @Instant({ description: "From when on changes are written, and what has gone; null for everything as of the export.", optional: true, sortable: true }) since?: Date | null;
  @Text({ description: "The other system whose ids are written for what it brought; null for the district's own ids.", maxLength: 100, optional: true }) idsOf?: string | null;
  @ForeignRef(() => Person, { description: "Who asked for it; null for the command line.", optional: true }) askedById?: string | null;
  /** Under which its files are written, since whoever asked need not wait. */
  @fieldOf("id", { description: "The delegation under which its files are written; null for the command line.", optional: true, immutable: true, internal: true }) delegationId?: string | null;
  @Text({ description: "What is being done at the moment, e.g. \"users: 4,210 rows\"; null while nothing is.", optional: true }) progress?: string | null;
  @Text({ description: "Why it failed, and what to do; null where it did not.", maxLength: 1000, optional: true }) message?: string | null;
  @Whole({ description: "How many students the files name. Null until they are there.", unit: "students", min: 0, optional: true }) students?: number | null;
  @Instant({ description: "When the files were there.", optional: true, sortable: true }) finishedAt?: Date | null;
  @ForeignRef(() => StoredFile, { description: "The zip, for whoever asked for it. Null until it is there, and for the command line, which writes its own.", optional: true, immutable: false }) fileId?: string | null;
  @HasMany(() => ExportCount, "export", { description: "How many rows each file has." }) counts?: never;
}
