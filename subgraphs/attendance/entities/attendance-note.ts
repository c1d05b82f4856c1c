import { ForeignRef, Text } from "#foundation/record/fields";
import { DistrictRecord, Record } from "#foundation/record/record";
import { attendanceNotes } from "../access.ts";
import { ClassMeeting, School, Section, Student } from "../foreign.ts";

@Record({
  description: "What was noted about an exception. Read by the section's own teachers and the office; closed to the student, the family and other teachers.",
  access: attendanceNotes,
  write: "operations",
})
export class AttendanceNote extends DistrictRecord {
  @ForeignRef(() => Student, { description: "The student." })
  studentId!: string;
  @ForeignRef(() => ClassMeeting, { description: "The class meeting." })
  classMeetingId!: string;
  @ForeignRef(() => Section, { description: "The section." })
  sectionId!: string;
  @ForeignRef(() => School, { description: "The section's school." })
  schoolId!: string;
  @Text({ description: "The note, e.g. \"Left the room upset; walked to the counselor\".", maxLength: 1000 })
  text!: string;
}
