import { BelongsTo, ForeignRef, Text, type Reference } from "#foundation/record/fields";
import { Agrees, Check, DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { marks } from "../access.ts";
import { GradingPeriod, Person, School, Section, Student } from "../foreign.ts";
import { CommentBankEntry } from "./comment-bank-entry.ts";

@Record({ description: "A comment on a report card about a student in a section and grading period, beside its mark or its standards: a sentence from the bank, or one of the teacher's own.", access: marks, write: "operations" })
@UniqueTogether("studentId", "sectionId", "gradingPeriodId", "entry")
@Agrees("sectionId", { schoolId: "schoolId" })
@Check("content", "(entry_id is null) <> (text is null)", "A comment is a sentence from the bank or one of your own. Send one of the two.")
export class MarkComment extends DistrictRecord {
  @ForeignRef(() => Student, { description: "The student." })
  studentId!: string;
  @ForeignRef(() => Section, { description: "The section." })
  sectionId!: string;
  @ForeignRef(() => School, { description: "The section's school." })
  schoolId!: string;
  @ForeignRef(() => GradingPeriod, { description: "The grading period." })
  gradingPeriodId!: string;
  @BelongsTo(() => CommentBankEntry, { description: "The sentence from the bank. Null for one of the teacher's own; there is at most one of those.", optional: true, immutable: true })
  entry?: Reference<CommentBankEntry> | null;
  @Text({ description: "The teacher's own sentence. Null for one from the bank.", maxLength: 1000, optional: true })
  text?: string | null;
  @ForeignRef(() => Person, { description: "Who wrote it." })
  writtenById!: string;
}
