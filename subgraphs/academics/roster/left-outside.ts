import { sql } from "kysely";
import type { WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import { idOf } from "#foundation/record/fields";
import type { SectionEnrollment } from "../entities/section-enrollment.ts";

interface Entries {
  kind: "ATTENDANCE" | "SCORE";
  entries: number;
  first: string;
  last: string;
}

const nouns = { ATTENDANCE: ["attendance entry", "attendance entries"], SCORE: ["score", "scores"] } as const;

const inWords = ({ kind, entries, first, last }: Entries): string => `${entries} ${nouns[kind][entries === 1 ? 0 : 1]} (${first === last ? first : `${first} to ${last}`})`;

/** What was recorded of the student in the section from a day on lies outside of the roster then. It is kept, but whoever drops must know of it. */
export async function askAboutLeftOutside(session: WriteSession, row: SectionEnrollment, fromDay: string, acknowledged: boolean): Promise<void> {
  if (acknowledged) return;
  const found = await session.ask(sql<Entries>`SELECT kind, entries, first::text, last::text FROM lookup.academics_recorded(${row.studentId}, ${idOf(row.section)}, ${fromDay}::date, ${row.toDate ?? null}::date)`);
  if (found.length === 0) return;
  const words = found.map(inWords).join(" and ");
  throw OsssError.conflict(`${words} would be left outside of the roster. Look whether the day is right; if it is, send acknowledged: true. Nothing of it is removed.`, { leftOutside: found });
}
