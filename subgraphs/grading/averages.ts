import { sql } from "kysely";
import { grouped, type Asking } from "./asking.ts";
import { sectionAverage, type CategoryRule, type ScoredWork, type SectionAverage } from "./rules/section-average.ts";

export interface WorkRow {
  student_id: string;
  assignment_id: string;
  category_id: string;
  due_date: string;
  points_possible: string;
  extra_credit: boolean;
  counts: boolean;
  points: string | null;
  missing: boolean;
  exempt: boolean;
}

export const scoredWork = (row: WorkRow): ScoredWork => ({
  assignmentId: row.assignment_id,
  categoryId: row.category_id,
  dueDate: row.due_date,
  pointsPossible: row.points_possible,
  extraCredit: row.extra_credit,
  counts: row.counts,
  points: row.points,
  missing: row.missing,
  exempt: row.exempt,
});

export interface CategoryRow {
  id: string;
  section_id: string;
  title: string;
  weight: string;
  drop_lowest: number;
}

export const categoryRule = ({ id, weight, drop_lowest }: CategoryRow): CategoryRule => ({ id, weight, dropLowest: drop_lowest });

export async function categoriesOf(asking: Asking, sectionIds: readonly string[]): Promise<CategoryRow[]> {
  return asking.ask(sql<CategoryRow>`SELECT id, section_id, title, weight, drop_lowest FROM grading.assignment_category WHERE section_id = ANY (${[...sectionIds]}::uuid[]) AND archived_at IS NULL ORDER BY id`);
}

/** The average of each student who has a score in the section and period, whoever asks: she may post the section's marks. */
export async function averagesForPosting(asking: Asking, sectionId: string, periodId: string): Promise<Map<string, SectionAverage>> {
  const categories = (await categoriesOf(asking, [sectionId])).map(categoryRule);
  const rows = await asking.ask(sql<WorkRow>`SELECT * FROM lookup.grading_scored_work(${sectionId}::uuid, ${periodId}::uuid)`);
  return new Map([...grouped(rows, (r) => r.student_id)].map(([student, works]) => [student, sectionAverage(categories, works.map(scoredWork))]));
}
