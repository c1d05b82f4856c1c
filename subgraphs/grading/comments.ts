import type { WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import { idOf } from "./asking.ts";
import { CommentBankEntry } from "./entities/comment-bank-entry.ts";
import { MarkComment } from "./entities/mark-comment.ts";
import type { SectionFacts } from "./timetable.ts";

export interface CommentedEntry {
  studentId: string;
  /** Sentences of the bank; the ones that are not named any more are taken away. Undefined: they stay. */
  commentIds?: string[] | null;
  /** The writer's own sentence; null takes it away, undefined leaves it. */
  comment?: string | null;
}

/** Brings the comments of students in a section and grading period to what was sent. */
export async function writeComments(session: WriteSession, section: SectionFacts, gradingPeriodId: string | null, entries: readonly CommentedEntry[], list = "entries"): Promise<void> {
  const commented = entries.filter((e) => e.commentIds !== undefined || e.comment !== undefined);
  if (commented.length === 0) return;
  if (!gradingPeriodId) throw OsssError.invalid([{ path: `input.${list}`, message: "Comments belong to the mark of a grading period. Leave them out here." }]);
  await requireBankEntries(session, commented, list);
  const existing = await session.list(MarkComment, { sectionId: section.id, gradingPeriodId, studentId: commented.map((e) => e.studentId), archivedAt: null });
  const add = (studentId: string, content: { entry: string } | { text: string }) =>
    session.create(MarkComment, { ...content, studentId, sectionId: section.id, schoolId: section.school_id, gradingPeriodId, writtenById: session.caller.identity.personId });
  for (const { studentId, commentIds, comment } of commented) {
    const mine = existing.filter((c) => c.studentId === studentId);
    if (commentIds !== undefined) {
      const wanted = new Set(commentIds ?? []);
      const held = new Set(mine.flatMap((c) => (c.entry ? [idOf(c.entry)] : [])));
      for (const old of mine) if (old.entry && !wanted.has(idOf(old.entry))) session.archive(old);
      for (const entry of wanted) if (!held.has(entry)) add(studentId, { entry });
    }
    if (comment === undefined) continue;
    const own = mine.find((c) => !c.entry);
    if (own && comment === null) session.archive(own);
    else if (own) session.update(own, { text: comment });
    else if (comment !== null) add(studentId, { text: comment });
  }
}

async function requireBankEntries(session: WriteSession, entries: readonly CommentedEntry[], list: string): Promise<void> {
  const named = [...new Set(entries.flatMap((e) => e.commentIds ?? []))];
  const known = new Set((await session.list(CommentBankEntry, { id: named, archivedAt: null })).map((e) => e.id));
  const problems = entries.flatMap((e, i) => ((e.commentIds ?? []).every((id) => known.has(id)) ? [] : [{ path: `input.${list}.${i}.commentIds`, message: "Some of these are no sentences of the comment bank. Check the ids." }]));
  if (problems.length > 0) throw OsssError.invalid(problems);
}
