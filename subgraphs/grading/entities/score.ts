import { BelongsTo, Companion, Decimal, Flag, ForeignRef, Text, type Reference } from "#foundation/record/fields";
import { Agrees, Check, DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { scores } from "../access.ts";
import { Person, School, Section, Student } from "../foreign.ts";
import { Assignment } from "./assignment.ts";
import { ScoreNote } from "./score-note.ts";

@Record({ description: "What a student got for an assignment. Without points and not missing, it is not graded yet and counts in nothing.", access: scores, live: true, write: "operations" })
@UniqueTogether("studentId", "assignment")
@Agrees("assignment", { sectionId: "sectionId", schoolId: "schoolId" })
@Check("missing", "not missing or (points is null and not exempt)", "Missing work has no points and is not exempt. Send one of the three.")
export class Score extends DistrictRecord {
  @ForeignRef(() => Student, { description: "The student." })
  studentId!: string;
  @BelongsTo(() => Assignment, { description: "The assignment.", immutable: true })
  assignment!: Reference<Assignment>;
  @ForeignRef(() => Section, { description: "The assignment's section." })
  sectionId!: string;
  @ForeignRef(() => School, { description: "The section's school." })
  schoolId!: string;
  @Decimal({ description: "The points given. Null while there are none.", unit: "points", precision: 9, scale: 3, min: 0, max: 100000, optional: true })
  points?: string | null;
  @Flag({ description: "Not handed in: counts as zero points.", defaultValue: false })
  missing!: boolean;
  @Flag({ description: "Handed in late. Counts like any other; the teacher decides about the points.", defaultValue: false })
  late!: boolean;
  @Flag({ description: "The student need not do it: left out of the average.", defaultValue: false })
  exempt!: boolean;
  @Text({ description: "What the teacher says to the student and the family. Null when nothing.", maxLength: 1000, optional: true })
  comment?: string | null;
  @Flag({ description: "The assignment, and so the score, is not shown to students and families yet. Follows the assignment by itself.", readOnly: true, defaultValue: false })
  hidden!: boolean;
  @ForeignRef(() => Person, { description: "Who gave the first score here. She keeps reading it." })
  givenById!: string;
  @Companion(() => ScoreNote, { description: "What the teacher noted for herself and her colleagues." })
  note?: Reference<ScoreNote> | null;
}
