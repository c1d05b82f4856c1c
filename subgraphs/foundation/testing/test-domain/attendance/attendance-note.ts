import { ForeignRef, Text } from "#foundation/record/fields";
import { DistrictRecord, Record } from "#foundation/record/record";
import { attendanceNotes } from "./access.ts";
import { School, Student } from "./foreign.ts";

@Record({ description: "What the office noted about an absence.", access: attendanceNotes })
export class AttendanceNote extends DistrictRecord {
  @ForeignRef(() => Student) studentId!: string;
  @ForeignRef(() => School) schoolId!: string;
  @Text({ description: "The note, e.g. \"Dentist, called by the mother\".", maxLength: 500 }) text!: string;
}
