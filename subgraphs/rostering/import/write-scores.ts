import type { AcrossDomains } from "#foundation/crud/across-domains";
import type { Managed, WriteSession } from "#foundation/crud/write";
import { grading, staff } from "../domains.ts";
import type { RosterResult } from "../oneroster/roster.ts";
import { changedFields, fingerprint, printsOf, type PersonMemory, type Prints } from "./memory.ts";
import { groupBy } from "./people-work.ts";
import { plain } from "./write-organizations.ts";
import { decimal, everyField, type AssignmentMemory, type GradebookSetting } from "./write-gradebook.ts";

/** What is remembered of a result. */
export interface ScoreMemory {
  prints: Prints;
  /** Of the source's comment, which is kept as a note. */
  note: string;
  /** A teacher had given the score here before the source did: it is hers. */
  local?: true;
  gone?: true;
}

interface Spot {
  result: RosterResult;
  assignmentId: string;
  sectionId: string;
  studentId: string;
  teacherId: string;
}

type Score = Managed<grading.Score>;
const portion = 1_000;
const longestNote = 1_000;

/** Scores of the package. A teacher's own score, or what she changed of one, stays. */
export async function writeScores(across: AcrossDomains, setting: GradebookSetting): Promise<void> {
  const { bundle, registry, book, leftOut } = setting;
  const toWrite = bundle.results.filter(({ sourcedId, status }) => status === "active" && !leftOut("results.csv", sourcedId) && (registry.find("Score", sourcedId) === undefined || book.stateOf("results", sourcedId) !== "same"))
    .sort((a, b) => (a.lineItemSourcedId < b.lineItemSourcedId ? -1 : a.lineItemSourcedId > b.lineItemSourcedId ? 1 : 0));
  for (let from = 0; from < toWrite.length; from += portion) {
    const spots = await place(across, toWrite.slice(from, from + portion), setting);
    if (spots.length > 0) await across.in("grading", (session) => write(session, spots, setting));
    setting.progress(`${Math.min(from + portion, toWrite.length)} of ${toWrite.length} scores`);
  }
}

/** Whose score of which work it is, and who gave it: the section's teacher on that day, who reads it anyway. */
async function place(across: AcrossDomains, results: readonly RosterResult[], setting: GradebookSetting): Promise<Spot[]> {
  const { registry, survivorOf, byPerson } = setting;
  const sectionIds = [...new Set(results.flatMap(({ lineItemSourcedId }) => registry.find<AssignmentMemory>("Assignment", lineItemSourcedId)?.memory.section ?? []))];
  const teachers = groupBy(sectionIds.length === 0 ? [] : await across.in("staff", async (session) => (await staff.teachersOf(session, sectionIds)).map(({ sectionId, personId, kind, fromDate, toDate }) => ({ sectionId, personId, kind, fromDate, toDate: toDate ?? null }))), ({ sectionId }) => sectionId);
  return results.flatMap((result): Spot[] => {
    const work = registry.find<AssignmentMemory>("Assignment", result.lineItemSourcedId);
    const student = registry.find<PersonMemory>("Person", result.studentSourcedId)?.memory.student?.id;
    const among = work === undefined ? [] : (teachers.get(work.memory.section) ?? []);
    const teacherId = teacherOn(among, result.scoreDate) ?? byPerson;
    if (work !== undefined && student !== undefined && teacherId !== null) return [{ result, assignmentId: work.recordId, sectionId: work.memory.section, studentId: survivorOf(student), teacherId }];
    const reason = work === undefined ? "The work has no gradebook here" : student === undefined ? "The user is no student here" : "The section has no teacher who could have given it";
    setting.notes.add("results.csv", result.row, `${reason}. The score is kept with the source's row.`);
    keepResult(setting, result);
    return [];
  });
}

interface Teaching {
  personId: string;
  kind: string;
  fromDate: string;
  toDate: string | null;
}

function teacherOn(teachers: readonly Teaching[], day: string): string | undefined {
  const weight = ({ kind, fromDate, toDate }: Teaching) => (kind === "LEAD" ? 0 : kind === "CO_TEACHER" ? 1 : 2) + (fromDate <= day && (toDate === null || day < toDate) ? 0 : 3);
  return [...teachers].sort((a, b) => weight(a) - weight(b) || (a.fromDate < b.fromDate ? -1 : 1))[0]?.personId;
}

async function write(session: WriteSession, spots: readonly Spot[], setting: GradebookSetting): Promise<void> {
  const { registry, ledger, notes } = setting;
  const assignments = new Map((await grading.assignmentsById(session, [...new Set(spots.map(({ assignmentId }) => assignmentId))])).map((record) => [record.id, record]));
  const present = await grading.scoresOf(session, [...assignments.keys()], [...new Set(spots.map(({ studentId }) => studentId))]);
  const byPlace = new Map(present.map((score) => [`${score.studentId} ${String(plain(score).assignment)}`, score]));
  const registered = spots.flatMap(({ result }) => registry.idOf("Score", result.sourcedId) ?? []);
  const byId = new Map((registered.length === 0 ? [] : await grading.scoresById(session, registered)).map((score) => [score.id, score]));
  const written: { score: Score; result: RosterResult; last: ScoreMemory | undefined }[] = [];
  for (const spot of spots) {
    const { result } = spot;
    const said = saidOf(result, assignments.get(spot.assignmentId)!, setting);
    const memory: ScoreMemory = { prints: printsOf(said), note: fingerprint(result.comment?.slice(0, longestNote) ?? null) };
    const before = registry.find<ScoreMemory>("Score", result.sourcedId);
    const there = byPlace.get(`${spot.studentId} ${spot.assignmentId}`);
    if (before === undefined && there !== undefined) {
      if (registry.holds("Score", there.id)) notes.add("results.csv", result.row, "Another row gives the same student a score for the same work. The first one counts.");
      else registry.add<ScoreMemory>("Score", result.sourcedId, there.id, { ...memory, local: true });
      keepResult(setting, result);
    } else if (before === undefined) {
      const id = grading.addScore(session, { ...said, assignment: spot.assignmentId, studentId: spot.studentId, sectionId: spot.sectionId, schoolId: assignments.get(spot.assignmentId)!.schoolId, givenById: spot.teacherId } as Parameters<typeof grading.addScore>[1]);
      ledger.attribute(id, "results.csv", result.sourcedId);
      const score = { id, version: 1, studentId: spot.studentId, sectionId: spot.sectionId, schoolId: assignments.get(spot.assignmentId)!.schoolId } as Score;
      byPlace.set(`${spot.studentId} ${spot.assignmentId}`, score);
      registry.add<ScoreMemory>("Score", result.sourcedId, id, memory);
      written.push({ score, result, last: undefined });
    } else {
      const score = byId.get(before.recordId);
      const moved = score !== undefined && (score.studentId !== spot.studentId || String(plain(score).assignment) !== spot.assignmentId);
      if (moved) notes.add("results.csv", result.row, "The source gives the score to another student or work than before. It stays where it was given; give the row another id in the source system.");
      if (before.memory.local === true || moved) keepResult(setting, result);
      else if (score !== undefined && (score.archivedAt === null || before.memory.gone === true)) {
        ledger.attribute(score.id, "results.csv", result.sourcedId);
        grading.changeScore(session, score, { ...together(changedFields(said, before.memory.prints, score, everyField), said, before.memory.prints, score), ...(before.memory.gone === true && there === undefined ? { archivedAt: null } : {}) });
        written.push({ score, result, last: before.memory });
      }
      const { gone: _back, ...kept } = { ...before.memory, ...memory };
      if (JSON.stringify(kept) !== JSON.stringify(before.memory)) registry.change<ScoreMemory>("Score", result.sourcedId, kept);
    }
  }
  await session.flush();
  await writeNotes(session, written, setting);
}

const settled = ["points", "missing", "exempt"] as const;

/** Points, missing and exempt say one thing together: where a teacher changed one of them, all of them are hers. */
function together(changes: Record<string, unknown>, said: Readonly<Record<string, unknown>>, last: Prints, score: Score): Record<string, unknown> {
  const hers = settled.some((name) => fingerprint(score[name] ?? null) !== (last[name] ?? "") && fingerprint(score[name] ?? null) !== fingerprint(said[name]));
  return hers ? Object.fromEntries(Object.entries(changes).filter(([name]) => !settled.some((one) => one === name))) : changes;
}

function saidOf(result: RosterResult, { pointsPossible, extraCredit }: Managed<grading.Assignment>, { notes }: GradebookSetting) {
  const exempt = result.scoreStatus === "exempt";
  const fits = result.score !== null && result.score >= 0 && (extraCredit || result.score <= Number(pointsPossible));
  if (result.score !== null && !fits) notes.add("results.csv", result.row, `The score ${result.score} is not between 0 and the ${Number(pointsPossible)} points that are possible. It is kept with the source's row, and no points are given; correct the score, or make the work extra credit.`);
  const points = fits && result.score !== null ? decimal(result.score) : null;
  return { points, missing: result.missing === true && points === null && !exempt, late: result.late === true, exempt };
}

/** A comment may speak of anything: it is for the teachers, until one of them says it to the family. */
async function writeNotes(session: WriteSession, written: readonly { score: Score; result: RosterResult; last: ScoreMemory | undefined }[], { ledger }: GradebookSetting): Promise<void> {
  const concerned = written.filter(({ result, last }) => fingerprint(result.comment?.slice(0, longestNote) ?? null) !== (last?.note ?? ""));
  if (concerned.length === 0) return;
  const notes = new Map((await grading.scoreNotesById(session, concerned.map(({ score }) => score.id))).map((note) => [note.id, note]));
  for (const { score, result, last } of concerned) {
    const text = result.comment?.slice(0, longestNote) ?? null;
    const note = notes.get(score.id);
    ledger.attribute(score.id, "results.csv", result.sourcedId);
    if (note === undefined) {
      if (text !== null) grading.addScoreNote(session, score, text);
    } else if (note.archivedAt === null ? fingerprint(note.text) === (last?.note ?? "") : text !== null) {
      if (text === null) grading.archiveScoreNote(session, note);
      else grading.changeScoreNote(session, note, { text, archivedAt: null });
    }
  }
}

/** What a result says beyond what is kept of each of them. */
function keepResult({ book }: GradebookSetting, { sourcedId, lineItemSourcedId, studentSourcedId, classSourcedId, comment, late, missing }: RosterResult): void {
  book.keep("results", sourcedId, {
    lineItemSourcedId, studentSourcedId, ...(classSourcedId === null ? {} : { classSourcedId }), ...(comment === null ? {} : { comment }), ...(late === null ? {} : { late: String(late) }), ...(missing === null ? {} : { missing: String(missing) }),
  });
}
