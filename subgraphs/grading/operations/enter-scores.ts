import { sql } from "kysely";
import { teachesSection } from "#foundation/access/relations";
import { mutation } from "#foundation/crud/operation";
import type { Managed, WriteSession } from "#foundation/crud/write";
import { OsssError, type FieldProblem } from "#foundation/errors/errors";
import { Role } from "#foundation/identity/role";
import { BelongsTo, Decimal, Flag, ForeignRef, Items, Text, Whole } from "#foundation/record/fields";
import { idOf } from "../asking.ts";
import { Assignment } from "../entities/assignment.ts";
import { ScoreNote } from "../entities/score-note.ts";
import { Score } from "../entities/score.ts";
import { Section, Student } from "../foreign.ts";
import { Exact } from "../rules/exact.ts";
import { roster } from "../timetable.ts";

class ScoreEntry {
  @ForeignRef(() => Student, { description: "The student: on the section's roster, now or earlier." }) studentId!: string;
  @BelongsTo(() => Assignment, { description: "The assignment, one of the section's." }) assignment!: string;
  @Whole({ description: "The version of the score that you read. Leave it out only where there was no score yet; if there is one by now, nothing is written.", min: 1, optional: true }) version?: number | null;
  @Decimal({ description: "The points; null takes them away. Up to the points possible, unless the assignment is extra credit.", unit: "points", precision: 9, scale: 3, min: 0, max: 100000, optional: true }) points?: string | null;
  @Flag({ description: "Not handed in: counts as zero, and takes points away. Sending points ends it.", optional: true }) missing?: boolean;
  @Flag({ description: "Handed in late.", optional: true }) late?: boolean;
  @Flag({ description: "The student need not do it: left out of the average.", optional: true }) exempt?: boolean;
  @Text({ description: "What you say to the student and the family; null takes it away.", maxLength: 1000, optional: true }) comment?: string | null;
  @Text({ description: "What you note for yourself and your colleagues; null takes it away.", maxLength: 1000, optional: true }) note?: string | null;
}

class EnterScoresInput {
  @ForeignRef(() => Section, { description: "The section whose gradebook it is." }) sectionId!: string;
  @Items(() => ScoreEntry, { description: "The scores. What an entry leaves out stays as it is." }) entries!: ScoreEntry[];
}

export const enterScores = mutation<EnterScoresInput>({
  name: "enterScores",
  description: "Enters or changes scores in the gradebook of a section that you teach: all of them or, when one is refused, none. A score that somebody changed since you read it is refused with STALE_VERSION. The payload shows the first entry's assignment.",
  roles: [Role.Teacher],
  as: "caller",
  input: EnterScoresInput,
  record: Assignment,
  async run(session, { sectionId, entries }) {
    if (!(await session.holds(teachesSection, "section", [Role.Teacher], sectionId))) throw OsssError.forbidden("Only the section's teachers enter its scores.");
    // Two teachers at once: the second one sees what the first one wrote.
    await session.serialize(`scores ${sectionId}`);
    const assignments = await check(session, sectionId, entries);
    const scores = await currentScores(session, entries);
    for (const entry of entries) write(session, assignments.get(entry.assignment)!, entry, scores.get(keyOf(entry)));
    await writeNotes(session, entries, scores);
    return { id: entries[0]!.assignment };
  },
});

const keyOf = (entry: { studentId: string; assignment: unknown }): string => `${entry.studentId} ${idOf(entry.assignment)}`;

/** The rules that a list of entries must keep; all problems together. */
async function check(session: WriteSession, sectionId: string, entries: readonly ScoreEntry[]): Promise<Map<string, Managed<Assignment>>> {
  if (entries.length === 0) throw OsssError.invalid([{ path: "input.entries", message: "Send at least one score." }]);
  const assignments = new Map((await session.list(Assignment, { id: [...new Set(entries.map((e) => e.assignment))], sectionId, archivedAt: null })).map((a) => [a.id, a]));
  const students = new Set((await roster(session, [sectionId])).map((r) => r.student_id));
  const seen = new Set<string>();
  const problems = entries.flatMap((entry, i): FieldProblem[] => {
    const at = `input.entries.${i}`;
    const assignment = assignments.get(entry.assignment);
    const twice = seen.has(keyOf(entry));
    seen.add(keyOf(entry));
    if (!assignment) return [{ path: `${at}.assignmentId`, message: "This is no assignment of the section. Check the id." }];
    if (!students.has(entry.studentId)) return [{ path: `${at}.studentId`, message: "This student is not and was not on the section's roster. Check the id." }];
    if (twice) return [{ path: at, message: "There are two entries for this student and assignment. Send one." }];
    if (entry.missing && (entry.points != null || entry.exempt)) return [{ path: `${at}.missing`, message: "Missing work has no points and is not exempt. Send one of the three." }];
    if (entry.points != null && !assignment.extraCredit && Exact.of(entry.points).compare(Exact.of(assignment.pointsPossible)) > 0) {
      return [{ path: `${at}.points`, message: `Send at most ${Number(assignment.pointsPossible)} points, or make the assignment extra credit.` }];
    }
    return [];
  });
  if (problems.length > 0) throw OsssError.invalid(problems);
  return assignments;
}

/** The scores that are there, under the versions that were read, and locked: also those that the caller reads but no longer writes. */
async function currentScores(session: WriteSession, entries: readonly ScoreEntry[]): Promise<Map<string, Managed<Score>>> {
  const asked = new Map(entries.map((e) => [keyOf(e), e]));
  const found = await session.list(Score, { studentId: [...new Set(entries.map((e) => e.studentId))], assignment: [...new Set(entries.map((e) => e.assignment))], archivedAt: null });
  const scores = found.filter((s) => asked.has(keyOf(s)));
  const stale = scores.filter((s) => asked.get(keyOf(s))!.version !== s.version);
  if (stale.length > 0) throw OsssError.stale("Score", { scores: stale.map(({ id, version, studentId, assignment, points, missing, late, exempt, comment }) => ({ id, version, studentId, assignmentId: idOf(assignment), points, missing, late, exempt, comment })) });
  const gone = entries.findIndex((e) => e.version != null && !scores.some((s) => keyOf(s) === keyOf(e)));
  if (gone >= 0) throw OsssError.invalid([{ path: `input.entries.${gone}.version`, message: "There is no score yet for this student and assignment. Leave the version out." }]);
  const writable = await session.ask(sql<{ id: string }>`SELECT id FROM grading.score WHERE id = ANY (${scores.map((s) => s.id)}::uuid[]) FOR UPDATE`);
  if (writable.length < scores.length) throw OsssError.forbidden("You may read some of these scores but no longer change them: the students left the section too long ago.");
  return new Map(scores.map((s) => [keyOf(s), s]));
}

function write(session: WriteSession, assignment: Managed<Assignment>, entry: ScoreEntry, score: Managed<Score> | undefined): void {
  const settled = entry.points != null || entry.exempt === true;
  const values = {
    points: entry.missing ? null : entry.points && Exact.of(entry.points).toDecimal(3), missing: entry.missing ?? (settled ? false : undefined), late: entry.late,
    exempt: entry.missing ? false : entry.exempt, comment: entry.comment,
  };
  if (score) return void session.update(score, values);
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  const made = session.create(Score, { ...given, studentId: entry.studentId, assignment: assignment.id, sectionId: assignment.sectionId, schoolId: assignment.schoolId, givenById: session.caller.identity.personId });
  if (entry.note) session.create(ScoreNote, { ...stampsOf(made), text: entry.note }, made.id);
}

const stampsOf = ({ studentId, sectionId, schoolId }: Score) => ({ studentId, sectionId, schoolId });

/** Notes of scores that were there already; a note that was taken away comes back under its old key. */
async function writeNotes(session: WriteSession, entries: readonly ScoreEntry[], scores: ReadonlyMap<string, Managed<Score>>): Promise<void> {
  const noted = entries.filter((e) => e.note !== undefined && scores.has(keyOf(e)));
  if (noted.length === 0) return;
  const notes = new Map((await session.list(ScoreNote, { id: noted.map((e) => scores.get(keyOf(e))!.id) })).map((n) => [n.id, n]));
  for (const entry of noted) {
    const score = scores.get(keyOf(entry))!;
    const note = notes.get(score.id);
    if (entry.note && note) session.update(note, { text: entry.note, archivedAt: null });
    else if (entry.note) session.create(ScoreNote, { ...stampsOf(score), text: entry.note }, score.id);
    else if (note && !note.archivedAt) session.archive(note);
  }
}
