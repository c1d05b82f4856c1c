import { OsssError } from "#foundation/errors/errors";
import type { Managed, WriteSession } from "#foundation/crud/write";

interface Dated {
  fromDate: string;
  toDate?: string | null;
  archivedAt: Date | null;
}

/** Ends an assignment. It is only ever shortened; on or before its first day it is archived, since it never held. */
export function endOn<T extends Dated>(session: WriteSession, assignment: Managed<T>, toDate: string): Managed<T> {
  if (assignment.archivedAt) throw OsssError.conflict("This assignment was taken back already.");
  if (assignment.toDate && toDate >= assignment.toDate) throw OsssError.conflict(`It ends on ${assignment.toDate} already. Choose an earlier day; for a longer time make a new assignment.`);
  return toDate <= assignment.fromDate ? session.archive(assignment) : session.update(assignment, { toDate });
}
