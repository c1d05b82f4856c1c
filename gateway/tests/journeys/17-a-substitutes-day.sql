-- Today as substitute: 9 statements
-- academics
commit;
-- academics
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."course_id" AS "course", "t"."school_id" AS "schoolId", "t"."school_year_id" AS "schoolYearId", "t"."track_id" AS "trackId", "t"."code" AS "code", "t"."title" AS "title", "t"."kind" AS "kind", "t"."capacity" AS "capacity", "t"."first_day" AS "firstDay", "t"."end_day" AS "endDay" FROM "academics"."section" AS t WHERE t.id = ANY ($1::uuid[]);
-- academics
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- academics
start transaction read only;
-- staff
commit;
-- staff
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."person_id" AS "personId", "t"."section_id" AS "sectionId", "t"."school_id" AS "schoolId", "t"."from_date" AS "fromDate", "t"."to_date" AS "toDate" FROM "staff"."substitute_assignment" AS t WHERE "t"."archived_at" IS NULL ORDER BY "t"."id" ASC LIMIT $1;
-- staff
SELECT count(*)::int AS n FROM "staff"."substitute_assignment" AS t WHERE "t"."archived_at" IS NULL;
-- staff
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- staff
start transaction read only;

-- Roster as substitute: 11 statements
-- academics
commit;
-- academics
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."course_id" AS "course", "t"."school_id" AS "schoolId", "t"."school_year_id" AS "schoolYearId", "t"."track_id" AS "trackId", "t"."code" AS "code", "t"."title" AS "title", "t"."kind" AS "kind", "t"."capacity" AS "capacity", "t"."first_day" AS "firstDay", "t"."end_day" AS "endDay" FROM "academics"."section" AS t WHERE t.id = ANY ($1::uuid[]);
-- academics
SELECT "t"."section_id" AS parent, count(*)::int AS n FROM "academics"."section_enrollment" AS t WHERE "t"."section_id" = ANY ($1::uuid[]) AND ("t"."archived_at" IS NULL AND "t"."to_date" IS NULL) GROUP BY 1;
-- academics
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."section_id" AS "section", "t"."school_id" AS "schoolId", "t"."date" AS "date", "t"."period_code" AS "periodCode", "t"."start_time" AS "startTime", "t"."end_time" AS "endTime", "t"."minutes" AS "minutes", "t"."counts_for_attendance" AS "countsForAttendance", "t"."room_id" AS "roomId", "t"."pattern_id" AS "pattern", "t"."status" AS "status" FROM "academics"."class_meeting" AS t WHERE ("t"."section_id" = p.id AND ("t"."archived_at" IS NULL AND "t"."date" = $2::date)) ORDER BY "t"."id" ASC LIMIT $3) AS c;
-- academics
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."student_id" AS "studentId", "t"."section_id" AS "section", "t"."school_id" AS "schoolId", "t"."from_date" AS "fromDate", "t"."to_date" AS "toDate", "t"."end_reason" AS "endReason" FROM "academics"."section_enrollment" AS t WHERE ("t"."section_id" = p.id AND ("t"."archived_at" IS NULL AND "t"."to_date" IS NULL)) ORDER BY "t"."id" ASC LIMIT $2) AS c;
-- academics
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- academics
start transaction read only;
-- students
commit;
-- students
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."person_id" AS "personId", "t"."student_number" AS "studentNumber", "t"."sort_name" AS "sortName", "t"."postsecondary_from" AS "postsecondaryFrom" FROM "students"."student" AS t WHERE t.id = ANY ($1::uuid[]);
-- students
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- students
start transaction read only;

-- Elsewhere as substitute: 5 statements
-- students
commit;
-- students
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."person_id" AS "personId", "t"."student_number" AS "studentNumber", "t"."sort_name" AS "sortName", "t"."postsecondary_from" AS "postsecondaryFrom" FROM "students"."student" AS t WHERE "t"."archived_at" IS NULL ORDER BY "t"."id" ASC LIMIT $1;
-- students
SELECT count(*)::int AS n FROM "students"."student" AS t WHERE "t"."archived_at" IS NULL;
-- students
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- students
start transaction read only;

