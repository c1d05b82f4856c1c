-- Log as auditor: 9 statements
-- people
commit;
-- people
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."person_id" AS "person", "t"."role" AS "role", "t"."school_id" AS "schoolId", "t"."from_date" AS "fromDate", "t"."to_date" AS "toDate" FROM "people"."duty_assignment" AS t WHERE ("t"."archived_at" IS NULL AND "t"."role" = $1::text) ORDER BY "t"."id" ASC LIMIT $2;
-- people
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', $11, true) AS acting;
-- people
start transaction read only;
-- platform
commit;
-- platform
SELECT "t"."id" AS "id", "t"."version" AS "version", "t"."created_at" AS "createdAt", "t"."created_by" AS "createdBy", "t"."updated_at" AS "updatedAt", "t"."updated_by" AS "updatedBy", "t"."archived_at" AS "archivedAt", "t"."action" AS "action", "t"."record_type" AS "recordType", "t"."record_id" AS "recordId", "t"."record_version" AS "recordVersion", "t"."changes" AS "changes", "t"."operation" AS "operation", "t"."reason" AS "reason", "t"."person_id" AS "personId", "t"."delegation_id" AS "delegationId", "t"."request_id" AS "requestId", "t"."position" AS "position", "t"."hash" AS "hash" FROM "journal"."audit_entry" AS t WHERE ("t"."archived_at" IS NULL AND "t"."operation" = $1::text) ORDER BY "t"."created_at" ASC, "t"."id" ASC LIMIT $2;
-- platform
SELECT count(*)::int AS n FROM "journal"."audit_entry" AS t WHERE ("t"."archived_at" IS NULL AND "t"."operation" = $1::text);
-- platform
SELECT set_config($1, $2, true), set_config($3, $4, true), set_config($5, $6, true), set_config($7, $8, true), set_config($9, $10, true), set_config('role', CASE WHEN access.district_office($11::text[]) THEN $12 ELSE $13 END, true) AS acting;
-- platform
start transaction read only;

