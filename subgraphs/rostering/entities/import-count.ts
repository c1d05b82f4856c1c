import { BelongsTo, Flag, ForeignRef, Text, Whole, type Reference } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { importCounts } from "../access.ts";
import { School } from "../foreign.ts";
import { Import } from "./import.ts";

const records = (description: string) => ({ description, unit: "records", min: 0, defaultValue: 0 });

@Record({ description: "How many records of one file an import creates, changes and withdraws: in the district, or at one school.", access: importCounts, write: "operations" })
@UniqueTogether("import", "file", "schoolId")
export class ImportCount extends DistrictRecord {
  @BelongsTo(() => Import, { description: "The import.", immutable: true }) import!: Reference<Import>;
  @Text({ description: "The file, e.g. \"enrollments.csv\".", maxLength: 64, immutable: true, sortable: true }) file!: string;
  @ForeignRef(() => School, { description: "The school; null for the district as a whole.", optional: true }) schoolId?: string | null;
  @Whole(records("How many the source had named before this import and not withdrawn.")) known!: number;
  @Whole(records("How many are new.")) created!: number;
  @Whole(records("How many change.")) changed!: number;
  @Whole(records("How many are withdrawn.")) withdrawn!: number;
  @Whole(records("How many stay as they are.")) unchanged!: number;
  @Whole(records("How many are left out because somebody decided so.")) excluded!: number;
  @Flag({ description: "Whether so many are withdrawn that the import stopped.", defaultValue: false }) stops!: boolean;
}
