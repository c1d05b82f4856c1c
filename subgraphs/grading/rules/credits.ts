import { Exact } from "./exact.ts";

/**
 * The credits of the `part`th of `parts` terms of a course, to three decimals. Rounding never makes or loses a credit: the parts add up
 * to the course's credits (1 over three trimesters is 0.333, 0.334 and 0.333).
 */
export function creditsOfPart(credits: string, part: number, parts: number): string {
  const upTo = (n: number) => Exact.of(Exact.of(credits).times(Exact.of(n)).over(Exact.of(parts)).toDecimal(3));
  return upTo(part).minus(upTo(part - 1)).toDecimal(3);
}
