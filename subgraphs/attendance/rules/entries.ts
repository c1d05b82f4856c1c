import { sql } from "kysely";
import type { Managed, WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import { AttendanceCode } from "../entities/attendance-code.ts";
import { OfficeEntry, type OfficeEntryKind } from "../entities/office-entry.ts";

export interface Times {
  fromTime?: string | null | undefined;
  toTime?: string | null | undefined;
}

/** Whether two entries of one kind speak of the same time. A check-in or check-out has one time; without times an entry speaks of the whole day. */
export function meet(a: Times, b: Times, kind: OfficeEntryKind): boolean {
  if (kind === "CHECK_IN" || kind === "CHECK_OUT") return a.fromTime === b.fromTime;
  return (a.fromTime ?? "00:00") < (b.toTime ?? "24:00") && (b.fromTime ?? "00:00") < (a.toTime ?? "24:00");
}

/** The time of an entry as its kind wants it. @throws VALIDATION_FAILED in words. */
export function requireTimes(kind: OfficeEntryKind, { fromTime, toTime }: Times): void {
  const no = (path: string, message: string): never => {
    throw OsssError.invalid([{ path: `input.${path}`, message }]);
  };
  if (kind === "CHECK_IN" || kind === "CHECK_OUT") {
    if (fromTime == null) no("fromTime", "Say at what time the student came or went.");
    if (toTime != null) no("toTime", "A check-in or check-out has one time: send fromTime alone.");
    return;
  }
  if ((fromTime == null) !== (toTime == null)) no(fromTime == null ? "fromTime" : "toTime", "Send both times, or neither for the whole day.");
  if (fromTime != null && toTime! <= fromTime) no("toTime", "toTime must come after fromTime. Correct one of the two times.");
}

/** A code in use. */
export async function requireCode(session: WriteSession, id: string): Promise<Managed<AttendanceCode>> {
  const [code] = await session.list(AttendanceCode, { id, archivedAt: null });
  if (!code) throw OsssError.invalid([{ path: "input.codeId", message: "There is no such attendance code in use. Choose one of the district's codes." }]);
  return code;
}

/** Entries of a kind that stand for these students on these days. Others who write entries of the same students wait. */
export async function standingEntries(session: WriteSession, studentIds: readonly string[], dates: readonly string[], kind: OfficeEntryKind): Promise<Managed<OfficeEntry>[]> {
  await session.ask(sql`SELECT pg_advisory_xact_lock(s.key) FROM (SELECT DISTINCT hashtextextended('office entries of ' || u.id, 0) AS key FROM unnest(${[...studentIds]}::uuid[]) AS u(id) ORDER BY 1) s`);
  return session.list(OfficeEntry, { studentId: [...studentIds], date: [...dates], kind, archivedAt: null });
}
