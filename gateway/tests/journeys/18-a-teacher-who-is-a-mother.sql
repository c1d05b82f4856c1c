-- Mine as teacher-parent: 7 statements
-- students
commit;
-- students
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."person_id" AS "personId", "t"."student_number" AS "studentNumber", "t"."sort_name" AS "sortName", "t"."postsecondary_from" AS "postsecondaryFrom" FROM "students"."student" AS t WHERE "t"."archived_at" IS NULL ORDER BY "t"."sort_name" ASC, "t"."id" ASC LIMIT $1;
-- students
SELECT $1::int AS grant_index, t.id FROM "students"."student" AS t WHERE t.id = ANY ($2::uuid[]) AND true AND access.guardian_student_has($3::text[], $4::text, "t"."id") UNION SELECT $5::int AS grant_index, t.id FROM "students"."student" AS t WHERE t.id = ANY ($6::uuid[]) AND true AND access.teaches_student_student_has($7::text[], "t"."id");
-- students
SELECT count(*)::int AS n FROM "students"."student" AS t WHERE "t"."archived_at" IS NULL;
-- students
SELECT set_config('role', $1, true);
-- students
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- students
start transaction read only;

-- ChildsDay as teacher-parent: 14 statements
-- attendance
commit;
-- attendance
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."code" AS "code", "t"."title" AS "title", "t"."effect" AS "effect", "t"."excuse" AS "excuse", "t"."office_only" AS "officeOnly" FROM "attendance"."attendance_code" AS t WHERE t.id = ANY ($1::uuid[]);
-- attendance
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."student_id" AS "studentId", "t"."class_meeting_id" AS "classMeetingId", "t"."section_id" AS "sectionId", "t"."school_id" AS "schoolId", "t"."text" AS "text" FROM "attendance"."attendance_note" AS t WHERE t.id = ANY ($1::uuid[]);
-- attendance
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."student_id" AS "studentId", "t"."class_meeting_id" AS "classMeetingId", "t"."section_id" AS "sectionId", "t"."school_id" AS "schoolId", "t"."date" AS "date", "t"."code_id" AS "code", "t"."minutes_missed" AS "minutesMissed" FROM "attendance"."attendance_event" AS t WHERE ("t"."student_id" = p.id AND "t"."archived_at" IS NULL) ORDER BY "t"."id" ASC LIMIT $2) AS c;
-- attendance
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- attendance
start transaction read only;
-- grading
commit;
-- grading
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."student_id" AS "studentId", "t"."section_id" AS "sectionId", "t"."school_id" AS "schoolId", "t"."kind" AS "kind", "t"."grading_period_id" AS "gradingPeriodId", "t"."term_id" AS "termId", "t"."scale_id" AS "scale", "t"."mark" AS "mark", "t"."percent" AS "percent", "t"."exact_percent" AS "exactPercent", "t"."computed_percent" AS "computedPercent", "t"."status" AS "status", "t"."deadline" AS "deadline", "t"."becomes" AS "becomes", "t"."posted_on" AS "postedOn", "t"."posted_by_id" AS "postedById" FROM "grading"."mark" AS t WHERE ("t"."student_id" = p.id AND "t"."archived_at" IS NULL) ORDER BY "t"."id" ASC LIMIT $2) AS c;
-- grading
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- grading
start transaction read only;
-- students
commit;
-- students
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."person_id" AS "personId", "t"."student_number" AS "studentNumber", "t"."sort_name" AS "sortName", "t"."postsecondary_from" AS "postsecondaryFrom" FROM "students"."student" AS t WHERE ("t"."archived_at" IS NULL AND EXISTS (SELECT 1 FROM "students"."student_contact" AS "t1" WHERE "t1"."district_id" = "t"."district_id" AND "t1"."student_id" = "t"."id" AND ("t1"."archived_at" IS NULL AND "t1"."relationship" = $1::text))) ORDER BY "t"."id" ASC LIMIT $2;
-- students
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- students
start transaction read only;

