-- Schools as principal: 5 statements
-- schools
commit;
-- schools
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."code" AS "code", "t"."name" AS "name", "t"."short_name" AS "shortName", "t"."kind" AS "kind", "t"."low_grade_id" AS "lowGrade", "t"."high_grade_id" AS "highGrade", "t"."organization_id" AS "organization", "t"."nces_id" AS "ncesId", "t"."time_zone" AS "timeZone", "t"."phone" AS "phone" FROM "schools"."school" AS t WHERE ("t"."archived_at" IS NULL AND "t"."code" IS NOT NULL) ORDER BY "t"."name" ASC, "t"."id" ASC LIMIT $1;
-- schools
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."code" AS "code", "t"."title" AS "title", "t"."sequence" AS "sequence" FROM "schools"."grade_level" AS t WHERE t.id = ANY ($1::uuid[]);
-- schools
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- schools
start transaction read only;

-- Mine as principal: 20 statements
-- people
commit;
-- people
commit;
-- people
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."given_name" AS "givenName", "t"."middle_name" AS "middleName", "t"."family_name" AS "familyName", "t"."suffix" AS "suffix", "t"."preferred_given_name" AS "preferredGivenName", "t"."preferred_family_name" AS "preferredFamilyName", "t"."pronouns" AS "pronouns" FROM "people"."person" AS t WHERE t.id = ANY ($1::uuid[]);
-- people
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."given_name" AS "givenName", "t"."middle_name" AS "middleName", "t"."family_name" AS "familyName", "t"."suffix" AS "suffix", "t"."preferred_given_name" AS "preferredGivenName", "t"."preferred_family_name" AS "preferredFamilyName", "t"."pronouns" AS "pronouns" FROM "people"."person" AS t WHERE t.id = ANY ($1::uuid[]);
-- people
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."person_id" AS "person", "t"."role" AS "role", "t"."school_id" AS "schoolId", "t"."from_date" AS "fromDate", "t"."to_date" AS "toDate" FROM "people"."duty_assignment" AS t WHERE ("t"."school_id" = p.id AND "t"."archived_at" IS NULL) ORDER BY "t"."id" ASC LIMIT $2) AS c;
-- people
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- people
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- people
start transaction read only;
-- people
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
SELECT "t"."school_id" AS parent, count(*)::int AS count, min("t"."entry_date") AS "min_entryDate", max("t"."entry_date") AS "max_entryDate", min("t"."exit_date") AS "min_exitDate", max("t"."exit_date") AS "max_exitDate", min("t"."full_time_share") AS "min_fullTimeShare", max("t"."full_time_share") AS "max_fullTimeShare", sum("t"."full_time_share")::numeric AS "sum_fullTimeShare", avg("t"."full_time_share")::numeric(30,6) AS "average_fullTimeShare" FROM "students"."school_enrollment" AS t WHERE "t"."school_id" = ANY ($1::uuid[]) AND ("t"."archived_at" IS NULL AND "t"."exit_date" IS NULL) GROUP BY 1;
-- students
SELECT "t"."school_id" AS parent, count(*)::int AS n FROM "students"."school_enrollment" AS t WHERE "t"."school_id" = ANY ($1::uuid[]) AND ("t"."archived_at" IS NULL AND "t"."exit_date" IS NULL) GROUP BY 1;
-- students
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."student_id" AS "student", "t"."school_id" AS "schoolId", "t"."school_year_id" AS "schoolYearId", "t"."grade_level_id" AS "gradeLevelId", "t"."track_id" AS "trackId", "t"."kind" AS "kind", "t"."entry_date" AS "entryDate", "t"."entry_code" AS "entryCode", "t"."exit_date" AS "exitDate", "t"."exit_code" AS "exitCode", "t"."no_show" AS "noShow", "t"."full_time_share" AS "fullTimeShare" FROM "students"."school_enrollment" AS t WHERE ("t"."school_id" = p.id AND ("t"."archived_at" IS NULL AND "t"."exit_date" IS NULL)) ORDER BY "t"."id" ASC LIMIT $2) AS c;
-- students
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- students
start transaction read only;

-- Calendar as principal: 7 statements
-- schools
commit;
-- schools
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."name" AS "name", "t"."first_day" AS "firstDay", "t"."end_day" AS "endDay", "t"."status" AS "status" FROM "schools"."school_year" AS t WHERE "t"."archived_at" IS NULL ORDER BY "t"."first_day" DESC, "t"."id" DESC LIMIT $1;
-- schools
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."school_id" AS "school", "t"."school_year_id" AS "schoolYear", "t"."name" AS "name" FROM "schools"."calendar_track" AS t WHERE t.id = ANY ($1::uuid[]);
-- schools
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."track_id" AS "track", "t"."school_id" AS "school", "t"."date" AS "date", "t"."rotation_day_id" AS "rotationDay", "t"."bell_schedule_id" AS "bellSchedule", "t"."status" AS "status", "t"."reason" AS "reason" FROM "schools"."instructional_day" AS t WHERE ("t"."archived_at" IS NULL AND EXISTS (SELECT 1 FROM "schools"."school" AS "t1" WHERE "t1"."district_id" = "t"."district_id" AND "t1"."id" = "t"."school_id" AND "t1"."id" = $1::uuid) AND "t"."status" IS DISTINCT FROM $2::text) ORDER BY "t"."date" ASC, "t"."id" ASC LIMIT $3;
-- schools
SELECT count(*)::int AS n FROM "schools"."instructional_day" AS t WHERE ("t"."archived_at" IS NULL AND EXISTS (SELECT 1 FROM "schools"."school" AS "t1" WHERE "t1"."district_id" = "t"."district_id" AND "t1"."id" = "t"."school_id" AND "t1"."id" = $1::uuid) AND "t"."status" IS DISTINCT FROM $2::text);
-- schools
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- schools
start transaction read only;

