import { sql, type RawBuilder } from "kysely";
import type { Call } from "#foundation/crud/call";
import type { Arguments } from "#foundation/crud/operation";
import { OsssError } from "#foundation/errors/errors";
import type { AttendanceFigures } from "./attendance-figures.ts";
import { sums } from "./sums.ts";

export interface FigureSpan {
  from: string | null;
  to: string;
  chronicShare: string;
  chronicMinimumDays: number;
  truancyUnexcusedDays: number;
}

export const spanArguments: Arguments = {
  from: { type: "Day", description: "The first day counted.", optional: true },
  to: { type: "Day", description: "The first day no longer counted. Days to come are not counted in any case.", optional: true },
  schoolYearId: { type: "ID", description: "A school year; with from or to, the days of both. Without any of the three: the current year, or in summer the last one.", optional: true },
};

/** The span that the arguments name, and the policy of its last day. */
export async function spanOf(call: Call, args: Readonly<Record<string, unknown>>): Promise<FigureSpan> {
  const [row] = await call.ask(sql<{ from_day: string | null; to_day: string; chronic_share: string; chronic_minimum_days: number; truancy_unexcused_days: number }>`
    SELECT * FROM lookup.attendance_figure_span(${args.schoolYearId ?? null}::uuid, ${args.from ?? null}::date, ${args.to ?? null}::date)`);
  if (!row) throw OsssError.invalid([{ path: "schoolYearId", message: "There is no school year with this id. Check the id." }]);
  return { from: row.from_day, to: row.to_day, chronicShare: row.chronic_share, chronicMinimumDays: row.chronic_minimum_days, truancyUnexcusedDays: row.truancy_unexcused_days };
}

/** Rows of daily facts summed by group, student and calendar: what `figuresOf` adds up. `where` is over `d`, `id` the group's column. */
export const summedDays = (id: RawBuilder<unknown>, where: RawBuilder<unknown>, span: FigureSpan): RawBuilder<unknown> => sql`
  SELECT ${id} AS id, d.student_id, d.track_id, ${sql.raw(sums.map(([name, of]) => `${of} AS ${name}`).join(", "))} FROM attendance.daily_attendance d
    WHERE d.archived_at IS NULL AND ${where} AND d.date >= coalesce(${span.from}::date, '-infinity') AND d.date < ${span.to}::date GROUP BY ${id}, d.student_id, d.track_id`;

interface Sums {
  id: string;
  students: number;
  membership: number;
  counted: number;
  absent: number;
  unexcused: number;
  tardies: number;
  rate: string | null;
  meetings: number;
  meetings_taken: number;
  coverage: string | null;
  ada: string | null;
  adm: string | null;
  instructional_days: number;
  chronic: number;
  chronic_share: string | null;
  truant: number;
  oldest: Date | null;
}

/** Every figure of all groups in one statement; groups without a day have zeros, and rates that are null. */
export async function figuresOf(call: Call, kind: "student" | "school" | "section", ids: readonly string[], span: FigureSpan, summed: RawBuilder<unknown>): Promise<Map<string, AttendanceFigures>> {
  const rows = await call.ask(sql<Sums>`
    WITH summed AS MATERIALIZED (${summed}),
    track AS (SELECT t.* FROM lookup.attendance_track_days(ARRAY(SELECT DISTINCT s.track_id FROM summed s), ${span.from}::date, ${span.to}::date) t),
    student AS (SELECT s.id, s.student_id, sum(s.membership) AS membership, sum(s.counted) AS counted, sum(s.absent) AS absent, sum(s.unexcused) AS unexcused, sum(s.tardies) AS tardies,
      sum(s.meetings) AS meetings, sum(s.meetings_taken) AS meetings_taken FROM summed s GROUP BY s.id, s.student_id),
    added AS (SELECT s.id, count(*)::int AS students, sum(s.membership)::int AS membership, sum(s.counted)::int AS counted, sum(s.absent)::int AS absent, sum(s.unexcused)::int AS unexcused, sum(s.tardies)::int AS tardies,
      round(sum(s.counted - s.absent) / nullif(sum(s.counted), 0), 4)::text AS rate, sum(s.meetings)::int AS meetings, sum(s.meetings_taken)::int AS meetings_taken, round(sum(s.meetings_taken) / nullif(sum(s.meetings), 0), 4)::text AS coverage,
      (count(*) FILTER (WHERE s.membership >= ${span.chronicMinimumDays}::int AND s.absent * 100 >= ${span.chronicShare}::numeric * s.membership))::int AS chronic,
      count(*) FILTER (WHERE s.membership >= ${span.chronicMinimumDays}::int) AS long_enough, (count(*) FILTER (WHERE s.unexcused >= ${span.truancyUnexcusedDays}::int))::int AS truant FROM student s GROUP BY s.id),
    averaged AS (SELECT c.id, round(sum(c.attended / c.days), 2)::text AS ada, round(sum(c.membership / c.days), 2)::text AS adm, max(c.days)::int AS instructional_days
      FROM (SELECT s.id, t.days::numeric AS days, sum(s.counted - s.absent) AS attended, sum(s.membership) AS membership FROM summed s JOIN track t ON t.track_id = s.track_id GROUP BY s.id, t.track_id, t.days) c GROUP BY c.id)
    SELECT u.id, coalesce(a.students, 0) AS students, coalesce(a.membership, 0) AS membership, coalesce(a.counted, 0) AS counted, coalesce(a.absent, 0) AS absent, coalesce(a.unexcused, 0) AS unexcused, coalesce(a.tardies, 0) AS tardies,
      a.rate, coalesce(a.meetings, 0) AS meetings, coalesce(a.meetings_taken, 0) AS meetings_taken, a.coverage, v.ada, v.adm, coalesce(v.instructional_days, 0) AS instructional_days,
      coalesce(a.chronic, 0) AS chronic, round(a.chronic::numeric / nullif(a.long_enough, 0), 4)::text AS chronic_share, coalesce(a.truant, 0) AS truant, w.oldest
    FROM unnest(${ids}::uuid[]) AS u(id) LEFT JOIN added a ON a.id = u.id LEFT JOIN averaged v ON v.id = u.id
      LEFT JOIN lookup.attendance_waiting(${kind}, ${ids}::uuid[], ${span.from}::date, ${span.to}::date) w ON w.id = u.id`);
  const single = kind === "student";
  return new Map(rows.map((r) => [r.id, {
    from: span.from, to: span.to, students: r.students, instructionalDays: r.instructional_days, membershipDays: r.membership, countedDays: r.counted, daysAttended: r.counted - r.absent, daysAbsent: r.absent,
    unexcusedDays: r.unexcused, tardies: r.tardies, rate: r.rate, meetings: r.meetings, meetingsTaken: r.meetings_taken, coverage: r.coverage, ada: single ? null : r.ada, adm: single ? null : r.adm,
    chronicallyAbsent: single ? r.chronic > 0 : null, chronicallyAbsentStudents: r.chronic, chronicallyAbsentShare: r.chronic_share, truant: single ? r.truant > 0 : null, truantStudents: r.truant,
    partial: false, complete: r.oldest === null, oldestOpenRequest: r.oldest,
  }]));
}
