import { sql } from "kysely";
import { grouped, type Asking } from "./asking.ts";
import { Exact } from "./rules/exact.ts";
import { graduationProgress, type CreditLine, type Requirement } from "./rules/graduation.ts";
import { courseHistory, earnedCredits } from "./standing.ts";

export interface PlanProgress {
  planId: string;
  name: string;
  requirements: { requirementId: string; title: string; required: string; earned: string; inProgress: string; missing: string }[];
  required: string;
  earned: string;
  inProgress: string;
  missing: string;
}

interface PlanRow {
  student_id: string;
  id: string;
  name: string;
}

interface RequirementRow extends Omit<Requirement, "courseId" | "subjectId"> {
  plan_id: string;
  course_id: string | null;
  subject_id: string | null;
}

interface UnderWayRow {
  student_id: string;
  course_id: string;
  subject_id: string;
  credits: string;
}

/** How far students are in the plans that they follow on a day, as far as the asker may see them; without a plan: absent. */
export async function planProgress(asking: Asking, studentIds: readonly string[], day: string): Promise<Map<string, PlanProgress>> {
  const ids = [...studentIds];
  const plans = await asking.ask(sql<PlanRow>`SELECT f.student_id, p.id, p.name FROM grading.student_graduation_plan f JOIN grading.graduation_plan p ON p.id = f.plan_id
    WHERE f.student_id = ANY (${ids}::uuid[]) AND f.archived_at IS NULL AND f.from_date <= ${day}::date AND (f.to_date IS NULL OR f.to_date > ${day}::date)`);
  if (plans.length === 0) return new Map();
  const followers = plans.map((p) => p.student_id);
  const requirements = grouped(
    await asking.ask(sql<RequirementRow>`SELECT id, plan_id, title, credits, sequence, course_id, subject_id FROM grading.graduation_requirement WHERE plan_id = ANY (${plans.map((p) => p.id)}::uuid[]) AND archived_at IS NULL`),
    (r) => r.plan_id,
  );
  const history = await courseHistory(asking, followers);
  const underWay = grouped(await asking.ask(sql<UnderWayRow>`SELECT * FROM lookup.grading_under_way(${followers}::uuid[])`), (r) => r.student_id);
  return new Map(
    plans.map((plan) => {
      const asked = (requirements.get(plan.id) ?? []).map((r): Requirement => ({ ...r, courseId: r.course_id, subjectId: r.subject_id }));
      const current = (underWay.get(plan.student_id) ?? []).map((r): CreditLine => ({ courseId: r.course_id, subjectId: r.subject_id, credits: Exact.of(r.credits) }));
      return [plan.student_id, shown(plan, graduationProgress(asked, earnedCredits(history.get(plan.student_id) ?? []), current))];
    }),
  );
}

function shown(plan: PlanRow, progress: ReturnType<typeof graduationProgress>): PlanProgress {
  const total = (of: "earned" | "inProgress" | "missing") => Exact.sum(progress.map((p) => p[of])).toDecimal(3);
  return {
    planId: plan.id, name: plan.name,
    requirements: progress.map(({ requirement, earned, inProgress, missing }) => ({
      requirementId: requirement.id, title: requirement.title, required: Exact.of(requirement.credits).toDecimal(3), earned: earned.toDecimal(3), inProgress: inProgress.toDecimal(3), missing: missing.toDecimal(3),
    })),
    required: Exact.sum(progress.map((p) => Exact.of(p.requirement.credits))).toDecimal(3), earned: total("earned"), inProgress: total("inProgress"), missing: total("missing"),
  };
}
