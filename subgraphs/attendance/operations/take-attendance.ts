import { mutation } from "#foundation/crud/operation";
import type { Managed, WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import { BelongsTo, ForeignRef, Items, Text, Whole } from "#foundation/record/fields";
import { AttendanceCode } from "../entities/attendance-code.ts";
import { AttendanceEvent } from "../entities/attendance-event.ts";
import { AttendanceNote } from "../entities/attendance-note.ts";
import { AttendanceSubmission } from "../entities/attendance-submission.ts";
import { ClassMeeting, Student } from "../foreign.ts";
import { checkExceptions, type CheckedException } from "../rules/exceptions.ts";
import { keepNote } from "../rules/notes.ts";
import { openMeeting, takers, type OpenMeeting } from "../rules/open-meeting.ts";

class AttendanceEntryInput {
  @ForeignRef(() => Student, { description: "A student who was not simply there." }) studentId!: string;
  @BelongsTo(() => AttendanceCode, { description: "What it was." }) code!: string;
  @Whole({ description: "How much was missed, of coming late or leaving early; 0 when left out. Leave it out for other codes.", unit: "minutes", min: 0, max: 1440, optional: true }) minutesMissed?: number | null;
  @Text({ description: "A confidential note about it. Left out, a note of before stays; null takes it away.", maxLength: 1000, optional: true }) note?: string | null;
}

class TakeAttendanceInput {
  @ForeignRef(() => ClassMeeting, { description: "The class meeting." }) classMeetingId!: string;
  @Items(() => AttendanceEntryInput, { description: "Everybody who was not simply there. An empty list says that all were present." }) entries!: AttendanceEntryInput[];
  @Whole({ description: "The version of the submission that you read. Leave it out when attendance was not taken yet.", optional: true, min: 1 }) version?: number | null;
}

/** The exceptions that stand, by student: of those whom the caller reaches. Others stay as they are: of who left long ago, of a teacher's own child. */
async function standingEvents(session: WriteSession, meeting: OpenMeeting): Promise<Map<string, Managed<AttendanceEvent>>> {
  const events = await session.list(AttendanceEvent, { classMeetingId: meeting.id, archivedAt: null });
  return new Map(events.map((event) => [event.studentId, event]));
}

const codeOf = (event: AttendanceEvent): string => (event.code as unknown as { id: string }).id;

/** Exceptions given by the office alone stay as they are when a teacher saves. */
async function keptForOffice(session: WriteSession, meeting: OpenMeeting, standing: ReadonlyMap<string, Managed<AttendanceEvent>>): Promise<Set<string>> {
  if (meeting.byOffice || standing.size === 0) return new Set();
  const codes = await session.list(AttendanceCode, { id: [...new Set([...standing.values()].map(codeOf))], officeOnly: true });
  const office = new Set(codes.map((code) => code.id));
  return new Set([...standing.values()].filter((event) => office.has(codeOf(event))).map((event) => event.studentId));
}

async function submit(session: WriteSession, meeting: OpenMeeting, version: number | null | undefined): Promise<Managed<AttendanceSubmission>> {
  const taken = { takenById: session.caller.identity.personId, takenAt: session.caller.now };
  const [existing] = await session.list(AttendanceSubmission, { classMeetingId: meeting.id, archivedAt: null });
  if (existing) return session.update(await session.get(AttendanceSubmission, existing.id, version ?? 0), taken);
  if (version != null) throw OsssError.conflict("Attendance of this class meeting was not taken yet. Send it without a version.");
  return session.create(AttendanceSubmission, { classMeetingId: meeting.id, sectionId: meeting.sectionId, schoolId: meeting.schoolId, date: meeting.date, ...taken });
}

export const takeAttendance = mutation<TakeAttendanceInput>({
  name: "takeAttendance",
  description: "Takes attendance of a class meeting: says who was not simply there, and by that that everybody else was. Taken again, exactly the exceptions sent then stand for the students whom you see (of your own child, and of students who left the section too long ago, the office keeps them); what the office knows from elsewhere goes before them all the same. Open to the section's teachers, to who stands in that day, and to the school's attendance office; on days that are locked to the office alone, with a reason.",
  roles: takers,
  as: "caller",
  reason: "optional",
  input: TakeAttendanceInput,
  record: AttendanceSubmission,
  async run(session, { classMeetingId, entries, version }) {
    const meeting = await openMeeting(session, classMeetingId);
    const submission = await submit(session, meeting, version);
    const standing = await standingEvents(session, meeting);
    const kept = await keptForOffice(session, meeting, standing);
    const sent = entries.map((entry, i) => ({ ...entry, path: `input.entries.${i}` }));
    const exceptions = await checkExceptions(session, meeting, sent, new Map([...standing].map(([student, event]) => [student, codeOf(event)])));
    const sentOf = new Map(exceptions.map((exception) => [exception.studentId, exception]));
    await session.getAll(AttendanceEvent, [...standing.values()].filter((event) => changes(event, sentOf.get(event.studentId), kept)).map((event) => event.id));
    const events = new Map(exceptions.map((exception) => [exception.studentId, write(session, meeting, exception, standing.get(exception.studentId), kept)]));
    for (const [studentId, event] of standing) if (!sentOf.has(studentId) && !kept.has(studentId)) session.archive(event);
    for (const { studentId, note } of entries) await keepNote(session, AttendanceNote, events.get(studentId)!.id, note, { studentId, classMeetingId, sectionId: meeting.sectionId, schoolId: meeting.schoolId });
    return submission;
  },
});

const same = (standing: AttendanceEvent, { code, minutesMissed }: CheckedException): boolean => codeOf(standing) === code && standing.minutesMissed === minutesMissed;

/** Whether what stands will be written to: what a teacher sends otherwise than the office gave it is refused instead. */
const changes = (standing: AttendanceEvent, sent: CheckedException | undefined, kept: ReadonlySet<string>): boolean => !kept.has(standing.studentId) && !(sent && same(standing, sent));

function write(session: WriteSession, meeting: OpenMeeting, exception: CheckedException, standing: Managed<AttendanceEvent> | undefined, kept: ReadonlySet<string>): Managed<AttendanceEvent> {
  const { studentId, code, minutesMissed } = exception;
  if (!standing) return session.create(AttendanceEvent, { studentId, classMeetingId: meeting.id, sectionId: meeting.sectionId, schoolId: meeting.schoolId, date: meeting.date, code, minutesMissed });
  if (same(standing, exception)) return standing;
  if (kept.has(studentId)) throw OsssError.conflict("The office has recorded one of these exceptions itself, so only the office changes it. Send it as it stands, or leave it out.");
  return session.update(standing, { code, minutesMissed });
}
