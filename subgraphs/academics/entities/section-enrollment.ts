import { BelongsTo, Day, ForeignRef, Text, type Reference } from "#foundation/record/fields";
import { Agrees, Check, DistrictRecord, NoOverlap, Record, Span } from "#foundation/record/record";
import { sectionEnrollments } from "../access.ts";
import { School, Student } from "../foreign.ts";
import { Section } from "./section.ts";

@Record({
  description: "That a student is on the roster of a section, with dates. A drop ends it and keeps the history; coming back is a new record. Not to be confused with the enrollment at a school.",
  access: sectionEnrollments,
  live: true,
  write: "operations",
})
@Span("fromDate", "toDate")
@NoOverlap({ per: ["studentId", "section"], from: "fromDate", to: "toDate", message: "The student is already on the section's roster on some of these days. Change the dates, or drop the student first." })
@Check("end_reason", "end_reason is null or to_date is not null", "A reason for the end needs an end date.")
@Agrees("section", { schoolId: "schoolId" })
export class SectionEnrollment extends DistrictRecord {
  @ForeignRef(() => Student, { description: "The student." })
  studentId!: string;
  @BelongsTo(() => Section, { description: "The section.", immutable: true })
  section!: Reference<Section>;
  @ForeignRef(() => School, { description: "The section's school." })
  schoolId!: string;
  @Day({ description: "The first day on the roster.", sortable: true })
  fromDate!: string;
  @Day({ description: "The first day no longer on it. Null: until the section ends.", optional: true, sortable: true })
  toDate?: string | null;
  @Text({ description: "Why the student left before the section ended, e.g. \"Schedule change\". Null while on the roster, or when the section ended.", optional: true })
  endReason?: string | null;
}
