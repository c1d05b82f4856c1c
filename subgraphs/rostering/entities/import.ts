import { BelongsTo, choice, Choice, fieldOf, Flag, ForeignRef, HasMany, Instant, Json, Text, Whole, type ChoiceOf, type Reference } from "#foundation/record/fields";
import { DistrictRecord, Record } from "#foundation/record/record";
import { imports } from "../access.ts";
import { StoredFile } from "../foreign.ts";
import { ImportCandidate } from "./import-candidate.ts";
import { ImportCount } from "./import-count.ts";
import { ImportAlert } from "./import-alert.ts";
import { ImportFormat } from "./import-format.ts";
import { ImportProblem } from "./import-problem.ts";
import { ImportRow } from "./import-row.ts";
import { ImportSchedule } from "./import-schedule.ts";

export const ImportStatus = choice("ImportStatus", "How far an import has come.", {
  WAITING: "The files are here; reading them has not begun.",
  READING: "The files are being read and compared with the district's records.",
  REFUSED: "The files have a fault and cannot be imported. The problems say which; nothing was changed.",
  PREVIEWED: "What the import would change can be looked at. Nothing was changed yet.",
  STOPPED: "As PREVIEWED, but so much would be withdrawn that somebody must say that it is meant.",
  COMMITTING: "The changes are being written.",
  COMMITTED: "Everything was written.",
  UNDOING: "It is being taken back.",
  FAILED: "Something went wrong that the files are not to blame for. Nothing was changed; start it again.",
  CANCELLED: "Somebody decided against it. Nothing was changed.",
  EXPIRED: "Nobody committed it for so long that its rows, which tell of people, were removed. Nothing was changed; its counts stay.",
  UNDONE: "It was written and taken back, but for what somebody had changed since: rows with the outcome KEPT.",
});
export type ImportStatus = ChoiceOf<typeof ImportStatus>;

const moment = (description: string) => ({ description, optional: true, sortable: true });

@Record({
  description: "One taking over of another system's files: read, compared, looked at, written, and perhaps undone. Its rows say what it does to each record, its counts what that is in all.",
  access: imports,
  write: "operations",
})
export class Import extends DistrictRecord {
  @Choice(ImportFormat, { description: "What kind of files it reads.", immutable: true }) format!: ImportFormat;
  @Text({ description: "The other system, under whose name its ids are kept. Ids of two systems never meet.", maxLength: 100, immutable: true, sortable: true }) source!: string;
  @Text({ description: "The version of the format, as the files say: \"1.1\", \"1.2\". Null until they were read, and for templates.", maxLength: 16, optional: true }) formatVersion?: string | null;
  @Choice(ImportStatus, { description: "How far it has come.", defaultValue: "WAITING" }) status!: ImportStatus;
  @Text({ description: "What is being done at the moment, e.g. \"3,000 of 9,120 persons\"; null while nothing is.", optional: true }) progress?: string | null;
  @Text({ description: "Why it was refused, stopped or failed, and what to do; null where it was not.", maxLength: 1000, optional: true }) message?: string | null;
  @ForeignRef(() => StoredFile, { description: "The file that it reads; null for one that the command line read.", optional: true }) fileId?: string | null;
  @Flag({ description: "Whether the files are of OneRoster 1.0, which has no manifest to say so.", immutable: true, defaultValue: false }) asVersion10!: boolean;
  @BelongsTo(() => ImportSchedule, { description: "The schedule that started it; null where somebody did.", optional: true, immutable: true }) schedule?: Reference<ImportSchedule> | null;
  @BelongsTo(() => Import, { description: "The import of the same source that was written last before this one was read: its counts beside those of this one say what is different this time. Null for the first.", optional: true }) previous?: Reference<Import> | null;
  /** Under which its work runs, since whoever started it need not wait. */
  @fieldOf("id", { description: "The delegation under which it is read and written.", optional: true, internal: true }) delegationId?: string | null;
  @Json({ description: "What was said when it was committed.", optional: true, internal: true }) agreed?: unknown;
  @Whole({ description: "The share of a school's or the district's known records of one type whose disappearance stops the import until somebody says that it is meant.", unit: "percent", min: 0, max: 100, defaultValue: 10 }) stopPercent!: number;
  @Flag({ description: "Whether the files are the whole truth, so that what they leave out has gone. False where any roster file holds changes only.", defaultValue: false }) complete!: boolean;
  @Instant(moment("When the preview was ready.")) previewedAt?: Date | null;
  @Instant(moment("When everything was written.")) committedAt?: Date | null;
  @Instant(moment("When it was taken back.")) undoneAt?: Date | null;
  @Instant(moment("When its rows, problems and candidates were removed, since it was not written and their time was over; null while they are here.")) rowsRemovedAt?: Date | null;
  /** Of the preview's rows: what is committed is what was looked at. */
  @Text({ description: "A digest of the preview.", maxLength: 64, optional: true, internal: true }) digest?: string | null;
  @HasMany(() => ImportRow, "import", { description: "What it does to each record of the source." }) rows?: never;
  @HasMany(() => ImportCount, "import", { description: "How many records of each type it creates, changes and withdraws, in all and by school." }) counts?: never;
  @HasMany(() => ImportProblem, "import", { description: "What is wrong with the files or was left out, with file and line." }) problems?: never;
  @HasMany(() => ImportAlert, "import", { description: "What somebody must look at." }) alerts?: never;
  @HasMany(() => ImportCandidate, "import", { description: "People of the files who may be people whom the district knows already." }) candidates?: never;
}
