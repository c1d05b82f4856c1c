import { Exact } from "./exact.ts";

/** One student's score of one assignment, with what the assignment says about it. */
export interface ScoredWork {
  assignmentId: string;
  categoryId: string;
  dueDate: string;
  pointsPossible: string;
  /** Its points are a gift: added to what was earned, not to what was possible. */
  extraCredit: boolean;
  /** False: shown, but no part of any average. */
  counts: boolean;
  /** Null while nothing was given. */
  points: string | null;
  missing: boolean;
  exempt: boolean;
}

export interface CategoryRule {
  id: string;
  weight: string;
  dropLowest: number;
}

export interface CategoryAverage {
  categoryId: string;
  earned: Exact;
  possible: Exact;
  /** A percent, exact; null where nothing was possible yet. */
  percent: Exact | null;
  /** Assignments left out as the lowest. */
  dropped: string[];
}

export interface SectionAverage {
  /** A percent, exact; null while no category has one. */
  percent: Exact | null;
  categories: CategoryAverage[];
}

/** What was earned: missing work counts zero, work without points is not counted yet. */
const earnedOf = (work: ScoredWork): Exact | null => (work.missing ? Exact.zero : work.points === null ? null : Exact.of(work.points));

/**
 * The lowest scores by percentage, `count` of them and never all. Of equal percentages the one with more points possible goes first: that
 * helps the student most, and the order in which scores were entered does not matter. Extra credit is never dropped.
 */
function lowest(works: readonly ScoredWork[], count: number): ScoredWork[] {
  if (count === 0 || works.length < 2) return [];
  const sorted = works
    .map((work) => ({ work, percent: earnedOf(work)!.over(Exact.of(work.pointsPossible)), possible: Exact.of(work.pointsPossible) }))
    .sort((a, b) => a.percent.compare(b.percent) || b.possible.compare(a.possible) || order(b.work.dueDate, a.work.dueDate) || order(a.work.assignmentId, b.work.assignmentId));
  return sorted.slice(0, Math.min(count, sorted.length - 1)).map(({ work }) => work);
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Points earned over points possible, after the lowest are dropped. */
export function categoryAverage(category: CategoryRule, works: readonly ScoredWork[]): CategoryAverage {
  const counted = works.filter((w) => w.counts && !w.exempt && earnedOf(w) !== null);
  const ordinary = counted.filter((w) => !w.extraCredit);
  const dropped = new Set(lowest(ordinary, category.dropLowest));
  const kept = counted.filter((w) => !dropped.has(w));
  const earned = Exact.sum(kept.map((w) => earnedOf(w)!));
  const possible = Exact.sum(kept.filter((w) => !w.extraCredit).map((w) => Exact.of(w.pointsPossible)));
  return {
    categoryId: category.id,
    earned,
    possible,
    percent: possible.isZero ? null : earned.over(possible).times(Exact.hundred),
    dropped: [...dropped].map((w) => w.assignmentId),
  };
}

/** The average over the categories that have one, their weights renormalised: a category without scores weighs nothing. */
export function sectionAverage(categories: readonly CategoryRule[], works: readonly ScoredWork[]): SectionAverage {
  const averages = categories.map((category) => ({ weight: Exact.of(category.weight), of: categoryAverage(category, works.filter((w) => w.categoryId === category.id)) }));
  return { percent: weightedMean(averages.flatMap(({ weight, of }) => (of.percent ? [{ weight, value: of.percent }] : []))), categories: averages.map((a) => a.of) };
}

/** The weighted mean; null when nothing weighs anything. */
export function weightedMean(parts: readonly { weight: Exact; value: Exact }[]): Exact | null {
  const weight = Exact.sum(parts.map((p) => p.weight));
  return weight.isZero ? null : Exact.sum(parts.map((p) => p.weight.times(p.value))).over(weight);
}
