import { BelongsTo, Companion, Day, ForeignRef, Whole, type Reference } from "#foundation/record/fields";
import { Agrees, DistrictRecord, Record, UniqueWhere } from "#foundation/record/record";
import { attendanceEvents } from "../access.ts";
import { ClassMeeting, School, Section, Student } from "../foreign.ts";
import { AttendanceCode } from "./attendance-code.ts";
import { AttendanceNote } from "./attendance-note.ts";

@Record({
  description: "An exception to a student's presence in one class meeting, as its teacher saw it. Students without one were present if attendance was taken. What the office knows stands beside it, in office entries, and goes before it.",
  access: attendanceEvents,
  live: true,
  write: "operations",
})
@UniqueWhere({ fields: ["studentId", "classMeetingId"], message: "Somebody recorded an exception for this student and meeting at the same moment. Read the attendance again, then send your change." })
@Agrees("classMeetingId", { sectionId: "section", schoolId: "schoolId", date: "date" })
export class AttendanceEvent extends DistrictRecord {
  @ForeignRef(() => Student, { description: "The student." })
  studentId!: string;
  @ForeignRef(() => ClassMeeting, { description: "The class meeting." })
  classMeetingId!: string;
  @ForeignRef(() => Section, { description: "The section that met." })
  sectionId!: string;
  @ForeignRef(() => School, { description: "The section's school." })
  schoolId!: string;
  @Day({ description: "The day of the meeting.", sortable: true, immutable: true })
  date!: string;
  @BelongsTo(() => AttendanceCode, { description: "What the exception was." })
  code!: Reference<AttendanceCode>;
  @Whole({ description: "How much of the meeting was missed: its first minutes for a tardy student, its last ones for one who left early. 0 where nobody wrote down the minutes, and for presence elsewhere. For an absent student the whole meeting counts, whatever stands here.", unit: "minutes", min: 0, max: 1440 })
  minutesMissed!: number;
  @Companion(() => AttendanceNote, { description: "What the teacher or the office noted about it, confidentially." })
  note?: Reference<AttendanceNote> | null;
}
