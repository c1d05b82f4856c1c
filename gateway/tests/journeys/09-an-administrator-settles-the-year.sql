-- Years as admin: 4 statements
-- schools
commit;
-- schools
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."name" AS "name", "t"."first_day" AS "firstDay", "t"."end_day" AS "endDay", "t"."status" AS "status" FROM "schools"."school_year" AS t WHERE "t"."archived_at" IS NULL ORDER BY "t"."first_day" ASC, "t"."id" ASC LIMIT $1;
-- schools
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- schools
start transaction read only;

-- Plan as admin: 10 statements
-- schools
begin;
-- schools
commit;
-- schools
commit;
-- schools
insert into "schools"."school_year" ("id", "district_id", "version", "created_at", "created_by", "updated_at", "updated_by", "archived_at", "name", "first_day", "end_day", "status") values ('<id>', '<id>', 1, '2026-10-14T15:00:00.000Z', '<id>', '2026-10-14T15:00:00.000Z', '<id>', null, '2028-29', '2028-08-01', '2029-06-20', 'PLANNED');
-- schools
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."name" AS "name", "t"."first_day" AS "firstDay", "t"."end_day" AS "endDay", "t"."status" AS "status" FROM "schools"."school_year" AS t WHERE t.id = ANY ($1::uuid[]);
-- schools
SELECT journal.append($1::jsonb, $2, $3, $4);
-- schools
select set_config('osss.district', '<id>', true), set_config('osss.account', '<id>', true), set_config('osss.person', '<id>', true), set_config('osss.roles', '{admin,staff}', true), set_config('osss.now', '2026-10-14T15:00:00.000Z', true);
-- schools
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- schools
set local role "osss_test_schools_mixed";
-- schools
start transaction read only;

-- Overlap as admin: 5 statements
-- schools
begin;
-- schools
insert into "schools"."school_year" ("id", "district_id", "version", "created_at", "created_by", "updated_at", "updated_by", "archived_at", "name", "first_day", "end_day", "status") values ('<id>', '<id>', 1, '2026-10-14T15:00:00.000Z', '<id>', '2026-10-14T15:00:00.000Z', '<id>', null, '2028-29 b', '2029-01-01', '2029-06-20', 'PLANNED');
-- schools
rollback;
-- schools
select set_config('osss.district', '<id>', true), set_config('osss.account', '<id>', true), set_config('osss.person', '<id>', true), set_config('osss.roles', '{admin,staff}', true), set_config('osss.now', '2026-10-14T15:00:00.000Z', true);
-- schools
set local role "osss_test_schools_mixed";

-- Term as admin: 12 statements
-- schools
begin;
-- schools
commit;
-- schools
commit;
-- schools
insert into "schools"."term" ("id", "district_id", "version", "created_at", "created_by", "updated_at", "updated_by", "archived_at", "school_year_id", "name", "kind", "first_day", "end_day") values ('<id>', '<id>', 1, '2026-10-14T15:00:00.000Z', '<id>', '2026-10-14T15:00:00.000Z', '<id>', null, '<id>', 'Fall', 'SEMESTER', '2028-08-01', '2029-01-10');
-- schools
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."name" AS "name", "t"."first_day" AS "firstDay", "t"."end_day" AS "endDay", "t"."status" AS "status" FROM "schools"."school_year" AS t WHERE t.id = ANY ($1::uuid[]);
-- schools
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."school_year_id" AS "schoolYear", "t"."school_id" AS "school", "t"."name" AS "name", "t"."kind" AS "kind", "t"."parent_id" AS "parent", "t"."first_day" AS "firstDay", "t"."end_day" AS "endDay" FROM "schools"."term" AS t WHERE t.id = ANY ($1::uuid[]);
-- schools
SELECT journal.append($1::jsonb, $2, $3, $4);
-- schools
select set_config('osss.district', '<id>', true), set_config('osss.account', '<id>', true), set_config('osss.person', '<id>', true), set_config('osss.roles', '{admin,staff}', true), set_config('osss.now', '2026-10-14T15:00:00.000Z', true);
-- schools
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- schools
SELECT v AS id FROM access.visible_schools_school_year($1::uuid[]) AS v;
-- schools
set local role "osss_test_schools_mixed";
-- schools
start transaction read only;

-- NotMine as admin: 0 statements

