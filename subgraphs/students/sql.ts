import type { Ids } from "#foundation/access/declare-relation";
import { atSchool } from "#foundation/access/relations";

const today = "(SELECT access.today())";
const me = "(SELECT access.person())";

/** The row `alias` holds today: not archived, and today lies in its half-open span. */
export const inEffect = (alias: string, from = "from_date", to = "to_date"): string =>
  `${alias}.archived_at IS NULL AND ${alias}.${from} <= ${today} AND (${alias}.${to} IS NULL OR ${alias}.${to} > ${today})`;

/**
 * All rights have passed to the student `s`: at local midnight of the 18th birthday, or on the first day of postsecondary attendance.
 * Counted back from today, so that whoever was born on 29 February is 18 on 1 March of a year without that day.
 */
export const rightsHavePassed = `(s.postsecondary_from <= ${today} OR EXISTS (
    SELECT 1 FROM people.person_demographics born
      WHERE born.id = s.person_id AND born.archived_at IS NULL AND born.birth_date <= (${today} - interval '18 years')::date))`;

/** Students (`s`) whose contact (`c`) the caller is, with the right and portal access today. `right` is SQL over `c`. */
export const guardianOf = (right: string): string => `students.student_contact c JOIN students.student s ON s.id = c.student_id AND s.archived_at IS NULL
  WHERE c.person_id = ${me} AND c.status = 'CONFIRMED' AND c.portal_access AND ${right} AND ${inEffect("c")}
    AND NOT EXISTS (SELECT 1 FROM students.court_order o WHERE o.student_id = c.student_id AND o.person_id = c.person_id
      AND (o.restricts_education OR o.restricts_portal) AND ${inEffect("o")})
    AND (NOT coalesce(${rightsHavePassed}, false) OR EXISTS (SELECT 1 FROM students.majority_arrangement a
      WHERE a.student_id = s.id AND (a.person_id IS NULL OR a.person_id = c.person_id) AND ${inEffect("a")}))`;

/**
 * Ids of the students who are enrolled today at a school where the caller has the duty. A no-show has no day of membership. Between two
 * school years the school of the last day of the one and that of the first day of the other are both the current one.
 */
export const studentsAtSchool = ({ reached }: Ids): string => `SELECT e.student_id FROM students.school_enrollment e
  WHERE e.archived_at IS NULL AND e.entry_date <= (SELECT upper(access.enrollment_days()) - 1)
    AND (e.exit_date IS NULL OR (e.exit_date > (SELECT lower(access.enrollment_days())) AND e.exit_date > e.entry_date))
    AND ${reached("e.school_id", atSchool, "school")}`;

/** Ids of the students who were, are or will be enrolled at such a school; one who never came included. */
export const studentsEverAtSchool = ({ foundByReached }: Ids): string =>
  foundByReached("SELECT DISTINCT e.student_id FROM students.school_enrollment e WHERE e.archived_at IS NULL", "e.school_id", atSchool, "school");

/** Ids of the persons of these students. */
export const personsOf = (students: (ids: Ids) => string) => (ids: Ids): string => `SELECT s.person_id FROM students.student s WHERE s.archived_at IS NULL AND ${ids.among("s.id", students(ids))}`;

/** Ids of the persons of these students and of those listed for them, proposals and those from a later day included: the office confirms them. */
export const familiesOf = (students: (ids: Ids) => string) => (ids: Ids): string => `SELECT f.person_id FROM (
    SELECT s.id AS student_id, s.person_id FROM students.student s WHERE s.archived_at IS NULL
    UNION ALL SELECT c.student_id, c.person_id FROM students.student_contact c WHERE c.archived_at IS NULL AND (c.to_date IS NULL OR c.to_date > ${today})) AS f
  WHERE ${ids.among("f.student_id", students(ids))}`;

/**
 * The days on which an enrollment is in effect as of today: today itself; between two school years, the last day of the one that ended
 * and the first day of the one that comes, with all between. Else nobody but the district would read a student's rows over a summer
 * that belongs to no year.
 */
const enrollmentDays = `CREATE OR REPLACE FUNCTION access.enrollment_days() RETURNS daterange LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
  SELECT CASE WHEN ended.day IS NULL OR coming.day IS NULL OR EXISTS (SELECT 1 FROM schools.school_year y WHERE y.district_id = access.district() AND y.archived_at IS NULL AND y.first_day <= t.day AND y.end_day > t.day)
    THEN daterange(t.day, t.day, '[]') ELSE daterange(ended.day - 1, coming.day, '[]') END
  FROM (SELECT access.today() AS day) t
    CROSS JOIN LATERAL (SELECT max(y.end_day) AS day FROM schools.school_year y WHERE y.district_id = access.district() AND y.archived_at IS NULL AND y.end_day <= t.day) ended
    CROSS JOIN LATERAL (SELECT min(y.first_day) AS day FROM schools.school_year y WHERE y.district_id = access.district() AND y.archived_at IS NULL AND y.first_day > t.day) coming $f$`;

/** A student's sort name follows the person's names in the same transaction, whoever changes them. */
const sortName = [
  `CREATE OR REPLACE FUNCTION students.take_sort_name() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
BEGIN
  NEW.sort_name := coalesce((SELECT coalesce(p.preferred_family_name, p.family_name) || ', ' || coalesce(p.preferred_given_name, p.given_name)
    FROM people.person p WHERE p.district_id = NEW.district_id AND p.id = NEW.person_id), '');
  RETURN NEW;
END $f$`,
  `CREATE OR REPLACE TRIGGER student_sort_name BEFORE INSERT OR UPDATE ON students.student
  FOR EACH ROW EXECUTE FUNCTION students.take_sort_name()`,
  `CREATE OR REPLACE FUNCTION students.follow_person_name() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
BEGIN
  UPDATE students.student SET sort_name = '' WHERE district_id = NEW.district_id AND person_id = NEW.id;
  RETURN NULL;
END $f$`,
  `CREATE OR REPLACE TRIGGER person_name_to_student AFTER UPDATE OF given_name, family_name, preferred_given_name, preferred_family_name ON people.person
  FOR EACH ROW WHEN ((OLD.given_name, OLD.family_name, OLD.preferred_given_name, OLD.preferred_family_name)
    IS DISTINCT FROM (NEW.given_name, NEW.family_name, NEW.preferred_given_name, NEW.preferred_family_name))
  EXECUTE FUNCTION students.follow_person_name()`,
];

/** A program of one privacy tier is never recorded in the table of another, where more people would read it. */
const tier = [
  `CREATE OR REPLACE FUNCTION students.require_tier() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $f$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM students.program p WHERE p.district_id = NEW.district_id AND p.id = NEW.program_id AND p.tier = TG_ARGV[0]) THEN
    RAISE EXCEPTION 'The program belongs to another privacy tier. Record it there, or choose another program.'
      USING ERRCODE = 'check_violation', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, COLUMN = 'program_id', CONSTRAINT = TG_TABLE_NAME || '_program_id_tier_check';
  END IF;
  RETURN NEW;
END $f$`,
  ...[["program_participation", "SCHOOL"], ["support_participation", "SUPPORT"]].map(
    ([table, value]) => `CREATE OR REPLACE TRIGGER ${table}_tier BEFORE INSERT OR UPDATE OF program_id ON students.${table}
  FOR EACH ROW EXECUTE FUNCTION students.require_tier('${value}')`,
  ),
];

/**
 * Two rows give reach beyond the student they are about, so that the grant on the student is not enough to write them. A contact opens the
 * person's numbers and household to the school: its registrar lists only those who belong to its families already, the district anybody.
 * An arrangement for all contacts continues the rights of each of them: nobody makes one for a student whose contact she is.
 * Holds for callers' own rights; imports and operations for the district check rules of their own.
 */
const newReach = [
  `CREATE OR REPLACE FUNCTION students.refuse_contact_beyond_reach() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $f$
BEGIN
  IF current_user LIKE '%\\_mixed' AND NOT access.district_office('{registrar}') AND NEW.person_id NOT IN (SELECT access.family_at_school_person('{registrar}')) THEN
    RAISE EXCEPTION 'The person belongs to no family of the school.' USING ERRCODE = 'insufficient_privilege', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END $f$`,
  `CREATE OR REPLACE FUNCTION students.refuse_arrangement_for_oneself() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $f$
BEGIN
  IF current_user LIKE '%\\_mixed' AND NEW.person_id IS NULL
    AND EXISTS (SELECT 1 FROM students.student_contact c WHERE c.district_id = NEW.district_id AND c.student_id = NEW.student_id AND c.person_id = access.person()) THEN
    RAISE EXCEPTION 'The arrangement would hold for its writer.' USING ERRCODE = 'insufficient_privilege', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END $f$`,
  `CREATE OR REPLACE TRIGGER student_contact_reach BEFORE INSERT ON students.student_contact FOR EACH ROW EXECUTE FUNCTION students.refuse_contact_beyond_reach()`,
  `CREATE OR REPLACE TRIGGER majority_arrangement_reach BEFORE INSERT OR UPDATE ON students.majority_arrangement FOR EACH ROW EXECUTE FUNCTION students.refuse_arrangement_for_oneself()`,
];

export const repeatableSql: readonly string[] = [enrollmentDays, ...sortName, ...tier, ...newReach];
