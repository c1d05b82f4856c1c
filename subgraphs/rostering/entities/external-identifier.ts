import { BelongsTo, fieldOf, Json, Text, type Reference } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether, UniqueWhere } from "#foundation/record/record";
import { externalIdentifiers } from "../access.ts";
import { Import } from "./import.ts";

@Record({
  description: "How another system names a record of the district. An import finds its records again by it, so that a second import changes instead of adding.",
  access: externalIdentifiers,
  write: "operations",
})
@UniqueTogether("source", "recordType", "sourcedId")
@UniqueWhere({
  fields: ["source", "recordType", "recordId"],
  where: "record_type not in ('SchoolYear', 'Course')",
  message: "The other system already has an id for this record. Use that one.",
})
export class ExternalIdentifier extends DistrictRecord {
  @Text({ description: "The other system, as its files name it or as the import was told, e.g. \"ClassLink\".", maxLength: 100, immutable: true, sortable: true })
  source!: string;
  @Text({ description: "The type of the record, e.g. \"Person\" or \"School\". A student is found by the person.", maxLength: 64, immutable: true })
  recordType!: string;
  @Text({ description: "The other system's id of the record (OneRoster: sourcedId), letter for letter.", immutable: true, sortable: true })
  sourcedId!: string;
  @fieldOf("id", { description: "The id of the record here." })
  recordId!: string;
  @BelongsTo(() => Import, { description: "The import that brought it first; null for those of before imports were kept.", optional: true })
  import?: Reference<Import> | null;
  /** What the import made of it and fingerprints of what the source said, so that only what the source changed is changed here. */
  @Json({ description: "What the import remembers.", internal: true })
  memory!: unknown;
}
