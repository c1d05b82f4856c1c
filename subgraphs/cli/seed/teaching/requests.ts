import type { Learner, Stay } from "../people/learners.ts";
import type { Offering } from "./offerings.ts";

/** A student at a school in a year, with what she asks for and, later, what she got. */
export interface Member {
  readonly learner: Learner;
  readonly stay: Stay;
  requests: Offering[];
}

/**
 * Turns what students ask for into what a school of its size can hold: an offering asked for by fewer than `least` is not held, and they
 * take what stands in for it, or the elective that most ask for. `taken` has what each student has had before.
 */
export function settleRequests(members: readonly Member[], offerings: ReadonlyMap<string, Offering>, least: number, taken: ReadonlyMap<string, ReadonlySet<string>>): void {
  for (;;) {
    const counts = countRequests(members);
    const given = [...counts].filter(([{ required }, count]) => !required && count < least).sort(([a, m], [b, n]) => m - n || (a.key < b.key ? -1 : 1))[0]?.[0];
    if (given === undefined) return;
    const popular = [...counts].filter(([offering]) => offering !== given && !offering.required).sort(([a, m], [b, n]) => n - m || (a.key < b.key ? -1 : 1)).map(([offering]) => offering);
    for (const member of members) {
      member.requests = member.requests.map((wanted) => {
        if (wanted !== given) return wanted;
        const had = taken.get(member.learner.id);
        const fits = (offering: Offering | undefined): offering is Offering => offering !== undefined && !member.requests.includes(offering) && (offering.repeatable || had?.has(offering.key) !== true);
        const instead = wanted.instead === null ? undefined : offerings.get(wanted.instead);
        return [instead, ...popular].find(fits) ?? offerings.get("STUDY") ?? instead!;
      });
    }
  }
}

export function countRequests(members: readonly Member[]): Map<Offering, number> {
  const counts = new Map<Offering, number>();
  for (const { requests } of members) for (const offering of requests) counts.set(offering, (counts.get(offering) ?? 0) + 1);
  return counts;
}
