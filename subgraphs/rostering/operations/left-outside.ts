import { sql } from "kysely";
import type { AcrossDomains } from "#foundation/crud/across-domains";
import { OsssError } from "#foundation/errors/errors";

/** How many entries of one kind are dated on one day. */
export interface DatedEntries {
  kind: "ATTENDANCE" | "SCORE";
  day: string;
  entries: number;
}

/** Days from `from` on, before `until`; null for all that come. */
export interface Days {
  from: string;
  until: string | null;
}

/** What is recorded about a student at a school on some days. */
export const readDatedEntries = (across: AcrossDomains, student: { id: string; schoolId: string }, days: Days): Promise<DatedEntries[]> =>
  across.in("rostering", (session) =>
    session.ask(sql<DatedEntries>`SELECT kind, day::text AS day, entries FROM lookup.rostering_dated_entries(${student.id}::uuid, ${student.schoolId}::uuid, ${days.from}::date, ${days.until}::date) ORDER BY day, kind`));

/** "7 attendance entries (2026-10-05 to 2026-10-09) and 2 scores (2026-10-07)". */
export function inWords(found: readonly DatedEntries[]): string {
  const part = (kind: DatedEntries["kind"], one: string, many: string) => {
    const mine = found.filter((each) => each.kind === kind);
    const count = mine.reduce((sum, { entries }) => sum + entries, 0);
    const [first, last] = [mine[0]?.day, mine.at(-1)?.day];
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many} (${first === last ? first : `${first} to ${last}`})`];
  };
  return [...part("ATTENDANCE", "attendance entry", "attendance entries"), ...part("SCORE", "score", "scores")].join(" and ");
}

/**
 * Attendance and scores that a change would leave outside of the student's enrollment are listed, and asked about: they stay as they are,
 * and count for nothing that needs a membership. A caller of another school learns only that there are some.
 * @throws OsssError CONFLICT unless the caller knows of them.
 */
export async function askAboutLeftOutside(across: AcrossDomains, student: { id: string; schoolId: string }, days: readonly Days[], asked: { acknowledged: boolean; tells: boolean }): Promise<string[]> {
  const found: DatedEntries[] = [];
  for (const each of days) found.push(...(await readDatedEntries(across, student, each)));
  if (found.length === 0) return [];
  if (!asked.tells) {
    if (asked.acknowledged) return [];
    throw OsssError.conflict("The school that the student leaves has recorded attendance or scores for days from this one on. Agree on the day with that school's registrar; or send acknowledged: true, and they are left outside of the enrollment.");
  }
  const words = inWords(found);
  if (asked.acknowledged) return [`Left outside of the enrollment: ${words}.`];
  throw OsssError.conflict(`${words} would be left outside of the enrollment. Look whether the day is right; if it is, send acknowledged: true. Nothing of it is removed.`, { leftOutside: found });
}
