import { sql } from "kysely";
import { atSchool } from "#foundation/access/relations";
import { computed } from "#foundation/crud/computed";
import { OsssError } from "#foundation/errors/errors";
import { Role } from "#foundation/identity/role";
import { Whole } from "#foundation/record/fields";
import { View } from "#foundation/record/view";
import { AttendanceEvent } from "./attendance-event.ts";
import { School } from "./foreign.ts";

@View("What the students of a school missed.")
export class MissedFigures {
  @Whole({ description: "All minutes missed.", unit: "minutes" }) minutes!: number;
  @Whole({ description: "How many students missed any, each once.", unit: "students" }) students!: number;
}

/** A figure over a group, told only to those whose reach covers it. */
export const minutesMissedAt = computed({
  on: School,
  name: "missed",
  description: "What was missed at the school from a day on.",
  roles: [Role.Principal, Role.AttendanceClerk, Role.Parent],
  arguments: { since: { type: "Day", description: "The first day that counts.", optional: true } },
  returns: MissedFigures,
  async resolve(call, ids, { since }) {
    const covered = await call.covers(atSchool, "school", [Role.Principal, Role.AttendanceClerk], ids);
    const rows = await call.ask(sql<{ id: string; minutes: number; students: number }>`
      SELECT u.id, coalesce(sum(e.minutes_missed), 0)::int AS minutes, count(DISTINCT e.student_id)::int AS students
        FROM unnest(${ids}::uuid[]) AS u(id) LEFT JOIN trial_attendance.attendance_event e ON e.school_id = u.id AND e.archived_at IS NULL AND e.date >= coalesce(${since ?? null}::date, e.date) GROUP BY u.id`);
    return new Map(rows.map(({ id, ...figures }) => [id, covered.has(id) ? figures : OsssError.forbidden("The figure speaks of the whole school, and you see a part of it. Ask about your own students.")]));
  },
});

/** A field computed from an own record's row. */
export const weightOf = computed({
  on: AttendanceEvent,
  name: "quarterHours",
  description: "The minutes missed, in begun quarters of an hour.",
  roles: [Role.Principal, Role.Teacher],
  returns: "Int",
  async resolve(call, ids) {
    const rows = await call.ask(sql<{ id: string; n: number }>`SELECT id, ceil(minutes_missed / 15.0)::int AS n FROM trial_attendance.attendance_event WHERE id = ANY (${ids}::uuid[])`);
    return new Map(rows.map((row) => [row.id, row.n]));
  },
});
