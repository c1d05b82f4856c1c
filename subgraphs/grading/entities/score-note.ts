import { ForeignRef, Text } from "#foundation/record/fields";
import { DistrictRecord, Record } from "#foundation/record/record";
import { scoreNotes } from "../access.ts";
import { School, Section, Student } from "../foreign.ts";

@Record({ description: "What a teacher noted about a score for herself and her colleagues. Not for the student or the family.", access: scoreNotes, write: "operations" })
export class ScoreNote extends DistrictRecord {
  @ForeignRef(() => Student, { description: "The student of the score." })
  studentId!: string;
  @ForeignRef(() => Section, { description: "The section of the score." })
  sectionId!: string;
  @ForeignRef(() => School, { description: "The school of the score." })
  schoolId!: string;
  @Text({ description: "The note, e.g. \"Worked with a partner, talk to both\".", maxLength: 1000 })
  text!: string;
}
