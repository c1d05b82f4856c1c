import type { AcrossDomains } from "#foundation/crud/across-domains";
import { academics } from "../domains.ts";

/**
 * Takes a student off the rosters of a school from a day on. Roster rows keep the days before it; those of which no day has come by then
 * are archived. Rows that begin on or after `until` rest on a later enrollment and stay. Returns how many rows were changed.
 */
export async function endSectionEnrollments(across: AcrossDomains, student: { id: string; schoolId: string }, day: string, reason: string, until: string | null = null): Promise<number> {
  return across.in("academics", async (session) => {
    await academics.lockRostersOf(session, [student.id]);
    const rows = (await academics.sectionEnrollmentsOf(session, [student.id])).filter(({ schoolId }) => schoolId === student.schoolId);
    const going = rows.filter((row) => (row.toDate == null || row.toDate > day) && (until === null || row.fromDate < until));
    for (const row of going) academics.endSectionEnrollment(session, row, day, reason);
    return going.length;
  });
}
