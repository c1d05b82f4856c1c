import { overlap, type EnrollmentSpan } from "./spans.ts";

export interface Collision<E> {
  of: "PRIMARY" | "SCHOOL";
  duplicate: E;
  survivor: E;
}

/** Enrollments that one student could not have: two primaries on the same days, or two at one school. */
export function collisions<E extends EnrollmentSpan>(duplicate: readonly E[], survivor: readonly E[]): Collision<E>[] {
  return duplicate.flatMap((mine) =>
    survivor.flatMap((theirs): Collision<E>[] => {
      if (!overlap(mine, theirs)) return [];
      if (mine.kind === "PRIMARY" && theirs.kind === "PRIMARY") return [{ of: "PRIMARY", duplicate: mine, survivor: theirs }];
      return mine.schoolId === theirs.schoolId ? [{ of: "SCHOOL", duplicate: mine, survivor: theirs }] : [];
    }));
}

export interface Listing {
  personId: string;
  status: string;
  fromDate: string;
  toDate?: string | null;
}

/**
 * Who would come to be listed beside a court order that was written without her: a second record of a parent, under which the order does
 * not restrict her. Listings that are over count for nothing.
 */
export function listedBesideOrder(orders: readonly { toDate?: string | null }[], known: readonly Listing[], coming: readonly Listing[], today: string): boolean {
  const holds = ({ toDate }: { toDate?: string | null }) => toDate == null || toDate > today;
  if (!orders.some(holds)) return false;
  return coming.some((each) => holds(each) && !known.some(({ personId }) => personId === each.personId));
}
