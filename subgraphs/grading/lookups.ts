import { lookup, type Lookup } from "#foundation/federation/manifest";

const inEffect = (alias: string, from = "from_date", to = "to_date") => `${alias}.archived_at IS NULL AND ${alias}.${from} <= (SELECT access.today()) AND (${alias}.${to} IS NULL OR ${alias}.${to} > (SELECT access.today()))`;

/** Facts of the timetable, open to everybody in the district; looked up because they are other domains' tables. */
const timetable: Lookup[] = [
  lookup({
    name: "sections",
    arguments: "sections uuid[]",
    returns: `TABLE (id uuid, school_id uuid, school_year_id uuid, school_year text, course_id uuid, course_code text, course_title text, subject_id uuid, subject text,
      level_id uuid, credits numeric, grading text, first_day date, end_day date)`,
    sql: `SELECT s.id, s.school_id, s.school_year_id, y.name, c.id, c.code, c.title, c.subject_id, b.title, c.level_id, c.credits, c.grading, s.first_day, s.end_day
      FROM academics.section s JOIN academics.course c ON c.id = s.course_id JOIN academics.subject b ON b.id = c.subject_id JOIN schools.school_year y ON y.id = s.school_year_id
      WHERE s.id = ANY (sections)`,
  }),
  lookup({
    name: "section_terms",
    arguments: "sections uuid[]",
    returns: "TABLE (section_id uuid, term_id uuid, place int, places int)",
    sql: `SELECT st.section_id, st.term_id, (row_number() OVER terms)::int, (count(*) OVER (PARTITION BY st.section_id))::int
      FROM academics.section_term st JOIN schools.term t ON t.id = st.term_id WHERE st.section_id = ANY (sections) AND st.archived_at IS NULL
      WINDOW terms AS (PARTITION BY st.section_id ORDER BY t.first_day, t.id)`,
  }),
  lookup({
    name: "periods",
    arguments: "periods uuid[]",
    returns: "TABLE (id uuid, name text, term_id uuid, school_id uuid, school_year_id uuid, school_year text, first_day date, end_day date)",
    sql: `SELECT p.id, p.name, p.term_id, p.school_id, t.school_year_id, y.name, p.first_day, p.end_day
      FROM schools.grading_period p JOIN schools.term t ON t.id = p.term_id JOIN schools.school_year y ON y.id = t.school_year_id WHERE p.id = ANY (periods) AND p.archived_at IS NULL`,
  }),
  lookup({
    name: "terms",
    arguments: "terms uuid[]",
    returns: "TABLE (id uuid, name text, school_id uuid, school_year_id uuid, school_year text, first_day date, end_day date)",
    sql: `SELECT t.id, t.name, t.school_id, t.school_year_id, y.name, t.first_day, t.end_day FROM schools.term t JOIN schools.school_year y ON y.id = t.school_year_id
      WHERE t.id = ANY (terms) AND t.archived_at IS NULL`,
  }),
  lookup({
    name: "periods_of_term",
    arguments: "term uuid",
    returns: "SETOF uuid",
    sql: `WITH RECURSIVE part AS (SELECT term AS id UNION SELECT t.id FROM schools.term t JOIN part ON t.parent_id = part.id WHERE t.archived_at IS NULL)
      SELECT p.id FROM schools.grading_period p JOIN part ON part.id = p.term_id WHERE p.archived_at IS NULL`,
  }),
  lookup({
    name: "teachers",
    arguments: "sections uuid[]",
    returns: "TABLE (section_id uuid, name text)",
    sql: `SELECT DISTINCT ON (a.section_id) a.section_id, coalesce(p.preferred_given_name, p.given_name) || ' ' || coalesce(p.preferred_family_name, p.family_name)
      FROM staff.teaching_assignment a JOIN people.person p ON p.id = a.person_id WHERE a.section_id = ANY (sections) AND a.kind = 'LEAD' AND a.archived_at IS NULL
      ORDER BY a.section_id, a.from_date DESC, a.id DESC`,
  }),
];

/** Names and facts of the catalog and of schools, for what is written down for good. */
const catalog: Lookup[] = [
  lookup({
    name: "courses",
    arguments: "courses uuid[]",
    returns: "TABLE (id uuid, subject_id uuid, level_id uuid)",
    sql: "SELECT c.id, c.subject_id, c.level_id FROM academics.course c WHERE c.id = ANY (courses)",
  }),
  lookup({ name: "subjects", arguments: "subjects uuid[]", returns: "TABLE (id uuid, title text)", sql: "SELECT s.id, s.title FROM academics.subject s WHERE s.id = ANY (subjects)" }),
  lookup({ name: "schools", arguments: "schools uuid[]", returns: "TABLE (id uuid, name text)", sql: "SELECT s.id, s.name FROM schools.school s WHERE s.id = ANY (schools)" }),
  lookup({ name: "grade_levels", arguments: "levels uuid[]", returns: "TABLE (id uuid, title text)", sql: "SELECT g.id, g.title FROM schools.grade_level g WHERE g.id = ANY (levels)" }),
];

/** Who is where: closed to many callers, so whoever asks has checked the caller's reach of the section, school or student. */
const students: Lookup[] = [
  lookup({
    name: "rosters",
    arguments: "sections uuid[]",
    returns: "TABLE (section_id uuid, student_id uuid, sort_name text, from_date date, to_date date)",
    sql: `SELECT e.section_id, e.student_id, s.sort_name, e.from_date, e.to_date FROM academics.section_enrollment e JOIN students.student s ON s.id = e.student_id
      WHERE e.section_id = ANY (sections) AND e.archived_at IS NULL ORDER BY s.sort_name, e.student_id, e.from_date`,
  }),
  lookup({
    name: "enrolled_between",
    arguments: "students uuid[], school uuid, first_day date, end_day date",
    returns: "SETOF uuid",
    sql: `SELECT DISTINCT e.student_id FROM students.school_enrollment e WHERE e.student_id = ANY (students) AND e.school_id = school AND e.archived_at IS NULL
      AND e.entry_date < end_day AND (e.exit_date IS NULL OR e.exit_date > greatest(first_day, e.entry_date))`,
  }),
  lookup({
    name: "record_schools",
    arguments: "student uuid",
    returns: "SETOF uuid",
    sql: `WITH been AS (SELECT e.school_id, e.exit_date FROM students.school_enrollment e WHERE e.student_id = student AND e.archived_at IS NULL AND NOT e.no_show
        AND e.entry_date <= (SELECT access.today()) AND e.exit_date IS DISTINCT FROM e.entry_date),
      here AS (SELECT school_id FROM been WHERE exit_date IS NULL OR exit_date > (SELECT access.today()))
      SELECT school_id FROM here UNION SELECT school_id FROM been WHERE NOT EXISTS (SELECT 1 FROM here) AND exit_date = (SELECT max(exit_date) FROM been)`,
  }),
  lookup({
    name: "cohorts_of",
    arguments: "students uuid[]",
    returns: "TABLE (student_id uuid, school_id uuid, grade_level_id uuid, grade_level text)",
    sql: `SELECT e.student_id, e.school_id, e.grade_level_id, g.title FROM students.school_enrollment e JOIN schools.grade_level g ON g.id = e.grade_level_id
      WHERE e.student_id = ANY (students) AND e.kind = 'PRIMARY' AND ${inEffect("e", "entry_date", "exit_date")}`,
  }),
  lookup({
    name: "grade_levels_on",
    arguments: "students uuid[], day date",
    returns: "TABLE (student_id uuid, grade_level_id uuid)",
    sql: `SELECT e.student_id, e.grade_level_id FROM students.school_enrollment e WHERE e.student_id = ANY (students) AND e.kind = 'PRIMARY' AND e.archived_at IS NULL
      AND e.entry_date <= day AND (e.exit_date IS NULL OR e.exit_date > day)`,
  }),
  lookup({
    name: "cohort_history",
    arguments: "school uuid, grade_level uuid",
    returns: `TABLE (id uuid, student_id uuid, school_id uuid, repeats_id uuid, mark text, credits numeric, course_level_id uuid, mark_kind text, transfer boolean,
      counts_in_gpa boolean, ended_on date, term text)`,
    sql: `SELECT h.id, e.student_id, h.school_id, h.repeats_id, h.mark, h.credits_attempted, h.course_level_id, h.mark_kind, h.transfer_school IS NOT NULL, h.counts_in_gpa, h.ended_on,
        h.school_year_name || ' ' || h.term_name
      FROM students.school_enrollment e JOIN grading.course_history h ON h.student_id = e.student_id AND h.archived_at IS NULL
      WHERE e.school_id = school AND e.grade_level_id = grade_level AND e.kind = 'PRIMARY' AND ${inEffect("e", "entry_date", "exit_date")}`,
  }),
  lookup({
    name: "under_way",
    arguments: "students uuid[]",
    returns: "TABLE (student_id uuid, course_id uuid, subject_id uuid, credits numeric)",
    sql: `SELECT e.student_id, c.id, c.subject_id, greatest(0, c.credits - coalesce((SELECT sum(h.credits_attempted) FROM grading.course_history h
          WHERE h.student_id = e.student_id AND h.section_id = s.id AND h.archived_at IS NULL), 0))
      FROM academics.section_enrollment e JOIN academics.section s ON s.id = e.section_id AND s.archived_at IS NULL JOIN academics.course c ON c.id = s.course_id
      WHERE e.student_id = ANY (students) AND ${inEffect("e")} AND (s.end_day IS NULL OR s.end_day > (SELECT access.today())) AND c.credits > 0`,
  }),
  lookup({
    name: "attendance",
    arguments: "students uuid[], school uuid, of_year uuid, first_day date, end_day date",
    returns: "TABLE (student_id uuid, in_period boolean, days int, absent int, excused int, tardy int, unknown int)",
    sql: `SELECT d.student_id, d.date >= first_day, count(*)::int, (count(*) FILTER (WHERE d.counts_absent))::int, (count(*) FILTER (WHERE d.counts_absent AND d.excuse <> 'UNEXCUSED'))::int,
        (count(*) FILTER (WHERE d.status = 'TARDY'))::int, (count(*) FILTER (WHERE d.status = 'UNKNOWN'))::int
      FROM attendance.daily_attendance d WHERE d.student_id = ANY (students) AND d.school_id = school AND d.school_year_id = of_year AND d.archived_at IS NULL
        AND d.date < end_day AND d.date <= (SELECT access.today()) GROUP BY d.student_id, d.date >= first_day`,
  }),
  lookup({
    name: "letterheads",
    arguments: "students uuid[], school uuid",
    returns: `TABLE (student_id uuid, name text, student_number text, birth_date date, grade_level text, school text, school_phone text, district text)`,
    sql: `SELECT s.id, p.family_name || ', ' || p.given_name || coalesce(' ' || p.middle_name, '') || coalesce(' ' || p.suffix, ''), s.student_number, d.birth_date,
        (SELECT g.title FROM students.school_enrollment e JOIN schools.grade_level g ON g.id = e.grade_level_id
          WHERE e.student_id = s.id AND e.school_id = school AND e.archived_at IS NULL AND e.entry_date <= (SELECT access.today()) AND NOT e.no_show ORDER BY e.entry_date DESC LIMIT 1),
        sch.name, sch.phone, (SELECT i.name FROM platform.district i WHERE i.id = access.district())
      FROM students.student s JOIN people.person p ON p.id = s.person_id LEFT JOIN people.person_demographics d ON d.id = p.id CROSS JOIN schools.school sch
      WHERE s.id = ANY (students) AND sch.id = school`,
  }),
];

/** Grading's own rows past the row rules: for those who may post a section's marks without reading its scores. */
const own: Lookup[] = [
  lookup({
    name: "scored_work",
    arguments: "section uuid, period uuid",
    returns: `TABLE (student_id uuid, assignment_id uuid, category_id uuid, due_date date, points_possible numeric, extra_credit boolean, counts boolean, points numeric, missing boolean, exempt boolean)`,
    sql: `SELECT s.student_id, a.id, a.category_id, a.due_date, a.points_possible, a.extra_credit, a.counts_in_average, s.points, s.missing, s.exempt
      FROM grading.score s JOIN grading.assignment a ON a.id = s.assignment_id AND a.archived_at IS NULL
      WHERE s.section_id = section AND a.grading_period_id = period AND s.archived_at IS NULL`,
  }),
];

export const lookups: readonly Lookup[] = [...timetable, ...catalog, ...students, ...own];
