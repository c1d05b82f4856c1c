import type { AcrossDomains } from "#foundation/crud/across-domains";
import type { WriteSession } from "#foundation/crud/write";
import type { RosterEnrollment } from "../oneroster/roster.ts";
import type { Ledger } from "../imports/ledger.ts";
import { wholeRow } from "./keep-row.ts";
import type { Notes } from "./notes.ts";
import { groupBy, laterOf } from "./people-work.ts";
import type { RosterMemory, Spot } from "./plan-rosters.ts";
import type { Registered, Registry } from "./registered.ts";
import type { Roster, RosterRow } from "./rosters.ts";

const file = "enrollments.csv";
/** So many rows are written at a time: what the ORM holds does not grow with the package. */
const portion = 500;

export interface RosterWriting {
  /** The day of the import. */
  today: string;
  /** Whoever is new and has no day of its own came then: today, or when the section began. */
  importedBefore: boolean;
  source: string;
  registry: Registry;
  ledger: Ledger;
  notes: Notes;
  /** Keeps columns of a row that its record does not tell. */
  keep: (row: RosterEnrollment, columns: readonly (keyof RosterEnrollment)[]) => void;
  progress: (done: string) => void;
}

interface Days {
  from: string;
  to: string | null;
}

/** Brings rosters to what the source says, without touching what the office entered. */
export async function writeRosters(across: AcrossDomains, roster: Roster, spots: readonly Spot[], writing: RosterWriting): Promise<void> {
  const work = rostersToWrite(roster, spots, writing.registry);
  work.sort((a, b) => compare(a.who, b.who) || compare(a.row.begin ?? "", b.row.begin ?? "") || compare(a.row.sourcedId, b.row.sourcedId));
  for (let from = 0; from < work.length; from += portion) {
    const part = work.slice(from, from + portion);
    await across.in(roster.domain, (session) => writePart(session, roster, part, writing));
    writing.progress(`${Math.min(from + portion, work.length)} of ${work.length} ${roster.type === "SectionEnrollment" ? "section enrollments" : "teaching assignments"}`);
  }
}

/** New and changed rows, and those whose section has other days than before. */
export const rostersToWrite = (roster: Roster, spots: readonly Spot[], registry: Registry): Spot[] => spots.filter((spot) => needsWriting(spot, registry.find<RosterMemory>(roster.type, spot.row.sourcedId)?.memory));

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function needsWriting({ row, section, kind }: Spot, known: RosterMemory | undefined): boolean {
  if (known === undefined || known.ended === true || known.section !== section.id) return true;
  if (known.local === true) return false;
  if (known.begin !== row.begin || known.end !== row.end || known.kind !== kind || (known.primary === true) !== (kind !== undefined && row.primary === true)) return true;
  // The section's days have changed since.
  if (known.from < section.firstDay || (known.to !== null && known.to > section.endDay)) return true;
  const begin = laterOf(row.begin ?? known.from, known.since ?? "");
  return known.from > laterOf(begin, section.firstDay) || (row.end !== null && known.to !== null && known.to < earlierOf(row.end, section.endDay));
}

const earlierOf = (a: string, b: string): string => (a < b ? a : b);

async function writePart(session: WriteSession, roster: Roster, spots: readonly Spot[], writing: RosterWriting): Promise<void> {
  const { registry } = writing;
  const rows = await roster.of(session, [...new Set(spots.map(({ who }) => who))]);
  const found = new Map(rows.map((row) => [row.id, row]));
  const elsewhere = spots.flatMap(({ row }) => registry.idOf(roster.type, row.sourcedId) ?? []).filter((id) => !found.has(id));
  for (const row of elsewhere.length === 0 ? [] : await roster.byId(session, elsewhere)) found.set(row.id, row);
  const present = groupBy(rows, (row) => placeKey(roster.placeOf(row)));
  const moves = spots.map((spot) => new Move(session, roster, spot, found, present, writing));
  // Constraints hold statement by statement: what ends or shrinks makes room for what begins or grows.
  for (const move of moves) move.makeRoom();
  await session.flush();
  for (const move of moves) move.settle();
}

const placeKey = ({ who, section }: { who: string; section: string }): string => `${who} ${section}`;

/** One row of the source on its way to one roster row. */
class Move {
  readonly #known: Registered<RosterMemory> | undefined;
  readonly #record: RosterRow | undefined;
  /** Whether the record is still as the source made it, at each end. */
  readonly #own: { from: boolean; to: boolean; kind: boolean };

  constructor(
    readonly session: WriteSession,
    readonly roster: Roster,
    readonly spot: Spot,
    found: ReadonlyMap<string, RosterRow>,
    readonly present: Map<string, RosterRow[]>,
    readonly writing: RosterWriting,
  ) {
    this.#known = writing.registry.find<RosterMemory>(roster.type, spot.row.sourcedId);
    this.#record = this.#known === undefined ? undefined : found.get(this.#known.recordId);
    const { memory } = this.#known ?? {};
    const live = this.#record !== undefined && this.#record.archivedAt === null;
    this.#own = {
      from: live && this.#record!.fromDate === memory?.from,
      to: live && (this.#record!.toDate ?? null) === memory?.to,
      kind: live && this.#record!.kind === memory?.kind,
    };
    if (this.#record !== undefined) writing.ledger.attribute(this.#record.id, file, spot.row.sourcedId);
  }

  get #stays(): boolean {
    const memory = this.#known?.memory;
    return memory !== undefined && memory.ended !== true && memory.section === this.spot.section.id;
  }

  makeRoom(): void {
    const [record, memory] = [this.#record, this.#known?.memory];
    if (record === undefined || memory === undefined || memory.ended === true || memory.local === true) return;
    if (!this.#stays) {
      if (record.archivedAt === null && ((record.toDate ?? null) === null || record.toDate! > this.writing.today)) this.#end(record);
      return;
    }
    const days = this.#said();
    if (days === null) {
      if (this.#own.from && this.#own.to) this.#end(record, record.fromDate);
      return;
    }
    const shrunk = { from: laterOf(days.from, record.fromDate), to: earliest(days.to, record.toDate ?? null) };
    if (shrunk.to !== null && shrunk.from >= shrunk.to) return;
    this.#change(record, shrunk);
  }

  settle(): void {
    const { row, section, kind } = this.spot;
    const { notes } = this.writing;
    const memory = this.#known?.memory;
    const record = this.#record;
    const days = this.#said();
    if (days === null) {
      if (memory === undefined) notes.add(file, row.row, `Its days lie outside of those in which the section is taught (${section.firstDay} to before ${section.endDay}). The row counts no day and is left out.`);
      this.writing.keep(row, wholeRow);
      if (memory !== undefined) this.#remember(memory.from, memory.to, { ended: true });
      return;
    }
    if (this.#stays) {
      if (record === undefined || record.archivedAt !== null) return this.#remember(memory!.from, memory!.to);
      const room = gap(days, this.#others(record));
      if (room === null) return this.#remember(memory!.from, memory!.to);
      this.#change(record, room);
      if (kind !== undefined && this.#own.kind && record.kind !== kind) this.roster.change(this.session, record, { kind });
      return this.#remember(room.from, room.to);
    }
    if (memory === undefined) return this.#begin(days, {});
    const from = laterOf(days.from, this.writing.today);
    this.#begin({ ...days, from }, { since: from });
  }

  /** A new row, or one that comes back: on the day on which it was ended as if it never had been. */
  #begin(days: Days, more: Pick<RosterMemory, "since">): void {
    const { row, section, who, kind } = this.spot;
    const { registry, notes, ledger, today } = this.writing;
    if (days.from >= (days.to ?? section.endDay)) {
      if (this.#known !== undefined) this.#remember(this.#known.memory.from, this.#known.memory.to, { ended: true });
      return;
    }
    const record = this.#record;
    const memory = this.#known?.memory;
    const sameSection = record !== undefined && memory?.section === section.id;
    if (sameSection && (record.archivedAt !== null || record.toDate === today)) {
      const back = this.#said()!;
      const room = gap({ from: record.archivedAt === null ? record.fromDate : back.from, to: back.to }, this.#others(record));
      if (room !== null) {
        if (record.archivedAt !== null) {
          this.roster.restore(this.session, record);
          this.#listed().push(record);
        }
        this.roster.change(this.session, record, { fromDate: room.from, toDate: room.to });
        return this.#remember(room.from, room.to, memory?.since === undefined ? {} : { since: memory.since });
      }
    }
    const others = this.#others(record);
    const local = others.find((other) => overlap(days, other) && !registry.holds(this.roster.type, other.id));
    if (local !== undefined) return this.#register(local.id, local.fromDate, local.toDate ?? null, { local: true });
    const room = gap(days, others);
    if (room === null) {
      notes.add(file, row.row, "The user is on the section's roster on these days by another row already. They are counted once.");
      this.writing.keep(row, wholeRow);
      return;
    }
    const place = { who, section: section.id, school: section.schoolId, ...room, ...(kind === undefined ? {} : { kind }) };
    const id = this.roster.add(this.session, place);
    ledger.attribute(id, file, row.sourcedId);
    this.#listed().push({ id, version: 1, fromDate: room.from, toDate: room.to, archivedAt: null });
    this.#register(id, room.from, room.to, more);
  }

  /** The days that the source gives, as far as the section is taught then; null for none. */
  #said(): Days | null {
    const { row, section } = this.spot;
    const memory = this.#known?.memory;
    const begin = row.begin ?? (this.#stays ? memory!.from : this.writing.importedBefore ? this.writing.today : section.firstDay);
    const from = laterOf(laterOf(begin, section.firstDay), (this.#stays ? memory!.since : undefined) ?? "");
    const to = row.end === null ? null : earlierOf(row.end, section.endDay);
    return from >= section.endDay || (to !== null && from >= to) ? null : { from, to };
  }

  #change(record: RosterRow, { from, to }: Days): void {
    const values = { ...(this.#own.from && record.fromDate !== from ? { fromDate: from } : {}), ...(this.#own.to && (record.toDate ?? null) !== to ? { toDate: to } : {}) };
    const after = { from: values.fromDate ?? record.fromDate, to: values.toDate === undefined ? (record.toDate ?? null) : values.toDate };
    if (Object.keys(values).length > 0 && (after.to === null || after.from < after.to)) this.roster.change(this.session, record, values);
  }

  #end(record: RosterRow, day: string = this.writing.today): void {
    this.roster.end(this.session, record, day, this.writing.source);
    if (record.archivedAt !== null) {
      const listed = this.present.get(placeKey(this.roster.placeOf(record))) ?? [];
      if (listed.includes(record)) listed.splice(listed.indexOf(record), 1);
    }
  }

  #listed(): RosterRow[] {
    const key = placeKey({ who: this.spot.who, section: this.spot.section.id });
    const listed = this.present.get(key) ?? [];
    this.present.set(key, listed);
    return listed;
  }

  #others(record: RosterRow | undefined): RosterRow[] {
    return this.#listed().filter((row) => row !== record);
  }

  #remember(from: string, to: string | null, more: Partial<RosterMemory> = {}): void {
    const { memory, recordId } = this.#known!;
    this.#register(recordId, from, to, this.#stays && memory.since !== undefined ? { since: memory.since, ...more } : more);
  }

  #register(recordId: string, from: string, to: string | null, more: Partial<RosterMemory> = {}): void {
    const { row, section, kind } = this.spot;
    const memory: RosterMemory = {
      who: row.userSourcedId, section: section.id, begin: row.begin, end: row.end, from, to,
      ...(kind === undefined ? {} : { kind }), ...(kind !== undefined && row.primary === true ? { primary: true as const } : {}), ...more,
    };
    if ((row.begin !== null && row.begin !== from) || (row.end !== null && row.end !== to)) this.writing.keep(row, ["begin", "end"]);
    const { registry } = this.writing;
    if (this.#known === undefined) registry.add<RosterMemory>(this.roster.type, row.sourcedId, recordId, memory);
    else registry.change<RosterMemory>(this.roster.type, row.sourcedId, memory, recordId);
  }
}

const earliest = (a: string | null, b: string | null): string | null => (a === null ? b : b === null ? a : earlierOf(a, b));

const overlap = (days: Days, row: RosterRow): boolean => (days.to === null || row.fromDate < days.to) && ((row.toDate ?? null) === null || days.from < row.toDate!);

/** The first stretch of the days on which none of the other rows holds. */
function gap(days: Days, others: readonly RosterRow[]): Days | null {
  let { from } = days;
  for (const other of [...others].sort((a, b) => compare(a.fromDate, b.fromDate))) {
    if (!overlap({ from, to: days.to }, other)) continue;
    if (other.fromDate > from) return { from, to: other.fromDate };
    if ((other.toDate ?? null) === null) return null;
    from = other.toDate!;
  }
  return days.to !== null && from >= days.to ? null : { from, to: days.to };
}

