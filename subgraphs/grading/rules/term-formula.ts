import type { Exact } from "./exact.ts";
import { weightedMean } from "./section-average.ts";

/** A part of a term's final mark: a grading period's mark, or the exam's. */
export interface FormulaPart {
  weight: Exact;
  /** Null while the part has no mark, or one without a number (an incomplete, a P). */
  percent: Exact | null;
}

export interface TermResult {
  /** Exact; null while no part has a number. */
  percent: Exact | null;
  /** Whether every part that weighs something had its number. */
  complete: boolean;
}

/** The final percent of a term over the parts that have a number, their weights renormalised. */
export function termPercent(parts: readonly FormulaPart[]): TermResult {
  return {
    percent: weightedMean(parts.flatMap(({ weight, percent }) => (percent ? [{ weight, value: percent }] : []))),
    complete: parts.every(({ weight, percent }) => percent !== null || weight.isZero),
  };
}
