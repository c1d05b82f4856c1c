import { BelongsTo, Day, type Reference } from "#foundation/record/fields";
import { DistrictRecord, NoOverlap, Record, Span } from "#foundation/record/record";
import { supportParticipations } from "../access.ts";
import { Program } from "./program.ts";
import { Student } from "./student.ts";

@Record({
  description: "That a student takes part in a program of the support tier, e.g. special education or foster care, with dates. Every read is audited.",
  access: supportParticipations,
  auditReads: true,
})
@Span("fromDate", "toDate")
@NoOverlap({ per: ["student", "program"], from: "fromDate", to: "toDate", message: "The student already takes part in this program on some of these days. End that participation first, or change the dates." })
export class SupportParticipation extends DistrictRecord {
  @BelongsTo(() => Student, { description: "The student.", immutable: true })
  student!: Reference<Student>;
  @BelongsTo(() => Program, { description: "The program. Of the support tier.", immutable: true })
  program!: Reference<Program>;
  @Day({ description: "The first day in the program.", sortable: true })
  fromDate!: string;
  @Day({ description: "The first day no longer in it. Null while taking part.", optional: true, sortable: true })
  toDate?: string | null;
}
