import { Choice, Day, ForeignRef, choice, type ChoiceOf } from "#foundation/record/fields";
import { DistrictRecord, NoOverlap, Record, Span } from "#foundation/record/record";
import { caseloadAssignments } from "../access.ts";
import { Person, Student } from "../foreign.ts";

export const CaseloadKind = choice("CaseloadKind", "Why a student is on somebody's caseload.", {
  COUNSELING: "The student's counselor. Counts for the role of a counselor.",
  CASE_MANAGEMENT: "Coordinates the student's special education or plans. Counts for the role of a case manager.",
});
export type CaseloadKind = ChoiceOf<typeof CaseloadKind>;

@Record({
  description: "That a student is on the caseload of a counselor or case manager, with dates, wherever the student goes to school. It opens the student's record to that person.",
  access: caseloadAssignments,
  write: "operations",
  auditReads: true,
})
@Span("fromDate", "toDate")
@NoOverlap({ per: ["studentId", "personId", "kind"], from: "fromDate", to: "toDate", message: "The student is already on this caseload on some of these days. Change the dates, or end that assignment first." })
export class CaseloadAssignment extends DistrictRecord {
  @ForeignRef(() => Student, { description: "The student." })
  studentId!: string;
  @ForeignRef(() => Person, { description: "The counselor or case manager." })
  personId!: string;
  @Choice(CaseloadKind, { description: "Why the student is on the caseload.", immutable: true })
  kind!: CaseloadKind;
  @Day({ description: "The first day on the caseload.", sortable: true })
  fromDate!: string;
  @Day({ description: "The first day no longer on it. Null while no end is set.", optional: true, sortable: true })
  toDate?: string | null;
}
