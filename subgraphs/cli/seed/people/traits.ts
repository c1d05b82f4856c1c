import type { Chance } from "../chance.ts";

/** How a student learns and comes to school, on average: what marks and attendance follow from. */
export interface Traits {
  /** Around 0, from about -3 to 3: how well the work goes. */
  readonly ability: number;
  /** The share of days missed, from 0 to 1. */
  readonly absence: number;
  /** Of the days missed, the share without an excuse. */
  readonly unexcused: number;
  /** The share of days begun late. */
  readonly tardiness: number;
  /** Subjects in which the work is not done, by their codes. */
  readonly fails: readonly string[];
  /** Misses these days of every so many, instead of days by chance: `{ of: 5, days: [0, 3] }` misses two of five. */
  readonly skips?: { readonly of: number; readonly days: readonly number[] };
  /** A teacher has noted something in confidence a day or two ago. */
  readonly noted?: true;
  /** Somebody to find again: placed first in the timetable, and with the demo teacher where it can be. */
  readonly story?: true;
  /** One of the last posted marks is incomplete. */
  readonly incomplete?: true;
  /** Leaves one of the demo teacher's sections a few days before today. */
  readonly drops?: true;
}

/** Most miss a day or two in a month, some hardly any, one in eight a tenth of all days and more. */
export function usualTraits(chance: Chance): Traits {
  const ability = chance.spread();
  const absence = chance.weighed([[chance.number() * 0.02, 30], [0.02 + chance.number() * 0.04, 44], [0.05 + chance.number() * 0.04, 15], [0.1 + chance.number() * 0.08, 10], [0.18 + chance.number() * 0.1, 1]]);
  return { ability: ability - Math.max(0, absence - 0.06) * 6, absence, unexcused: 0.1 + chance.number() * 0.3, tardiness: chance.number() * 0.03, fails: [] };
}
