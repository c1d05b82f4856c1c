import { sql } from "kysely";
import type { Asking } from "./asking.ts";
import type { GpaRule } from "./rules/gpa.ts";
import type { HonorRule } from "./rules/honor-roll.ts";
import type { RankRule } from "./rules/rank.ts";

export interface LoadedGpaPolicy {
  id: string;
  name: string;
  rule: GpaRule;
}

interface PolicyRow {
  id: string;
  name: string;
  counted_marks: string;
  repeats: GpaRule["repeats"];
  counts_transfers: boolean;
  decimals: number;
  rounding: GpaRule["rounding"];
  bonus_from_points: string;
  points: Record<string, string> | null;
  bonuses: Record<string, string> | null;
}

/** The policy with this id, or the official one of the day; null when there is none. Numbers leave SQL as text: none loses a digit. */
export async function gpaPolicy(asking: Asking, day: string, id?: string | null): Promise<LoadedGpaPolicy | null> {
  const which = id ? sql`p.id = ${id}::uuid` : sql`p.official AND p.from_date <= ${day}::date`;
  const [row] = await asking.ask(sql<PolicyRow>`SELECT p.id, p.name, p.counted_marks, p.repeats, p.counts_transfers, p.decimals, p.rounding, p.bonus_from_points,
      (SELECT jsonb_object_agg(x.mark, x.points::text) FROM grading.gpa_policy_point x WHERE x.policy_id = p.id AND x.archived_at IS NULL) AS points,
      (SELECT jsonb_object_agg(w.course_level_id, w.bonus::text) FROM grading.gpa_policy_weight w WHERE w.policy_id = p.id AND w.archived_at IS NULL) AS bonuses
    FROM grading.gpa_policy p WHERE ${which} AND p.archived_at IS NULL ORDER BY p.from_date DESC LIMIT 1`);
  if (!row) return null;
  const rule: GpaRule = {
    countedMarks: row.counted_marks, repeats: row.repeats, countsTransfers: row.counts_transfers, decimals: row.decimals, rounding: row.rounding, bonusFromPoints: row.bonus_from_points,
    points: new Map(Object.entries(row.points ?? {})), bonuses: new Map(Object.entries(row.bonuses ?? {})),
  };
  return { id: row.id, name: row.name, rule };
}

export interface LoadedRankPolicy extends RankRule {
  enabled: boolean;
  weighted: boolean;
}

/** The school's policy of the day, else the district's, else: ranked by the weighted average. */
export async function rankPolicy(asking: Asking, schoolId: string, day: string): Promise<LoadedRankPolicy> {
  const [row] = await asking.ask(sql<LoadedRankPolicy>`SELECT p.enabled, p.weighted, p.minimum_terms AS "minimumTerms", p.minimum_credits AS "minimumCredits" FROM grading.rank_policy p
    WHERE coalesce(p.school_id, ${schoolId}::uuid) = ${schoolId}::uuid AND p.from_date <= ${day}::date AND p.archived_at IS NULL ORDER BY p.school_id IS NULL, p.from_date DESC LIMIT 1`);
  return row ?? { enabled: true, weighted: true, minimumTerms: 0, minimumCredits: "0" };
}

/** The school's policy of the day, else the district's; null where there is no honor roll. */
export async function honorRollPolicy(asking: Asking, schoolId: string, day: string): Promise<HonorRule | null> {
  const [row] = await asking.ask(sql<HonorRule & { id: string }>`SELECT p.id, p.weighted, p.minimum_courses AS "minimumCourses", p.excludes_incompletes AS "excludesIncompletes", (SELECT coalesce(jsonb_agg(
        jsonb_build_object('id', l.id, 'title', l.title, 'minimumGpa', l.minimum_gpa::text, 'lowestPoints', l.lowest_points::text) ORDER BY l.sequence), '[]')
      FROM grading.honor_roll_level l WHERE l.policy_id = p.id AND l.archived_at IS NULL) AS levels
    FROM grading.honor_roll_policy p WHERE coalesce(p.school_id, ${schoolId}::uuid) = ${schoolId}::uuid AND p.from_date <= ${day}::date AND p.archived_at IS NULL
    ORDER BY p.school_id IS NULL, p.from_date DESC LIMIT 1`);
  return row ?? null;
}
