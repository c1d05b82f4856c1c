import { Exact } from "./exact.ts";

export interface ScaleMark {
  mark: string;
  /** The least number from which the mark is given; null for marks that no number gives, e.g. P. */
  minimum: string | null;
  passing: boolean;
}

export interface Scale {
  /** What full marks read as: 100 for percents, e.g. 4 for points. */
  maximum: string;
  /** To how many decimals an average is shown. The mark is read from what is shown, so that the two always agree. */
  decimals: number;
  marks: readonly ScaleMark[];
}

/** An average in percent as people see it: on the scale's own numbers, rounded half up. */
export const shown = (scale: Pick<Scale, "maximum" | "decimals">, percent: Exact): string => percent.times(Exact.of(scale.maximum)).over(Exact.hundred).toDecimal(scale.decimals);

/** The mark of a percent: the highest whose minimum it reaches; null where the scale starts above it. */
export function markFor(scale: Scale, percent: Exact): ScaleMark | null {
  const seen = Exact.of(shown(scale, percent));
  const reached = scale.marks.filter((m) => m.minimum !== null && Exact.of(m.minimum).compare(seen) <= 0);
  return reached.sort((a, b) => Exact.of(b.minimum!).compare(Exact.of(a.minimum!)))[0] ?? null;
}

/**
 * The percent that stands behind a mark which somebody chose: the computed one where it reads as that mark, else the mark's own minimum,
 * so that a raised mark also raises what is computed from it. Null for a mark that no number gives.
 */
export function percentBehind(scale: Scale, mark: string, computed: Exact | null): Exact | null {
  if (computed && markFor(scale, computed)?.mark === mark) return computed;
  const minimum = scale.marks.find((m) => m.mark === mark)?.minimum;
  return minimum == null ? null : Exact.of(minimum).times(Exact.hundred).over(Exact.of(scale.maximum));
}
