-- Me as registrar: 10 statements
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

-- Year as registrar: 4 statements
-- schools
commit;
-- schools
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."name" AS "name", "t"."first_day" AS "firstDay", "t"."end_day" AS "endDay", "t"."status" AS "status" FROM "schools"."school_year" AS t WHERE ("t"."archived_at" IS NULL AND "t"."status" = $1::text) ORDER BY "t"."first_day" DESC, "t"."id" DESC LIMIT $2;
-- schools
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- schools
start transaction read only;

-- Preview as registrar: 6 statements
-- rostering
commit;
-- rostering
SELECT $1::uuid IN (SELECT access.at_school_school($2::text[])) OR access.district_office($3::text[]) AS held;
-- rostering
SELECT id, first_day::text AS "firstDay", end_day::text AS "endDay", status FROM lookup.rostering_years();
-- rostering
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', CASE WHEN access.district_office($11::text[]) THEN $12 ELSE $13 END, true) AS acting;
-- rostering
SELECT student_id AS "studentId", enrollment_id AS "enrollmentId", school_id AS "schoolId", grade_level_id AS "gradeLevelId", exit_date::text AS "exitDate", exit_code AS "exitCode", full_time_share::text AS "fullTimeShare", secondary_ids AS "secondaryIds", placement_id AS "placementId", action, next_school_id AS "nextSchoolId", next_grade_level_id AS "nextGradeLevelId", placed, blocked FROM lookup.rostering_year_end($1::uuid, $2::date, $3::uuid, $4::uuid[]) ORDER BY student_id;
-- rostering
start transaction read only;

