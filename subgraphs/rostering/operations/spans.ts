import { OsssError } from "#foundation/errors/errors";

/** The days of an enrollment: from the first day of membership to the first day without it. A no-show has none. */
export interface Span {
  entryDate: string;
  exitDate?: string | null;
}

export interface EnrollmentSpan extends Span {
  id: string;
  schoolId: string;
  schoolYearId: string;
  kind: "PRIMARY" | "SECONDARY";
}

export interface YearSpan {
  id: string;
  name: string;
  firstDay: string;
  /** The day after the last. */
  endDay: string;
  status: "PLANNED" | "OPEN" | "CLOSED";
}

export const isEmpty = (span: Span): boolean => span.exitDate === span.entryDate;
export const inEffectOn = (span: Span, day: string): boolean => span.entryDate <= day && (span.exitDate == null || day < span.exitDate);
export const overlap = (a: Span, b: Span): boolean => !isEmpty(a) && !isEmpty(b) && (a.exitDate == null || b.entryDate < a.exitDate) && (b.exitDate == null || a.entryDate < b.exitDate);

/** Without an exit, or with the one that the end of the school year brings to everybody. */
export const runsToYearEnd = (span: Span, year: Pick<YearSpan, "endDay">): boolean => span.exitDate == null || span.exitDate === year.endDay;

/**
 * The school year that a day lies in.
 * @throws OsssError when there is none, or it is closed.
 */
export function openYearOn<Y extends YearSpan>(years: readonly Y[], day: string, path: string): Y {
  const year = years.find(({ firstDay, endDay }) => firstDay <= day && day < endDay);
  if (year === undefined) throw OsssError.invalid([{ path, message: "No school year of the district contains this day. Change the day, or make the school year first." }]);
  return requireOpen(year);
}

export function requireOpen<Y extends YearSpan>(year: Y): Y {
  if (year.status === "CLOSED") throw OsssError.conflict(`The school year ${year.name} is closed and reported. Correct its enrollments one by one with correctEnrollment and a reason, or have the year opened again.`);
  return year;
}

/** Of two primaries on the same days, or two enrollments at one school, the one that is there already. */
export function inTheWay<E extends EnrollmentSpan>(present: readonly E[], planned: Omit<EnrollmentSpan, "id" | "schoolYearId">, except?: string): { primary?: E; sameSchool?: E } {
  const others = present.filter((each) => each.id !== except && overlap(each, planned));
  return {
    ...(planned.kind === "PRIMARY" ? { primary: others.find(({ kind }) => kind === "PRIMARY") } : {}),
    sameSchool: others.find(({ schoolId }) => schoolId === planned.schoolId),
  };
}

export type Leaving<E> =
  | { found: E }
  /** Why there is nothing to leave: never there, over already, given another end already, or not begun by then. */
  | { missing: "never" } | { missing: "over" | "ends" | "coming"; enrollment: E };

/** The enrollment at a school that a student can leave on a day: begun before it, and going on. */
export function enrollmentToLeave<E extends EnrollmentSpan>(present: readonly E[], schoolId: string, day: string, yearOf: (enrollment: E) => Pick<YearSpan, "endDay">): Leaving<E> {
  const there = present.filter((each) => each.schoolId === schoolId && !isEmpty(each)).sort((a, b) => (a.entryDate < b.entryDate ? -1 : 1));
  const current = there.find((each) => each.entryDate < day && (each.exitDate == null || each.exitDate > day));
  if (current) return runsToYearEnd(current, yearOf(current)) ? { found: current } : { missing: "ends", enrollment: current };
  const coming = there.find((each) => each.entryDate >= day);
  const over = there.findLast((each) => each.entryDate < day);
  if (over) return { missing: "over", enrollment: over };
  return coming ? { missing: "coming", enrollment: coming } : { missing: "never" };
}
