import { acrossMutation } from "#foundation/crud/operation";
import { Role } from "#foundation/identity/role";
import { Day, Flag, ForeignRef, Text } from "#foundation/record/fields";
import { students } from "../domains.ts";
import { School, SchoolEnrollment, Student } from "../foreign.ts";
import { readCodes } from "./enrollment-codes.ts";
import { askAboutLeftOutside } from "./left-outside.ts";
import { leaving } from "./leaving.ts";
import { endCaseloads } from "./end-caseloads.ts";
import { endSectionEnrollments } from "./section-enrollments.ts";
import { isEmpty } from "./spans.ts";
import { openStudentBook, requireRegistrar } from "./student-book.ts";

export class WithdrawStudentInput {
  @ForeignRef(() => Student, { description: "The student." }) studentId!: string;
  @ForeignRef(() => School, { description: "The school that the student leaves." }) schoolId!: string;
  @Day({ description: "The first day no longer enrolled: the day after the last day of membership." }) exitDate!: string;
  @Text({ description: "The district's or state's code for how the student leaves, e.g. \"W3\".", maxLength: 16 }) exitCode!: string;
  @Flag({ description: "You know of the attendance and the scores that are left outside of the enrollment.", defaultValue: false }) acknowledged!: boolean;
}

export const withdrawStudent = acrossMutation<WithdrawStudentInput>({
  name: "withdrawStudent",
  description: "Ends a student's enrollment at a school, from a day on, also in retrospect: rosters and caseloads of the school end with it, enrollments for later school years are taken back, and history stays. Attendance and scores from that day on are listed, and asked about. By the registrar of the school, or of the district.",
  roles: [Role.Registrar],
  reason: "optional",
  input: WithdrawStudentInput,
  shows: SchoolEnrollment,
  async run(across, input) {
    await requireRegistrar(across, input.schoolId);
    const book = await openStudentBook(across, input.studentId);
    const exitCode = (await readCodes(across)).choose("EXIT", "WITHDRAWN", input.exitCode, "input.exitCode");
    const old = leaving(book, { schoolId: input.schoolId, day: input.exitDate, tells: true });
    const place = { id: book.student.id, schoolId: old.schoolId };
    const notes = await askAboutLeftOutside(across, place, [{ from: input.exitDate, until: old.exitDate ?? null }], { acknowledged: input.acknowledged, tells: true });
    // Who has left is not expected in the years to come: what was planned, and has not begun, goes with the primary enrollment.
    const planned = old.kind === "PRIMARY" ? book.enrollments.filter((each) => each !== old && !isEmpty(each) && each.entryDate >= (old.exitDate ?? input.exitDate)) : [];
    await across.in("students", async (session) => {
      students.changeEnrollment(session, old, { exitDate: input.exitDate, exitCode });
      for (const each of planned) students.archiveEnrollment(session, each);
    });
    await endSectionEnrollments(across, place, input.exitDate, "Withdrawn from the school");
    await endCaseloads(across, place, input.exitDate);
    for (const each of planned) await endSectionEnrollments(across, { id: book.student.id, schoolId: each.schoolId }, each.entryDate, "Withdrawn from the school");
    if (planned.length > 0) notes.push(planned.length === 1 ? "The enrollment for a later school year was taken back." : `${planned.length} enrollments for later days were taken back.`);
    const elsewhere = book.enrollments.some((each) => each !== old && !planned.includes(each) && !isEmpty(each) && each.kind === "SECONDARY" && (each.exitDate == null || each.exitDate > input.exitDate));
    if (old.kind === "PRIMARY" && elsewhere) notes.push("A secondary enrollment at another school goes on. Withdraw the student there as well, or enroll the student at a primary school.");
    return { id: old.id, notes };
  },
});
