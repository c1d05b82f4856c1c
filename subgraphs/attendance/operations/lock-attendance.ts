import { mutation } from "#foundation/crud/operation";
import { atSchool } from "#foundation/access/relations";
import { OsssError } from "#foundation/errors/errors";
import { Day, ForeignRef } from "#foundation/record/fields";
import { attendanceOffice } from "../access.ts";
import { AttendanceLock } from "../entities/attendance-lock.ts";
import { School } from "../foreign.ts";

class LockAttendanceInput {
  @ForeignRef(() => School, { description: "The school." }) schoolId!: string;
  @Day({ description: "The last day that is closed; today at the latest." }) throughDate!: string;
}

export const lockAttendance = mutation<LockAttendanceInput>({
  name: "lockAttendance",
  description: "Closes a school's attendance through a day, e.g. after it was reported. Later only the principal, an assistant principal or the attendance clerk changes it, and says why. To open days again use unlockAttendance.",
  roles: attendanceOffice,
  as: "caller",
  input: LockAttendanceInput,
  record: AttendanceLock,
  async run(session, { schoolId, throughDate }) {
    if (!(await session.holds(atSchool, "school", attendanceOffice, schoolId))) throw OsssError.forbidden("Attendance of a school is locked by its principal, an assistant principal or its attendance clerk.");
    if (throughDate > (await session.today())) throw OsssError.invalid([{ path: "input.throughDate", message: "Lock days that have come: today at the latest." }]);
    await session.serialize(`attendance lock of ${schoolId}`);
    const [lock] = await session.list(AttendanceLock, { schoolId, archivedAt: null });
    if (!lock) return session.create(AttendanceLock, { schoolId, throughDate });
    if (throughDate < lock.throughDate) throw OsssError.conflict(`Attendance is locked through ${lock.throughDate} already. To open days again use unlockAttendance.`);
    return session.update(await session.get(AttendanceLock, lock.id), { throughDate });
  },
});
