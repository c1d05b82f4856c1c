import { lookup, type Lookup } from "#foundation/federation/manifest";
import { unstatedSubject } from "../import/unstated-subject.ts";
import { everybody, idJoin, idOf, ids, lasts, learners, places, roles, scopeArguments, sections, told, took } from "./sql-parts.ts";

/** Every row says whether it is still so, and when it changed last. */
const lifecycle = "sourced_id text, holds boolean, changed timestamptz";
/** A file of the export as a statement over the parts. */
const exported = (name: string, columns: string, parts: readonly string[], select: string): Lookup =>
  lookup({ name: `export_${name}`, arguments: scopeArguments, returns: `TABLE (${lifecycle}, ${columns})`, sql: `WITH RECURSIVE ${parts.join(",")} ${select}` });

/** The lists of a cell in one order, whatever the plan. */
const list = (value: string) => `array_agg(DISTINCT (${value}) COLLATE "C" ORDER BY (${value}) COLLATE "C")`;

/** A source may have a school year or a course for each school that is one here: each goes out under its id. */
const several = (type: string) => `several AS (SELECT x.record_id, x.sourced_id FROM rostering.external_identifier x WHERE x.source = speaks AND x.record_type = '${type}' AND x.archived_at IS NULL AND x.sourced_id ~ '^[0-9A-Za-z._/@-]{1,255}$')`;

/** Titles and codes of a subject, unless it says that the source named none. */
const subjectOf = ["title", "code"].map((column) => `CASE WHEN b.code <> '${unstatedSubject.code}' THEN ARRAY[b.${column}::text] END`).join(", ");

const orgs = exported("orgs", "name text, type text, identifier text, parent text", [ids("Organization", "School"), places, `
  above AS (SELECT o.id, o.parent_id FROM schools.organization o WHERE of_schools IS NULL OR o.id IN (SELECT p.organization_id FROM place p) OR o.id = (SELECT h.id FROM head h)
    UNION SELECT o.id, o.parent_id FROM above a JOIN schools.organization o ON o.id = a.parent_id),
  org AS (
    SELECT 'Organization' AS record_type, o.id, o.name, CASE o.kind WHEN 'OTHER' THEN 'ext:other' ELSE lower(o.kind) END AS type, o.identifier, o.parent_id AS parent_id, o.archived_at IS NULL AS holds, o.updated_at AS changed FROM above a JOIN schools.organization o ON o.id = a.id
    UNION ALL SELECT 'School', s.id, s.name, 'school', s.code, s.organization_id, s.archived_at IS NULL, s.updated_at FROM schools.school s WHERE of_schools IS NULL OR s.id = ANY (of_schools)
    UNION ALL SELECT 'Organization', d.id, d.name, 'district', coalesce(d.state_id, d.code), NULL, true, d.updated_at FROM platform.district d JOIN head h ON h.id = d.id)`],
  `SELECT ${idOf("i", "o.id")}, o.holds, o.changed, o.name, o.type, nullif(o.identifier, ${idOf("i", "o.id")}), CASE WHEN o.parent_id IS NOT NULL THEN ${idOf("p", "o.parent_id")} END
  FROM org o LEFT JOIN ids i ON i.record_type = o.record_type AND i.record_id = o.id ${idJoin("p", "Organization", "o.parent_id")} WHERE ${told("o")}`);

const academicSessions = exported("academic_sessions", "title text, type text, start_date date, end_date date, parent text, school_year int", [ids("SchoolYear", "Term", "GradingPeriod"), places, `
  term AS (SELECT t.id, t.name, t.kind, t.first_day, t.end_day, t.parent_id, t.school_year_id, (t.archived_at IS NULL AND y.holds) AS holds, greatest(t.updated_at, y.updated_at) AS changed
    FROM schools.term t JOIN year y ON y.id = t.school_year_id WHERE t.school_id IS NULL OR t.school_id IN (SELECT p.id FROM place p)),
  session AS (
    SELECT 'SchoolYear' AS record_type, y.id, y.name, 'schoolYear' AS type, y.first_day, y.end_day, NULL AS parent_type, NULL::uuid AS parent_id, y.id AS year_id, y.holds, y.updated_at AS changed FROM year y
    UNION ALL SELECT 'Term', t.id, t.name, CASE t.kind WHEN 'SEMESTER' THEN 'semester' ELSE 'term' END, t.first_day, t.end_day, CASE WHEN t.parent_id IS NULL THEN 'SchoolYear' ELSE 'Term' END, coalesce(t.parent_id, t.school_year_id), t.school_year_id, t.holds, t.changed FROM term t
    UNION ALL SELECT 'GradingPeriod', g.id, g.name, 'gradingPeriod', g.first_day, g.end_day, 'Term', t.id, t.school_year_id, (g.archived_at IS NULL AND t.holds), greatest(g.updated_at, t.changed) FROM schools.grading_period g JOIN term t ON t.id = g.term_id)`, several("SchoolYear")],
  `SELECT coalesce(v.sourced_id, ${idOf("i", "s.id")}), s.holds, s.changed, s.name, s.type, s.first_day, s.end_day, CASE WHEN s.parent_id IS NOT NULL THEN ${idOf("p", "s.parent_id")} END, extract(year FROM y.end_day - 1)::int
  FROM session s JOIN year y ON y.id = s.year_id LEFT JOIN ids i ON i.record_type = s.record_type AND i.record_id = s.id LEFT JOIN ids p ON p.record_type = s.parent_type AND p.record_id = s.parent_id
    LEFT JOIN several v ON s.record_type = 'SchoolYear' AND v.record_id = s.id WHERE ${told("s")}`);

const courses = exported("courses", "title text, code text, org text, subjects text[], subject_codes text[]", [ids("Organization", "Course"), places, sections, `
  course AS (SELECT c.id, c.title, c.code, c.subject_id, (c.archived_at IS NULL AND of_schools IS NULL OR coalesce(s.holds, false)) AS holds, greatest(c.updated_at, b.updated_at, CASE WHEN of_schools IS NOT NULL THEN s.changed END) AS changed
    FROM academics.course c JOIN academics.subject b ON b.id = c.subject_id LEFT JOIN (SELECT s.course_id, bool_or(s.holds) AS holds, max(s.changed) AS changed FROM section s GROUP BY 1) s ON s.course_id = c.id
    WHERE of_schools IS NULL OR s.course_id IS NOT NULL)`, several("Course")],
  `SELECT coalesce(v.sourced_id, ${idOf("i", "c.id")}), c.holds, c.changed, c.title, c.code, ${idOf("o", "h.id")}, ${subjectOf}
  FROM course c CROSS JOIN head h JOIN academics.subject b ON b.id = c.subject_id ${idJoin("i", "Course", "c.id")} ${idJoin("o", "Organization", "h.id")} LEFT JOIN several v ON v.record_id = c.id WHERE ${told("c")}`);

const classes = exported("classes", "title text, code text, type text, course text, school text, terms text[], has_terms boolean, subjects text[], subject_codes text[], location text, periods text[]", [ids("Course", "Section", "School", "SchoolYear", "Term"), places, sections, `
  meets AS (SELECT m.section_id, ${list("m.period_code")} AS periods, max(m.updated_at) AS changed,
      (array_agg(r.number::text ORDER BY m.from_date DESC, m.period_code, r.number) FILTER (WHERE r.id IS NOT NULL))[1] AS location
    FROM academics.meeting_pattern m LEFT JOIN schools.room r ON r.id = m.room_id WHERE m.archived_at IS NULL AND (m.to_date IS NULL OR m.to_date > (SELECT access.today())) GROUP BY 1),
  spans AS (SELECT t.section_id, array_agg(${idOf("i", "w.id")} ORDER BY w.first_day, ${idOf("i", "w.id")} COLLATE "C") FILTER (WHERE t.archived_at IS NULL) AS terms, max(t.updated_at) AS changed
    FROM academics.section_term t JOIN schools.term w ON w.id = t.term_id AND w.archived_at IS NULL ${idJoin("i", "Term", "w.id")} GROUP BY 1),
  class AS (SELECT s.*, greatest(s.changed, m.changed, t.changed) AS last_changed, t.terms, m.periods, m.location FROM section s LEFT JOIN meets m ON m.section_id = s.id LEFT JOIN spans t ON t.section_id = s.id)`],
  `SELECT ${idOf("i", "c.id")}, c.holds, c.last_changed, c.title, c.code, lower(c.kind), ${idOf("k", "c.course_id")}, ${idOf("o", "c.school_id")}, coalesce(c.terms, ARRAY[${idOf("y", "c.school_year_id")}]), c.terms IS NOT NULL, ${subjectOf}, c.location, c.periods
  FROM class c JOIN academics.course a ON a.id = c.course_id JOIN academics.subject b ON b.id = a.subject_id
    ${idJoin("i", "Section", "c.id")} ${idJoin("k", "Course", "c.course_id")} ${idJoin("o", "School", "c.school_id")} ${idJoin("y", "SchoolYear", "c.school_year_id")}
  WHERE CASE WHEN changed_since IS NULL THEN c.holds ELSE c.last_changed >= changed_since END`);

const users = exported("users",
  `person_id uuid, student_id uuid, is_kin boolean, is_worker boolean, given_name text, middle_name text, family_name text, preferred_given_name text, preferred_family_name text, pronouns text,
   student_number text, state_id text, employee_number text, username text, enabled boolean, email text, mobile text, phone text, agents text[], grades text[], primary_org text`,
  [ids("Person", "School"), everybody, `
  email AS (SELECT e.person_id, max(e.updated_at) AS changed, (array_agg(e.address::text ORDER BY e.kind = 'DISTRICT' DESC, e.preferred DESC, e.address COLLATE "C") FILTER (WHERE e.archived_at IS NULL AND NOT e.confidential))[1] AS address FROM people.person_email e GROUP BY 1),
  phone AS (SELECT n.person_id, max(n.updated_at) AS changed,
      (array_agg(n.number::text ORDER BY n.preferred DESC, n.number COLLATE "C") FILTER (WHERE n.kind = 'MOBILE' AND n.archived_at IS NULL AND NOT n.confidential))[1] AS mobile,
      (array_agg(n.number::text ORDER BY n.preferred DESC, n.kind = 'HOME' DESC, n.number COLLATE "C") FILTER (WHERE n.kind <> 'MOBILE' AND n.archived_at IS NULL AND NOT n.confidential))[1] AS other FROM people.person_phone n GROUP BY 1),
  agent AS (SELECT k.student_id, ${list(idOf("i", "k.person_id"))} FILTER (WHERE k.holds) AS agents, max(k.changed) AS changed FROM kin k ${idJoin("i", "Person", "k.person_id")} GROUP BY 1),
  current AS (SELECT DISTINCT ON (s.student_id) s.student_id, s.school_id, g.code::text AS grade FROM stay s LEFT JOIN schools.grade_level g ON g.id = s.grade_level_id WHERE s.holds ORDER BY s.student_id, s.kind = 'PRIMARY' DESC, s.entry_date, s.school_id),
  workplace AS (SELECT d.person_id, CASE WHEN count(DISTINCT d.school_id) FILTER (WHERE d.holds) = 1 THEN min(d.school_id::text) FILTER (WHERE d.holds)::uuid END AS school_id, max(d.changed) AS changed FROM duty d GROUP BY 1),
  account AS (SELECT a.person_id, min(a.username::text COLLATE "C") FILTER (WHERE a.status = 'ACTIVE') AS username, bool_or(a.status = 'ACTIVE') AS enabled, max(a.updated_at) AS changed FROM platform.account a WHERE a.archived_at IS NULL GROUP BY 1),
  row_of AS (SELECT p.id, p.holds,
      CASE WHEN p.holds THEN greatest(p.changed, n.updated_at, l.updated_at, i.updated_at, y.updated_at, e.changed, t.changed, g.changed, w.changed, a.changed) ELSE p.changed END AS changed,
      l.id AS student_id, EXISTS (SELECT 1 FROM kin k WHERE k.person_id = p.id AND k.holds) AS is_kin,
      (EXISTS (SELECT 1 FROM duty d WHERE d.person_id = p.id AND d.holds) OR EXISTS (SELECT 1 FROM teaching t WHERE t.person_id = p.id AND t.holds)) AS is_worker,
      n.given_name, n.middle_name, n.family_name, n.preferred_given_name, n.preferred_family_name, n.pronouns, l.student_number, i.state_id, y.employee_number, a.username, a.enabled, e.address, t.mobile, t.other, g.agents, c.grade, coalesce(c.school_id, w.school_id) AS org_id
    FROM person p JOIN people.person n ON n.id = p.id LEFT JOIN learner l ON l.person_id = p.id
      LEFT JOIN students.student_identifiers i ON i.id = l.id AND i.archived_at IS NULL LEFT JOIN staff.employee y ON y.person_id = p.id AND y.archived_at IS NULL
      LEFT JOIN email e ON e.person_id = p.id LEFT JOIN phone t ON t.person_id = p.id LEFT JOIN agent g ON g.student_id = l.id LEFT JOIN current c ON c.student_id = l.id LEFT JOIN workplace w ON w.person_id = p.id LEFT JOIN account a ON a.person_id = p.id)`],
  `SELECT ${idOf("i", "r.id")}, r.holds, r.changed, r.id, r.student_id, r.is_kin, r.is_worker, r.given_name, r.middle_name, r.family_name, r.preferred_given_name, r.preferred_family_name, r.pronouns,
    nullif(r.student_number, ${idOf("i", "r.id")}), r.state_id, r.employee_number, r.username, coalesce(r.enabled, true), r.address, r.mobile, r.other, r.agents, CASE WHEN r.grade IS NOT NULL THEN ARRAY[r.grade] END, CASE WHEN r.org_id IS NOT NULL THEN ${idOf("o", "r.org_id")} END
  FROM row_of r ${idJoin("i", "Person", "r.id")} ${idJoin("o", "School", "r.org_id")} WHERE ${told("r")}`);

const rolesOfUsers = exported("roles", "student_id uuid, user_id text, role_type text, role text, begins date, ends date, org text, org_type text", [ids("Person", "School", "Organization"), everybody, roles, `
  held AS (SELECT r.person_id, r.org_id, r.role, min(r.rank) AS rank, bool_or(r.holds) AS holds, max(r.changed) AS changed, max(r.student_id::text)::uuid AS student_id,
      min(r.begins) FILTER (WHERE r.holds) AS begins, CASE WHEN bool_and(r.ends IS NOT NULL) FILTER (WHERE r.holds) THEN max(r.ends) FILTER (WHERE r.holds) END AS ends
    FROM role_row r GROUP BY 1, 2, 3),
  row_of AS (SELECT h.*, row_number() OVER (PARTITION BY h.person_id, h.org_id ORDER BY h.holds DESC, h.rank, h.role) AS place FROM held h)`],
  `SELECT CASE WHEN length(k.id) <= 255 THEN k.id ELSE md5(k.id) END, r.holds, r.changed, r.student_id, ${idOf("i", "r.person_id")}, CASE WHEN r.place = 1 THEN 'primary' ELSE 'secondary' END, r.role, r.begins, r.ends, ${idOf("o", "r.org_id")}, CASE WHEN r.org_id IN (SELECT p.id FROM place p) THEN 'school' ELSE 'other' END
  FROM row_of r ${idJoin("i", "Person", "r.person_id")} LEFT JOIN ids o ON o.record_type IN ('School', 'Organization') AND o.record_id = r.org_id
    CROSS JOIN LATERAL (SELECT concat_ws('.', ${idOf("i", "r.person_id")}, replace(r.role, ':', '-'), ${idOf("o", "r.org_id")}) AS id) k WHERE ${told("r")}`);

const demographics = exported("demographics",
  "student_id uuid, birth_date date, legal_sex text, american_indian boolean, asian boolean, black boolean, pacific_islander boolean, white boolean, hispanic boolean, country_of_birth text", [ids("Person"), everybody, `
  row_of AS (SELECT p.id, (p.holds AND d.archived_at IS NULL) AS holds, greatest(p.changed, d.updated_at) AS changed, l.id AS student_id, d.birth_date, d.legal_sex, d.american_indian_or_alaska_native, d.asian, d.black_or_african_american, d.native_hawaiian_or_other_pacific_islander, d.white, d.hispanic_or_latino, d.country_of_birth
    FROM person p JOIN people.person_demographics d ON d.id = p.id LEFT JOIN learner l ON l.person_id = p.id WHERE (whole OR l.id IS NOT NULL)
      AND num_nonnulls(d.birth_date, d.legal_sex, d.american_indian_or_alaska_native, d.asian, d.black_or_african_american, d.native_hawaiian_or_other_pacific_islander, d.white, d.hispanic_or_latino, d.country_of_birth) > 0)`],
  `SELECT ${idOf("i", "r.id")}, r.holds, r.changed, r.student_id, r.birth_date, r.legal_sex, r.american_indian_or_alaska_native, r.asian, r.black_or_african_american, r.native_hawaiian_or_other_pacific_islander, r.white, r.hispanic_or_latino, r.country_of_birth
  FROM row_of r ${idJoin("i", "Person", "r.id")} WHERE ${told("r")}`);

const enrollments = exported("enrollments", "student_id uuid, class text, school text, user_id text, role text, is_primary boolean, begins date, ends date", [ids("Person", "School", "Section", "SectionEnrollment", "TeachingAssignment"), everybody, `
  row_of AS (
    SELECT 'SectionEnrollment' AS record_type, e.id, e.section_id, e.school_id, l.id AS student_id, l.person_id, 'student' AS role, NULL::boolean AS is_primary, e.from_date, e.to_date,
      (${lasts("e")} AND s.holds AND l.holds) AS holds, greatest(e.updated_at, CASE WHEN ${lasts("e")} THEN greatest(s.changed, l.changed) END, ${took("e.to_date")}) AS changed
    FROM academics.section_enrollment e JOIN section s ON s.id = e.section_id JOIN learner l ON l.id = e.student_id
    UNION ALL SELECT 'TeachingAssignment', t.id, t.section_id, t.school_id, NULL, t.person_id, CASE t.kind WHEN 'AIDE' THEN 'proctor' ELSE 'teacher' END,
      CASE WHEN t.kind <> 'AIDE' THEN t.kind = 'LEAD' AND NOT EXISTS (SELECT 1 FROM teaching o WHERE o.section_id = t.section_id AND o.kind = 'LEAD' AND o.holds AND (o.from_date, o.id) < (t.from_date, t.id) AND (o.to_date IS NULL OR o.to_date > t.from_date)) END, t.from_date, t.to_date, t.holds, t.changed FROM teaching t)`],
  `SELECT ${idOf("i", "r.id")}, r.holds, r.changed, r.student_id, ${idOf("c", "r.section_id")}, ${idOf("o", "r.school_id")}, ${idOf("p", "r.person_id")}, r.role, r.is_primary, r.from_date, r.to_date
  FROM row_of r LEFT JOIN ids i ON i.record_type = r.record_type AND i.record_id = r.id ${idJoin("c", "Section", "r.section_id")} ${idJoin("o", "School", "r.school_id")} ${idJoin("p", "Person", "r.person_id")} WHERE ${told("r")}`);

/** Categories of the sections; assignments that students see; scores of students who are told of. What a teacher noted for herself leaves with the district's own copy alone. */
const work = `
  work AS (SELECT a.id, a.section_id, a.school_id, a.category_id, a.grading_period_id, a.title, a.instructions, a.assigned_date, a.due_date, a.points_possible,
      (a.archived_at IS NULL AND NOT a.hidden AND s.holds) AS holds, greatest(a.updated_at, s.changed) AS changed FROM grading.assignment a JOIN section s ON s.id = a.section_id)`;

const categories = exported("categories", "title text, weight numeric", [ids("AssignmentCategory"), places, sections, `
  row_of AS (SELECT c.id, c.title, c.weight, (c.archived_at IS NULL AND s.holds) AS holds, greatest(c.updated_at, s.changed) AS changed FROM grading.assignment_category c JOIN section s ON s.id = c.section_id)`],
  `SELECT DISTINCT ON (1) ${idOf("i", "r.id")}, r.holds, r.changed, r.title, r.weight FROM row_of r ${idJoin("i", "AssignmentCategory", "r.id")} WHERE ${told("r")} ORDER BY 1, r.holds DESC, r.changed DESC, r.id`);

const lineItems = exported("line_items", "title text, description text, assign_date date, due_date date, class text, category text, session text, points numeric, school text", [ids("Assignment", "AssignmentCategory", "Section", "School", "GradingPeriod"), places, sections, work],
  `SELECT ${idOf("i", "w.id")}, w.holds, w.changed, w.title, w.instructions, w.assigned_date, w.due_date, ${idOf("s", "w.section_id")}, ${idOf("c", "w.category_id")}, ${idOf("g", "w.grading_period_id")}, w.points_possible, ${idOf("o", "w.school_id")}
  FROM work w ${idJoin("i", "Assignment", "w.id")} ${idJoin("c", "AssignmentCategory", "w.category_id")} ${idJoin("s", "Section", "w.section_id")} ${idJoin("o", "School", "w.school_id")} ${idJoin("g", "GradingPeriod", "w.grading_period_id")} WHERE ${told("w")}`);

const results = exported("results", "student_id uuid, line_item text, student text, score_status text, points numeric, score_date date, comment text, class text, is_late boolean, is_missing boolean", [ids("Person", "Section", "Assignment", "Score"), places, sections, learners, work, `
  row_of AS (SELECT r.id, r.assignment_id, w.section_id, l.id AS student_id, l.person_id, r.points, r.missing, r.late, r.exempt, coalesce(r.comment, CASE WHEN whole THEN n.text END) AS comment, r.updated_at, (r.archived_at IS NULL AND w.holds AND l.holds) AS holds, greatest(r.updated_at, CASE WHEN whole THEN n.updated_at END, CASE WHEN r.archived_at IS NULL THEN greatest(w.changed, l.changed) END) AS changed
    FROM grading.score r JOIN work w ON w.id = r.assignment_id JOIN learner l ON l.id = r.student_id LEFT JOIN grading.score_note n ON n.id = r.id AND n.archived_at IS NULL)`],
  `SELECT ${idOf("i", "r.id")}, r.holds, r.changed, r.student_id, ${idOf("a", "r.assignment_id")}, ${idOf("p", "r.person_id")}, CASE WHEN r.exempt THEN 'exempt' WHEN r.missing THEN 'not submitted' WHEN r.points IS NULL THEN 'submitted' ELSE 'fully graded' END,
    r.points, (r.updated_at AT TIME ZONE (SELECT d.time_zone FROM platform.district d WHERE d.id = access.district()))::date, r.comment, ${idOf("s", "r.section_id")}, r.late, r.missing
  FROM row_of r ${idJoin("i", "Score", "r.id")} ${idJoin("a", "Assignment", "r.assignment_id")} ${idJoin("p", "Person", "r.person_id")} ${idJoin("s", "Section", "r.section_id")} WHERE ${told("r")}`);

/** What the source's rows say beyond the district's records, as written; of rows that it still names. */
const kept = lookup({
  name: "export_kept", arguments: "speaks text, of_file text", returns: "TABLE (sourced_id text, kept jsonb, kept_changed timestamptz)",
  sql: "SELECT r.sourced_id::text, r.values, r.updated_at FROM rostering.source_record r WHERE r.source = speaks AND r.file = of_file AND r.archived_at IS NULL AND r.gone_since IS NULL AND r.sourced_id ~ '^[0-9A-Za-z._/@-]{1,255}$'",
});

/** The only source of ids that there is; none where there are several. */
const sources = lookup({ name: "export_sources", arguments: "", returns: "TABLE (source text)", sql: "SELECT DISTINCT x.source::text FROM rostering.external_identifier x WHERE x.archived_at IS NULL ORDER BY 1" });

export const exportLookups: readonly Lookup[] = [orgs, academicSessions, courses, classes, users, rolesOfUsers, demographics, enrollments, categories, lineItems, results, kept, sources];
