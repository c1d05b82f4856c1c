import { sql } from "kysely";
import { computed } from "#foundation/crud/computed";
import { requireId } from "#foundation/crud/read";
import { Role } from "#foundation/identity/role";
import { Decimal, fieldOf, ForeignRef, Items, Text, Whole } from "#foundation/record/fields";
import { View } from "#foundation/record/view";
import { grouped } from "../asking.ts";
import { categoriesOf, categoryRule, scoredWork, type CategoryRow, type WorkRow } from "../averages.ts";
import { Section, Student } from "../foreign.ts";
import { markFor, shown } from "../rules/scale.ts";
import { sectionAverage } from "../rules/section-average.ts";
import { scalesFor, type LoadedScale } from "../scales.ts";
import { gradingPeriods, sectionFacts } from "../timetable.ts";

@View("A student's average in one kind of work of a section.")
export class CategoryAverage {
  @fieldOf("id", { description: "The category." }) categoryId!: string;
  @Text({ description: "Its name, e.g. \"Tests\"." }) title!: string;
  @Decimal({ description: "Its weight against the others." }) weight!: string;
  @Decimal({ description: "The points earned, extra credit included, after the lowest were dropped.", unit: "points" }) earned!: string;
  @Decimal({ description: "The points possible, without extra credit, after the lowest were dropped.", unit: "points" }) possible!: string;
  @Decimal({ description: "The average, to six decimals. Null while nothing was possible.", unit: "percent", optional: true }) percent!: string | null;
}

@View("A student's average in a section and grading period, over the scores that you may see: families see those of assignments that are not hidden.")
export class StudentSectionAverage {
  @ForeignRef(() => Section, { description: "The section." }) sectionId!: string;
  @Decimal({ description: "The average, to six decimals. Null while there is nothing to average.", unit: "percent", optional: true }) percent!: string | null;
  @Text({ description: "The average as people see it, rounded half up on the section's scale. Null without an average or a scale.", optional: true }) shown!: string | null;
  @Text({ description: "The mark that it reads as. Null without one.", optional: true }) mark!: string | null;
  @Whole({ description: "How many assignments are missing.", unit: "assignments" }) missing!: number;
  @Items(() => CategoryAverage, { description: "By kind of work." }) categories!: CategoryAverage[];
}

interface Row extends WorkRow {
  section_id: string;
}

export const studentSectionAverages = computed({
  on: Student,
  name: "sectionAverages",
  description: "The student's averages of a grading period, section by section, from the gradebooks as they are now. Posted marks are in `marks`.",
  roles: [Role.Student, Role.Parent, Role.Teacher, Role.Counselor, Role.CaseManager, Role.Principal, Role.AssistantPrincipal, Role.Superintendent],
  arguments: { gradingPeriodId: { type: "ID", description: "The grading period." } },
  returns: StudentSectionAverage,
  list: true,
  async resolve(call, ids, args) {
    const periodId = requireId(args.gradingPeriodId, "gradingPeriodId");
    const rows = await call.ask(sql<Row>`SELECT s.section_id, s.student_id, a.id AS assignment_id, a.category_id, a.due_date, a.points_possible, a.extra_credit, a.counts_in_average AS counts, s.points, s.missing, s.exempt
      FROM grading.score s JOIN grading.assignment a ON a.id = s.assignment_id AND a.archived_at IS NULL
      WHERE s.student_id = ANY (${[...ids]}::uuid[]) AND a.grading_period_id = ${periodId}::uuid AND s.archived_at IS NULL ORDER BY s.section_id`);
    const sectionIds = [...new Set(rows.map((r) => r.section_id))];
    const categories = grouped(await categoriesOf(call, sectionIds), (c) => c.section_id);
    const period = (await gradingPeriods(call, [periodId])).get(periodId);
    const scales = period ? await scalesFor(call, "MARKS", [...(await sectionFacts(call, sectionIds)).values()], period.first_day) : new Map<string, LoadedScale>();
    const mine = grouped(rows, (r) => r.student_id);
    return new Map(ids.map((id) => [id, [...grouped(mine.get(id) ?? [], (r) => r.section_id)].map(([section, works]) => averageView(section, works, categories.get(section) ?? [], scales.get(section)))]));
  },
});

function averageView(sectionId: string, works: readonly Row[], categories: readonly CategoryRow[], scale: LoadedScale | undefined): Record<string, unknown> {
  const average = sectionAverage(categories.map(categoryRule), works.map(scoredWork));
  return {
    section: { __typename: "Section", id: sectionId },
    percent: average.percent?.toDecimal(6) ?? null,
    shown: average.percent && scale ? shown(scale, average.percent) : null,
    mark: average.percent && scale ? (markFor(scale, average.percent)?.mark ?? null) : null,
    missing: works.filter((w) => w.missing).length,
    categories: average.categories.map((of, i) => ({
      categoryId: of.categoryId, title: categories[i]!.title, weight: categories[i]!.weight, earned: of.earned.toDecimal(3), possible: of.possible.toDecimal(3), percent: of.percent?.toDecimal(6) ?? null,
    })),
  };
}
