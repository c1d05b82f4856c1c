import { atSchool } from "#foundation/access/relations";
import type { WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import { attendanceOffice } from "../access.ts";
import { AttendanceLock } from "../entities/attendance-lock.ts";

/**
 * A day on or before the school's lock date is changed only by the principal, an assistant principal or the attendance clerk of the
 * school, who says why.
 */
export async function requireOpenDay(session: WriteSession, schoolId: string, date: string, lockedThrough: string | null): Promise<void> {
  if (lockedThrough === null || date > lockedThrough) return;
  if (!(await session.holds(atSchool, "school", attendanceOffice, schoolId))) {
    throw OsssError.conflict(`Attendance is locked through ${lockedThrough}. Ask the attendance office, which can still change it.`);
  }
  if (session.reason === null) throw OsssError.invalid([{ path: "reason", message: `Attendance is locked through ${lockedThrough}. Say why you change it all the same.` }]);
}

/** Through which day the school's attendance is locked; null when it is not. */
export async function lockedThrough(session: WriteSession, schoolId: string): Promise<string | null> {
  const [lock] = await session.list(AttendanceLock, { schoolId, archivedAt: null });
  return lock?.throughDate ?? null;
}
