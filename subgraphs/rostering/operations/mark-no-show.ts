import { acrossMutation } from "#foundation/crud/operation";
import { OsssError } from "#foundation/errors/errors";
import { Role } from "#foundation/identity/role";
import { Flag, ForeignRef, Text, Whole } from "#foundation/record/fields";
import { students } from "../domains.ts";
import { SchoolEnrollment } from "../foreign.ts";
import { readCodes } from "./enrollment-codes.ts";
import { askAboutLeftOutside } from "./left-outside.ts";
import { endCaseloads } from "./end-caseloads.ts";
import { endSectionEnrollments } from "./section-enrollments.ts";
import { requireOpen, runsToYearEnd } from "./spans.ts";
import { openEnrollment, yearOf } from "./student-book.ts";

export class MarkNoShowInput {
  @ForeignRef(() => SchoolEnrollment, { description: "The enrollment of a student who never came." }) enrollmentId!: string;
  @Whole({ description: "The version of the enrollment that you read.", min: 1 }) version!: number;
  @Text({ description: "The code for it. Left out: the district's standard code for a no-show.", optional: true, maxLength: 16 }) exitCode?: string | null;
  @Flag({ description: "You know of the attendance and the scores that are left outside of the enrollment.", defaultValue: false }) acknowledged!: boolean;
}

export const markNoShow = acrossMutation<MarkNoShowInput>({
  name: "markNoShow",
  description: "Marks that an expected student never came: the enrollment has no day of membership then, and is no withdrawal. The student leaves the rosters as if never on them. By the registrar of the school, or of the district.",
  roles: [Role.Registrar],
  reason: "optional",
  input: MarkNoShowInput,
  shows: SchoolEnrollment,
  async run(across, input) {
    const { student, enrollment, years } = await openEnrollment(across, input.enrollmentId, input.version);
    if (enrollment.noShow) throw OsssError.conflict("The student is marked as a no-show already.");
    const year = requireOpen(yearOf(years, enrollment));
    if (!runsToYearEnd(enrollment, year)) throw OsssError.conflict(`The enrollment ends on ${enrollment.exitDate}, so the student has left. A no-show is a student who never came; correct the enrollment first if that is so.`);
    const exitCode = (await readCodes(across)).choose("EXIT", "NO_SHOW", input.exitCode, "input.exitCode");
    const place = { id: student.id, schoolId: enrollment.schoolId };
    const notes = await askAboutLeftOutside(across, place, [{ from: enrollment.entryDate, until: enrollment.exitDate ?? null }], { acknowledged: input.acknowledged, tells: true });
    await across.in("students", async (session) => students.changeEnrollment(session, enrollment, { exitDate: enrollment.entryDate, exitCode, noShow: true }));
    await endSectionEnrollments(across, place, enrollment.entryDate, "Never came");
    await endCaseloads(across, place, enrollment.entryDate);
    return { id: enrollment.id, notes };
  },
});
