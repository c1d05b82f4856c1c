import type { PersonMemory } from "./memory.ts";
import type { PlannedPerson } from "./plan.ts";

/** A person whom the package changes or adds, on the way through the domains. */
export interface PersonWork {
  readonly plan: PlannedPerson;
  /** Null for a person whom the source had not brought before. */
  readonly last: PersonMemory | null;
  /** Set from the start for known persons and for students found by their number. */
  personId: string | null;
  studentId: string | null;
  /** Was here before the source named them: only what is empty is filled. */
  adopted: boolean;
  /** What will be remembered. */
  next: PersonMemory;
}

/** What the reconciling of dated records depends on. */
export interface ImportDay {
  /** The day of the import in the district's time zone. */
  today: string;
  /** The first day of what has none of its own. */
  entryDay: string;
  /** Whether what the package no longer names has ended: only where it names everybody. */
  complete: boolean;
}

/** `later` of two days. */
export const laterOf = (a: string, b: string): string => (a > b ? a : b);

/** Whether two half-open spans share a day; null ends are open. */
export function overlaps(a: { from: string; to: string | null }, b: { from: string; to: string | null }): boolean {
  return (a.to === null || b.from < a.to) && (b.to === null || a.from < b.to);
}

export function groupBy<T>(list: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of list) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}
