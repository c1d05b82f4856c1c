import { subgraph } from "#foundation/federation/manifest";
import { AttendanceCode } from "./entities/attendance-code.ts";
import { AttendanceEvent } from "./entities/attendance-event.ts";
import { AttendanceLock } from "./entities/attendance-lock.ts";
import { AttendanceNote } from "./entities/attendance-note.ts";
import { AttendancePolicy } from "./entities/attendance-policy.ts";
import { AttendanceSubmission } from "./entities/attendance-submission.ts";
import { DailyAttendance } from "./entities/daily-attendance.ts";
import { EarlierDay } from "./entities/earlier-day.ts";
import { EarlierSchoolDay } from "./entities/earlier-school-day.ts";
import { OfficeEntryNote } from "./entities/office-entry-note.ts";
import { OfficeEntry } from "./entities/office-entry.ts";
import { RecountRequest } from "./entities/recount-request.ts";
import { schoolAttendance } from "./fields/school-attendance.ts";
import { sectionAttendance } from "./fields/section-attendance.ts";
import { studentAttendance } from "./fields/student-attendance.ts";
import { ClassMeeting, School, Section, Student } from "./foreign.ts";
import { lookups } from "./lookups.ts";
import { attendanceFreshness } from "./operations/attendance-freshness.ts";
import { bulkAttendanceCode } from "./operations/bulk-attendance-code.ts";
import { correctAttendance } from "./operations/correct-attendance.ts";
import { excuseAbsence } from "./operations/excuse-absence.ts";
import { lockAttendance } from "./operations/lock-attendance.ts";
import { notTaken } from "./operations/not-taken.ts";
import { recordOfficeEntry } from "./operations/record-office-entry.ts";
import { takeAttendance } from "./operations/take-attendance.ts";
import { unlockAttendance } from "./operations/unlock-attendance.ts";
import { verifyOfficeEntry } from "./operations/verify-office-entry.ts";
import { withdrawOfficeEntry } from "./operations/withdraw-office-entry.ts";
import { repeatableSql } from "./sql.ts";

export const attendance = subgraph({
  name: "attendance",
  description: "Who was present: submissions, exceptions, the office's entries, and the daily facts that every rate is made of.",
  records: [
    AttendancePolicy, AttendanceCode, AttendanceLock, AttendanceSubmission, AttendanceEvent, AttendanceNote, OfficeEntry, OfficeEntryNote, EarlierDay, EarlierSchoolDay, DailyAttendance, RecountRequest,
  ],
  operations: [
    takeAttendance, correctAttendance, recordOfficeEntry, verifyOfficeEntry, withdrawOfficeEntry, bulkAttendanceCode, excuseAbsence, lockAttendance, unlockAttendance, notTaken, attendanceFreshness,
  ],
  fields: [studentAttendance, sectionAttendance, schoolAttendance],
  lookups,
  connections: [
    { on: ClassMeeting, name: "attendanceSubmissions", of: AttendanceSubmission, via: "classMeetingId", description: "Whether attendance of the meeting was taken: one that is not archived, or none." },
    { on: ClassMeeting, name: "attendanceEvents", of: AttendanceEvent, via: "classMeetingId", description: "The exceptions of the meeting. Who has none was present, if attendance was taken." },
    { on: Section, name: "attendanceSubmissions", of: AttendanceSubmission, via: "sectionId", description: "The section's meetings whose attendance was taken." },
    { on: Student, name: "attendanceEvents", of: AttendanceEvent, via: "studentId", description: "What the student missed, meeting by meeting, as teachers saw it." },
    { on: Student, name: "officeEntries", of: OfficeEntry, via: "studentId", description: "What offices know of the student's days." },
    { on: Student, name: "earlierDays", of: EarlierDay, via: "studentId", description: "What a former system recorded of the student's days." },
    { on: Student, name: "dailyAttendances", of: DailyAttendance, via: "studentId", description: "The student's days of membership, one row each." },
    { on: School, name: "dailyAttendances", of: DailyAttendance, via: "schoolId", description: "The days of membership of the school's students, one row for a student and day." },
    { on: School, name: "officeEntries", of: OfficeEntry, via: "schoolId", description: "What the school's office knows of its students' days." },
    { on: School, name: "earlierSchoolDays", of: EarlierSchoolDay, via: "schoolId", description: "Days of which a former system kept exceptions alone." },
    { on: School, name: "attendanceLocks", of: AttendanceLock, via: "schoolId", description: "Until when the school's attendance is closed: at most one." },
  ],
  relations: [],
  repeatableSql,
  loginFunctions: ["access.count_attendance_days(int)"],
  background: [{ name: "attendance days", everyMs: 500, sql: "SELECT access.count_attendance_days(2000)" }],
  migrations: new URL("./migrations/", import.meta.url),
});

export default attendance;
