import { BelongsTo, Choice, Day, ForeignRef, Text, Whole, choice, type ChoiceOf, type Reference } from "#foundation/record/fields";
import { Agrees, DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { rolloverRows } from "../access.ts";
import { School, SchoolEnrollment, Student } from "../foreign.ts";
import { PlacementAction } from "./next-year-placement.ts";
import { Rollover } from "./rollover.ts";

export const RolloverRowState = choice("RolloverRowState", "What became of a student's part of a rollover.", {
  DONE: "Carried out.",
  UNDONE: "Taken back: the next enrollment is archived, and the exit is as it was before.",
  KEPT: "Stands although the rollover was undone: somebody has changed one of the enrollments since.",
});
export type RolloverRowState = ChoiceOf<typeof RolloverRowState>;

@Record({ description: "What a rollover did for one student.", access: rolloverRows, write: "operations" })
@UniqueTogether("rollover", "endedEnrollmentId")
@Agrees("endedEnrollmentId", { studentId: "student", schoolId: "schoolId" })
@Agrees("newEnrollmentId", { studentId: "student" })
export class RolloverRow extends DistrictRecord {
  @BelongsTo(() => Rollover, { description: "The rollover.", immutable: true })
  rollover!: Reference<Rollover>;
  @ForeignRef(() => Student, { description: "The student." })
  studentId!: string;
  @ForeignRef(() => School, { description: "The school of the year that ended." })
  schoolId!: string;
  @Choice(PlacementAction, { description: "What the placement asked for.", immutable: true })
  action!: PlacementAction;
  @ForeignRef(() => SchoolEnrollment, { description: "The enrollment that got its exit." })
  endedEnrollmentId!: string;
  @ForeignRef(() => SchoolEnrollment, { description: "The enrollment of the next year. None for a student who graduates or leaves.", optional: true })
  newEnrollmentId?: string | null;
  @Choice(RolloverRowState, { description: "What became of it.", defaultValue: "DONE" })
  outcome!: RolloverRowState;
  /** What undo compares and puts back. The version is that after the exit was set; null where the exit had been set before. */
  @Whole({ description: "The version of the ended enrollment after the run.", optional: true, internal: true })
  endedVersion?: number | null;
  @Day({ description: "The exit date before the run.", optional: true, internal: true })
  formerExitDate?: string | null;
  @Text({ description: "The exit code before the run.", optional: true, maxLength: 16, internal: true })
  formerExitCode?: string | null;
}
