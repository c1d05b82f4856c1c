import { acrossMutation } from "#foundation/crud/operation";
import { OsssError } from "#foundation/errors/errors";
import { Role } from "#foundation/identity/role";
import { Choice, Day, Decimal, Flag, ForeignRef, Text, Whole } from "#foundation/record/fields";
import { students } from "../domains.ts";
import { CalendarTrack, GradeLevel, SchoolEnrollment } from "../foreign.ts";
import { refuseClash } from "./begin-enrollment.ts";
import { readCodes } from "./enrollment-codes.ts";
import { askAboutLeftOutside, type Days } from "./left-outside.ts";
import { endSectionEnrollments } from "./section-enrollments.ts";
import type { Span } from "./spans.ts";
import { openEnrollment, requireAgreement, yearOf, type Enrollment } from "./student-book.ts";

export class CorrectEnrollmentInput {
  @ForeignRef(() => SchoolEnrollment, { description: "The enrollment." }) enrollmentId!: string;
  @Whole({ description: "The version of the enrollment that you read.", min: 1 }) version!: number;
  @Day({ description: "The right first day of membership. Left out: as it is.", optional: true }) entryDate?: string;
  @Day({ description: "The right first day no longer enrolled; null when the student has not left. Left out: as it is.", optional: true }) exitDate?: string | null;
  @ForeignRef(() => GradeLevel, { description: "The grade level that it was from the start. Left out: as it is.", optional: true }) gradeLevelId?: string;
  @ForeignRef(() => CalendarTrack, { description: "The right calendar track; null for the school's only one. Left out: as it is.", optional: true }) trackId?: string | null;
  @Choice(students.EnrollmentKind, { description: "Whether it adds to the headcount. Left out: as it is.", optional: true }) kind?: "PRIMARY" | "SECONDARY";
  @Text({ description: "The right entry code; null for none. Left out: as it is.", optional: true, maxLength: 16 }) entryCode?: string | null;
  @Text({ description: "The right exit code; null for none. Left out: as it is.", optional: true, maxLength: 16 }) exitCode?: string | null;
  @Decimal({ description: "The right share of full time. Left out: as it is.", precision: 4, scale: 3, min: 0, max: 1, optional: true }) fullTimeShare?: string;
  @Flag({ description: "You know of the attendance and the scores that are left outside of the enrollment.", defaultValue: false }) acknowledged!: boolean;
}

/** The days that belong to the one span and no longer to the other. */
export function daysLost(before: Span, after: Span): Days[] {
  const lost: Days[] = [];
  if (before.exitDate === before.entryDate) return lost;
  const end = before.exitDate ?? null;
  const lesser = (a: string | null, b: string | null) => (a === null ? b : b === null ? a : a < b ? a : b);
  if (after.entryDate > before.entryDate) lost.push({ from: before.entryDate, until: lesser(after.entryDate, end) });
  if (after.exitDate != null && (end === null || after.exitDate < end)) lost.push({ from: after.exitDate > before.entryDate ? after.exitDate : before.entryDate, until: end });
  return lost;
}

export const correctEnrollment = acrossMutation<CorrectEnrollmentInput>({
  name: "correctEnrollment",
  description: "Sets right what is wrong about an enrollment, also in a closed school year: its days, grade level, track, codes or share. What changed in the course of the year is no correction: use transferStudent, withdrawStudent or changeGradeLevel. Attendance and scores that a change of days leaves outside are listed, and asked about. By the registrar of the school, or of the district.",
  roles: [Role.Registrar],
  reason: "required",
  input: CorrectEnrollmentInput,
  shows: SchoolEnrollment,
  async run(across, input) {
    const book = await openEnrollment(across, input.enrollmentId, input.version);
    const { student, enrollment, enrollments, years } = book;
    const year = yearOf(years, enrollment);
    const after = { entryDate: input.entryDate ?? enrollment.entryDate, exitDate: input.exitDate === undefined ? (enrollment.exitDate ?? null) : input.exitDate, kind: input.kind ?? enrollment.kind };
    const noShow = enrollment.noShow && input.entryDate === undefined && input.exitDate === undefined;
    if (after.entryDate < year.firstDay || after.entryDate >= year.endDay) throw OsssError.invalid([{ path: "input.entryDate", message: `The enrollment belongs to the school year ${year.name}. Choose a day from ${year.firstDay} on and before ${year.endDay}, or cancel this enrollment and make one in the other year.` }]);
    if (!noShow && after.exitDate !== null && after.exitDate <= after.entryDate) throw OsssError.invalid([{ path: "input.exitDate", message: "The exit must come after the entry. A student who never came is marked with markNoShow; an enrollment entered by mistake is taken back with cancelEnrollment." }]);
    refuseClash(enrollments, { schoolId: enrollment.schoolId, ...after }, enrollment.id);
    const codes = await readCodes(across);
    const values: Parameters<typeof students.changeEnrollment>[2] = {
      ...after, noShow, gradeLevelId: input.gradeLevelId ?? enrollment.gradeLevelId ?? null, fullTimeShare: input.fullTimeShare ?? enrollment.fullTimeShare,
      ...(input.trackId === undefined ? {} : { trackId: input.trackId }),
      ...(input.entryCode === undefined ? {} : { entryCode: input.entryCode === null ? null : codes.choose("ENTRY", "OTHER", input.entryCode, "input.entryCode") }),
      exitCode: exitCode(input, enrollment, after.exitDate, codes.choose.bind(codes)),
    };
    const place = { id: student.id, schoolId: enrollment.schoolId };
    const lost = daysLost(enrollment, after);
    const reopened = enrollment.exitDate != null && !enrollment.noShow && (after.exitDate === null || after.exitDate > enrollment.exitDate);
    if (reopened) await requireAgreement(across, book, after.kind);
    const notes = await askAboutLeftOutside(across, place, lost, { acknowledged: input.acknowledged, tells: true });
    await across.in("students", async (session) => students.changeEnrollment(session, enrollment, values));
    const end = lost.find(({ from }) => from === after.exitDate);
    if (end) await endSectionEnrollments(across, place, end.from, "Enrollment corrected", end.until);
    if (reopened) notes.push("The rosters that ended with the former exit are not brought back. Add the student to the sections again.");
    return { id: enrollment.id, notes };
  },
});

/** Without an exit there is no code for it. */
function exitCode(input: CorrectEnrollmentInput, enrollment: Enrollment, exitDate: string | null, choose: (kind: "EXIT", meaning: "OTHER", given: string, path: string) => string | null): string | null {
  if (exitDate === null || input.exitCode === null) return null;
  return input.exitCode === undefined ? (enrollment.exitCode ?? null) : choose("EXIT", "OTHER", input.exitCode, "input.exitCode");
}
