import { sql } from "kysely";
import { computed } from "#foundation/crud/computed";
import { lookup } from "#foundation/federation/manifest";
import { Role } from "#foundation/identity/role";
import { ForeignRef, Instant } from "#foundation/record/fields";
import { View } from "#foundation/record/view";
import { Student } from "../foreign.ts";

@View("The student in whom a merged duplicate lives on.")
export class MergedInto {
  @ForeignRef(() => Student, { description: "The student; the last one where it was merged in turn." }) studentId!: string;
  @Instant({ description: "When the duplicate was merged (UTC)." }) at!: Date;
}

/** Where duplicates live on: callers who may read that student are told. */
export const mergedIntoLookup = lookup({
  name: "merged_into",
  arguments: "students uuid[]",
  returns: "TABLE (duplicate_id uuid, student_id uuid, at timestamptz)",
  sql: `WITH RECURSIVE chain AS (
      SELECT m.duplicate_id, m.survivor_id, m.created_at FROM rostering.student_merge m WHERE m.status = 'MERGED' AND m.archived_at IS NULL AND m.duplicate_id = ANY (students)
      UNION ALL SELECT c.duplicate_id, m.survivor_id, c.created_at FROM chain c JOIN rostering.student_merge m ON m.duplicate_id = c.survivor_id AND m.status = 'MERGED' AND m.archived_at IS NULL)
    SELECT c.duplicate_id, c.survivor_id, c.created_at FROM chain c
    WHERE NOT EXISTS (SELECT 1 FROM rostering.student_merge m WHERE m.duplicate_id = c.survivor_id AND m.status = 'MERGED' AND m.archived_at IS NULL)`,
});

export const mergedIntoOfStudent = computed({
  on: Student,
  name: "mergedInto",
  description: "For an archived duplicate the student whom it was merged into; null for everybody else, and when that student is hidden from you.",
  roles: [Role.Admin, Role.Staff, Role.Teacher, Role.Parent, Role.Student],
  returns: MergedInto,
  async resolve(call, ids) {
    const rows = await call.ask(sql<{ id: string; student: string; at: Date }>`SELECT l.duplicate_id AS id, l.student_id AS student, l.at
      FROM lookup.rostering_merged_into(${ids}::uuid[]) l WHERE l.student_id IN (SELECT access.visible_students_student(ARRAY(SELECT s.student_id FROM lookup.rostering_merged_into(${ids}::uuid[]) s)))`);
    return new Map(rows.map(({ id, student, at }) => [id, { student: { __typename: "Student", id: student }, at }]));
  },
});
