import { BelongsTo, Decimal, ForeignRef, Text, Whole, type Reference } from "#foundation/record/fields";
import { Check, DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { settledByDistrict } from "../access.ts";
import { Course, Subject } from "../foreign.ts";
import { GraduationPlan } from "./graduation-plan.ts";

@Record({
  description: "Credits that a graduation plan requires in an area: a certain course, a subject, or any courses. Credits go to the narrowest requirement that takes them, and what is more than it asks for goes on to the next wider one, at last to the electives.",
  access: settledByDistrict,
})
@UniqueTogether("plan", "title")
@UniqueTogether("plan", "sequence")
@Check("area", "subject_id is null or course_id is null", "A requirement asks for a course or for a subject. Send one of the two, or neither for electives.")
export class GraduationRequirement extends DistrictRecord {
  @BelongsTo(() => GraduationPlan, { description: "The plan.", immutable: true })
  plan!: Reference<GraduationPlan>;
  @Text({ description: "The area as a plan prints it, e.g. \"English\" or \"Electives\".", maxLength: 100, sortable: true })
  title!: string;
  @Whole({ description: "The order in the plan.", min: 0, max: 1000, sortable: true })
  sequence!: number;
  @Decimal({ description: "The credits required.", unit: "credits", precision: 6, scale: 3, min: 0, max: 100 })
  credits!: string;
  @ForeignRef(() => Subject, { description: "Only courses of this subject count. Null: see the course, or any course counts.", optional: true, immutable: false })
  subjectId?: string | null;
  @ForeignRef(() => Course, { description: "Only this course counts. Null: see the subject, or any course counts.", optional: true, immutable: false })
  courseId?: string | null;
}
