import { Day, ForeignRef, Instant } from "#foundation/record/fields";
import { Agrees, DistrictRecord, Index, Record, UniqueWhere } from "#foundation/record/record";
import { attendanceSubmissions } from "../access.ts";
import { ClassMeeting, Person, School, Section } from "../foreign.ts";

@Record({
  description: "That attendance of a class meeting was taken, by whom and when, even if everybody was there. Without one it is unknown who was. Taking it again counts the version up.",
  access: attendanceSubmissions,
  live: true,
  write: "operations",
})
@UniqueWhere({ fields: ["classMeetingId"], message: "Attendance of this class meeting was taken at the same moment. Read it again, and send its version with your changes." })
@Agrees("classMeetingId", { sectionId: "section", schoolId: "schoolId", date: "date" })
@Index("schoolId", "date")
export class AttendanceSubmission extends DistrictRecord {
  @ForeignRef(() => ClassMeeting, { description: "The class meeting that was taken." })
  classMeetingId!: string;
  @ForeignRef(() => Section, { description: "The section that met." })
  sectionId!: string;
  @ForeignRef(() => School, { description: "The section's school." })
  schoolId!: string;
  @Day({ description: "The day of the meeting.", sortable: true, immutable: true })
  date!: string;
  @ForeignRef(() => Person, { description: "Who took it, the last time.", immutable: false, optional: true })
  takenById?: string | null;
  @Instant({ description: "When it was taken, the last time (UTC).", sortable: true })
  takenAt!: Date;
}
