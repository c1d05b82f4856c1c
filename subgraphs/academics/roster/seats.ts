import { sql } from "kysely";
import type { WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import type { PlannedSection } from "../schedule/section-in-use.ts";

/** The most students on the roster on one day of the span, and the first such day. Rosters only grow where a row begins: other days need no look. */
async function fullestDay(session: WriteSession, sectionId: string, fromDate: string, toDate: string): Promise<{ day: string; students: number }> {
  const [row] = await session.ask(sql<{ day: string; students: number }>`
    SELECT day::text, (SELECT count(*)::int FROM academics.section_enrollment e WHERE e.section_id = ${sectionId} AND e.archived_at IS NULL
        AND e.from_date <= day AND (e.to_date IS NULL OR e.to_date > day)) AS students
      FROM (SELECT ${fromDate}::date AS day UNION SELECT e.from_date FROM academics.section_enrollment e
        WHERE e.section_id = ${sectionId} AND e.archived_at IS NULL AND e.from_date > ${fromDate}::date AND e.from_date < ${toDate}::date) days
      ORDER BY students DESC, day LIMIT 1`);
  return row!;
}

/** Refuses more students than seats on any day of the span. `overridden` lets them in, and wants a reason. */
export async function requireSeats(session: WriteSession, section: PlannedSection, fromDate: string, toDate: string, overridden: boolean): Promise<void> {
  if (overridden && !session.reason) throw OsssError.invalid([{ path: "reason", message: "Say why the section may have more students than seats. It is kept in the audit log." }]);
  if (section.capacity == null || overridden) return;
  const { day, students } = await fullestDay(session, section.id, fromDate, toDate);
  if (students <= section.capacity) return;
  throw OsssError.conflict(`${section.title} (${section.code}) has ${section.capacity} seats, and ${students} students would be in it on ${day}. Choose another section, or go on with overCapacity and a reason.`, {
    sectionId: section.id, capacity: section.capacity, students, day,
  });
}
