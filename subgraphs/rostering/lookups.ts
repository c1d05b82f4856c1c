import { lookup, type Lookup } from "#foundation/federation/manifest";
import { exportLookups } from "./export/lookups.ts";
import { alikeLookup } from "./imports/candidates.ts";
import { mergedIntoLookup } from "./fields/student-merged-into.ts";
import { schoolCaseloadsLookup } from "./operations/end-caseloads.ts";
import { yearsLookup } from "./operations/preview-rollover.ts";
import { scheduledLookup } from "./operations/undo-rollover.ts";
import { yearEndLookup } from "./operations/year-end.ts";

/** What is recorded about a student at a school on some days: how many entries of which kind on which day. */
const datedEntries = lookup({
  name: "dated_entries",
  arguments: "student uuid, school uuid, from_day date, until_day date",
  returns: "TABLE (kind text, day date, entries int)",
  // Work counts for the day on which it was due.
  sql: `SELECT f.kind, f.day, count(*)::int FROM (
      SELECT 'ATTENDANCE'::text AS kind, e.date AS day FROM attendance.attendance_event e WHERE e.student_id = student AND e.school_id = school AND e.archived_at IS NULL
      UNION ALL SELECT 'ATTENDANCE', o.date FROM attendance.office_entry o WHERE o.student_id = student AND o.school_id = school AND o.archived_at IS NULL
      UNION ALL SELECT 'ATTENDANCE', b.date FROM attendance.earlier_day b WHERE b.student_id = student AND b.school_id = school AND b.archived_at IS NULL
      UNION ALL SELECT 'SCORE', a.due_date FROM grading.score s JOIN grading.assignment a ON a.id = s.assignment_id
        WHERE s.student_id = student AND s.school_id = school AND s.archived_at IS NULL AND a.archived_at IS NULL) f
    WHERE f.day >= from_day AND (until_day IS NULL OR f.day < until_day) GROUP BY f.kind, f.day`,
});

export const lookups: readonly Lookup[] = [...exportLookups, alikeLookup, datedEntries, mergedIntoLookup, scheduledLookup, schoolCaseloadsLookup, yearEndLookup, yearsLookup];
