import { sql } from "kysely";
import { by, grouped, type Asking } from "./asking.ts";

/** What grading must know of a section; everybody in the district may know it. */
export interface SectionFacts {
  id: string;
  school_id: string;
  school_year_id: string;
  school_year: string;
  course_id: string;
  course_code: string;
  course_title: string;
  subject_id: string;
  subject: string;
  level_id: string | null;
  credits: string;
  grading: "MARKS" | "STANDARDS" | "NONE";
  /** The days of its terms, of its school year while it has none. */
  first_day: string | null;
  end_day: string | null;
}

export async function sectionFacts(asking: Asking, ids: readonly string[]): Promise<Map<string, SectionFacts>> {
  return by(await asking.ask(sql<SectionFacts>`SELECT * FROM lookup.grading_sections(${[...ids]}::uuid[])`), "id");
}

/** A grading period or a term: a stretch of a school year, of one school or of the whole district. */
export interface Stretch {
  id: string;
  name: string;
  school_id: string | null;
  school_year_id: string;
  school_year: string;
  first_day: string;
  end_day: string;
}

export async function gradingPeriods(asking: Asking, ids: readonly string[]): Promise<Map<string, Stretch & { term_id: string }>> {
  return by(await asking.ask(sql<Stretch & { term_id: string }>`SELECT * FROM lookup.grading_periods(${[...ids]}::uuid[])`), "id");
}

export async function terms(asking: Asking, ids: readonly string[]): Promise<Map<string, Stretch>> {
  return by(await asking.ask(sql<Stretch>`SELECT * FROM lookup.grading_terms(${[...ids]}::uuid[])`), "id");
}

/** The grading periods inside a term, those of its parts included. */
export async function periodsOfTerm(asking: Asking, termId: string): Promise<string[]> {
  return (await asking.ask(sql<{ id: string }>`SELECT p AS id FROM lookup.grading_periods_of_term(${termId}::uuid) AS p`)).map((row) => row.id);
}

/** Which of a section's terms, in the order of the year, a term is: the second of two. */
export async function placesInSection(asking: Asking, sectionIds: readonly string[]): Promise<Map<string, Map<string, { place: number; places: number }>>> {
  const rows = await asking.ask(sql<{ section_id: string; term_id: string; place: number; places: number }>`SELECT * FROM lookup.grading_section_terms(${[...sectionIds]}::uuid[])`);
  return new Map([...grouped(rows, (r) => r.section_id)].map(([section, list]) => [section, new Map(list.map((r) => [r.term_id, { place: r.place, places: r.places }]))]));
}

export interface RosterEntry {
  section_id: string;
  student_id: string;
  sort_name: string;
  from_date: string;
  to_date: string | null;
}

/** Everybody who is, was or will be on the roster, by name. Whoever asks has checked that the caller may know. */
export async function roster(asking: Asking, sectionIds: readonly string[]): Promise<RosterEntry[]> {
  return asking.ask(sql<RosterEntry>`SELECT * FROM lookup.grading_rosters(${[...sectionIds]}::uuid[])`);
}

/** Ids of those who were on the roster on a day, by name. */
export const onDay = (entries: readonly RosterEntry[], day: string): string[] => entries.filter((e) => e.from_date <= day && (e.to_date === null || e.to_date > day)).map((e) => e.student_id);

/** Ids of those who were on the roster on some day of a stretch, by name. */
export function during(entries: readonly RosterEntry[], stretch: Pick<Stretch, "first_day" | "end_day">): string[] {
  return [...new Set(entries.filter((e) => e.from_date < stretch.end_day && (e.to_date === null || e.to_date > stretch.first_day)).map((e) => e.student_id))];
}
