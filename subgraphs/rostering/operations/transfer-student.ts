import { acrossMutation } from "#foundation/crud/operation";
import { OsssError } from "#foundation/errors/errors";
import { Role } from "#foundation/identity/role";
import { Day, Decimal, Flag, ForeignRef, Text } from "#foundation/record/fields";
import { students } from "../domains.ts";
import { CalendarTrack, GradeLevel, School, SchoolEnrollment, Student } from "../foreign.ts";
import { beginEnrollment } from "./begin-enrollment.ts";
import { readCodes } from "./enrollment-codes.ts";
import { askAboutLeftOutside } from "./left-outside.ts";
import { leaving } from "./leaving.ts";
import { endCaseloads } from "./end-caseloads.ts";
import { endSectionEnrollments } from "./section-enrollments.ts";
import { openBookOfAny, openStudentBook, requireRegistrar, yearOf } from "./student-book.ts";

export class TransferStudentInput {
  @ForeignRef(() => Student, { description: "The student." }) studentId!: string;
  @ForeignRef(() => School, { description: "The school that the student leaves, where the primary enrollment is. When the student is not there any more, e.g. because a colleague was quicker, nothing is done." }) fromSchoolId!: string;
  @ForeignRef(() => School, { description: "The school that the student goes to." }) toSchoolId!: string;
  @Day({ description: "The first day at the new school, which is the first day no longer at the old one." }) day!: string;
  @ForeignRef(() => GradeLevel, { description: "The grade level at the new school. Left out: the same as before, within one school year.", optional: true }) gradeLevelId?: string | null;
  @ForeignRef(() => CalendarTrack, { description: "The calendar track at the new school, where it has several.", optional: true }) trackId?: string | null;
  @Text({ description: "The code for leaving. Left out: the district's standard code for a transfer.", optional: true, maxLength: 16 }) exitCode?: string | null;
  @Text({ description: "The code for coming. Left out: the district's standard code for a transfer.", optional: true, maxLength: 16 }) entryCode?: string | null;
  @Decimal({ description: "The share of full time at the new school. Left out: as before.", precision: 4, scale: 3, min: 0, max: 1, optional: true }) fullTimeShare?: string | null;
  @Flag({ description: "You know of the attendance and the scores that are left outside of the old enrollment.", defaultValue: false }) acknowledged!: boolean;
}

export const transferStudent = acrossMutation<TransferStudentInput>({
  name: "transferStudent",
  description: "Moves a student from one school of the district to another: the old enrollment ends on the day on which the new one begins, and the rosters and caseloads of the old school end with it. By the registrar of either school, or of the district. Attendance and scores at the old school from that day on are listed, and asked about.",
  roles: [Role.Registrar],
  reason: "optional",
  input: TransferStudentInput,
  shows: SchoolEnrollment,
  async run(across, input) {
    if (input.fromSchoolId === input.toSchoolId) throw OsssError.invalid([{ path: "input.toSchoolId", message: "Choose another school than the one the student leaves. For another grade level at the same school use changeGradeLevel." }]);
    const held = await requireRegistrar(across, input.fromSchoolId, input.toSchoolId);
    const book = await (held.has(input.toSchoolId) ? openBookOfAny : openStudentBook)(across, input.studentId);
    const codes = await readCodes(across);
    const tells = held.has(input.fromSchoolId);
    const old = leaving(book, { schoolId: input.fromSchoolId, day: input.day, kind: "PRIMARY", tells });
    const year = yearOf(book.years, old);
    if (input.day >= year.endDay && input.gradeLevelId == null) throw OsssError.invalid([{ path: "input.gradeLevelId", message: "The day lies in another school year than the old enrollment. Say the new grade level." }]);
    const exitCode = codes.choose("EXIT", "TRANSFERRED", input.exitCode, "input.exitCode");
    const entryCode = codes.choose("ENTRY", "TRANSFERRED", input.entryCode, "input.entryCode");
    const place = { id: book.student.id, schoolId: old.schoolId };
    const left = await askAboutLeftOutside(across, place, [{ from: input.day, until: old.exitDate ?? null }], { acknowledged: input.acknowledged, tells });
    // What the rollover has settled for the end of the year goes along.
    const rest = { exitDate: input.day < year.endDay ? (old.exitDate ?? null) : null, exitCode: old.exitCode ?? null };
    await across.in("students", async (session) => students.changeEnrollment(session, old, { exitDate: input.day, exitCode }));
    await endSectionEnrollments(across, place, input.day, "Transferred to another school");
    await endCaseloads(across, place, input.day);
    const { id, notes } = await beginEnrollment(across, book, {
      schoolId: input.toSchoolId, kind: "PRIMARY", entryDate: input.day, dayField: "day", entryCode, ...rest,
      gradeLevelId: input.gradeLevelId ?? old.gradeLevelId ?? null, trackId: input.trackId ?? null, fullTimeShare: input.fullTimeShare ?? old.fullTimeShare,
    });
    return { id, notes: [...left, ...notes] };
  },
});
