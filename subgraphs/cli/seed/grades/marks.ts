import { grading } from "../../../rostering/domains.ts";
import type { Chance } from "../chance.ts";
import { plusDays } from "../days.ts";
import type { Draft, Planned } from "../draft.ts";
import type { GradingPeriod, Term } from "../places/calendar.ts";
import type { Section, Seat } from "../teaching/sections.ts";
import { Gradebook, type Percents } from "./gradebook.ts";
import type { GradePolicies } from "./policies.ts";

type Exact = grading.Exact;

/** Marks are posted so many days after a period has ended. */
export const daysUntilPosted = 4;
export const isPosted = ({ endDay }: { endDay: string }, today: string): boolean => plusDays(endDay, daysUntilPosted) <= today;

/** A posted final mark, for the permanent record. */
export interface FinalMark {
  readonly id: string;
  readonly section: Section;
  readonly term: Term;
  readonly seat: Seat;
  readonly mark: string;
  readonly percent: string | null;
}

/** In a full gradebook; of periods gone by fewer are kept. */
const counts = { current: 14, thisTerm: 6, gone: 2 };

/** Two quarters and an exam in high school; elsewhere the periods weigh the same. */
const weights = { period: "40", exam: "20" };

/** Plans the gradebook of a section and the marks that follow from it by the district's rules: of periods, exams and terms. */
export function planSectionMarks(draft: Draft, chance: Chance, policies: GradePolicies, section: Section, today: string, lastPosted: GradingPeriod | undefined): FinalMark[] {
  const gradebook = new Gradebook(draft, chance, section, today);
  const poster = new Poster(draft, policies, section);
  const finals: FinalMark[] = [];
  for (const term of section.terms) {
    const ofPeriods: Percents[] = [];
    for (const period of term.periods) {
      if (period.firstDay > today) continue;
      const current = period.endDay > today;
      const percents = gradebook.period(period, current ? counts.current : term.endDay > today ? counts.thisTerm : counts.gone);
      if (!isPosted(period, today)) continue;
      const posted: Percents = new Map();
      for (const seat of atEndOf(section, period)) {
        const percent = percents.get(seat.learner.id);
        if (percent === undefined) continue;
        // The first course of whoever was ill when the last marks were posted.
        const incomplete = seat.learner.traits.incomplete === true && period === lastPosted && !poster.incompleteGiven.has(seat.learner.id) && section.course.subject === "ENG";
        if (incomplete) poster.incomplete(seat, period, percent, plusDays(today, 12));
        else {
          poster.post(seat, "PERIOD", period, percent);
          posted.set(seat.learner.id, percent);
        }
        if (chance.happens(0.08)) poster.comment(chance, seat, period);
      }
      ofPeriods.push(posted);
    }
    if (!isPosted(term, today)) continue;
    for (const seat of atEndOf(section, term)) {
      const periods = ofPeriods.flatMap((percents) => percents.get(seat.learner.id) ?? []);
      if (periods.length === 0) continue;
      const exam = section.school.level === "high" ? examPercent(chance, gradebook.level(seat)) : null;
      if (exam !== null) poster.post(seat, "EXAM", term, exam);
      const parts = [...periods.map((percent) => ({ weight: grading.Exact.of(exam === null ? "1" : weights.period), percent })), ...(exam === null ? [] : [{ weight: grading.Exact.of(weights.exam), percent: exam }])];
      const final = grading.termPercent(parts).percent!;
      finals.push({ section, term, seat, ...poster.post(seat, "TERM_FINAL", term, final) });
    }
  }
  return finals;
}

/** The formula that the marks follow: quarter 40, quarter 40, exam 20. */
export function planTermFormulas(draft: Draft, school: string, terms: readonly Term[]): void {
  for (const term of terms) {
    const formula = draft.add("grading", "TermFormula", { termId: term.id, schoolId: school });
    for (const period of term.periods) draft.add("grading", "TermFormulaPart", { formula, schoolId: school, kind: "PERIOD", gradingPeriodId: period.id, weight: weights.period });
    draft.add("grading", "TermFormulaPart", { formula, schoolId: school, kind: "EXAM", gradingPeriodId: null, weight: weights.exam });
  }
}

/** Who was in the section when the stretch ended, and not only for its last days. */
const atEndOf = (section: Section, { endDay }: { endDay: string }): Seat[] => section.seats.filter(({ from, until }) => until >= endDay && from < plusDays(endDay, -21));

const examPercent = (chance: Chance, level: number): Exact => grading.Exact.of(String(Math.round(Math.min(100, Math.max(20, level - 2 + chance.spread() * 6)))));

class Poster {
  readonly incompleteGiven = new Set<string>();
  readonly #draft: Draft;
  readonly #policies: GradePolicies;
  readonly #section: Section;

  constructor(draft: Draft, policies: GradePolicies, section: Section) {
    this.#draft = draft;
    this.#policies = policies;
    this.#section = section;
  }

  post(seat: Seat, kind: "PERIOD" | "EXAM" | "TERM_FINAL", stretch: { id: string; endDay: string }, percent: Exact): { id: string; mark: string; percent: string } {
    const { mark } = grading.markFor(this.#policies.letters, percent)!;
    const shown = percent.toDecimal(6);
    const id = this.#add(seat, kind, stretch, { mark, percent: shown, exactPercent: percent.toString(), computedPercent: kind === "EXAM" ? null : shown });
    return { id, mark, percent: shown };
  }

  incomplete(seat: Seat, period: GradingPeriod, percent: Exact, deadline: string): void {
    this.incompleteGiven.add(seat.learner.id);
    this.#add(seat, "PERIOD", period, { mark: grading.incompleteMark, status: "INCOMPLETE", deadline, becomes: "F", computedPercent: percent.toDecimal(6) });
  }

  comment(chance: Chance, seat: Seat, period: GradingPeriod): void {
    const { id: sectionId, school } = this.#section;
    this.#draft.add("grading", "MarkComment", { studentId: seat.learner.id, sectionId, schoolId: school.id, gradingPeriodId: period.id, entry: chance.pick(this.#policies.comments), writtenById: this.#teacher(period.endDay) });
  }

  #teacher(day: string): string {
    return this.#section.leads.findLast(({ from }) => from < day)!.person.id;
  }

  #add(seat: Seat, kind: "PERIOD" | "EXAM" | "TERM_FINAL", stretch: { id: string; endDay: string }, value: Planned<"grading", "Mark">): string {
    const { id: sectionId, school } = this.#section;
    return this.#draft.add("grading", "Mark", {
      studentId: seat.learner.id, sectionId, schoolId: school.id, kind, gradingPeriodId: kind === "PERIOD" ? stretch.id : null, termId: kind === "PERIOD" ? null : stretch.id, scale: this.#policies.letters.id,
      postedOn: plusDays(stretch.endDay, daysUntilPosted - 2), postedById: this.#teacher(stretch.endDay), ...value,
    });
  }
}
