import { BelongsTo, choice, Choice, Instant, Text, Whole, type ChoiceOf, type Reference } from "#foundation/record/fields";
import { DistrictRecord, Record } from "#foundation/record/record";
import { storedFiles } from "../access.ts";
import { Account } from "./account.ts";

export const FilePurpose = choice("FilePurpose", "What a file is for.", {
  IMPORT: "Brought by somebody, to be read into the records.",
  EXPORT: "Made by the platform, for whoever asked for it.",
});
export type FilePurpose = ChoiceOf<typeof FilePurpose>;

export const FileStatus = choice("FileStatus", "What has become of a file.", {
  WAITING: "Its content has not come yet.",
  STORED: "Its content is here, and may be used.",
  REFUSED: "Its content was not taken: `refusal` says why. Nothing of it is kept.",
  REMOVED: "Its content is gone, since its time was over.",
});
export type FileStatus = ChoiceOf<typeof FileStatus>;

@Record({
  description: "A file that somebody brings to the platform or fetches from it. Its content goes by links that are good for minutes (`uploadUrl`, `downloadUrl`), to its owner alone.",
  access: storedFiles,
  write: "operations",
})
export class StoredFile extends DistrictRecord {
  @BelongsTo(() => Account, { description: "Whose file it is.", immutable: true }) account!: Reference<Account>;
  @Text({ description: "Its name, without a folder.", maxLength: 200, immutable: true, sortable: true }) name!: string;
  @Text({ description: "Its media type: `application/zip` or `text/csv`.", maxLength: 100, immutable: true }) mediaType!: string;
  @Whole({ description: "Its length.", unit: "bytes", min: 0, immutable: true }) size!: number;
  @Choice(FilePurpose, { description: "What it is for.", immutable: true }) purpose!: FilePurpose;
  @Choice(FileStatus, { description: "What has become of it." }) status!: FileStatus;
  @Text({ description: "The SHA-256 of its content, in hexadecimal digits; null until the content is here.", maxLength: 64, optional: true }) sha256!: string | null;
  @Instant({ description: "When its content came; null until then.", optional: true, sortable: true }) storedAt!: Date | null;
  @Instant({ description: "When its owner last fetched it; null while she has not.", optional: true }) fetchedAt!: Date | null;
  @Text({ description: "Why it was refused; null where it was not.", maxLength: 500, optional: true }) refusal!: string | null;
  @Instant({ description: "When its content is removed.", sortable: true }) expiresAt!: Date;
  @Text({ description: "Where its bytes are in the store; null where they are in the database.", maxLength: 200, optional: true, internal: true }) place!: string | null;
}
