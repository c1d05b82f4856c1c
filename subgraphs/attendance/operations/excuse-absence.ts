import { mutation } from "#foundation/crud/operation";
import type { Managed } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import { BelongsTo, Day, ForeignRef, Text, TimeOfDay } from "#foundation/record/fields";
import { frontOffice } from "../access.ts";
import { AttendanceCode } from "../entities/attendance-code.ts";
import { OfficeEntryNote } from "../entities/office-entry-note.ts";
import { OfficeEntry } from "../entities/office-entry.ts";
import { Student } from "../foreign.ts";
import { meet, requireCode, requireTimes, standingEntries } from "../rules/entries.ts";
import { keepNote } from "../rules/notes.ts";
import { next, officeDay, officeDays } from "../rules/office-day.ts";
import { lockedThrough, requireOpenDay } from "../rules/open-day.ts";

class ExcuseAbsenceInput {
  @ForeignRef(() => Student, { description: "The student." }) studentId!: string;
  @Day({ description: "The first day that is excused." }) fromDate!: string;
  @Day({ description: "The first day that no longer is. Left out: the one day. A span of 100 days at most.", optional: true }) toDate?: string | null;
  @TimeOfDay({ description: "From when on each of the days. Left out: the whole day.", optional: true }) fromTime?: string | null;
  @TimeOfDay({ description: "Until when on each of the days. Left out: the whole day.", optional: true }) toTime?: string | null;
  @BelongsTo(() => AttendanceCode, { description: "How missed time counts: any excuse but UNEXCUSED." }) code!: string;
  @Text({ description: "What the note says, confidentially.", maxLength: 1000, optional: true }) note?: string | null;
}

const longest = 100;

export const excuseAbsence = mutation<ExcuseAbsenceInput>({
  name: "excuseAbsence",
  description: "Excuses a student's absence, for past days or ahead: on each day of school in the span, whatever was or will be missed counts by the code. It says of nobody that anything was missed. An excuse that stands for the same time takes the new code. The record is the first day's entry.",
  roles: frontOffice,
  as: "caller",
  reason: "required",
  input: ExcuseAbsenceInput,
  record: OfficeEntry,
  async run(session, { studentId, fromDate, toDate, note, code, ...times }) {
    requireTimes("NOTE", times);
    const end = toDate ?? next(fromDate);
    if (end <= fromDate) throw OsssError.invalid([{ path: "input.toDate", message: "toDate must come after fromDate. Correct one of the two dates." }]);
    if (Date.parse(end) - Date.parse(fromDate) > longest * 86_400_000) throw OsssError.invalid([{ path: "input.toDate", message: `Excuse at most ${longest} days at once.` }]);
    const days = await officeDays(session, [studentId], fromDate, end);
    // Says why there is none, to whom it may.
    if (days.length === 0) await officeDay(session, studentId, fromDate);
    for (const schoolId of new Set(days.map((day) => day.schoolId))) {
      const locked = await lockedThrough(session, schoolId);
      for (const day of days) if (day.schoolId === schoolId) await requireOpenDay(session, schoolId, day.date, locked);
    }
    if ((await requireCode(session, code)).excuse === "UNEXCUSED") throw OsssError.invalid([{ path: "input.codeId", message: "This code excuses nothing. Choose another one." }]);
    const standing = await standingEntries(session, [studentId], days.map((day) => day.date), "NOTE");
    const entries: Managed<OfficeEntry>[] = [];
    for (const { schoolId, date } of days) {
      const same = standing.filter((entry) => entry.date === date && entry.schoolId === schoolId && meet(entry, times, "NOTE"));
      if (same.some((entry) => (entry.fromTime ?? null) !== (times.fromTime ?? null) || (entry.toTime ?? null) !== (times.toTime ?? null))) {
        throw OsssError.conflict(`An excuse for another part of ${date} stands already. Withdraw it first, or excuse the same times.`);
      }
      const entry = same[0] ? session.update(await session.get(OfficeEntry, same[0].id), { code, verified: true }) : session.create(OfficeEntry, { studentId, schoolId, date, kind: "NOTE", ...times, code, verified: true });
      if (note != null) await keepNote(session, OfficeEntryNote, entry.id, note, { studentId, schoolId });
      entries.push(entry);
    }
    return entries[0]!;
  },
});
