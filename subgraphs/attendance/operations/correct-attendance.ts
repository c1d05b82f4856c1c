import { mutation } from "#foundation/crud/operation";
import { OsssError } from "#foundation/errors/errors";
import { BelongsTo, ForeignRef, Text, Whole } from "#foundation/record/fields";
import { AttendanceCode } from "../entities/attendance-code.ts";
import { AttendanceEvent } from "../entities/attendance-event.ts";
import { AttendanceNote } from "../entities/attendance-note.ts";
import { AttendanceSubmission } from "../entities/attendance-submission.ts";
import { ClassMeeting, Student } from "../foreign.ts";
import { checkExceptions } from "../rules/exceptions.ts";
import { keepNote } from "../rules/notes.ts";
import { notHersToRecord, openMeeting, takers } from "../rules/open-meeting.ts";

class CorrectAttendanceInput {
  @ForeignRef(() => ClassMeeting, { description: "The class meeting. Its attendance was taken." }) classMeetingId!: string;
  @ForeignRef(() => Student, { description: "The student." }) studentId!: string;
  @BelongsTo(() => AttendanceCode, { description: "What it really was. Null, or left out: the student was simply there.", optional: true }) code?: string | null;
  @Whole({ description: "How much was missed, of coming late or leaving early; 0 when left out. Leave it out for other codes.", unit: "minutes", min: 0, max: 1440, optional: true }) minutesMissed?: number | null;
  @Whole({ description: "The version of the student's exception that you read. Leave it out where there was none.", optional: true, min: 1 }) version?: number | null;
  @Text({ description: "A confidential note about it. Left out, a note of before stays; null takes it away.", maxLength: 1000, optional: true }) note?: string | null;
}

export const correctAttendance = mutation<CorrectAttendanceInput>({
  name: "correctAttendance",
  description: "Corrects one student's attendance in a class meeting that was taken, without touching the others: adds, changes or takes away the exception. Open to whoever may take the meeting. The record is the exception; it is archived when the student was simply there.",
  roles: takers,
  as: "caller",
  reason: "required",
  input: CorrectAttendanceInput,
  record: AttendanceEvent,
  async run(session, { classMeetingId, studentId, code, minutesMissed, version, note }) {
    const meeting = await openMeeting(session, classMeetingId);
    if (meeting.reach && !(await session.holds(meeting.reach.relation, "student", [meeting.reach.role], studentId))) throw OsssError.invalid([{ path: "input.studentId", message: notHersToRecord }]);
    const taken = await session.list(AttendanceSubmission, { classMeetingId, archivedAt: null });
    if (taken.length === 0) throw OsssError.conflict("Attendance of this class meeting was not taken yet, so there is nothing to correct. Take it first.");
    const [found] = await session.list(AttendanceEvent, { classMeetingId, studentId, archivedAt: null });
    if (!found && version != null) throw OsssError.conflict("There is no exception for this student any more. Read the attendance again.");
    const standing = found ? await session.get(AttendanceEvent, found.id, version ?? 0) : null;
    const standingCode = standing ? (standing.code as unknown as { id: string }).id : null;
    if (standingCode && !meeting.byOffice && (await session.list(AttendanceCode, { id: standingCode, officeOnly: true })).length > 0) {
      throw OsssError.conflict("The office has recorded this exception itself, so only the office changes it.");
    }
    if (code == null) {
      if (!standing) throw OsssError.conflict("The student has no exception in this class meeting: nothing to correct.");
      return session.archive(standing);
    }
    const [checked] = await checkExceptions(session, meeting, [{ path: "input", studentId, code, minutesMissed: minutesMissed ?? null }], new Map());
    const event = standing ? session.update(standing, { code, minutesMissed: checked!.minutesMissed })
      : session.create(AttendanceEvent, { ...checked!, classMeetingId, sectionId: meeting.sectionId, schoolId: meeting.schoolId, date: meeting.date });
    await keepNote(session, AttendanceNote, event.id, note, { studentId, classMeetingId, sectionId: meeting.sectionId, schoolId: meeting.schoolId });
    return event;
  },
});
