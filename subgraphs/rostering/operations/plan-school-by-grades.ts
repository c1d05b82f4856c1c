import { atSchool } from "#foundation/access/relations";
import { acrossMutation } from "#foundation/crud/operation";
import { OsssError } from "#foundation/errors/errors";
import { ForeignRef, Ids } from "#foundation/record/fields";
import { NextYearPlacement } from "../entities/next-year-placement.ts";
import { School, SchoolYear } from "../foreign.ts";
import { defaultPlacement } from "./default-placement.ts";
import { gradedDistrict, yearPair } from "./next-year.ts";
import { planners } from "./plan-next-year.ts";
import { yearEndStudents } from "./year-end.ts";

export class PlanSchoolByGradesInput {
  @ForeignRef(() => SchoolYear, { description: "The school year that the students finish." }) schoolYearId!: string;
  @ForeignRef(() => School, { description: "The school whose students are planned for." }) schoolId!: string;
  @Ids({ description: "Only students of these grade levels. Left out: of all.", optional: true }) gradeLevelIds?: string[] | null;
  @ForeignRef(() => School, { description: "Where those go whose next grade level this school does not teach. Left out: the only other school that teaches it.", optional: true }) nextSchoolId?: string | null;
}

export const planSchoolByGrades = acrossMutation<PlanSchoolByGradesInput>({
  name: "planSchoolByGrades",
  description: "Plans the next year for all students of a school who have no placement yet, by the order of grade levels: everybody moves up one, beyond the school's last grade to the next school, after the last grade of all they graduate. Change the exceptions with planNextYear, before or after. By the school's principal, counselor or registrar, or the district's registrar.",
  roles: planners,
  input: PlanSchoolByGradesInput,
  shows: NextYearPlacement,
  large: true,
  async run(across, input) {
    const held = await across.in("rostering", (session) => session.holds(atSchool, "school", planners, input.schoolId));
    if (!held) throw OsssError.forbidden("You do not plan the next year for this school.");
    const { from, to } = await yearPair(across, input.schoolYearId);
    const order = await gradedDistrict(across);
    if (input.nextSchoolId && !order.schools.some(({ id }) => id === input.nextSchoolId)) throw OsssError.invalid([{ path: "input.nextSchoolId", message: "There is no such school in the district." }]);
    const school = order.schools.find(({ id }) => id === input.schoolId)!;
    return across.in("rostering", async (session) => {
      await session.serialize(`next year ${from.id}`);
      const among = input.gradeLevelIds ? new Set(input.gradeLevelIds) : null;
      const students = (await session.ask(yearEndStudents(from.id, to, { schoolId: school.id }))).filter((each) => each.placementId === null && (among === null || among.has(each.gradeLevelId ?? "")));
      const counts = { PROMOTE: 0, RETAIN: 0, GRADUATE: 0, LEAVE: 0 };
      const open = new Map<string, number>();
      let first: { id: string } | undefined;
      for (const { studentId, gradeLevelId } of students) {
        const found = defaultPlacement({ school, grade: order.grades.find(({ id }) => id === gradeLevelId) ?? null }, order.grades, order.schools, input.nextSchoolId ?? null);
        if ("open" in found) open.set(found.open, (open.get(found.open) ?? 0) + 1);
        else {
          const made = session.create(NextYearPlacement, { studentId, schoolYearId: from.id, ...found });
          first ??= made;
          counts[found.action] += 1;
        }
      }
      if (!first) throw OsssError.conflict(students.length === 0 ? "Every student of this school and these grade levels has a placement already." : `No placement follows for ${[...open].map(([why, n]) => `${n} ${n === 1 ? "student" : "students"} ${why}`).join(", ")}. Name nextSchoolId, or plan them one by one.`);
      return { id: first.id, notes: [`${counts.PROMOTE} to be promoted, ${counts.GRADUATE} to graduate.`, ...[...open].map(([why, n]) => `Left open: ${n} ${n === 1 ? "student" : "students"} ${why}.`)] };
    });
  },
});
