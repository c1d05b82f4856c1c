import { expect } from "vitest";
import type { TestPlatform } from "#foundation/testing/test-platform";
import { withEarlierDay, type EarlierFact } from "../rules/earlier-day.ts";
import { dailyStatus, defaultDayPolicy, type DayFigures, type MeetingOfDay, type OfficeFact } from "../rules/daily-status.ts";

/*
 * The facts of a district computed a second time: from the plain rows of every table, by loops over days and the pure rule, with nothing of
 * the SQL that keeps them.
 */

interface Span { district: string; student: string; from: string; to: string | null }
type Enrollment = Span & { school: string; year: string; grade: string | null; track: string | null };

export type Fact = DayFigures & { student: string; date: string; school: string; year: string; grade: string | null; track: string };

const on = (span: { from: string; to: string | null }, date: string): boolean => span.from <= date && (span.to === null || date < span.to);
const minutes = (time: string | null): number | null => (time === null ? null : Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5)));

export async function expectedFacts(platform: TestPlatform, districtId: string): Promise<Fact[]> {
  const all = <R extends object>(text: string) => platform.sql<R & Record<string, unknown>>(`SELECT ${text} AND t.district_id = $1 AND t.archived_at IS NULL`, [districtId]) as Promise<R[]>;
  const enrollments = await all<Enrollment>("student_id AS student, school_id AS school, school_year_id AS year, grade_level_id AS grade, track_id AS track, entry_date::text AS from, exit_date::text AS to FROM students.school_enrollment t WHERE kind = 'PRIMARY'");
  const tracks = await all<{ id: string; school: string; year: string; name: string }>("id, school_id AS school, school_year_id AS year, name FROM schools.calendar_track t WHERE true");
  const calendar = await all<{ track: string; date: string }>("track_id AS track, date::text FROM schools.instructional_day t WHERE status <> 'CANCELLED'");
  const rosters = await all<Span & { section: string }>("student_id AS student, section_id AS section, from_date::text AS from, to_date::text AS to FROM academics.section_enrollment t WHERE true");
  const meetings = await all<{ id: string; section: string; school: string; date: string; start: string; end: string }>("id, section_id AS section, school_id AS school, date::text, start_time::text AS start, end_time::text AS end FROM academics.class_meeting t WHERE status = 'SCHEDULED' AND counts_for_attendance");
  const submissions = await all<{ meeting: string }>("class_meeting_id AS meeting FROM attendance.attendance_submission t WHERE true");
  const events = await all<{ student: string; meeting: string; effect: never; excuse: never; minutes: number }>("t.student_id AS student, class_meeting_id AS meeting, c.effect, c.excuse, minutes_missed AS minutes FROM attendance.attendance_event t JOIN attendance.attendance_code c ON c.id = t.code_id WHERE true");
  const entries = await all<{ student: string; school: string; date: string; kind: OfficeFact["kind"]; from: string | null; to: string | null; verified: boolean; effect: never; excuse: never }>("t.student_id AS student, t.school_id AS school, t.date::text, kind, from_time::text AS from, to_time::text AS to, verified, c.effect, c.excuse FROM attendance.office_entry t JOIN attendance.attendance_code c ON c.id = t.code_id WHERE true");
  const earlier = await all<{ student: string; date: string; effect: never; excuse: never; missed: number | null; minutes: number | null }>("t.student_id AS student, t.date::text, c.effect, c.excuse, minutes_missed AS missed, day_minutes AS minutes FROM attendance.earlier_day t LEFT JOIN attendance.attendance_code c ON c.id = t.code_id WHERE true");
  const schoolDays = await all<{ school: string; date: string }>("school_id AS school, date::text FROM attendance.earlier_school_day t WHERE true");
  const policies = await all<{ from: string; absentShare: string; tardyRule: never }>("from_date::text AS from, absent_share AS \"absentShare\", tardy_rule AS \"tardyRule\" FROM attendance.attendance_policy t WHERE true");
  const taken = new Set(submissions.map((s) => s.meeting));
  const facts: Fact[] = [];
  for (const enrollment of enrollments) {
    const { student, school, year, grade } = enrollment;
    const track = enrollment.track ?? tracks.filter((t) => t.school === school && t.year === year).sort((a, b) => (a.name < b.name ? -1 : 1))[0]?.id;
    for (const { date } of calendar.filter((day) => day.track === track && on(enrollment, day.date))) {
      const sections = rosters.filter((roster) => roster.student === student && on(roster, date)).map((roster) => roster.section);
      const ofDay = meetings.filter((m) => m.date === date && sections.includes(m.section)).map((m): MeetingOfDay => {
        const event = events.find((e) => e.student === student && e.meeting === m.id);
        return { id: m.id, schoolId: m.school, start: minutes(m.start)!, end: minutes(m.end)!, taken: taken.has(m.id), event: event ? { effect: event.effect, excuse: event.excuse, minutesMissed: event.minutes } : null };
      });
      const office = entries.filter((e) => e.student === student && e.date === date).map((e): OfficeFact => ({ schoolId: e.school, kind: e.kind, from: minutes(e.from), to: minutes(e.to), verified: e.verified, effect: e.effect, excuse: e.excuse }));
      const policy = policies.filter((p) => p.from <= date).sort((a, b) => (a.from < b.from ? 1 : -1))[0];
      const ruling = policy ? { absentShare: Number(policy.absentShare), tardyRule: policy.tardyRule } : defaultDayPolicy;
      const before = earlier.find((e) => e.student === student && e.date === date);
      const fact: EarlierFact | null = before ? { code: before.effect === null ? null : { effect: before.effect, excuse: before.excuse }, minutesMissed: before.missed, dayMinutes: before.minutes } : null;
      facts.push({ student, date, school, year, grade, track: track!, ...withEarlierDay(dailyStatus(ofDay, office, ruling), fact, schoolDays.some((s) => s.school === school && s.date === date), ruling) });
    }
  }
  return facts.sort(byKey);
}

export async function storedFacts(platform: TestPlatform, districtId: string): Promise<Fact[]> {
  const rows = await platform.sql<Fact & Record<string, unknown>>(
    `SELECT student_id AS student, date::text, school_id AS school, school_year_id AS year, grade_level_id AS grade, track_id AS track, scheduled_minutes AS "scheduledMinutes", missed_minutes AS "missedMinutes",
       excused_minutes AS "excusedMinutes", meetings, meetings_taken AS "meetingsTaken", status, excuse, counts_absent AS "countsAbsent", late FROM attendance.daily_attendance WHERE district_id = $1`, [districtId]);
  return rows.sort(byKey);
}

const byKey = (a: Fact, b: Fact): number => (`${a.student} ${a.date}` < `${b.student} ${b.date}` ? -1 : 1);

/** Holds the stored facts of a district against the recomputation; returns how many there are. */
export async function expectFactsToBeRight(platform: TestPlatform, districtId: string): Promise<number> {
  const [stored, expected] = [await storedFacts(platform, districtId), await expectedFacts(platform, districtId)];
  expect(stored).toEqual(expected);
  const open = await platform.sql("SELECT 1 FROM attendance.recount_request WHERE district_id = $1", [districtId]);
  expect(open).toHaveLength(0);
  return stored.length;
}

/** Does what the background does, until nothing is left. */
export async function countEverything(platform: TestPlatform): Promise<void> {
  for (;;) {
    const { rows } = await platform.database.pool.query<{ n: number }>("SELECT access.count_attendance_days(5000) AS n");
    if (rows[0]!.n === 0) return;
  }
}
