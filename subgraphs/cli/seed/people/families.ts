import type { Chance } from "../chance.ts";
import { plusDays } from "../days.ts";
import type { District } from "../places/district.ts";
import { preKindergarten } from "../places/grades.ts";
import type { Zone } from "../places/schools.ts";
import { allRights, LearnerPlanner, pickUpOnly, type Learner, type LearnerFacts } from "./learners.ts";
import type { Origin } from "./names.ts";
import type { PersonPlanner, SeededPerson, Sex } from "./persons.ts";

/** A child to be made: chance fills what is left out. */
export type ChildFacts = Partial<LearnerFacts> & { grade: number; givenName?: string; sex?: Sex; preferredGivenName?: string; pronouns?: string };

type Meals = LearnerFacts["meals"];
const mealShares: readonly (readonly [Meals, number])[] = [["FREE", 31], ["REDUCED", 8], [null, 61]];

/** Makes families: children, parents, households, those who may fetch the children. */
export class FamilyPlanner {
  readonly district: District;
  readonly zone: Zone;
  readonly persons: PersonPlanner;
  readonly learners: LearnerPlanner;
  readonly #chance: Chance;
  /** How many more students each grade is to have. */
  readonly #wanted: Map<number, number>;
  /** Days of lessons of the seeded years until today. */
  readonly #lessons: readonly string[];

  constructor(persons: PersonPlanner, district: District, zone: Zone, students: number) {
    this.persons = persons;
    this.district = district;
    this.zone = zone;
    this.#chance = persons.chance;
    this.learners = new LearnerPlanner(persons.draft, persons.chance, district, zone);
    const weights = new Map([preKindergarten, ...Array.from({ length: 13 }, (_, grade) => grade)].map((grade) => [grade, grade === preKindergarten ? 0.35 : 1] as const));
    const all = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
    this.#wanted = new Map([...weights].map(([grade, weight]) => [grade, (students * weight) / all]));
    this.#lessons = zone.high.calendars.flatMap(({ days }) => days.filter(({ date, cancelled }) => !cancelled && date <= persons.draft.today).map(({ date }) => date));
  }

  get today(): string {
    return this.persons.draft.today;
  }

  /** A day of lessons so far: 0 is the first of the seeded years, 1 the last before today. */
  lesson(share: number): string {
    return this.#lessons[Math.floor(share * (this.#lessons.length - 1))] ?? this.district.thisYear.firstDay;
  }

  /** A day of last year's lessons, likewise; of this year's where the seed has only that one. */
  lessonOfLastYear(share: number): string {
    const last = this.#lessons.filter((day) => day < this.district.thisYear.firstDay);
    const days = last.length > 0 ? last : this.#lessons;
    return days[Math.floor(share * (days.length - 1))] ?? this.district.thisYear.firstDay;
  }

  child(familyName: string, origin: Origin, facts: ChildFacts): Learner {
    const chance = this.#chance;
    const sex = facts.sex ?? (chance.happens(0.49) ? "FEMALE" : "MALE");
    const givenName = facts.givenName ?? chance.pick(sex === "FEMALE" ? origin.girls : origin.boys);
    const middleName = chance.happens(0.4) ? chance.pick(sex === "FEMALE" ? origin.girls : origin.boys) : undefined;
    const person = this.persons.person(givenName, familyName, {
      ...(middleName !== undefined && middleName !== givenName ? { middleName } : {}),
      ...(facts.preferredGivenName === undefined ? {} : { preferredGivenName: facts.preferredGivenName }),
      ...(facts.pronouns === undefined ? {} : { pronouns: facts.pronouns }),
    });
    const birthDate = facts.birthDate ?? this.learners.birthDate(facts.grade);
    const language = facts.language ?? chance.weighed(origin.languages);
    this.persons.demographics(person, { birthDate, legalSex: sex, origin, language });
    this.persons.email(person, "DISTRICT");
    const meals = facts.meals !== undefined ? facts.meals : chance.weighed(mealShares);
    this.#wanted.set(facts.grade, (this.#wanted.get(facts.grade) ?? 0) - 1);
    return this.learners.student(person, { home: 0, ...facts, birthDate, language, meals });
  }

  /** A family by chance, of at most `most` children. */
  family(most: number): void {
    const chance = this.#chance;
    const origin = this.persons.origin();
    const familyName = chance.pick(origin.families);
    const size = Math.min(most, chance.weighed([[1, 42], [2, 38], [3, 15], [4, 5]]));
    const grades = new Set<number>();
    while (grades.size < size) grades.add(chance.weighed([...this.#wanted].map(([grade, wanted]) => [grade, Math.max(wanted, 0.02)] as const)));
    const home = chance.happens(0.54) ? 0 : 1;
    const common = { language: chance.weighed(origin.languages), meals: chance.weighed(mealShares), ...this.#comings() };
    const children = [...grades].map((grade) => this.child(familyName, origin, { grade, home, ...common }));
    this.#withParents(familyName, origin, children);
  }

  /** Last year's seniors, who have left with their diplomas; `grade` is above the last one. */
  graduate(grade: number): void {
    const origin = this.persons.origin();
    const familyName = this.#chance.pick(origin.families);
    this.#withParents(familyName, origin, [this.child(familyName, origin, { grade, home: this.#chance.happens(0.54) ? 0 : 1 })]);
  }

  /** Most families have always been here; some came this year or in the midst of a year, a few have left, and some moved within. */
  #comings(): Partial<LearnerFacts> {
    const chance = this.#chance;
    const what = chance.weighed([["here", 905], ["new", 50], ["came", 20], ["left", 13], ["moved", 12]] as const);
    if (what === "new") return { since: this.district.thisYear.firstDay };
    if (what === "here" || this.#lessons.length < 20) return {};
    const thisYear = this.#lessons.findIndex((day) => day > this.district.thisYear.firstDay);
    if (what === "left" && thisYear < 0) return {};
    const day = this.#lessons[what === "left" ? chance.whole(thisYear, this.#lessons.length - 1) : chance.whole(5, this.#lessons.length - 5)]!;
    return what === "came" ? { since: day } : what === "left" ? { left: plusDays(day, 1) } : { movedOn: day };
  }

  #withParents(familyName: string, origin: Origin, children: readonly Learner[]): void {
    const chance = this.#chance;
    const { parents, kind } = this.#parents(familyName, origin);
    const since = plusDays(this.today, -chance.whole(400, 4000));
    this.persons.household(`${familyName} family`, [...parents, ...children.map(({ person }) => person)], { fromDate: since, confidential: chance.happens(0.008) });
    for (const child of children) {
      parents.forEach((parent, index) => this.learners.contact(child, parent, { relationship: kind[index]!, ...allRights, emergencyOrder: index + 1 }));
    }
    if (chance.happens(0.35)) this.#helper(origin, familyName, children, parents.length + 1);
  }

  #parents(familyName: string, origin: Origin): { parents: SeededPerson[]; kind: ("MOTHER" | "FATHER" | "STEPPARENT" | "GRANDPARENT")[] } {
    const chance = this.#chance;
    const shape = chance.weighed([["both", 66], ["mother", 18], ["father", 5], ["step", 6], ["grandmother", 3], ["two mothers", 2]]);
    const woman = (name = familyName) => this.persons.adult("FEMALE", name, origin);
    const man = (name = familyName) => this.persons.adult("MALE", name, origin);
    if (shape === "both") return { parents: [woman(chance.happens(0.2) ? chance.pick(origin.families) : familyName), man()], kind: ["MOTHER", "FATHER"] };
    if (shape === "mother") return { parents: [woman()], kind: ["MOTHER"] };
    if (shape === "father") return { parents: [man()], kind: ["FATHER"] };
    if (shape === "step") return { parents: [woman(), man(chance.pick(this.persons.origin().families))], kind: ["MOTHER", "STEPPARENT"] };
    if (shape === "grandmother") return { parents: [woman()], kind: ["GRANDPARENT"] };
    return { parents: [woman(), woman(chance.pick(origin.families))], kind: ["MOTHER", "MOTHER"] };
  }

  /** A relative or neighbor who may fetch the children, and reads nothing. */
  #helper(origin: Origin, familyName: string, children: readonly Learner[], emergencyOrder: number): void {
    const chance = this.#chance;
    const relationship = chance.weighed([["GRANDPARENT" as const, 5], ["OTHER_RELATIVE" as const, 3], ["NEIGHBOR" as const, 2]]);
    const name = relationship === "NEIGHBOR" ? chance.pick(this.persons.origin().families) : chance.happens(0.6) ? familyName : chance.pick(origin.families);
    const helper = this.persons.adult(chance.happens(0.7) ? "FEMALE" : "MALE", name, origin);
    for (const child of children) this.learners.contact(child, helper, { relationship, ...pickUpOnly, emergencyOrder });
  }
}
