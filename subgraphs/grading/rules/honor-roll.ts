import { Exact } from "./exact.ts";
import { gpaOf, pointsFor, shownGpa, type CourseLine, type GpaRule } from "./gpa.ts";

export interface HonorLevel {
  id: string;
  title: string;
  minimumGpa: string;
  /** No counted mark below these points, before any bonus; null: no such floor. */
  lowestPoints: string | null;
}

export interface HonorRule {
  weighted: boolean;
  minimumCourses: number;
  /** Whether an incomplete keeps the student off the roll until it is made up. */
  excludesIncompletes: boolean;
  /** From the highest level down. */
  levels: readonly HonorLevel[];
}

export interface HonorResult {
  level: HonorLevel;
  gpa: string;
}

/** The level that a student's marks of one period reach, or null. */
export function honorFor(rule: HonorRule, gpaRule: GpaRule, lines: readonly CourseLine[], incompletes: number): HonorResult | null {
  if (rule.excludesIncompletes && incompletes > 0) return null;
  const counted = lines.flatMap((line) => (line.counts ? [pointsFor(gpaRule, line.mark, line.levelId)] : [])).filter((p) => p !== null);
  if (counted.length < rule.minimumCourses || counted.length === 0) return null;
  const gpa = gpaOf(gpaRule, lines)[rule.weighted ? "weighted" : "unweighted"];
  if (!gpa) return null;
  const seen = shownGpa(gpaRule, gpa);
  const level = rule.levels.find(
    ({ minimumGpa, lowestPoints }) => Exact.of(seen).compare(Exact.of(minimumGpa)) >= 0 && (lowestPoints === null || counted.every((p) => p.unweighted.compare(Exact.of(lowestPoints)) >= 0)),
  );
  return level ? { level, gpa: seen } : null;
}
