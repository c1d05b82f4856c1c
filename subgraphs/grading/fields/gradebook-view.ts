import { Day, Decimal, fieldOf, Flag, ForeignRef, Items, Part, Text, Whole } from "#foundation/record/fields";
import { View } from "#foundation/record/view";
import { Student } from "../foreign.ts";

const percent = (description: string) => ({ description, unit: "percent", optional: true });

@View("A kind of work in a gradebook.")
export class GradebookCategory {
  @fieldOf("id", { description: "The category." }) id!: string;
  @Text({ description: "Its name, e.g. \"Tests\"." }) title!: string;
  @Decimal({ description: "Its weight against the others." }) weight!: string;
  @Whole({ description: "How many of a student's lowest scores are left out.", unit: "scores" }) dropLowest!: number;
}

@View("A column of a gradebook.")
export class GradebookAssignment {
  @fieldOf("id", { description: "The assignment." }) id!: string;
  @Whole({ description: "Its version, for changing it." }) version!: number;
  @fieldOf("id", { description: "Its category." }) categoryId!: string;
  @Text({ description: "Its name." }) title!: string;
  @Day({ description: "The day on which it is given out." }) assignedDate!: string;
  @Day({ description: "The last day on which it is in time." }) dueDate!: string;
  @Decimal({ description: "The points for full marks.", unit: "points" }) pointsPossible!: string;
  @Flag({ description: "Its points add to what was earned and not to what was possible." }) extraCredit!: boolean;
  @Flag({ description: "Its scores count in averages." }) countsInAverage!: boolean;
  @Flag({ description: "Not shown to students and families yet." }) hidden!: boolean;
}

@View("A cell of a gradebook. Without a cell, nothing was entered.")
export class GradebookScore {
  @fieldOf("id", { description: "The score." }) id!: string;
  @Whole({ description: "Its version, for changing it." }) version!: number;
  @fieldOf("id", { description: "The assignment." }) assignmentId!: string;
  @Decimal({ description: "The points. Null while there are none.", unit: "points", optional: true }) points!: string | null;
  @Flag({ description: "Not handed in: counts as zero." }) missing!: boolean;
  @Flag({ description: "Handed in late." }) late!: boolean;
  @Flag({ description: "Left out of the average." }) exempt!: boolean;
  @Flag({ description: "Left out as one of the lowest." }) dropped!: boolean;
  @Text({ description: "What the student and the family read. Null when nothing.", optional: true }) comment!: string | null;
}

@View("A student's average in one kind of work.")
export class GradebookCategoryAverage {
  @fieldOf("id", { description: "The category." }) categoryId!: string;
  @Decimal(percent("The average, to six decimals. Null while nothing was possible.")) percent!: string | null;
}

@View("A mark that is posted already.")
export class GradebookMark {
  @fieldOf("id", { description: "The mark." }) id!: string;
  @Whole({ description: "Its version, for changing it." }) version!: number;
  @Text({ description: "The mark as it is printed." }) mark!: string;
  @Flag({ description: "Work is still to be made up." }) incomplete!: boolean;
}

@View("A student's line in a gradebook.")
export class GradebookRow {
  @ForeignRef(() => Student, { description: "The student." }) studentId!: string;
  @Decimal(percent("The average, to six decimals. Null while there is nothing to average.")) percent!: string | null;
  @Text({ description: "The average as people see it, rounded half up on the section's scale. Null without an average or a scale.", optional: true }) shown!: string | null;
  @Text({ description: "The mark that posting would give now. Null without one.", optional: true }) proposed!: string | null;
  @Part(() => GradebookMark, { description: "The mark that is posted. Null while none is.", optional: true }) posted!: GradebookMark | null;
  @Items(() => GradebookCategoryAverage, { description: "The averages by kind of work." }) categories!: GradebookCategoryAverage[];
  @Items(() => GradebookScore, { description: "The scores." }) scores!: GradebookScore[];
}

@View("The gradebook of a section for one grading period.")
export class Gradebook {
  @Items(() => GradebookCategory, { description: "The kinds of work." }) categories!: GradebookCategory[];
  @Items(() => GradebookAssignment, { description: "The columns, by due date." }) assignments!: GradebookAssignment[];
  @Items(() => GradebookRow, { description: "The students who were on the roster during the period, by name." }) rows!: GradebookRow[];
}
