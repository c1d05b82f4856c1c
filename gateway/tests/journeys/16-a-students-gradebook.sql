-- Me as student: 4 statements
-- students
commit;
-- students
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."person_id" AS "personId", "t"."student_number" AS "studentNumber", "t"."sort_name" AS "sortName", "t"."postsecondary_from" AS "postsecondaryFrom" FROM "students"."student" AS t WHERE "t"."archived_at" IS NULL ORDER BY "t"."id" ASC LIMIT $1;
-- students
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- students
start transaction read only;

-- Period as student: 4 statements
-- schools
commit;
-- schools
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."term_id" AS "term", "t"."school_id" AS "school", "t"."name" AS "name", "t"."sequence" AS "sequence", "t"."first_day" AS "firstDay", "t"."end_day" AS "endDay" FROM "schools"."grading_period" AS t WHERE ("t"."archived_at" IS NULL AND "t"."end_day" > $1::date AND "t"."first_day" <= $2::date) ORDER BY "t"."first_day" ASC, "t"."id" ASC LIMIT $3;
-- schools
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- schools
start transaction read only;

-- Grades as student: 38 statements
-- academics
commit;
-- academics
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."course_id" AS "course", "t"."school_id" AS "schoolId", "t"."school_year_id" AS "schoolYearId", "t"."track_id" AS "trackId", "t"."code" AS "code", "t"."title" AS "title", "t"."kind" AS "kind", "t"."capacity" AS "capacity", "t"."first_day" AS "firstDay", "t"."end_day" AS "endDay" FROM "academics"."section" AS t WHERE t.id = ANY ($1::uuid[]);
-- academics
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- academics
start transaction read only;
-- grading
commit;
-- grading
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."section_id" AS "sectionId", "t"."school_id" AS "schoolId", "t"."category_id" AS "category", "t"."grading_period_id" AS "gradingPeriodId", "t"."title" AS "title", "t"."instructions" AS "instructions", "t"."assigned_date" AS "assignedDate", "t"."due_date" AS "dueDate", "t"."points_possible" AS "pointsPossible", "t"."extra_credit" AS "extraCredit", "t"."counts_in_average" AS "countsInAverage", "t"."hidden" AS "hidden" FROM "grading"."assignment" AS t WHERE t.id = ANY ($1::uuid[]);
-- grading
SELECT * FROM lookup.grading_cohort_history($1::uuid, $2::uuid);
-- grading
SELECT * FROM lookup.grading_cohorts_of($1::uuid[]);
-- grading
SELECT * FROM lookup.grading_periods($1::uuid[]);
-- grading
SELECT * FROM lookup.grading_sections($1::uuid[]);
-- grading
SELECT * FROM lookup.grading_under_way($1::uuid[]);
-- grading
SELECT access.today()::text AS today;
-- grading
SELECT access.today()::text AS today;
-- grading
SELECT access.today()::text AS today;
-- grading
SELECT f.student_id, p.id, p.name FROM grading.student_graduation_plan f JOIN grading.graduation_plan p ON p.id = f.plan_id WHERE f.student_id = ANY ($1::uuid[]) AND f.archived_at IS NULL AND f.from_date <= $2::date AND (f.to_date IS NULL OR f.to_date > $3::date);
-- grading
SELECT g.id AS scale, g.name, g.maximum, g.decimals, m.mark, m.title, m.minimum, m.passing, m.counts_in_gpa AS "countsInGpa" FROM grading.grading_scale g JOIN grading.grading_scale_mark m ON m.scale_id = g.id AND m.archived_at IS NULL WHERE g.id = ANY ($1::uuid[]) ORDER BY m.sequence, m.id;
-- grading
SELECT id, plan_id, title, credits, sequence, course_id, subject_id FROM grading.graduation_requirement WHERE plan_id = ANY ($1::uuid[]) AND archived_at IS NULL;
-- grading
SELECT id, section_id, title, weight, drop_lowest FROM grading.assignment_category WHERE section_id = ANY ($1::uuid[]) AND archived_at IS NULL ORDER BY id;
-- grading
SELECT id, student_id, school_id, transfer_school, course_id, course_code, course_title, subject_id, course_level_id, grade_level_id, school_year_name, term_name, ended_on, mark_kind, mark, credits_attempted, credits_earned, counts_in_gpa, repeats_id FROM grading.course_history WHERE student_id = ANY ($1::uuid[]) AND archived_at IS NULL ORDER BY ended_on, course_code, id;
-- grading
SELECT id, student_id, school_id, transfer_school, course_id, course_code, course_title, subject_id, course_level_id, grade_level_id, school_year_name, term_name, ended_on, mark_kind, mark, credits_attempted, credits_earned, counts_in_gpa, repeats_id FROM grading.course_history WHERE student_id = ANY ($1::uuid[]) AND archived_at IS NULL ORDER BY ended_on, course_code, id;
-- grading
SELECT p.enabled, p.weighted, p.minimum_terms AS "minimumTerms", p.minimum_credits AS "minimumCredits" FROM grading.rank_policy p WHERE coalesce(p.school_id, $1::uuid) = $2::uuid AND p.from_date <= $3::date AND p.archived_at IS NULL ORDER BY p.school_id IS NULL, p.from_date DESC LIMIT 1;
-- grading
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."student_id" AS "studentId", "t"."assignment_id" AS "assignment", "t"."section_id" AS "sectionId", "t"."school_id" AS "schoolId", "t"."points" AS "points", "t"."missing" AS "missing", "t"."late" AS "late", "t"."exempt" AS "exempt", "t"."comment" AS "comment", "t"."hidden" AS "hidden", "t"."given_by_id" AS "givenById" FROM "grading"."score" AS t WHERE ("t"."student_id" = p.id AND "t"."archived_at" IS NULL) ORDER BY "t"."created_at" DESC, "t"."id" DESC LIMIT $2) AS c;
-- grading
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."student_id" AS "studentId", "t"."school_id" AS "schoolId", "t"."transfer_school" AS "transferSchool", "t"."source_id" AS "source", "t"."section_id" AS "sectionId", "t"."course_id" AS "courseId", "t"."course_code" AS "courseCode", "t"."course_title" AS "courseTitle", "t"."subject_id" AS "subjectId", "t"."course_level_id" AS "courseLevelId", "t"."grade_level_id" AS "gradeLevelId", "t"."school_year_name" AS "schoolYearName", "t"."term_name" AS "termName", "t"."ended_on" AS "endedOn", "t"."mark_kind" AS "markKind", "t"."mark" AS "mark", "t"."percent" AS "percent", "t"."credits_attempted" AS "creditsAttempted", "t"."credits_earned" AS "creditsEarned", "t"."counts_in_gpa" AS "countsInGpa", "t"."repeats_id" AS "repeats" FROM "grading"."course_history" AS t WHERE ("t"."student_id" = p.id AND "t"."archived_at" IS NULL) ORDER BY "t"."ended_on" ASC, "t"."id" ASC LIMIT $2) AS c;
-- grading
SELECT p.id, p.name, p.counted_marks, p.repeats, p.counts_transfers, p.decimals, p.rounding, p.bonus_from_points, (SELECT jsonb_object_agg(x.mark, x.points::text) FROM grading.gpa_policy_point x WHERE x.policy_id = p.id AND x.archived_at IS NULL) AS points, (SELECT jsonb_object_agg(w.course_level_id, w.bonus::text) FROM grading.gpa_policy_weight w WHERE w.policy_id = p.id AND w.archived_at IS NULL) AS bonuses FROM grading.gpa_policy p WHERE p.official AND p.from_date <= $1::date AND p.archived_at IS NULL ORDER BY p.from_date DESC LIMIT 1;
-- grading
SELECT p.id, p.name, p.counted_marks, p.repeats, p.counts_transfers, p.decimals, p.rounding, p.bonus_from_points, (SELECT jsonb_object_agg(x.mark, x.points::text) FROM grading.gpa_policy_point x WHERE x.policy_id = p.id AND x.archived_at IS NULL) AS points, (SELECT jsonb_object_agg(w.course_level_id, w.bonus::text) FROM grading.gpa_policy_weight w WHERE w.policy_id = p.id AND w.archived_at IS NULL) AS bonuses FROM grading.gpa_policy p WHERE p.official AND p.from_date <= $1::date AND p.archived_at IS NULL ORDER BY p.from_date DESC LIMIT 1;
-- grading
SELECT s.section_id, s.student_id, a.id AS assignment_id, a.category_id, a.due_date, a.points_possible, a.extra_credit, a.counts_in_average AS counts, s.points, s.missing, s.exempt FROM grading.score s JOIN grading.assignment a ON a.id = s.assignment_id AND a.archived_at IS NULL WHERE s.student_id = ANY ($1::uuid[]) AND a.grading_period_id = $2::uuid AND s.archived_at IS NULL ORDER BY s.section_id;
-- grading
SELECT scale_id, school_id, course_id, from_date FROM grading.scale_use WHERE purpose = $1 AND from_date <= $2::date AND archived_at IS NULL;
-- grading
SELECT set_config('role', $1, true);
-- grading
SELECT set_config('role', $1, true);
-- grading
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- grading
SELECT u.id FROM unnest($1::uuid[]) AS u(id) WHERE u.id IN (SELECT access.self_student($2::text[]));
-- grading
SELECT u.id FROM unnest($1::uuid[]) AS u(id) WHERE u.id IN (SELECT access.self_student($2::text[]));
-- grading
SELECT u.id FROM unnest($1::uuid[]) AS u(id) WHERE u.id IN (SELECT access.self_student($2::text[]));
-- grading
start transaction read only;
-- students
commit;
-- students
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."person_id" AS "personId", "t"."student_number" AS "studentNumber", "t"."sort_name" AS "sortName", "t"."postsecondary_from" AS "postsecondaryFrom" FROM "students"."student" AS t WHERE t.id = ANY ($1::uuid[]);
-- students
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- students
start transaction read only;

