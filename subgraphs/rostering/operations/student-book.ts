import type { AcrossDomains } from "#foundation/crud/across-domains";
import { OsssError } from "#foundation/errors/errors";
import { atSchool } from "#foundation/access/relations";
import { Role } from "#foundation/identity/role";
import { schools, students } from "../domains.ts";

export type Enrollment = Awaited<ReturnType<typeof students.enrollmentsOf>>[number];
export type Student = Awaited<ReturnType<typeof students.studentsById>>[number];
export type Year = Awaited<ReturnType<typeof schools.schoolYears>>[number];

/** A student, locked for other operations until the transaction ends, with all enrollments and the district's school years. */
export interface StudentBook {
  student: Student;
  enrollments: Enrollment[];
  years: Year[];
}

/** The book of a student whom the caller may read; NOT_FOUND for any other. */
export async function openStudentBook(across: AcrossDomains, studentId: string): Promise<StudentBook> {
  await across.in("students", (session) => students.requireVisibleStudent(session, studentId));
  return openBookOfAny(across, studentId);
}

/** The book of any student of the district: for the registrar of a school that takes her in, who reads her from then on. */
export async function openBookOfAny(across: AcrossDomains, studentId: string): Promise<StudentBook> {
  const [student, enrollments] = await across.in("students", async (session) => {
    await students.lockStudents(session, [studentId]);
    return [(await students.studentsById(session, [studentId]))[0], await students.enrollmentsOf(session, [studentId])] as const;
  });
  if (!student) throw OsssError.notFound("Student");
  if (student.archivedAt) throw OsssError.conflict("This student was a duplicate and has been merged into another. Read mergedInto of the student, and go on with that one.");
  return { student, enrollments, years: await across.in("schools", schools.schoolYears) };
}

export function yearOf(years: readonly Year[], enrollment: { schoolYearId: string }): Year {
  const year = years.find(({ id }) => id === enrollment.schoolYearId);
  if (!year) throw OsssError.conflict("The school year of this enrollment is archived. Have it restored first.");
  return year;
}

/** Of these schools, the ones where the caller is the registrar, there or for the district. */
export async function registrarAt(across: AcrossDomains, schoolIds: readonly string[]): Promise<Set<string>> {
  return across.in("rostering", async (session) => {
    const held = new Set<string>();
    for (const id of new Set(schoolIds)) if (await session.holds(atSchool, "school", [Role.Registrar], id)) held.add(id);
    return held;
  });
}

/** @throws OsssError FORBIDDEN unless the caller is the registrar of one of these schools, or of the district. */
export async function requireRegistrar(across: AcrossDomains, ...schoolIds: readonly string[]): Promise<Set<string>> {
  const held = await registrarAt(across, schoolIds);
  if (held.size === 0) throw OsssError.forbidden("Only the registrar of the school, or of the district, does this. Ask that office.");
  return held;
}

/**
 * An enrollment beside another school's opens the whole record to a second school, so the school that has the student agrees to it.
 * @throws OsssError FORBIDDEN where only other schools have the student, and the caller is the registrar of none of them, nor of the district.
 */
export async function requireAgreement(across: AcrossDomains, { enrollments }: StudentBook, kind: "PRIMARY" | "SECONDARY"): Promise<void> {
  if (kind === "PRIMARY") return;
  const today = await across.in("rostering", (session) => session.today());
  const current = enrollments.filter(({ exitDate, noShow }) => !noShow && (exitDate == null || exitDate > today));
  if (current.length > 0 && (await registrarAt(across, current.map(({ schoolId }) => schoolId))).size === 0) throw OsssError.forbidden("Another school has this student. The district's registrar enrolls a student beside the school that has her. Ask that office.");
}

/**
 * An enrollment with its student's book, for an operation that changes just this one.
 * @throws OsssError STALE_VERSION when it was changed since the caller read it.
 */
export async function openEnrollment(across: AcrossDomains, id: string, version: number): Promise<StudentBook & { enrollment: Enrollment }> {
  const place = await across.in("students", (session) => students.placeOfEnrollment(session, id));
  if (!place) throw OsssError.notFound("SchoolEnrollment");
  await requireRegistrar(across, place.schoolId);
  const book = await openBookOfAny(across, place.studentId);
  const enrollment = await across.in("students", (session) => students.enrollmentForChange(session, id, version));
  return { ...book, enrollment };
}
