import { sql } from "kysely";
import type { AcrossDomains } from "#foundation/crud/across-domains";
import { relationCall } from "#foundation/access/declare-relation";
import { atSchool, district } from "#foundation/access/relations";
import { acrossMutation } from "#foundation/crud/operation";
import { OsssError, type FieldProblem } from "#foundation/errors/errors";
import { Role } from "#foundation/identity/role";
import { Choice, ForeignRef, Ids, Items } from "#foundation/record/fields";
import { NextYearPlacement, PlacementAction } from "../entities/next-year-placement.ts";
import { GradeLevel, School, SchoolYear, Student } from "../foreign.ts";
import { defaultPlacement, nextGrade, teaches, type Default, type Placement } from "./default-placement.ts";
import { gradedDistrict, yearPair, type GradedDistrict } from "./next-year.ts";
import { yearEndStudents, type YearEndStudent } from "./year-end.ts";

export class StudentPlacementInput {
  @ForeignRef(() => Student, { description: "The student." }) studentId!: string;
  @Choice(PlacementAction, { description: "What becomes of the student." }) action!: PlacementAction;
  @ForeignRef(() => School, { description: "The school of the next year. Left out: where the next grade level is taught, as the schools' settings say; for a retained student the same school.", optional: true }) nextSchoolId?: string | null;
  @ForeignRef(() => GradeLevel, { description: "The grade level of the next year. Left out: the next in the district's order; for a retained student the same.", optional: true }) nextGradeLevelId?: string | null;
}

export class PlanNextYearInput {
  @ForeignRef(() => SchoolYear, { description: "The school year that the students finish." }) schoolYearId!: string;
  @Items(() => StudentPlacementInput, { description: "What becomes of which student; a placement that there is already is changed.", optional: true }) placements?: StudentPlacementInput[];
  @Ids({ description: "Students whose placement is taken back.", optional: true }) clear?: string[] | null;
}

/** Who plans for the students of a school. */
export const planners = [Role.Principal, Role.AssistantPrincipal, Role.Counselor, Role.Registrar];

export const planNextYear = acrossMutation<PlanNextYearInput>({
  name: "planNextYear",
  description: "Sets for students, one by one, what becomes of them when the school year ends: promotion, retention, graduation or leaving, with the next school and grade level. The rollover carries it out. For up to 1,000 students of the caller's school at once, all or none; by its principal, counselor or registrar, or the district's registrar.",
  roles: planners,
  input: PlanNextYearInput,
  shows: NextYearPlacement,
  async run(across, input) {
    const wanted = input.placements ?? [];
    const ids = [...wanted.map(({ studentId }) => studentId), ...(input.clear ?? [])];
    if (ids.length === 0) throw OsssError.invalid([{ path: "input.placements", message: "Name at least one student." }]);
    if (new Set(ids).size < ids.length) throw OsssError.invalid([{ path: "input.placements", message: "Name each student once." }]);
    await requirePlannerOf(across, ids);
    const { from, to } = await yearPair(across, input.schoolYearId);
    const order = await gradedDistrict(across);
    return across.in("rostering", async (session) => {
      await session.serialize(`next year ${from.id}`);
      const enrolled = new Map((await session.ask(yearEndStudents(from.id, to, { students: ids }))).map((each) => [each.studentId, each]));
      const problems: FieldProblem[] = [];
      const placed = wanted.map((each, i) => place(each, enrolled.get(each.studentId), order, `input.placements.${i}`, problems));
      if (problems.length > 0) throw OsssError.invalid(problems);
      const present = new Map((await session.list(NextYearPlacement, { schoolYearId: from.id, studentId: ids, archivedAt: null })).map((row) => [row.studentId, row]));
      const first = wanted.map(({ studentId }, i) => {
        const known = present.get(studentId);
        return known ? session.update(known, placed[i]!) : session.create(NextYearPlacement, { studentId, schoolYearId: from.id, ...placed[i]! });
      })[0];
      const cleared = (input.clear ?? []).flatMap((id) => present.get(id) ?? []);
      for (const row of cleared) session.archive(row);
      const shown = first ?? cleared[0];
      if (!shown) throw OsssError.conflict("None of these students has a placement to take back.");
      return { id: shown.id };
    });
  },
});

/** @throws OsssError FORBIDDEN unless all are students of a school where the caller plans, or the caller is the district's registrar. */
async function requirePlannerOf(across: AcrossDomains, ids: readonly string[]): Promise<void> {
  await across.in("rostering", async (session) => {
    if (await session.holds(district, null, [Role.Registrar])) return;
    const [row] = await session.ask(sql<{ strangers: number }>`SELECT count(*)::int AS strangers FROM unnest(${ids}::uuid[]) AS u(id) WHERE u.id NOT IN (SELECT ${relationCall(atSchool, "student", planners)})`);
    if (row!.strangers > 0) throw OsssError.forbidden(`${row!.strangers} of these students ${row!.strangers === 1 ? "is" : "are"} not of a school where you plan the next year.`);
  });
}

/** The placement that was asked for, completed from the order of grades. Problems are noted under the path. */
export function place(wanted: StudentPlacementInput, student: YearEndStudent | undefined, order: GradedDistrict, path: string, problems: FieldProblem[]): Placement | null {
  const problem = (message: string, field = "") => (problems.push({ path: `${path}${field}`, message }), null);
  if (!student) return problem("The student is not enrolled to the end of that school year.");
  const { action } = wanted;
  if (action === "GRADUATE" || action === "LEAVE") {
    if (wanted.nextSchoolId || wanted.nextGradeLevelId) return problem("Who graduates or leaves has no next school or grade level. Leave both out.");
    return { action, nextSchoolId: null, nextGradeLevelId: null };
  }
  const current = order.grades.find(({ id }) => id === student.gradeLevelId) ?? null;
  const grade = wanted.nextGradeLevelId ? order.grades.find(({ id }) => id === wanted.nextGradeLevelId) : current && (action === "RETAIN" ? current : nextGrade(order.grades, current));
  if (grade === undefined) return problem("There is no such grade level in the district.", ".nextGradeLevelId");
  if (grade === null) return problem(current ? "There is no grade level after the student's. Choose GRADUATE, or name one." : "The student's grade level is not known. Name the next one.", ".nextGradeLevelId");
  if (current && action === "PROMOTE" && grade.sequence <= current.sequence) return problem(`${grade.title} does not come after ${current.title}. Choose RETAIN, or a later grade level.`, ".nextGradeLevelId");
  if (current && action === "RETAIN" && grade.id !== current.id) return problem(`A retained student repeats ${current.title}. Choose PROMOTE for another grade level.`, ".nextGradeLevelId");
  const own = order.schools.find(({ id }) => id === student.schoolId);
  const school = wanted.nextSchoolId ? order.schools.find(({ id }) => id === wanted.nextSchoolId) : own && (action === "RETAIN" || teaches(own, grade)) ? own : feeder(student, own, current, order);
  if (!school) return problem(wanted.nextSchoolId ? "There is no such school in the district." : `The student's school does not teach ${grade.title}. Say which school is next.`, ".nextSchoolId");
  return { action, nextSchoolId: school.id, nextGradeLevelId: grade.id };
}

function feeder(student: YearEndStudent, own: GradedDistrict["schools"][number] | undefined, grade: GradedDistrict["grades"][number] | null, order: GradedDistrict) {
  const found: Default | null = own ? defaultPlacement({ school: own, grade }, order.grades, order.schools) : null;
  return found && "nextSchoolId" in found ? order.schools.find(({ id }) => id === found.nextSchoolId && id !== student.schoolId) : undefined;
}
