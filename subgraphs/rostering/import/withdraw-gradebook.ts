import type { AcrossDomains } from "#foundation/crud/across-domains";
import type { Managed } from "#foundation/crud/write";
import { grading } from "../domains.ts";
import { fingerprint, type Prints } from "./memory.ts";
import { plain } from "./write-organizations.ts";
import type { AssignmentMemory, GradebookSetting } from "./write-gradebook.ts";
import type { ScoreMemory } from "./write-scores.ts";

const portion = 1_000;

/**
 * Whether the package tells of a section's gradebook: only then does a row that it leaves out mean that the work was taken back. A package of
 * the new year names none of last year's classes, and their grades stand.
 */
function told({ bundle, registry }: GradebookSetting): (sectionId: string) => boolean {
  const named = new Set(bundle.classes.flatMap(({ sourcedId, status }) => (status === "active" ? (registry.idOf("Section", sourcedId) ?? []) : [])));
  return (sectionId) => named.has(sectionId);
}

const untouched = (record: object, prints: Prints): boolean => Object.entries(prints).every(([name, print]) => fingerprint(plain(record)[name] ?? null) === print);

/** Scores that the source takes back, as far as they are still what it gave. */
export async function withdrawScores(across: AcrossDomains, setting: GradebookSetting): Promise<void> {
  const { registry, book, ledger, leftOut } = setting;
  const tells = told(setting);
  const gone = book.gone("results").flatMap(({ sourcedId, line }) => {
    const known = registry.find<ScoreMemory>("Score", sourcedId);
    return known === undefined || known.memory.local === true || known.memory.gone === true || leftOut("results.csv", sourcedId) ? [] : [{ sourcedId, line, known }];
  });
  for (let from = 0; from < gone.length; from += portion) {
    await across.in("grading", async (session) => {
      const part = gone.slice(from, from + portion);
      const records = new Map((await grading.scoresById(session, part.map(({ known }) => known.recordId))).map((score) => [score.id, score]));
      const notes = new Map((await grading.scoreNotesById(session, [...records.keys()])).map((note) => [note.id, note]));
      for (const { sourcedId, line, known } of part) {
        const score = records.get(known.recordId);
        if (score === undefined || score.archivedAt !== null || !untouched(score, known.memory.prints) || (line === null && !tells(score.sectionId))) continue;
        const note = notes.get(score.id);
        if (note !== undefined && note.archivedAt === null && fingerprint(note.text) !== known.memory.note) continue;
        ledger.attribute(score.id, "results.csv", sourcedId);
        if (note !== undefined && note.archivedAt === null) grading.archiveScoreNote(session, note);
        grading.archiveScore(session, score);
        registry.change<ScoreMemory>("Score", sourcedId, { ...known.memory, gone: true });
      }
    });
  }
}

/** Work that the source takes back, where no score is left on it and no teacher has changed it. */
export async function withdrawAssignments(across: AcrossDomains, setting: GradebookSetting): Promise<void> {
  const { registry, book, ledger, notes, leftOut } = setting;
  const tells = told(setting);
  const gone = book.gone("lineItems").flatMap(({ sourcedId, line }) => {
    const known = registry.find<AssignmentMemory>("Assignment", sourcedId);
    return known === undefined || known.memory.gone === true || leftOut("lineItems.csv", sourcedId) || (line === null && !tells(known.memory.section)) ? [] : [{ sourcedId, line, known }];
  });
  for (let from = 0; from < gone.length; from += portion) {
    await across.in("grading", async (session) => {
      const part = gone.slice(from, from + portion);
      const ids = part.map(({ known }) => known.recordId);
      const scored = new Set((await grading.scoresOfAssignments(session, ids)).map((score) => String(plain(score).assignment)));
      const records = new Map((await grading.assignmentsById(session, ids)).map((record) => [record.id, record]));
      for (const { sourcedId, line, known } of part) {
        const record: Managed<grading.Assignment> | undefined = records.get(known.recordId);
        if (record === undefined || record.archivedAt !== null) continue;
        if (scored.has(record.id) || !untouched(record, known.memory.prints)) {
          notes.add("lineItems.csv", line, `The source no longer names the work "${record.title}". It has scores, or a teacher has changed it, so it stays.`);
          continue;
        }
        ledger.attribute(record.id, "lineItems.csv", sourcedId);
        grading.archiveAssignment(session, record);
        registry.change<AssignmentMemory>("Assignment", sourcedId, { ...known.memory, gone: true });
      }
    });
  }
}

