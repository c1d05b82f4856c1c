-- Me as teacher: 9 statements
-- people
commit;
-- people
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."given_name" AS "givenName", "t"."middle_name" AS "middleName", "t"."family_name" AS "familyName", "t"."suffix" AS "suffix", "t"."preferred_given_name" AS "preferredGivenName", "t"."preferred_family_name" AS "preferredFamilyName", "t"."pronouns" AS "pronouns" FROM "people"."person" AS t WHERE t.id = ANY ($1::uuid[]);
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

-- Sections as teacher: 17 statements
-- academics
commit;
-- academics
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."code" AS "code", "t"."title" AS "title", "t"."sequence" AS "sequence" FROM "academics"."course_level" AS t WHERE t.id = ANY ($1::uuid[]);
-- academics
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."code" AS "code", "t"."title" AS "title", "t"."subject_id" AS "subject", "t"."level_id" AS "level", "t"."credits" AS "credits", "t"."grading" AS "grading" FROM "academics"."course" AS t WHERE t.id = ANY ($1::uuid[]);
-- academics
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."course_id" AS "course", "t"."school_id" AS "schoolId", "t"."school_year_id" AS "schoolYearId", "t"."track_id" AS "trackId", "t"."code" AS "code", "t"."title" AS "title", "t"."kind" AS "kind", "t"."capacity" AS "capacity", "t"."first_day" AS "firstDay", "t"."end_day" AS "endDay" FROM "academics"."section" AS t WHERE t.id = ANY ($1::uuid[]);
-- academics
SELECT * FROM lookup.academics_seats_taken($1::uuid[], $2::date);
-- academics
SELECT access.district_office($1::text[]) AS holds;
-- academics
SELECT s.id, s.school_id FROM academics.section s WHERE s.id = ANY ($1::uuid[]);
-- academics
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- academics
SELECT u.id FROM unnest($1::uuid[]) AS u(id) WHERE u.id IN (SELECT access.at_school_school($2::text[]));
-- academics
SELECT u.id FROM unnest($1::uuid[]) AS u(id) WHERE u.id IN (SELECT access.teaches_section_section($2::text[]));
-- academics
start transaction read only;
-- staff
commit;
-- staff
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."person_id" AS "personId", "t"."section_id" AS "sectionId", "t"."school_id" AS "schoolId", "t"."kind" AS "kind", "t"."from_date" AS "fromDate", "t"."to_date" AS "toDate" FROM "staff"."teaching_assignment" AS t WHERE ("t"."archived_at" IS NULL AND ("t"."from_date" >= $1::date AND "t"."from_date" <= $2::date) AND "t"."person_id" = $3::uuid) ORDER BY "t"."id" ASC LIMIT $4;
-- staff
SELECT * FROM lookup.staff_names_of($1::uuid[]);
-- staff
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- staff
SELECT t.id, t.person_id FROM "staff"."teaching_assignment" t WHERE t.id = ANY ($1::uuid[]);
-- staff
start transaction read only;

-- Today as teacher: 24 statements
-- academics
commit;
-- academics
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."course_id" AS "course", "t"."school_id" AS "schoolId", "t"."school_year_id" AS "schoolYearId", "t"."track_id" AS "trackId", "t"."code" AS "code", "t"."title" AS "title", "t"."kind" AS "kind", "t"."capacity" AS "capacity", "t"."first_day" AS "firstDay", "t"."end_day" AS "endDay" FROM "academics"."section" AS t WHERE t.id = ANY ($1::uuid[]);
-- academics
SELECT "t"."section_id" AS parent, count(*)::int AS n FROM "academics"."section_enrollment" AS t WHERE "t"."section_id" = ANY ($1::uuid[]) AND ("t"."archived_at" IS NULL AND "t"."to_date" IS NULL) GROUP BY 1;
-- academics
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."section_id" AS "section", "t"."school_id" AS "schoolId", "t"."date" AS "date", "t"."period_code" AS "periodCode", "t"."start_time" AS "startTime", "t"."end_time" AS "endTime", "t"."minutes" AS "minutes", "t"."counts_for_attendance" AS "countsForAttendance", "t"."room_id" AS "roomId", "t"."pattern_id" AS "pattern", "t"."status" AS "status" FROM "academics"."class_meeting" AS t WHERE ("t"."section_id" = p.id AND ("t"."archived_at" IS NULL AND "t"."date" <= $2::date AND "t"."status" = $3::text)) ORDER BY "t"."date" DESC, "t"."id" DESC LIMIT $4) AS c;
-- academics
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."student_id" AS "studentId", "t"."section_id" AS "section", "t"."school_id" AS "schoolId", "t"."from_date" AS "fromDate", "t"."to_date" AS "toDate", "t"."end_reason" AS "endReason" FROM "academics"."section_enrollment" AS t WHERE ("t"."section_id" = p.id AND ("t"."archived_at" IS NULL AND "t"."to_date" IS NULL)) ORDER BY "t"."id" ASC LIMIT $2) AS c;
-- academics
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- academics
start transaction read only;
-- attendance
commit;
-- attendance
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."class_meeting_id" AS "classMeetingId", "t"."section_id" AS "sectionId", "t"."school_id" AS "schoolId", "t"."date" AS "date", "t"."taken_by_id" AS "takenById", "t"."taken_at" AS "takenAt" FROM "attendance"."attendance_submission" AS t WHERE ("t"."class_meeting_id" = p.id AND "t"."archived_at" IS NULL) ORDER BY "t"."id" ASC LIMIT $2) AS c;
-- attendance
SELECT p.id AS parent__, c.* FROM unnest($1::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."student_id" AS "studentId", "t"."class_meeting_id" AS "classMeetingId", "t"."section_id" AS "sectionId", "t"."school_id" AS "schoolId", "t"."date" AS "date", "t"."code_id" AS "code", "t"."minutes_missed" AS "minutesMissed" FROM "attendance"."attendance_event" AS t WHERE ("t"."class_meeting_id" = p.id AND "t"."archived_at" IS NULL) ORDER BY "t"."id" ASC LIMIT $2) AS c;
-- attendance
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- attendance
start transaction read only;
-- people
commit;
-- people
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."given_name" AS "givenName", "t"."middle_name" AS "middleName", "t"."family_name" AS "familyName", "t"."suffix" AS "suffix", "t"."preferred_given_name" AS "preferredGivenName", "t"."preferred_family_name" AS "preferredFamilyName", "t"."pronouns" AS "pronouns" FROM "people"."person" AS t WHERE t.id = ANY ($1::uuid[]);
-- people
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- people
start transaction read only;
-- schools
commit;
-- schools
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."school_id" AS "school", "t"."number" AS "number", "t"."name" AS "name", "t"."kind" AS "kind", "t"."capacity" AS "capacity" FROM "schools"."room" AS t WHERE t.id = ANY ($1::uuid[]);
-- schools
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- schools
start transaction read only;
-- students
commit;
-- students
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."person_id" AS "personId", "t"."student_number" AS "studentNumber", "t"."sort_name" AS "sortName", "t"."postsecondary_from" AS "postsecondaryFrom" FROM "students"."student" AS t WHERE t.id = ANY ($1::uuid[]);
-- students
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- students
start transaction read only;

-- Codes as teacher: 4 statements
-- attendance
commit;
-- attendance
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."code" AS "code", "t"."title" AS "title", "t"."effect" AS "effect", "t"."excuse" AS "excuse", "t"."office_only" AS "officeOnly" FROM "attendance"."attendance_code" AS t WHERE ("t"."archived_at" IS NULL AND "t"."effect" = $1::text) ORDER BY "t"."code" ASC, "t"."id" ASC LIMIT $2;
-- attendance
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- attendance
start transaction read only;

-- Take as teacher: 10 statements
-- attendance
begin;
-- attendance
rollback;
-- attendance
select "a0".* from "attendance"."attendance_submission" as "a0" where "a0"."class_meeting_id" = '<id>' and "a0"."archived_at" is null order by "a0"."id" asc;
-- attendance
SELECT * FROM lookup.attendance_meeting($1::uuid);
-- attendance
SELECT $1::uuid IN (SELECT access.at_school_school($2::text[])) AS holds;
-- attendance
SELECT $1::uuid IN (SELECT access.teaches_section_section($2::text[])) AS holds;
-- attendance
SELECT id FROM "attendance"."attendance_submission" WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE;
-- attendance
SELECT pg_advisory_xact_lock(hashtextextended($1, 0));
-- attendance
select set_config('osss.district', '<id>', true), set_config('osss.account', '<id>', true), set_config('osss.person', '<id>', true), set_config('osss.roles', '{staff,teacher}', true), set_config('osss.now', '2026-10-14T15:00:00.000Z', true);
-- attendance
set local role "osss_test_attendance_mixed";

-- Periods as teacher: 4 statements
-- schools
commit;
-- schools
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."term_id" AS "term", "t"."school_id" AS "school", "t"."name" AS "name", "t"."sequence" AS "sequence", "t"."first_day" AS "firstDay", "t"."end_day" AS "endDay" FROM "schools"."grading_period" AS t WHERE ("t"."archived_at" IS NULL AND "t"."end_day" > $1::date AND "t"."first_day" <= $2::date) ORDER BY "t"."first_day" ASC, "t"."id" ASC LIMIT $3;
-- schools
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- schools
start transaction read only;

-- Gradebook as teacher: 28 statements
-- academics
commit;
-- academics
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."course_id" AS "course", "t"."school_id" AS "schoolId", "t"."school_year_id" AS "schoolYearId", "t"."track_id" AS "trackId", "t"."code" AS "code", "t"."title" AS "title", "t"."kind" AS "kind", "t"."capacity" AS "capacity", "t"."first_day" AS "firstDay", "t"."end_day" AS "endDay" FROM "academics"."section" AS t WHERE t.id = ANY ($1::uuid[]);
-- academics
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- academics
start transaction read only;
-- attendance
commit;
-- attendance
SELECT * FROM lookup.attendance_figure_span($1::uuid, $2::date, $3::date);
-- attendance
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- attendance
SELECT u.id FROM unnest($1::uuid[]) AS u(id) WHERE u.id IN (SELECT access.teaches_section_section($2::text[]));
-- attendance
start transaction read only;
-- attendance
WITH summed AS MATERIALIZED (SELECT * FROM lookup.attendance_section_days($1::uuid[], $2::date, $3::date)), track AS (SELECT t.* FROM lookup.attendance_track_days(ARRAY(SELECT DISTINCT s.track_id FROM summed s), $4::date, $5::date) t), student AS (SELECT s.id, s.student_id, sum(s.membership) AS membership, sum(s.counted) AS counted, sum(s.absent) AS absent, sum(s.unexcused) AS unexcused, sum(s.tardies) AS tardies, sum(s.meetings) AS meetings, sum(s.meetings_taken) AS meetings_taken FROM summed s GROUP BY s.id, s.student_id), added AS (SELECT s.id, count(*)::int AS students, sum(s.membership)::int AS membership, sum(s.counted)::int AS counted, sum(s.absent)::int AS absent, sum(s.unexcused)::int AS unexcused, sum(s.tardies)::int AS tardies, round(sum(s.counted - s.absent) / nullif(sum(s.counted), 0), 4)::text AS rate, sum(s.meetings)::int AS meetings, sum(s.meetings_taken)::int AS meetings_taken, round(sum(s.meetings_taken) / nullif(sum(s.meetings), 0), 4)::text AS coverage, (count(*) FILTER (WHERE s.membership >= $6::int AND s.absent * 100 >= $7::numeric * s.membership))::int AS chronic, count(*) FILTER (WHERE s.membership >= $8::int) AS long_enough, (count(*) FILTER (WHERE s.unexcused >= $9::int))::int AS truant FROM student s GROUP BY s.id), averaged AS (SELECT c.id, round(sum(c.attended / c.days), 2)::text AS ada, round(sum(c.membership / c.days), 2)::text AS adm, max(c.days)::int AS instructional_days FROM (SELECT s.id, t.days::numeric AS days, sum(s.counted - s.absent) AS attended, sum(s.membership) AS membership FROM summed s JOIN track t ON t.track_id = s.track_id GROUP BY s.id, t.track_id, t.days) c GROUP BY c.id) SELECT u.id, coalesce(a.students, 0) AS students, coalesce(a.membership, 0) AS membership, coalesce(a.counted, 0) AS counted, coalesce(a.absent, 0) AS absent, coalesce(a.unexcused, 0) AS unexcused, coalesce(a.tardies, 0) AS tardies, a.rate, coalesce(a.meetings, 0) AS meetings, coalesce(a.meetings_taken, 0) AS meetings_taken, a.coverage, v.ada, v.adm, coalesce(v.instructional_days, 0) AS instructional_days, coalesce(a.chronic, 0) AS chronic, round(a.chronic::numeric / nullif(a.long_enough, 0), 4)::text AS chronic_share, coalesce(a.truant, 0) AS truant, w.oldest FROM unnest($10::uuid[]) AS u(id) LEFT JOIN added a ON a.id = u.id LEFT JOIN averaged v ON v.id = u.id LEFT JOIN lookup.attendance_waiting($11, $12::uuid[], $13::date, $14::date) w ON w.id = u.id;
-- grading
commit;
-- grading
SELECT * FROM lookup.grading_periods($1::uuid[]);
-- grading
SELECT * FROM lookup.grading_rosters($1::uuid[]);
-- grading
SELECT * FROM lookup.grading_sections($1::uuid[]);
-- grading
SELECT g.id AS scale, g.name, g.maximum, g.decimals, m.mark, m.title, m.minimum, m.passing, m.counts_in_gpa AS "countsInGpa" FROM grading.grading_scale g JOIN grading.grading_scale_mark m ON m.scale_id = g.id AND m.archived_at IS NULL WHERE g.id = ANY ($1::uuid[]) ORDER BY m.sequence, m.id;
-- grading
SELECT id, section_id, category_id, title, assigned_date, due_date, points_possible, extra_credit, counts_in_average, hidden, version FROM grading.assignment WHERE section_id = ANY ($1::uuid[]) AND grading_period_id = $2::uuid AND archived_at IS NULL ORDER BY due_date, id;
-- grading
SELECT id, section_id, title, weight, drop_lowest FROM grading.assignment_category WHERE section_id = ANY ($1::uuid[]) AND archived_at IS NULL ORDER BY id;
-- grading
SELECT id, version, section_id, student_id, mark, status FROM grading.mark WHERE section_id = ANY ($1::uuid[]) AND grading_period_id = $2::uuid AND kind = 'PERIOD' AND archived_at IS NULL;
-- grading
SELECT s.id, s.version, s.section_id, s.student_id, s.assignment_id, s.points, s.missing, s.late, s.exempt, s.comment FROM grading.score s WHERE s.section_id = ANY ($1::uuid[]) AND s.archived_at IS NULL AND s.assignment_id IN (SELECT a.id FROM grading.assignment a WHERE a.section_id = ANY ($2::uuid[]) AND a.grading_period_id = $3::uuid AND a.archived_at IS NULL);
-- grading
SELECT scale_id, school_id, course_id, from_date FROM grading.scale_use WHERE purpose = $1 AND from_date <= $2::date AND archived_at IS NULL;
-- grading
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- grading
SELECT u.id FROM unnest($1::uuid[]) AS u(id) WHERE u.id IN (SELECT access.teaches_section_section($2::text[]));
-- grading
SELECT u.id FROM unnest($1::uuid[]) AS u(id) WHERE u.id IN (SELECT access.teaches_section_student($2::text[]));
-- grading
start transaction read only;
-- students
commit;
-- students
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."person_id" AS "personId", "t"."student_number" AS "studentNumber", "t"."sort_name" AS "sortName", "t"."postsecondary_from" AS "postsecondaryFrom" FROM "students"."student" AS t WHERE t.id = ANY ($1::uuid[]);
-- students
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- students
start transaction read only;

