import type { AcrossDomains } from "#foundation/crud/across-domains";
import { OsssError } from "#foundation/errors/errors";
import { schools, students } from "../domains.ts";
import { inTheWay, openYearOn, type EnrollmentSpan } from "./spans.ts";
import type { StudentBook } from "./student-book.ts";

export interface NewEnrollment {
  schoolId: string;
  kind: "PRIMARY" | "SECONDARY";
  entryDate: string;
  entryCode: string | null;
  gradeLevelId: string | null;
  trackId?: string | null;
  fullTimeShare?: string | undefined;
  /** Where the first day stands in the input. */
  dayField?: "entryDate" | "day";
  /** An end that is known already, e.g. the one that the rollover has set for everybody. */
  exitDate?: string | null;
  exitCode?: string | null;
}

/**
 * Writes a new enrollment into the school year of its first day. Returns its id, and what the caller should look at.
 * @throws OsssError CONFLICT when the student has an enrollment on these days that stands in the way.
 */
export async function beginEnrollment(across: AcrossDomains, book: Pick<StudentBook, "student" | "enrollments" | "years">, wanted: NewEnrollment): Promise<{ id: string; notes: string[] }> {
  const year = openYearOn(book.years, wanted.entryDate, `input.${wanted.dayField ?? "entryDate"}`);
  const notes = await notesOnSchool(across, wanted, year.id);
  // A student who is planned for a later year already stays until that one begins.
  const later = book.enrollments.some((each) => each.kind === "PRIMARY" && each.entryDate >= year.endDay);
  const exitDate = wanted.exitDate ?? (later ? year.endDay : null);
  if (later && wanted.kind === "PRIMARY") notes.push(`The student has an enrollment for a later school year already. This one ends with the year, on ${year.endDay}; look whether the later one is still right.`);
  refuseClash(book.enrollments, { ...wanted, exitDate });
  const { entryDate, entryCode, exitCode = null, kind, schoolId, gradeLevelId, trackId = null, fullTimeShare } = wanted;
  const id = await across.in("students", async (session) =>
    students.addSchoolEnrollment(session, {
      student: book.student.id, schoolId, schoolYearId: year.id, gradeLevelId, trackId, kind, entryDate, entryCode, exitDate, exitCode: exitDate === null ? null : exitCode,
      ...(fullTimeShare === undefined ? {} : { fullTimeShare }),
    }));
  return { id, notes };
}

/** Says in a school's words what the database's constraints would refuse. */
export function refuseClash(present: readonly EnrollmentSpan[], planned: Omit<EnrollmentSpan, "id" | "schoolYearId">, except?: string): void {
  const { primary, sameSchool } = inTheWay(present, planned, except);
  if (sameSchool) throw OsssError.conflict(`The student has an enrollment at this school already on some of these days: from ${sameSchool.entryDate}${sameSchool.exitDate == null ? "" : ` until ${sameSchool.exitDate}`}. Change that one, or choose other days.`);
  if (primary) throw OsssError.conflict("The student has a primary enrollment at another school on some of these days. Use transferStudent, or make this enrollment secondary.");
}

/** The school, grade and track must exist; a grade that the school does not teach is only remarked on. */
async function notesOnSchool(across: AcrossDomains, wanted: NewEnrollment, schoolYear: string): Promise<string[]> {
  return across.in("schools", async (session) => {
    const school = (await schools.schools(session)).find(({ id }) => id === wanted.schoolId);
    if (!school) throw OsssError.invalid([{ path: "input.schoolId", message: "There is no such school in the district. Check the id." }]);
    const grades = await schools.gradeLevels(session);
    const grade = grades.find(({ id }) => id === wanted.gradeLevelId);
    if (wanted.gradeLevelId !== null && !grade) throw OsssError.invalid([{ path: "input.gradeLevelId", message: "There is no such grade level in the district. Check the id." }]);
    if (wanted.trackId != null && !(await schools.calendarTracks(session, { school: school.id, schoolYear })).some(({ id }) => id === wanted.trackId)) {
      throw OsssError.invalid([{ path: "input.trackId", message: "This calendar track belongs to another school or school year. Choose one of the school's tracks in the year of the first day." }]);
    }
    const { low, high } = schools.gradesTaught(school, grades);
    return grade && ((low && grade.sequence < low.sequence) || (high && grade.sequence > high.sequence)) ? [`${grade.title} is not among the grade levels that ${school.name} teaches.`] : [];
  });
}
