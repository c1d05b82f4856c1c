import { BelongsTo, Companion, Day, ForeignRef, Whole, type Reference } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { attendanceEvents } from "./access.ts";
import { AttendanceCode } from "./attendance-code.ts";
import { AttendanceNote } from "./attendance-note.ts";
import { ClassMeeting, School, Section, Student } from "./foreign.ts";

@Record({
  description: "An exception to a student's presence in one class meeting. Students without one were present if attendance was taken.",
  access: attendanceEvents,                      // access.ts; required: without it the record does not build
  write: "operations",                           // changed only by takeAttendance and correctAttendance
  numerous: true,                                // a student has hundreds: her rows are read by sets, not row by row
})
@UniqueTogether("studentId", "classMeetingId")
export class AttendanceEvent extends DistrictRecord {
  @ForeignRef(() => Student) studentId!: string;          // another domain: GraphQL `student: Student`, column student_id, a real foreign key
  @ForeignRef(() => ClassMeeting) classMeetingId!: string;
  @ForeignRef(() => Section) sectionId!: string;          // stamped at the event, as is the school: row rules and facts read them
  @ForeignRef(() => School) schoolId!: string;
  @Day({ sortable: true }) date!: string;
  @BelongsTo(() => AttendanceCode) code!: Reference<AttendanceCode>;
  @Whole({ unit: "minutes", min: 0 }) minutesMissed!: number;
  @Companion(() => AttendanceNote) note?: Reference<AttendanceNote>;   // narrower audience: a record of its own
}
