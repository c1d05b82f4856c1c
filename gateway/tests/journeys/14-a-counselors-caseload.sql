-- Me as counselor: 9 statements
-- people
commit;
-- people
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."given_name" AS "givenName", "t"."middle_name" AS "middleName", "t"."family_name" AS "familyName", "t"."suffix" AS "suffix", "t"."preferred_given_name" AS "preferredGivenName", "t"."preferred_family_name" AS "preferredFamilyName", "t"."pronouns" AS "pronouns" FROM "people"."person" AS t WHERE t.id = ANY ($1::uuid[]);
-- people
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- people
start transaction read only;
-- platform
commit;
-- platform
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."issuer" AS "issuer", "t"."subject" AS "subject", "t"."username" AS "username", "t"."person_id" AS "personId", "t"."status" AS "status", "t"."linked_by" AS "linkedBy" FROM "platform"."account" AS t WHERE t.id = ANY ($1::uuid[]);
-- platform
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."name" AS "name", "t"."code" AS "code", "t"."state_id" AS "stateId", "t"."time_zone" AS "timeZone" FROM "platform"."district" AS t WHERE t.id = ANY ($1::uuid[]);
-- platform
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- platform
start transaction read only;

-- Caseload as counselor: 34 statements
-- attendance
commit;
-- attendance
SELECT * FROM lookup.attendance_figure_span($1::uuid, $2::date, $3::date);
-- attendance
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- attendance
SELECT u.id FROM unnest($1::uuid[]) AS u(id) WHERE u.id IN (SELECT access.at_school_student($2::text[]));
-- attendance
SELECT u.id FROM unnest($1::uuid[]) AS u(id) WHERE u.id IN (SELECT access.caseload_student($2::text[]));
-- attendance
start transaction read only;
-- attendance
WITH summed AS MATERIALIZED ( SELECT d.student_id AS id, d.student_id, d.track_id, count(*)::int AS membership, (count(*) FILTER (WHERE d.status <> 'UNKNOWN'))::int AS counted, (count(*) FILTER (WHERE d.counts_absent))::int AS absent, (count(*) FILTER (WHERE d.counts_absent AND d.excuse = 'UNEXCUSED'))::int AS unexcused, (count(*) FILTER (WHERE d.status = 'TARDY'))::int AS tardies, sum(d.meetings)::int AS meetings, sum(d.meetings_taken)::int AS meetings_taken FROM attendance.daily_attendance d WHERE d.archived_at IS NULL AND d.student_id = ANY ($1::uuid[]) AND d.date >= coalesce($2::date, '-infinity') AND d.date < $3::date GROUP BY d.student_id, d.student_id, d.track_id), track AS (SELECT t.* FROM lookup.attendance_track_days(ARRAY(SELECT DISTINCT s.track_id FROM summed s), $4::date, $5::date) t), student AS (SELECT s.id, s.student_id, sum(s.membership) AS membership, sum(s.counted) AS counted, sum(s.absent) AS absent, sum(s.unexcused) AS unexcused, sum(s.tardies) AS tardies, sum(s.meetings) AS meetings, sum(s.meetings_taken) AS meetings_taken FROM summed s GROUP BY s.id, s.student_id), added AS (SELECT s.id, count(*)::int AS students, sum(s.membership)::int AS membership, sum(s.counted)::int AS counted, sum(s.absent)::int AS absent, sum(s.unexcused)::int AS unexcused, sum(s.tardies)::int AS tardies, round(sum(s.counted - s.absent) / nullif(sum(s.counted), 0), 4)::text AS rate, sum(s.meetings)::int AS meetings, sum(s.meetings_taken)::int AS meetings_taken, round(sum(s.meetings_taken) / nullif(sum(s.meetings), 0), 4)::text AS coverage, (count(*) FILTER (WHERE s.membership >= $6::int AND s.absent * 100 >= $7::numeric * s.membership))::int AS chronic, count(*) FILTER (WHERE s.membership >= $8::int) AS long_enough, (count(*) FILTER (WHERE s.unexcused >= $9::int))::int AS truant FROM student s GROUP BY s.id), averaged AS (SELECT c.id, round(sum(c.attended / c.days), 2)::text AS ada, round(sum(c.membership / c.days), 2)::text AS adm, max(c.days)::int AS instructional_days FROM (SELECT s.id, t.days::numeric AS days, sum(s.counted - s.absent) AS attended, sum(s.membership) AS membership FROM summed s JOIN track t ON t.track_id = s.track_id GROUP BY s.id, t.track_id, t.days) c GROUP BY c.id) SELECT u.id, coalesce(a.students, 0) AS students, coalesce(a.membership, 0) AS membership, coalesce(a.counted, 0) AS counted, coalesce(a.absent, 0) AS absent, coalesce(a.unexcused, 0) AS unexcused, coalesce(a.tardies, 0) AS tardies, a.rate, coalesce(a.meetings, 0) AS meetings, coalesce(a.meetings_taken, 0) AS meetings_taken, a.coverage, v.ada, v.adm, coalesce(v.instructional_days, 0) AS instructional_days, coalesce(a.chronic, 0) AS chronic, round(a.chronic::numeric / nullif(a.long_enough, 0), 4)::text AS chronic_share, coalesce(a.truant, 0) AS truant, w.oldest FROM unnest($10::uuid[]) AS u(id) LEFT JOIN added a ON a.id = u.id LEFT JOIN averaged v ON v.id = u.id LEFT JOIN lookup.attendance_waiting($11, $12::uuid[], $13::date, $14::date) w ON w.id = u.id;
-- grading
commit;
-- grading
SELECT * FROM lookup.grading_under_way($1::uuid[]);
-- grading
SELECT access.today()::text AS today;
-- grading
SELECT access.today()::text AS today;
-- grading
SELECT f.student_id, p.id, p.name FROM grading.student_graduation_plan f JOIN grading.graduation_plan p ON p.id = f.plan_id WHERE f.student_id = ANY ($1::uuid[]) AND f.archived_at IS NULL AND f.from_date <= $2::date AND (f.to_date IS NULL OR f.to_date > $3::date);
-- grading
SELECT id, plan_id, title, credits, sequence, course_id, subject_id FROM grading.graduation_requirement WHERE plan_id = ANY ($1::uuid[]) AND archived_at IS NULL;
-- grading
SELECT id, student_id, school_id, transfer_school, course_id, course_code, course_title, subject_id, course_level_id, grade_level_id, school_year_name, term_name, ended_on, mark_kind, mark, credits_attempted, credits_earned, counts_in_gpa, repeats_id FROM grading.course_history WHERE student_id = ANY ($1::uuid[]) AND archived_at IS NULL ORDER BY ended_on, course_code, id;
-- grading
SELECT id, student_id, school_id, transfer_school, course_id, course_code, course_title, subject_id, course_level_id, grade_level_id, school_year_name, term_name, ended_on, mark_kind, mark, credits_attempted, credits_earned, counts_in_gpa, repeats_id FROM grading.course_history WHERE student_id = ANY ($1::uuid[]) AND archived_at IS NULL ORDER BY ended_on, course_code, id;
-- grading
SELECT p.id, p.name, p.counted_marks, p.repeats, p.counts_transfers, p.decimals, p.rounding, p.bonus_from_points, (SELECT jsonb_object_agg(x.mark, x.points::text) FROM grading.gpa_policy_point x WHERE x.policy_id = p.id AND x.archived_at IS NULL) AS points, (SELECT jsonb_object_agg(w.course_level_id, w.bonus::text) FROM grading.gpa_policy_weight w WHERE w.policy_id = p.id AND w.archived_at IS NULL) AS bonuses FROM grading.gpa_policy p WHERE p.official AND p.from_date <= $1::date AND p.archived_at IS NULL ORDER BY p.from_date DESC LIMIT 1;
-- grading
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- grading
SELECT u.id FROM unnest($1::uuid[]) AS u(id) WHERE u.id IN (SELECT access.caseload_student($2::text[]));
-- grading
SELECT u.id FROM unnest($1::uuid[]) AS u(id) WHERE u.id IN (SELECT access.caseload_student($2::text[]));
-- grading
start transaction read only;
-- staff
begin;
-- staff
commit;
-- staff
commit;
-- staff
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."student_id" AS "studentId", "t"."person_id" AS "personId", "t"."kind" AS "kind", "t"."from_date" AS "fromDate", "t"."to_date" AS "toDate" FROM "staff"."caseload_assignment" AS t WHERE ("t"."archived_at" IS NULL AND "t"."person_id" = $1::uuid) ORDER BY "t"."id" ASC LIMIT $2;
-- staff
SELECT count(*)::int AS n FROM "staff"."caseload_assignment" AS t WHERE ("t"."archived_at" IS NULL AND "t"."person_id" = $1::uuid);
-- staff
SELECT journal.append($1::jsonb, 'read', NULL, $2);
-- staff
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- staff
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- staff
SELECT t.id, NULL::uuid AS parent FROM "staff"."caseload_assignment" AS t WHERE true AND ("t"."archived_at" IS NULL AND "t"."person_id" = $1::uuid);
-- staff
start transaction read only;
-- students
commit;
-- students
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."person_id" AS "personId", "t"."student_number" AS "studentNumber", "t"."sort_name" AS "sortName", "t"."postsecondary_from" AS "postsecondaryFrom" FROM "students"."student" AS t WHERE t.id = ANY ($1::uuid[]);
-- students
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- students
start transaction read only;

