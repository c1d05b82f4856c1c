import { sql } from "kysely";
import { atSchool } from "#foundation/access/relations";
import type { WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import { frontOffice } from "../access.ts";

/** A day of a student at the school whose office the caller works in. */
export interface OfficeDay {
  studentId: string;
  schoolId: string;
  date: string;
}

/**
 * The days from `from` to before `to` that the caller's office may speak of: the students are enrolled at its school on them, and the school
 * is in session by their calendars. Of two such schools the primary one.
 */
export async function officeDays(session: WriteSession, studentIds: readonly string[], from: string, to: string): Promise<OfficeDay[]> {
  const days = await session.ask(sql<{ student_id: string; school_id: string; date: string; is_primary: boolean }>`SELECT * FROM lookup.attendance_student_days(${[...studentIds]}::uuid[], ${from}::date, ${to}::date)`);
  const mine = new Set<string>();
  for (const schoolId of new Set(days.map((day) => day.school_id))) if (await session.holds(atSchool, "school", frontOffice, schoolId)) mine.add(schoolId);
  const found = new Map<string, OfficeDay>();
  // The primary enrollment's days come first.
  for (const day of days) {
    const key = `${day.student_id} ${day.date}`;
    if (mine.has(day.school_id) && !found.has(key)) found.set(key, { studentId: day.student_id, schoolId: day.school_id, date: day.date });
  }
  return [...found.values()];
}

/** The day itself, or a refusal: in words about the day to whom the student is at hand, else about the reach alone. */
export async function officeDay(session: WriteSession, studentId: string, date: string): Promise<OfficeDay> {
  const [day] = await officeDays(session, [studentId], date, next(date));
  if (day) return day;
  if (await session.holds(atSchool, "student", frontOffice, studentId)) {
    throw OsssError.conflict("The student was not to be at your school on this day: it was not in session, or the student was not enrolled. Attendance is not recorded for such days, nor after a withdrawal.");
  }
  throw OsssError.forbidden("You record attendance of students who are enrolled at a school whose office you work in, on days of their enrollment.");
}

/** The day after, `YYYY-MM-DD`. */
export function next(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
