import { BelongsTo, Day, ForeignRef, Json, Text, type Reference } from "#foundation/record/fields";
import { DistrictRecord, Index, Record, UniqueTogether } from "#foundation/record/record";
import { sourceRecords } from "../access.ts";
import { School } from "../foreign.ts";
import { Import } from "./import.ts";

@Record({
  description: "One row of another system's files as an import last read it: that the system names it, and those of its values that no other record of the district has a place for, such as user names, place of birth or resources. Passwords are never kept.",
  access: sourceRecords,
  write: "operations",
  auditReads: true,
})
@UniqueTogether("source", "file", "sourcedId")
@Index("source", "file")
export class SourceRecord extends DistrictRecord {
  @Text({ description: "The other system, as its files name it or as the import was told.", maxLength: 100, immutable: true, sortable: true }) source!: string;
  @Text({ description: "The file, without its ending, e.g. \"users\" or \"resources\".", maxLength: 64, immutable: true, sortable: true }) file!: string;
  @Text({ description: "The other system's id of the row (OneRoster: sourcedId), letter for letter.", immutable: true, sortable: true }) sourcedId!: string;
  @Json({ description: "Values by the names of their columns, as written, for columns that no other record has a place for. Null where there is none.", optional: true }) values!: unknown;
  @ForeignRef(() => School, { description: "The school that the row belongs to; null for none or several.", optional: true, immutable: false }) schoolId?: string | null;
  @BelongsTo(() => Import, { description: "The import that brought it first.", optional: true }) import?: Reference<Import> | null;
  @Day({ description: "The day of the import that no longer found it in a complete file; null while the system names it.", optional: true }) goneSince?: string | null;
  /** Of all its values: equal where nothing changed. */
  @Text({ description: "A digest of the row.", maxLength: 64, internal: true }) digest!: string;
}
