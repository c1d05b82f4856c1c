import { sql, type RawBuilder } from "kysely";
import { lookup } from "#foundation/federation/manifest";
import type { PlacementAction } from "../entities/next-year-placement.ts";

/** A student who is enrolled to the end of a school year, with what is planned and what is there already for the next one. */
export interface YearEndStudent {
  studentId: string;
  /** The primary enrollment that runs to the end of the year. */
  enrollmentId: string;
  schoolId: string;
  gradeLevelId: string | null;
  exitDate: string | null;
  exitCode: string | null;
  fullTimeShare: string;
  /** Secondary enrollments of the year that run to its end. */
  secondaryIds: string[];
  placementId: string | null;
  action: PlacementAction | null;
  nextSchoolId: string | null;
  nextGradeLevelId: string | null;
  /** A primary enrollment on or after the next year's first day. */
  placed: boolean;
  /** Another enrollment at the planned school on or after that day. */
  blocked: boolean;
}

export const yearEndLookup = lookup({
  name: "year_end",
  arguments: "of_year uuid, next_day date, of_school uuid, of_students uuid[]",
  returns: "TABLE (student_id uuid, enrollment_id uuid, school_id uuid, grade_level_id uuid, exit_date date, exit_code text, full_time_share numeric, secondary_ids uuid[], placement_id uuid, action text, next_school_id uuid, next_grade_level_id uuid, placed boolean, blocked boolean)",
  sql: `SELECT e.student_id, e.id, e.school_id, e.grade_level_id, e.exit_date, e.exit_code::text, e.full_time_share,
      ARRAY(SELECT s.id FROM students.school_enrollment s WHERE s.student_id = e.student_id AND s.school_year_id = of_year AND s.kind = 'SECONDARY' AND s.archived_at IS NULL AND NOT s.no_show AND (s.exit_date IS NULL OR s.exit_date > y.end_day)),
      p.id, p.action::text, p.next_school_id, p.next_grade_level_id,
      EXISTS (SELECT 1 FROM students.school_enrollment n WHERE n.student_id = e.student_id AND n.id <> e.id AND n.archived_at IS NULL AND n.kind = 'PRIMARY' AND NOT n.no_show AND (n.exit_date IS NULL OR n.exit_date > next_day)),
      EXISTS (SELECT 1 FROM students.school_enrollment n WHERE n.student_id = e.student_id AND n.school_id = p.next_school_id AND n.id <> e.id AND n.archived_at IS NULL AND n.school_year_id <> of_year AND NOT n.no_show AND (n.exit_date IS NULL OR n.exit_date > next_day))
    FROM schools.school_year y JOIN students.school_enrollment e ON e.school_year_id = y.id
      LEFT JOIN rostering.next_year_placement p ON p.student_id = e.student_id AND p.school_year_id = of_year AND p.archived_at IS NULL
    WHERE y.id = of_year AND e.archived_at IS NULL AND e.kind = 'PRIMARY' AND NOT e.no_show AND (e.exit_date IS NULL OR e.exit_date = y.end_day)
      AND (of_school IS NULL OR e.school_id = of_school) AND (of_students IS NULL OR e.student_id = ANY (of_students))`,
});

/** Whose primary enrollment runs to the end of the year: of one school or all, of these students or all. In the order of their ids. */
export const yearEndStudents = (year: string, next: { firstDay: string } | null, of: { schoolId?: string | null; students?: readonly string[] }): RawBuilder<YearEndStudent> => sql<YearEndStudent>`
  SELECT student_id AS "studentId", enrollment_id AS "enrollmentId", school_id AS "schoolId", grade_level_id AS "gradeLevelId", exit_date::text AS "exitDate", exit_code AS "exitCode", full_time_share::text AS "fullTimeShare",
    secondary_ids AS "secondaryIds", placement_id AS "placementId", action, next_school_id AS "nextSchoolId", next_grade_level_id AS "nextGradeLevelId", placed, blocked
  FROM lookup.rostering_year_end(${year}::uuid, ${next?.firstDay ?? null}::date, ${of.schoolId ?? null}::uuid, ${of.students ?? null}::uuid[]) ORDER BY student_id`;
