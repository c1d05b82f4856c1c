-- Me as principal: 14 statements
-- people
commit;
-- people
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."given_name" AS "givenName", "t"."middle_name" AS "middleName", "t"."family_name" AS "familyName", "t"."suffix" AS "suffix", "t"."preferred_given_name" AS "preferredGivenName", "t"."preferred_family_name" AS "preferredFamilyName", "t"."pronouns" AS "pronouns" FROM "people"."person" AS t WHERE t.id = ANY ($1::uuid[]);
-- people
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."person_id" AS "person", "t"."role" AS "role", "t"."school_id" AS "schoolId", "t"."from_date" AS "fromDate", "t"."to_date" AS "toDate" FROM "people"."duty_assignment" AS t WHERE ("t"."person_id" = p.id AND ("t"."archived_at" IS NULL AND "t"."to_date" IS NULL)) ORDER BY "t"."id" ASC LIMIT $2) AS c;
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
-- schools
commit;
-- schools
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."code" AS "code", "t"."name" AS "name", "t"."short_name" AS "shortName", "t"."kind" AS "kind", "t"."low_grade_id" AS "lowGrade", "t"."high_grade_id" AS "highGrade", "t"."organization_id" AS "organization", "t"."nces_id" AS "ncesId", "t"."time_zone" AS "timeZone", "t"."phone" AS "phone" FROM "schools"."school" AS t WHERE t.id = ANY ($1::uuid[]);
-- schools
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- schools
start transaction read only;

-- Grades as principal: 14 statements
-- schools
commit;
-- schools
commit;
-- schools
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."code" AS "code", "t"."name" AS "name", "t"."short_name" AS "shortName", "t"."kind" AS "kind", "t"."low_grade_id" AS "lowGrade", "t"."high_grade_id" AS "highGrade", "t"."organization_id" AS "organization", "t"."nces_id" AS "ncesId", "t"."time_zone" AS "timeZone", "t"."phone" AS "phone" FROM "schools"."school" AS t WHERE t.id = ANY ($1::uuid[]);
-- schools
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."code" AS "code", "t"."title" AS "title", "t"."sequence" AS "sequence" FROM "schools"."grade_level" AS t WHERE t.id = ANY ($1::uuid[]);
-- schools
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- schools
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- schools
start transaction read only;
-- schools
start transaction read only;
-- students
commit;
-- students
SELECT e.school_id AS id, count(DISTINCT e.student_id)::int AS n FROM students.school_enrollment e CROSS JOIN (SELECT coalesce($1::date, access.today()) AS day) t WHERE e.school_id = ANY ($2::uuid[]) AND e.archived_at IS NULL AND e.kind = 'PRIMARY' AND e.entry_date <= t.day AND (e.exit_date IS NULL OR e.exit_date > t.day) AND ($3::uuid IS NULL OR e.grade_level_id = $4::uuid) GROUP BY e.school_id;
-- students
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."student_id" AS "student", "t"."school_id" AS "schoolId", "t"."school_year_id" AS "schoolYearId", "t"."grade_level_id" AS "gradeLevelId", "t"."track_id" AS "trackId", "t"."kind" AS "kind", "t"."entry_date" AS "entryDate", "t"."entry_code" AS "entryCode", "t"."exit_date" AS "exitDate", "t"."exit_code" AS "exitCode", "t"."no_show" AS "noShow", "t"."full_time_share" AS "fullTimeShare" FROM "students"."school_enrollment" AS t WHERE ("t"."school_id" = p.id AND ("t"."archived_at" IS NULL AND "t"."exit_date" IS NULL)) ORDER BY "t"."id" ASC LIMIT $2) AS c;
-- students
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- students
SELECT u.id FROM unnest($1::uuid[]) AS u(id) WHERE u.id IN (SELECT access.at_school_school($2::text[]));
-- students
start transaction read only;

-- Rates as principal: 15 statements
-- attendance
commit;
-- attendance
SELECT * FROM lookup.attendance_figure_span($1::uuid, $2::date, $3::date);
-- attendance
SELECT * FROM lookup.attendance_figure_span($1::uuid, $2::date, $3::date);
-- attendance
SELECT access.district_office($1::text[]) AS holds;
-- attendance
SELECT access.district_office($1::text[]) AS holds;
-- attendance
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- attendance
SELECT u.id FROM unnest($1::uuid[]) AS u(id) WHERE u.id IN (SELECT access.at_school_school($2::text[]));
-- attendance
SELECT u.id FROM unnest($1::uuid[]) AS u(id) WHERE u.id IN (SELECT access.at_school_school($2::text[]));
-- attendance
start transaction read only;
-- attendance
WITH summed AS MATERIALIZED ( SELECT d.school_id AS id, d.student_id, d.track_id, count(*)::int AS membership, (count(*) FILTER (WHERE d.status <> 'UNKNOWN'))::int AS counted, (count(*) FILTER (WHERE d.counts_absent))::int AS absent, (count(*) FILTER (WHERE d.counts_absent AND d.excuse = 'UNEXCUSED'))::int AS unexcused, (count(*) FILTER (WHERE d.status = 'TARDY'))::int AS tardies, sum(d.meetings)::int AS meetings, sum(d.meetings_taken)::int AS meetings_taken FROM attendance.daily_attendance d WHERE d.archived_at IS NULL AND d.school_id = ANY ($1::uuid[]) AND d.date >= coalesce($2::date, '-infinity') AND d.date < $3::date GROUP BY d.school_id, d.student_id, d.track_id), track AS (SELECT t.* FROM lookup.attendance_track_days(ARRAY(SELECT DISTINCT s.track_id FROM summed s), $4::date, $5::date) t), student AS (SELECT s.id, s.student_id, sum(s.membership) AS membership, sum(s.counted) AS counted, sum(s.absent) AS absent, sum(s.unexcused) AS unexcused, sum(s.tardies) AS tardies, sum(s.meetings) AS meetings, sum(s.meetings_taken) AS meetings_taken FROM summed s GROUP BY s.id, s.student_id), added AS (SELECT s.id, count(*)::int AS students, sum(s.membership)::int AS membership, sum(s.counted)::int AS counted, sum(s.absent)::int AS absent, sum(s.unexcused)::int AS unexcused, sum(s.tardies)::int AS tardies, round(sum(s.counted - s.absent) / nullif(sum(s.counted), 0), 4)::text AS rate, sum(s.meetings)::int AS meetings, sum(s.meetings_taken)::int AS meetings_taken, round(sum(s.meetings_taken) / nullif(sum(s.meetings), 0), 4)::text AS coverage, (count(*) FILTER (WHERE s.membership >= $6::int AND s.absent * 100 >= $7::numeric * s.membership))::int AS chronic, count(*) FILTER (WHERE s.membership >= $8::int) AS long_enough, (count(*) FILTER (WHERE s.unexcused >= $9::int))::int AS truant FROM student s GROUP BY s.id), averaged AS (SELECT c.id, round(sum(c.attended / c.days), 2)::text AS ada, round(sum(c.membership / c.days), 2)::text AS adm, max(c.days)::int AS instructional_days FROM (SELECT s.id, t.days::numeric AS days, sum(s.counted - s.absent) AS attended, sum(s.membership) AS membership FROM summed s JOIN track t ON t.track_id = s.track_id GROUP BY s.id, t.track_id, t.days) c GROUP BY c.id) SELECT u.id, coalesce(a.students, 0) AS students, coalesce(a.membership, 0) AS membership, coalesce(a.counted, 0) AS counted, coalesce(a.absent, 0) AS absent, coalesce(a.unexcused, 0) AS unexcused, coalesce(a.tardies, 0) AS tardies, a.rate, coalesce(a.meetings, 0) AS meetings, coalesce(a.meetings_taken, 0) AS meetings_taken, a.coverage, v.ada, v.adm, coalesce(v.instructional_days, 0) AS instructional_days, coalesce(a.chronic, 0) AS chronic, round(a.chronic::numeric / nullif(a.long_enough, 0), 4)::text AS chronic_share, coalesce(a.truant, 0) AS truant, w.oldest FROM unnest($10::uuid[]) AS u(id) LEFT JOIN added a ON a.id = u.id LEFT JOIN averaged v ON v.id = u.id LEFT JOIN lookup.attendance_waiting($11, $12::uuid[], $13::date, $14::date) w ON w.id = u.id;
-- attendance
WITH summed AS MATERIALIZED ( SELECT d.school_id AS id, d.student_id, d.track_id, count(*)::int AS membership, (count(*) FILTER (WHERE d.status <> 'UNKNOWN'))::int AS counted, (count(*) FILTER (WHERE d.counts_absent))::int AS absent, (count(*) FILTER (WHERE d.counts_absent AND d.excuse = 'UNEXCUSED'))::int AS unexcused, (count(*) FILTER (WHERE d.status = 'TARDY'))::int AS tardies, sum(d.meetings)::int AS meetings, sum(d.meetings_taken)::int AS meetings_taken FROM attendance.daily_attendance d WHERE d.archived_at IS NULL AND d.school_id = ANY ($1::uuid[]) AND d.grade_level_id = $2::uuid AND d.date >= coalesce($3::date, '-infinity') AND d.date < $4::date GROUP BY d.school_id, d.student_id, d.track_id), track AS (SELECT t.* FROM lookup.attendance_track_days(ARRAY(SELECT DISTINCT s.track_id FROM summed s), $5::date, $6::date) t), student AS (SELECT s.id, s.student_id, sum(s.membership) AS membership, sum(s.counted) AS counted, sum(s.absent) AS absent, sum(s.unexcused) AS unexcused, sum(s.tardies) AS tardies, sum(s.meetings) AS meetings, sum(s.meetings_taken) AS meetings_taken FROM summed s GROUP BY s.id, s.student_id), added AS (SELECT s.id, count(*)::int AS students, sum(s.membership)::int AS membership, sum(s.counted)::int AS counted, sum(s.absent)::int AS absent, sum(s.unexcused)::int AS unexcused, sum(s.tardies)::int AS tardies, round(sum(s.counted - s.absent) / nullif(sum(s.counted), 0), 4)::text AS rate, sum(s.meetings)::int AS meetings, sum(s.meetings_taken)::int AS meetings_taken, round(sum(s.meetings_taken) / nullif(sum(s.meetings), 0), 4)::text AS coverage, (count(*) FILTER (WHERE s.membership >= $7::int AND s.absent * 100 >= $8::numeric * s.membership))::int AS chronic, count(*) FILTER (WHERE s.membership >= $9::int) AS long_enough, (count(*) FILTER (WHERE s.unexcused >= $10::int))::int AS truant FROM student s GROUP BY s.id), averaged AS (SELECT c.id, round(sum(c.attended / c.days), 2)::text AS ada, round(sum(c.membership / c.days), 2)::text AS adm, max(c.days)::int AS instructional_days FROM (SELECT s.id, t.days::numeric AS days, sum(s.counted - s.absent) AS attended, sum(s.membership) AS membership FROM summed s JOIN track t ON t.track_id = s.track_id GROUP BY s.id, t.track_id, t.days) c GROUP BY c.id) SELECT u.id, coalesce(a.students, 0) AS students, coalesce(a.membership, 0) AS membership, coalesce(a.counted, 0) AS counted, coalesce(a.absent, 0) AS absent, coalesce(a.unexcused, 0) AS unexcused, coalesce(a.tardies, 0) AS tardies, a.rate, coalesce(a.meetings, 0) AS meetings, coalesce(a.meetings_taken, 0) AS meetings_taken, a.coverage, v.ada, v.adm, coalesce(v.instructional_days, 0) AS instructional_days, coalesce(a.chronic, 0) AS chronic, round(a.chronic::numeric / nullif(a.long_enough, 0), 4)::text AS chronic_share, coalesce(a.truant, 0) AS truant, w.oldest FROM unnest($11::uuid[]) AS u(id) LEFT JOIN added a ON a.id = u.id LEFT JOIN averaged v ON v.id = u.id LEFT JOIN lookup.attendance_waiting($12, $13::uuid[], $14::date, $15::date) w ON w.id = u.id;
-- schools
commit;
-- schools
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."code" AS "code", "t"."name" AS "name", "t"."short_name" AS "shortName", "t"."kind" AS "kind", "t"."low_grade_id" AS "lowGrade", "t"."high_grade_id" AS "highGrade", "t"."organization_id" AS "organization", "t"."nces_id" AS "ncesId", "t"."time_zone" AS "timeZone", "t"."phone" AS "phone" FROM "schools"."school" AS t WHERE t.id = ANY ($1::uuid[]);
-- schools
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- schools
start transaction read only;

-- AbsentToday as principal: 13 statements
-- attendance
commit;
-- attendance
SELECT "t"."school_id" AS parent, count(*)::int AS n FROM "attendance"."daily_attendance" AS t WHERE "t"."school_id" = ANY ($1::uuid[]) AND ("t"."archived_at" IS NULL AND "t"."date" = $2::date AND "t"."status" = $3::text) GROUP BY 1;
-- attendance
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."student_id" AS "studentId", "t"."date" AS "date", "t"."school_id" AS "schoolId", "t"."school_year_id" AS "schoolYearId", "t"."grade_level_id" AS "gradeLevelId", "t"."track_id" AS "trackId", "t"."scheduled_minutes" AS "scheduledMinutes", "t"."missed_minutes" AS "missedMinutes", "t"."excused_minutes" AS "excusedMinutes", "t"."meetings" AS "meetings", "t"."meetings_taken" AS "meetingsTaken", "t"."status" AS "status", "t"."excuse" AS "excuse", "t"."counts_absent" AS "countsAbsent", "t"."late" AS "late" FROM "attendance"."daily_attendance" AS t WHERE ("t"."school_id" = p.id AND ("t"."archived_at" IS NULL AND "t"."date" = $2::date AND "t"."status" = $3::text)) ORDER BY "t"."id" ASC LIMIT $4) AS c;
-- attendance
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- attendance
start transaction read only;
-- schools
commit;
-- schools
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."code" AS "code", "t"."name" AS "name", "t"."short_name" AS "shortName", "t"."kind" AS "kind", "t"."low_grade_id" AS "lowGrade", "t"."high_grade_id" AS "highGrade", "t"."organization_id" AS "organization", "t"."nces_id" AS "ncesId", "t"."time_zone" AS "timeZone", "t"."phone" AS "phone" FROM "schools"."school" AS t WHERE t.id = ANY ($1::uuid[]);
-- schools
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- schools
start transaction read only;
-- students
commit;
-- students
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."person_id" AS "personId", "t"."student_number" AS "studentNumber", "t"."sort_name" AS "sortName", "t"."postsecondary_from" AS "postsecondaryFrom" FROM "students"."student" AS t WHERE t.id = ANY ($1::uuid[]);
-- students
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- students
start transaction read only;

-- OtherSchools as principal: 11 statements
-- attendance
commit;
-- attendance
SELECT * FROM lookup.attendance_figure_span($1::uuid, $2::date, $3::date);
-- attendance
SELECT access.district_office($1::text[]) AS holds;
-- attendance
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- attendance
SELECT u.id FROM unnest($1::uuid[]) AS u(id) WHERE u.id IN (SELECT access.at_school_school($2::text[]));
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

