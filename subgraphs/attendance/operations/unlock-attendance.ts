import { mutation } from "#foundation/crud/operation";
import { atSchool } from "#foundation/access/relations";
import { OsssError } from "#foundation/errors/errors";
import { Day, ForeignRef } from "#foundation/record/fields";
import { attendanceOffice } from "../access.ts";
import { AttendanceLock } from "../entities/attendance-lock.ts";
import { School } from "../foreign.ts";

class UnlockAttendanceInput {
  @ForeignRef(() => School, { description: "The school." }) schoolId!: string;
  @Day({ description: "The last day that stays closed. Left out: none does.", optional: true }) throughDate?: string | null;
}

export const unlockAttendance = mutation<UnlockAttendanceInput>({
  name: "unlockAttendance",
  description: "Opens days again that were locked: those after the given one, or all. The record is the lock, archived when no day stays closed.",
  roles: attendanceOffice,
  as: "caller",
  reason: "required",
  input: UnlockAttendanceInput,
  record: AttendanceLock,
  async run(session, { schoolId, throughDate }) {
    if (!(await session.holds(atSchool, "school", attendanceOffice, schoolId))) throw OsssError.forbidden("Attendance of a school is opened again by its principal, an assistant principal or its attendance clerk.");
    await session.serialize(`attendance lock of ${schoolId}`);
    const [lock] = await session.list(AttendanceLock, { schoolId, archivedAt: null });
    if (!lock || (throughDate != null && throughDate >= lock.throughDate)) throw OsssError.conflict(lock ? `Attendance is locked through ${lock.throughDate}, so these days are open already.` : "Attendance of this school is not locked.");
    const held = await session.get(AttendanceLock, lock.id);
    return throughDate == null ? session.archive(held) : session.update(held, { throughDate });
  },
});
