import type { PlacementAction } from "../entities/next-year-placement.ts";

export interface GradeOrder {
  id: string;
  title: string;
  /** From the youngest to the oldest; gaps are allowed. */
  sequence: number;
}

export interface GradedSchool {
  id: string;
  name: string;
  /** Sequences of the lowest and the highest grade taught; null where the school does not say. */
  low: number | null;
  high: number | null;
}

export type Placement = {
  action: PlacementAction;
  nextSchoolId: string | null;
  nextGradeLevelId: string | null;
};

export type Default = Placement | { open: string };

export const nextGrade = (grades: readonly GradeOrder[], current: GradeOrder): GradeOrder | null =>
  grades.filter(({ sequence }) => sequence > current.sequence).sort((a, b) => a.sequence - b.sequence)[0] ?? null;

export const teaches = ({ low, high }: GradedSchool, { sequence }: GradeOrder): boolean => (low === null || sequence >= low) && (high === null || sequence <= high);

/**
 * What the order of grade levels says becomes of a student: the next grade at the same school; beyond the school's last grade at the school
 * that is given, or the only other one that teaches it; beyond the last grade of all, graduation. `open` says why nothing can be said.
 */
export function defaultPlacement(student: { school: GradedSchool; grade: GradeOrder | null }, grades: readonly GradeOrder[], schools: readonly GradedSchool[], nextSchoolId: string | null = null): Default {
  const { school, grade } = student;
  if (grade === null) return { open: "without a grade level" };
  const next = nextGrade(grades, grade);
  if (next === null) return { action: "GRADUATE", nextSchoolId: null, nextGradeLevelId: null };
  const promote = (to: string): Placement => ({ action: "PROMOTE", nextSchoolId: to, nextGradeLevelId: next.id });
  if (teaches(school, next)) return promote(school.id);
  if (nextSchoolId !== null) return promote(nextSchoolId);
  // A school that does not say what it teaches is no answer to where a grade is taught.
  const candidates = schools.filter((each) => each.id !== school.id && each.low !== null && each.high !== null && teaches(each, next));
  return candidates.length === 1 ? promote(candidates[0]!.id) : { open: candidates.length === 0 ? `whose next grade level, ${next.title}, no other school teaches` : `for whose next grade level, ${next.title}, there are ${candidates.length} schools` };
}
