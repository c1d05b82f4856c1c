import type { SubjectCode } from "./courses.ts";
import type { Faculty, Teacher } from "./faculty.ts";
import type { Offering } from "./offerings.ts";
import { countRequests, type Member } from "./requests.ts";

/** One group of an offering: a section, or two that share its hours and students. */
export interface Unit {
  readonly offering: Offering;
  /** From 1, within the offering. */
  readonly number: number;
  /** One for each part of the offering. */
  readonly teachers: readonly Teacher[];
  slot: number;
  readonly students: Member[];
}

export interface Timetable {
  readonly units: readonly Unit[];
  /** Whether the group's teachers teach nothing else in the slot. */
  isFree(unit: Unit, slot: number): boolean;
  /** Moves a group; -1 takes it out. */
  place(unit: Unit, slot: number): void;
}

/**
 * Builds the timetable of a school's year: as many groups as the requests need, a teacher for each, and a slot in which the teacher is
 * free and as few students as possible would have to be elsewhere.
 */
export function buildTimetable(members: readonly Member[], faculty: Faculty, slots: number, yearIndex: number): Timetable {
  const counts = [...countRequests(members)].sort(([a], [b]) => bySubject(a, b));
  const groups = counts.flatMap(([offering, count]) => Array.from({ length: Math.max(1, Math.ceil(count / offering.seats)) }, (_, index) => ({ offering, number: index + 1 })));
  const staffed = new Staffing(faculty, yearIndex, groups.map(({ offering }) => offering));
  const units = groups.map(({ offering, number }): Unit => ({ offering, number, teachers: staffed.teachersFor(offering), slot: -1, students: [] }));
  const conflicts = new Conflicts(members, counts);
  const occupied = new Map<Teacher, Set<number>>();
  const isFree = (unit: Unit, slot: number) => unit.teachers.every((teacher) => occupied.get(teacher)?.has(slot) !== true);
  const place = (unit: Unit, slot: number) => {
    for (const teacher of unit.teachers) {
      const taught = occupied.get(teacher) ?? new Set();
      occupied.set(teacher, taught);
      if (unit.slot >= 0) taught.delete(unit.slot);
      if (slot >= 0) taught.add(slot);
    }
    unit.slot = slot;
  };
  const best = (unit: Unit): number => {
    let [found, least] = [-1, Infinity];
    for (let slot = 0; slot < slots; slot += 1) {
      if (!isFree(unit, slot)) continue;
      let cost = 0;
      for (const other of units) if (other.slot === slot && other !== unit) cost += conflicts.between(unit.offering, other.offering);
      if (cost < least) [found, least] = [slot, cost];
    }
    return found;
  };
  // Groups with two teachers find a common free slot first; then what is offered once, which leaves its students no choice.
  const order = [...units].sort((a, b) => new Set(b.teachers).size - new Set(a.teachers).size || conflicts.groups(a.offering) - conflicts.groups(b.offering));
  for (const unit of order) place(unit, best(unit));
  for (let round = 0; round < 2; round += 1) {
    for (const unit of order) {
      const before = unit.slot;
      place(unit, -1);
      const slot = best(unit);
      place(unit, slot < 0 ? before : slot);
    }
  }
  return { units, isFree, place };
}

const subjectsOf = ({ parts }: Offering): SubjectCode[] => [...new Set(parts.map(({ subject }) => subject))];

const bySubject = (a: Offering, b: Offering): number => {
  const [left, right] = [a.parts[0]!.subject, b.parts[0]!.subject];
  return left === right ? (a.key < b.key ? -1 : 1) : left < right ? -1 : 1;
};

/** Gives out the teachers' hours, subject by subject; hires when they do not suffice. */
class Staffing {
  readonly #faculty: Faculty;
  readonly #yearIndex: number;
  readonly #load = new Map<Teacher, number>();
  readonly #teams: Teacher[][] = [];
  readonly #wished = new Set<string>();
  /** Teachers who teach alone, enough for all groups of their subject. */
  readonly #alone = new Map<SubjectCode, Teacher[]>();

  constructor(faculty: Faculty, yearIndex: number, groups: readonly Offering[]) {
    this.#faculty = faculty;
    this.#yearIndex = yearIndex;
    const teams = groups.filter((offering) => subjectsOf(offering).length > 1);
    for (const offering of groups) {
      const [subject, ...others] = subjectsOf(offering);
      if (others.length === 0) this.#alone.set(subject!, this.#alone.get(subject!) ?? this.#enough(subject!, groups.filter((one) => !teams.includes(one) && subjectsOf(one)[0] === subject).length));
    }
  }

  #enough(subject: SubjectCode, groups: number): Teacher[] {
    const chosen: Teacher[] = [];
    for (let hours = 0; hours < groups; hours += chosen.at(-1)!.load) {
      chosen.push(this.#faculty.teachers.find((one) => one.subject === subject && !chosen.includes(one)) ?? this.#faculty.hire(subject, this.#yearIndex));
    }
    return chosen;
  }

  teachersFor(offering: Offering): Teacher[] {
    const subjects = subjectsOf(offering);
    const team = subjects.length === 1 ? [this.#teacherOf(offering, this.#alone.get(subjects[0]!)!)] : this.#team(subjects);
    for (const teacher of team) this.#load.set(teacher, this.#taken(teacher) + 1);
    return offering.parts.map(({ subject }) => team[subjects.indexOf(subject)]!);
  }

  /** Who is to teach a group of the offering and does not yet; else whoever has most hours left. */
  #teacherOf({ key }: Offering, teachers: readonly Teacher[]): Teacher {
    const wished = teachers.find(({ teaches }) => teaches.includes(key));
    if (wished !== undefined && !this.#wished.has(key)) {
      this.#wished.add(key);
      return wished;
    }
    return [...teachers].sort((a, b) => this.#taken(a) / a.load - this.#taken(b) / b.load)[0]!;
  }

  /** Teachers who share groups do it always with one another, so that their free slots are the same. */
  #team(subjects: readonly SubjectCode[]): Teacher[] {
    const known = this.#teams.find((team) => team.every((teacher, index) => teacher.subject === subjects[index] && this.#taken(teacher) < teacher.load));
    if (known !== undefined) return known;
    const team = subjects.map((subject) => this.#faculty.teachers.find((one) => one.subject === subject && this.#taken(one) === 0 && this.#alone.get(subject)?.includes(one) !== true) ?? this.#faculty.hire(subject, this.#yearIndex));
    this.#teams.push(team);
    return team;
  }

  #taken(teacher: Teacher): number {
    return this.#load.get(teacher) ?? 0;
  }
}

/** How many students ask for both of two offerings, spread over their groups. */
class Conflicts {
  readonly #shared = new Map<Offering, Map<Offering, number>>();
  readonly #groups: ReadonlyMap<Offering, number>;

  constructor(members: readonly Member[], counts: readonly (readonly [Offering, number])[]) {
    this.#groups = new Map(counts.map(([offering, count]) => [offering, Math.max(1, Math.ceil(count / offering.seats))]));
    for (const { requests } of members) {
      for (const one of requests) {
        const row = this.#shared.get(one) ?? new Map<Offering, number>();
        this.#shared.set(one, row);
        for (const other of requests) row.set(other, (row.get(other) ?? 0) + 1);
      }
    }
  }

  groups(offering: Offering): number {
    return this.#groups.get(offering) ?? 1;
  }

  between(one: Offering, other: Offering): number {
    return (this.#shared.get(one)?.get(other) ?? 0) / (this.groups(one) * this.groups(other));
  }
}
