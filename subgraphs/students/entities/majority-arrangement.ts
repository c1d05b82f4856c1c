import { BelongsTo, Choice, Day, ForeignRef, choice, type ChoiceOf, type Reference } from "#foundation/record/fields";
import { Check, DistrictRecord, NoOverlap, Record, Span } from "#foundation/record/record";
import { majorityArrangements } from "../access.ts";
import { Person } from "../foreign.ts";
import { Student } from "./student.ts";

export const MajorityGround = choice("MajorityGround", "Why a parent may keep reading after the rights have passed to the student.", {
  DEPENDENT_FOR_TAX: "The student is the parents' dependent for tax (34 CFR 99.31(a)(8)), and the district's policy allows it.",
  STUDENT_CONSENT: "The student agreed in writing.",
  GUARDIANSHIP_ORDER: "A court made the person guardian of the adult student.",
});
export type MajorityGround = ChoiceOf<typeof MajorityGround>;

@Record({
  description: "That contacts keep their rights after they have passed to the student, at 18 or with postsecondary attendance, and on which ground. It adds no right that a contact did not have.",
  access: majorityArrangements,
})
@Span("fromDate", "toDate")
@NoOverlap({ per: ["student", "ground", "personId"], from: "fromDate", to: "toDate", message: "There is already such an arrangement on some of these days. Change that one, or end it first." })
@Check("guardian", "ground <> 'GUARDIANSHIP_ORDER' or person_id is not null", "A guardianship order names a person. Say who.")
export class MajorityArrangement extends DistrictRecord {
  @BelongsTo(() => Student, { description: "The student, to whom the rights have passed or will pass.", immutable: true })
  student!: Reference<Student>;
  @Choice(MajorityGround, { description: "Why.", immutable: true })
  ground!: MajorityGround;
  @ForeignRef(() => Person, { description: "The contact who keeps reading. Null: all contacts who had the right.", optional: true })
  personId?: string | null;
  @Day({ description: "The first day on which the arrangement holds.", sortable: true })
  fromDate!: string;
  @Day({ description: "The first day on which it no longer holds, e.g. because consent was withdrawn. Null while it holds.", optional: true, sortable: true })
  toDate?: string | null;
}
