import { sql } from "kysely";
import { grouped, type Asking } from "./asking.ts";
import { rankPolicy, type LoadedGpaPolicy } from "./policies.ts";
import { Exact, larger } from "./rules/exact.ts";
import { gpaOf, shownGpa, type CourseLine } from "./rules/gpa.ts";
import type { CreditLine } from "./rules/graduation.ts";
import { ranksOf, type Ranked } from "./rules/rank.ts";
import { attemptsOf } from "./rules/repeats.ts";

/** A finished course as the record has it. */
export interface HistoryRow {
  id: string;
  student_id: string;
  school_id: string;
  transfer_school: string | null;
  course_id: string | null;
  course_code: string;
  course_title: string;
  subject_id: string | null;
  course_level_id: string | null;
  grade_level_id: string | null;
  school_year_name: string;
  term_name: string;
  ended_on: string;
  mark_kind: string;
  mark: string;
  credits_attempted: string;
  credits_earned: string;
  counts_in_gpa: boolean;
  repeats_id: string | null;
}

/** The finished courses of students, in the order of the years, as far as the asker may see them. */
export async function courseHistory(asking: Asking, studentIds: readonly string[]): Promise<Map<string, HistoryRow[]>> {
  const rows = await asking.ask(sql<HistoryRow>`SELECT id, student_id, school_id, transfer_school, course_id, course_code, course_title, subject_id, course_level_id, grade_level_id,
      school_year_name, term_name, ended_on, mark_kind, mark, credits_attempted, credits_earned, counts_in_gpa, repeats_id
    FROM grading.course_history WHERE student_id = ANY (${[...studentIds]}::uuid[]) AND archived_at IS NULL ORDER BY ended_on, course_code, id`);
  return grouped(rows, (r) => r.student_id);
}

export const courseLine = (row: HistoryRow): CourseLine => ({
  id: row.id, repeats: row.repeats_id, mark: row.mark, credits: row.credits_attempted, levelId: row.course_level_id, kind: row.mark_kind, transfer: row.transfer_school !== null,
  counts: row.counts_in_gpa, when: row.ended_on,
});

/** Credits earned, an attempt and its repeats once: the most that one of them earned. */
export function earnedCredits(rows: readonly HistoryRow[]): CreditLine[] {
  const attempts = attemptsOf(rows.map((row) => ({ row, id: row.id, repeats: row.repeats_id, when: row.ended_on })));
  return attempts.map((group) => {
    const last = group.at(-1)!.row;
    return { courseId: last.course_id, subjectId: last.subject_id, credits: group.map(({ row }) => Exact.of(row.credits_earned)).reduce(larger) };
  });
}

export interface StandingGpa {
  policyId: string;
  policy: string;
  weighted: string | null;
  unweighted: string | null;
  credits: string;
}

/** The averages of a record under a policy, as the policy shows them. */
export function gpaUnder({ id, name, rule }: LoadedGpaPolicy, lines: readonly CourseLine[]): StandingGpa {
  const { weighted, unweighted, credits } = gpaOf(rule, lines);
  return { policyId: id, policy: name, weighted: weighted && shownGpa(rule, weighted), unweighted: unweighted && shownGpa(rule, unweighted), credits: credits.toDecimal(3) };
}

interface CohortRow {
  student_id: string;
  school_id: string;
  grade_level_id: string;
  grade_level: string;
}

interface CohortHistoryRow {
  id: string;
  student_id: string;
  school_id: string;
  repeats_id: string | null;
  mark: string;
  credits: string;
  course_level_id: string | null;
  mark_kind: string;
  transfer: boolean;
  counts_in_gpa: boolean;
  ended_on: string;
  term: string;
}

export interface StandingRank {
  rank: number;
  outOf: number;
  schoolId: string;
  gradeLevelId: string;
  gradeLevel: string;
  weighted: boolean;
}

/**
 * The ranks of students in their cohorts: those of the same grade level at the same school today. Computed over whole cohorts past the row
 * rules; the caller of this function tells each rank only to those who may know that student's. Without rank: absent.
 */
export async function ranksFor(asking: Asking, policy: LoadedGpaPolicy, studentIds: readonly string[], day: string): Promise<Map<string, StandingRank>> {
  const placed = await asking.ask(sql<CohortRow>`SELECT * FROM lookup.grading_cohorts_of(${[...studentIds]}::uuid[])`);
  const found = new Map<string, StandingRank>();
  for (const members of grouped(placed, (p) => `${p.school_id} ${p.grade_level_id}`).values()) {
    const { school_id: schoolId, grade_level_id: gradeLevelId, grade_level: gradeLevel } = members[0]!;
    const { enabled, weighted, ...rule } = await rankPolicy(asking, schoolId, day);
    if (!enabled) continue;
    const rows = await asking.ask(sql<CohortHistoryRow>`SELECT * FROM lookup.grading_cohort_history(${schoolId}::uuid, ${gradeLevelId}::uuid)`);
    const cohort = [...grouped(rows, (r) => r.student_id)].map(([studentId, history]): Ranked => {
      const gpa = gpaUnder(policy, history.map(cohortLine));
      const here = history.filter((r) => r.school_id === schoolId && !r.transfer);
      return { studentId, gpa: weighted ? gpa.weighted : gpa.unweighted, termsHere: new Set(here.map((r) => r.term)).size, creditsHere: Exact.sum(here.map((r) => Exact.of(r.credits))) };
    });
    const { ranks, outOf } = ranksOf(rule, cohort);
    for (const { student_id } of members) {
      const rank = ranks.get(student_id);
      if (rank !== undefined) found.set(student_id, { rank, outOf, schoolId, gradeLevelId, gradeLevel, weighted });
    }
  }
  return found;
}

const cohortLine = (row: CohortHistoryRow): CourseLine => ({
  id: row.id, repeats: row.repeats_id, mark: row.mark, credits: row.credits, levelId: row.course_level_id, kind: row.mark_kind, transfer: row.transfer, counts: row.counts_in_gpa, when: row.ended_on,
});

interface PeriodMarkRow {
  id: string;
  student_id: string;
  section_id: string;
  mark: string;
  status: "POSTED" | "INCOMPLETE";
  counts_in_gpa: boolean | null;
  credits: string;
  level_id: string | null;
}

export interface PeriodStanding {
  lines: CourseLine[];
  incompletes: number;
}

/** What a course weighs in a period's average: its credits, or the same as every other where none has credits, as in middle schools. */
const weight = (marks: readonly PeriodMarkRow[], mark: PeriodMarkRow): string => (marks.every((m) => Exact.of(m.credits).isZero) ? "1" : mark.credits);

/** Each student's marks of a grading period at a school as courses of an average, as far as the asker may see them. */
export async function periodStandings(asking: Asking, schoolId: string, periodId: string, studentIds: readonly string[] | null = null): Promise<Map<string, PeriodStanding>> {
  const rows = await asking.ask(sql<PeriodMarkRow>`SELECT m.id, m.student_id, m.section_id, m.mark, m.status, s.counts_in_gpa, f.credits, f.level_id
    FROM grading.mark m LEFT JOIN grading.grading_scale_mark s ON s.scale_id = m.scale_id AND s.mark = m.mark AND s.archived_at IS NULL
      JOIN lookup.grading_sections(ARRAY(SELECT DISTINCT x.section_id FROM grading.mark x WHERE x.school_id = ${schoolId}::uuid AND x.grading_period_id = ${periodId}::uuid AND x.archived_at IS NULL)) f ON f.id = m.section_id
    WHERE m.school_id = ${schoolId}::uuid AND m.grading_period_id = ${periodId}::uuid AND m.kind = 'PERIOD' AND m.archived_at IS NULL
      AND (${studentIds === null} OR m.student_id = ANY (${[...(studentIds ?? [])]}::uuid[])) ORDER BY m.student_id, m.id`);
  return new Map(
    [...grouped(rows, (r) => r.student_id)].map(([student, marks]) => [
      student,
      {
        lines: marks.filter((m) => m.status === "POSTED").map((m): CourseLine => ({ id: m.id, repeats: null, mark: m.mark, credits: weight(marks, m), levelId: m.level_id, kind: "PERIOD", transfer: false, counts: m.counts_in_gpa ?? false, when: "" })),
        incompletes: marks.filter((m) => m.status === "INCOMPLETE").length,
      },
    ]),
  );
}
