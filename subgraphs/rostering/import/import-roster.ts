import { sql } from "kysely";
import { runAcrossDomains, type AcrossDomains, type Orchestration } from "#foundation/crud/across-domains";
import { OsssError } from "#foundation/errors/errors";
import type { RecordChange } from "#foundation/events/change-recorder";
import type { Identity } from "#foundation/identity/identity";
import { people, platform, students } from "../domains.ts";
import { StudentMerge } from "../entities/student-merge.ts";
import type { Decisions } from "../imports/decisions.ts";
import type { Ledger } from "../imports/ledger.ts";
import type { Deviation } from "../oneroster/deviation.ts";
import type { RosterBundle } from "../oneroster/roster.ts";
import { readCodes } from "../operations/enrollment-codes.ts";
import { printsOf, type PersonMemory } from "./memory.ts";
import { Notes, type Note } from "./notes.ts";
import { groupBy, type ImportDay, type PersonWork } from "./people-work.ts";
import { planPeople, type PlannedPerson } from "./plan.ts";
import { Registry } from "./registered.ts";
import { endBrought, writePeople } from "./write-people.ts";
import { plain, writeGradeLevels, writeOrganizations } from "./write-organizations.ts";
import { writeSessions } from "./write-sessions.ts";
import { writeStudents } from "./write-students.ts";

export interface ImportOptions {
  bundle: RosterBundle;
  /** The name under which the source's ids are kept; ids of two sources never meet. */
  source: string;
  district: { id: string; code: string; name: string; timeZone: string; isNew: boolean };
  /** Do everything, tell what it would change, and change nothing. */
  dryRun: boolean;
  /** Told after every part of long work. */
  progress?: (done: string) => void;
  /** Books what changes to the rows of the package. */
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
  /** Read and checked, and not written yet: their domain takes them over. */
  keptForAcademics: { courses: number; classes: number; sectionEnrollments: number };
  /** Persons whom an earlier import brought and a complete package no longer names. */
  vanished: number;
  /** What the derivation had to leave out. */
  deviations: readonly Deviation[];
  notes: readonly Note[];
  noteTotal: number;
}

/** So many persons are written at a time: what the ORM holds does not grow with the package. */
const portion = 1_000;

/**
 * Writes what a package says, in one transaction. A second import of the same package changes nothing; a later one changes what the
 * source has changed since, and nothing that belongs to the district: preferred names set here, flags of contacts, confidential marks,
 * orders, enrollments and duties that the office entered.
 * @throws OsssError CONFLICT while another import into the district runs.
 */
export async function importRoster(orchestration: Orchestration, options: ImportOptions): Promise<ImportResult> {
  const { bundle, district, source } = options;
  const notes = new Notes();
  const registry = new Registry(source);
  const settings = { operation: "import oneroster", districtId: district.id, identity: options.identity, reason: `OneRoster ${bundle.version} from ${source}`, dryRun: options.dryRun, large: true, ids: options.ids, onChanges: (changes: readonly RecordChange[]) => options.ledger?.take(changes) };
  let deviations: readonly Deviation[] = [];
  let vanished = 0;
  const { counts } = await runAcrossDomains(orchestration, settings, async (across) => {
    options.ledger?.clear();
    await across.in("rostering", async (session) => {
      await takeTurn(session.db, district.code);
      await registry.load(session);
    });
    const today = localDay(orchestration.clock(), district.timeZone);
    const complete = isComplete(bundle);
    const plan = planPeople({ bundle: withKnownSchools(bundle, registry), importDate: today, importedBefore: !registry.isEmpty, notes });
    deviations = plan.deviations;
    if (district.isNew) await across.in("platform", async (session) => platform.addDistrict(session, { name: district.name.slice(0, 255), code: district.code, timeZone: district.timeZone }, district.id));
    await options.begin?.(across);
    const { years, gradeIds } = await across.in("schools", async (session) => {
      await writeOrganizations(session, bundle, plan.people, registry, notes);
      return { years: await writeSessions(session, bundle, today, registry, notes), gradeIds: await writeGradeLevels(session, plan.people) };
    });
    options.progress?.("schools and school years");
    const day = { today, entryDay: plan.entryDay, complete };
    const merged = await mergedStudents(across);
    const exitCode = (await readCodes(across)).standard("EXIT", "VANISHED");
    const work = await peopleToWrite(across, plan.people, bundle, registry, merged, notes);
    for (let from = 0; from < work.length; from += portion) {
      await across.in("people", (session) => writePeople(session, work.slice(from, from + portion), day, registry, notes));
      options.progress?.(`${Math.min(from + portion, work.length)} of ${work.length} persons`);
    }
    const persons = new Map(work.map(({ plan: { sourcedId }, personId }) => [sourcedId, personId!]));
    const personOf = (sourcedId: string) => persons.get(sourcedId) ?? registry.idOf("Person", sourcedId);
    for (let from = 0; from < work.length; from += portion) {
      const part = work.slice(from, from + portion);
      await across.in("students", (session) => writeStudents(session, part, { day, exitCode, years, gradeIds, registry, notes, personOf }));
      for (const one of part) remember(one, registry);
      await across.in("rostering", (session) => registry.save(session));
      options.progress?.(`${Math.min(from + portion, work.length)} of ${work.length} persons with their enrollments`);
    }
    vanished = complete ? await endDutiesOfVanished(across, bundle, registry, day) : 0;
    await across.in("rostering", (session) => registry.save(session));
    await options.finish?.(across);
  });
  const { ExternalIdentifier: _memory, ...changes } = counts;
  return {
    counts: changes,
    changed: Object.values(changes).reduce((sum, actions) => sum + Object.values(actions).reduce((a, b) => a + b, 0), 0),
    keptForAcademics: { courses: bundle.courses.length, classes: bundle.classes.length, sectionEnrollments: bundle.enrollments.length },
    vanished,
    deviations,
    notes: notes.list,
    noteTotal: notes.total,
  };
}

/** One import into a district at a time; held until the transaction ends, whatever ends it. */
export async function takeTurn(db: unknown, code: string): Promise<void> {
  const { rows } = await sql<{ taken: boolean }>`SELECT pg_try_advisory_xact_lock(7203115, hashtext(${code})) AS taken`.execute(db as never);
  if (rows[0]?.taken !== true) throw OsssError.conflict(`Another import into the district ${code} is running. Wait until it has finished, then start this one again.`);
}

export function localDay(moment: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(moment);
}

/** Whether the package names everybody, so that what it leaves out has gone. A header without rows says nothing. */
export function isComplete({ files, version }: RosterBundle): boolean {
  const names = (file: keyof typeof files) => files[file].mode === "bulk" && !files[file].headerOnly;
  return names("users") && names("orgs") && (version !== "1.2" || names("roles")) && files.enrollments.mode !== "delta" && files.classes.mode !== "delta";
}

/** A delta package leaves out the schools that earlier ones brought. */
function withKnownSchools(bundle: RosterBundle, registry: Registry): RosterBundle {
  const here = new Set(bundle.organizations.map(({ sourcedId }) => sourcedId));
  const known = registry.sourcedIds("School").filter((sourcedId) => !here.has(sourcedId));
  const stub = (sourcedId: string) => ({ sourcedId, row: 0, status: "active" as const, dateLastModified: null, metadata: {}, name: "", type: "school", identifier: null, parentSourcedId: null });
  return bundle.files.orgs.mode === "bulk" || known.length === 0 ? bundle : { ...bundle, organizations: [...bundle.organizations, ...known.map(stub)] };
}

interface Merged {
  /** Ids of students who were merged into another. */
  ids: ReadonlySet<string>;
  /** Their numbers, and in whom they live on. */
  byNumber: ReadonlyMap<string, { id: string; personId: string }>;
}

/** What is a duplicate here may still be two students at the source. */
async function mergedStudents(across: AcrossDomains): Promise<Merged> {
  const merges = await across.in("rostering", async (session) => (await session.list(StudentMerge, { status: "MERGED", archivedAt: null })).map(({ duplicateId, survivorId }) => ({ duplicateId, survivorId })));
  if (merges.length === 0) return { ids: new Set(), byNumber: new Map() };
  const ids = merges.flatMap(({ duplicateId, survivorId }) => [duplicateId, survivorId]);
  const rows = new Map((await across.in("students", async (session) => (await students.studentsById(session, ids)).map(({ id, personId, studentNumber }) => ({ id, personId, studentNumber })))).map((row) => [row.id, row]));
  const into = new Map(merges.map(({ duplicateId, survivorId }) => [duplicateId, survivorId]));
  const last = (id: string): string => (into.has(id) ? last(into.get(id)!) : id);
  return { ids: new Set(into.keys()), byNumber: new Map([...into.keys()].map((id) => [rows.get(id)!.studentNumber, rows.get(last(id))!])) };
}

/** New and changed persons; students who are here under their number already are found. */
async function peopleToWrite(across: AcrossDomains, planned: readonly PlannedPerson[], bundle: RosterBundle, registry: Registry, merged: Merged, notes: Notes): Promise<PersonWork[]> {
  const unknown = planned.filter(({ sourcedId, student }) => student !== null && registry.find("Person", sourcedId) === undefined);
  const byNumber = new Map<string, { id: string; personId: string }>();
  for (let from = 0; from < unknown.length; from += portion) {
    const numbers = unknown.slice(from, from + portion).map(({ student }) => student!.studentNumber);
    const found = await across.in("students", async (session) => (await students.studentsByNumber(session, numbers)).map(({ id, personId, studentNumber }) => ({ id, personId, studentNumber })));
    for (const { studentNumber, ...student } of found) byNumber.set(studentNumber, student);
  }
  for (const [number, student] of merged.byNumber) if (!byNumber.has(number)) byNumber.set(number, student);
  const named = new Set(bundle.users.map(({ sourcedId }) => sourcedId));
  const work: PersonWork[] = [];
  for (const plan of planned) {
    const same = plan.student === null || registry.find("Person", plan.sourcedId) !== undefined ? undefined : byNumber.get(plan.student.studentNumber);
    const holder = same && registry.holderOf("Person", same.personId);
    const ofDuplicate = merged.ids.has(registry.find<PersonMemory>("Person", plan.sourcedId)?.memory.student?.id ?? "");
    if (ofDuplicate || (holder !== undefined && named.has(holder) && merged.byNumber.has(plan.student!.studentNumber))) {
      notes.add("users.csv", plan.row, "This student was merged into another here, whom the source names as well. The row is left out; merge the two in the source system.");
      continue;
    }
    if (holder !== undefined && !named.has(holder)) {
      notes.add("users.csv", plan.row, "The source named a student of this number by another id before. It is taken for the same student.");
      registry.rename("Person", holder, plan.sourcedId);
    } else if (holder !== undefined) {
      plan.student!.studentNumber = `${plan.student!.studentNumber.slice(0, 20)}-${plan.digest.slice(0, 8)}`;
      notes.add("users.csv", plan.row, `Another student has this number already. This one gets ${plan.student!.studentNumber}; correct one of them in the source system.`);
    }
    const adopted = same !== undefined && holder === undefined;
    const known = registry.find<PersonMemory>("Person", plan.sourcedId);
    if (known?.memory.digest === plan.digest) continue;
    work.push({
      plan, last: known?.memory ?? null, adopted, personId: known?.recordId ?? (adopted ? same.personId : null), studentId: known?.memory.student?.id ?? (adopted ? same.id : null),
      next: { digest: plan.digest, person: {} },
    });
  }
  return work;
}

function remember({ plan, last, personId, next }: PersonWork, registry: Registry): void {
  const memory: PersonMemory = { ...next, person: printsOf(plan.person) };
  if (last === null) registry.add<PersonMemory>("Person", plan.sourcedId, personId!, memory);
  else registry.change<PersonMemory>("Person", plan.sourcedId, memory);
}

/** Whom a complete package no longer names keeps everything but the duties that the source had given. Returns how many these are. */
async function endDutiesOfVanished(across: AcrossDomains, bundle: RosterBundle, registry: Registry, day: ImportDay): Promise<number> {
  const named = new Set(bundle.users.filter(({ status }) => status === "active").map(({ sourcedId }) => sourcedId));
  const gone = registry.sourcedIds("Person").filter((sourcedId) => !named.has(sourcedId)).map((sourcedId) => ({ sourcedId, known: registry.find<PersonMemory>("Person", sourcedId)! }));
  const onDuty = gone.filter(({ known }) => Object.values(known.memory.duties ?? {}).some(({ ended }) => ended !== true));
  for (let from = 0; from < onDuty.length; from += portion) {
    const part = onDuty.slice(from, from + portion);
    await across.in("people", async (session) => {
      const present = groupBy(await people.dutiesOf(session, part.map(({ known }) => known.recordId)), (row) => String(plain(row).person));
      for (const { sourcedId, known } of part) {
        const duties = Object.entries(known.memory.duties ?? {}).map(([key, before]) => [key, before.ended === true ? before : endBrought(session, before, present.get(known.recordId) ?? [], day)] as const);
        // Without its digest the person counts as changed when the source names them again.
        registry.change<PersonMemory>("Person", sourcedId, { ...known.memory, digest: "", duties: Object.fromEntries(duties) });
      }
    });
  }
  return gone.length;
}
