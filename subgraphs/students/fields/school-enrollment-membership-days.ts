import { sql } from "kysely";
import { computed } from "#foundation/crud/computed";
import { lookup } from "#foundation/federation/manifest";
import { rolesFor } from "#foundation/access/access";
import { schoolEnrollments } from "../access.ts";
import { SchoolEnrollment } from "../entities/school-enrollment.ts";

/** In SQL what membership-days.ts says; calendars are open to everybody who belongs to the district. */
export const membershipLookup = lookup({
  name: "membership",
  arguments: "enrollments uuid[], through date",
  returns: "TABLE (enrollment_id uuid, days int)",
  sql: `SELECT e.id, (SELECT count(*)::int FROM schools.instructional_day d
      WHERE d.archived_at IS NULL AND d.status <> 'CANCELLED' AND d.date >= e.entry_date AND d.date <= through AND (e.exit_date IS NULL OR d.date < e.exit_date)
        AND d.track_id = coalesce(e.track_id, (SELECT t.id FROM schools.calendar_track t
          WHERE t.school_id = e.school_id AND t.school_year_id = e.school_year_id AND t.archived_at IS NULL ORDER BY t.name, t.id LIMIT 1)))
    FROM students.school_enrollment e WHERE e.id = ANY (enrollments)`,
});

export const membershipDaysOfEnrollment = computed({
  on: SchoolEnrollment,
  name: "membershipDays",
  description: "The days of membership so far: days of instruction of the student's calendar track from the entry on and before the exit. Zero for a no-show. Days that were taken back, e.g. for snow, do not count.",
  roles: rolesFor(schoolEnrollments, "read"),
  arguments: { through: { type: "Day", description: "The last day that counts; today unless told. A day to come counts what is in the calendar.", optional: true } },
  returns: "Int",
  async resolve(call, ids, { through }) {
    const rows = await call.ask(sql<{ id: string; days: number }>`SELECT m.enrollment_id AS id, m.days
      FROM lookup.students_membership(ARRAY(SELECT e.id FROM students.school_enrollment e WHERE e.id = ANY (${ids}::uuid[])), coalesce(${through ?? null}::date, access.today())) m`);
    return new Map(rows.map(({ id, days }) => [id, days]));
  },
});
