import { grading } from "../../../rostering/domains.ts";
import type { Chance } from "../chance.ts";
import { plusDays } from "../days.ts";
import type { Draft } from "../draft.ts";
import type { Learner } from "../people/learners.ts";
import type { GradingPeriod } from "../places/calendar.ts";
import type { Seat, Section } from "../teaching/sections.ts";

type Exact = grading.Exact;
type Category = grading.CategoryRule & { title: string; works: readonly string[]; possible: readonly number[] };

/** Percents by student, exact; a student without scores has none. */
export type Percents = Map<string, Exact>;

const academic = [
  { title: "Tests", weight: "50", dropLowest: 0, works: ["Unit test", "Quiz", "Chapter test"], possible: [50, 40, 100] },
  { title: "Homework", weight: "30", dropLowest: 1, works: ["Homework", "Practice set", "Reading log", "Worksheet"], possible: [10, 10, 20, 15] },
  { title: "Projects", weight: "20", dropLowest: 0, works: ["Project", "Presentation", "Lab report", "Essay"], possible: [50, 30, 25, 40] },
];
const practical = [
  { title: "Participation", weight: "60", dropLowest: 1, works: ["Participation", "Preparation", "Warm-up"], possible: [10, 10, 10] },
  { title: "Skills", weight: "40", dropLowest: 0, works: ["Skill check", "Performance", "Portfolio"], possible: [20, 30, 50] },
];
/** Which categories follow one another in a period: homework most often. */
const rhythm = { academic: [1, 0, 1, 2, 1, 0, 1], practical: [0, 1, 0] };

/** How well a student works in a section: percent points around which the scores lie. */
export function levelOf(chance: Chance, learner: Learner, section: Section): number {
  const { ability, fails } = learner.traits;
  if (fails.includes(section.course.subject)) return 38 + chance.number() * 12;
  const harder = section.course.level === "AP" ? 5 : section.course.level === "HON" ? 3 : 0;
  return Math.min(99, Math.max(48, 84 + ability * 7.5 + chance.spread() * 3.5 - harder));
}

/** The categories of a section, and its assignments and scores period by period. */
export class Gradebook {
  readonly #draft: Draft;
  readonly #chance: Chance;
  readonly #section: Section;
  readonly #today: string;
  readonly #categories: readonly Category[];
  readonly #rhythm: readonly number[];
  readonly #levels = new Map<string, number>();

  constructor(draft: Draft, chance: Chance, section: Section, today: string) {
    this.#draft = draft;
    this.#chance = chance;
    this.#section = section;
    this.#today = today;
    const own = section.course.subject === "PE" || section.course.subject === "ART";
    const about = { sectionId: section.id, schoolId: section.school.id };
    this.#rhythm = rhythm[own ? "practical" : "academic"];
    this.#categories = (own ? practical : academic).map(({ title, weight, dropLowest, ...work }) => ({ ...work, title, weight, dropLowest, id: draft.add("grading", "AssignmentCategory", { ...about, title, weight, dropLowest }) }));
  }

  level({ learner }: Seat): number {
    const known = this.#levels.get(learner.id);
    if (known !== undefined) return known;
    const level = levelOf(this.#chance, learner, this.#section);
    this.#levels.set(learner.id, level);
    return level;
  }

  /**
   * The assignments of a period, `count` of them due until today at the most and two more to come where the period goes on, with their
   * scores. Returns the exact averages of the students.
   */
  period(period: GradingPeriod, count: number): Percents {
    const days = this.#section.calendar.days.filter(({ date, cancelled }) => !cancelled && date >= period.firstDay && date < period.endDay).map(({ date }) => date);
    const goesOn = period.endDay > this.#today;
    const step = goesOn ? 3 : Math.max(1, Math.floor(days.length / (count + 1)));
    const works = new Map<string, grading.ScoredWork[]>();
    let toCome = 0;
    for (let number = 0; number < count + 2; number += 1) {
      const due = days[(number + 1) * step - 1];
      if (due === undefined || (due <= this.#today && number >= count)) break;
      const upcoming = due > this.#today;
      if (upcoming && (!goesOn || (toCome += 1) > 2)) break;
      this.#assignment(period, number, due, upcoming, works);
    }
    return new Map([...works].flatMap(([student, done]) => {
      const { percent } = grading.sectionAverage(this.#categories, done);
      return percent === null ? [] : [[student, percent] as const];
    }));
  }

  #assignment(period: GradingPeriod, number: number, due: string, upcoming: boolean, works: Map<string, grading.ScoredWork[]>): void {
    const chance = this.#chance;
    const section = this.#section;
    const category = this.#categories[this.#rhythm[number % this.#rhythm.length]!]!;
    const kind = chance.whole(0, category.works.length - 1);
    const extraCredit = number > 3 && chance.happens(0.06);
    const possible = category.possible[kind]!;
    const about = { sectionId: section.id, schoolId: section.school.id };
    const assignment = this.#draft.add("grading", "Assignment", {
      ...about, category: category.id, gradingPeriodId: period.id, title: `${category.works[kind]} ${number + 1}${extraCredit ? " (extra credit)" : ""}`, assignedDate: plusDays(due, -chance.whole(1, 6)), dueDate: due, pointsPossible: String(possible), extraCredit,
    });
    if (upcoming) return;
    // The newest work is still on the teacher's desk here and there.
    if (due >= plusDays(this.#today, -2) && chance.happens(0.5)) return;
    for (const seat of section.seats) {
      if (seat.from > due || seat.until <= due) continue;
      if (extraCredit && chance.happens(0.6)) continue;
      const level = this.level(seat);
      // Those who are very good are so nearly always.
      const [forgets, varies] = level < 55 ? [0.3, 7] : level < 72 ? [0.1, 7] : level < 93 ? [0.025, 7] : [0.002, 3];
      const missing = chance.happens(forgets);
      const exempt = !missing && chance.happens(0.01);
      const points = missing || exempt ? null : String(Math.round(possible * Math.min(1, Math.max(0.05, (level + chance.spread() * varies) / 100)) * 2) / 2);
      const givenById = section.leads.findLast(({ from }) => from <= due)!.person.id;
      this.#draft.add("grading", "Score", { studentId: seat.learner.id, assignment, ...about, points, missing, exempt, late: !missing && !exempt && chance.happens(0.04), givenById });
      const done = works.get(seat.learner.id) ?? [];
      if (done.length === 0) works.set(seat.learner.id, done);
      done.push({ assignmentId: assignment, categoryId: category.id, dueDate: due, pointsPossible: String(possible), extraCredit, counts: true, points, missing, exempt });
    }
  }
}
