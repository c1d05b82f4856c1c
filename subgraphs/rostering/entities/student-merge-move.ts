import { BelongsTo, Choice, ForeignRef, Text, choice, fieldOf, type ChoiceOf, type Reference } from "#foundation/record/fields";
import { Agrees, DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { studentMergeMoves } from "../access.ts";
import { Student } from "../foreign.ts";
import { StudentMerge } from "./student-merge.ts";

export const StudentMergeMoveKind = choice("StudentMergeMoveKind", "What a merge did with one row.", {
  MOVED: "It belongs to the survivor now.",
  KEPT: "It stayed with the duplicate, because the survivor has one for the same thing, or because it hangs on such a row.",
  COPIED: "Its value was copied to the survivor, who had none; the row itself cannot be moved.",
  FOLLOWED: "It was made after the merge and hangs on a moved row: it went back with that row when the merge was undone.",
});
export type StudentMergeMoveKind = ChoiceOf<typeof StudentMergeMoveKind>;

@Record({
  description: "One row that pointed to a merged duplicate, and what became of it. From these the merge is undone, row by row.",
  access: studentMergeMoves,
  write: "operations",
})
@UniqueTogether("merge", "recordType", "recordId", "field")
@Agrees("merge", { survivorId: "survivorId" })
export class StudentMergeMove extends DistrictRecord {
  @BelongsTo(() => StudentMerge, { description: "The merge.", immutable: true })
  merge!: Reference<StudentMerge>;
  @ForeignRef(() => Student, { description: "The student that stays." })
  survivorId!: string;
  @Text({ description: "The type of the row, e.g. `SchoolEnrollment`.", maxLength: 64, immutable: true, sortable: true })
  recordType!: string;
  @fieldOf("id", { description: "The id of the row.", immutable: true })
  recordId!: string;
  @Text({ description: "The field that pointed to the duplicate, e.g. `student`; for a copied value the field that was copied.", maxLength: 64, immutable: true })
  field!: string;
  @Choice(StudentMergeMoveKind, { description: "What became of the row." })
  kind!: StudentMergeMoveKind;
  /** Where the row is and what its column held and holds: what undoing needs. */
  @Text({ description: "Schema and table.", maxLength: 127, immutable: true, internal: true })
  tableName!: string;
  @Text({ description: "The column.", maxLength: 63, immutable: true, internal: true })
  columnName!: string;
  @Text({ description: "What the column held.", optional: true, immutable: true, internal: true })
  before?: string | null;
  @Text({ description: "What the column holds since.", optional: true, immutable: true, internal: true })
  after?: string | null;
}
