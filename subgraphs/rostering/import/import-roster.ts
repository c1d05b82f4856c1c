import { sql } from "kysely";
import { runAcrossDomains, type AcrossDomains, type Orchestration } from "#foundation/crud/across-domains";
import { OsssError } from "#foundation/errors/errors";
import type { Identity } from "#foundation/identity/identity";
import { academics, people, platform } from "../domains.ts";
import { isExcluded, noDecisions, type Decisions } from "../imports/decisions.ts";
import { Ledger, type ImportedRow } from "../imports/ledger.ts";
import { fileNames, type FileName } from "../oneroster/columns.ts";
import type { Deviation } from "../oneroster/deviation.ts";
import type { RosterBundle, RosterEnrollment } from "../oneroster/roster.ts";
import { readCodes } from "../operations/enrollment-codes.ts";
import { applyDecisions } from "./apply-decisions.ts";
import { BellSlots } from "./bell-slots.ts";
import { relativesBeside, writeBelated } from "./belated.ts";
import { requireAnswered } from "./dangling.ts";
import { Gone } from "./gone.ts";
import { keepRow } from "./keep-row.ts";
import { printsOf, type PersonMemory } from "./memory.ts";
import { Notes, type Note } from "./notes.ts";
import { Merged, peopleToWrite } from "./people-to-write.ts";
import type { ImportDay, PersonWork } from "./people-work.ts";
import { planPeople, type PeoplePlan } from "./plan.ts";
import { planRosters, spotsBeside, type RosterMemory, type SectionDays } from "./plan-rosters.ts";
import { planSections, schoolFinder } from "./plan-sections.ts";
import { Registry } from "./registered.ts";
import { studentRoster, teacherRoster } from "./rosters.ts";
import { tellDetachedRoles } from "./detached-roles.ts";
import { RowLabels, tellGoneRows, tellRows, type RowContext } from "./rows.ts";
import { SourceBook } from "./source-book.ts";
import { withdrawPeople } from "./withdraw-people.ts";
import { tellGonePlaces } from "./withdraw-places.ts";
import { rostersToWithdraw, withdrawRosters } from "./withdraw-rosters.ts";
import { archiveReplaced, withdrawCourses, withdrawSections } from "./withdraw-sections.ts";
import { writeCourses } from "./write-courses.ts";
import { writeGradebook } from "./write-gradebook.ts";
import { writeGradeLevels, writeOrganizations } from "./write-organizations.ts";
import { writePeople } from "./write-people.ts";
import { writeRooms } from "./write-rooms.ts";
import { rostersToWrite, writeRosters } from "./write-rosters.ts";
import { sectionsToWrite, writeSections } from "./write-sections.ts";
import { writeSessions, type Sessions } from "./write-sessions.ts";
import { writeStudents, type StudentSetting } from "./write-students.ts";

export { isComplete } from "./gone.ts";

export interface ImportOptions {
  bundle: RosterBundle;
  /** The name under which the source's ids are kept; ids of two sources never meet. */
  source: string;
  district: { id: string; code: string; name: string; timeZone: string; isNew: boolean };
  /** Do everything, tell what it would change, and change nothing. */
  dryRun: boolean;
  /** Told after every part of long work. */
  progress?: (done: string) => void;
  /** Books what changes to the rows of the package; a new one where none is given. */
  ledger?: Ledger;
  /** What the district's clerks have decided about the source. */
  decisions?: Decisions;
  /** On whose behalf; the command line has none. */
  identity?: Identity;
  /** Gives new records their ids, the same in a preview and when it is written. */
  ids?: () => () => string;
  /** Runs in the import's transaction once the district is there, before anything is written; gives the id of the record of the import. */
  begin?: (across: AcrossDomains) => Promise<string | null>;
  /** Runs in the import's transaction after everything was written: what it throws undoes all of it. */
  finish?: (across: AcrossDomains) => Promise<void>;
}

export interface ImportResult {
  /** Changed records by type and action, those that only keep the import's memory left out. */
  counts: Readonly<Record<string, Readonly<Partial<Record<"CREATED" | "UPDATED" | "ARCHIVED" | "RESTORED", number>>>>>;
  /** How many records changed in all. */
  changed: number;
  /** Every record of the package and every one that it withdraws, with what was done for it. */
  rows: readonly ImportedRow[];
  /** Persons whom an earlier import brought and a complete package no longer names. */
  vanished: number;
  /** What the derivation had to leave out. */
  deviations: readonly Deviation[];
  notes: readonly Note[];
  noteTotal: number;
}

/** So many persons are written at a time: what the ORM holds does not grow with the package. */
const portion = 250;

/**
 * Writes what a package says, in one transaction. A second import of the same package changes nothing; a later one changes what the
 * source has changed since, and nothing that belongs to the district: preferred names set here, flags of contacts, confidential marks,
 * orders, and whatever the office entered or changed. What the package withdraws ends, as far as the source had brought it.
 * @throws OsssError CONFLICT while another import into the district runs; VALIDATION_FAILED where a package of changes refers to what nobody knows.
 */
export async function importRoster(orchestration: Orchestration, options: ImportOptions): Promise<ImportResult> {
  const { bundle, district, source, identity, ids, ledger = new Ledger(), decisions = noDecisions } = options;
  const settings = {
    operation: "import oneroster", districtId: district.id, identity, reason: `OneRoster ${bundle.version} from ${source}`, dryRun: options.dryRun, large: true, ids,
    onChanges: (changes: Parameters<Ledger["take"]>[0]) => ledger.take(changes),
  };
  const { counts, result } = await runAcrossDomains(orchestration, settings, (across) => {
    ledger.clear();                                         // a transaction that met another's locks is begun anew
    return new RosterImport(across, options, ledger, decisions, localDay(orchestration.clock(), district.timeZone)).run();
  });
  const { ExternalIdentifier: _memory, SourceRecord: _rows, ...changes } = counts;
  return {
    counts: changes,
    changed: Object.values(changes).reduce((sum, actions) => sum + Object.values(actions).reduce((a, b) => a + b, 0), 0),
    rows: ledger.rows(),
    vanished: result.vanished,
    deviations: result.deviations,
    notes: result.notes.list,
    noteTotal: result.notes.total,
  };
}

/** One import, step by step. */
class RosterImport {
  readonly #notes = new Notes();
  readonly #registry: Registry;
  readonly #bundle: RosterBundle;
  readonly #leftOut: ReadonlySet<string>;
  readonly #progress: (done: string) => void;

  constructor(
    readonly across: AcrossDomains,
    readonly options: ImportOptions,
    readonly ledger: Ledger,
    readonly decisions: Decisions,
    readonly today: string,
  ) {
    this.#registry = new Registry(options.source);
    this.#progress = options.progress ?? (() => undefined);
    const { bundle, leftOut } = applyDecisions(options.bundle, decisions, this.#notes);
    this.#bundle = bundle;
    this.#leftOut = new Set(leftOut.map(({ file, sourcedId }) => `${file} ${sourcedId}`));
  }

  async run(): Promise<{ deviations: readonly Deviation[]; vanished: number; notes: Notes }> {
    const { deviations, vanished } = await this.#write();
    this.#registry.close();                                 // what follows keeps every row: nothing else is held beside it
    await this.options.finish?.(this.across);
    return { deviations, vanished, notes: this.#notes };
  }

  async #write(): Promise<{ deviations: readonly Deviation[]; vanished: number }> {
    const { across, ledger, today, decisions, options } = this;
    const [registry, bundle, notes] = [this.#registry, this.#bundle, this.#notes];
    await across.in("rostering", (session) => takeTurn(session.db, options.district.code));
    await this.#writeDistrict();
    registry.importId = (await options.begin?.(across)) ?? null;
    const book = await across.in("rostering", async (session) => {
      await registry.load(session);
      return SourceBook.load(session, options.source, registry.importId);
    });
    book.compare(options.bundle);
    const gone = new Gone(options.bundle, decisions, ledger, book);
    requireAnswered(bundle, (file, sourcedId) => registry.names(`${file}.csv`, sourcedId) || book.knows(file, sourcedId));
    const importedBefore = !registry.isEmpty;
    const relatives = await across.in("rostering", (session) => relativesBeside(session, options.source, bundle, registry));
    const plan = planPeople({ bundle: withKnownSchools(bundle, registry), importDate: today, importedBefore, decisions, relatives, notes });
    const telling = { ledger, book, registry, decisions, leftOut: this.#leftOut };
    tellRows(options.bundle, places, new RowLabels(options.bundle, this.#rowContext(plan)), telling);
    const sessions = await this.#writePlaces(plan, gone);
    for (const { sourcedId } of bundle.organizations) this.#place(book, "orgs", sourcedId, registry.idOf("School", sourcedId));
    tellRows(options.bundle, fileNames.filter((file) => !places.includes(file)), await this.#labels(plan), telling);
    tellGoneRows(telling);
    tellDetachedRoles(bundle, notes);
    this.#progress("schools and school years");
    const day: ImportDay = { today, entryDay: plan.entryDay, complete: gone.namesEverybody };
    const merged = await Merged.load(across);
    const exitCode = (await readCodes(across)).standard("EXIT", "VANISHED");
    const setting = await this.#writePeople(plan, sessions, day, merged, exitCode);
    const replaced = await this.#writeAcademics(sessions);
    const sections = await this.#sectionDays();
    const vanished = gone.of("users.csv", registry.sourcedIds("Person"), gone.namesEverybody);
    await this.#writeRosters(sections, merged, { importedBefore, gone, vanished: new Set(vanished.map(({ sourcedId }) => sourcedId)), book });
    await writeGradebook(across, {
      bundle, registry, book, ledger, notes, sections, byPerson: options.identity?.personId ?? null, progress: this.#progress,
      leftOut: (file, sourcedId) => this.#leftOut.has(`${file} ${sourcedId}`) || isExcluded(decisions, file, sourcedId), survivorOf: (id) => merged.survivorOf(id),
    });
    await writeBelated(across, { bundle, relatives, sections, decisions, setting, tell: (sourcedIds) => this.#tellUsers(sourcedIds) });
    const vanishedNow = await withdrawPeople(across, vanished, { day, exitCode, registry, ledger });
    await archiveReplaced(across, replaced);
    await withdrawSections(across, gone.of("classes.csv", registry.sourcedIds("Section")), sections, { today, registry, ledger, notes });
    await withdrawCourses(across, gone.of("courses.csv", registry.sourcedIds("Course")), { registry, ledger, notes });
    await across.in("rostering", (session) => registry.save(session, ledger));
    await book.save(across, today, (recordId, file, sourcedId) => ledger.attribute(recordId, `${file}.csv`, sourcedId));
    return { deviations: plan.deviations, vanished: vanishedNow };
  }

  async #writeDistrict(): Promise<void> {
    const { id, code, name, timeZone, isNew } = this.options.district;
    if (isNew) await this.across.in("platform", async (session) => platform.addDistrict(session, { name: name.slice(0, 255), code, timeZone }, id));
  }

  async #writePlaces(plan: PeoplePlan, gone: Gone): Promise<Sessions> {
    const { across, ledger, today } = this;
    const [registry, bundle, notes] = [this.#registry, this.#bundle, this.#notes];
    return across.in("schools", async (session) => {
      await writeOrganizations(session, bundle, plan.people, registry, ledger, notes);
      const written = await writeSessions(session, bundle, today, registry, ledger, notes);
      await tellGonePlaces(session, (file, sourcedIds) => gone.of(file, sourcedIds), today, registry, ledger, notes);
      return written;
    });
  }

  #place(book: SourceBook, file: FileName, sourcedId: string, schoolId: string | undefined): void {
    this.ledger.place(`${file}.csv`, sourcedId, schoolId ?? null);
    book.place(file, sourcedId, schoolId ?? null);
  }

  #rowContext(plan: PeoplePlan): RowContext {
    return { schoolOf: schoolFinder(this.#bundle, this.#registry), people: plan.people, nameOf: () => undefined, titleOf: () => undefined };
  }

  /** With the names of people and sections that a package of changes speaks of and does not hold. */
  async #labels(plan: PeoplePlan): Promise<RowLabels> {
    const [registry, { bundle }] = [this.#registry, this.options];
    const users = new Set(bundle.users.map(({ sourcedId }) => sourcedId));
    const named = [...bundle.enrollments.map(({ userSourcedId }) => userSourcedId), ...bundle.demographics.map(({ sourcedId }) => sourcedId), ...bundle.detachedRoles.map(({ userSourcedId }) => userSourcedId)];
    const names = await this.#namesOf([...new Set(named.flatMap((sourcedId) => (users.has(sourcedId) ? [] : (registry.idOf("Person", sourcedId) ?? []))))]);
    const classes = new Set(bundle.classes.map(({ sourcedId }) => sourcedId));
    const sections = bundle.enrollments.some(({ classSourcedId }) => !classes.has(classSourcedId)) ? await this.#sectionDays() : new Map<string, SectionDays>();
    return new RowLabels(bundle, {
      ...this.#rowContext(plan),
      nameOf: (sourcedId) => names.get(registry.idOf("Person", sourcedId) ?? ""),
      titleOf: (sourcedId) => sections.get(registry.idOf("Section", sourcedId) ?? "")?.title,
    });
  }

  async #namesOf(personIds: readonly string[]): Promise<Map<string, string>> {
    if (personIds.length === 0) return new Map();
    return this.across.in("people", async (session) => new Map((await people.namesOf(session, personIds)).map(({ id, familyName, givenName }) => [id, `${familyName}, ${givenName}`])));
  }

  async #sectionDays(): Promise<Map<string, SectionDays>> {
    const ids = [...this.#registry.entries("Section")].map(([, { recordId }]) => recordId);
    return ids.length === 0 ? new Map() : this.across.in("academics", async (session) => new Map((await academics.sectionDays(session, ids)).map((section) => [section.id, section])));
  }

  async #writePeople(plan: PeoplePlan, sessions: Sessions, day: ImportDay, merged: Merged, exitCode: string | null): Promise<StudentSetting> {
    const { across, ledger } = this;
    const [registry, notes] = [this.#registry, this.#notes];
    const named = new Set(this.options.bundle.users.map(({ sourcedId }) => sourcedId));
    const work = await peopleToWrite(across, plan.people, { named, registry, merged, decisions: this.decisions, notes });
    const gradeIds = await across.in("schools", (session) => writeGradeLevels(session, work.map((one) => one.plan), ledger));
    for (let from = 0; from < work.length; from += portion) {
      await across.in("people", (session) => writePeople(session, work.slice(from, from + portion), day, registry, ledger, notes));
      this.#progress(`${Math.min(from + portion, work.length)} of ${work.length} persons`);
    }
    const persons = new Map(work.map(({ plan: { sourcedId }, personId }) => [sourcedId, personId!]));
    const personOf = (sourcedId: string) => persons.get(sourcedId) ?? registry.idOf("Person", sourcedId);
    const setting = { day, exitCode, years: sessions.years, gradeIds, registry, ledger, notes, personOf };
    for (let from = 0; from < work.length; from += portion) {
      const part = work.slice(from, from + portion);
      await across.in("students", (session) => writeStudents(session, part, setting));
      for (const one of part) remember(one, registry);
      this.#progress(`${Math.min(from + portion, work.length)} of ${work.length} persons with their enrollments`);
    }
    return setting;
  }

  /** Tells of people whom the package does not hold and for whom something follows from it. */
  async #tellUsers(sourcedIds: readonly string[]): Promise<void> {
    const personOf = (sourcedId: string) => this.#registry.idOf("Person", sourcedId) ?? "";
    const names = await this.#namesOf(sourcedIds.map(personOf));
    for (const sourcedId of sourcedIds) this.ledger.declare({ file: "users.csv", line: null, sourcedId, label: `${names.get(personOf(sourcedId)) ?? "Unknown"} (${sourcedId})`.slice(0, 255), schoolId: null }, false);
  }

  /** Courses and sections. Returns the sections that others have replaced. */
  async #writeAcademics(sessions: Sessions): Promise<string[]> {
    const { across, ledger, today } = this;
    const [registry, bundle, notes] = [this.#registry, this.#bundle, this.#notes];
    await across.in("academics", (session) => writeCourses(session, bundle.courses.filter(({ status }) => status === "active"), registry, ledger, notes));
    const schoolIds = [...new Set([...registry.entries("School")].map(([, { recordId }]) => recordId))];
    if (bundle.classes.length === 0 || schoolIds.length === 0) return [];
    const { bells, work, rooms } = await across.in("schools", async (session) => {
      const bells = await BellSlots.load(session, schoolIds);
      const work = sectionsToWrite(planSections(bundle, today, sessions, bells, registry, notes));
      return { bells, work, rooms: await writeRooms(session, work, ledger) };
    });
    const replaced = await across.in("academics", (session) => writeSections(session, work, { today, registry, ledger, notes, rooms, rings: (schoolId) => bells.rings(schoolId) }));
    this.#progress(`${bundle.courses.length} courses and ${bundle.classes.length} sections`);
    return replaced;
  }

  async #writeRosters(sections: ReadonlyMap<string, SectionDays>, merged: Merged, { importedBefore, gone, vanished, book }: { importedBefore: boolean; gone: Gone; vanished: ReadonlySet<string>; book: SourceBook }): Promise<void> {
    const { across, ledger, today } = this;
    const { source } = this.options;
    const [registry, bundle, notes] = [this.#registry, this.#bundle, this.#notes];
    const keep = (row: RosterEnrollment, columns: readonly (keyof RosterEnrollment)[]) => keepRow(book, row, columns, bundle.inclusiveEnds);
    const spots = planRosters(bundle, { registry, sections, survivorOf: (id) => merged.survivorOf(id), keep, notes });
    const writing = { today, importedBefore, source, registry, ledger, notes, keep, progress: this.#progress };
    for (const [roster, own] of [[studentRoster, spots.students], [teacherRoster, spots.teachers]] as const) {
      const refuse = (sourcedId: string, { who, section }: RosterMemory) => {
        book.leaveOut("enrollments", sourcedId);
        ledger.exclude({ file: "enrollments.csv", line: null, sourcedId, label: `${who}, ${sections.get(section)?.title ?? "a section"}`.slice(0, 255), schoolId: sections.get(section)?.schoolId ?? null });
      };
      const going = rostersToWithdraw({ roster, spots: own, gone, vanished, registry, decisions: this.decisions, leftOut: this.#leftOut, refuse });
      const names = await this.#namesOf([...new Set(going.flatMap(({ sourcedId }) => registry.idOf("Person", registry.find<RosterMemory>(roster.type, sourcedId)!.memory.who) ?? []))]);
      const labelOf = ({ who, section }: RosterMemory) => `${names.get(registry.idOf("Person", who) ?? "") ?? who}, ${sections.get(section)?.title ?? "a section"}`.slice(0, 255);
      await withdrawRosters(across, roster, going, { today, source, registry, ledger, sections, labelOf });
      const said = new Set([...own.map(({ row }) => row.sourcedId), ...going.map(({ sourcedId }) => sourcedId), ...this.options.bundle.enrollments.map(({ sourcedId }) => sourcedId)]);
      const beside = rostersToWrite(roster, spotsBeside(roster.type, bundle, said, { registry, sections, survivorOf: (id) => merged.survivorOf(id) }), registry);
      const besideNames = await this.#namesOf([...new Set(beside.flatMap(({ row }) => registry.idOf("Person", row.userSourcedId) ?? []))]);
      for (const { row, section } of beside) ledger.declare({ file: "enrollments.csv", line: null, sourcedId: row.sourcedId, label: `${besideNames.get(registry.idOf("Person", row.userSourcedId) ?? "") ?? row.userSourcedId}, ${section.title}`.slice(0, 255), schoolId: section.schoolId }, false);
      await writeRosters(across, roster, [...own, ...beside], writing);
    }
  }
}

/** Whose rows are told before anything else is written, because what they bring tells where the others belong. */
const places: readonly FileName[] = ["orgs", "academicSessions"];

/** One import into a district at a time; held until the transaction ends, whatever ends it. */
export async function takeTurn(db: unknown, code: string): Promise<void> {
  const { rows } = await sql<{ taken: boolean }>`SELECT pg_try_advisory_xact_lock(7203115, hashtext(${code})) AS taken`.execute(db as never);
  if (rows[0]?.taken !== true) throw OsssError.conflict(`Another import into the district ${code} is running. Wait until it has finished, then start this one again.`);
}

export function localDay(moment: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(moment);
}

/** A delta package leaves out the schools that earlier ones brought. */
function withKnownSchools(bundle: RosterBundle, registry: Registry): RosterBundle {
  const here = new Set(bundle.organizations.map(({ sourcedId }) => sourcedId));
  const known = registry.sourcedIds("School").filter((sourcedId) => !here.has(sourcedId));
  const stub = (sourcedId: string) => ({ sourcedId, row: 0, status: "active" as const, dateLastModified: null, metadata: {}, name: "", type: "school", identifier: null, parentSourcedId: null });
  return bundle.files.orgs.mode === "bulk" || known.length === 0 ? bundle : { ...bundle, organizations: [...bundle.organizations, ...known.map(stub)] };
}

function remember({ plan, last, personId, next }: PersonWork, registry: Registry): void {
  const memory: PersonMemory = { ...next, person: printsOf(plan.person) };
  if (last === null) registry.add<PersonMemory>("Person", plan.sourcedId, personId!, memory);
  else registry.change<PersonMemory>("Person", plan.sourcedId, memory);
}
