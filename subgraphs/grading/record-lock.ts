import { sql } from "kysely";
import type { WriteSession } from "#foundation/crud/write";

/**
 * Lets whoever changes what stands in these students' records, and whoever issues documents from them, follow one another: a document that
 * is issued while a mark changes shows the new mark, or is marked as outdated. Taken before any row of a record is locked.
 */
export async function holdRecords(session: WriteSession, studentIds: readonly string[]): Promise<void> {
  const ids = [...new Set(studentIds)].sort();
  await session.ask(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`${session.caller.identity.districtId} record `} || held.id, 0)) FROM (SELECT id FROM unnest(${ids}::text[]) AS u(id) ORDER BY id) held`);
}
