import type { BellSlots } from "./bell-slots.ts";
import type { Prints } from "./memory.ts";
import type { Notes } from "./notes.ts";
import { digestOf } from "./plan.ts";
import type { Registered, Registry } from "./registered.ts";
import { shortened } from "./write-courses.ts";
import type { Sessions } from "./write-sessions.ts";
import type { RosterBundle, RosterClass } from "../oneroster/roster.ts";

export interface SectionMemory {
  digest: string;
  prints: Prints;
  /** The terms that the source gave, with the records that say so; "" where the district had said it before. */
  terms?: Record<string, string>;
  /** The meeting patterns that the source gave. */
  patterns?: Record<string, string>;
  /** The source names it no longer; `archived` where nothing rested on it. */
  gone?: "kept" | "archived";
}

/** A class of the package, in the district's words. */
export interface PlannedSection {
  row: RosterClass;
  courseId: string;
  schoolId: string;
  yearId: string;
  termIds: string[];
  firstDay: string;
  endDay: string;
  /** When it meets: a rotation day, or none for every day, and a period. */
  slots: { rotationDayId: string | null; periodCode: string }[];
  said: { code: string; title: string; kind: "HOMEROOM" | "SCHEDULED" };
  digest: string;
  known: Registered<SectionMemory> | undefined;
}

/** How far up an organization's school is looked for. */
const heights = 20;

/** From an organization of the source to the district's school that it is or belongs to. */
export function schoolFinder(bundle: Pick<RosterBundle, "organizations">, registry: Registry): (sourcedId: string) => string | undefined {
  const parents = new Map(bundle.organizations.map(({ sourcedId, parentSourcedId }) => [sourcedId, parentSourcedId]));
  return (sourcedId) => {
    let at: string | null | undefined = sourcedId;
    for (let steps = 0; at != null && steps < heights; steps += 1) {
      const school = registry.idOf("School", at);
      if (school !== undefined) return school;
      at = parents.get(at);
    }
    return undefined;
  };
}

/** What the package says of sections; those that have no course or no school here are told and left out. */
export function planSections(bundle: RosterBundle, today: string, sessions: Sessions, bells: BellSlots, registry: Registry, notes: Notes): PlannedSection[] {
  const schoolOf = schoolFinder(bundle, registry);
  return bundle.classes.filter(({ status }) => status === "active").flatMap((row): PlannedSection[] => {
    const courseId = registry.idOf("Course", row.courseSourcedId);
    const schoolId = schoolOf(row.schoolSourcedId);
    if (courseId === undefined || schoolId === undefined) {
      notes.add("classes.csv", row.row, `${courseId === undefined ? "Its course" : "Its school"} is not among the records that were imported. The section is left out with its enrollments; correct the row in the source system.`);
      return [];
    }
    const when = timeOf(row, today, sessions, registry, notes);
    if (when === null) return [];
    const { slots, unknown } = bells.slotsOf(schoolId, row.periods);
    const said = { code: shortened(row.classCode ?? row.sourcedId, 64), title: row.title.slice(0, 120), kind: row.classType === "homeroom" ? ("HOMEROOM" as const) : ("SCHEDULED" as const) };
    const digest = digestOf([said, courseId, schoolId, when.yearId, when.termIds, slots, row.location]);
    const known = registry.find<SectionMemory>("Section", row.sourcedId);
    if (unknown.length > 0 && known?.memory.digest !== digest) {
      notes.add("classes.csv", row.row, `No bell schedule of the school has a period ${unknown.join(", ")}. When the section meets then is left open; add the period, or set the section's meetings by hand.`);
    }
    return [{ row, courseId, schoolId, ...when, slots, said, digest, known }];
  });
}

/** The school year and the terms of a class. A class of a whole year has no terms here. */
function timeOf(row: RosterClass, today: string, { years, terms }: Sessions, registry: Registry, notes: Notes): Pick<PlannedSection, "yearId" | "termIds" | "firstDay" | "endDay"> | null {
  const named = row.termSourcedIds.flatMap((sourcedId): { termId: string | null; yearId: string }[] => {
    const year = registry.idOf("SchoolYear", sourcedId);
    const term = terms.get(registry.idOf("Term", sourcedId) ?? "");
    return year !== undefined ? [{ termId: null, yearId: year }] : term !== undefined ? [{ termId: term.id, yearId: term.schoolYear }] : [];
  });
  const yearId = named[0]?.yearId ?? (years.findLast(({ firstDay }) => firstDay <= today) ?? years[0])?.id;
  const year = years.find(({ id }) => id === yearId);
  if (year === undefined) {
    notes.add("classes.csv", row.row, "The district has no school year, and the package brings none. The section is left out with its enrollments; import a school year first.");
    return null;
  }
  if (named.length === 0) notes.add("classes.csv", row.row, `None of its terms is known. The section is taken to be taught from ${year.firstDay} until the year ends; correct its terms by hand.`);
  if (named.some((one) => one.yearId !== year.id)) notes.add("classes.csv", row.row, "Its terms belong to several school years. Those of the first one count.");
  const own = named.filter((one) => one.yearId === year.id);
  // The whole year holds every part of it.
  const termIds = own.some(({ termId }) => termId === null) ? [] : [...new Set(own.map(({ termId }) => termId!))].sort();
  const spans = termIds.length === 0 ? [year] : termIds.map((id) => terms.get(id)!);
  return { yearId: year.id, termIds, firstDay: spans.map(({ firstDay }) => firstDay).sort()[0]!, endDay: spans.map(({ endDay }) => endDay).sort().at(-1)! };
}
