import type pg from "pg";
import { sectionAverage } from "../../subgraphs/grading/rules/section-average.ts";

/** The graph and SQL must bring the same figures, or their times say nothing. */
export function sameReply(name: string, graph: unknown, sql: unknown): void {
  const [ours, theirs] = [JSON.stringify(sorted(graph)), JSON.stringify(sorted(sql))];
  if (ours === theirs) return;
  const from = Math.max(0, [...ours].findIndex((letter, i) => letter !== theirs[i]) - 120);
  throw new Error(`${name}: the graph and SQL differ:\n${ours.slice(from, from + 400)}\n${theirs.slice(from, from + 400)}`);
}

interface Score { assignmentId: string; points: string | null; missing: boolean; exempt: boolean }
interface Assignment { id: string; categoryId: string; dueDate: string; pointsPossible: string; extraCredit: boolean; countsInAverage: boolean }
interface Row { student: unknown; posted: unknown; percent: string | null; scores: (Score & { dropped?: boolean })[] }
interface Book { categories: { id: string; weight: string; dropLowest: number }[]; assignments: Assignment[]; rows: Row[] }

/** The same cells; and the averages of the graph are what follows from the cells of SQL. */
export function sameGradebook(graph: unknown, sql: unknown): void {
  const ours = (graph as { section: { gradebook: Book } }).section.gradebook;
  const theirs = sql as Book;
  const cells = ({ categories, assignments, rows }: Book) => ({
    categories,
    assignments,
    rows: rows.map(({ student, posted, scores }) => ({ student, posted, scores: scores.map((cell) => ({ ...cell, dropped: undefined })).sort((a, b) => a.assignmentId.localeCompare(b.assignmentId)) })),
  });
  sameReply("gradebook", cells(ours), cells(theirs));
  const work = new Map(theirs.assignments.map((a) => [a.id, a]));
  const averages = theirs.rows.map(({ scores }) => sectionAverage(theirs.categories, scores.map((s) => ({ ...work.get(s.assignmentId)!, ...s, counts: work.get(s.assignmentId)!.countsInAverage }))).percent?.toDecimal(6) ?? null);
  sameReply("averages", ours.rows.map((row) => row.percent), averages);
  const size = [ours.rows.length, ours.assignments.length, ours.rows.reduce((n, row) => n + row.scores.length, 0)];
  sameReply("the gradebook's size", size, [35, 40, 1_400]);
}

/** What stands of two meetings of as many students, and what the journal and the outbox keep of it. */
export async function sameTaken(admin: pg.Client, graph: string, sql: string): Promise<void> {
  const of = async (meeting: string) => {
    const { rows } = await admin.query<{ taken: unknown }>(
      `WITH record AS (SELECT 'AttendanceSubmission' AS type, s.id, s.version FROM attendance.attendance_submission s WHERE s.class_meeting_id = $1 AND s.taken_by_id IS NOT NULL
          UNION ALL SELECT 'AttendanceEvent', e.id, e.version FROM attendance.attendance_event e WHERE e.class_meeting_id = $1)
        SELECT json_build_object(
          'events', (SELECT json_agg(json_build_array(c.code, e.minutes_missed, e.version, e.archived_at) ORDER BY e.student_id) FROM attendance.attendance_event e JOIN attendance.attendance_code c ON c.id = e.code_id WHERE e.class_meeting_id = $1),
          'records', (SELECT json_agg(json_build_array(r.type, r.version) ORDER BY r.type, r.version) FROM record r),
          'audit', (SELECT json_agg(json_build_array(a.record_type, a.action, a.record_version, a.operation) ORDER BY a.record_type, a.record_version) FROM journal.audit_entry a JOIN record r ON r.id = a.record_id),
          'outbox', (SELECT json_agg(json_build_array(o.record_type, o.action, o.record_version) ORDER BY o.record_type, o.record_version) FROM journal.outbox_event o JOIN record r ON r.id = o.record_id)) AS taken`,
      [meeting],
    );
    return rows[0]!.taken;
  };
  sameReply("takeAttendance", await of(graph), await of(sql));
}

/** Every daily fact is what counting anew says, and nothing waits. */
export async function sameFacts(admin: pg.Client, district: string): Promise<void> {
  const { rows } = await admin.query<{ facts: number; differing: number; waiting: number }>(
    `WITH asked AS (SELECT array_agg(s.id) AS ids FROM students.student s),
      fact AS (SELECT f.* FROM asked, attendance.many_daily_facts($1, asked.ids, array_fill('-infinity'::date, ARRAY[cardinality(asked.ids)]), array_fill(NULL::date, ARRAY[cardinality(asked.ids)])) f)
    SELECT count(d.id)::int AS facts, (count(*) FILTER (WHERE (d.status, d.missed_minutes, d.meetings_taken, d.excuse) IS DISTINCT FROM (f.status, f.missed_minutes, f.meetings_taken, f.excuse)))::int AS differing,
      (SELECT count(*)::int FROM attendance.recount_request) AS waiting
    FROM fact f FULL JOIN attendance.daily_attendance d ON d.student_id = f.student_id AND d.date = f.date`,
    [district],
  );
  if (rows[0]!.facts === 0 || rows[0]!.differing > 0 || rows[0]!.waiting > 0) throw new Error(`The daily facts are not those of the events: ${JSON.stringify(rows[0])}`);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, sorted(each)]));
}
