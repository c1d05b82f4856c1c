import { acrossMutation } from "#foundation/crud/operation";
import { OsssError } from "#foundation/errors/errors";
import { Role } from "#foundation/identity/role";
import { Day, Decimal, ForeignRef, Text } from "#foundation/record/fields";
import { CalendarTrack, GradeLevel, School, SchoolEnrollment, Student } from "../foreign.ts";
import { beginEnrollment } from "./begin-enrollment.ts";
import { readCodes } from "./enrollment-codes.ts";
import { isEmpty, openYearOn } from "./spans.ts";
import { openBookOfAny, requireRegistrar } from "./student-book.ts";

export class ReenterStudentInput {
  @ForeignRef(() => Student, { description: "The student, who was enrolled in the district before." }) studentId!: string;
  @ForeignRef(() => School, { description: "The school that the student comes back to, the former one or another." }) schoolId!: string;
  @Day({ description: "The first day of membership." }) entryDate!: string;
  @ForeignRef(() => GradeLevel, { description: "The grade level. Left out: that of the last enrollment, within one school year.", optional: true }) gradeLevelId?: string | null;
  @ForeignRef(() => CalendarTrack, { description: "The calendar track, where the school has several.", optional: true }) trackId?: string | null;
  @Text({ description: "The code for coming back. Left out: the district's standard code for a re-entry.", optional: true, maxLength: 16 }) entryCode?: string | null;
  @Decimal({ description: "The share of full time.", precision: 4, scale: 3, min: 0, max: 1, defaultValue: 1 }) fullTimeShare!: string;
}

export const reenterStudent = acrossMutation<ReenterStudentInput>({
  name: "reenterStudent",
  description: "Takes a student back who had left: a new primary enrollment, which says nothing about the days between. The old rosters are not brought back; add the student to sections. By the registrar of the school, or of the district.",
  roles: [Role.Registrar],
  input: ReenterStudentInput,
  shows: SchoolEnrollment,
  async run(across, input) {
    await requireRegistrar(across, input.schoolId);
    const book = await openBookOfAny(across, input.studentId);
    const before = book.enrollments.filter((each) => each.kind === "PRIMARY" && !isEmpty(each) && each.entryDate < input.entryDate).sort((a, b) => (a.entryDate < b.entryDate ? -1 : 1)).at(-1);
    if (!before) throw OsssError.conflict("The student has never been enrolled here before that day. Use enrollStudent.");
    const sameYear = openYearOn(book.years, input.entryDate, "input.entryDate").id === before.schoolYearId;
    const gradeLevelId = input.gradeLevelId ?? (sameYear ? (before.gradeLevelId ?? null) : null);
    if (gradeLevelId === null && !sameYear) throw OsssError.invalid([{ path: "input.gradeLevelId", message: "The student left in another school year. Say the grade level now." }]);
    const entryCode = (await readCodes(across)).choose("ENTRY", "REENTERED", input.entryCode, "input.entryCode");
    const { schoolId, entryDate, trackId, fullTimeShare } = input;
    return beginEnrollment(across, book, { schoolId, kind: "PRIMARY", entryDate, entryCode, gradeLevelId, trackId: trackId ?? null, fullTimeShare: String(fullTimeShare) });
  },
});
