import { lookup } from "#foundation/federation/manifest";

/** Another section and when both would meet: sections and rooms are no secret to anyone in the district. */
const hour = "other_id uuid, in_words text, rotation_day_id uuid, period_code text, from_day date, to_day date";

export const lookups = [
  lookup({ name: "period_codes", arguments: "school uuid", returns: "SETOF text", sql: "SELECT DISTINCT b.code FROM schools.bell_period b WHERE b.school_id = school AND b.archived_at IS NULL" }),

  /** Nobody puts students on the roster of a section that opens them to herself. */
  lookup({
    name: "reaches_caller",
    arguments: "section uuid",
    returns: "boolean",
    sql: `SELECT EXISTS (SELECT 1 FROM staff.teaching_assignment t WHERE t.section_id = section AND t.person_id = access.person() AND t.archived_at IS NULL)
      OR EXISTS (SELECT 1 FROM staff.substitute_assignment a WHERE a.section_id = section AND a.person_id = access.person() AND a.archived_at IS NULL AND a.to_date > access.today())`,
  }),

  /** Which of the students are enrolled at the school, in whichever kind, on all days of the span. */
  lookup({
    name: "enrolled_over",
    arguments: "students uuid[], school uuid, from_day date, to_day date",
    returns: "SETOF uuid",
    sql: `SELECT e.student_id FROM students.school_enrollment e WHERE e.student_id = ANY (students) AND e.school_id = school AND e.archived_at IS NULL
      GROUP BY e.student_id HAVING range_agg(daterange(e.entry_date, e.exit_date)) @> daterange(from_day, to_day)`,
  }),

  /** What is recorded of a student in a section on some days, by kind. Work counts for the day on which it was due. */
  lookup({
    name: "recorded",
    arguments: "student uuid, section uuid, from_day date, until_day date",
    returns: "TABLE (kind text, entries int, first date, last date)",
    sql: `SELECT f.kind, count(*)::int, min(f.day), max(f.day) FROM (
        SELECT 'ATTENDANCE' AS kind, e.date AS day FROM attendance.attendance_event e WHERE e.student_id = student AND e.section_id = section AND e.archived_at IS NULL
        UNION ALL SELECT 'SCORE', a.due_date FROM grading.score s JOIN grading.assignment a ON a.id = s.assignment_id AND a.archived_at IS NULL
          WHERE s.student_id = student AND s.section_id = section AND s.archived_at IS NULL) f
      WHERE f.day >= from_day AND (until_day IS NULL OR f.day < until_day) GROUP BY f.kind ORDER BY f.kind`,
  }),

  /** Where students whose roster rows are given sit in two sections at once, on days from `since` on. */
  lookup({
    name: "student_clashes",
    arguments: "roster_rows uuid[], since date",
    returns: `TABLE (student_id uuid, section_id uuid, ${hour})`,
    sql: `WITH mine AS (SELECT e.* FROM academics.section_enrollment e WHERE e.id = ANY (roster_rows) AND e.archived_at IS NULL),
      pair AS (SELECT m.student_id, m.section_id, e.section_id AS other_id, greatest(m.from_date, e.from_date, since) AS from_day, least(m.to_date, e.to_date) AS to_day
        FROM mine m JOIN academics.section_enrollment e ON e.student_id = m.student_id AND e.section_id <> m.section_id AND e.archived_at IS NULL)
      SELECT shared.student_id, shared.section_id, shared.other_id, academics.hour_in_words(shared.other_id, shared.rotation_day_id, shared.period_code, shared.from_day, shared.to_day),
          shared.rotation_day_id, shared.period_code, shared.from_day, shared.to_day
        FROM (SELECT pair.student_id, pair.section_id, pair.other_id, c.rotation_day_id, c.period_code, greatest(pair.from_day, c.from_day) AS from_day, least(pair.to_day, c.to_day) AS to_day
          FROM academics.clashes(ARRAY(SELECT DISTINCT pair.section_id FROM pair), ARRAY(SELECT DISTINCT pair.other_id FROM pair)) c
          JOIN pair ON pair.section_id = c.section_id AND pair.other_id = c.other_id) shared
        WHERE shared.from_day < shared.to_day ORDER BY shared.from_day, 4, shared.student_id`,
  }),

  /** What stands in the way of a section's meetings from `since` on: a room, a teacher who leads here or there, students. Sections that share room and teacher in an hour are one stacked class. */
  lookup({
    name: "section_clashes",
    arguments: "section uuid, since date",
    returns: `TABLE (kind text, students uuid[], ${hour})`,
    sql: `WITH this AS (SELECT s.* FROM academics.section s WHERE s.id = section),
      teaching AS (SELECT t.person_id, t.kind, t.from_date, t.to_date FROM staff.teaching_assignment t WHERE t.section_id = section AND t.archived_at IS NULL),
      roster AS (SELECT e.student_id, e.from_date, e.to_date FROM academics.section_enrollment e WHERE e.section_id = section AND e.archived_at IS NULL),
      other AS (SELECT s.id FROM academics.section s JOIN this ON s.school_id = this.school_id AND s.school_year_id = this.school_year_id WHERE s.id <> section
        UNION SELECT t.section_id FROM staff.teaching_assignment t JOIN teaching USING (person_id) WHERE t.archived_at IS NULL
        UNION SELECT e.section_id FROM academics.section_enrollment e JOIN roster USING (student_id) WHERE e.archived_at IS NULL),
      c AS MATERIALIZED (SELECT c.other_id, c.rotation_day_id, c.period_code, c.same_room, greatest(c.from_day, since) AS from_day, c.to_day
        FROM academics.clashes(ARRAY[section], ARRAY(SELECT other.id FROM other)) c WHERE c.to_day > since),
      taught AS (SELECT c.*, bool_or('LEAD' IN (mine.kind, t.kind)) AS leads FROM c JOIN teaching mine ON true
        JOIN staff.teaching_assignment t ON t.section_id = c.other_id AND t.person_id = mine.person_id AND t.archived_at IS NULL
          AND greatest(mine.from_date, t.from_date, c.from_day) < least(mine.to_date, t.to_date, c.to_day)
        GROUP BY c.other_id, c.rotation_day_id, c.period_code, c.same_room, c.from_day, c.to_day),
      found AS (SELECT 'ROOM' AS kind, NULL::uuid[] AS students, c.other_id, c.rotation_day_id, c.period_code, c.from_day, c.to_day FROM c
          WHERE c.same_room AND NOT EXISTS (SELECT 1 FROM taught t WHERE t.other_id = c.other_id AND t.period_code = c.period_code AND t.from_day = c.from_day)
        UNION ALL SELECT 'TEACHER', NULL, t.other_id, t.rotation_day_id, t.period_code, t.from_day, t.to_day FROM taught t WHERE t.leads AND NOT t.same_room
        UNION ALL SELECT 'STUDENT', array_agg(DISTINCT e.student_id), c.other_id, c.rotation_day_id, c.period_code, c.from_day, c.to_day FROM c JOIN roster r ON true
          JOIN academics.section_enrollment e ON e.section_id = c.other_id AND e.student_id = r.student_id AND e.archived_at IS NULL
            AND greatest(r.from_date, e.from_date, c.from_day) < least(r.to_date, e.to_date, c.to_day)
          GROUP BY c.other_id, c.rotation_day_id, c.period_code, c.from_day, c.to_day)
      SELECT f.kind, f.students, f.other_id, academics.hour_in_words(f.other_id, f.rotation_day_id, f.period_code, f.from_day, f.to_day), f.rotation_day_id, f.period_code, f.from_day, f.to_day
        FROM found f ORDER BY array_position(ARRAY['ROOM', 'TEACHER', 'STUDENT'], f.kind), f.from_day, 4`,
  }),

  lookup({
    name: "seats_taken",
    arguments: "sections uuid[], as_of date",
    returns: "TABLE (section_id uuid, seats int)",
    sql: `SELECT s.id, (SELECT count(*)::int FROM academics.section_enrollment e WHERE e.section_id = s.id AND e.archived_at IS NULL
        AND e.from_date <= held.day AND (e.to_date IS NULL OR e.to_date > held.day))
      FROM academics.section s CROSS JOIN LATERAL (SELECT coalesce(as_of, least(greatest(access.today(), s.first_day), s.end_day - 1)) AS day) held
      WHERE s.id = ANY (sections)`,
  }),
];
