import type { AcrossDomains } from "#foundation/crud/across-domains";
import { academics } from "../domains.ts";
import type { Ledger } from "../imports/ledger.ts";
import type { Notes } from "./notes.ts";
import type { SectionDays } from "./plan-rosters.ts";
import type { SectionMemory } from "./plan-sections.ts";
import type { Registry } from "./registered.ts";
import type { CourseMemory } from "./write-courses.ts";

export interface GoneRecord {
  sourcedId: string;
  /** The line that calls it deleted; null where a complete file leaves it out. */
  line: number | null;
}

interface Setting {
  today: string;
  registry: Registry;
  ledger: Ledger;
  notes: Notes;
}

const portion = 500;

/** Sections that the source names no longer leave the schedule where nothing rests on them; the others stay. Those that are over are no withdrawal. */
export async function withdrawSections(across: AcrossDomains, gone: readonly GoneRecord[], sections: ReadonlyMap<string, SectionDays>, { today, registry, ledger, notes }: Setting): Promise<void> {
  const running = gone.flatMap((row) => {
    const known = registry.find<SectionMemory>("Section", row.sourcedId);
    const days = known === undefined ? undefined : sections.get(known.recordId);
    return known === undefined || days === undefined || known.memory.gone !== undefined || days.endDay <= today ? [] : [{ ...row, known, days }];
  });
  for (let from = 0; from < running.length; from += portion) {
    const part = running.slice(from, from + portion);
    await across.in("academics", async (session) => {
      const ids = part.map(({ known }) => known.recordId);
      const used = new Set(await academics.sectionsInUse(session, ids));
      const records = new Map((await academics.sectionsById(session, ids.filter((id) => !used.has(id)))).map((record) => [record.id, record]));
      for (const { sourcedId, line, known, days } of part) {
        ledger.withdraw({ file: "classes.csv", line, sourcedId, label: `${days.title} (${days.code})`, schoolId: days.schoolId });
        const record = records.get(known.recordId);
        const archive = record !== undefined && record.archivedAt === null;
        if (record === undefined) notes.add("classes.csv", line, `The source no longer names the section ${days.title} (${days.code}). Students or teachers are or were in it, or work is recorded for it, so it stays.`);
        if (archive) {
          ledger.attribute(record.id, "classes.csv", sourcedId);
          academics.archiveSection(session, record);
        }
        registry.change<SectionMemory>("Section", sourcedId, { ...known.memory, gone: archive ? "archived" : "kept" });
      }
    });
  }
}

/** Sections that a class of the source was before it got another course, school or year. */
export async function archiveReplaced(across: AcrossDomains, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await across.in("academics", async (session) => {
    const used = new Set(await academics.sectionsInUse(session, ids));
    for (const record of await academics.sectionsById(session, ids.filter((id) => !used.has(id)))) if (record.archivedAt === null) academics.archiveSection(session, record);
  });
}

/** Courses that the source names no longer leave the catalog where nothing rests on them; the others stay. */
export async function withdrawCourses(across: AcrossDomains, gone: readonly GoneRecord[], { registry, ledger, notes }: Omit<Setting, "today">): Promise<void> {
  const present = gone.flatMap((row) => {
    const known = registry.find<CourseMemory>("Course", row.sourcedId);
    return known === undefined || known.memory.gone !== undefined ? [] : [{ ...row, known }];
  });
  if (present.length === 0) return;
  const going = new Set(present.map(({ sourcedId }) => sourcedId));
  // A course that another row of the source still stands for is not gone.
  const named = new Set([...registry.entries<CourseMemory>("Course")].flatMap(([sourcedId, { recordId, memory }]) => (going.has(sourcedId) || memory.gone !== undefined ? [] : [recordId])));
  await across.in("academics", async (session) => {
    const ids = present.map(({ known }) => known.recordId);
    const used = new Set(await academics.coursesInUse(session, ids));
    const records = new Map((await academics.coursesById(session, ids)).map((record) => [record.id, record]));
    for (const { sourcedId, line, known } of present) {
      const record = records.get(known.recordId)!;
      const free = !used.has(record.id) && !named.has(record.id);
      const archive = free && record.archivedAt === null;
      ledger.withdraw({ file: "courses.csv", line, sourcedId, label: `${record.title} (${record.code})`, schoolId: null });
      if (!free) notes.add("courses.csv", line, `The source no longer names the course ${record.title} (${record.code}) by this id. ${named.has(record.id) ? "Another of its rows is the same course" : "Sections or marks rest on it"}, so it stays.`);
      if (archive) {
        ledger.attribute(record.id, "courses.csv", sourcedId);
        academics.archiveCourse(session, record);
      }
      registry.change<CourseMemory>("Course", sourcedId, { ...known.memory, gone: archive ? "archived" : "kept" });
    }
  });
}
