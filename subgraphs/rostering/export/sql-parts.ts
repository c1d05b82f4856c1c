/*
 * Parts of the statements of an export. They read the district past the row rules, as the reader role: who may export what to whom is
 * asked before, and what an audience may not have is left out here and not later. Every statement takes the same arguments:
 *
 * speaks          the source whose ids are written; null for our own
 * of_schools      the schools that are told of; null for all
 * changed_since   null for everything as of today; else what changed since then, and what has gone
 * for_audience    to whom directory information goes: of students alone, without those who opted out of it; null where the basis is another
 * consents_to     the agreement whose written consents say which students are told of; null where the basis is another
 * tells_kin       whether contacts are told of at all
 * whole           the district's own copy: every contact who is not hidden, and everybody's demographics
 */
export const scopeArguments = "speaks text, of_schools uuid[], changed_since timestamptz, for_audience text, consents_to uuid, tells_kin boolean, whole boolean";

const today = "(SELECT access.today())";
const midnight = (day: string) => `${day}::timestamp AT TIME ZONE (SELECT d.time_zone FROM platform.district d WHERE d.id = access.district())`;
/** When a day that has come took effect; null for one to come. */
export const took = (day: string) => `CASE WHEN ${day} <= ${today} THEN ${midnight(day)} END`;
/** Not archived, and not over as of today. */
export const lasts = (row: string, to = "to_date") => `(${row}.archived_at IS NULL AND (${row}.${to} IS NULL OR ${row}.${to} > ${today}))`;
const inEffect = (row: string) => `(${lasts(row)} AND ${row}.from_date <= ${today})`;

/** A category of a source belongs to no class: the kinds of work of several sections may be one there, as the import of their work remembers. */
const categoryIds = `
    UNION ALL SELECT 'AssignmentCategory', (x.memory->'category'->>'id')::uuid, min((x.memory->'category'->>'sourcedId') COLLATE "C") FROM rostering.external_identifier x
    WHERE x.source = speaks AND x.record_type = 'Assignment' AND x.archived_at IS NULL AND x.memory->'category'->>'sourcedId' ~ '^[0-9A-Za-z._/@-]{1,255}$' GROUP BY 1, 2`;

/** Ids of the source by record type; one with characters that OneRoster does not allow is none. */
export const ids = (...types: string[]) => `ids AS MATERIALIZED (
    SELECT x.record_type, x.record_id, min(x.sourced_id COLLATE "C") AS sourced_id FROM rostering.external_identifier x
    WHERE x.source = speaks AND x.record_type IN (${types.map((type) => `'${type}'`).join(", ")}) AND x.archived_at IS NULL AND x.sourced_id ~ '^[0-9A-Za-z._/@-]{1,255}$' GROUP BY 1, 2${types.includes("AssignmentCategory") ? categoryIds : ""})`;
export const idJoin = (alias: string, type: string, id: string) => `LEFT JOIN ids ${alias} ON ${alias}.record_type = '${type}' AND ${alias}.record_id = ${id}`;
export const idOf = (alias: string, id: string) => `coalesce(${alias}.sourced_id, ${id}::text)`;

/** Which rows are told of: all that hold, or those that changed. */
export const told = (row: string) => `(CASE WHEN changed_since IS NULL THEN ${row}.holds ELSE ${row}.changed >= changed_since END)`;

/** Schools; school years that are not closed; the district's own organization, by whose id courses and duties of the whole district go. */
export const places = `
  place AS (SELECT s.id, s.organization_id FROM schools.school s WHERE s.archived_at IS NULL AND (of_schools IS NULL OR s.id = ANY (of_schools))),
  head AS (SELECT coalesce((SELECT o.id FROM schools.organization o LEFT JOIN schools.school s ON s.organization_id = o.id AND s.archived_at IS NULL
      WHERE o.kind = 'DISTRICT' AND o.archived_at IS NULL GROUP BY o.id ORDER BY count(s.id) DESC, o.id LIMIT 1), access.district()) AS id),
  year AS (SELECT y.id, y.name, y.first_day, y.end_day, (y.archived_at IS NULL AND y.status <> 'CLOSED') AS holds, y.updated_at FROM schools.school_year y)`;

/** Sections of these schools; they hold while their school year is not closed. */
export const sections = `
  section AS (SELECT s.id, s.course_id, s.school_id, s.school_year_id, s.code, s.title, s.kind, s.first_day, s.end_day, (s.archived_at IS NULL AND y.holds) AS holds, greatest(s.updated_at, y.updated_at) AS changed
    FROM academics.section s JOIN place p ON p.id = s.school_id JOIN year y ON y.id = s.school_year_id)`;

/** Students of these schools, with their stays at them, but for those who opted out or have not consented: of them nothing is told. */
export const learners = `
  wish AS (SELECT o.student_id FROM students.directory_opt_out o WHERE o.audience = for_audience AND ${inEffect("o")}),
  consent AS (SELECT c.student_id FROM platform.disclosure_consent c WHERE c.agreement_id = consents_to AND ${inEffect("c")}),
  stay AS (SELECT e.student_id, e.school_id, e.grade_level_id, e.kind, e.entry_date, e.exit_date, (${lasts("e", "exit_date")} AND NOT e.no_show) AS holds, greatest(e.updated_at, ${took("e.exit_date")}) AS changed
    FROM students.school_enrollment e JOIN place p ON p.id = e.school_id
    WHERE e.student_id NOT IN (SELECT w.student_id FROM wish w) AND (consents_to IS NULL OR e.student_id IN (SELECT c.student_id FROM consent c))),
  learner AS (SELECT s.id, s.person_id, s.student_number, s.updated_at, (t.holds AND s.archived_at IS NULL) AS holds, greatest(t.changed, s.archived_at) AS changed
    FROM (SELECT student_id, bool_or(holds) AS holds, max(changed) AS changed FROM stay GROUP BY 1) t JOIN students.student s ON s.id = t.student_id)`;

/** Who has a duty at these schools, and who teaches there. A duty for the whole district is told of with the whole district alone. */
export const workers = `
  duty AS (SELECT d.id, d.person_id, d.role, d.school_id, d.from_date, d.to_date, ${lasts("d")} AS holds, greatest(d.updated_at, ${took("d.to_date")}) AS changed
    FROM people.duty_assignment d WHERE for_audience IS NULL AND CASE WHEN d.school_id IS NULL THEN of_schools IS NULL ELSE d.school_id IN (SELECT p.id FROM place p) END),
  teaching AS (SELECT t.id, t.person_id, t.section_id, t.school_id, t.kind, t.from_date, t.to_date, (${lasts("t")} AND s.holds) AS holds, greatest(t.updated_at, CASE WHEN ${lasts("t")} THEN s.changed END, ${took("t.to_date")}) AS changed
    FROM staff.teaching_assignment t JOIN section s ON s.id = t.section_id WHERE for_audience IS NULL)`;

/**
 * Who is told as belonging to a student. Another system may open a child's work to whom it is told: so these are contacts with the right to
 * the education record as of today, like in the portal. In the district's own copy all contacts, proposals included; hidden ones never.
 */
export const kin = `
  kin AS (SELECT c.person_id, c.student_id, c.relationship,
      (tells_kin AND l.holds AND ${inEffect("c")} AND NOT c.confidential AND (whole OR (c.status = 'CONFIRMED' AND c.education_rights AND o.student_id IS NULL
        AND (NOT coalesce(s.postsecondary_from <= ${today} OR b.birth_date <= (${today} - interval '18 years')::date, false) OR a.student_id IS NOT NULL)))) AS holds,
      greatest(c.updated_at, CASE WHEN ${lasts("c")} THEN l.changed END, ${took("c.from_date")}, ${took("c.to_date")}, o.changed, ${took("s.postsecondary_from")}, ${took("(b.birth_date + interval '18 years')::date")}) AS changed
    FROM students.student_contact c JOIN learner l ON l.id = c.student_id JOIN students.student s ON s.id = l.id
      LEFT JOIN people.person_demographics b ON b.id = s.person_id AND b.archived_at IS NULL
      LEFT JOIN LATERAL (SELECT o.student_id, max(greatest(o.updated_at, ${took("o.from_date")})) AS changed FROM students.court_order o
        WHERE o.student_id = c.student_id AND o.person_id = c.person_id AND (o.restricts_education OR o.restricts_portal) AND ${inEffect("o")} GROUP BY 1) o ON true
      LEFT JOIN LATERAL (SELECT DISTINCT a.student_id FROM students.majority_arrangement a WHERE a.student_id = c.student_id AND (a.person_id IS NULL OR a.person_id = c.person_id) AND ${inEffect("a")}) a ON true
    WHERE tells_kin)`;

/** Everybody who is told of, once. Of who still belongs to it nothing is new where one of several reasons for it has gone. */
export const persons = `
  member AS (SELECT l.person_id, l.holds, l.changed FROM learner l UNION ALL SELECT d.person_id, d.holds, d.changed FROM duty d
    UNION ALL SELECT t.person_id, t.holds, t.changed FROM teaching t UNION ALL SELECT k.person_id, k.holds, k.changed FROM kin k),
  -- Whom the source of the ids names and who never had a place here, such as employees without an enabled account: in the district's own copy.
  named AS (SELECT p.id AS person_id, p.archived_at IS NULL AS holds, p.updated_at AS changed FROM rostering.external_identifier x JOIN people.person p ON p.id = x.record_id
      JOIN rostering.source_record r ON r.source = x.source AND r.file = 'users' AND r.sourced_id = x.sourced_id AND r.archived_at IS NULL AND r.gone_since IS NULL
    WHERE whole AND x.source = speaks AND x.record_type = 'Person' AND x.archived_at IS NULL AND NOT EXISTS (SELECT 1 FROM member m WHERE m.person_id = p.id)),
  person AS (SELECT m.person_id AS id, bool_or(m.holds) AS holds, coalesce(max(m.changed) FILTER (WHERE m.holds), max(m.changed)) AS changed FROM (SELECT * FROM member UNION ALL SELECT * FROM named) m GROUP BY 1)`;

/** All of what says who belongs to the export. */
export const everybody = [places, sections, learners, workers, kin, persons].join(",");

/** Roles at organizations: of students by their stays, of staff by duties and teaching, of contacts where their children are. */
export const roles = `
  role_row AS (
    SELECT l.person_id, l.id AS student_id, s.school_id AS org_id, 'student' AS role, 1 AS rank, s.entry_date AS begins, s.exit_date AS ends, (s.holds AND l.holds) AS holds, greatest(s.changed, CASE WHEN s.holds THEN l.changed END) AS changed FROM stay s JOIN learner l ON l.id = s.student_id
    UNION ALL SELECT d.person_id, NULL, coalesce(d.school_id, (SELECT h.id FROM head h)), CASE d.role WHEN 'TEACHER' THEN 'teacher' WHEN 'COUNSELOR' THEN 'counselor' WHEN 'PRINCIPAL' THEN 'principal' WHEN 'ASSISTANT_PRINCIPAL' THEN 'siteAdministrator'
        WHEN 'SUPERINTENDENT' THEN 'districtAdministrator' WHEN 'ADMIN' THEN 'systemAdministrator' ELSE 'aide' END,
      CASE d.role WHEN 'PRINCIPAL' THEN 2 WHEN 'TEACHER' THEN 4 WHEN 'STAFF' THEN 6 ELSE 3 END, d.from_date, d.to_date, d.holds, d.changed FROM duty d
    UNION ALL SELECT t.person_id, NULL, t.school_id, 'teacher', 5, t.from_date, NULL, t.holds, t.changed FROM teaching t
      WHERE NOT EXISTS (SELECT 1 FROM duty d WHERE d.person_id = t.person_id AND d.school_id = t.school_id AND d.role = 'TEACHER' AND d.holds)
    UNION ALL SELECT k.person_id, NULL, s.school_id, CASE WHEN k.relationship IN ('MOTHER', 'FATHER', 'PARENT', 'STEPPARENT') THEN 'parent' WHEN k.relationship IN ('LEGAL_GUARDIAN', 'FOSTER_PARENT') THEN 'guardian'
        WHEN k.relationship IN ('GRANDPARENT', 'SIBLING', 'OTHER_RELATIVE') THEN 'relative' ELSE 'ext:other' END, 7, NULL, NULL, (k.holds AND s.holds), CASE WHEN s.holds THEN k.changed ELSE s.changed END FROM kin k JOIN stay s ON s.student_id = k.student_id)`;
