import type { Managed, WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import type { SectionEnrollment } from "../entities/section-enrollment.ts";

/** Ends a roster row. On or before its first day nothing of it remains but the archived row: the student never was in the section. */
export function takeOffRoster(session: WriteSession, row: Managed<SectionEnrollment>, toDate: string, endReason: string | null): Managed<SectionEnrollment> {
  if (row.archivedAt) throw OsssError.conflict("The student was taken off this roster already.");
  if (row.toDate && toDate >= row.toDate) throw OsssError.conflict(`The student leaves the section on ${row.toDate} already. Choose an earlier day.`);
  if (toDate <= row.fromDate) return session.archive(row);
  return session.update(row, { toDate, endReason });
}
