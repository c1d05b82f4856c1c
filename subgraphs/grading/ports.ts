import { sql } from "kysely";
import type { Managed, WriteSession } from "#foundation/crud/write";
import type { DistrictRecord } from "#foundation/record/record";
import { AssignmentCategory } from "./entities/assignment-category.ts";
import { Assignment } from "./entities/assignment.ts";
import { CommentBankEntry } from "./entities/comment-bank-entry.ts";
import { CourseHistory } from "./entities/course-history.ts";
import { GpaPolicyPoint } from "./entities/gpa-policy-point.ts";
import { GpaPolicyWeight } from "./entities/gpa-policy-weight.ts";
import { GpaPolicy } from "./entities/gpa-policy.ts";
import { GradingScaleMark } from "./entities/grading-scale-mark.ts";
import { GradingScale } from "./entities/grading-scale.ts";
import { GradingWindow } from "./entities/grading-window.ts";
import { GraduationPlan } from "./entities/graduation-plan.ts";
import { GraduationRequirement } from "./entities/graduation-requirement.ts";
import { HonorRollLevel } from "./entities/honor-roll-level.ts";
import { HonorRollPolicy } from "./entities/honor-roll-policy.ts";
import { IssuedDocument } from "./entities/issued-document.ts";
import { MarkChange } from "./entities/mark-change.ts";
import { MarkComment } from "./entities/mark-comment.ts";
import { Mark } from "./entities/mark.ts";
import { RankPolicy } from "./entities/rank-policy.ts";
import { ScaleUse } from "./entities/scale-use.ts";
import { ScoreNote } from "./entities/score-note.ts";
import { Score } from "./entities/score.ts";
import { StandardMark } from "./entities/standard-mark.ts";
import { Standard } from "./entities/standard.ts";
import { StudentGraduationPlan } from "./entities/student-graduation-plan.ts";
import { TermFormulaPart } from "./entities/term-formula-part.ts";
import { TermFormula } from "./entities/term-formula.ts";
import { WorkHabitMark } from "./entities/work-habit-mark.ts";
import { WorkHabit } from "./entities/work-habit.ts";
import { markOutdated } from "./mark-changes.ts";
import { scalesFor, type LoadedScale } from "./scales.ts";

/** The rules by which marks, credits and documents follow from what stands in the gradebook, for a seed that makes what operations would. */
export { reportCards } from "./documents/report-card.ts";
export { transcript } from "./documents/transcript.ts";
export { incompleteMark } from "./mark-changes.ts";
export { holdRecords } from "./record-lock.ts";
export { creditsOfPart } from "./rules/credits.ts";
export { Exact } from "./rules/exact.ts";
export { markFor, type Scale } from "./rules/scale.ts";
export { sectionAverage, type CategoryRule, type ScoredWork } from "./rules/section-average.ts";
export { termPercent } from "./rules/term-formula.ts";

/** Values of a record by field, references as ids. Fields with a default may be left out. */
type Given<T> = Readonly<Partial<Omit<T, keyof DistrictRecord>>>;

export type { CourseHistory };

/*
 * What the orchestrators may do with grading, inside a transaction of their own, as the domain's elevated role. Each `add` returns the id,
 * which is `id` where one is given. The caller has checked its rule; constraints hold at the next flush. A mark that is added here is as good
 * as posted: nobody computes it, and no window is asked.
 */

export const addAssignmentCategory = (session: WriteSession, values: Given<AssignmentCategory>, id?: string): string => session.create(AssignmentCategory, values, id).id;
export const addAssignment = (session: WriteSession, values: Given<Assignment>, id?: string): string => session.create(Assignment, values, id).id;
export const addScore = (session: WriteSession, values: Given<Score>, id?: string): string => session.create(Score, values, id).id;
export const addMark = (session: WriteSession, values: Given<Mark>, id?: string): string => session.create(Mark, values, id).id;
export const addCourseHistory = (session: WriteSession, values: Given<CourseHistory>, id?: string): string => session.create(CourseHistory, values, id).id;
export const addGradingWindow = (session: WriteSession, values: Given<GradingWindow>, id?: string): string => session.create(GradingWindow, values, id).id;

/** Finished courses of these students, or with these ids, that are not archived. Whoever changes them calls `holdRecords` first. */
export const courseHistoriesOf = (session: WriteSession, studentIds: readonly string[]): Promise<Managed<CourseHistory>[]> => session.list(CourseHistory, { studentId: [...studentIds], archivedAt: null });
export const courseHistoriesById = (session: WriteSession, ids: readonly string[]): Promise<Managed<CourseHistory>[]> => session.list(CourseHistory, { id: [...ids], archivedAt: null });
/** An entry that follows a posted mark is not changed here. `courseHistoryChanged` comes after it. */
export const changeCourseHistory = (session: WriteSession, record: Managed<CourseHistory>, values: Given<CourseHistory>): void => void session.update(record, values);
/** Issued documents that show the entry are marked as outdated: their ids. */
export const courseHistoryChanged = (session: WriteSession, record: Managed<CourseHistory>): Promise<string[]> => markOutdated(session, record.studentId, [record.id], `The entry of ${record.courseTitle} was corrected.`);
export const archiveCourseHistory = (session: WriteSession, record: Managed<CourseHistory>): void => void session.archive(record);

/** The scale by which a course is marked at a school on a day; null where none is in use. A null course is none of the catalog. */
export async function scaleInUse(session: WriteSession, schoolId: string, courseId: string | null, day: string): Promise<LoadedScale | null> {
  return (await scalesFor(session, "MARKS", [{ id: "", school_id: schoolId, course_id: courseId ?? "" }], day)).get("") ?? null;
}

export const addScoreNote = (session: WriteSession, score: Managed<Score>, text: string): string =>
  session.create(ScoreNote, { studentId: score.studentId, sectionId: score.sectionId, schoolId: score.schoolId, text }, score.id).id;

export type { Assignment, AssignmentCategory, Score, ScoreNote };
type Found<T> = Promise<Managed<T>[]>;

/** The kinds of work of these sections, and assignments, scores and notes with these ids, archived ones included; scores of these students for these assignments. */
export const categoriesOf = (session: WriteSession, sectionIds: readonly string[]): Found<AssignmentCategory> => session.list(AssignmentCategory, { sectionId: [...sectionIds], archivedAt: null });
export const assignmentsById = (session: WriteSession, ids: readonly string[]): Found<Assignment> => session.list(Assignment, { id: [...ids] });
export const scoresById = (session: WriteSession, ids: readonly string[]): Found<Score> => session.list(Score, { id: [...ids] });
export const scoresOf = (session: WriteSession, assignmentIds: readonly string[], studentIds: readonly string[]): Found<Score> => session.list(Score, { assignment: [...assignmentIds], studentId: [...studentIds], archivedAt: null });
export const scoresOfAssignments = (session: WriteSession, assignmentIds: readonly string[]): Found<Score> => session.list(Score, { assignment: [...assignmentIds], archivedAt: null });
export const scoreNotesById = (session: WriteSession, ids: readonly string[]): Found<ScoreNote> => session.list(ScoreNote, { id: [...ids] });

/** Changes what differs; the version stays when nothing does. */
export const changeCategory = (session: WriteSession, record: Managed<AssignmentCategory>, values: Given<AssignmentCategory>): void => void session.update(record, values);
export const changeAssignment = (session: WriteSession, record: Managed<Assignment>, values: Given<Assignment> & { archivedAt?: null }): void => void session.update(record, values);
export const changeScore = (session: WriteSession, record: Managed<Score>, values: Given<Score> & { archivedAt?: null }): void => void session.update(record, values);
export const changeScoreNote = (session: WriteSession, record: Managed<ScoreNote>, values: { text?: string; archivedAt?: null }): void => void session.update(record, values);
export const archiveAssignment = (session: WriteSession, record: Managed<Assignment>): void => void session.archive(record);
export const archiveScore = (session: WriteSession, record: Managed<Score>): void => void session.archive(record);
export const archiveScoreNote = (session: WriteSession, record: Managed<ScoreNote>): void => void session.archive(record);

/** What grading holds about a student at a school that lies on or after a day, and how much of it. */
export interface GradesLeft {
  count: number;
  /** The first and the last of the days. */
  firstDay: string | null;
  lastDay: string | null;
}

/**
 * Scores of work that was due on or after a day, at one school where it is named: what a withdrawal dated back would leave outside. They are
 * kept, for whoever withdraws to see before it is done.
 */
export async function scoresAfter(session: WriteSession, studentId: string, day: string, schoolId?: string): Promise<GradesLeft> {
  const [left] = await session.ask(sql<GradesLeft>`SELECT count(*)::int AS count, min(a.due_date) AS "firstDay", max(a.due_date) AS "lastDay" FROM grading.score s JOIN grading.assignment a ON a.id = s.assignment_id AND a.archived_at IS NULL
    WHERE s.student_id = ${studentId}::uuid AND a.due_date >= ${day}::date AND s.archived_at IS NULL ${schoolId ? sql`AND s.school_id = ${schoolId}::uuid` : sql``}`);
  return left!;
}

/** Marks that were posted on or after a day, of standards and work habits too. They stand, and may have to be looked at. */
export async function marksAfter(session: WriteSession, studentId: string, day: string, schoolId?: string): Promise<GradesLeft> {
  const at = sql`student_id = ${studentId}::uuid AND archived_at IS NULL ${schoolId ? sql`AND school_id = ${schoolId}::uuid` : sql``}`;
  const [left] = await session.ask(sql<GradesLeft>`SELECT count(*)::int AS count, min(day) AS "firstDay", max(day) AS "lastDay" FROM (
      SELECT posted_on AS day FROM grading.mark WHERE ${at}
      UNION ALL SELECT posted_on FROM grading.standard_mark WHERE ${at}
      UNION ALL SELECT posted_on FROM grading.work_habit_mark WHERE ${at}) posted WHERE day >= ${day}::date`);
  return left!;
}

const loadable = {
  GradingScale, GradingScaleMark, ScaleUse, GpaPolicy, GpaPolicyPoint, GpaPolicyWeight, HonorRollPolicy, HonorRollLevel, RankPolicy, GraduationPlan, GraduationRequirement,
  CommentBankEntry, Standard, WorkHabit, GradingWindow, TermFormula, TermFormulaPart, AssignmentCategory, Assignment, Score, ScoreNote,
  Mark, MarkChange, MarkComment, StandardMark, WorkHabitMark, CourseHistory, StudentGraduationPlan, IssuedDocument,
};
/** What may be loaded in bulk, by record: values by field, references as ids, each with its own id. */
export type Loadable = { [K in keyof typeof loadable]: Given<InstanceType<(typeof loadable)[K]>> & { id: string } };
/** The order in which the kinds are loaded, so that each finds what it refers to. */
export const loadOrder = Object.keys(loadable) as (keyof Loadable)[];
/** Adds many records of a kind at once, as seeds do; the audit log counts them. */
export const load = <K extends keyof Loadable>(session: WriteSession, kind: K, rows: readonly Loadable[K][]): Promise<void> => session.load<object>(loadable[kind], rows);
