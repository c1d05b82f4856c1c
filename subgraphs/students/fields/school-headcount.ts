import { sql } from "kysely";
import { atSchool } from "#foundation/access/relations";
import { computed } from "#foundation/crud/computed";
import { OsssError } from "#foundation/errors/errors";
import { Role } from "#foundation/identity/role";
import { School } from "../foreign.ts";

/** Who reads every enrollment of a school, and so may be told how many there are. */
const offices = [Role.Principal, Role.AssistantPrincipal, Role.SchoolSecretary, Role.Counselor, Role.CaseManager, Role.Nurse, Role.AttendanceClerk, Role.Registrar, Role.Superintendent];

export const headcountOfSchool = computed({
  on: School,
  name: "headcount",
  description: "How many students the school counts on a day: those with a primary enrollment in effect, each once. Students who come beside another school, and no-shows, are not among them. Refused unless your duties open the whole school.",
  roles: offices,
  arguments: {
    on: { type: "Day", description: "The day; today unless told.", optional: true },
    gradeLevelId: { type: "ID", description: "Only students of this grade level on that day.", optional: true },
  },
  returns: "Int",
  async resolve(call, ids, { on, gradeLevelId }) {
    const covered = await call.covers(atSchool, "school", offices, ids);
    const rows = await call.ask(sql<{ id: string; n: number }>`SELECT e.school_id AS id, count(DISTINCT e.student_id)::int AS n
      FROM students.school_enrollment e CROSS JOIN (SELECT coalesce(${on ?? null}::date, access.today()) AS day) t
      WHERE e.school_id = ANY (${[...covered]}::uuid[]) AND e.archived_at IS NULL AND e.kind = 'PRIMARY' AND e.entry_date <= t.day AND (e.exit_date IS NULL OR e.exit_date > t.day)
        AND (${gradeLevelId ?? null}::uuid IS NULL OR e.grade_level_id = ${gradeLevelId ?? null}::uuid)
      GROUP BY e.school_id`);
    const counts = new Map(rows.map(({ id, n }) => [id, n]));
    return new Map(ids.map((id) => [id, covered.has(id) ? (counts.get(id) ?? 0) : OsssError.forbidden("Your duties do not open all students of this school, so there is no figure over it for you.")]));
  },
});
