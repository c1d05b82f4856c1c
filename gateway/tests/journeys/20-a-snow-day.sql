-- Me as principal: 10 statements
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

-- Day as principal: 4 statements
-- schools
commit;
-- schools
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."track_id" AS "track", "t"."school_id" AS "school", "t"."date" AS "date", "t"."rotation_day_id" AS "rotationDay", "t"."bell_schedule_id" AS "bellSchedule", "t"."status" AS "status", "t"."reason" AS "reason" FROM "schools"."instructional_day" AS t WHERE ("t"."archived_at" IS NULL AND "t"."date" = $1::date AND EXISTS (SELECT 1 FROM "schools"."school" AS "t1" WHERE "t1"."district_id" = "t"."district_id" AND "t1"."id" = "t"."school_id" AND "t1"."id" = $2::uuid)) ORDER BY "t"."id" ASC LIMIT $3;
-- schools
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- schools
start transaction read only;

-- Before as principal: 12 statements
-- academics
commit;
-- academics
SELECT "t"."school_id" AS parent, count(*)::int AS n FROM "academics"."class_meeting" AS t WHERE "t"."school_id" = ANY ($1::uuid[]) AND ("t"."archived_at" IS NULL AND "t"."date" = $2::date AND "t"."status" = $3::text) GROUP BY 1;
-- academics
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- academics
start transaction read only;
-- attendance
commit;
-- attendance
SELECT "t"."school_id" AS parent, count(*)::int AS n FROM "attendance"."daily_attendance" AS t WHERE "t"."school_id" = ANY ($1::uuid[]) AND ("t"."archived_at" IS NULL AND "t"."date" = $2::date) GROUP BY 1;
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

-- Snow as principal: 12 statements
-- schools
begin;
-- schools
commit;
-- schools
commit;
-- schools
select "i0".* from "schools"."instructional_day" as "i0" where "i0"."id" = '<id>' limit 1;
-- schools
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."track_id" AS "track", "t"."school_id" AS "school", "t"."date" AS "date", "t"."rotation_day_id" AS "rotationDay", "t"."bell_schedule_id" AS "bellSchedule", "t"."status" AS "status", "t"."reason" AS "reason" FROM "schools"."instructional_day" AS t WHERE t.id = ANY ($1::uuid[]);
-- schools
SELECT id FROM "schools"."instructional_day" WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE;
-- schools
SELECT journal.append($1::jsonb, $2, $3, $4);
-- schools
select set_config('osss.district', '<id>', true), set_config('osss.account', '<id>', true), set_config('osss.person', '<id>', true), set_config('osss.roles', '{principal,staff}', true), set_config('osss.now', '2026-10-14T15:00:00.000Z', true);
-- schools
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- schools
set local role "osss_test_schools_mixed";
-- schools
start transaction read only;
-- schools
update "schools"."instructional_day" set "version" = 2, "updated_at" = '2026-10-14T15:00:00.000Z', "updated_by" = '<id>', "status" = 'CANCELLED', "reason" = 'Snow' where "id" = '<id>';

-- After as principal: 12 statements
-- academics
commit;
-- academics
SELECT "t"."school_id" AS parent, count(*)::int AS n FROM "academics"."class_meeting" AS t WHERE "t"."school_id" = ANY ($1::uuid[]) AND ("t"."archived_at" IS NULL AND "t"."date" = $2::date AND "t"."status" = $3::text) GROUP BY 1;
-- academics
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- academics
start transaction read only;
-- attendance
commit;
-- attendance
SELECT "t"."school_id" AS parent, count(*)::int AS n FROM "attendance"."daily_attendance" AS t WHERE "t"."school_id" = ANY ($1::uuid[]) AND ("t"."archived_at" IS NULL AND "t"."date" = $2::date) GROUP BY 1;
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

