import type { AcrossDomains } from "#foundation/crud/across-domains";
import type { Managed, WriteSession } from "#foundation/crud/write";
import { grading } from "../domains.ts";
import type { Ledger } from "../imports/ledger.ts";
import type { RosterBundle, RosterLineItem } from "../oneroster/roster.ts";
import { GradingPeriods } from "./gradebook-periods.ts";
import { changedFields, printsOf, type Prints } from "./memory.ts";
import type { Notes } from "./notes.ts";
import type { SectionDays } from "./plan-rosters.ts";
import type { Registry } from "./registered.ts";
import type { SourceBook } from "./source-book.ts";
import { plain } from "./write-organizations.ts";
import { withdrawAssignments, withdrawScores } from "./withdraw-gradebook.ts";
import { writeScores } from "./write-scores.ts";

/** What is remembered of a line item. */
export interface AssignmentMemory {
  prints: Prints;
  /** The section's kind of work that stands for the source's category, and what the source said of it. */
  category: { sourcedId: string; id: string; prints: Prints };
  section: string;
  /** The source names it no longer, and it was archived for that. */
  gone?: true;
}

export interface GradebookSetting {
  bundle: RosterBundle;
  registry: Registry;
  book: SourceBook;
  ledger: Ledger;
  notes: Notes;
  /** Sections of the source by their ids here. */
  sections: ReadonlyMap<string, SectionDays>;
  /** Rows that are not imported, as `results.csv 123`. */
  leftOut: (file: string, sourcedId: string) => boolean;
  /** Whom a student who was merged lives on in. */
  survivorOf: (studentId: string) => string;
  /** The person on whose behalf the import runs: who gave a score in a section without a teacher. */
  byPerson: string | null;
  progress: (done: string) => void;
}

type Category = Managed<grading.AssignmentCategory>;
type Assignment = Managed<grading.Assignment>;
export type Said = { title: string; weight: string };

const portion = 1_000;
/** What the teachers changed here is theirs. */
export const everyField: ReadonlySet<string> = new Set(["title", "weight", "instructions", "assignedDate", "dueDate", "gradingPeriodId", "category", "pointsPossible", "extraCredit", "countsInAverage", "points", "missing", "late", "exempt"]);
const mostPoints = 100_000;

/** Decimals as records hold them, to three places. */
export const decimal = (value: number): string => value.toFixed(3);

/**
 * Writes what a package says of gradebooks. A category of the source belongs to no class, a kind of work here to one section: each section
 * that uses a category gets a kind of work of its own, so that its teacher may weigh and rename it without touching another's gradebook.
 * What teachers entered or changed stays, and posted marks are never touched.
 */
export async function writeGradebook(across: AcrossDomains, setting: GradebookSetting): Promise<void> {
  const { bundle, book } = setting;
  const said = bundle.lineItems.length + bundle.results.length + bundle.categories.length + book.gone("lineItems").length + book.gone("results").length;
  if (said === 0) return;
  const lowered = await writeAssignments(across, setting);
  await writeScores(across, setting);
  await withdrawScores(across, setting);
  await withdrawAssignments(across, setting);
  await lowerPoints(across, lowered, setting);
}

/** A line item of the package, in the district's words. */
interface Planned {
  item: RosterLineItem;
  section: SectionDays;
  categorySaid: Said;
  periodId: string;
  said: Readonly<Record<string, unknown>> & { pointsPossible: string };
}

/** Points may only be lowered once the scores are: the caller does so at the end. */
async function writeAssignments(across: AcrossDomains, setting: GradebookSetting): Promise<Map<string, string>> {
  const planned = await planAssignments(across, setting);
  const { registry, ledger } = setting;
  const lowered = new Map<string, string>();
  for (let from = 0; from < planned.length; from += portion) {
    const part = planned.slice(from, from + portion);
    await across.in("grading", async (session) => {
      const categories = await Categories.load(session, part, setting);
      const known = part.flatMap(({ item }) => registry.idOf("Assignment", item.sourcedId) ?? []);
      const records = new Map((known.length === 0 ? [] : await grading.assignmentsById(session, known)).map((record) => [record.id, record]));
      for (const one of part) {
        const category = categories.of(one);
        const said = { ...one.said, category: category.id };
        const before = registry.find<AssignmentMemory>("Assignment", one.item.sourcedId);
        const memory: AssignmentMemory = { prints: printsOf(said), category: { sourcedId: one.item.categorySourcedId, id: category.id, prints: printsOf(one.categorySaid) }, section: one.section.id };
        if (before === undefined) {
          const id = grading.addAssignment(session, { ...said, sectionId: one.section.id, schoolId: one.section.schoolId } as Parameters<typeof grading.addAssignment>[1]);
          ledger.attribute(id, "lineItems.csv", one.item.sourcedId);
          registry.add<AssignmentMemory>("Assignment", one.item.sourcedId, id, memory);
        } else {
          change(session, records.get(before.recordId), one, said, before.memory, setting, lowered);
          if (JSON.stringify(memory) !== JSON.stringify(before.memory)) registry.change<AssignmentMemory>("Assignment", one.item.sourcedId, memory);
        }
      }
    });
    setting.progress(`${Math.min(from + portion, planned.length)} of ${planned.length} assignments`);
  }
  return lowered;
}

function change(session: WriteSession, record: Assignment | undefined, { item, section }: Planned, said: Readonly<Record<string, unknown>>, last: AssignmentMemory, { ledger, notes }: GradebookSetting, lowered: Map<string, string>): void {
  if (record === undefined) return;
  ledger.attribute(record.id, "lineItems.csv", item.sourcedId);
  if (record.sectionId !== section.id) return notes.add("lineItems.csv", item.row, "The source moves the work to another class. Its scores belong to the section where they were given, so it stays there; give the work another id in the source system.");
  const changes = changedFields(said, last.prints, plain(record), everyField);
  if (changes.pointsPossible !== undefined && Number(changes.pointsPossible) < Number(record.pointsPossible)) {
    lowered.set(record.id, String(changes.pointsPossible));
    delete changes.pointsPossible;
  }
  grading.changeAssignment(session, record, last.gone === true ? { ...changes, archivedAt: null } : changes);
}

async function planAssignments(across: AcrossDomains, setting: GradebookSetting): Promise<Planned[]> {
  const { bundle, registry, book, notes, sections, leftOut } = setting;
  const toWrite = bundle.lineItems.filter(({ sourcedId, status, categorySourcedId }) => status === "active" && !leftOut("lineItems.csv", sourcedId)
    && (registry.find("Assignment", sourcedId) === undefined || book.stateOf("lineItems", sourcedId) !== "same" || ["changed", "returned"].includes(book.stateOf("categories", categorySourcedId) ?? "")));
  if (toWrite.length === 0) return [];
  const categories = new Map(bundle.categories.map((row) => [row.sourcedId, saidOfCategory(row.title, row.weight)]));
  const elsewhere = [...new Set(toWrite.map(({ categorySourcedId }) => categorySourcedId))].filter((id) => !categories.has(id));
  if (elsewhere.length > 0) {
    const kept = await across.in("rostering", (session) => book.keptValues(session, "categories", elsewhere));
    for (const [sourcedId, { title, weight }] of kept) if (title !== undefined) categories.set(sourcedId, saidOfCategory(title, weight === undefined ? null : Number(weight)));
  }
  if (bundle.version !== "1.2" && categories.size > 1) notes.add("categories.csv", null, "The source gives its categories no weights. In each section they weigh the same; the teacher can change that.");
  return across.in("schools", async (session) => {
    const periods = await GradingPeriods.load(session, registry, setting.ledger);
    return toWrite.flatMap((item): Planned[] => {
      const section = sections.get(registry.idOf("Section", item.classSourcedId) ?? "");
      const categorySaid = categories.get(item.categorySourcedId);
      const periodId = section === undefined ? null : periods.of(item, section);
      if (section === undefined || section.archived || categorySaid === undefined || periodId === null) {
        notes.add("lineItems.csv", item.row, `${section === undefined ? "The class is not in the schedule" : section.archived ? "The office has archived the section" : periodId === null ? "Neither a grading period nor a term stands for its session" : "Its category is not known"}, so the work has no gradebook to go to. It is kept with the source's row.`);
        keepItem(book, item);
        return [];
      }
      return [{ item, section, categorySaid, periodId, said: { ...saidOfItem(item, notes), gradingPeriodId: periodId } }];
    });
  });
}

function saidOfCategory(title: string, weight: number | null): Said {
  return { title: title.slice(0, 64), weight: decimal(Math.min(Math.max(weight ?? 1, 0), 1000)) };
}

/** Work that is worth no points must not weigh on anybody's average. */
function saidOfItem(item: RosterLineItem, notes: Notes) {
  const max = item.resultValueMax;
  const counts = max !== null && max > 0 && max <= mostPoints;
  if (!counts) notes.add("lineItems.csv", item.row, `The source gives no points for full marks${max === null ? "" : ` that a gradebook can divide by (${max})`}. The work counts in no average; set its points by hand.`);
  if (item.dueDate < item.assignDate) notes.add("lineItems.csv", item.row, "The work is due before it is assigned. The day on which it is due is taken for both.");
  return {
    title: item.title.slice(0, 120), instructions: item.description?.slice(0, 4000) ?? null,
    assignedDate: item.dueDate < item.assignDate ? item.dueDate : item.assignDate, dueDate: item.dueDate,
    pointsPossible: counts ? decimal(max) : "0", extraCredit: !counts, countsInAverage: counts,
  };
}

/** What a line item says beyond what is kept of each of them. */
function keepItem(book: SourceBook, item: RosterLineItem): void {
  const { title, description, assignDate, dueDate, classSourcedId, categorySourcedId } = item;
  book.keep("lineItems", item.sourcedId, { title, ...(description === null ? {} : { description }), assignDate, dueDate, classSourcedId, categorySourcedId });
}

/** The kinds of work of the sections of some line items. */
class Categories {
  readonly #session: WriteSession;
  readonly #setting: GradebookSetting;
  readonly #byTitle = new Map<string, Category>();
  readonly #bySource = new Map<string, Category>();
  readonly #settled = new Set<string>();

  private constructor(session: WriteSession, setting: GradebookSetting) {
    this.#session = session;
    this.#setting = setting;
  }

  static async load(session: WriteSession, part: readonly Planned[], setting: GradebookSetting): Promise<Categories> {
    const found = new Categories(session, setting);
    const sections = new Set(part.map(({ section }) => section.id));
    const present = new Map((await grading.categoriesOf(session, [...sections])).map((record) => [record.id, record]));
    for (const record of present.values()) found.#byTitle.set(`${record.sectionId} ${record.title}`, record);
    for (const [, { memory }] of setting.registry.entries<AssignmentMemory>("Assignment")) {
      const record = present.get(memory.category.id);
      if (record !== undefined) found.#bySource.set(`${record.sectionId} ${memory.category.sourcedId}`, record);
    }
    return found;
  }

  of({ item, section, categorySaid }: Planned): Category {
    const source = `${section.id} ${item.categorySourcedId}`;
    const known = this.#bySource.get(source);
    const record = known ?? this.#byTitle.get(`${section.id} ${categorySaid.title}`) ?? this.#add(section, categorySaid, item.categorySourcedId);
    this.#bySource.set(source, record);
    if (known !== undefined && !this.#settled.has(source)) this.#change(record, item, categorySaid);
    this.#settled.add(source);
    return record;
  }

  #add(section: SectionDays, said: Said, sourcedId: string): Category {
    const id = grading.addAssignmentCategory(this.#session, { sectionId: section.id, schoolId: section.schoolId, ...said });
    this.#setting.ledger.attribute(id, "categories.csv", sourcedId);
    const record = { id, sectionId: section.id, schoolId: section.schoolId, version: 1, ...said } as Category;
    this.#byTitle.set(`${section.id} ${said.title}`, record);
    return record;
  }

  #change(record: Category, item: RosterLineItem, said: Said): void {
    const last = this.#setting.registry.find<AssignmentMemory>("Assignment", item.sourcedId)?.memory.category;
    if (last === undefined || last.id !== record.id) return;
    const changes = changedFields(said, last.prints, plain(record), everyField);
    const other = this.#byTitle.get(`${record.sectionId} ${said.title}`);
    if (other !== undefined && other.id !== record.id) delete changes.title;
    this.#setting.ledger.attribute(record.id, "categories.csv", item.categorySourcedId);
    grading.changeCategory(this.#session, record, changes);
  }
}

async function lowerPoints(across: AcrossDomains, lowered: ReadonlyMap<string, string>, { notes }: GradebookSetting): Promise<void> {
  const ids = [...lowered.keys()];
  for (let from = 0; from < ids.length; from += portion) {
    await across.in("grading", async (session) => {
      const part = ids.slice(from, from + portion);
      const most = new Map<string, number>();
      for (const score of await grading.scoresOfAssignments(session, part)) {
        const of = String(plain(score).assignment);
        most.set(of, Math.max(most.get(of) ?? 0, Number(score.points ?? 0)));
      }
      for (const record of await grading.assignmentsById(session, part)) {
        const points = lowered.get(record.id)!;
        if ((most.get(record.id) ?? 0) > Number(points) && !record.extraCredit) notes.add("lineItems.csv", null, `The source gives ${points} points for "${record.title}", and a teacher gave more than that to somebody. The points stay as they are.`);
        else grading.changeAssignment(session, record, { pointsPossible: points });
      }
    });
  }
}
