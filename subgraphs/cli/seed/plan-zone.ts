import { demoRealm } from "../../../identity/realm.ts";
import type { Draft } from "./draft.ts";
import { planCaseloads } from "./people/caseloads.ts";
import { FamilyPlanner } from "./people/families.ts";
import type { Learner } from "./people/learners.ts";
import { PersonPlanner, type SeededPerson } from "./people/persons.ts";
import { planPlacements } from "./people/placements.ts";
import { Workforce } from "./people/staff.ts";
import { lastGrade } from "./places/grades.ts";
import { planZone, type Zone } from "./places/schools.ts";
import type { Frame } from "./plan-frame.ts";
import { planStories, type Stories } from "./stories/stories.ts";
import { planTeaching, type Teaching } from "./teaching/teaching.ts";

export interface PlannedZone {
  readonly zone: Zone;
  readonly workforce: Workforce;
  readonly learners: readonly Learner[];
  /** In the first zone alone. */
  readonly stories: Stories | null;
  readonly teaching: Teaching;
}

/** Plans schools that pupils pass through together, with everybody in them and what they are taught. */
export function planPeopleOfZone(draft: Draft, frame: Frame, number: number, students: number): PlannedZone {
  const { district } = frame;
  const { users } = demoRealm;
  const zone = planZone(draft, district, number);
  const persons = new PersonPlanner(draft, draft.chance.of(`people ${number}`), number);
  const workforce = new Workforce(persons, district, frame.positions, number);
  if (number === 0) workforce.planDemoUsers(zone, users);
  workforce.planOffices(zone, students, users);
  const families = new FamilyPlanner(persons, district, zone, students);
  const stories = number === 0 ? planStories(families, (username) => workforce.demo.get(username)!, (username) => users.find((user) => user.username === username)!) : null;
  const { learners } = families;
  while (learners.all.length < students) families.family(students - learners.all.length);
  for (const year of district.years) {
    const seniors = year.offset < 0 ? Math.max(2, Math.round((students / 13.35) * 0.95)) : 0;
    for (let count = 0; count < seniors; count += 1) families.graduate(lastGrade - year.offset);
  }
  planCaseloads(draft, district, zone, workforce, learners.all, stories?.relatives ?? new Map());
  planPlacements(draft, district, zone, learners.all);
  const teaching = planTeaching(draft, frame, { zone, number, workforce, learners: learners.all });
  return { zone, workforce, learners: learners.all, stories, teaching };
}

/** The persons of the demo users, by user name. */
export function demoPersons({ workforce, stories }: PlannedZone): Record<string, string> {
  const persons: (readonly [string, SeededPerson])[] = [...workforce.demo, ...(stories?.persons ?? [])];
  return Object.fromEntries(persons.map(([username, person]) => [username, person.id]));
}
