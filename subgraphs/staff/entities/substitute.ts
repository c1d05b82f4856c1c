import { Day, ForeignRef } from "#foundation/record/fields";
import { DistrictRecord, NoOverlap, Record, Span } from "#foundation/record/record";
import { substitutePool } from "../access.ts";
import { Person } from "../foreign.ts";

@Record({ description: "That a person is in the district's pool of substitutes, with dates. It opens nothing: an assignment to a section does, while both hold.", access: substitutePool })
@Span("fromDate", "toDate")
@NoOverlap({ per: ["personId"], from: "fromDate", to: "toDate", message: "This person is already in the pool on some of these days. Change the dates, or end that record first." })
export class Substitute extends DistrictRecord {
  @ForeignRef(() => Person, { description: "Who may be called." })
  personId!: string;
  @Day({ description: "The first day in the pool.", sortable: true })
  fromDate!: string;
  @Day({ description: "The first day no longer in it. Null while no end is set.", optional: true, sortable: true })
  toDate?: string | null;
}
