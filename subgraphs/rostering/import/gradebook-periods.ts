import type { WriteSession } from "#foundation/crud/write";
import { schools } from "../domains.ts";
import type { Ledger } from "../imports/ledger.ts";
import type { RosterLineItem } from "../oneroster/roster.ts";
import type { SectionDays } from "./plan-rosters.ts";
import type { Registry } from "./registered.ts";
import { plain } from "./write-organizations.ts";

interface Span {
  id: string;
  firstDay: string;
  endDay: string;
  schoolId: string | null;
}

type Period = Span & { term: string; sequence: number };
type Term = Span & { year: string; name: string };

const holds = (span: Span, day: string): boolean => span.firstDay <= day && day < span.endDay;
const length = (span: Span): number => Date.parse(span.endDay) - Date.parse(span.firstDay);
const idOr = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));

/**
 * The grading period in which a piece of work counts. The source may name a term or a year instead: then it is the period of that time which
 * holds the day when the work is due. A term that has none gets one of its own days, since work without a period could not count.
 */
export class GradingPeriods {
  readonly #session: WriteSession;
  readonly #registry: Registry;
  readonly #ledger: Ledger;
  readonly #periods: Period[];
  readonly #terms: Term[];

  private constructor(session: WriteSession, registry: Registry, ledger: Ledger, periods: Period[], terms: Term[]) {
    this.#session = session;
    this.#registry = registry;
    this.#ledger = ledger;
    this.#periods = periods;
    this.#terms = terms;
  }

  /** Runs as schools, and is to be asked in the same block. */
  static async load(session: WriteSession, registry: Registry, ledger: Ledger): Promise<GradingPeriods> {
    const periods = (await schools.gradingPeriods(session)).map((row) => ({ id: row.id, firstDay: row.firstDay, endDay: row.endDay, sequence: row.sequence, term: String(plain(row).term), schoolId: idOr(plain(row).school) }));
    const terms = (await schools.terms(session)).map((row) => ({ id: row.id, firstDay: row.firstDay, endDay: row.endDay, name: row.name, year: String(plain(row).schoolYear), schoolId: idOr(plain(row).school) }));
    return new GradingPeriods(session, registry, ledger, periods, terms);
  }

  /** Null where the session is not here, or is another school's. */
  of(item: RosterLineItem, section: SectionDays): string | null {
    const here = (span: Span): boolean => span.schoolId === null || span.schoolId === section.schoolId;
    const named = this.#registry.idOf("GradingPeriod", item.sessionSourcedId);
    const period = named === undefined ? undefined : this.#periods.find(({ id }) => id === named);
    if (period !== undefined) return here(period) ? period.id : null;
    const term = this.#registry.idOf("Term", item.sessionSourcedId);
    const year = this.#registry.idOf("SchoolYear", item.sessionSourcedId);
    const terms = this.#terms.filter((each) => here(each) && (each.id === term || each.year === year));
    const among = this.#periods.filter((each) => here(each) && terms.some(({ id }) => id === each.term));
    const due = among.filter((each) => holds(each, item.dueDate)).sort((a, b) => length(a) - length(b))[0];
    if (due !== undefined) return due.id;
    const around = terms.filter((each) => holds(each, item.dueDate)).sort((a, b) => length(a) - length(b))[0] ?? terms[0];
    if (around === undefined) return null;
    return this.#nearest(around, item.dueDate) ?? this.#add(around, item.sessionSourcedId);
  }

  #nearest(term: Term, day: string): string | null {
    const own = this.#periods.filter((each) => each.term === term.id).sort((a, b) => (a.firstDay < b.firstDay ? -1 : 1));
    return (own.findLast(({ firstDay }) => firstDay <= day) ?? own[0])?.id ?? null;
  }

  #add({ id: term, name, firstDay, endDay, schoolId }: Term, sessionSourcedId: string): string {
    const id = schools.addGradingPeriod(this.#session, { term, school: schoolId, name, sequence: 1, firstDay, endDay } as Parameters<typeof schools.addGradingPeriod>[1]);
    this.#ledger.attribute(id, "academicSessions.csv", sessionSourcedId);
    this.#periods.push({ id, term, sequence: 1, firstDay, endDay, schoolId });
    return id;
  }
}
