import type { PlacementAction } from "../entities/next-year-placement.ts";
import type { YearEndStudent } from "./year-end.ts";

export interface RolloverStep {
  student: YearEndStudent;
  action: PlacementAction;
  /** Where and in which grade the next year begins; null for a student who graduates or leaves. */
  next: { schoolId: string; gradeLevelId: string } | null;
}

export interface RolloverPlan {
  steps: RolloverStep[];
  counts: { promoted: number; retained: number; graduated: number; left: number; alreadyPlaced: number; unplanned: number; blocked: number };
  unplanned: YearEndStudent[];
  blocked: YearEndStudent[];
}

/** What a rollover does with each student. Who is in the next year already, or has gone with this one, is left alone: so a second run finds nothing. */
export function planRollover(students: readonly YearEndStudent[]): RolloverPlan {
  const plan: RolloverPlan = { steps: [], counts: { promoted: 0, retained: 0, graduated: 0, left: 0, alreadyPlaced: 0, unplanned: 0, blocked: 0 }, unplanned: [], blocked: [] };
  for (const student of students) {
    const { action, nextSchoolId, nextGradeLevelId } = student;
    const goes = action === "GRADUATE" || action === "LEAVE";
    if (student.placed || (goes && student.exitDate !== null)) plan.counts.alreadyPlaced += 1;
    else if (action === null) {
      plan.counts.unplanned += 1;
      plan.unplanned.push(student);
    } else if (student.blocked) {
      plan.counts.blocked += 1;
      plan.blocked.push(student);
    } else {
      plan.counts[counted[action]] += 1;
      plan.steps.push({ student, action, next: goes ? null : { schoolId: nextSchoolId!, gradeLevelId: nextGradeLevelId! } });
    }
  }
  return plan;
}

const counted = { PROMOTE: "promoted", RETAIN: "retained", GRADUATE: "graduated", LEAVE: "left" } as const;
