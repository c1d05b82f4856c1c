import { Day, ForeignRef } from "#foundation/record/fields";
import { Agrees, DistrictRecord, NoOverlap, Record, Span } from "#foundation/record/record";
import { substituteAssignments } from "../access.ts";
import { Person, School, Section } from "../foreign.ts";

@Record({
  description: "That a substitute stands in for a section's teacher on some days. It opens what the hour needs on these days, and nothing the day after.",
  access: substituteAssignments,
  write: "operations",
})
@Span("fromDate", "toDate")
@NoOverlap({ per: ["personId", "sectionId"], from: "fromDate", to: "toDate", message: "This substitute already stands in for the section on some of these days. Change the dates, or end that assignment first." })
@Agrees("sectionId", { schoolId: "schoolId" })
export class SubstituteAssignment extends DistrictRecord {
  @ForeignRef(() => Person, { description: "Who stands in." })
  personId!: string;
  @ForeignRef(() => Section, { description: "The section." })
  sectionId!: string;
  @ForeignRef(() => School, { description: "The section's school." })
  schoolId!: string;
  @Day({ description: "The first day of standing in.", sortable: true })
  fromDate!: string;
  @Day({ description: "The first day no longer standing in: the day after, for a single day.", sortable: true })
  toDate!: string;
}
