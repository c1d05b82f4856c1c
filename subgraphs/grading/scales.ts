import { sql } from "kysely";
import { OsssError } from "#foundation/errors/errors";
import { grouped, type Asking } from "./asking.ts";
import type { ScalePurpose } from "./entities/scale-use.ts";
import type { Scale, ScaleMark } from "./rules/scale.ts";
import type { SectionFacts } from "./timetable.ts";

export interface LoadedScale extends Scale {
  id: string;
  name: string;
  marks: readonly LoadedScaleMark[];
}

interface LoadedScaleMark extends ScaleMark {
  title: string | null;
  countsInGpa: boolean;
}

interface UseRow {
  scale_id: string;
  school_id: string | null;
  course_id: string | null;
  from_date: string;
}

interface MarkRow extends LoadedScaleMark {
  scale: string;
  name: string;
  maximum: string;
  decimals: number;
}

/** The scale of each section for a purpose on a day: the closest use holds, of several the newest. Sections without one are absent. */
export async function scalesFor(asking: Asking, purpose: ScalePurpose, sections: readonly Pick<SectionFacts, "id" | "school_id" | "course_id">[], day: string): Promise<Map<string, LoadedScale>> {
  const uses = await asking.ask(sql<UseRow>`SELECT scale_id, school_id, course_id, from_date FROM grading.scale_use WHERE purpose = ${purpose} AND from_date <= ${day}::date AND archived_at IS NULL`);
  const closeness = (u: UseRow) => (u.course_id ? 2 : 0) + (u.school_id ? 1 : 0);
  const chosen = new Map<string, string>();
  for (const section of sections) {
    const fitting = uses.filter((u) => (u.school_id ?? section.school_id) === section.school_id && (u.course_id ?? section.course_id) === section.course_id);
    const [best] = fitting.sort((a, b) => closeness(b) - closeness(a) || b.from_date.localeCompare(a.from_date));
    if (best) chosen.set(section.id, best.scale_id);
  }
  const scales = await scalesById(asking, [...new Set(chosen.values())]);
  return new Map([...chosen].flatMap(([section, id]) => (scales.has(id) ? [[section, scales.get(id)!] as const] : [])));
}

/** Scales with their marks, from the best mark down. */
export async function scalesById(asking: Asking, ids: readonly string[]): Promise<Map<string, LoadedScale>> {
  if (ids.length === 0) return new Map();
  const rows = await asking.ask(sql<MarkRow>`SELECT g.id AS scale, g.name, g.maximum, g.decimals, m.mark, m.title, m.minimum, m.passing, m.counts_in_gpa AS "countsInGpa"
    FROM grading.grading_scale g JOIN grading.grading_scale_mark m ON m.scale_id = g.id AND m.archived_at IS NULL WHERE g.id = ANY (${[...ids]}::uuid[]) ORDER BY m.sequence, m.id`);
  return new Map(
    [...grouped(rows, (r) => r.scale)].map(([id, list]) => {
      const { name, maximum, decimals } = list[0]!;
      return [id, { id, name, maximum, decimals, marks: list.map(({ mark, title, minimum, passing, countsInGpa }) => ({ mark, title, minimum, passing, countsInGpa })) }];
    }),
  );
}

/** The scale of one section, or an error that says what the district must do. */
export async function requireScale(asking: Asking, purpose: ScalePurpose, section: SectionFacts, day: string): Promise<LoadedScale> {
  const scale = (await scalesFor(asking, purpose, [section], day)).get(section.id);
  if (!scale) throw OsssError.conflict(`No grading scale is in use for ${section.course_title} yet. Ask the district's office to say which one (a ScaleUse for ${purpose}).`);
  return scale;
}

/** The entry of a scale for a mark that somebody sent. */
export function requireMark(scale: LoadedScale, mark: string, path: string): LoadedScaleMark {
  const found = scale.marks.find((m) => m.mark === mark);
  if (!found) throw OsssError.invalid([{ path, message: `Send a mark of the scale "${scale.name}": ${scale.marks.map((m) => m.mark).join(", ")}.` }]);
  return found;
}
