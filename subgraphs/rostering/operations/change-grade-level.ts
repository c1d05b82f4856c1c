import { acrossMutation } from "#foundation/crud/operation";
import { OsssError } from "#foundation/errors/errors";
import { Role } from "#foundation/identity/role";
import { Day, ForeignRef, Text, Whole } from "#foundation/record/fields";
import { students } from "../domains.ts";
import { GradeLevel, SchoolEnrollment } from "../foreign.ts";
import { beginEnrollment } from "./begin-enrollment.ts";
import { readCodes } from "./enrollment-codes.ts";
import { requireOpen, runsToYearEnd } from "./spans.ts";
import { openEnrollment, yearOf } from "./student-book.ts";

export class ChangeGradeLevelInput {
  @ForeignRef(() => SchoolEnrollment, { description: "The enrollment that the student has." }) enrollmentId!: string;
  @Whole({ description: "The version of the enrollment that you read.", min: 1 }) version!: number;
  @ForeignRef(() => GradeLevel, { description: "The new grade level." }) gradeLevelId!: string;
  @Day({ description: "The first day in the new grade level." }) day!: string;
  @Text({ description: "The code for leaving the grade. Left out: the district's standard code for a change of grade.", optional: true, maxLength: 16 }) exitCode?: string | null;
  @Text({ description: "The code for entering the grade. Left out: the district's standard code for a change of grade.", optional: true, maxLength: 16 }) entryCode?: string | null;
}

export const changeGradeLevel = acrossMutation<ChangeGradeLevelInput>({
  name: "changeGradeLevel",
  description: "Moves a student to another grade level within the school year: the enrollment ends, and a new one at the same school begins on the same day, so that what happened before keeps the grade of its day. Rosters stay as they are. By the registrar of the school, or of the district.",
  roles: [Role.Registrar],
  reason: "optional",
  input: ChangeGradeLevelInput,
  shows: SchoolEnrollment,
  async run(across, input) {
    const { enrollment: old, ...book } = await openEnrollment(across, input.enrollmentId, input.version);
    const year = requireOpen(yearOf(book.years, old));
    if (old.gradeLevelId === input.gradeLevelId) throw OsssError.conflict("The student is in this grade level already.");
    if (!runsToYearEnd(old, year)) throw OsssError.conflict(`The enrollment ends on ${old.exitDate}. Only a student who is still enrolled changes the grade level; a wrong one in the past is set right with correctEnrollment.`);
    if (input.day <= old.entryDate || input.day >= year.endDay) {
      throw OsssError.invalid([{ path: "input.day", message: `Choose a day after ${old.entryDate} and before the school year ends on ${year.endDay}. A grade level that was wrong from the start is set right with correctEnrollment.` }]);
    }
    const codes = await readCodes(across);
    const exitCode = codes.choose("EXIT", "GRADE_CHANGED", input.exitCode, "input.exitCode");
    const entryCode = codes.choose("ENTRY", "GRADE_CHANGED", input.entryCode, "input.entryCode");
    const rest = { exitDate: old.exitDate ?? null, exitCode: old.exitCode ?? null };
    await across.in("students", async (session) => students.changeEnrollment(session, old, { exitDate: input.day, exitCode }));
    const { schoolId, kind, trackId, fullTimeShare } = old;
    return beginEnrollment(across, book, { schoolId, kind, trackId: trackId ?? null, fullTimeShare, entryDate: input.day, entryCode, gradeLevelId: input.gradeLevelId, ...rest });
  },
});
