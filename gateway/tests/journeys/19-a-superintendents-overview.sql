-- Schools as superintendent: 15 statements
-- attendance
commit;
-- attendance
SELECT * FROM lookup.attendance_figure_span($1::uuid, $2::date, $3::date);
-- attendance
SELECT access.district_office($1::text[]) AS holds;
-- attendance
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', CASE WHEN access.district_office($11::text[]) THEN $12 ELSE $13 END, true) AS acting;
-- attendance
start transaction read only;
-- attendance
WITH summed AS MATERIALIZED ( SELECT d.school_id AS id, d.student_id, d.track_id, count(*)::int AS membership, (count(*) FILTER (WHERE d.status <> 'UNKNOWN'))::int AS counted, (count(*) FILTER (WHERE d.counts_absent))::int AS absent, (count(*) FILTER (WHERE d.counts_absent AND d.excuse = 'UNEXCUSED'))::int AS unexcused, (count(*) FILTER (WHERE d.status = 'TARDY'))::int AS tardies, sum(d.meetings)::int AS meetings, sum(d.meetings_taken)::int AS meetings_taken FROM attendance.daily_attendance d WHERE d.archived_at IS NULL AND d.school_id = ANY ($1::uuid[]) AND d.date >= coalesce($2::date, '-infinity') AND d.date < $3::date GROUP BY d.school_id, d.student_id, d.track_id), track AS (SELECT t.* FROM lookup.attendance_track_days(ARRAY(SELECT DISTINCT s.track_id FROM summed s), $4::date, $5::date) t), student AS (SELECT s.id, s.student_id, sum(s.membership) AS membership, sum(s.counted) AS counted, sum(s.absent) AS absent, sum(s.unexcused) AS unexcused, sum(s.tardies) AS tardies, sum(s.meetings) AS meetings, sum(s.meetings_taken) AS meetings_taken FROM summed s GROUP BY s.id, s.student_id), added AS (SELECT s.id, count(*)::int AS students, sum(s.membership)::int AS membership, sum(s.counted)::int AS counted, sum(s.absent)::int AS absent, sum(s.unexcused)::int AS unexcused, sum(s.tardies)::int AS tardies, round(sum(s.counted - s.absent) / nullif(sum(s.counted), 0), 4)::text AS rate, sum(s.meetings)::int AS meetings, sum(s.meetings_taken)::int AS meetings_taken, round(sum(s.meetings_taken) / nullif(sum(s.meetings), 0), 4)::text AS coverage, (count(*) FILTER (WHERE s.membership >= $6::int AND s.absent * 100 >= $7::numeric * s.membership))::int AS chronic, count(*) FILTER (WHERE s.membership >= $8::int) AS long_enough, (count(*) FILTER (WHERE s.unexcused >= $9::int))::int AS truant FROM student s GROUP BY s.id), averaged AS (SELECT c.id, round(sum(c.attended / c.days), 2)::text AS ada, round(sum(c.membership / c.days), 2)::text AS adm, max(c.days)::int AS instructional_days FROM (SELECT s.id, t.days::numeric AS days, sum(s.counted - s.absent) AS attended, sum(s.membership) AS membership FROM summed s JOIN track t ON t.track_id = s.track_id GROUP BY s.id, t.track_id, t.days) c GROUP BY c.id) SELECT u.id, coalesce(a.students, 0) AS students, coalesce(a.membership, 0) AS membership, coalesce(a.counted, 0) AS counted, coalesce(a.absent, 0) AS absent, coalesce(a.unexcused, 0) AS unexcused, coalesce(a.tardies, 0) AS tardies, a.rate, coalesce(a.meetings, 0) AS meetings, coalesce(a.meetings_taken, 0) AS meetings_taken, a.coverage, v.ada, v.adm, coalesce(v.instructional_days, 0) AS instructional_days, coalesce(a.chronic, 0) AS chronic, round(a.chronic::numeric / nullif(a.long_enough, 0), 4)::text AS chronic_share, coalesce(a.truant, 0) AS truant, w.oldest FROM unnest($10::uuid[]) AS u(id) LEFT JOIN added a ON a.id = u.id LEFT JOIN averaged v ON v.id = u.id LEFT JOIN lookup.attendance_waiting($11, $12::uuid[], $13::date, $14::date) w ON w.id = u.id;
-- schools
commit;
-- schools
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."code" AS "code", "t"."name" AS "name", "t"."short_name" AS "shortName", "t"."kind" AS "kind", "t"."low_grade_id" AS "lowGrade", "t"."high_grade_id" AS "highGrade", "t"."organization_id" AS "organization", "t"."nces_id" AS "ncesId", "t"."time_zone" AS "timeZone", "t"."phone" AS "phone" FROM "schools"."school" AS t WHERE "t"."archived_at" IS NULL ORDER BY "t"."code" ASC, "t"."id" ASC LIMIT $1;
-- schools
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- schools
start transaction read only;
-- students
commit;
-- students
SELECT e.school_id AS id, count(DISTINCT e.student_id)::int AS n FROM students.school_enrollment e CROSS JOIN (SELECT coalesce($1::date, access.today()) AS day) t WHERE e.school_id = ANY ($2::uuid[]) AND e.archived_at IS NULL AND e.kind = 'PRIMARY' AND e.entry_date <= t.day AND (e.exit_date IS NULL OR e.exit_date > t.day) AND ($3::uuid IS NULL OR e.grade_level_id = $4::uuid) GROUP BY e.school_id;
-- students
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', CASE WHEN access.district_office($11::text[]) THEN $12 ELSE $13 END, true) AS acting;
-- students
SELECT u.id FROM unnest($1::uuid[]) AS u(id) WHERE u.id IN (SELECT access.at_school_school($2::text[]));
-- students
start transaction read only;

-- Closed as superintendent: 4 statements
-- students
commit;
-- students
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."person_id" AS "personId", "t"."student_number" AS "studentNumber", "t"."sort_name" AS "sortName", "t"."postsecondary_from" AS "postsecondaryFrom" FROM "students"."student" AS t WHERE "t"."archived_at" IS NULL ORDER BY "t"."sort_name" ASC, "t"."id" ASC LIMIT $1;
-- students
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', CASE WHEN access.district_office($11::text[]) THEN $12 ELSE $13 END, true) AS acting;
-- students
start transaction read only;

