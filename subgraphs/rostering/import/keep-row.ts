import { addDays } from "../oneroster/day.ts";
import type { RosterEnrollment } from "../oneroster/roster.ts";
import type { SourceBook } from "./source-book.ts";

const columnOf: Partial<Record<keyof RosterEnrollment, string>> = { begin: "beginDate", end: "endDate" };

/** Columns of a row that no roster row can tell, kept with the source's row in the source's words. */
export function keepRow(book: SourceBook, row: RosterEnrollment, columns: readonly (keyof RosterEnrollment)[], inclusiveEnds: boolean): void {
  const written = columns.flatMap((column): [string, string][] => {
    const value = row[column];
    if (value === null || value === undefined) return [];
    return [[columnOf[column] ?? column, column === "end" && inclusiveEnds ? addDays(String(value), -1) : String(value)]];
  });
  if (written.length > 0) book.keep("enrollments", row.sourcedId, Object.fromEntries(written));
}

/** What says whose place in which section a row is. */
export const wholeRow = ["role", "classSourcedId", "schoolSourcedId", "userSourcedId", "primary", "begin", "end"] as const;
