import { sql } from "kysely";
import { computed } from "#foundation/crud/computed";
import { OsssError } from "#foundation/errors/errors";
import { Section } from "../foreign.ts";
import { AttendanceFigures } from "./attendance-figures.ts";
import { figuresOf, spanArguments, spanOf } from "./figures.ts";
import { sectionRoles, wholeSections } from "./reach.ts";

export const sectionAttendance = computed({
  on: Section,
  name: "attendance",
  description: "The attendance of the section's students while they were on its roster, over a span of days: what their whole days were, not this section's hours alone. Students who have left the section count for the time before. For the section's teachers and the offices of its school.",
  roles: sectionRoles,
  arguments: spanArguments,
  returns: AttendanceFigures,
  async resolve(call, ids, args) {
    const whole = await wholeSections(call, ids);
    const open = ids.filter((id) => whole.has(id));
    const refused = new Map<string, unknown>(ids.filter((id) => !whole.has(id)).map((id) => [id, OsssError.forbidden("The figure speaks of the whole section. It is for its teachers and the offices of its school.")]));
    if (open.length === 0) return refused;
    const span = await spanOf(call, args);
    // Past the row rules, which close the days of students who left the section a while ago: the reach over the section is proven.
    const summed = sql`SELECT * FROM lookup.attendance_section_days(${open}::uuid[], ${span.from}::date, ${span.to}::date)`;
    return new Map<string, unknown>([...refused, ...(await figuresOf(call, "section", open, span, summed))]);
  },
});
