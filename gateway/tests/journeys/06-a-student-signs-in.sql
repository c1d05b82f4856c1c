-- Me as student: 25 statements
-- people
commit;
-- people
commit;
-- people
commit;
-- people
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."given_name" AS "givenName", "t"."middle_name" AS "middleName", "t"."family_name" AS "familyName", "t"."suffix" AS "suffix", "t"."preferred_given_name" AS "preferredGivenName", "t"."preferred_family_name" AS "preferredFamilyName", "t"."pronouns" AS "pronouns" FROM "people"."person" AS t WHERE "t"."archived_at" IS NULL ORDER BY "t"."id" ASC LIMIT $1;
-- people
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."given_name" AS "givenName", "t"."middle_name" AS "middleName", "t"."family_name" AS "familyName", "t"."suffix" AS "suffix", "t"."preferred_given_name" AS "preferredGivenName", "t"."preferred_family_name" AS "preferredFamilyName", "t"."pronouns" AS "pronouns" FROM "people"."person" AS t WHERE t.id = ANY ($1::uuid[]);
-- people
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."given_name" AS "givenName", "t"."middle_name" AS "middleName", "t"."family_name" AS "familyName", "t"."suffix" AS "suffix", "t"."preferred_given_name" AS "preferredGivenName", "t"."preferred_family_name" AS "preferredFamilyName", "t"."pronouns" AS "pronouns" FROM "people"."person" AS t WHERE t.id = ANY ($1::uuid[]);
-- people
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- people
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- people
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- people
start transaction read only;
-- people
start transaction read only;
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
-- students
commit;
-- students
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."code" AS "code", "t"."title" AS "title", "t"."kind" AS "kind", "t"."tier" AS "tier" FROM "students"."program" AS t WHERE t.id = ANY ($1::uuid[]);
-- students
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."person_id" AS "personId", "t"."student_number" AS "studentNumber", "t"."sort_name" AS "sortName", "t"."postsecondary_from" AS "postsecondaryFrom" FROM "students"."student" AS t WHERE "t"."archived_at" IS NULL ORDER BY "t"."id" ASC LIMIT $1;
-- students
SELECT "t"."student_id" AS parent, count(*)::int AS n FROM "students"."directory_opt_out" AS t WHERE "t"."student_id" = ANY ($1::uuid[]) AND "t"."archived_at" IS NULL GROUP BY 1;
-- students
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."student_id" AS "student", "t"."person_id" AS "personId", "t"."relationship" AS "relationship", "t"."status" AS "status", "t"."from_date" AS "fromDate", "t"."to_date" AS "toDate", "t"."education_rights" AS "educationRights", "t"."portal_access" AS "portalAccess", "t"."lives_with" AS "livesWith", "t"."mailings" AS "mailings", "t"."pick_up" AS "pickUp", "t"."decision_making" AS "decisionMaking", "t"."emergency_order" AS "emergencyOrder", "t"."confidential" AS "confidential" FROM "students"."student_contact" AS t WHERE ("t"."student_id" = p.id AND "t"."archived_at" IS NULL) ORDER BY "t"."id" ASC LIMIT $2) AS c;
-- students
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."student_id" AS "student", "t"."program_id" AS "program", "t"."from_date" AS "fromDate", "t"."to_date" AS "toDate" FROM "students"."program_participation" AS t WHERE ("t"."student_id" = p.id AND "t"."archived_at" IS NULL) ORDER BY "t"."id" ASC LIMIT $2) AS c;
-- students
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- students
start transaction read only;

