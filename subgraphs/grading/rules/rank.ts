import { Exact } from "./exact.ts";

/** A student of a cohort, as a ranking sees her. */
export interface Ranked {
  studentId: string;
  /** As the policy shows it: equal averages on paper share a rank. Null without one. */
  gpa: string | null;
  /** Terms with courses at this school, and credits attempted here. */
  termsHere: number;
  creditsHere: Exact;
}

export interface RankRule {
  minimumTerms: number;
  minimumCredits: string;
}

/** Ranks by student: ties share a rank, and the next is skipped (1, 2, 2, 4). Without an average, or too short here: no rank. */
export function ranksOf(rule: RankRule, cohort: readonly Ranked[]): { ranks: Map<string, number>; outOf: number } {
  const eligible = cohort.filter((s) => s.gpa !== null && s.termsHere >= rule.minimumTerms && s.creditsHere.compare(Exact.of(rule.minimumCredits)) >= 0);
  const sorted = eligible.map((s) => ({ studentId: s.studentId, gpa: Exact.of(s.gpa!) })).sort((a, b) => b.gpa.compare(a.gpa));
  const ranks = new Map<string, number>();
  let rank = 0;
  sorted.forEach((student, i) => {
    if (i === 0 || student.gpa.compare(sorted[i - 1]!.gpa) !== 0) rank = i + 1;
    ranks.set(student.studentId, rank);
  });
  return { ranks, outOf: sorted.length };
}
