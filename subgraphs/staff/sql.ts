import type { Ids } from "#foundation/access/declare-relation";

const today = "(SELECT access.today())";
const me = "(SELECT access.person())";

/** The row `alias` holds today: not archived, and today lies in its half-open span. */
const inEffect = (alias: string): string => `${alias}.archived_at IS NULL AND ${alias}.from_date <= ${today} AND (${alias}.to_date IS NULL OR ${alias}.to_date > ${today})`;

/** Days of the district's roster policy in effect today, or the default. */
const policy = (column: string, otherwise: number): string => `coalesce((SELECT p.${column} FROM academics.roster_policy p
    WHERE p.archived_at IS NULL AND p.from_date <= access.today() ORDER BY p.from_date DESC LIMIT 1), ${otherwise})`;

/** What begins on this day or before is open today: `lead` days ahead. Found once for a statement. */
const opensBy = `(SELECT access.today() + ${policy("lead_days", 14)})`;
/** What ends (exclusively) after this day is still open today: `lag` days back. */
const closesAfter = `(SELECT access.today() - ${policy("lag_days", 30)})`;

/** Ids of the sections that the caller teaches, within lead and lag of her assignment; an assignment without an end ends with its section. */
export const sectionsTaught = `SELECT t.section_id FROM staff.teaching_assignment t JOIN academics.section s ON s.id = t.section_id AND s.archived_at IS NULL
  WHERE t.person_id = ${me} AND t.archived_at IS NULL AND t.from_date <= ${opensBy} AND least(t.to_date, s.end_day) > ${closesAfter}`;

/**
 * The student is none of the caller's family, nor the caller: about her own child a teacher has what a parent has. Whoever is listed as a
 * parent, or with a parent's rights or home, counts from the first day and for ever, also before a clerk confirms it.
 */
const notOwnChild = (student: string): string => `NOT EXISTS (SELECT 1 FROM students.student_contact c WHERE c.student_id = ${student} AND c.person_id = ${me} AND c.archived_at IS NULL
    AND (c.relationship IN ('MOTHER', 'FATHER', 'PARENT', 'STEPPARENT', 'LEGAL_GUARDIAN', 'FOSTER_PARENT') OR c.education_rights OR c.lives_with OR c.decision_making))
  AND NOT EXISTS (SELECT 1 FROM students.student herself WHERE herself.id = ${student} AND herself.person_id = ${me})`;

/**
 * Ids of the students on their rosters, within lead and lag of the roster's dates. Roster and assignment must share a day: whoever left
 * before the teacher came, or joined after she went, was never hers.
 */
export const studentsTaught = (): string => `SELECT e.student_id FROM staff.teaching_assignment t JOIN academics.section s ON s.id = t.section_id AND s.archived_at IS NULL
    JOIN academics.section_enrollment e ON e.section_id = t.section_id AND e.archived_at IS NULL
  WHERE t.person_id = ${me} AND t.archived_at IS NULL AND t.from_date <= ${opensBy} AND least(t.to_date, s.end_day) > ${closesAfter}
    AND e.from_date <= ${opensBy} AND (e.to_date IS NULL OR e.to_date > ${closesAfter})
    AND e.from_date < least(t.to_date, s.end_day) AND (e.to_date IS NULL OR e.to_date > t.from_date) AND ${notOwnChild("e.student_id")}`;

/** The assignments by which the caller stands in today, as a member of the pool. */
const standsIn = `a.person_id = ${me} AND ${inEffect("a")} AND EXISTS (SELECT 1 FROM staff.substitute pool WHERE pool.person_id = ${me} AND ${inEffect("pool")})`;

/** Ids of the sections in which the caller stands in today. */
export const sectionsSubstituted = `SELECT a.section_id FROM staff.substitute_assignment a WHERE ${standsIn}`;

/** Ids of their class meetings on the days of the assignment, and of no others. */
export const meetingsSubstituted = `SELECT m.id FROM staff.substitute_assignment a JOIN academics.class_meeting m ON m.section_id = a.section_id AND m.date >= a.from_date AND m.date < a.to_date AND m.archived_at IS NULL
  WHERE ${standsIn}`;

/** Ids of the students on their rosters today. */
export const studentsSubstituted = ({ among }: Ids): string => `SELECT e.student_id FROM academics.section_enrollment e
  WHERE ${among("e.section_id", sectionsSubstituted)} AND ${inEffect("e")} AND ${notOwnChild("e.student_id")}`;

/** Ids of the students on the caller's caseload today. The token's role is the ceiling: a counselor's caseload counts for a counselor. */
export const studentsOnCaseload = (): string => `SELECT c.student_id FROM staff.caseload_assignment c
  WHERE c.person_id = ${me} AND ${inEffect("c")}
    AND CASE c.kind WHEN 'COUNSELING' THEN 'counselor' ELSE 'case-manager' END = ANY (roles)
    AND CASE c.kind WHEN 'COUNSELING' THEN 'counselor' ELSE 'case-manager' END = ANY ((SELECT access.roles())::text[])`;

/** Ids of the persons of these students. */
export const personsOf = (students: (ids: Ids) => string) => (ids: Ids): string => `SELECT s.person_id FROM students.student s WHERE s.archived_at IS NULL AND ${ids.among("s.id", students(ids))}`;
