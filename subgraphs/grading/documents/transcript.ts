import { sql } from "kysely";
import { by, grouped, type Asking } from "../asking.ts";
import { planProgress } from "../graduation.ts";
import { gpaPolicy } from "../policies.ts";
import { Exact } from "../rules/exact.ts";
import { courseHistory, courseLine, earnedCredits, gpaUnder, ranksFor, type HistoryRow } from "../standing.ts";
import type { Draft, TranscriptFigures } from "./figures.ts";
import { letterheads } from "./letterhead.ts";

/** A transcript as it would be issued today: every finished course, the averages of the official policy, rank and progress. */
export async function transcript(asking: Asking, schoolId: string, studentId: string, today: string): Promise<Draft<TranscriptFigures> | null> {
  const head = (await letterheads(asking, schoolId, [studentId], today)).get(studentId);
  if (!head) return null;
  const history = (await courseHistory(asking, [studentId])).get(studentId) ?? [];
  const policy = await gpaPolicy(asking, today);
  const rank = policy && (await ranksFor(asking, policy, [studentId], today)).get(studentId);
  const gpa = policy && gpaUnder(policy, history.map(courseLine));
  const plan = (await planProgress(asking, [studentId], today)).get(studentId);
  const figures: TranscriptFigures = {
    kind: "TRANSCRIPT", ...head,
    terms: await termsOf(asking, history),
    credits: { attempted: Exact.sum(history.map((h) => Exact.of(h.credits_attempted))).toDecimal(3), earned: Exact.sum(earnedCredits(history).map((c) => c.credits)).toDecimal(3) },
    averages: gpa ? { policy: gpa.policy, weighted: gpa.weighted, unweighted: gpa.unweighted, credits: gpa.credits } : null,
    rank: rank?.schoolId === schoolId ? { rank: rank.rank, outOf: rank.outOf, gradeLevel: rank.gradeLevel, weighted: rank.weighted } : null,
    plan: plan ? { name: plan.name, requirements: plan.requirements } : null,
  };
  return { figures, sourceIds: history.map((h) => h.id) };
}

async function termsOf(asking: Asking, history: readonly HistoryRow[]): Promise<TranscriptFigures["terms"]> {
  const schools = by(await asking.ask(sql<{ id: string; name: string }>`SELECT * FROM lookup.grading_schools(${[...new Set(history.map((h) => h.school_id))]}::uuid[])`), "id");
  const levels = by(await asking.ask(sql<{ id: string; title: string }>`SELECT * FROM lookup.grading_grade_levels(${[...new Set(history.flatMap((h) => h.grade_level_id ?? []))]}::uuid[])`), "id");
  return [...grouped(history, (h) => JSON.stringify([h.ended_on, h.school_year_name, h.term_name, h.transfer_school ?? h.school_id])).values()].map((rows) => {
    const [first] = rows as [HistoryRow];
    return {
      schoolYear: first.school_year_name, term: first.term_name, transfer: first.transfer_school !== null,
      school: first.transfer_school ?? schools.get(first.school_id)?.name ?? "", gradeLevel: first.grade_level_id ? (levels.get(first.grade_level_id)?.title ?? null) : null,
      courses: rows.map((h) => ({ code: h.course_code, title: h.course_title, mark: h.mark, attempted: h.credits_attempted, earned: h.credits_earned, repeat: h.repeats_id !== null, counts: h.counts_in_gpa })),
    };
  });
}
