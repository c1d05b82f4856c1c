import { Day, ForeignRef, Text } from "#foundation/record/fields";
import { DistrictRecord, Index, Record } from "#foundation/record/record";
import { recountRequests } from "../access.ts";
import { Student } from "../foreign.ts";

@Record({
  description: "That days of a student are still to be counted anew. It exists from a change until the count: within the transaction of the change, or for a little longer after a large one, such as an import. None open means that every figure is up to date.",
  access: recountRequests,
  write: "operations",
})
@Index("transaction")
export class RecountRequest extends DistrictRecord {
  @ForeignRef(() => Student, { description: "The student." })
  studentId!: string;
  @Day({ description: "The first day to be counted anew.", sortable: true, immutable: true })
  fromDate!: string;
  @Day({ description: "The first day that need not be. Null: as far as the calendar goes.", optional: true, sortable: true, immutable: true })
  toDate?: string | null;
  @Text({ description: "The transaction that asked, by which it finds its own requests when it ends.", optional: true, internal: true, maxLength: 20, immutable: true })
  transaction?: string | null;
}
