-- Find as registrar: 5 statements
-- students
commit;
-- students
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."person_id" AS "personId", "t"."student_number" AS "studentNumber", "t"."sort_name" AS "sortName", "t"."postsecondary_from" AS "postsecondaryFrom" FROM "students"."student" AS t WHERE ("t"."archived_at" IS NULL AND "t"."id" = ANY (ARRAY(SELECT r.id FROM access.search_students_student_sort_name($1) AS r(id)))) ORDER BY "t"."sort_name" ASC, "t"."id" ASC LIMIT $2;
-- students
SELECT count(*)::int AS n FROM "students"."student" AS t WHERE ("t"."archived_at" IS NULL AND "t"."id" = ANY (ARRAY(SELECT r.id FROM access.search_students_student_sort_name($1) AS r(id))));
-- students
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', CASE WHEN access.district_office($11::text[]) THEN $12 ELSE $13 END, true) AS acting;
-- students
start transaction read only;

-- Page as registrar: 30 statements
-- people
commit;
-- people
commit;
-- people
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."birth_date" AS "birthDate", "t"."legal_sex" AS "legalSex", "t"."home_language" AS "homeLanguage", "t"."country_of_birth" AS "countryOfBirth", "t"."hispanic_or_latino" AS "hispanicOrLatino", "t"."american_indian_or_alaska_native" AS "americanIndianOrAlaskaNative", "t"."asian" AS "asian", "t"."black_or_african_american" AS "blackOrAfricanAmerican", "t"."native_hawaiian_or_other_pacific_islander" AS "nativeHawaiianOrOtherPacificIslander", "t"."white" AS "white", "t"."race_ethnicity" AS "raceEthnicity" FROM "people"."person_demographics" AS t WHERE t.id = ANY ($1::uuid[]);
-- people
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."given_name" AS "givenName", "t"."middle_name" AS "middleName", "t"."family_name" AS "familyName", "t"."suffix" AS "suffix", "t"."preferred_given_name" AS "preferredGivenName", "t"."preferred_family_name" AS "preferredFamilyName", "t"."pronouns" AS "pronouns" FROM "people"."person" AS t WHERE t.id = ANY ($1::uuid[]);
-- people
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."given_name" AS "givenName", "t"."middle_name" AS "middleName", "t"."family_name" AS "familyName", "t"."suffix" AS "suffix", "t"."preferred_given_name" AS "preferredGivenName", "t"."preferred_family_name" AS "preferredFamilyName", "t"."pronouns" AS "pronouns" FROM "people"."person" AS t WHERE t.id = ANY ($1::uuid[]);
-- people
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."person_id" AS "person", "t"."address" AS "address", "t"."kind" AS "kind", "t"."preferred" AS "preferred", "t"."confidential" AS "confidential" FROM "people"."person_email" AS t WHERE ("t"."person_id" = p.id AND "t"."archived_at" IS NULL) ORDER BY "t"."id" ASC LIMIT $2) AS c;
-- people
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."person_id" AS "person", "t"."number" AS "number", "t"."kind" AS "kind", "t"."preferred" AS "preferred", "t"."confidential" AS "confidential" FROM "people"."person_phone" AS t WHERE ("t"."person_id" = p.id AND "t"."archived_at" IS NULL) ORDER BY "t"."id" ASC LIMIT $2) AS c;
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
commit;
-- schools
commit;
-- schools
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."code" AS "code", "t"."name" AS "name", "t"."short_name" AS "shortName", "t"."kind" AS "kind", "t"."low_grade_id" AS "lowGrade", "t"."high_grade_id" AS "highGrade", "t"."organization_id" AS "organization", "t"."nces_id" AS "ncesId", "t"."time_zone" AS "timeZone", "t"."phone" AS "phone" FROM "schools"."school" AS t WHERE t.id = ANY ($1::uuid[]);
-- schools
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."code" AS "code", "t"."title" AS "title", "t"."sequence" AS "sequence" FROM "schools"."grade_level" AS t WHERE t.id = ANY ($1::uuid[]);
-- schools
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."name" AS "name", "t"."first_day" AS "firstDay", "t"."end_day" AS "endDay", "t"."status" AS "status" FROM "schools"."school_year" AS t WHERE t.id = ANY ($1::uuid[]);
-- schools
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- schools
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- schools
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- schools
start transaction read only;
-- schools
start transaction read only;
-- schools
start transaction read only;
-- students
commit;
-- students
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."person_id" AS "personId", "t"."student_number" AS "studentNumber", "t"."sort_name" AS "sortName", "t"."postsecondary_from" AS "postsecondaryFrom" FROM "students"."student" AS t WHERE t.id = ANY ($1::uuid[]);
-- students
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."state_id" AS "stateId" FROM "students"."student_identifiers" AS t WHERE t.id = ANY ($1::uuid[]);
-- students
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."student_id" AS "student", "t"."person_id" AS "personId", "t"."relationship" AS "relationship", "t"."status" AS "status", "t"."from_date" AS "fromDate", "t"."to_date" AS "toDate", "t"."education_rights" AS "educationRights", "t"."portal_access" AS "portalAccess", "t"."lives_with" AS "livesWith", "t"."mailings" AS "mailings", "t"."pick_up" AS "pickUp", "t"."decision_making" AS "decisionMaking", "t"."emergency_order" AS "emergencyOrder", "t"."confidential" AS "confidential" FROM "students"."student_contact" AS t WHERE ("t"."student_id" = p.id AND "t"."archived_at" IS NULL) ORDER BY "t"."emergency_order" ASC NULLS LAST, "t"."id" ASC LIMIT $2) AS c;
-- students
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."student_id" AS "student", "t"."school_id" AS "schoolId", "t"."school_year_id" AS "schoolYearId", "t"."grade_level_id" AS "gradeLevelId", "t"."track_id" AS "trackId", "t"."kind" AS "kind", "t"."entry_date" AS "entryDate", "t"."entry_code" AS "entryCode", "t"."exit_date" AS "exitDate", "t"."exit_code" AS "exitCode", "t"."no_show" AS "noShow", "t"."full_time_share" AS "fullTimeShare" FROM "students"."school_enrollment" AS t WHERE ("t"."student_id" = p.id AND "t"."archived_at" IS NULL) ORDER BY "t"."entry_date" DESC, "t"."id" DESC LIMIT $2) AS c;
-- students
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', CASE WHEN access.district_office($11::text[]) THEN $12 ELSE $13 END, true) AS acting;
-- students
start transaction read only;

-- Try as registrar: 6 statements
-- students
begin;
-- students
insert into "students"."directory_opt_out" ("id", "district_id", "version", "created_at", "created_by", "updated_at", "updated_by", "archived_at", "student_id", "audience", "from_date") values ('<id>', '<id>', 1, '2026-10-14T15:00:00.000Z', '<id>', '2026-10-14T15:00:00.000Z', '<id>', null, '<id>', 'RECRUITERS', '2026-10-14');
-- students
rollback;
-- students
select set_config('osss.district', '<id>', true), set_config('osss.account', '<id>', true), set_config('osss.person', '<id>', true), set_config('osss.roles', '{registrar,staff}', true), set_config('osss.now', '2026-10-14T15:00:00.000Z', true);
-- students
SELECT v AS id FROM access.visible_students_student($1::uuid[]) AS v;
-- students
set local role "osss_test_students_mixed";

-- Record as registrar: 12 statements
-- students
begin;
-- students
commit;
-- students
commit;
-- students
insert into "students"."directory_opt_out" ("id", "district_id", "version", "created_at", "created_by", "updated_at", "updated_by", "archived_at", "student_id", "audience", "from_date") values ('<id>', '<id>', 1, '2026-10-14T15:00:00.000Z', '<id>', '2026-10-14T15:00:00.000Z', '<id>', null, '<id>', 'RECRUITERS', '2026-10-14');
-- students
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."person_id" AS "personId", "t"."student_number" AS "studentNumber", "t"."sort_name" AS "sortName", "t"."postsecondary_from" AS "postsecondaryFrom" FROM "students"."student" AS t WHERE t.id = ANY ($1::uuid[]);
-- students
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."student_id" AS "student", "t"."audience" AS "audience", "t"."from_date" AS "fromDate", "t"."to_date" AS "toDate" FROM "students"."directory_opt_out" AS t WHERE t.id = ANY ($1::uuid[]);
-- students
SELECT journal.append($1::jsonb, $2, $3, $4);
-- students
select set_config('osss.district', '<id>', true), set_config('osss.account', '<id>', true), set_config('osss.person', '<id>', true), set_config('osss.roles', '{registrar,staff}', true), set_config('osss.now', '2026-10-14T15:00:00.000Z', true);
-- students
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', CASE WHEN access.district_office($11::text[]) THEN $12 ELSE $13 END, true) AS acting;
-- students
SELECT v AS id FROM access.visible_students_student($1::uuid[]) AS v;
-- students
set local role "osss_test_students_mixed";
-- students
start transaction read only;

-- Stale as registrar: 18 statements
-- students
begin;
-- students
begin;
-- students
commit;
-- students
commit;
-- students
rollback;
-- students
select "d0".* from "students"."directory_opt_out" as "d0" where "d0"."id" = '<id>' limit 1;
-- students
select "d0".* from "students"."directory_opt_out" as "d0" where "d0"."id" = '<id>' limit 1;
-- students
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."student_id" AS "student", "t"."audience" AS "audience", "t"."from_date" AS "fromDate", "t"."to_date" AS "toDate" FROM "students"."directory_opt_out" AS t WHERE t.id = ANY ($1::uuid[]);
-- students
SELECT id FROM "students"."directory_opt_out" WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE;
-- students
SELECT id FROM "students"."directory_opt_out" WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE;
-- students
SELECT journal.append($1::jsonb, $2, $3, $4);
-- students
select set_config('osss.district', '<id>', true), set_config('osss.account', '<id>', true), set_config('osss.person', '<id>', true), set_config('osss.roles', '{registrar,staff}', true), set_config('osss.now', '2026-10-14T15:00:00.000Z', true);
-- students
select set_config('osss.district', '<id>', true), set_config('osss.account', '<id>', true), set_config('osss.person', '<id>', true), set_config('osss.roles', '{registrar,staff}', true), set_config('osss.now', '2026-10-14T15:00:00.000Z', true);
-- students
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', CASE WHEN access.district_office($11::text[]) THEN $12 ELSE $13 END, true) AS acting;
-- students
set local role "osss_test_students_mixed";
-- students
set local role "osss_test_students_mixed";
-- students
start transaction read only;
-- students
update "students"."directory_opt_out" set "version" = 2, "to_date" = '2027-06-30' where "id" = '<id>';

