-- Children as parent: 38 statements
-- academics
commit;
-- academics
commit;
-- academics
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."course_id" AS "course", "t"."school_id" AS "schoolId", "t"."school_year_id" AS "schoolYearId", "t"."track_id" AS "trackId", "t"."code" AS "code", "t"."title" AS "title", "t"."kind" AS "kind", "t"."capacity" AS "capacity", "t"."first_day" AS "firstDay", "t"."end_day" AS "endDay" FROM "academics"."section" AS t WHERE t.id = ANY ($1::uuid[]);
-- academics
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."course_id" AS "course", "t"."school_id" AS "schoolId", "t"."school_year_id" AS "schoolYearId", "t"."track_id" AS "trackId", "t"."code" AS "code", "t"."title" AS "title", "t"."kind" AS "kind", "t"."capacity" AS "capacity", "t"."first_day" AS "firstDay", "t"."end_day" AS "endDay" FROM "academics"."section" AS t WHERE t.id = ANY ($1::uuid[]);
-- academics
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."student_id" AS "studentId", "t"."section_id" AS "section", "t"."school_id" AS "schoolId", "t"."from_date" AS "fromDate", "t"."to_date" AS "toDate", "t"."end_reason" AS "endReason" FROM "academics"."section_enrollment" AS t WHERE ("t"."student_id" = p.id AND ("t"."archived_at" IS NULL AND "t"."to_date" IS NULL)) ORDER BY "t"."id" ASC LIMIT $2) AS c;
-- academics
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- academics
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- academics
start transaction read only;
-- academics
start transaction read only;
-- attendance
commit;
-- attendance
SELECT * FROM lookup.attendance_figure_span($1::uuid, $2::date, $3::date);
-- attendance
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- attendance
SELECT u.id FROM unnest($1::uuid[]) AS u(id) WHERE u.id IN (SELECT access.guardian_student($2::text[], $3::text));
-- attendance
start transaction read only;
-- attendance
WITH summed AS MATERIALIZED ( SELECT d.student_id AS id, d.student_id, d.track_id, count(*)::int AS membership, (count(*) FILTER (WHERE d.status <> 'UNKNOWN'))::int AS counted, (count(*) FILTER (WHERE d.counts_absent))::int AS absent, (count(*) FILTER (WHERE d.counts_absent AND d.excuse = 'UNEXCUSED'))::int AS unexcused, (count(*) FILTER (WHERE d.status = 'TARDY'))::int AS tardies, sum(d.meetings)::int AS meetings, sum(d.meetings_taken)::int AS meetings_taken FROM attendance.daily_attendance d WHERE d.archived_at IS NULL AND d.student_id = ANY ($1::uuid[]) AND d.date >= coalesce($2::date, '-infinity') AND d.date < $3::date GROUP BY d.student_id, d.student_id, d.track_id), track AS (SELECT t.* FROM lookup.attendance_track_days(ARRAY(SELECT DISTINCT s.track_id FROM summed s), $4::date, $5::date) t), student AS (SELECT s.id, s.student_id, sum(s.membership) AS membership, sum(s.counted) AS counted, sum(s.absent) AS absent, sum(s.unexcused) AS unexcused, sum(s.tardies) AS tardies, sum(s.meetings) AS meetings, sum(s.meetings_taken) AS meetings_taken FROM summed s GROUP BY s.id, s.student_id), added AS (SELECT s.id, count(*)::int AS students, sum(s.membership)::int AS membership, sum(s.counted)::int AS counted, sum(s.absent)::int AS absent, sum(s.unexcused)::int AS unexcused, sum(s.tardies)::int AS tardies, round(sum(s.counted - s.absent) / nullif(sum(s.counted), 0), 4)::text AS rate, sum(s.meetings)::int AS meetings, sum(s.meetings_taken)::int AS meetings_taken, round(sum(s.meetings_taken) / nullif(sum(s.meetings), 0), 4)::text AS coverage, (count(*) FILTER (WHERE s.membership >= $6::int AND s.absent * 100 >= $7::numeric * s.membership))::int AS chronic, count(*) FILTER (WHERE s.membership >= $8::int) AS long_enough, (count(*) FILTER (WHERE s.unexcused >= $9::int))::int AS truant FROM student s GROUP BY s.id), averaged AS (SELECT c.id, round(sum(c.attended / c.days), 2)::text AS ada, round(sum(c.membership / c.days), 2)::text AS adm, max(c.days)::int AS instructional_days FROM (SELECT s.id, t.days::numeric AS days, sum(s.counted - s.absent) AS attended, sum(s.membership) AS membership FROM summed s JOIN track t ON t.track_id = s.track_id GROUP BY s.id, t.track_id, t.days) c GROUP BY c.id) SELECT u.id, coalesce(a.students, 0) AS students, coalesce(a.membership, 0) AS membership, coalesce(a.counted, 0) AS counted, coalesce(a.absent, 0) AS absent, coalesce(a.unexcused, 0) AS unexcused, coalesce(a.tardies, 0) AS tardies, a.rate, coalesce(a.meetings, 0) AS meetings, coalesce(a.meetings_taken, 0) AS meetings_taken, a.coverage, v.ada, v.adm, coalesce(v.instructional_days, 0) AS instructional_days, coalesce(a.chronic, 0) AS chronic, round(a.chronic::numeric / nullif(a.long_enough, 0), 4)::text AS chronic_share, coalesce(a.truant, 0) AS truant, w.oldest FROM unnest($10::uuid[]) AS u(id) LEFT JOIN added a ON a.id = u.id LEFT JOIN averaged v ON v.id = u.id LEFT JOIN lookup.attendance_waiting($11, $12::uuid[], $13::date, $14::date) w ON w.id = u.id;
-- grading
commit;
-- grading
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."section_id" AS "sectionId", "t"."school_id" AS "schoolId", "t"."category_id" AS "category", "t"."grading_period_id" AS "gradingPeriodId", "t"."title" AS "title", "t"."instructions" AS "instructions", "t"."assigned_date" AS "assignedDate", "t"."due_date" AS "dueDate", "t"."points_possible" AS "pointsPossible", "t"."extra_credit" AS "extraCredit", "t"."counts_in_average" AS "countsInAverage", "t"."hidden" AS "hidden" FROM "grading"."assignment" AS t WHERE t.id = ANY ($1::uuid[]);
-- grading
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."student_id" AS "studentId", "t"."assignment_id" AS "assignment", "t"."section_id" AS "sectionId", "t"."school_id" AS "schoolId", "t"."points" AS "points", "t"."missing" AS "missing", "t"."late" AS "late", "t"."exempt" AS "exempt", "t"."comment" AS "comment", "t"."hidden" AS "hidden", "t"."given_by_id" AS "givenById" FROM "grading"."score" AS t WHERE ("t"."student_id" = p.id AND ("t"."archived_at" IS NULL AND "t"."missing" = $2::boolean)) ORDER BY "t"."id" ASC LIMIT $3) AS c;
-- grading
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."student_id" AS "studentId", "t"."school_id" AS "schoolId", "t"."kind" AS "kind", "t"."grading_period_id" AS "gradingPeriodId", "t"."series" AS "series", "t"."edition" AS "edition", "t"."reason" AS "reason", "t"."issued_at" AS "issuedAt", "t"."issued_by_id" AS "issuedById", "t"."figures" AS "figures", "t"."source_ids" AS "sourceIds", "t"."outdated_at" AS "outdatedAt", "t"."outdated_reason" AS "outdatedReason" FROM "grading"."issued_document" AS t WHERE ("t"."student_id" = p.id AND "t"."archived_at" IS NULL) ORDER BY "t"."id" ASC LIMIT $2) AS c;
-- grading
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."student_id" AS "studentId", "t"."section_id" AS "sectionId", "t"."school_id" AS "schoolId", "t"."kind" AS "kind", "t"."grading_period_id" AS "gradingPeriodId", "t"."term_id" AS "termId", "t"."scale_id" AS "scale", "t"."mark" AS "mark", "t"."percent" AS "percent", "t"."exact_percent" AS "exactPercent", "t"."computed_percent" AS "computedPercent", "t"."status" AS "status", "t"."deadline" AS "deadline", "t"."becomes" AS "becomes", "t"."posted_on" AS "postedOn", "t"."posted_by_id" AS "postedById" FROM "grading"."mark" AS t WHERE ("t"."student_id" = p.id AND "t"."archived_at" IS NULL) ORDER BY "t"."posted_on" DESC, "t"."id" DESC LIMIT $2) AS c;
-- grading
SELECT set_config('role', $1, true);
-- grading
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- grading
start transaction read only;
-- platform
commit;
-- platform
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."student_id" AS "studentId", "t"."agreement_id" AS "agreement", "t"."recipient" AS "recipient", "t"."interest" AS "interest", "t"."basis" AS "basis", "t"."categories" AS "categories", "t"."disclosed_at" AS "disclosedAt", "t"."disclosed_by_id" AS "disclosedById", "t"."export_id" AS "exportId" FROM "platform"."disclosure" AS t WHERE ("t"."student_id" = p.id AND "t"."archived_at" IS NULL) ORDER BY "t"."id" ASC LIMIT $2) AS c;
-- platform
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- platform
start transaction read only;
-- staff
commit;
-- staff
SELECT * FROM lookup.staff_names_of($1::uuid[]);
-- staff
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."person_id" AS "personId", "t"."section_id" AS "sectionId", "t"."school_id" AS "schoolId", "t"."kind" AS "kind", "t"."from_date" AS "fromDate", "t"."to_date" AS "toDate" FROM "staff"."teaching_assignment" AS t WHERE ("t"."section_id" = p.id AND ("t"."archived_at" IS NULL AND "t"."to_date" IS NULL)) ORDER BY "t"."id" ASC LIMIT $2) AS c;
-- staff
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- staff
SELECT t.id, t.person_id FROM "staff"."teaching_assignment" t WHERE t.id = ANY ($1::uuid[]);
-- staff
start transaction read only;
-- students
commit;
-- students
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."person_id" AS "personId", "t"."student_number" AS "studentNumber", "t"."sort_name" AS "sortName", "t"."postsecondary_from" AS "postsecondaryFrom" FROM "students"."student" AS t WHERE "t"."archived_at" IS NULL ORDER BY "t"."sort_name" ASC, "t"."id" ASC LIMIT $1;
-- students
SELECT count(*)::int AS n FROM "students"."student" AS t WHERE "t"."archived_at" IS NULL;
-- students
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- students
start transaction read only;

-- ClassFigure as parent: 10 statements
-- academics
commit;
-- academics
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."course_id" AS "course", "t"."school_id" AS "schoolId", "t"."school_year_id" AS "schoolYearId", "t"."track_id" AS "trackId", "t"."code" AS "code", "t"."title" AS "title", "t"."kind" AS "kind", "t"."capacity" AS "capacity", "t"."first_day" AS "firstDay", "t"."end_day" AS "endDay" FROM "academics"."section" AS t WHERE t.id = ANY ($1::uuid[]);
-- academics
SELECT "t"."section_id" AS parent, count(*)::int AS n FROM "academics"."section_enrollment" AS t WHERE "t"."section_id" = ANY ($1::uuid[]) AND "t"."archived_at" IS NULL GROUP BY 1;
-- academics
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."student_id" AS "studentId", "t"."section_id" AS "section", "t"."school_id" AS "schoolId", "t"."from_date" AS "fromDate", "t"."to_date" AS "toDate", "t"."end_reason" AS "endReason" FROM "academics"."section_enrollment" AS t WHERE ("t"."student_id" = p.id AND "t"."archived_at" IS NULL) ORDER BY "t"."id" ASC LIMIT $2) AS c;
-- academics
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- academics
start transaction read only;
-- students
commit;
-- students
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."person_id" AS "personId", "t"."student_number" AS "studentNumber", "t"."sort_name" AS "sortName", "t"."postsecondary_from" AS "postsecondaryFrom" FROM "students"."student" AS t WHERE "t"."archived_at" IS NULL ORDER BY "t"."sort_name" ASC, "t"."id" ASC LIMIT $1;
-- students
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- students
start transaction read only;

