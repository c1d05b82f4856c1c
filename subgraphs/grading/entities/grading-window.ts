import { ForeignRef, Instant } from "#foundation/record/fields";
import { Check, DistrictRecord, Record } from "#foundation/record/record";
import { arrangedBySchool } from "../access.ts";
import { GradingPeriod, School, Term } from "../foreign.ts";

@Record({
  description: "When the teachers of a school post marks: those of a grading period, or a term's exam and final marks. A school may open a second window for the same period; outside of them a posted mark is changed by the office alone, with a reason.",
  access: arrangedBySchool,
})
@Check("about", "(grading_period_id is null) <> (term_id is null)", "A window is for a grading period or for a term. Send one of the two.")
@Check("moments", "closes_at > opens_at", "The window must close after it opens. Correct one of the two moments.")
export class GradingWindow extends DistrictRecord {
  @ForeignRef(() => School, { description: "The school." })
  schoolId!: string;
  @ForeignRef(() => GradingPeriod, { description: "The grading period whose marks are posted. Null for a term's window.", optional: true })
  gradingPeriodId?: string | null;
  @ForeignRef(() => Term, { description: "The term whose exam and final marks are posted. Null for a grading period's window.", optional: true })
  termId?: string | null;
  @Instant({ description: "From when marks can be posted (UTC).", sortable: true })
  opensAt!: Date;
  @Instant({ description: "Until when, exclusive (UTC).", sortable: true })
  closesAt!: Date;
}
