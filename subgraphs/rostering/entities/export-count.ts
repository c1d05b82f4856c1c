import { BelongsTo, Text, Whole, type Reference } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { exports } from "../access.ts";
import { Export } from "./export.ts";

@Record({ description: "How many rows a file of an export has. A file without rows is not in the package.", access: exports, write: "operations" })
@UniqueTogether("export", "file")
export class ExportCount extends DistrictRecord {
  @BelongsTo(() => Export, { description: "The export.", immutable: true }) export!: Reference<Export>;
  @Text({ description: "The file, e.g. \"enrollments.csv\".", maxLength: 64, immutable: true, sortable: true }) file!: string;
  @Whole({ description: "How many rows it has, the header left out.", unit: "rows", min: 1 }) rows!: number;
}
