import { mutation } from "#foundation/crud/operation";
import { OsssError } from "#foundation/errors/errors";
import { BelongsTo, Choice, Day, Flag, ForeignRef, Text, TimeOfDay } from "#foundation/record/fields";
import { frontOffice } from "../access.ts";
import { AttendanceCode } from "../entities/attendance-code.ts";
import { OfficeEntryNote } from "../entities/office-entry-note.ts";
import { OfficeEntry, OfficeEntryKind } from "../entities/office-entry.ts";
import { Student } from "../foreign.ts";
import { meet, requireCode, requireTimes, standingEntries } from "../rules/entries.ts";
import { keepNote } from "../rules/notes.ts";
import { officeDay } from "../rules/office-day.ts";
import { lockedThrough, requireOpenDay } from "../rules/open-day.ts";

class RecordOfficeEntryInput {
  @ForeignRef(() => Student, { description: "The student." }) studentId!: string;
  @Day({ description: "The day." }) date!: string;
  @Choice(OfficeEntryKind, { description: "How the office came to know. For many students at once use bulkAttendanceCode." }) kind!: OfficeEntryKind;
  @TimeOfDay({ description: "The time of a check-in or check-out; else when it begins. Left out: the whole day.", optional: true }) fromTime?: string | null;
  @TimeOfDay({ description: "When it ends. Left out: the whole day, or a check-in or check-out.", optional: true }) toTime?: string | null;
  @BelongsTo(() => AttendanceCode, { description: "How the time counts." }) code!: string;
  @Flag({ description: "The office stands by it. False: it counts nothing until it is verified.", defaultValue: true }) verified!: boolean;
  @Text({ description: "What was said, confidentially.", maxLength: 1000, optional: true }) note?: string | null;
}

export const recordOfficeEntry = mutation<RecordOfficeEntryInput>({
  name: "recordOfficeEntry",
  description: "Records what the office knows of a student's day: a call, a check-in, a check-out, a note. Verified, it goes before what teachers recorded in the meetings that it speaks of. The student is enrolled at the caller's school on that day, and the school is in session.",
  roles: frontOffice,
  as: "caller",
  reason: "optional",
  input: RecordOfficeEntryInput,
  record: OfficeEntry,
  async run(session, { note, ...input }) {
    const { studentId, date, kind } = input;
    requireTimes(kind, input);
    const { schoolId } = await officeDay(session, studentId, date);
    if (kind.startsWith("CHECK_") && date > (await session.today())) throw OsssError.conflict("Nobody has come or gone on a day that is still to come. Record what was announced as a call or a note.");
    await requireOpenDay(session, schoolId, date, await lockedThrough(session, schoolId));
    await requireCode(session, input.code);
    const standing = await standingEntries(session, [studentId], [date], kind);
    if (standing.some((entry) => entry.schoolId === schoolId && meet(entry, input, kind))) {
      throw OsssError.conflict("The office has an entry of this kind for the same time already. Verify or withdraw that one, or change the times.");
    }
    const entry = session.create(OfficeEntry, { ...input, schoolId });
    if (note != null) await keepNote(session, OfficeEntryNote, entry.id, note, { studentId, schoolId });
    return entry;
  },
});
