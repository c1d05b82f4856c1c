import { acrossMutation } from "#foundation/crud/operation";
import { Role } from "#foundation/identity/role";
import { Flag, ForeignRef, Whole } from "#foundation/record/fields";
import { students } from "../domains.ts";
import { SchoolEnrollment } from "../foreign.ts";
import { askAboutLeftOutside } from "./left-outside.ts";
import { endSectionEnrollments } from "./section-enrollments.ts";
import { isEmpty } from "./spans.ts";
import { openEnrollment } from "./student-book.ts";

export class CancelEnrollmentInput {
  @ForeignRef(() => SchoolEnrollment, { description: "The enrollment." }) enrollmentId!: string;
  @Whole({ description: "The version of the enrollment that you read.", min: 1 }) version!: number;
  @Flag({ description: "You know of the attendance and the scores that are left without an enrollment.", defaultValue: false }) acknowledged!: boolean;
}

export const cancelEnrollment = acrossMutation<CancelEnrollmentInput>({
  name: "cancelEnrollment",
  description: "Takes back an enrollment that was entered by mistake, or that was planned and will not come: it is archived, counts for nothing, and the student leaves the rosters that rest on it. A student who left is withdrawn instead, and one who never came is a no-show. By the registrar of the school, or of the district.",
  roles: [Role.Registrar],
  reason: "required",
  input: CancelEnrollmentInput,
  shows: SchoolEnrollment,
  async run(across, input) {
    const { student, enrollment } = await openEnrollment(across, input.enrollmentId, input.version);
    const place = { id: student.id, schoolId: enrollment.schoolId };
    const days = isEmpty(enrollment) ? [] : [{ from: enrollment.entryDate, until: enrollment.exitDate ?? null }];
    const notes = await askAboutLeftOutside(across, place, days, { acknowledged: input.acknowledged, tells: true });
    await across.in("students", async (session) => students.archiveEnrollment(session, enrollment));
    if (enrollment.exitDate == null || enrollment.exitDate > enrollment.entryDate) await endSectionEnrollments(across, place, enrollment.entryDate, "Enrolled by mistake", enrollment.exitDate ?? null);
    return { id: enrollment.id, notes };
  },
});
