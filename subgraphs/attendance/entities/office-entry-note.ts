import { ForeignRef, Text } from "#foundation/record/fields";
import { DistrictRecord, Record } from "#foundation/record/record";
import { officeEntryNotes } from "../access.ts";
import { School, Student } from "../foreign.ts";

@Record({
  description: "What the family or others told the office about a student's day. Read by the office and by counselors of the student.",
  access: officeEntryNotes,
  write: "operations",
})
export class OfficeEntryNote extends DistrictRecord {
  @ForeignRef(() => Student, { description: "The student." })
  studentId!: string;
  @ForeignRef(() => School, { description: "The school whose office made the entry." })
  schoolId!: string;
  @Text({ description: "The note, e.g. \"Dentist at ten, called by the grandmother\".", maxLength: 1000 })
  text!: string;
}
