import { mutation } from "#foundation/crud/operation";
import { Role } from "#foundation/identity/role";
import { BelongsTo, Day, fieldOf, ForeignRef, Text, Whole } from "#foundation/record/fields";
import { AttendanceCode } from "./attendance-code.ts";
import { AttendanceEvent } from "./attendance-event.ts";
import { AttendanceNote } from "./attendance-note.ts";
import { ClassMeeting, School, Section, Student } from "./foreign.ts";

class TakeAttendanceInput {
  @ForeignRef(() => Student) studentId!: string;
  @ForeignRef(() => ClassMeeting) classMeetingId!: string;
  @ForeignRef(() => Section) sectionId!: string;
  @ForeignRef(() => School) schoolId!: string;
  @Day({ description: "The day of the meeting." }) date!: string;
  @BelongsTo(() => AttendanceCode) code!: string;
  @Whole({ description: "How much was missed.", unit: "minutes", min: 0 }) minutesMissed!: number;
  @Text({ description: "A note of the office.", optional: true, maxLength: 500 }) note?: string | null;
}

class CorrectAttendanceInput {
  @fieldOf("id", { description: "The event's id." }) eventId!: string;
  @Whole({ description: "The version that you read." }) version!: number;
  @Whole({ description: "How much was missed.", unit: "minutes", min: 0 }) minutesMissed!: number;
}

const writers = [Role.Teacher, Role.AttendanceClerk, Role.Principal];

export const takeAttendance = mutation<TakeAttendanceInput>({
  name: "takeAttendance",
  description: "Records that a student missed some of a class meeting.",
  roles: writers,
  as: "caller",
  input: TakeAttendanceInput,
  record: AttendanceEvent,
  async run(session, { note, ...input }) {
    const event = session.create(AttendanceEvent, input);
    if (note) session.create(AttendanceNote, { studentId: input.studentId, schoolId: input.schoolId, text: note }, event.id);
    return event;
  },
});

export const correctAttendance = mutation<CorrectAttendanceInput>({
  name: "correctAttendance",
  description: "Corrects how much a student missed.",
  roles: writers,
  as: "caller",
  reason: "required",
  input: CorrectAttendanceInput,
  record: AttendanceEvent,
  async run(session, { eventId, version, minutesMissed }) {
    return session.update(await session.get(AttendanceEvent, eventId, version), { minutesMissed });
  },
});
