import { sql } from "kysely";
import { computed } from "#foundation/crud/computed";
import { requireId } from "#foundation/crud/read";
import { OsssError } from "#foundation/errors/errors";
import { by, grouped } from "../asking.ts";
import { categoriesOf, categoryRule, scoredWork, type CategoryRow } from "../averages.ts";
import { Section } from "../foreign.ts";
import { gradebookReaders, gradebooksOf, taughtBy } from "../reach.ts";
import { markFor, shown } from "../rules/scale.ts";
import { sectionAverage } from "../rules/section-average.ts";
import { scalesFor, type LoadedScale } from "../scales.ts";
import { during, gradingPeriods, roster, sectionFacts } from "../timetable.ts";
import { Gradebook } from "./gradebook-view.ts";

export interface AssignmentRow {
  id: string;
  section_id: string;
  category_id: string;
  title: string;
  assigned_date: string;
  due_date: string;
  points_possible: string;
  extra_credit: boolean;
  counts_in_average: boolean;
  hidden: boolean;
  version: number;
}

interface ScoreRow {
  id: string;
  version: number;
  section_id: string;
  student_id: string;
  assignment_id: string;
  points: string | null;
  missing: boolean;
  late: boolean;
  exempt: boolean;
  comment: string | null;
}

interface MarkRow {
  id: string;
  version: number;
  section_id: string;
  student_id: string;
  mark: string;
  status: string;
}

export const sectionGradebook = computed({
  on: Section,
  name: "gradebook",
  description: "The gradebook of a grading period: who was on the roster in it, by name, with scores, averages and the marks that posting would give now. For the section's teachers, and the principal, assistant principal and counselors of its school. A teacher's shows the students who are hers to grade: not her own child, nor who left longer ago than the days of lag.",
  roles: gradebookReaders,
  arguments: { gradingPeriodId: { type: "ID", description: "The grading period." } },
  returns: Gradebook,
  async resolve(call, ids, { gradingPeriodId }) {
    const periodId = requireId(gradingPeriodId, "gradingPeriodId");
    const facts = await sectionFacts(call, ids);
    const read = await gradebooksOf(call, [...facts.values()]);
    const open = [...read.keys()];
    const period = (await gradingPeriods(call, [periodId])).get(periodId);
    if (!period) throw OsssError.invalid([{ path: "gradingPeriodId", message: "There is no such grading period. Check the id." }]);
    const [assignments, scores, marks] = [
      grouped(await call.ask(sql<AssignmentRow>`SELECT id, section_id, category_id, title, assigned_date, due_date, points_possible, extra_credit, counts_in_average, hidden, version FROM grading.assignment
        WHERE section_id = ANY (${open}::uuid[]) AND grading_period_id = ${periodId}::uuid AND archived_at IS NULL ORDER BY due_date, id`), (r) => r.section_id),
      grouped(await call.ask(sql<ScoreRow>`SELECT s.id, s.version, s.section_id, s.student_id, s.assignment_id, s.points, s.missing, s.late, s.exempt, s.comment FROM grading.score s
        WHERE s.section_id = ANY (${open}::uuid[]) AND s.archived_at IS NULL AND s.assignment_id IN (SELECT a.id FROM grading.assignment a WHERE a.section_id = ANY (${open}::uuid[]) AND a.grading_period_id = ${periodId}::uuid AND a.archived_at IS NULL)`), (r) => r.section_id),
      grouped(await call.ask(sql<MarkRow>`SELECT id, version, section_id, student_id, mark, status FROM grading.mark
        WHERE section_id = ANY (${open}::uuid[]) AND grading_period_id = ${periodId}::uuid AND kind = 'PERIOD' AND archived_at IS NULL`), (r) => r.section_id),
    ];
    const categories = grouped(await categoriesOf(call, open), (c) => c.section_id);
    const of = <T>(rows: Map<string, T[]>, id: string): T[] => rows.get(id) ?? [];
    const rosters = grouped(await roster(call, open), (r) => r.section_id);
    const scales = await scalesFor(call, "MARKS", open.map((id) => facts.get(id)!), period.first_day);
    const taught = await taughtBy(call, [...new Set(open.filter((id) => read.get(id) === "taught").flatMap((id) => of(rosters, id).map((r) => r.student_id)))]);
    return new Map(ids.map((id): [string, unknown] => {
      if (!read.has(id)) return [id, OsssError.forbidden("Only the section's teachers and the office of its school read its gradebook.")];
      return [id, gradebook({ students: during(of(rosters, id), period).filter((student) => read.get(id) === "whole" || taught.has(student)), assignments: of(assignments, id), categories: of(categories, id), scores: of(scores, id), marks: of(marks, id), scale: scales.get(id) })];
    }));
  },
});

interface Page {
  students: readonly string[];
  assignments: readonly AssignmentRow[];
  categories: readonly CategoryRow[];
  scores: readonly ScoreRow[];
  marks: readonly MarkRow[];
  scale: LoadedScale | undefined;
}

function gradebook({ students, assignments, categories, scores, marks, scale }: Page): Record<string, unknown> {
  const byStudent = grouped(scores, (s) => s.student_id);
  const posted = by(marks, "student_id");
  const work = by(assignments, "id");
  const rules = categories.map(categoryRule);
  return {
    categories: categories.map((c) => ({ id: c.id, title: c.title, weight: c.weight, dropLowest: c.drop_lowest })),
    assignments: assignments.map((a) => ({
      id: a.id, version: a.version, categoryId: a.category_id, title: a.title, assignedDate: a.assigned_date, dueDate: a.due_date, pointsPossible: a.points_possible,
      extraCredit: a.extra_credit, countsInAverage: a.counts_in_average, hidden: a.hidden,
    })),
    rows: students.map((student) => {
      const mine = byStudent.get(student) ?? [];
      const average = sectionAverage(rules, mine.map((s) => scoredWork({ ...work.get(s.assignment_id)!, ...s, counts: work.get(s.assignment_id)!.counts_in_average })));
      const dropped = new Set(average.categories.flatMap((c) => c.dropped));
      const mark = posted.get(student);
      return {
        student: { __typename: "Student", id: student },
        percent: average.percent?.toDecimal(6) ?? null,
        shown: average.percent && scale ? shown(scale, average.percent) : null,
        proposed: average.percent && scale ? (markFor(scale, average.percent)?.mark ?? null) : null,
        posted: mark ? { id: mark.id, version: mark.version, mark: mark.mark, incomplete: mark.status === "INCOMPLETE" } : null,
        categories: average.categories.map((c) => ({ categoryId: c.categoryId, percent: c.percent?.toDecimal(6) ?? null })),
        scores: mine.map((s) => ({ id: s.id, version: s.version, assignmentId: s.assignment_id, points: s.points, missing: s.missing, late: s.late, exempt: s.exempt, comment: s.comment, dropped: dropped.has(s.assignment_id) })),
      };
    }),
  };
}
