-- Me as registrar: 14 statements
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

-- Leaver as registrar: 18 statements
-- academics
commit;
-- academics
SELECT "t"."student_id" AS parent, count(*)::int AS n FROM "academics"."section_enrollment" AS t WHERE "t"."student_id" = ANY ($1::uuid[]) AND ("t"."archived_at" IS NULL AND "t"."to_date" IS NULL) GROUP BY 1;
-- academics
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', CASE WHEN access.district_office($11::text[]) THEN $12 ELSE $13 END, true) AS acting;
-- academics
start transaction read only;
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
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."person_id" AS "personId", "t"."student_number" AS "studentNumber", "t"."sort_name" AS "sortName", "t"."postsecondary_from" AS "postsecondaryFrom" FROM "students"."student" AS t WHERE t.id = ANY ($1::uuid[]);
-- students
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."student_id" AS "student", "t"."school_id" AS "schoolId", "t"."school_year_id" AS "schoolYearId", "t"."grade_level_id" AS "gradeLevelId", "t"."track_id" AS "trackId", "t"."kind" AS "kind", "t"."entry_date" AS "entryDate", "t"."entry_code" AS "entryCode", "t"."exit_date" AS "exitDate", "t"."exit_code" AS "exitCode", "t"."no_show" AS "noShow", "t"."full_time_share" AS "fullTimeShare" FROM "students"."school_enrollment" AS t WHERE ("t"."school_id" = p.id AND ("t"."archived_at" IS NULL AND "t"."exit_date" IS NULL AND "t"."kind" = $2::text)) ORDER BY "t"."id" ASC LIMIT $3) AS c;
-- students
SELECT set_config('role', $1, true);
-- students
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', CASE WHEN access.district_office($11::text[]) THEN $12 ELSE $13 END, true) AS acting;
-- students
start transaction read only;

-- Schools as registrar: 4 statements
-- schools
commit;
-- schools
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."code" AS "code", "t"."name" AS "name", "t"."short_name" AS "shortName", "t"."kind" AS "kind", "t"."low_grade_id" AS "lowGrade", "t"."high_grade_id" AS "highGrade", "t"."organization_id" AS "organization", "t"."nces_id" AS "ncesId", "t"."time_zone" AS "timeZone", "t"."phone" AS "phone" FROM "schools"."school" AS t WHERE ("t"."archived_at" IS NULL AND "t"."id" IS DISTINCT FROM $1::uuid AND "t"."kind" = $2::text) ORDER BY "t"."code" ASC, "t"."id" ASC LIMIT $3;
-- schools
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- schools
start transaction read only;

-- Look as registrar: 54 statements
-- rostering
begin;
-- rostering
insert into "students"."school_enrollment" ("id", "district_id", "version", "created_at", "created_by", "updated_at", "updated_by", "archived_at", "student_id", "school_id", "school_year_id", "grade_level_id", "track_id", "kind", "entry_date", "entry_code", "exit_date", "exit_code", "no_show", "full_time_share") values ('<id>', '<id>', 1, '2026-10-14T15:00:00.000Z', '<id>', '2026-10-14T15:00:00.000Z', '<id>', null, '<id>', '<id>', '<id>', '<id>', null, 'PRIMARY', '2026-10-19', 'T1', null, null, false, '1.000');
-- rostering
rollback;
-- rostering
ROLLBACK TO SAVEPOINT before_the_work;
-- rostering
SAVEPOINT before_the_work;
-- rostering
select "c0".* from "staff"."caseload_assignment" as "c0" where "c0"."student_id" in ('<id>') and "c0"."archived_at" is null order by "c0"."id" asc;
-- rostering
select "e0".* from "rostering"."enrollment_code" as "e0" where "e0"."archived_at" is null order by "e0"."id" asc;
-- rostering
select "g0".* from "schools"."grade_level" as "g0" where "g0"."archived_at" is null order by "g0"."id" asc;
-- rostering
select "s0".* from "academics"."section_enrollment" as "s0" where "s0"."student_id" in ('<id>') and "s0"."archived_at" is null order by "s0"."id" asc;
-- rostering
select "s0".* from "schools"."school_year" as "s0" where "s0"."archived_at" is null order by "s0"."id" asc;
-- rostering
select "s0".* from "schools"."school" as "s0" where "s0"."archived_at" is null order by "s0"."id" asc;
-- rostering
select "s0".* from "students"."school_enrollment" as "s0" where "s0"."student_id" in ('<id>') and "s0"."archived_at" is null order by "s0"."id" asc;
-- rostering
select "s0".* from "students"."student" as "s0" where "s0"."id" in ('<id>') order by "s0"."id" asc;
-- rostering
SELECT $1::text || ' ' || v AS key FROM access.visible_students_school_enrollment($2::uuid[], true) v;
-- rostering
SELECT $1::text || ' ' || v AS key FROM access.visible_students_school_enrollment($2::uuid[], true) v UNION ALL SELECT $3::text || ' ' || v AS key FROM access.visible_academics_section_enrollment($4::uuid[], true) v;
-- rostering
SELECT $1::uuid IN (SELECT access.at_school_school($2::text[])) AS holds;
-- rostering
SELECT $1::uuid IN (SELECT access.at_school_school($2::text[])) AS holds;
-- rostering
SELECT id FROM academics.section_enrollment WHERE student_id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE;
-- rostering
SELECT id FROM lookup.rostering_school_caseloads($1::uuid, $2::uuid, $3::date) AS id;
-- rostering
SELECT id FROM students.school_enrollment WHERE student_id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE;
-- rostering
SELECT id FROM students.student WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE;
-- rostering
SELECT kind, day::text AS day, entries FROM lookup.rostering_dated_entries($1::uuid, $2::uuid, $3::date, $4::date) ORDER BY day, kind;
-- rostering
select set_config('osss.district', '<id>', true), set_config('osss.account', '<id>', true), set_config('osss.person', '<id>', true), set_config('osss.roles', '{registrar,staff}', true), set_config('osss.now', '2026-10-14T15:00:00.000Z', true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT v AS id FROM access.visible_students_student($1::uuid[], true) v;
-- rostering
SET LOCAL statement_timeout = 0;
-- rostering
update "academics"."section_enrollment" set "version" = case when ("id" = '<id>') then 2 when ("id" = '<id>') then 2 when ("id" = '<id>') then 2 when ("id" = '<id>') then 2 when ("id" = '<id>') then 2 when ("id" = '<id>') then 2 when ("id" = '<id>') then 2 when ("id" = '<id>') then 2 when ("id" = '<id>') then 2 when ("id" = '<id>') then 2 when ("id" = '<id>') then 2 when ("id" = '<id>') then 2 when ("id" = '<id>') then 2 when ("id" = '<id>') then 2 when ("id" = '<id>') then 2 when ("id" = '<id>') then 2 when ("id" = '<id>') then 2 else "version" end, "updated_at" = case when ("id" = '<id>') then '2026-10-14T15:00:00.000Z' when ("id" = '<id>') then '2026-10-14T15:00:00.000Z' when ("id" = '<id>') then '2026-10-14T15:00:00.000Z' when ("id" = '<id>') then '2026-10-14T15:00:00.000Z' when ("id" = '<id>') then '2026-10-14T15:00:00.000Z' when ("id" = '<id>') then '2026-10-14T15:00:00.000Z' when ("id" = '<id>') then '2026-10-14T15:00:00.000Z' when ("id" = '<id>') then '2026-10-14T15:00:00.000Z' when ("id" = '<id>') then '2026-10-14T15:00:00.000Z' when ("id" = '<id>') then '2026-10-14T15:00:00.000Z' when ("id" = '<id>') then '2026-10-14T15:00:00.000Z' when ("id" = '<id>') then '2026-10-14T15:00:00.000Z' when ("id" = '<id>') then '2026-10-14T15:00:00.000Z' when ("id" = '<id>') then '2026-10-14T15:00:00.000Z' when ("id" = '<id>') then '2026-10-14T15:00:00.000Z' when ("id" = '<id>') then '2026-10-14T15:00:00.000Z' when ("id" = '<id>') then '2026-10-14T15:00:00.000Z' else "updated_at" end, "updated_by" = case when ("id" = '<id>') then '<id>' when ("id" = '<id>') then '<id>' when ("id" = '<id>') then '<id>' when ("id" = '<id>') then '<id>' when ("id" = '<id>') then '<id>' when ("id" = '<id>') then '<id>' when ("id" = '<id>') then '<id>' when ("id" = '<id>') then '<id>' when ("id" = '<id>') then '<id>' when ("id" = '<id>') then '<id>' when ("id" = '<id>') then '<id>' when ("id" = '<id>') then '<id>' when ("id" = '<id>') then '<id>' when ("id" = '<id>') then '<id>' when ("id" = '<id>') then '<id>' when ("id" = '<id>') then '<id>' when ("id" = '<id>') then '<id>' else "updated_by" end, "to_date" = case when ("id" = '<id>') then '2026-10-19' when ("id" = '<id>') then '2026-10-19' when ("id" = '<id>') then '2026-10-19' when ("id" = '<id>') then '2026-10-19' when ("id" = '<id>') then '2026-10-19' when ("id" = '<id>') then '2026-10-19' when ("id" = '<id>') then '2026-10-19' when ("id" = '<id>') then '2026-10-19' when ("id" = '<id>') then '2026-10-19' when ("id" = '<id>') then '2026-10-19' when ("id" = '<id>') then '2026-10-19' when ("id" = '<id>') then '2026-10-19' when ("id" = '<id>') then '2026-10-19' when ("id" = '<id>') then '2026-10-19' when ("id" = '<id>') then '2026-10-19' when ("id" = '<id>') then '2026-10-19' when ("id" = '<id>') then '2026-10-19' else "to_date" end, "end_reason" = case when ("id" = '<id>') then 'Transferred to another school' when ("id" = '<id>') then 'Transferred to another school' when ("id" = '<id>') then 'Transferred to another school' when ("id" = '<id>') then 'Transferred to another school' when ("id" = '<id>') then 'Transferred to another school' when ("id" = '<id>') then 'Transferred to another school' when ("id" = '<id>') then 'Transferred to another school' when ("id" = '<id>') then 'Transferred to another school' when ("id" = '<id>') then 'Transferred to another school' when ("id" = '<id>') then 'Transferred to another school' when ("id" = '<id>') then 'Transferred to another school' when ("id" = '<id>') then 'Transferred to another school' when ("id" = '<id>') then 'Transferred to another school' when ("id" = '<id>') then 'Transferred to another school' when ("id" = '<id>') then 'Transferred to another school' when ("id" = '<id>') then 'Transferred to another school' when ("id" = '<id>') then 'Transferred to another school' else "end_reason" end where "id" in ('<id>', '<id>', '<id>', '<id>', '<id>', '<id>', '<id>', '<id>', '<id>', '<id>', '<id>', '<id>', '<id>', '<id>', '<id>', '<id>', '<id>') returning "id";
-- rostering
update "staff"."caseload_assignment" set "version" = 2, "updated_at" = '2026-10-14T15:00:00.000Z', "updated_by" = '<id>', "to_date" = '2026-10-19' where "id" = '<id>';
-- rostering
update "students"."school_enrollment" set "version" = 2, "updated_at" = '2026-10-14T15:00:00.000Z', "updated_by" = '<id>', "exit_date" = '2026-10-19', "exit_code" = 'T' where "id" = '<id>';

-- Transfer as registrar: 59 statements
-- rostering
begin;
-- rostering
commit;
-- rostering
insert into "students"."school_enrollment" ("id", "district_id", "version", "created_at", "created_by", "updated_at", "updated_by", "archived_at", "student_id", "school_id", "school_year_id", "grade_level_id", "track_id", "kind", "entry_date", "entry_code", "exit_date", "exit_code", "no_show", "full_time_share") values ('<id>', '<id>', 1, '2026-10-14T15:00:00.000Z', '<id>', '2026-10-14T15:00:00.000Z', '<id>', null, '<id>', '<id>', '<id>', '<id>', null, 'PRIMARY', '2026-10-19', 'T1', null, null, false, '1.000');
-- rostering
select "c0".* from "staff"."caseload_assignment" as "c0" where "c0"."student_id" in ('<id>') and "c0"."archived_at" is null order by "c0"."id" asc;
-- rostering
select "e0".* from "rostering"."enrollment_code" as "e0" where "e0"."archived_at" is null order by "e0"."id" asc;
-- rostering
select "g0".* from "schools"."grade_level" as "g0" where "g0"."archived_at" is null order by "g0"."id" asc;
-- rostering
select "s0".* from "academics"."section_enrollment" as "s0" where "s0"."student_id" in ('<id>') and "s0"."archived_at" is null order by "s0"."id" asc;
-- rostering
select "s0".* from "schools"."school_year" as "s0" where "s0"."archived_at" is null order by "s0"."id" asc;
-- rostering
select "s0".* from "schools"."school" as "s0" where "s0"."archived_at" is null order by "s0"."id" asc;
-- rostering
select "s0".* from "students"."school_enrollment" as "s0" where "s0"."student_id" in ('<id>') and "s0"."archived_at" is null order by "s0"."id" asc;
-- rostering
select "s0".* from "students"."student" as "s0" where "s0"."id" in ('<id>') order by "s0"."id" asc;
-- rostering
SELECT $1::text || ' ' || v AS key FROM access.visible_students_school_enrollment($2::uuid[], true) v UNION ALL SELECT $3::text || ' ' || v AS key FROM access.visible_academics_section_enrollment($4::uuid[], true) v;
-- rostering
SELECT $1::uuid IN (SELECT access.at_school_school($2::text[])) AS holds;
-- rostering
SELECT $1::uuid IN (SELECT access.at_school_school($2::text[])) AS holds;
-- rostering
SELECT id FROM academics.section_enrollment WHERE student_id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE;
-- rostering
SELECT id FROM lookup.rostering_school_caseloads($1::uuid, $2::uuid, $3::date) AS id;
-- rostering
SELECT id FROM students.school_enrollment WHERE student_id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE;
-- rostering
SELECT id FROM students.student WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE;
-- rostering
SELECT journal.append($1::jsonb, $2, $3, $4);
-- rostering
SELECT kind, day::text AS day, entries FROM lookup.rostering_dated_entries($1::uuid, $2::uuid, $3::date, $4::date) ORDER BY day, kind;
-- rostering
select set_config('osss.district', '<id>', true), set_config('osss.account', '<id>', true), set_config('osss.person', '<id>', true), set_config('osss.roles', '{registrar,staff}', true), set_config('osss.now', '2026-10-14T15:00:00.000Z', true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT set_config('role', $1, true);
-- rostering
SELECT v AS id FROM access.visible_students_student($1::uuid[], true) v;
-- rostering
SET LOCAL statement_timeout = 0;
-- rostering
update "academics"."section_enrollment" set "version" = case when ("id" = '<id>') then 2 when ("id" = '<id>') then 2 when ("id" = '<id>') then 2 when ("id" = '<id>') then 2 when ("id" = '<id>') then 2 when ("id" = '<id>') then 2 when ("id" = '<id>') then 2 when ("id" = '<id>') then 2 when ("id" = '<id>') then 2 when ("id" = '<id>') then 2 when ("id" = '<id>') then 2 when ("id" = '<id>') then 2 when ("id" = '<id>') then 2 when ("id" = '<id>') then 2 when ("id" = '<id>') then 2 when ("id" = '<id>') then 2 when ("id" = '<id>') then 2 else "version" end, "updated_at" = case when ("id" = '<id>') then '2026-10-14T15:00:00.000Z' when ("id" = '<id>') then '2026-10-14T15:00:00.000Z' when ("id" = '<id>') then '2026-10-14T15:00:00.000Z' when ("id" = '<id>') then '2026-10-14T15:00:00.000Z' when ("id" = '<id>') then '2026-10-14T15:00:00.000Z' when ("id" = '<id>') then '2026-10-14T15:00:00.000Z' when ("id" = '<id>') then '2026-10-14T15:00:00.000Z' when ("id" = '<id>') then '2026-10-14T15:00:00.000Z' when ("id" = '<id>') then '2026-10-14T15:00:00.000Z' when ("id" = '<id>') then '2026-10-14T15:00:00.000Z' when ("id" = '<id>') then '2026-10-14T15:00:00.000Z' when ("id" = '<id>') then '2026-10-14T15:00:00.000Z' when ("id" = '<id>') then '2026-10-14T15:00:00.000Z' when ("id" = '<id>') then '2026-10-14T15:00:00.000Z' when ("id" = '<id>') then '2026-10-14T15:00:00.000Z' when ("id" = '<id>') then '2026-10-14T15:00:00.000Z' when ("id" = '<id>') then '2026-10-14T15:00:00.000Z' else "updated_at" end, "updated_by" = case when ("id" = '<id>') then '<id>' when ("id" = '<id>') then '<id>' when ("id" = '<id>') then '<id>' when ("id" = '<id>') then '<id>' when ("id" = '<id>') then '<id>' when ("id" = '<id>') then '<id>' when ("id" = '<id>') then '<id>' when ("id" = '<id>') then '<id>' when ("id" = '<id>') then '<id>' when ("id" = '<id>') then '<id>' when ("id" = '<id>') then '<id>' when ("id" = '<id>') then '<id>' when ("id" = '<id>') then '<id>' when ("id" = '<id>') then '<id>' when ("id" = '<id>') then '<id>' when ("id" = '<id>') then '<id>' when ("id" = '<id>') then '<id>' else "updated_by" end, "to_date" = case when ("id" = '<id>') then '2026-10-19' when ("id" = '<id>') then '2026-10-19' when ("id" = '<id>') then '2026-10-19' when ("id" = '<id>') then '2026-10-19' when ("id" = '<id>') then '2026-10-19' when ("id" = '<id>') then '2026-10-19' when ("id" = '<id>') then '2026-10-19' when ("id" = '<id>') then '2026-10-19' when ("id" = '<id>') then '2026-10-19' when ("id" = '<id>') then '2026-10-19' when ("id" = '<id>') then '2026-10-19' when ("id" = '<id>') then '2026-10-19' when ("id" = '<id>') then '2026-10-19' when ("id" = '<id>') then '2026-10-19' when ("id" = '<id>') then '2026-10-19' when ("id" = '<id>') then '2026-10-19' when ("id" = '<id>') then '2026-10-19' else "to_date" end, "end_reason" = case when ("id" = '<id>') then 'Transferred to another school' when ("id" = '<id>') then 'Transferred to another school' when ("id" = '<id>') then 'Transferred to another school' when ("id" = '<id>') then 'Transferred to another school' when ("id" = '<id>') then 'Transferred to another school' when ("id" = '<id>') then 'Transferred to another school' when ("id" = '<id>') then 'Transferred to another school' when ("id" = '<id>') then 'Transferred to another school' when ("id" = '<id>') then 'Transferred to another school' when ("id" = '<id>') then 'Transferred to another school' when ("id" = '<id>') then 'Transferred to another school' when ("id" = '<id>') then 'Transferred to another school' when ("id" = '<id>') then 'Transferred to another school' when ("id" = '<id>') then 'Transferred to another school' when ("id" = '<id>') then 'Transferred to another school' when ("id" = '<id>') then 'Transferred to another school' when ("id" = '<id>') then 'Transferred to another school' else "end_reason" end where "id" in ('<id>', '<id>', '<id>', '<id>', '<id>', '<id>', '<id>', '<id>', '<id>', '<id>', '<id>', '<id>', '<id>', '<id>', '<id>', '<id>', '<id>') returning "id";
-- rostering
update "staff"."caseload_assignment" set "version" = 2, "updated_at" = '2026-10-14T15:00:00.000Z', "updated_by" = '<id>', "to_date" = '2026-10-19' where "id" = '<id>';
-- rostering
update "students"."school_enrollment" set "version" = 2, "updated_at" = '2026-10-14T15:00:00.000Z', "updated_by" = '<id>', "exit_date" = '2026-10-19', "exit_code" = 'T' where "id" = '<id>';
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
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."student_id" AS "student", "t"."school_id" AS "schoolId", "t"."school_year_id" AS "schoolYearId", "t"."grade_level_id" AS "gradeLevelId", "t"."track_id" AS "trackId", "t"."kind" AS "kind", "t"."entry_date" AS "entryDate", "t"."entry_code" AS "entryCode", "t"."exit_date" AS "exitDate", "t"."exit_code" AS "exitCode", "t"."no_show" AS "noShow", "t"."full_time_share" AS "fullTimeShare" FROM "students"."school_enrollment" AS t WHERE t.id = ANY ($1::uuid[]);
-- students
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', CASE WHEN access.district_office($11::text[]) THEN $12 ELSE $13 END, true) AS acting;
-- students
start transaction read only;

-- After as registrar: 13 statements
-- academics
commit;
-- academics
SELECT "t"."student_id" AS parent, count(*)::int AS n FROM "academics"."section_enrollment" AS t WHERE "t"."student_id" = ANY ($1::uuid[]) AND ("t"."archived_at" IS NULL AND "t"."to_date" IS NULL) GROUP BY 1;
-- academics
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', CASE WHEN access.district_office($11::text[]) THEN $12 ELSE $13 END, true) AS acting;
-- academics
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
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."student_id" AS "student", "t"."school_id" AS "schoolId", "t"."school_year_id" AS "schoolYearId", "t"."grade_level_id" AS "gradeLevelId", "t"."track_id" AS "trackId", "t"."kind" AS "kind", "t"."entry_date" AS "entryDate", "t"."entry_code" AS "entryCode", "t"."exit_date" AS "exitDate", "t"."exit_code" AS "exitCode", "t"."no_show" AS "noShow", "t"."full_time_share" AS "fullTimeShare" FROM "students"."school_enrollment" AS t WHERE ("t"."student_id" = p.id AND "t"."archived_at" IS NULL) ORDER BY "t"."entry_date" ASC, "t"."id" ASC LIMIT $2) AS c;
-- students
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', CASE WHEN access.district_office($11::text[]) THEN $12 ELSE $13 END, true) AS acting;
-- students
start transaction read only;

-- Duplicates as registrar: 5 statements
-- rostering
commit;
-- rostering
SELECT EXISTS (SELECT access.at_school_school($1::text[])) AS holds;
-- rostering
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', CASE WHEN access.district_office($11::text[]) THEN $12 ELSE $13 END, true) AS acting;
-- rostering
start transaction read only;
-- rostering
WITH found AS MATERIALIZED (SELECT * FROM rostering.possible_duplicates($1::text, $2::text, $3::date, $4::text, $5::text)), known AS MATERIALIZED (SELECT v AS id FROM access.visible_people_person_demographics(ARRAY(SELECT person_id FROM found)) v) SELECT f.student_id AS "studentId", f.name, f.student_number AS "studentNumber", f.schools, f.same_number AS "sameNumber", f.same_state_id AS "sameStateId", CASE WHEN k.id IS NOT NULL THEN f.same_birth_date END AS "sameBirthDate", f.given_likeness AS "givenLikeness", f.family_likeness AS "familyLikeness" FROM found f LEFT JOIN known k ON k.id = f.person_id WHERE k.id IS NOT NULL OR NOT f.by_birth_date_alone;

