import { sql } from "kysely";
import { computed } from "#foundation/crud/computed";
import { OsssError } from "#foundation/errors/errors";
import { School } from "../foreign.ts";
import { AttendanceFigures } from "./attendance-figures.ts";
import { figuresOf, spanArguments, spanOf, summedDays } from "./figures.ts";
import { groupRoles, wholeSchools } from "./reach.ts";

export const schoolAttendance = computed({
  on: School,
  name: "attendance",
  description: "The attendance of the school's students over a span of days: of their days at this school, and of one grade level where it is asked for. Refused to whoever does not read all of the school's days.",
  roles: groupRoles,
  arguments: { ...spanArguments, gradeLevelId: { type: "ID", description: "Only days on which the student was in this grade level.", optional: true } },
  returns: AttendanceFigures,
  async resolve(call, ids, args) {
    const whole = await wholeSchools(call, ids);
    const open = ids.filter((id) => whole.has(id));
    const refused = new Map<string, unknown>(ids.filter((id) => !whole.has(id)).map((id) => [id, OsssError.forbidden("The figure speaks of the whole school, and you see a part of it at most. Ask about your own students.")]));
    if (open.length === 0) return refused;
    const span = await spanOf(call, args);
    const where = sql`d.school_id = ANY (${open}::uuid[])${args.gradeLevelId == null ? sql`` : sql` AND d.grade_level_id = ${args.gradeLevelId}::uuid`}`;
    return new Map<string, unknown>([...refused, ...(await figuresOf(call, "school", open, span, summedDays(sql`d.school_id`, where, span)))]);
  },
});
