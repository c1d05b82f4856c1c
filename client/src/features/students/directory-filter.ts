import type { SchoolEnrollmentWhere, StudentWhere } from "../../generated/graphql.ts";
import type { Day } from "../../primitives/days.ts";

export interface DirectoryChoice {
  readonly search: string;
  readonly schoolId: string | null;
  /** The only schools to look at; null: the caller's rights decide alone. */
  readonly boundTo: readonly string[] | null;
  readonly year: { readonly id: string; readonly firstDay: Day; readonly endDay: Day } | null;
  readonly gradeId: string | null;
  /** Those too who have left since. */
  readonly withLeavers: boolean;
  readonly today: Day;
  /** False for roles that open no enrollments: a filter by them would find nobody. */
  readonly byEnrollment: boolean;
}

/** The rows to list, and which of their enrollments to show: those that the rows were chosen by. */
export function directoryFilter(choice: DirectoryChoice): { where: StudentWhere | null; enrollment: SchoolEnrollmentWhere | null } {
  const enrollment = choice.byEnrollment ? enrollmentFilter(choice) : null;
  const parts: StudentWhere[] = [...searchFilter(choice.search), ...(enrollment ? [{ schoolEnrollments: { some: enrollment } }] : [])];
  return { where: parts.length === 0 ? null : { and: parts }, enrollment };
}

/** Every word is to be found in the name, or begins the number: "mia lopez" finds "Lopez, Mia". */
function searchFilter(search: string): StudentWhere[] {
  return search
    .split(/[\s,]+/)
    .filter((word) => word !== "")
    .slice(0, 8)
    .map((word) => (/\d/.test(word) ? { or: [{ studentNumber: { startsWith: word } }, { sortName: { contains: word } }] } : { sortName: { contains: word } }));
}

function enrollmentFilter(choice: DirectoryChoice): SchoolEnrollmentWhere | null {
  const { year, today } = choice;
  const running = year !== null && year.firstDay <= today && today < year.endDay;
  const where: SchoolEnrollmentWhere = {
    ...(choice.schoolId ? { school: { id: { eq: choice.schoolId } } } : choice.boundTo ? { school: { id: { in: [...choice.boundTo] } } } : {}),
    ...(year ? { schoolYear: { id: { eq: year.id } } } : {}),
    ...(choice.gradeId ? { gradeLevel: { id: { eq: choice.gradeId } } } : {}),
  };
  // Of a year that is running, those who are here or will come; a no-show never came.
  const present: SchoolEnrollmentWhere = running && !choice.withLeavers ? { noShow: { eq: false }, or: [{ exitDate: { isNull: true } }, { exitDate: { gt: today } }] } : {};
  const all = { ...where, ...present };
  return Object.keys(all).length === 0 ? null : all;
}
