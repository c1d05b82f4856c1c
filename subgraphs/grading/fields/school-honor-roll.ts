import { computed } from "#foundation/crud/computed";
import { requireId } from "#foundation/crud/read";
import { OsssError } from "#foundation/errors/errors";
import { Role } from "#foundation/identity/role";
import { Decimal, fieldOf, ForeignRef, Text } from "#foundation/record/fields";
import { View } from "#foundation/record/view";
import { School, Student } from "../foreign.ts";
import { gpaPolicy, honorRollPolicy } from "../policies.ts";
import { wholeSchoolsOf } from "../reach.ts";
import { Exact } from "../rules/exact.ts";
import { honorFor } from "../rules/honor-roll.ts";
import { periodStandings } from "../standing.ts";
import { gradingPeriods } from "../timetable.ts";

@View("A student on the honor roll of a grading period.")
export class HonorRollEntry {
  @ForeignRef(() => Student, { description: "The student." }) studentId!: string;
  @fieldOf("id", { description: "The level." }) levelId!: string;
  @Text({ description: "The level's name, e.g. \"High honors\"." }) level!: string;
  @Decimal({ description: "The average of the period that reached it.", unit: "points" }) gpa!: string;
}

const office = [Role.Principal, Role.AssistantPrincipal, Role.Registrar, Role.Counselor];

export const schoolHonorRoll = computed({
  on: School,
  name: "honorRoll",
  description: "Who is on the school's honor roll of a grading period by the marks posted now, from the highest average down. For the office of the school. Null while the district has no honor roll or no official GPA policy.",
  roles: office,
  arguments: { gradingPeriodId: { type: "ID", description: "The grading period." } },
  returns: HonorRollEntry,
  list: true,
  async resolve(call, ids, { gradingPeriodId }) {
    const periodId = requireId(gradingPeriodId, "gradingPeriodId");
    const period = (await gradingPeriods(call, [periodId])).get(periodId);
    const open = await wholeSchoolsOf(call, office, ids);
    const official = period && (await gpaPolicy(call, period.first_day));
    const found = new Map<string, unknown>();
    for (const id of ids) {
      if (!open.has(id)) found.set(id, OsssError.forbidden("The honor roll is a figure over the whole school: only its office reads it."));
      const rule = open.has(id) && official ? await honorRollPolicy(call, id, period.first_day) : null;
      if (!rule || !official) continue;
      const standings = await periodStandings(call, id, period.id);
      const roll = [...standings].flatMap(([student, { lines, incompletes }]) => {
        const honor = honorFor(rule, { ...official.rule, countedMarks: "PERIOD" }, lines, incompletes);
        return honor ? [{ student: { __typename: "Student", id: student }, levelId: honor.level.id, level: honor.level.title, gpa: honor.gpa }] : [];
      });
      found.set(id, roll.sort((a, b) => Exact.of(b.gpa).compare(Exact.of(a.gpa)) || a.student.id.localeCompare(b.student.id)));
    }
    return found;
  },
});
