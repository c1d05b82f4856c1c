import { lookup } from "#foundation/federation/manifest";

/** Rows of today, of a table with these days. */
const current = (row: string, from = "from_date", to = "to_date") => `${row}.archived_at IS NULL AND ${row}.${from} <= access.today() AND (${row}.${to} IS NULL OR ${row}.${to} > access.today())`;

export const lookups = [
  /**
   * Who is to have a user at the identity provider, with the portals that the records of today say: staff, teacher, student, and parent for
   * contacts with portal access. Students count from their first enrollment until no enrollment of theirs goes on or is to come.
   */
  lookup({
    name: "users",
    arguments: "",
    returns: "TABLE (person_id uuid, given_name text, family_name text, email text, student_number text, portals text[], duties text[])",
    sql: `SELECT p.id, coalesce(p.preferred_given_name, p.given_name), coalesce(p.preferred_family_name, p.family_name),
        (SELECT lower(e.address) FROM people.person_email e WHERE e.person_id = p.id AND e.archived_at IS NULL AND NOT e.confidential ORDER BY e.kind = 'DISTRICT' DESC, e.preferred DESC, e.address LIMIT 1),
        (SELECT s.student_number FROM students.student s WHERE s.person_id = p.id AND s.archived_at IS NULL),
        array_agg(DISTINCT has.portal ORDER BY has.portal),
        ARRAY(SELECT DISTINCT d.role::text FROM people.duty_assignment d WHERE d.person_id = p.id AND ${current("d")} ORDER BY 1)
      FROM people.person p JOIN (
        SELECT e.person_id, 'staff'::text AS portal FROM staff.employee e WHERE ${current("e", "hire_date", "end_date")}
        UNION SELECT d.person_id, 'staff' FROM people.duty_assignment d WHERE ${current("d")}
        UNION SELECT t.person_id, 'teacher' FROM staff.teaching_assignment t WHERE ${current("t")}
        UNION SELECT d.person_id, 'teacher' FROM people.duty_assignment d WHERE d.role = 'TEACHER' AND ${current("d")}
        UNION SELECT s.person_id, 'student' FROM students.student s JOIN students.school_enrollment e ON e.student_id = s.id
          WHERE s.archived_at IS NULL AND e.archived_at IS NULL AND (e.exit_date IS NULL OR e.exit_date > access.today())
        UNION SELECT c.person_id, 'parent' FROM students.student_contact c WHERE c.status = 'CONFIRMED' AND c.portal_access AND ${current("c")}) has ON has.person_id = p.id
      WHERE p.archived_at IS NULL GROUP BY p.district_id, p.id`,
  }),

  /** No row where there is no such person; else whether the person works for the district today, by a duty or as an employee. */
  lookup({
    name: "invited",
    arguments: "person uuid",
    returns: "TABLE (works boolean)",
    sql: `SELECT EXISTS (SELECT 1 FROM people.duty_assignment d WHERE d.person_id = p.id AND d.archived_at IS NULL AND (d.to_date IS NULL OR d.to_date > access.today()))
        OR EXISTS (SELECT 1 FROM staff.employee e WHERE e.person_id = p.id AND e.archived_at IS NULL AND (e.end_date IS NULL OR e.end_date > access.today()))
      FROM people.person p WHERE p.id = person AND p.archived_at IS NULL`,
  }),

  /** Who has the e-mail address, in any case of letters, and whether it is an unlisted one. Two people may share one. */
  lookup({
    name: "persons_by_email",
    arguments: "wanted text",
    returns: "TABLE (person_id uuid, unlisted boolean)",
    sql: `SELECT e.person_id, bool_or(e.confidential) FROM people.person_email e JOIN people.person p ON p.id = e.person_id AND p.archived_at IS NULL
      WHERE lower(e.address) = lower(wanted) AND e.archived_at IS NULL GROUP BY e.person_id`,
  }),

  /** Those of these students whom no directory information may name to an audience on a day. */
  lookup({
    name: "opted_out",
    arguments: "students uuid[], to_audience text, day date",
    returns: "SETOF uuid",
    sql: `SELECT DISTINCT o.student_id FROM students.directory_opt_out o
      WHERE o.student_id = ANY (students) AND o.audience = to_audience AND o.archived_at IS NULL AND o.from_date <= day AND (o.to_date IS NULL OR o.to_date > day)`,
  }),
];
