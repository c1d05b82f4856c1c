/** An entry of a record that may repeat an earlier one. */
export interface Attempt {
  id: string;
  /** The entry that this one repeats; null when it repeats none. */
  repeats: string | null;
  /** Orders attempts at one course. */
  when: string;
}

/**
 * The entries of one course together, from the first attempt to the last: an entry, what it repeats, what that repeats. `all` are the
 * entries through which a repeat is traced, also those that are not asked about.
 */
export function attemptsOf<T extends Attempt>(entries: readonly T[], all: readonly Attempt[] = entries): T[][] {
  if (entries.every((entry) => entry.repeats === null)) return entries.map((entry) => [entry]);
  const byId = new Map(all.map((l) => [l.id, l]));
  const first = (entry: Attempt): string => {
    let [at, steps] = [entry, 0];
    while (at.repeats !== null && byId.has(at.repeats) && steps++ < all.length) at = byId.get(at.repeats)!;
    return at.repeats ?? at.id;
  };
  const groups = new Map<string, T[]>();
  for (const entry of entries) {
    const key = first(entry);
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  return [...groups.values()].map((group) => group.sort((a, b) => order(a.when, b.when) || order(a.id, b.id)));
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
