import { declareRelation, type Ids } from "#foundation/access/declare-relation";
import { atSchool, otherTimeAtSchool, self } from "#foundation/access/relations";

/** Duplicates with the student in whom each lives on, also when that one was merged in turn. */
const merges = `(WITH RECURSIVE chain AS (
    SELECT m.duplicate_id, m.survivor_id FROM rostering.student_merge m WHERE m.status = 'MERGED' AND m.archived_at IS NULL
    UNION SELECT c.duplicate_id, m.survivor_id FROM chain c JOIN rostering.student_merge m ON m.duplicate_id = c.survivor_id AND m.status = 'MERGED' AND m.archived_at IS NULL)
  SELECT duplicate_id, survivor_id FROM chain) merged`;

/** Asked first, once: where nobody was merged, nothing else is looked up. */
const anyMerged = "EXISTS (SELECT 1 FROM rostering.student_merge m WHERE m.status = 'MERGED' AND m.archived_at IS NULL)";

const enrolled = ({ reached }: Ids): string => `SELECT merged.duplicate_id FROM ${merges} JOIN students.school_enrollment e ON e.student_id = merged.survivor_id
  WHERE ${anyMerged} AND e.archived_at IS NULL AND ${reached("e.school_id", atSchool, "school")}`;

/** Whoever reaches a student reaches what is left of her duplicates: their ids stay resolvable, and their rows readable. */
export const relations = [
  declareRelation(atSchool, "student", (ids) => `${enrolled(ids)} AND e.entry_date <= (SELECT upper(access.enrollment_days()) - 1)
    AND (e.exit_date IS NULL OR (e.exit_date > (SELECT lower(access.enrollment_days())) AND e.exit_date > e.entry_date))`),
  declareRelation(otherTimeAtSchool, "student", enrolled),
  declareRelation(self, "student", `SELECT merged.duplicate_id FROM ${merges} JOIN students.student s ON s.id = merged.survivor_id AND s.archived_at IS NULL WHERE s.person_id = (SELECT access.person())`),
];
