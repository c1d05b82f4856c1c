-- Me as attendance-clerk: 14 statements
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

-- NotTaken as attendance-clerk: 14 statements
-- academics
commit;
-- academics
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."course_id" AS "course", "t"."school_id" AS "schoolId", "t"."school_year_id" AS "schoolYearId", "t"."track_id" AS "trackId", "t"."code" AS "code", "t"."title" AS "title", "t"."kind" AS "kind", "t"."capacity" AS "capacity", "t"."first_day" AS "firstDay", "t"."end_day" AS "endDay" FROM "academics"."section" AS t WHERE t.id = ANY ($1::uuid[]);
-- academics
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- academics
start transaction read only;
-- attendance
commit;
-- attendance
SELECT * FROM lookup.attendance_not_taken($1::uuid, coalesce($2::date, access.today()));
-- attendance
SELECT access.district_office($1::text[]) AS holds;
-- attendance
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- attendance
SELECT u.id FROM unnest($1::uuid[]) AS u(id) WHERE u.id IN (SELECT access.at_school_school($2::text[]));
-- attendance
start transaction read only;
-- people
commit;
-- people
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."given_name" AS "givenName", "t"."middle_name" AS "middleName", "t"."family_name" AS "familyName", "t"."suffix" AS "suffix", "t"."preferred_given_name" AS "preferredGivenName", "t"."preferred_family_name" AS "preferredFamilyName", "t"."pronouns" AS "pronouns" FROM "people"."person" AS t WHERE t.id = ANY ($1::uuid[]);
-- people
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- people
start transaction read only;

-- Student as attendance-clerk: 10 statements
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
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."student_id" AS "student", "t"."school_id" AS "schoolId", "t"."school_year_id" AS "schoolYearId", "t"."grade_level_id" AS "gradeLevelId", "t"."track_id" AS "trackId", "t"."kind" AS "kind", "t"."entry_date" AS "entryDate", "t"."entry_code" AS "entryCode", "t"."exit_date" AS "exitDate", "t"."exit_code" AS "exitCode", "t"."no_show" AS "noShow", "t"."full_time_share" AS "fullTimeShare" FROM "students"."school_enrollment" AS t WHERE ("t"."school_id" = p.id AND ("t"."archived_at" IS NULL AND "t"."exit_date" IS NULL)) ORDER BY "t"."id" ASC LIMIT $2) AS c;
-- students
SELECT set_config('role', $1, true);
-- students
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- students
start transaction read only;

-- Codes as attendance-clerk: 4 statements
-- attendance
commit;
-- attendance
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."code" AS "code", "t"."title" AS "title", "t"."effect" AS "effect", "t"."excuse" AS "excuse", "t"."office_only" AS "officeOnly" FROM "attendance"."attendance_code" AS t WHERE ("t"."archived_at" IS NULL AND "t"."effect" = $1::text AND "t"."excuse" = $2::text) ORDER BY "t"."code" ASC, "t"."id" ASC LIMIT $3;
-- attendance
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- attendance
start transaction read only;

-- CheckIn as attendance-clerk: 25 statements
-- attendance
begin;
-- attendance
commit;
-- attendance
commit;
-- attendance
insert into "attendance"."office_entry_note" ("id", "district_id", "version", "created_at", "created_by", "updated_at", "updated_by", "archived_at", "student_id", "school_id", "text") values ('<id>', '<id>', 1, '2026-10-14T15:00:00.000Z', '<id>', '2026-10-14T15:00:00.000Z', '<id>', null, '<id>', '<id>', 'Dentist, brought by a parent');
-- attendance
insert into "attendance"."office_entry" ("id", "district_id", "version", "created_at", "created_by", "updated_at", "updated_by", "archived_at", "student_id", "school_id", "date", "kind", "from_time", "code_id", "verified") values ('<id>', '<id>', 1, '2026-10-14T15:00:00.000Z', '<id>', '2026-10-14T15:00:00.000Z', '<id>', null, '<id>', '<id>', '2026-10-14', 'CHECK_IN', '09:40', '<id>', true);
-- attendance
select "a0".* from "attendance"."attendance_code" as "a0" where "a0"."id" = '<id>' and "a0"."archived_at" is null order by "a0"."id" asc;
-- attendance
select "a0".* from "attendance"."attendance_lock" as "a0" where "a0"."school_id" = '<id>' and "a0"."archived_at" is null order by "a0"."id" asc;
-- attendance
select "o0".* from "attendance"."office_entry" as "o0" where "o0"."student_id" in ('<id>') and "o0"."date" in ('2026-10-14') and "o0"."kind" = 'CHECK_IN' and "o0"."archived_at" is null order by "o0"."id" asc;
-- attendance
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."code" AS "code", "t"."title" AS "title", "t"."effect" AS "effect", "t"."excuse" AS "excuse", "t"."office_only" AS "officeOnly" FROM "attendance"."attendance_code" AS t WHERE t.id = ANY ($1::uuid[]);
-- attendance
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."student_id" AS "studentId", "t"."school_id" AS "schoolId", "t"."date" AS "date", "t"."kind" AS "kind", "t"."from_time" AS "fromTime", "t"."to_time" AS "toTime", "t"."code_id" AS "code", "t"."verified" AS "verified" FROM "attendance"."office_entry" AS t WHERE t.id = ANY ($1::uuid[]);
-- attendance
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."student_id" AS "studentId", "t"."school_id" AS "schoolId", "t"."text" AS "text" FROM "attendance"."office_entry_note" AS t WHERE t.id = ANY ($1::uuid[]);
-- attendance
SELECT * FROM lookup.attendance_student_days($1::uuid[], $2::date, $3::date);
-- attendance
SELECT $1::uuid IN (SELECT access.at_school_school($2::text[])) AS holds;
-- attendance
SELECT access.today()::text AS today;
-- attendance
SELECT id FROM "attendance"."office_entry_note" WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE;
-- attendance
SELECT journal.append($1::jsonb, $2, $3, $4);
-- attendance
SELECT pg_advisory_xact_lock(s.key) FROM (SELECT DISTINCT hashtextextended('office entries of ' || u.id, 0) AS key FROM unnest($1::uuid[]) AS u(id) ORDER BY 1) s;
-- attendance
select set_config('osss.district', '<id>', true), set_config('osss.account', '<id>', true), set_config('osss.person', '<id>', true), set_config('osss.roles', '{attendance-clerk,staff}', true), set_config('osss.now', '2026-10-14T15:00:00.000Z', true);
-- attendance
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- attendance
SELECT v AS id FROM access.visible_attendance_attendance_code($1::uuid[]) AS v;
-- attendance
SELECT v AS id FROM access.visible_attendance_office_entry_note($1::uuid[], true) v;
-- attendance
SELECT v AS id FROM access.visible_schools_school($1::uuid[]) AS v;
-- attendance
SELECT v AS id FROM access.visible_students_student($1::uuid[]) AS v;
-- attendance
set local role "osss_test_attendance_mixed";
-- attendance
start transaction read only;

-- Day as attendance-clerk: 8 statements
-- attendance
commit;
-- attendance
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."student_id" AS "studentId", "t"."date" AS "date", "t"."school_id" AS "schoolId", "t"."school_year_id" AS "schoolYearId", "t"."grade_level_id" AS "gradeLevelId", "t"."track_id" AS "trackId", "t"."scheduled_minutes" AS "scheduledMinutes", "t"."missed_minutes" AS "missedMinutes", "t"."excused_minutes" AS "excusedMinutes", "t"."meetings" AS "meetings", "t"."meetings_taken" AS "meetingsTaken", "t"."status" AS "status", "t"."excuse" AS "excuse", "t"."counts_absent" AS "countsAbsent", "t"."late" AS "late" FROM "attendance"."daily_attendance" AS t WHERE ("t"."student_id" = p.id AND ("t"."archived_at" IS NULL AND "t"."date" = $2::date)) ORDER BY "t"."id" ASC LIMIT $3) AS c;
-- attendance
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- attendance
start transaction read only;
-- students
commit;
-- students
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."person_id" AS "personId", "t"."student_number" AS "studentNumber", "t"."sort_name" AS "sortName", "t"."postsecondary_from" AS "postsecondaryFrom" FROM "students"."student" AS t WHERE t.id = ANY ($1::uuid[]);
-- students
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- students
start transaction read only;

-- Freshness as attendance-clerk: 5 statements
-- attendance
commit;
-- attendance
SELECT * FROM lookup.attendance_freshness();
-- attendance
SELECT access.on_duty($1::text[]) AS holds;
-- attendance
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- attendance
start transaction read only;

