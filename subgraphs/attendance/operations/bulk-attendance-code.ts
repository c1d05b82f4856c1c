import { mutation } from "#foundation/crud/operation";
import { OsssError, type FieldProblem } from "#foundation/errors/errors";
import { BelongsTo, Day, Ids, TimeOfDay } from "#foundation/record/fields";
import { frontOffice } from "../access.ts";
import { AttendanceCode } from "../entities/attendance-code.ts";
import { OfficeEntry } from "../entities/office-entry.ts";
import { meet, requireCode, requireTimes, standingEntries } from "../rules/entries.ts";
import { next, officeDays } from "../rules/office-day.ts";
import { lockedThrough, requireOpenDay } from "../rules/open-day.ts";

class BulkAttendanceCodeInput {
  @Ids({ description: "The students, each once, 1,000 at most." }) studentIds!: string[];
  @Day({ description: "The day." }) date!: string;
  @TimeOfDay({ description: "When it begins. Left out: the whole day.", optional: true }) fromTime?: string | null;
  @TimeOfDay({ description: "When it ends. Left out: the whole day.", optional: true }) toTime?: string | null;
  @BelongsTo(() => AttendanceCode, { description: "How the time counts, e.g. the code of a field trip." }) code!: string;
}

export const bulkAttendanceCode = mutation<BulkAttendanceCodeInput>({
  name: "bulkAttendanceCode",
  description: "Gives many students one code for a day, or for some hours of it, as for a field trip: a verified entry for each, or none at all. A call, a check-in or a check-out of a single student goes before it. The record is the first student's entry.",
  roles: frontOffice,
  as: "caller",
  reason: "optional",
  input: BulkAttendanceCodeInput,
  record: OfficeEntry,
  async run(session, { studentIds, ...input }) {
    if (studentIds.length === 0) throw OsssError.invalid([{ path: "input.studentIds", message: "Send at least one student." }]);
    requireTimes("BULK", input);
    const days = new Map((await officeDays(session, studentIds, input.date, next(input.date))).map((day) => [day.studentId, day]));
    if (days.size === 0) throw OsssError.forbidden("You record attendance of students who are enrolled at a school whose office you work in, on days of their enrollment.");
    for (const schoolId of new Set([...days.values()].map((day) => day.schoolId))) await requireOpenDay(session, schoolId, input.date, await lockedThrough(session, schoolId));
    await requireCode(session, input.code);
    const standing = await standingEntries(session, [...days.keys()], [input.date], "BULK");
    const taken = new Set(standing.filter((entry) => meet(entry, input, "BULK")).map((entry) => entry.studentId));
    const problems = studentIds.flatMap((id, i): FieldProblem[] => {
      const path = `input.studentIds.${i}`;
      if (studentIds.indexOf(id) !== i) return [{ path, message: "This student is listed twice. Send each student once." }];
      if (!days.has(id)) return [{ path, message: "This student is not to be at your school on that day. Leave the student out, or correct the enrollment or the calendar." }];
      return taken.has(id) ? [{ path, message: "This student has a bulk entry for the same time already. Withdraw that one, or leave the student out." }] : [];
    });
    if (problems.length > 0) throw OsssError.invalid(problems);
    const entries = studentIds.map((studentId) => session.create(OfficeEntry, { ...input, studentId, schoolId: days.get(studentId)!.schoolId, kind: "BULK", verified: true }));
    return entries[0]!;
  },
});
