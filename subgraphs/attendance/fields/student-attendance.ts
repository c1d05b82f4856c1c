import { sql } from "kysely";
import { computed } from "#foundation/crud/computed";
import { Student } from "../foreign.ts";
import { AttendanceFigures } from "./attendance-figures.ts";
import { figuresOf, spanArguments, spanOf, summedDays } from "./figures.ts";
import { studentRoles, wholeStudents } from "./reach.ts";

export const studentAttendance = computed({
  on: Student,
  name: "attendance",
  description: "The student's attendance over a span of days. Whoever may see some of the student's days only, such as a former school, gets the figures of these, and partial is true. Null when you may see none.",
  roles: studentRoles,
  arguments: spanArguments,
  returns: AttendanceFigures,
  async resolve(call, ids, args) {
    const span = await spanOf(call, args);
    const whole = await wholeStudents(call, ids);
    const figures = await figuresOf(call, "student", ids, span, summedDays(sql`d.student_id`, sql`d.student_id = ANY (${ids}::uuid[])`, span));
    for (const [id, each] of figures) {
      if (whole.has(id)) continue;
      if (each.membershipDays === 0) figures.delete(id);
      else figures.set(id, { ...each, partial: true });
    }
    return figures;
  },
});
