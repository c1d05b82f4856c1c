import type { WriteSession } from "#foundation/crud/write";
import { schools } from "../domains.ts";
import { addDays } from "../oneroster/day.ts";
import { spanWithinYear } from "../oneroster/derive.ts";
import type { RosterBundle, RosterSession } from "../oneroster/roster.ts";
import type { Ledger } from "../imports/ledger.ts";
import { changedFields, printsOf, type PlainMemory } from "./memory.ts";
import type { Notes } from "./notes.ts";
import type { Registry } from "./registered.ts";
import { plain, samePrints } from "./write-organizations.ts";

export interface YearSpan {
  id: string;
  firstDay: string;
  endDay: string;
}

export interface TermSpan {
  id: string;
  schoolYear: string;
  firstDay: string;
  endDay: string;
}

/** The years and terms of the district, those of the package included. */
export interface Sessions {
  /** The earliest first. */
  years: readonly YearSpan[];
  /** Terms of the whole district, by id. */
  terms: ReadonlyMap<string, TermSpan>;
}

type TermKind = Parameters<typeof schools.addTerm>[1]["kind"] & string;

const overlapDays = (a: { firstDay: string; endDay: string }, b: { begin: string; end: string }) =>
  (Date.parse(a.endDay < b.end ? a.endDay : b.end) - Date.parse(a.firstDay > b.begin ? a.firstDay : b.begin)) / 86_400_000;

/** School years, terms and grading periods. A grading period that classes are taught in is a term, too: sections know no other. */
export async function writeSessions(session: WriteSession, bundle: RosterBundle, today: string, registry: Registry, ledger: Ledger, notes: Notes): Promise<Sessions> {
  const active = bundle.sessions.filter(({ status }) => status === "active");
  const years = new YearWriter(session, await schools.schoolYears(session), today, registry, ledger, notes);
  for (const year of active.filter(({ type }) => type === "schoolYear")) years.write(year);
  const yearOf = (term: RosterSession): string => (term.yearSourcedId === null ? undefined : registry.idOf("SchoolYear", term.yearSourcedId)) ?? years.around(term, active);
  await session.flush();
  const terms = new TermWriter(session, bundle, registry, ledger, notes, await schools.terms(session), await schools.gradingPeriods(session));
  const parts = active.filter(({ type }) => type !== "schoolYear" && type !== "gradingPeriod").sort((a, b) => (a.begin < b.begin ? -1 : a.begin > b.begin ? 1 : a.end < b.end ? 1 : -1));
  for (const term of parts) terms.writeTerm(term, yearOf(term));
  await session.flush();
  const periods = active.filter(({ type }) => type === "gradingPeriod").sort((a, b) => (a.begin < b.begin ? -1 : 1));
  for (const period of periods) terms.writePeriod(period, yearOf(period));
  await session.flush();
  const taughtIn = new Set(bundle.classes.filter(({ status }) => status === "active").flatMap(({ termSourcedIds }) => termSourcedIds));
  for (const period of periods) if (taughtIn.has(period.sourcedId) || registry.find("Term", period.sourcedId) !== undefined) terms.writeTerm(period, yearOf(period));
  const here = new Set(active.map(({ sourcedId }) => sourcedId));
  for (const sourcedId of taughtIn) if (!here.has(sourcedId)) terms.teachInKnownPeriod(sourcedId);
  return { years: years.spans(), terms: terms.spans() };
}

type Year = Awaited<ReturnType<typeof schools.schoolYears>>[number];

class YearWriter {
  readonly #added: YearSpan[] = [];

  constructor(
    readonly session: WriteSession,
    readonly present: readonly Year[],
    readonly today: string,
    readonly registry: Registry,
    readonly ledger: Ledger,
    readonly notes: Notes,
  ) {}

  spans(): YearSpan[] {
    return [...this.present.map(({ id, firstDay, endDay }) => ({ id, firstDay, endDay })), ...this.#added].sort((a, b) => (a.firstDay < b.firstDay ? -1 : 1));
  }

  /** A year that overlaps one of the district's is that one: its days are the district's to settle. */
  write(year: RosterSession): void {
    const said = { firstDay: year.begin, endDay: year.end };
    const attribute = (id: string) => this.ledger.attribute(id, "academicSessions.csv", year.sourcedId);
    const known = this.registry.find<PlainMemory>("SchoolYear", year.sourcedId);
    if (known !== undefined) {
      const record = this.present.find(({ id }) => id === known.recordId);
      const changes = record === undefined ? {} : changedFields(said, known.memory.prints, record);
      if (record !== undefined && Object.keys(changes).length > 0) {
        const others = this.spans().filter(({ id }) => id !== record.id);
        if (others.some((other) => overlapDays(other, year) > 0)) this.notes.add("academicSessions.csv", year.row, "Its days would overlap another school year of the district. They are left as they are.");
        else {
          attribute(record.id);
          schools.changeSchoolYear(this.session, record, changes);
        }
      }
      if (!samePrints(said, known.memory)) this.registry.change<PlainMemory>("SchoolYear", year.sourcedId, { prints: printsOf(said) });
      return;
    }
    const same = this.#nearest(year);
    if (same !== undefined && (same.firstDay !== said.firstDay || same.endDay !== said.endDay) && this.present.some(({ id }) => id === same.id)) {
      this.notes.add("academicSessions.csv", year.row, `The district has a school year from ${same.firstDay} to ${addDays(same.endDay, -1)}. It is taken for this one, and keeps its days.`);
    }
    const id = same?.id ?? this.#add(year.schoolYear, said);
    if (same === undefined) attribute(id);
    this.registry.add<PlainMemory>("SchoolYear", year.sourcedId, id, { prints: printsOf(said) });
  }

  /** The year that holds most of a session without one; made of all sessions of that school year where there is none. */
  around(term: RosterSession, active: readonly RosterSession[]): string {
    const same = this.#nearest(term);
    if (same !== undefined) return same.id;
    const siblings = active.filter(({ schoolYear }) => schoolYear === term.schoolYear);
    const begins = siblings.map(({ begin }) => begin).sort();
    const ends = siblings.map(({ end }) => end).sort();
    this.notes.add("academicSessions.csv", term.row, "No session of type schoolYear holds this one. A school year is made from the first to the last day of its sessions; correct its days in the settings.");
    const id = this.#add(term.schoolYear, { firstDay: begins[0] ?? term.begin, endDay: ends.at(-1) ?? term.end });
    this.ledger.attribute(id, "academicSessions.csv", term.sourcedId);
    return id;
  }

  #nearest(span: { begin: string; end: string }): YearSpan | undefined {
    return this.spans().map((year) => ({ year, days: overlapDays(year, span) })).filter(({ days }) => days > 0).sort((a, b) => b.days - a.days)[0]?.year;
  }

  #add(endYear: number, span: { firstDay: string; endDay: string }): string {
    const name = `${endYear - 1}-${String(endYear % 100).padStart(2, "0")}`;
    const taken = this.present.some((year) => year.name === name) || this.#names.has(name);
    const unique = taken ? `${name} (${span.firstDay})` : name;
    this.#names.add(unique);
    const id = schools.addSchoolYear(this.session, { name: unique, ...span, status: span.firstDay > this.today ? "PLANNED" : "OPEN" });
    this.#added.push({ id, ...span });
    return id;
  }

  readonly #names = new Set<string>();
}

type Term = Awaited<ReturnType<typeof schools.terms>>[number];
type Period = Awaited<ReturnType<typeof schools.gradingPeriods>>[number];

class TermWriter {
  readonly #spans: TermSpan[];
  readonly #names: Set<string>;
  readonly #sequences = new Map<string, number>();

  constructor(
    readonly session: WriteSession,
    readonly bundle: RosterBundle,
    readonly registry: Registry,
    readonly ledger: Ledger,
    readonly notes: Notes,
    readonly terms: readonly Term[],
    readonly periods: readonly Period[],
  ) {
    const ofDistrict = terms.filter(({ school }) => (school ?? null) === null);
    this.#spans = ofDistrict.map((term) => ({ id: term.id, schoolYear: String(plain(term).schoolYear), firstDay: term.firstDay, endDay: term.endDay }));
    this.#names = new Set([...ofDistrict.map((term) => `${String(plain(term).schoolYear)} ${term.name}`), ...periods.map((period) => `${String(plain(period).term)} ${period.name}`)]);
    for (const period of periods) {
      const term = String(plain(period).term);
      this.#sequences.set(term, Math.max(this.#sequences.get(term) ?? 0, period.sequence));
    }
  }

  writeTerm(term: RosterSession, schoolYear: string): void {
    const span = this.#spanOf(term);
    if (span === null) return;
    const said = { name: term.title.slice(0, 64), ...span };
    if (this.#changed("Term", term, said, this.terms, schools.changeTerm)) return;
    const ofDistrict = this.terms.filter((one) => (one.school ?? null) === null && String(plain(one).schoolYear) === schoolYear);
    const same = this.#same("Term", ofDistrict, said);
    if (same !== undefined) return void this.registry.add<PlainMemory>("Term", term.sourcedId, same.id, { prints: printsOf(said) });
    const parent = term.parentSourcedId === null ? null : (this.registry.idOf("Term", term.parentSourcedId) ?? null);
    const id = this.#book(term.sourcedId, schools.addTerm(this.session, { ...said, name: this.#unique(schoolYear, said.name, term.sourcedId), schoolYear, parent, kind: kindOf(term) }));
    this.#spans.push({ id, schoolYear, ...span });
    this.registry.add<PlainMemory>("Term", term.sourcedId, id, { prints: printsOf(said) });
  }

  /** A grading period belongs to its parent, else to the shortest term that holds most of it, else to a term for the whole year. */
  writePeriod(period: RosterSession, schoolYear: string): void {
    const span = this.#spanOf(period);
    if (span === null) return;
    const said = { name: period.title.slice(0, 64), ...span };
    if (this.#changed("GradingPeriod", period, said, this.periods, schools.changeGradingPeriod)) return;
    const term = (period.parentSourcedId === null ? undefined : this.registry.idOf("Term", period.parentSourcedId)) ?? this.#termAround(period, schoolYear);
    const memory = { prints: printsOf(said) };
    const same = this.#same("GradingPeriod", this.periods.filter((one) => String(plain(one).term) === term), said);
    if (same !== undefined) return void this.registry.add<PlainMemory>("GradingPeriod", period.sourcedId, same.id, memory);
    const sequence = (this.#sequences.get(term) ?? 0) + 1;
    this.#sequences.set(term, sequence);
    const id = this.#book(period.sourcedId, schools.addGradingPeriod(this.session, { ...said, name: this.#unique(term, said.name, period.sourcedId), term, sequence }));
    this.registry.add<PlainMemory>("GradingPeriod", period.sourcedId, id, memory);
  }

  /** A class of a delta package is taught in a grading period that an earlier one brought. */
  teachInKnownPeriod(sourcedId: string): void {
    const known = this.registry.find<PlainMemory>("GradingPeriod", sourcedId);
    const period = this.periods.find(({ id }) => id === known?.recordId);
    if (known === undefined || period === undefined || this.registry.find("Term", sourcedId) !== undefined) return;
    const parent = this.#spans.find(({ id }) => id === String(plain(period).term));
    if (parent === undefined) return;
    const span = { firstDay: period.firstDay, endDay: period.endDay };
    const id = this.#book(sourcedId, schools.addTerm(this.session, { ...span, name: this.#unique(parent.schoolYear, period.name, sourcedId), schoolYear: parent.schoolYear, parent: parent.id, kind: kindOf({ type: "gradingPeriod", begin: span.firstDay, end: span.endDay }) }));
    this.#spans.push({ id, schoolYear: parent.schoolYear, ...span });
    this.registry.add<PlainMemory>("Term", sourcedId, id, { prints: known.memory.prints });
  }

  spans(): Map<string, TermSpan> {
    return new Map(this.#spans.map((span) => [span.id, span]));
  }

  #book(sourcedId: string, id: string): string {
    this.ledger.attribute(id, "academicSessions.csv", sourcedId);
    return id;
  }

  #changed<T extends Term | Period>(type: "Term" | "GradingPeriod", row: RosterSession, said: { name: string; firstDay: string; endDay: string }, present: readonly T[], change: (session: WriteSession, record: T, values: object) => void): boolean {
    const known = this.registry.find<PlainMemory>(type, row.sourcedId);
    if (known === undefined) return false;
    const record = present.find(({ id }) => id === known.recordId);
    if (record !== undefined) {
      const values = changedFields(said, known.memory.prints, record);
      change(this.session, record, values);
      const span = this.#spans.find(({ id }) => id === this.#book(row.sourcedId, record.id));
      if (span !== undefined) Object.assign(span, { firstDay: record.firstDay, endDay: record.endDay });
    }
    if (!samePrints(said, known.memory)) this.registry.change<PlainMemory>(type, row.sourcedId, { prints: printsOf(said) });
    return true;
  }

  /** What is here already, by its days: a second source calls it otherwise, and an export of ours names what a term got for its work. By the name, too, where several have these days. */
  #same<T extends Term | Period>(type: "Term" | "GradingPeriod", here: readonly T[], said: { name: string; firstDay: string; endDay: string }): T | undefined {
    const same = here.filter(({ id, firstDay, endDay }) => firstDay === said.firstDay && endDay === said.endDay && !this.registry.holds(type, id));
    return same.find(({ name }) => name === said.name) ?? (same.length === 1 ? same[0] : undefined);
  }

  #spanOf(row: RosterSession): { firstDay: string; endDay: string } | null {
    const span = spanWithinYear(row, this.bundle);
    if (span === null) this.notes.add("academicSessions.csv", row.row, "Nothing of it lies in its school year. It is left out; correct its dates in the source system.");
    return span && { firstDay: span.begin, endDay: span.end };
  }

  #termAround(period: RosterSession, schoolYear: string): string {
    const length = ({ firstDay, endDay }: TermSpan) => Date.parse(endDay) - Date.parse(firstDay);
    const best = this.#spans.filter((term) => term.schoolYear === schoolYear).map((term) => ({ term, days: overlapDays(term, period) })).filter(({ days }) => days > 0)
      .sort((a, b) => b.days - a.days || length(a.term) - length(b.term))[0];
    if (best !== undefined) return best.term.id;
    const year = this.bundle.sessions.find(({ sourcedId }) => sourcedId === period.yearSourcedId) ?? period;
    const span = { firstDay: year.begin, endDay: year.end };
    const id = this.#book(period.sourcedId, schools.addTerm(this.session, { schoolYear, name: this.#unique(schoolYear, "Full year", period.sourcedId), kind: "YEAR", ...span }));
    this.#spans.push({ id, schoolYear, ...span });
    return id;
  }

  #unique(within: string, name: string, sourcedId: string): string {
    const wanted = this.#names.has(`${within} ${name}`) ? `${name.slice(0, 30)} (${sourcedId})`.slice(0, 64) : name;
    this.#names.add(`${within} ${wanted}`);
    return wanted;
  }
}

/** OneRoster names semesters only; a term is what its length makes it. */
function kindOf({ type, begin, end }: Pick<RosterSession, "type" | "begin" | "end">): TermKind {
  if (type === "semester") return "SEMESTER";
  const days = (Date.parse(end) - Date.parse(begin)) / 86_400_000;
  return days > 240 ? "YEAR" : days > 125 ? "SEMESTER" : days > 80 ? "TRIMESTER" : days > 45 ? "QUARTER" : "OTHER";
}
