import { plusDays } from "./days.ts";
import type { Draft, SeededSchools } from "./draft.ts";
import { allRights, LearnerPlanner, pickUpOnly, type Learner, type LearnerFacts } from "./learners.ts";
import { adultMen, adultWomen, type Origin } from "./names.ts";
import type { PersonPlanner, SeededPerson, Sex } from "./persons.ts";

/** A child to be made: chance fills what is left out. */
export type ChildFacts = Partial<LearnerFacts> & { grade: string; givenName?: string; sex?: Sex; preferredGivenName?: string; pronouns?: string };

/** Makes families: children, parents, households, those who may fetch the children. */
export class FamilyPlanner {
  readonly draft: Draft;
  readonly persons: PersonPlanner;
  readonly learners: LearnerPlanner;
  readonly #grades: readonly string[];

  constructor(draft: Draft, schools: SeededSchools, persons: PersonPlanner) {
    this.draft = draft;
    this.persons = persons;
    this.learners = new LearnerPlanner(draft, schools);
    this.#grades = schools.schools.flatMap(({ grades }) => grades).sort((a, b) => (a === "KG" ? -1 : b === "KG" ? 1 : a < b ? -1 : 1));
  }

  /** An adult with a mobile phone and an e-mail address. */
  adult(sex: Sex, familyName: string, origin: Origin, givenName?: string, confidentialPhone = false): SeededPerson {
    const { chance } = this.draft;
    const [own, usual] = sex === "FEMALE" ? [origin.girls, adultWomen] : [origin.boys, adultMen];
    const person = this.persons.person(givenName ?? chance.pick(chance.happens(0.5) ? own : usual), familyName);
    this.persons.phone(person, "MOBILE", confidentialPhone);
    if (chance.happens(0.92)) this.persons.email(person, "PERSONAL");
    return person;
  }

  child(familyName: string, origin: Origin, facts: ChildFacts): Learner {
    const { chance } = this.draft;
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
    const meals = facts.meals !== undefined ? facts.meals : chance.weighed([["FREE" as const, 31], ["REDUCED" as const, 8], [null, 61]]);
    return this.learners.student(person, { ...facts, birthDate, language, meals });
  }

  /** A family by chance, of at most `most` children. */
  family(most: number): void {
    const { chance } = this.draft;
    const origin = this.persons.origin();
    const familyName = chance.pick(origin.families);
    const size = Math.min(most, chance.weighed([[1, 42], [2, 38], [3, 15], [4, 5]]));
    const grades = new Set<string>();
    while (grades.size < size) grades.add(chance.pick(this.#grades));
    const language = chance.weighed(origin.languages);
    const meals = chance.weighed([["FREE" as const, 31], ["REDUCED" as const, 8], [null, 61]]);
    const children = [...grades].map((grade) => this.child(familyName, origin, { grade, language, meals }));
    const { parents, kind } = this.#parents(familyName, origin);
    const since = plusDays(this.draft.today, -chance.whole(400, 4000));
    this.persons.household(`${familyName} family`, [...parents, ...children.map(({ person }) => person)], { fromDate: since, confidential: chance.happens(0.008) });
    for (const child of children) {
      parents.forEach((parent, index) => this.learners.contact(child, parent, { relationship: kind[index]!, ...allRights, emergencyOrder: index + 1 }));
    }
    if (chance.happens(0.35)) this.#helper(origin, familyName, children, parents.length + 1);
  }

  #parents(familyName: string, origin: Origin): { parents: SeededPerson[]; kind: ("MOTHER" | "FATHER" | "STEPPARENT" | "GRANDPARENT")[] } {
    const { chance } = this.draft;
    const shape = chance.weighed([["both", 66], ["mother", 18], ["father", 5], ["step", 6], ["grandmother", 3], ["two mothers", 2]]);
    const woman = (name = familyName) => this.adult("FEMALE", name, origin);
    const man = (name = familyName) => this.adult("MALE", name, origin);
    if (shape === "both") return { parents: [woman(chance.happens(0.2) ? chance.pick(origin.families) : familyName), man()], kind: ["MOTHER", "FATHER"] };
    if (shape === "mother") return { parents: [woman()], kind: ["MOTHER"] };
    if (shape === "father") return { parents: [man()], kind: ["FATHER"] };
    if (shape === "step") return { parents: [woman(), man(chance.pick(this.persons.origin().families))], kind: ["MOTHER", "STEPPARENT"] };
    if (shape === "grandmother") return { parents: [woman()], kind: ["GRANDPARENT"] };
    return { parents: [woman(), woman(chance.pick(origin.families))], kind: ["MOTHER", "MOTHER"] };
  }

  /** A relative or neighbor who may fetch the children, and reads nothing. */
  #helper(origin: Origin, familyName: string, children: readonly Learner[], emergencyOrder: number): void {
    const { chance } = this.draft;
    const relationship = chance.weighed([["GRANDPARENT" as const, 5], ["OTHER_RELATIVE" as const, 3], ["NEIGHBOR" as const, 2]]);
    const name = relationship === "NEIGHBOR" ? chance.pick(this.persons.origin().families) : chance.happens(0.6) ? familyName : chance.pick(origin.families);
    const helper = this.adult(chance.happens(0.7) ? "FEMALE" : "MALE", name, origin);
    for (const child of children) this.learners.contact(child, helper, { relationship, ...pickUpOnly, emergencyOrder });
  }
}
