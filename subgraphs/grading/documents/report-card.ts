import { sql } from "kysely";
import { by, grouped, type Asking } from "../asking.ts";
import { gpaPolicy, honorRollPolicy } from "../policies.ts";
import { Exact } from "../rules/exact.ts";
import { honorFor } from "../rules/honor-roll.ts";
import { shown } from "../rules/scale.ts";
import { scalesById, type LoadedScale } from "../scales.ts";
import { gpaUnder, periodStandings } from "../standing.ts";
import { gradingPeriods, sectionFacts, terms, type SectionFacts, type Stretch } from "../timetable.ts";
import type { AttendanceLine, Cells, Column, Draft, ReportCardFigures } from "./figures.ts";
import { letterheads } from "./letterhead.ts";

interface MarkRow {
  id: string;
  student_id: string;
  section_id: string;
  kind: "PERIOD" | "EXAM" | "TERM_FINAL" | "STANDARD" | "WORK_HABIT";
  grading_period_id: string | null;
  term_id: string | null;
  scale_id: string;
  mark: string;
  percent: string | null;
  /** What a standard's or habit's row is called, and where it stands. */
  code: string;
  title: string;
  subject_id: string | null;
  sequence: number;
}

interface CommentRow {
  id: string;
  student_id: string;
  section_id: string;
  text: string;
}

/** Everything on the report cards of one school for one grading period, read once for all of its students. */
export async function reportCards(asking: Asking, schoolId: string, periodId: string, studentIds: readonly string[], today: string): Promise<Map<string, Draft<ReportCardFigures>>> {
  const period = (await gradingPeriods(asking, [periodId])).get(periodId)!;
  const all = await marksOf(asking, schoolId, studentIds);
  const sections = await sectionFacts(asking, [...new Set(all.map((m) => m.section_id))]);
  const ofYear = all.filter((m) => sections.get(m.section_id)?.school_year_id === period.school_year_id);
  const stretches = await stretchesOf(asking, period, ofYear);
  const rows = ofYear.filter((m) => stretches.has(stretchId(m)));
  const scales = await scalesById(asking, [...new Set(rows.map((m) => m.scale_id))]);
  const comments = grouped(await commentsOf(asking, schoolId, periodId, studentIds), (c) => c.student_id);
  const teachers = by(await asking.ask(sql<{ section_id: string; name: string }>`SELECT * FROM lookup.grading_teachers(${[...sections.keys()]}::uuid[])`), "section_id");
  const subjects = by(await asking.ask(sql<{ id: string; title: string }>`SELECT * FROM lookup.grading_subjects(${[...new Set(rows.flatMap((r) => r.subject_id ?? []))]}::uuid[])`), "id");
  const averages = await averagesOf(asking, schoolId, period, studentIds);
  const attendance = await attendanceOf(asking, schoolId, period, studentIds);
  const heads = await letterheads(asking, schoolId, studentIds, today);
  const mine = grouped(rows, (r) => r.student_id);
  return new Map(
    [...heads].map(([studentId, head]) => {
      const marks = mine.get(studentId) ?? [];
      const said = comments.get(studentId) ?? [];
      const figures: ReportCardFigures = {
        kind: "REPORT_CARD", ...head, schoolYear: period.school_year, period: period.name,
        columns: columnsOf(marks, stretches, period),
        courses: coursesOf(marks, said, sections, teachers, scales),
        standards: standardsOf(marks, subjects, scales),
        workHabits: rowsOf(marks, "WORK_HABIT").map((row) => ({ title: row[0]!.title, section: sections.get(row[0]!.section_id)!.course_title, marks: cells(row, scales) })),
        averages: averages.get(studentId) ?? null,
        attendance: attendance.get(studentId) ?? [],
        legends: legendsOf(marks, scales),
      };
      return [studentId, { figures, sourceIds: [...marks, ...said].map((m) => m.id) }];
    }),
  );
}

/** Posted marks of every kind at the school; which of them belong to the year is told by their sections. */
async function marksOf(asking: Asking, schoolId: string, studentIds: readonly string[]): Promise<MarkRow[]> {
  const whose = sql`m.school_id = ${schoolId}::uuid AND m.student_id = ANY (${[...studentIds]}::uuid[]) AND m.archived_at IS NULL`;
  return asking.ask(sql<MarkRow>`SELECT m.id, m.student_id, m.section_id, m.kind, m.grading_period_id, m.term_id, m.scale_id, m.mark, m.percent, '' AS code, '' AS title, NULL::uuid AS subject_id, 0 AS sequence FROM grading.mark m WHERE ${whose}
    UNION ALL SELECT m.id, m.student_id, m.section_id, 'STANDARD', m.grading_period_id, NULL, m.scale_id, m.mark, NULL, s.code, s.text, s.subject_id, s.sequence FROM grading.standard_mark m JOIN grading.standard s ON s.id = m.standard_id WHERE ${whose}
    UNION ALL SELECT m.id, m.student_id, m.section_id, 'WORK_HABIT', m.grading_period_id, NULL, m.scale_id, m.mark, NULL, '', h.title, NULL, h.sequence FROM grading.work_habit_mark m JOIN grading.work_habit h ON h.id = m.work_habit_id WHERE ${whose}
    ORDER BY sequence, code, title, id`);
}

async function commentsOf(asking: Asking, schoolId: string, periodId: string, studentIds: readonly string[]): Promise<CommentRow[]> {
  return asking.ask(sql<CommentRow>`SELECT c.id, c.student_id, c.section_id, coalesce(c.text, e.text) AS text FROM grading.mark_comment c LEFT JOIN grading.comment_bank_entry e ON e.id = c.entry_id
    WHERE c.school_id = ${schoolId}::uuid AND c.grading_period_id = ${periodId}::uuid AND c.student_id = ANY (${[...studentIds]}::uuid[]) AND c.archived_at IS NULL ORDER BY c.text IS NOT NULL, e.code, c.id`);
}

const stretchId = (mark: Pick<MarkRow, "grading_period_id" | "term_id">): string => (mark.grading_period_id ?? mark.term_id)!;

/** The periods and terms that the card shows: up to the end of its own period. */
async function stretchesOf(asking: Asking, period: Stretch, marks: readonly MarkRow[]): Promise<Map<string, Stretch>> {
  const periods = await gradingPeriods(asking, [...new Set([period.id, ...marks.flatMap((m) => m.grading_period_id ?? [])])]);
  const ofTerms = await terms(asking, [...new Set(marks.flatMap((m) => m.term_id ?? []))]);
  return new Map([...periods, ...ofTerms].filter(([, stretch]) => stretch.end_day <= period.end_day));
}

const keyOf = (mark: Pick<MarkRow, "kind" | "grading_period_id" | "term_id">): string => (mark.grading_period_id ? mark.grading_period_id : `${mark.kind} ${mark.term_id}`);

/** In the order of the year: a term's exam and final mark after its periods. */
function columnsOf(marks: readonly MarkRow[], stretches: ReadonlyMap<string, Stretch>, period: Stretch): Column[] {
  const places = { PERIOD: 0, STANDARD: 0, WORK_HABIT: 0, EXAM: 1, TERM_FINAL: 2 };
  const shownMarks = [...marks, { kind: "PERIOD" as const, grading_period_id: period.id, term_id: null }];
  const columns = new Map(shownMarks.map((m) => {
    const stretch = stretches.get(stretchId(m))!;
    const title = m.kind === "EXAM" ? `${stretch.name} exam` : m.kind === "TERM_FINAL" ? `${stretch.name} final` : stretch.name;
    return [keyOf(m), { key: keyOf(m), title, order: `${stretch.end_day} ${places[m.kind]} ${stretch.first_day}` }];
  }));
  return [...columns.values()].sort((a, b) => a.order.localeCompare(b.order)).map(({ key, title }) => ({ key, title }));
}

function cells(marks: readonly MarkRow[], scales: ReadonlyMap<string, LoadedScale>): Cells {
  return Object.fromEntries(marks.map((m) => [keyOf(m), { mark: m.mark, percent: m.percent === null ? null : shown(scales.get(m.scale_id)!, Exact.of(m.percent)) }]));
}

function coursesOf(marks: readonly MarkRow[], comments: readonly CommentRow[], sections: ReadonlyMap<string, SectionFacts>, teachers: ReadonlyMap<string, { name: string }>, scales: ReadonlyMap<string, LoadedScale>): ReportCardFigures["courses"] {
  const ofCourses = grouped(marks.filter((m) => m.kind === "PERIOD" || m.kind === "EXAM" || m.kind === "TERM_FINAL"), (m) => m.section_id);
  const named = [...new Set([...ofCourses.keys(), ...comments.map((c) => c.section_id).filter((id) => sections.has(id))])];
  return named
    .map((id) => ({ id, section: sections.get(id)! }))
    .sort((a, b) => a.section.course_title.localeCompare(b.section.course_title) || a.id.localeCompare(b.id))
    .map(({ id, section }) => ({
      code: section.course_code, title: section.course_title, teacher: teachers.get(id)?.name ?? null,
      marks: cells(ofCourses.get(id) ?? [], scales), comments: comments.filter((c) => c.section_id === id).map((c) => c.text),
    }));
}

/** One row for each standard or habit, with its marks of all periods. */
function rowsOf(marks: readonly MarkRow[], kind: MarkRow["kind"]): MarkRow[][] {
  return [...grouped(marks.filter((m) => m.kind === kind), (m) => JSON.stringify([m.section_id, m.code, m.title])).values()];
}

function standardsOf(marks: readonly MarkRow[], subjects: ReadonlyMap<string, { title: string }>, scales: ReadonlyMap<string, LoadedScale>): ReportCardFigures["standards"] {
  const bySubject = grouped(rowsOf(marks, "STANDARD"), (row) => subjects.get(row[0]!.subject_id!)?.title ?? "");
  return [...bySubject].sort(([a], [b]) => a.localeCompare(b)).map(([subject, rows]) => ({ subject, rows: rows.map((row) => ({ code: row[0]!.code, text: row[0]!.title, marks: cells(row, scales) })) }));
}

/** What the marks of the scales mean that the card uses. */
function legendsOf(marks: readonly MarkRow[], scales: ReadonlyMap<string, LoadedScale>): ReportCardFigures["legends"] {
  return [...new Set(marks.map((m) => m.scale_id))].map((id) => {
    const scale = scales.get(id)!;
    const from = (minimum: string) => `${Number(minimum)}${scale.maximum === "100.000" ? " % and above" : " points and above"}`;
    return { scale: scale.name, marks: scale.marks.map((m) => ({ mark: m.mark, meaning: m.title ?? (m.minimum === null ? "" : from(m.minimum)) })) };
  });
}

/** The averages of the period's marks, and the honor roll's level, where the district has policies for them. */
async function averagesOf(asking: Asking, schoolId: string, period: Stretch, studentIds: readonly string[]): Promise<Map<string, NonNullable<ReportCardFigures["averages"]>>> {
  const official = await gpaPolicy(asking, period.first_day);
  if (!official) return new Map();
  const policy = { ...official, rule: { ...official.rule, countedMarks: "PERIOD" } };
  const honors = await honorRollPolicy(asking, schoolId, period.first_day);
  const standings = await periodStandings(asking, schoolId, period.id, studentIds);
  return new Map(
    [...standings].map(([student, { lines, incompletes }]) => {
      const { policy: name, weighted, unweighted } = gpaUnder(policy, lines);
      return [student, { policy: name, weighted, unweighted, honor: honors ? (honorFor(honors, policy.rule, lines, incompletes)?.level.title ?? null) : null }];
    }),
  );
}

interface DayRow extends Omit<AttendanceLine, "title"> {
  student_id: string;
  in_period: boolean;
}

/** Daily attendance at the school in the period, and in the year up to the period's end. */
async function attendanceOf(asking: Asking, schoolId: string, period: Stretch, studentIds: readonly string[]): Promise<Map<string, AttendanceLine[]>> {
  const rows = await asking.ask(sql<DayRow>`SELECT * FROM lookup.grading_attendance(${[...studentIds]}::uuid[], ${schoolId}::uuid, ${period.school_year_id}::uuid, ${period.first_day}::date, ${period.end_day}::date)`);
  const line = (title: string, of: readonly DayRow[]): AttendanceLine => {
    const total = (figure: Exclude<keyof AttendanceLine, "title">) => of.reduce((sum, row) => sum + row[figure], 0);
    return { title, days: total("days"), absent: total("absent"), excused: total("excused"), tardy: total("tardy"), unknown: total("unknown") };
  };
  return new Map(
    [...grouped(rows, (r) => r.student_id)].map(([student, of]) => {
      const inPeriod = of.filter((row) => row.in_period);
      return [student, [...(inPeriod.length > 0 ? [line(period.name, inPeriod)] : []), ...(inPeriod.length < of.length ? [line(`${period.school_year} so far`, of)] : [])]];
    }),
  );
}
