import { sql } from "kysely";
import { relationCall } from "#foundation/access/declare-relation";
import { atSchool, teachesSection } from "#foundation/access/relations";
import type { WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import { Role } from "#foundation/identity/role";
import { markOffice } from "./access.ts";
import { averagesForPosting } from "./averages.ts";
import type { MarkKind } from "./entities/mark.ts";
import { Exact } from "./rules/exact.ts";
import { markFor, percentBehind } from "./rules/scale.ts";
import { termPercent } from "./rules/term-formula.ts";
import { requireMark, type LoadedScale } from "./scales.ts";
import { gradingPeriods, periodsOfTerm, placesInSection, sectionFacts, terms, type SectionFacts, type Stretch } from "./timetable.ts";

/** What a mark speaks of: a grading period, or a term's exam or final. */
export interface MarkSubject {
  kind: MarkKind;
  gradingPeriodId?: string | null;
  termId?: string | null;
}

export async function requireSection(session: WriteSession, sectionId: string): Promise<SectionFacts> {
  const facts = (await sectionFacts(session, [sectionId])).get(sectionId);
  if (!facts) throw OsssError.notFound("Section");
  return facts;
}

/** The days that a mark speaks of: a grading period in which the section is taught, or one of its terms; else refused. */
export async function stretchOf(session: WriteSession, section: SectionFacts, subject: MarkSubject): Promise<Stretch> {
  const period = subject.kind === "PERIOD";
  const [id, other, path] = period ? [subject.gradingPeriodId, subject.termId, "gradingPeriodId"] : [subject.termId, subject.gradingPeriodId, "termId"];
  if (!id || other) throw OsssError.invalid([{ path: `input.${path}`, message: period ? "A period's mark names its grading period, and no term." : "An exam's or a final mark names its term, and no grading period." }]);
  const found = (await (period ? gradingPeriods : terms)(session, [id])).get(id);
  if (!found || (found.school_id ?? section.school_id) !== section.school_id || found.school_year_id !== section.school_year_id) {
    throw OsssError.invalid([{ path: `input.${path}`, message: `Choose a ${period ? "grading period" : "term"} of the section's school and school year.` }]);
  }
  if (!(period ? overlaps(section, found) : (await placesInSection(session, [section.id])).get(section.id)?.has(id))) {
    throw OsssError.invalid([{ path: `input.${path}`, message: `The section is not taught in ${found.name}. Choose one of its own.` }]);
  }
  return found;
}

const overlaps = (section: SectionFacts, stretch: Stretch): boolean => (section.first_day ?? stretch.first_day) < stretch.end_day && (section.end_day ?? stretch.end_day) > stretch.first_day;

/** As what the caller may post marks of a section: as its teacher, for the office of its school, or not at all. */
export async function postsAs(session: WriteSession, section: Pick<SectionFacts, "id" | "school_id">): Promise<"teacher" | "office" | null> {
  if (await session.holds(atSchool, "school", markOffice, section.school_id)) return "office";
  return (await session.holds(teachesSection, "section", [Role.Teacher], section.id)) ? "teacher" : null;
}

export async function requirePoster(session: WriteSession, section: Pick<SectionFacts, "id" | "school_id">): Promise<"teacher" | "office"> {
  const poster = await postsAs(session, section);
  if (!poster) throw OsssError.forbidden("Only the section's teachers, and the principal and the registrar of its school, post and change its marks.");
  return poster;
}

/** Of these students, those of whom the poster may write: the office of all, a teacher neither of her own child nor of who left longer ago than the days of lag. */
export async function withinReach(session: WriteSession, poster: "teacher" | "office", studentIds: readonly string[]): Promise<string[]> {
  if (poster === "office") return [...studentIds];
  const reached = await session.ask(sql<{ id: string }>`SELECT t.id FROM unnest(${[...studentIds]}::uuid[]) WITH ORDINALITY AS t(id, n) WHERE t.id IN (SELECT ${relationCall(teachesSection, "student", [Role.Teacher])}) ORDER BY t.n`);
  return reached.map(({ id }) => id);
}

/** For a student who is not on the roster of the days, or not within the poster's reach: which of the two is not told. */
export const notHersToGrade = "This student was not on the section's roster then, or is not yours to grade: of a teacher's own child, and of students who left long ago, the office writes. Check the id.";

/** Whether the school's window for these marks is open at this moment. */
export async function windowIsOpen(session: WriteSession, schoolId: string, subject: MarkSubject): Promise<boolean> {
  const [row] = await session.ask(sql<{ open: boolean }>`SELECT EXISTS (SELECT 1 FROM grading.grading_window w WHERE w.school_id = ${schoolId}::uuid AND w.archived_at IS NULL
    AND w.grading_period_id IS NOT DISTINCT FROM ${subject.gradingPeriodId ?? null}::uuid AND w.term_id IS NOT DISTINCT FROM ${subject.termId ?? null}::uuid
    AND w.opens_at <= ${session.caller.now} AND w.closes_at > ${session.caller.now}) AS open`);
  return row!.open;
}

/** What the gradebook or the term's formula gives each student; an exam has nothing to be computed from. */
export async function computedPercents(session: WriteSession, section: SectionFacts, subject: MarkSubject): Promise<Map<string, Exact>> {
  if (subject.kind === "EXAM") return new Map();
  const found = subject.kind === "PERIOD" ? await periodPercents(session, section.id, subject.gradingPeriodId!) : await termPercents(session, section, subject.termId!);
  return new Map([...found].filter((entry): entry is [string, Exact] => entry[1] !== null));
}

async function periodPercents(session: WriteSession, sectionId: string, periodId: string): Promise<[string, Exact | null][]> {
  return [...(await averagesForPosting(session, sectionId, periodId))].map(([student, average]) => [student, average.percent]);
}

interface PartRow {
  grading_period_id: string | null;
  weight: string;
}

async function termPercents(session: WriteSession, section: SectionFacts, termId: string): Promise<[string, Exact | null][]> {
  const parts = await formulaParts(session, section, termId);
  const rows = await session.ask(sql<{ student_id: string; grading_period_id: string | null; percent: string | null }>`SELECT m.student_id, m.grading_period_id, coalesce(m.exact_percent, m.percent::text) AS percent
    FROM grading.mark m WHERE m.section_id = ${section.id}::uuid AND m.archived_at IS NULL AND m.status = 'POSTED' AND (m.kind = 'PERIOD' OR (m.kind = 'EXAM' AND m.term_id = ${termId}::uuid))`);
  const students = [...new Set(rows.map((r) => r.student_id))];
  return students.map((student) => {
    const percentOf = (part: PartRow) => rows.find((r) => r.student_id === student && r.grading_period_id === part.grading_period_id)?.percent ?? null;
    return [student, termPercent(parts.map((part) => ({ weight: Exact.of(part.weight), percent: percentOf(part) === null ? null : Exact.of(percentOf(part)!) }))).percent];
  });
}

/** The parts of the closest formula; without one, the grading periods of the term in equal parts. The exam's part names no period. */
async function formulaParts(session: WriteSession, section: SectionFacts, termId: string): Promise<PartRow[]> {
  const [formula] = await session.ask(sql<{ id: string }>`SELECT f.id FROM grading.term_formula f WHERE f.term_id = ${termId}::uuid AND f.archived_at IS NULL
    AND coalesce(f.school_id, ${section.school_id}::uuid) = ${section.school_id}::uuid AND coalesce(f.course_id, ${section.course_id}::uuid) = ${section.course_id}::uuid
    ORDER BY f.course_id IS NULL, f.school_id IS NULL LIMIT 1`);
  if (!formula) return (await periodsOfTerm(session, termId)).map((id) => ({ grading_period_id: id, weight: "1" }));
  return session.ask(sql<PartRow>`SELECT p.grading_period_id, p.weight FROM grading.term_formula_part p WHERE p.formula_id = ${formula.id}::uuid AND p.archived_at IS NULL ORDER BY p.sequence, p.id`);
}

export interface MarkValue {
  mark: string;
  percent: string | null;
  exactPercent: string | null;
}

/** The mark to record: the one that was sent, or the one read from the percent that was sent or computed. */
export function markValue(scale: LoadedScale, sent: { mark?: string | null; percent?: string | null }, computed: Exact | null, path: string): MarkValue {
  const given = sent.percent == null ? null : Exact.of(sent.percent);
  if (sent.mark != null) {
    requireMark(scale, sent.mark, `${path}.mark`);
    return { mark: sent.mark, ...percentFields(given ?? percentBehind(scale, sent.mark, computed)) };
  }
  const percent = given ?? computed;
  if (!percent) throw OsssError.invalid([{ path: `${path}.mark`, message: "There is nothing to compute a mark from. Send the mark, or a percent." }]);
  const read = markFor(scale, percent);
  if (!read) throw OsssError.invalid([{ path: `${path}.mark`, message: `The scale "${scale.name}" has no mark for this percent. Send the mark.` }]);
  return { mark: read.mark, ...percentFields(percent) };
}

const longest = 400;
/** A percent as it is stored: to six decimals for people, exact for what is computed from it. */
export function percentFields(percent: Exact | null): { percent: string | null; exactPercent: string | null } {
  if (!percent) return { percent: null, exactPercent: null };
  const exact = percent.toString();
  return { percent: percent.toDecimal(6), exactPercent: exact.length <= longest ? exact : percent.toDecimal(30) };
}
