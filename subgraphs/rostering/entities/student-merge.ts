import { Choice, Flag, ForeignRef, HasMany, Text, Whole, choice, type ChoiceOf } from "#foundation/record/fields";
import { Check, DistrictRecord, Record, UniqueWhere } from "#foundation/record/record";
import { studentMerges } from "../access.ts";
import { Student } from "../foreign.ts";
import { StudentMergeMove } from "./student-merge-move.ts";

export const StudentMergeStatus = choice("StudentMergeStatus", "Whether a merge still holds.", {
  MERGED: "The two are one student.",
  UNDONE: "The two are two students again.",
});
export type StudentMergeStatus = ChoiceOf<typeof StudentMergeStatus>;

@Record({
  description: "That two records of students were one human being: what belonged to the duplicate was moved to the survivor. The duplicate is archived and stays readable under its id.",
  access: studentMerges,
  write: "operations",
})
@UniqueWhere({ fields: ["duplicateId"], where: "status = 'MERGED'", message: "This student is already merged into another. Undo that merge first." })
@Check("two", "duplicate_id <> survivor_id", "A student cannot be merged into itself. Choose two different students.")
export class StudentMerge extends DistrictRecord {
  @ForeignRef(() => Student, { description: "The student that was given up." })
  duplicateId!: string;
  @ForeignRef(() => Student, { description: "The student that stays." })
  survivorId!: string;
  @Choice(StudentMergeStatus, { description: "Whether the merge still holds.", defaultValue: "MERGED" })
  status!: StudentMergeStatus;
  @Text({ description: "Why the two are one student, in the words of whoever merged them.", maxLength: 1000, immutable: true })
  reason!: string;
  @Text({ description: "Why the merge was undone. Null while it holds.", optional: true, maxLength: 1000 })
  undoReason?: string | null;
  @Whole({ description: "How many rows were moved to the survivor.", unit: "rows", min: 0, defaultValue: 0 })
  movedRows!: number;
  @Whole({ description: "How many rows stayed with the duplicate because the survivor had one for the same thing already.", unit: "rows", min: 0, defaultValue: 0 })
  keptRows!: number;
  @Flag({ description: "Whether the duplicate's person was archived with it.", defaultValue: false, internal: true })
  archivedPerson!: boolean;
  @HasMany(() => StudentMergeMove, "merge", { description: "The rows, one by one." })
  moves?: never;
}
