import { callable, type RepeatableSql } from "#foundation/federation/manifest";

/** "Algebra I (MTH101-3) in period 2 on rotation day A, from 2026-08-17 to 2027-01-14", for people: the end is the last day. */
const inWords = callable("academics.hour_in_words(uuid, uuid, text, date, date)", ["reader"], `CREATE OR REPLACE FUNCTION academics.hour_in_words(section uuid, rotation_day uuid, period_code text, from_day date, to_day date) RETURNS text LANGUAGE sql STABLE AS $f$
  SELECT s.title || ' (' || s.code || ') in period ' || period_code || coalesce(' on rotation day ' || (SELECT r.code FROM schools.rotation_day r WHERE r.id = rotation_day), '')
      || CASE WHEN to_day - from_day = 1 THEN ', on ' ELSE ', from ' || to_char(from_day, 'YYYY-MM-DD') || ' to ' END || to_char(to_day - 1, 'YYYY-MM-DD')
    FROM academics.section s WHERE s.id = section $f$`);

/**
 * Where sections meet at the same time: the one rule for rooms, teachers and students. Two sections of a school clash on a rotation day
 * (a pattern without one meets on every day) in the same period, or in periods that overlap by any of the school's bell schedules, on the
 * days on which both patterns hold and both sections are taught; days that only touch are none. Sections of two schools have no rotation
 * in common: they clash where their dated meetings overlap by the clock. `same_room`: they would meet in one room.
 */
export const clashes: readonly RepeatableSql[] = [
  inWords,
  callable("academics.clashes(uuid[], uuid[])", ["reader"], `CREATE OR REPLACE FUNCTION academics.clashes(of_sections uuid[], with_sections uuid[])
  RETURNS TABLE (section_id uuid, other_id uuid, from_day date, to_day date, rotation_day_id uuid, period_code varchar, same_room boolean)
  LANGUAGE sql STABLE AS $f$
  WITH slot AS MATERIALIZED (
    SELECT s.district_id, s.school_id, s.id, p.rotation_day_id, p.period_code, p.room_id, greatest(p.from_date, span.first_day) AS from_day, least(p.to_date, span.end_day) AS to_day
      FROM academics.section s
      CROSS JOIN LATERAL academics.spans_of(s) span
      JOIN academics.meeting_pattern p ON p.district_id = s.district_id AND p.section_id = s.id AND p.archived_at IS NULL
      WHERE s.id = ANY (of_sections || with_sections) AND s.archived_at IS NULL AND greatest(p.from_date, span.first_day) < least(p.to_date, span.end_day)),
  overlapping AS MATERIALIZED (
    SELECT DISTINCT x.school_id, x.code AS one, y.code AS other
      FROM schools.bell_period x
      JOIN schools.bell_period y ON y.district_id = x.district_id AND y.bell_schedule_id = x.bell_schedule_id AND y.archived_at IS NULL AND x.start_time < y.end_time AND y.start_time < x.end_time
      WHERE x.archived_at IS NULL AND (x.district_id, x.school_id) IN (SELECT slot.district_id, slot.school_id FROM slot))
  SELECT a.id, b.id, greatest(a.from_day, b.from_day), least(a.to_day, b.to_day), coalesce(a.rotation_day_id, b.rotation_day_id), a.period_code, coalesce(a.room_id = b.room_id, false)
    FROM slot a JOIN slot b ON b.school_id = a.school_id AND b.id <> a.id AND greatest(a.from_day, b.from_day) < least(a.to_day, b.to_day)
      AND (a.rotation_day_id IS NULL OR b.rotation_day_id IS NULL OR a.rotation_day_id = b.rotation_day_id)
      AND (a.period_code = b.period_code OR EXISTS (SELECT 1 FROM overlapping o WHERE o.school_id = a.school_id AND o.one = a.period_code AND o.other = b.period_code))
    WHERE a.id = ANY (of_sections) AND b.id = ANY (with_sections)
  UNION ALL
  SELECT m.section_id, n.section_id, m.date, m.date + 1, NULL, m.period_code, false
    FROM academics.class_meeting m
    JOIN academics.class_meeting n ON n.district_id = m.district_id AND n.section_id = ANY (with_sections) AND n.date = m.date AND n.school_id <> m.school_id
      AND n.status = 'SCHEDULED' AND n.archived_at IS NULL AND m.start_time < n.end_time AND n.start_time < m.end_time
    WHERE m.section_id = ANY (of_sections) AND m.status = 'SCHEDULED' AND m.archived_at IS NULL $f$`),
];
