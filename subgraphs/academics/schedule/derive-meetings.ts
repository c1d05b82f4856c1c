import { sql } from "kysely";
import type { WriteSession } from "#foundation/crud/write";

export interface DerivationSpan {
  schoolId: string;
  fromDate: string;
  /** Exclusive; null: all later days. */
  toDate: string | null;
  /** Null: every section of the school. */
  sectionIds?: readonly string[] | null;
}

export interface DerivedMeetings {
  added: number;
  changed: number;
  cancelled: number;
  removed: number;
}

/** Brings class meetings to the patterns, terms, calendar and bell schedules as they are now. Repeating it changes nothing. */
export async function deriveMeetings(session: WriteSession, span: DerivationSpan): Promise<DerivedMeetings> {
  const [counts] = await session.ask(
    sql<DerivedMeetings>`SELECT * FROM academics.derive_meetings(${session.caller.identity.districtId}, ${span.schoolId}, ${span.fromDate}::date, ${span.toDate ?? "infinity"}::date, ${span.sectionIds ?? null}::uuid[])`,
  );
  return counts!;
}
