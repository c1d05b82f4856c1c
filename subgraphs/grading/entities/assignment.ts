import { BelongsTo, Day, Decimal, Flag, ForeignRef, HasMany, Text, type Reference } from "#foundation/record/fields";
import { Agrees, Check, DistrictRecord, Record } from "#foundation/record/record";
import { assignments } from "../access.ts";
import { GradingPeriod, School, Section } from "../foreign.ts";
import { AssignmentCategory } from "./assignment-category.ts";
import { Score } from "./score.ts";

@Record({ description: "A piece of work that a section is asked to do (a line item in OneRoster).", access: assignments })
@Agrees("sectionId", { schoolId: "schoolId" })
@Agrees("category", { sectionId: "sectionId" }, "The category belongs to another section. Choose one of this section.")
@Check("dates", "due_date >= assigned_date", "The work cannot be due before it is assigned. Correct one of the two days.")
@Check("points", "points_possible > 0 or extra_credit", "Say how many points are possible: more than 0, unless the work is extra credit.")
export class Assignment extends DistrictRecord {
  @ForeignRef(() => Section, { description: "The section." })
  sectionId!: string;
  @ForeignRef(() => School, { description: "The section's school." })
  schoolId!: string;
  @BelongsTo(() => AssignmentCategory, { description: "The kind of work, whose weight it shares." })
  category!: Reference<AssignmentCategory>;
  @ForeignRef(() => GradingPeriod, { description: "The grading period whose average it counts in.", immutable: false })
  gradingPeriodId!: string;
  @Text({ description: "The name for people, e.g. \"Quiz 3: cells\".", maxLength: 120, sortable: true, searchable: true })
  title!: string;
  @Text({ description: "What is to be done. Null when nothing more is said.", maxLength: 4000, optional: true })
  instructions?: string | null;
  @Day({ description: "The day on which it is given out.", sortable: true })
  assignedDate!: string;
  @Day({ description: "The last day on which it is in time.", sortable: true })
  dueDate!: string;
  @Decimal({ description: "The points for full marks.", unit: "points", precision: 9, scale: 3, min: 0, max: 100000 })
  pointsPossible!: string;
  @Flag({ description: "Its points are a gift: they add to what was earned and not to what was possible. Only then may a score be above the points possible.", defaultValue: false })
  extraCredit!: boolean;
  @Flag({ description: "Its scores count in averages. False e.g. for practice.", defaultValue: true })
  countsInAverage!: boolean;
  @Flag({ description: "Not shown to students and families yet, nor are its scores.", defaultValue: false })
  hidden!: boolean;
  @HasMany(() => Score, "assignment", { description: "The scores given for it." })
  scores?: never;
}
