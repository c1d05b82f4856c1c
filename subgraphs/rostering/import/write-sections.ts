import type { WriteSession } from "#foundation/crud/write";
import { academics } from "../domains.ts";
import type { Ledger } from "../imports/ledger.ts";
import { changedFields, missingFields, printsOf } from "./memory.ts";
import type { Notes } from "./notes.ts";
import { groupBy } from "./people-work.ts";
import type { PlannedSection, SectionMemory } from "./plan-sections.ts";
import type { Registry } from "./registered.ts";
import { shortened } from "./write-courses.ts";
import { writeMeetings, type MeetingWork } from "./write-meetings.ts";
import { plain } from "./write-organizations.ts";

const file = "classes.csv";
const portion = 500;

export interface SectionSetting {
  today: string;
  registry: Registry;
  ledger: Ledger;
  notes: Notes;
  /** Ids of rooms by school and number. */
  rooms: ReadonlyMap<string, string>;
  rings: (schoolId: string) => boolean;
}

type Section = Awaited<ReturnType<typeof academics.sectionsById>>[number];

/** New and changed sections, and those that come back. */
export const sectionsToWrite = (planned: readonly PlannedSection[]): PlannedSection[] => planned.filter(({ known, digest }) => known === undefined || known.memory.gone !== undefined || known.memory.digest !== digest);

/** Sections with their terms and meeting patterns. Returns the ids of those that were replaced by another under the same id of the source. Runs as academics. */
export async function writeSections(session: WriteSession, work: readonly PlannedSection[], setting: SectionSetting): Promise<string[]> {
  if (work.length === 0) return [];
  const unique = (ids: readonly string[]) => [...new Set(ids)];
  const codes = new Codes(await academics.sectionCodes(session, unique(work.map(({ schoolId }) => schoolId)), unique(work.map(({ yearId }) => yearId))), setting.registry);
  const replaced: string[] = [];
  for (let from = 0; from < work.length; from += portion) {
    const part = work.slice(from, from + portion);
    const present = new Map((await academics.sectionsById(session, part.flatMap(({ known, ...plan }) => known?.recordId ?? codes.adoptable(plan) ?? []))).map((record) => [record.id, record]));
    const written = part.map((plan) => writeSection(session, plan, present, codes, replaced, setting));
    await session.flush();
    await writeTerms(session, written, setting);
    await writeMeetings(session, written, setting);
    for (const { plan, sectionId, memory } of written) remember(plan, sectionId, memory, setting.registry);
    await session.flush();
  }
  return replaced;
}

/** A section on the way; `memory` is what will be remembered of it. */
export type WrittenSection = MeetingWork;

function writeSection(session: WriteSession, plan: PlannedSection, present: ReadonlyMap<string, Section>, codes: Codes, replaced: string[], { ledger, notes }: SectionSetting): WrittenSection {
  const { row, said, known } = plan;
  const memory: SectionMemory = { ...known?.memory, digest: plan.digest, prints: printsOf(said) };
  delete memory.gone;
  const record = present.get(known?.recordId ?? codes.adoptable(plan) ?? "");
  if (record !== undefined && isSame(record, plan)) {
    ledger.attribute(record.id, file, row.sourcedId);
    if (known?.memory.gone === "archived" && record.archivedAt !== null) academics.restoreSection(session, record);
    const changes = known === undefined ? missingFields(said, plain(record)) : changedFields(said, known.memory.prints, plain(record));
    if (changes.code !== undefined && !codes.take(plan, said.code, record.id)) {
      delete changes.code;
      notes.add(file, row.row, `Another section of the school has the code ${said.code} in this year. The section keeps the code ${record.code}.`);
    }
    academics.changeSection(session, record, changes);
    return { plan, sectionId: record.id, isNew: false, memory };
  }
  if (record !== undefined) {
    replaced.push(record.id);
    ledger.attribute(record.id, file, row.sourcedId);
    notes.add(file, row.row, "The source gives the class another course, school or school year. That is another section here: it is made, and the one of before stays with its history.");
  }
  const code = codes.free(plan);
  const sectionId = academics.addSection(session, { course: plan.courseId, schoolId: plan.schoolId, schoolYearId: plan.yearId, ...said, code } as never);
  ledger.attribute(sectionId, file, row.sourcedId);
  codes.take(plan, code, sectionId);
  return { plan, sectionId, isNew: true, memory: { digest: memory.digest, prints: memory.prints } };
}

/** Course, school and year of a section never change. */
function isSame(record: Section, { courseId, schoolId, yearId }: PlannedSection): boolean {
  return String(plain(record).course) === courseId && record.schoolId === schoolId && record.schoolYearId === yearId;
}

function remember({ row, known }: PlannedSection, sectionId: string, memory: SectionMemory, registry: Registry): void {
  if (known === undefined) registry.add<SectionMemory>("Section", row.sourcedId, sectionId, memory);
  else registry.change<SectionMemory>("Section", row.sourcedId, memory, sectionId);
}

/** Terms that the source gives come, those that it gave and gives no longer go; those that the district set stay. */
async function writeTerms(session: WriteSession, written: readonly WrittenSection[], { ledger }: SectionSetting): Promise<void> {
  const differing = written.filter(({ plan, memory }) => plan.termIds.join() !== Object.keys(memory.terms ?? {}).sort().join());
  const old = differing.filter(({ isNew }) => !isNew).map(({ sectionId }) => sectionId);
  const present = groupBy(old.length === 0 ? [] : await academics.sectionTermsOf(session, old), (row) => String(plain(row).section));
  for (const { plan, sectionId, memory } of differing) {
    const rows = present.get(sectionId) ?? [];
    const terms: Record<string, string> = {};
    for (const termId of plan.termIds) {
      const brought = memory.terms?.[termId];
      if (brought !== undefined) terms[termId] = brought;
      else if (rows.some((row) => row.termId === termId)) terms[termId] = "";
      else {
        terms[termId] = academics.addSectionTerm(session, { section: sectionId, schoolId: plan.schoolId, termId } as never);
        ledger.attribute(terms[termId]!, file, plan.row.sourcedId);
      }
    }
    for (const [termId, id] of Object.entries(memory.terms ?? {})) {
      const row = rows.find((each) => each.id === id);
      if (terms[termId] !== undefined || row === undefined) continue;
      ledger.attribute(row.id, file, plan.row.sourcedId);
      academics.archiveSectionTerm(session, row);
    }
    if (plan.termIds.length > 0) memory.terms = terms;
    else delete memory.terms;
  }
  await session.flush();
}

/** A section's code is one of its school and year. */
class Codes {
  readonly #taken = new Map<string, { id: string; courseId: string }>();
  readonly #registry: Registry;

  constructor(present: Awaited<ReturnType<typeof academics.sectionCodes>>, registry: Registry) {
    this.#registry = registry;
    for (const { id, schoolId, schoolYearId, courseId, code } of present) this.#taken.set(`${schoolId} ${schoolYearId} ${code}`, { id, courseId });
  }

  /** A section that the district had made before the source named it: the same course under the same code. */
  adoptable({ row, courseId, schoolId, yearId, said }: Omit<PlannedSection, "known">): string | undefined {
    const same = row.classCode === null ? undefined : this.#taken.get(`${schoolId} ${yearId} ${said.code}`);
    return same !== undefined && same.courseId === courseId && !this.#registry.holds("Section", same.id) ? same.id : undefined;
  }

  free({ row, schoolId, yearId, said }: PlannedSection): string {
    return this.#taken.has(`${schoolId} ${yearId} ${said.code}`) ? shortened(`${said.code} ${row.sourcedId}`, 64) : said.code;
  }

  /** False where another section has it. */
  take({ courseId, schoolId, yearId }: PlannedSection, code: string, id: string): boolean {
    const key = `${schoolId} ${yearId} ${code}`;
    const holder = this.#taken.get(key);
    if (holder !== undefined && holder.id !== id) return false;
    this.#taken.set(key, { id, courseId });
    return true;
  }
}
