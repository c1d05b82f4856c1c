import { OsssError } from "#foundation/errors/errors";
import { enrollmentToLeave, requireOpen } from "./spans.ts";
import { yearOf, type Enrollment, type StudentBook } from "./student-book.ts";

/**
 * The enrollment that a student leaves on a day, the first day no longer enrolled.
 * @throws OsssError CONFLICT when there is none to leave, in words that tell a caller of another school nothing beyond that.
 */
export function leaving({ enrollments, years }: StudentBook, from: { schoolId: string; day: string; kind?: Enrollment["kind"]; tells: boolean }): Enrollment {
  const of = from.kind === undefined ? enrollments : enrollments.filter(({ kind }) => kind === from.kind);
  const looked = enrollmentToLeave(of, from.schoolId, from.day, (each) => yearOf(years, each));
  if ("found" in looked) {
    const year = yearOf(years, looked.found);
    if (from.day <= year.endDay) requireOpen(year);
    return looked.found;
  }
  const what = from.kind === "PRIMARY" ? "a primary enrollment" : "an enrollment";
  if (looked.missing === "never" || !from.tells) throw OsssError.conflict(`The student has not ${what} at this school that could end on ${from.day}. Look the student up again: a colleague may have been quicker, or the day may be wrong.`);
  const { entryDate, exitDate } = looked.enrollment;
  if (looked.missing === "coming") throw OsssError.conflict(`The student's enrollment at this school begins only on ${entryDate}. Choose a later day; a student who never comes is marked with markNoShow, and an enrollment entered by mistake is taken back with cancelEnrollment.`);
  if (looked.missing === "ends") throw OsssError.conflict(`The student's enrollment at this school has an end already: it ends on ${exitDate}. Read it again; if that day is wrong, change it with correctEnrollment.`);
  throw OsssError.conflict(`The student's enrollment at this school has ended on ${exitDate} already. Read the student's enrollments again; if that day is wrong, change it with correctEnrollment.`);
}
