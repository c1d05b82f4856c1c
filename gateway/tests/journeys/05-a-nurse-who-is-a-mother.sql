-- BothSides as nurse-parent: 13 statements
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
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."person_id" AS "personId", "t"."student_number" AS "studentNumber", "t"."sort_name" AS "sortName", "t"."postsecondary_from" AS "postsecondaryFrom" FROM "students"."student" AS t WHERE ("t"."archived_at" IS NULL AND "t"."id" = ANY (ARRAY(SELECT r.id FROM access.search_students_student_sort_name($1) AS r(id)))) ORDER BY "t"."id" ASC LIMIT $2;
-- students
SELECT $1::int AS grant_index, t.id FROM "students"."student" AS t WHERE t.id = ANY ($2::uuid[]) AND true AND access.guardian_student_has($3::text[], $4::text, "t"."id") UNION SELECT $5::int AS grant_index, t.id FROM "students"."student" AS t WHERE t.id = ANY ($6::uuid[]) AND true AND access.at_school_student_has($7::text[], "t"."id");
-- students
SELECT count(*)::int AS n FROM "students"."student" AS t WHERE "t"."archived_at" IS NULL;
-- students
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."student_id" AS "student", "t"."school_id" AS "schoolId", "t"."school_year_id" AS "schoolYearId", "t"."grade_level_id" AS "gradeLevelId", "t"."track_id" AS "trackId", "t"."kind" AS "kind", "t"."entry_date" AS "entryDate", "t"."entry_code" AS "entryCode", "t"."exit_date" AS "exitDate", "t"."exit_code" AS "exitCode", "t"."no_show" AS "noShow", "t"."full_time_share" AS "fullTimeShare" FROM "students"."school_enrollment" AS t WHERE ("t"."student_id" = p.id AND ("t"."archived_at" IS NULL AND "t"."exit_date" IS NULL)) ORDER BY "t"."id" ASC LIMIT $2) AS c;
-- students
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."student_id" AS "student", "t"."status" AS "status", "t"."basis" AS "basis", "t"."from_date" AS "fromDate", "t"."to_date" AS "toDate" FROM "students"."meal_eligibility" AS t WHERE ("t"."student_id" = p.id AND "t"."archived_at" IS NULL) ORDER BY "t"."id" ASC LIMIT $2) AS c;
-- students
SELECT set_config('role', $1, true);
-- students
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- students
start transaction read only;

