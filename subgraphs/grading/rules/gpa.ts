import { Exact, type RoundingMode } from "./exact.ts";
import { attemptsOf, type Attempt } from "./repeats.ts";

/** One course of the record, as a grade point average sees it. */
export interface CourseLine extends Attempt {
  mark: string;
  credits: string;
  levelId: string | null;
  /** Which kind of mark it is, e.g. TERM_FINAL. */
  kind: string;
  transfer: boolean;
  /** False for entries that the record itself keeps out, e.g. pass/fail. */
  counts: boolean;
}

export interface GpaRule {
  countedMarks: string;
  repeats: "BETTER_REPLACES" | "AVERAGE" | "ALL";
  countsTransfers: boolean;
  decimals: number;
  rounding: RoundingMode;
  /** Points from which on a level's bonus is added: a failing mark is not lifted. */
  bonusFromPoints: string;
  points: ReadonlyMap<string, string>;
  bonuses: ReadonlyMap<string, string>;
}

export interface Gpa {
  weighted: Exact | null;
  unweighted: Exact | null;
  /** The credits over which the average was taken. */
  credits: Exact;
}

interface Weighed {
  credits: Exact;
  weighted: Exact;
  unweighted: Exact;
}

/** Points per credit: the mean of the courses' points, each weighing its credits. Marks for which the policy has no points (P, I, W) are left out. */
export function gpaOf(rule: GpaRule, lines: readonly CourseLine[]): Gpa {
  const counted = lines.filter((l) => l.kind === rule.countedMarks && l.counts && (rule.countsTransfers || !l.transfer) && rule.points.has(l.mark) && !Exact.of(l.credits).isZero);
  const weighed = rule.repeats === "ALL" ? counted.map((l) => weigh(rule, l)) : attemptsOf(counted, lines).map((attempts) => settle(rule, attempts));
  const credits = Exact.sum(weighed.map((w) => w.credits));
  const mean = (of: "weighted" | "unweighted") => (credits.isZero ? null : Exact.sum(weighed.map((w) => w[of].times(w.credits))).over(credits));
  return { weighted: mean("weighted"), unweighted: mean("unweighted"), credits };
}

/** The average as the policy shows it, e.g. "3.667". */
export const shownGpa = (rule: Pick<GpaRule, "decimals" | "rounding">, gpa: Exact): string => gpa.toDecimal(rule.decimals, rule.rounding);

/** The points of a mark, the level's bonus included. */
export function pointsFor(rule: GpaRule, mark: string, levelId: string | null): { weighted: Exact; unweighted: Exact } | null {
  const found = rule.points.get(mark);
  if (found === undefined) return null;
  const points = Exact.of(found);
  const bonus = levelId ? rule.bonuses.get(levelId) : undefined;
  return { unweighted: points, weighted: bonus !== undefined && points.compare(Exact.of(rule.bonusFromPoints)) >= 0 ? points.plus(Exact.of(bonus)) : points };
}

const weigh = (rule: GpaRule, line: CourseLine): Weighed => ({ credits: Exact.of(line.credits), ...pointsFor(rule, line.mark, line.levelId)! });

/** Several attempts as one course: the better one alone, or their mean with the credits of the last. */
function settle(rule: GpaRule, attempts: readonly CourseLine[]): Weighed {
  const weighed = attempts.map((l) => weigh(rule, l));
  if (rule.repeats === "AVERAGE") {
    const count = Exact.of(weighed.length);
    const mean = (of: "weighted" | "unweighted") => Exact.sum(weighed.map((w) => w[of])).over(count);
    return { credits: weighed.at(-1)!.credits, weighted: mean("weighted"), unweighted: mean("unweighted") };
  }
  return weighed.reduce((best, next) => (next.weighted.compare(best.weighted) >= 0 ? next : best));
}
