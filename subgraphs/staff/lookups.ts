import { lookup } from "#foundation/federation/manifest";

/** Another section and when both would meet: sections are no secret to anyone in the district. */
const hour = "other_id uuid, in_words text, rotation_day_id uuid, period_code text, from_day date, to_day date";

export const lookups = [
  lookup({
    name: "section",
    arguments: "of_section uuid",
    returns: "TABLE (school_id uuid, first_day date, end_day date)",
    sql: "SELECT s.school_id, s.first_day, s.end_day FROM academics.section s WHERE s.id = of_section AND s.archived_at IS NULL",
  }),

  /** Whether the person works for the district on the day: as an employee, or by a duty anywhere. */
  lookup({
    name: "works_on",
    arguments: "person uuid, day date",
    returns: "boolean",
    sql: `SELECT EXISTS (SELECT 1 FROM staff.employee e WHERE e.person_id = person AND e.archived_at IS NULL AND e.hire_date <= day AND (e.end_date IS NULL OR e.end_date > day))
      OR EXISTS (SELECT 1 FROM people.duty_assignment d WHERE d.person_id = person AND d.archived_at IS NULL AND d.from_date <= day AND (d.to_date IS NULL OR d.to_date > day))`,
  }),

  lookup({
    name: "has_duty",
    arguments: "person uuid, duty text, day date",
    returns: "boolean",
    sql: `SELECT EXISTS (SELECT 1 FROM people.duty_assignment d WHERE d.person_id = person AND d.role = duty AND d.archived_at IS NULL
      AND d.from_date <= day AND (d.to_date IS NULL OR d.to_date > day))`,
  }),

  /** Whether the person is, was or will be listed for the student. */
  lookup({
    name: "listed_for",
    arguments: "person uuid, student uuid",
    returns: "boolean",
    sql: `SELECT EXISTS (SELECT 1 FROM students.student_contact c WHERE c.person_id = person AND c.student_id = student AND c.archived_at IS NULL)
      OR EXISTS (SELECT 1 FROM students.student s WHERE s.id = student AND s.person_id = person)`,
  }),

  /**
   * Other sections that the person of a teaching assignment teaches at the same time. Sections that share a room in the hour are one stacked
   * class; and who leads neither section may go back and forth between the two.
   */
  lookup({
    name: "teacher_clashes",
    arguments: "assignment uuid",
    returns: `TABLE (${hour})`,
    sql: `WITH mine AS (SELECT t.* FROM staff.teaching_assignment t WHERE t.id = assignment),
      pair AS (SELECT m.section_id, t.section_id AS other_id, greatest(m.from_date, t.from_date) AS from_day, least(m.to_date, t.to_date) AS to_day
        FROM mine m JOIN staff.teaching_assignment t ON t.person_id = m.person_id AND t.section_id <> m.section_id AND t.archived_at IS NULL AND 'LEAD' IN (m.kind, t.kind))
      SELECT shared.other_id, academics.hour_in_words(shared.other_id, shared.rotation_day_id, shared.period_code, shared.from_day, shared.to_day), shared.rotation_day_id, shared.period_code, shared.from_day, shared.to_day
        FROM (SELECT pair.other_id, c.rotation_day_id, c.period_code, greatest(pair.from_day, c.from_day) AS from_day, least(pair.to_day, c.to_day) AS to_day
          FROM academics.clashes(ARRAY(SELECT mine.section_id FROM mine), ARRAY(SELECT pair.other_id FROM pair)) c
          JOIN pair ON pair.other_id = c.other_id WHERE NOT c.same_room) shared
        WHERE shared.from_day < shared.to_day ORDER BY shared.from_day, 2`,
  }),

  /** Whether the section meets at all from `from_day` to before `to_day`. */
  lookup({
    name: "meets_over",
    arguments: "section uuid, from_day date, to_day date",
    returns: "boolean",
    sql: "SELECT EXISTS (SELECT 1 FROM academics.class_meeting m WHERE m.section_id = section AND m.date >= from_day AND m.date < to_day AND m.status = 'SCHEDULED' AND m.archived_at IS NULL)",
  }),

  /** Hours of the days of a substitute's assignment in which the same person teaches or stands in elsewhere, by the clock; in one room with them is no elsewhere. */
  lookup({
    name: "substitute_clashes",
    arguments: "assignment uuid",
    returns: `TABLE (${hour})`,
    sql: `WITH mine AS (SELECT a.* FROM staff.substitute_assignment a WHERE a.id = assignment),
      busy AS (SELECT t.section_id, t.from_date, t.to_date FROM staff.teaching_assignment t JOIN mine USING (person_id) WHERE t.archived_at IS NULL
        UNION ALL SELECT a.section_id, a.from_date, a.to_date FROM staff.substitute_assignment a JOIN mine USING (person_id) WHERE a.archived_at IS NULL AND a.id <> assignment)
      SELECT DISTINCT n.section_id, academics.hour_in_words(n.section_id, NULL, n.period_code, n.date, n.date + 1), NULL::uuid, n.period_code, n.date, n.date + 1
        FROM mine JOIN academics.class_meeting m ON m.section_id = mine.section_id AND m.date >= mine.from_date AND m.date < mine.to_date AND m.status = 'SCHEDULED' AND m.archived_at IS NULL
        JOIN busy ON true
        JOIN academics.class_meeting n ON n.section_id = busy.section_id AND n.date = m.date AND n.date >= busy.from_date AND (busy.to_date IS NULL OR n.date < busy.to_date)
          AND n.status = 'SCHEDULED' AND n.archived_at IS NULL AND m.start_time < n.end_time AND n.start_time < m.end_time AND (n.section_id = m.section_id OR n.room_id IS DISTINCT FROM m.room_id OR n.room_id IS NULL)
        ORDER BY 5, 2`,
  }),

  /** The names that persons go by. Only for what says who teaches, stands in or has a caseload, to those who may read that. */
  lookup({
    name: "names_of",
    arguments: "persons uuid[]",
    returns: "TABLE (person_id uuid, name text)",
    sql: `SELECT p.id, coalesce(p.preferred_given_name, p.given_name) || ' ' || coalesce(p.preferred_family_name, p.family_name)
      FROM people.person p WHERE p.id = ANY (persons) AND p.archived_at IS NULL`,
  }),
];
