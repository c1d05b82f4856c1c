import type { Draft } from "../draft.ts";
import type { Learner } from "../people/learners.ts";
import type { SeededPerson } from "../people/persons.ts";
import type { Calendar, Term } from "../places/calendar.ts";
import type { School } from "../places/schools.ts";
import { courses, type Catalog, type Course } from "./courses.ts";

/** One place of a section in the rotation. */
export interface Pattern {
  readonly id: string;
  /** The day of the rotation, from 0; null: every day. */
  readonly day: number | null;
  readonly period: string;
}

/** A student's time on a roster, the end exclusive. */
export interface Seat {
  readonly learner: Learner;
  readonly from: string;
  readonly until: string;
}

export interface Section {
  readonly id: string;
  readonly code: string;
  readonly course: Course;
  readonly school: School;
  readonly calendar: Calendar;
  readonly yearIndex: number;
  readonly homeroom: boolean;
  readonly grades: readonly number[];
  readonly terms: readonly Term[];
  readonly firstDay: string;
  readonly endDay: string;
  readonly room: string;
  readonly patterns: readonly Pattern[];
  /** Who leads it, one after the other; most have one. */
  readonly leads: { person: SeededPerson; from: string }[];
  readonly seats: Seat[];
  /** Somebody teaches it beside the lead. */
  coTaught: boolean;
  /** Who stands in today. */
  substitute: SeededPerson | null;
}

export interface SectionFacts {
  course: string;
  title: string;
  yearIndex: number;
  homeroom?: boolean;
  grades?: readonly number[];
  /** Places of the terms in the year; null: all. */
  terms: readonly number[] | null;
  room: string;
  capacity: number;
  meets: readonly { day: number | null; period: string }[];
  lead: SeededPerson;
}

/** Makes the sections of a school with their hours, teachers and rosters. */
export class SectionPlanner {
  readonly all: Section[] = [];
  readonly #draft: Draft;
  readonly #school: School;
  readonly #catalog: Catalog;
  readonly #numbers = new Map<string, number>();

  constructor(draft: Draft, school: School, catalog: Catalog) {
    this.#draft = draft;
    this.#school = school;
    this.#catalog = catalog;
  }

  section({ course: code, title, yearIndex, homeroom = false, grades = [], terms: which, room, capacity, meets, lead }: SectionFacts): Section {
    const school = this.#school;
    const calendar = school.calendars[yearIndex]!;
    const terms = which === null ? calendar.terms : which.map((index) => calendar.terms[index]!);
    const number = (this.#numbers.get(`${yearIndex} ${code}`) ?? 0) + 1;
    this.#numbers.set(`${yearIndex} ${code}`, number);
    const own = { schoolId: school.id };
    const id = this.#draft.add("academics", "Section", {
      ...own, course: this.#catalog.courseIds.get(code)!, schoolYearId: calendar.year.id, trackId: calendar.track, code: `${code}-${number}`, title: `${title} (${number})`, kind: homeroom ? "HOMEROOM" : "SCHEDULED", capacity,
    });
    const [firstDay, endDay] = [terms[0]!.firstDay, terms.at(-1)!.endDay];
    for (const term of terms) this.#draft.add("academics", "SectionTerm", { ...own, section: id, termId: term.id });
    const patterns = meets.map(({ day, period }): Pattern => ({
      day, period,
      id: this.#draft.add("academics", "MeetingPattern", { ...own, section: id, rotationDayId: day === null ? null : school.rotation[day]!, periodCode: period, roomId: room, fromDate: firstDay, toDate: null }),
    }));
    const made: Section = { id, code: `${code}-${number}`, course: courses.get(code)!, school, calendar, yearIndex, homeroom, grades, terms, firstDay, endDay, room, patterns, leads: [{ person: lead, from: firstDay }], seats: [], coTaught: false, substitute: null };
    this.all.push(made);
    return made;
  }

  /** Puts a student on the roster for as long as both last. Nothing when they never meet. */
  seat(section: Section, learner: Learner, from: string, until: string, endReason?: string): void {
    const begin = from > section.firstDay ? from : section.firstDay;
    const end = until < section.endDay ? until : section.endDay;
    if (begin >= end) return;
    const ended = end < section.endDay;
    this.#draft.add("academics", "SectionEnrollment", {
      studentId: learner.id, section: section.id, schoolId: this.#school.id, fromDate: begin, toDate: ended ? end : null, endReason: ended ? (endReason ?? "Left the school") : null,
    });
    section.seats.push({ learner, from: begin, until: end });
  }

  /** From this day on somebody else leads the section. */
  replaceLead(section: Section, person: SeededPerson, from: string): void {
    section.leads.push({ person, from });
  }

  teach(section: Section, person: SeededPerson, kind: "LEAD" | "CO_TEACHER" | "AIDE", fromDate: string, toDate: string | null): void {
    this.#draft.add("staff", "TeachingAssignment", { personId: person.id, sectionId: section.id, schoolId: this.#school.id, kind, fromDate, toDate });
  }

  /** Writes down who leads what, when all changes are known. */
  assignLeads(): void {
    for (const section of this.all) section.leads.forEach(({ person, from }, index) => this.teach(section, person, "LEAD", from, section.leads[index + 1]?.from ?? null));
  }
}
