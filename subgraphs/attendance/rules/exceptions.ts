import { sql } from "kysely";
import { relationCall } from "#foundation/access/declare-relation";
import type { WriteSession } from "#foundation/crud/write";
import { OsssError, type FieldProblem } from "#foundation/errors/errors";
import { AttendanceCode, type AttendanceEffect } from "../entities/attendance-code.ts";
import { notHersToRecord, type OpenMeeting } from "./open-meeting.ts";

/** An exception as somebody sends it; `path` is its place in the input. */
export interface SentException {
  path: string;
  studentId: string;
  code: string;
  minutesMissed?: number | null;
}

export interface CheckedException {
  studentId: string;
  code: string;
  minutesMissed: number;
}

/** The minutes to store, or what is wrong with those sent. */
export function minutesFor(effect: AttendanceEffect, sent: number | null | undefined, length: number): number | string {
  if (effect === "ABSENT") return sent == null || sent === length ? length : "An absent student misses the whole meeting: leave the minutes out, or use a code for coming late or leaving early.";
  if (effect === "PRESENT_ELSEWHERE") return sent == null || sent === 0 ? 0 : "Who was present elsewhere missed nothing: leave the minutes out.";
  return (sent ?? 0) <= length ? (sent ?? 0) : `The meeting has ${length} minutes. Send so many at most.`;
}

/**
 * Checks exceptions together: each student once, on the roster on the day of the meeting, enrolled then and within the caller's reach, with a code that the caller may
 * give. A code that only the office gives may be sent back as it stands.
 */
export async function checkExceptions(session: WriteSession, meeting: OpenMeeting, sent: readonly SentException[], standing: ReadonlyMap<string, string>): Promise<CheckedException[]> {
  const hers = meeting.reach ? sql`r.student_id IN (SELECT ${relationCall(meeting.reach.relation, "student", [meeting.reach.role])})` : sql`true`;
  const [roster, codes] = [
    await session.ask(sql<{ student_id: string; enrolled: boolean }>`SELECT r.student_id, r.enrolled FROM lookup.attendance_roster(${meeting.id}::uuid) r WHERE ${hers}`),
    sent.length > 0 ? await session.list(AttendanceCode, { id: [...new Set(sent.map((each) => each.code))], archivedAt: null }) : [],
  ];
  const enrolled = new Map(roster.map((row) => [row.student_id, row.enrolled]));
  const known = new Map(codes.map((code) => [code.id, code]));
  const problems: FieldProblem[] = [];
  const seen = new Set<string>();
  const checked = sent.map(({ path, studentId, code: codeId, minutesMissed: given }) => {
    const no = (field: string, message: string) => void problems.push({ path: `${path}.${field}`, message });
    if (seen.has(studentId)) no("studentId", "This student is listed twice. Send each student once.");
    seen.add(studentId);
    if (!enrolled.has(studentId)) no("studentId", notHersToRecord);
    else if (!enrolled.get(studentId)) no("studentId", "This student was not enrolled at a school on the day of the meeting. After a withdrawal no attendance is recorded; have the enrollment corrected first.");
    const code = known.get(codeId);
    if (!code) {
      no("codeId", "There is no such attendance code in use. Choose one of the district's codes.");
      return { studentId, code: codeId, minutesMissed: 0 };
    }
    if (code.officeOnly && !meeting.byOffice && standing.get(studentId) !== codeId) no("codeId", "Only the office gives this code. Use another one, and tell the office.");
    const minutes = minutesFor(code.effect, given, meeting.minutes);
    if (typeof minutes === "string") no("minutesMissed", minutes);
    return { studentId, code: codeId, minutesMissed: typeof minutes === "number" ? minutes : 0 };
  });
  if (problems.length > 0) throw OsssError.invalid(problems);
  return checked;
}
