import { sql } from "kysely";
import type { Managed, WriteSession } from "#foundation/crud/write";
import { CourseHistory } from "./entities/course-history.ts";
import { IssuedDocument } from "./entities/issued-document.ts";
import { MarkChange, type MarkChangeKind } from "./entities/mark-change.ts";
import type { Mark } from "./entities/mark.ts";
import type { LoadedScale } from "./scales.ts";
import type { SectionFacts } from "./timetable.ts";
import type { MarkValue } from "./posting.ts";

/** The mark of an incomplete until it is made up. */
export const incompleteMark = "I";

export interface Change extends MarkValue {
  kind: MarkChangeKind;
  reason: string;
  /** With both the mark becomes incomplete, without it is settled. */
  deadline?: string | null;
  becomes?: string | null;
  computedPercent?: string | null;
}

/**
 * Changes a posted mark, keeps what it was, brings the permanent record up to date and marks the issued documents that show it. Writes for
 * the district: whoever calls it has checked the caller's right to this mark.
 */
export async function changePostedMark(session: WriteSession, mark: Managed<Mark>, section: SectionFacts, scale: LoadedScale, change: Change): Promise<Managed<Mark>> {
  const today = await session.today();
  session.create(MarkChange, {
    mark: mark.id, studentId: mark.studentId, sectionId: mark.sectionId, schoolId: mark.schoolId, kind: change.kind, before: mark.mark, after: change.mark,
    beforePercent: mark.percent ?? null, afterPercent: change.percent, reason: change.reason, changedOn: today, changedById: session.caller.identity.personId,
  });
  const { mark: value, percent, exactPercent, deadline = null, becomes = null, computedPercent } = change;
  session.update(mark, { mark: value, percent, exactPercent, deadline, becomes, computedPercent, status: deadline ? "INCOMPLETE" : "POSTED" });
  const shownIn = [mark.id];
  for (const entry of await session.list(CourseHistory, { source: mark.id, archivedAt: null })) {
    const keptOut = !entry.countsInGpa && earnedBy(scale, entry.mark, entry.creditsAttempted).countsInGpa;
    const { creditsEarned, countsInGpa } = earnedBy(scale, value, entry.creditsAttempted);
    // What the registrar keeps out of averages stays out, whatever the mark.
    session.update(entry, { mark: value, percent, creditsEarned, countsInGpa: countsInGpa && !keptOut });
    shownIn.push(entry.id);
  }
  await markOutdated(session, mark.studentId, shownIn, `A mark in ${section.course_title} was changed.`);
  return mark;
}

/** What a mark earns, and whether it may count in an average: an incomplete does neither yet. */
export function earnedBy(scale: LoadedScale, mark: string, creditsAttempted: string): { creditsEarned: string; countsInGpa: boolean } {
  const found = scale.marks.find((m) => m.mark === mark);
  return { creditsEarned: found?.passing ? creditsAttempted : "0.000", countsInGpa: found?.countsInGpa ?? false };
}

/** Notes on the student's issued documents that show one of these that they are outdated, and returns their ids. Those already noted keep their reason. */
export async function markOutdated(session: WriteSession, studentId: string, sourceIds: readonly string[], reason: string): Promise<string[]> {
  const rows = await session.ask(sql<{ id: string }>`SELECT id FROM grading.issued_document
    WHERE student_id = ${studentId}::uuid AND archived_at IS NULL AND outdated_at IS NULL AND source_ids && ${[...sourceIds]}::text[] ORDER BY id`);
  const issued = await session.elevated("A document is outdated whoever changed what it shows.").getAll(IssuedDocument, rows.map((row) => row.id));
  for (const document of issued) session.update(document, { outdatedAt: session.caller.now, outdatedReason: reason });
  return issued.map(({ id }) => id);
}
