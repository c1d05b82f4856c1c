-- Halloran as registrar-2: 14 statements
-- people
commit;
-- people
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."given_name" AS "givenName", "t"."middle_name" AS "middleName", "t"."family_name" AS "familyName", "t"."suffix" AS "suffix", "t"."preferred_given_name" AS "preferredGivenName", "t"."preferred_family_name" AS "preferredFamilyName", "t"."pronouns" AS "pronouns" FROM "people"."person" AS t WHERE t.id = ANY ($1::uuid[]);
-- people
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."name" AS "name" FROM "people"."household" AS t WHERE t.id = ANY ($1::uuid[]);
-- people
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."household_id" AS "household", "t"."kind" AS "kind", "t"."line1" AS "line1", "t"."line2" AS "line2", "t"."city" AS "city", "t"."region" AS "region", "t"."postal_code" AS "postalCode", "t"."country" AS "country", "t"."from_date" AS "fromDate", "t"."to_date" AS "toDate", "t"."address_confidential" AS "addressConfidential" FROM "people"."household_address" AS t WHERE ("t"."household_id" = p.id AND "t"."archived_at" IS NULL) ORDER BY "t"."id" ASC LIMIT $2) AS c;
-- people
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."household_id" AS "household", "t"."person_id" AS "person", "t"."from_date" AS "fromDate", "t"."to_date" AS "toDate", "t"."mailings" AS "mailings" FROM "people"."household_member" AS t WHERE ("t"."person_id" = p.id AND "t"."archived_at" IS NULL) ORDER BY "t"."id" ASC LIMIT $2) AS c;
-- people
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."person_id" AS "person", "t"."number" AS "number", "t"."kind" AS "kind", "t"."preferred" AS "preferred", "t"."confidential" AS "confidential" FROM "people"."person_phone" AS t WHERE ("t"."person_id" = p.id AND "t"."archived_at" IS NULL) ORDER BY "t"."id" ASC LIMIT $2) AS c;
-- people
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- people
start transaction read only;
-- students
commit;
-- students
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."person_id" AS "personId", "t"."student_number" AS "studentNumber", "t"."sort_name" AS "sortName", "t"."postsecondary_from" AS "postsecondaryFrom" FROM "students"."student" AS t WHERE ("t"."archived_at" IS NULL AND "t"."sort_name_folded" ^@ $1) ORDER BY "t"."id" ASC LIMIT $2;
-- students
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."student_id" AS "student", "t"."person_id" AS "personId", "t"."relationship" AS "relationship", "t"."status" AS "status", "t"."from_date" AS "fromDate", "t"."to_date" AS "toDate", "t"."education_rights" AS "educationRights", "t"."portal_access" AS "portalAccess", "t"."lives_with" AS "livesWith", "t"."mailings" AS "mailings", "t"."pick_up" AS "pickUp", "t"."decision_making" AS "decisionMaking", "t"."emergency_order" AS "emergencyOrder", "t"."confidential" AS "confidential" FROM "students"."student_contact" AS t WHERE ("t"."student_id" = p.id AND "t"."archived_at" IS NULL) ORDER BY "t"."emergency_order" ASC NULLS LAST, "t"."id" ASC LIMIT $2) AS c;
-- students
SELECT set_config('role', $1, true);
-- students
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', CASE WHEN access.district_office($11::text[]) THEN $12 ELSE $13 END, true) AS acting;
-- students
start transaction read only;

-- FromTheOffice as superintendent: 16 statements
-- people
commit;
-- people
commit;
-- people
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."given_name" AS "givenName", "t"."middle_name" AS "middleName", "t"."family_name" AS "familyName", "t"."suffix" AS "suffix", "t"."preferred_given_name" AS "preferredGivenName", "t"."preferred_family_name" AS "preferredFamilyName", "t"."pronouns" AS "pronouns" FROM "people"."person" AS t WHERE t.id = ANY ($1::uuid[]);
-- people
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."household_id" AS "household", "t"."kind" AS "kind", "t"."line1" AS "line1", "t"."line2" AS "line2", "t"."city" AS "city", "t"."region" AS "region", "t"."postal_code" AS "postalCode", "t"."country" AS "country", "t"."from_date" AS "fromDate", "t"."to_date" AS "toDate", "t"."address_confidential" AS "addressConfidential" FROM "people"."household_address" AS t WHERE ("t"."archived_at" IS NULL AND "t"."address_confidential" = $1::boolean) ORDER BY "t"."id" ASC LIMIT $2;
-- people
SELECT count(*)::int AS n FROM "people"."household_address" AS t WHERE ("t"."archived_at" IS NULL AND "t"."address_confidential" = $1::boolean);
-- people
SELECT count(*)::int AS n FROM "people"."person_phone" AS t WHERE ("t"."archived_at" IS NULL AND "t"."confidential" = $1::boolean);
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
-- students
commit;
-- students
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."person_id" AS "personId", "t"."student_number" AS "studentNumber", "t"."sort_name" AS "sortName", "t"."postsecondary_from" AS "postsecondaryFrom" FROM "students"."student" AS t WHERE ("t"."archived_at" IS NULL AND "t"."sort_name_folded" ^@ $1) ORDER BY "t"."id" ASC LIMIT $2;
-- students
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."student_id" AS "student", "t"."person_id" AS "personId", "t"."relationship" AS "relationship", "t"."status" AS "status", "t"."from_date" AS "fromDate", "t"."to_date" AS "toDate", "t"."education_rights" AS "educationRights", "t"."portal_access" AS "portalAccess", "t"."lives_with" AS "livesWith", "t"."mailings" AS "mailings", "t"."pick_up" AS "pickUp", "t"."decision_making" AS "decisionMaking", "t"."emergency_order" AS "emergencyOrder", "t"."confidential" AS "confidential" FROM "students"."student_contact" AS t WHERE ("t"."student_id" = p.id AND "t"."archived_at" IS NULL) ORDER BY "t"."id" ASC LIMIT $2) AS c;
-- students
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', CASE WHEN access.district_office($11::text[]) THEN $12 ELSE $13 END, true) AS acting;
-- students
start transaction read only;

