import type { SeededPerson } from "../people/persons.ts";
import type { Draft } from "../draft.ts";
import type { School } from "../places/schools.ts";
import type { SubjectCode } from "./courses.ts";

export interface Teacher {
  readonly person: SeededPerson;
  readonly subject: SubjectCode;
  /** Her own room: nobody else teaches in it, so that who is in one place leaves no room double booked. */
  readonly room: string;
  /** How many slots of the timetable she teaches at most. */
  readonly load: number;
  /** Offerings of which she teaches a group where there is one, by their keys. */
  readonly teaches: readonly string[];
}

type RoomKind = "CLASSROOM" | "LABORATORY" | "GYMNASIUM" | "ARTS" | "SHOP" | "LIBRARY";
/** Rooms by subject before numbers are given out. */
const special: Partial<Record<SubjectCode, readonly (readonly [number: string, kind: RoomKind, name: string, capacity: number])[]>> = {
  PE: [["GYM", "GYMNASIUM", "Gymnasium", 400], ["FIELD", "GYMNASIUM", "Playing field", 400], ["WEIGHT", "GYMNASIUM", "Weight room", 40]],
  ART: [["ART", "ARTS", "Art", 30], ["MUS", "ARTS", "Music", 60], ["STAGE", "ARTS", "Theater", 60]],
  GEN: [["LIB", "LIBRARY", "Library", 60]],
};

/** The teachers of a school: hired when the timetable needs them, the same in every year. */
export class Faculty {
  readonly school: School;
  readonly teachers: Teacher[] = [];
  readonly #draft: Draft;
  readonly #load: number;
  readonly #employ: (faculty: Faculty, hiredIn: number) => SeededPerson;
  readonly #waiting: { person: SeededPerson; subject: SubjectCode; load?: number; teaches?: readonly string[] }[] = [];
  readonly #rooms = new Map<SubjectCode, number>();
  #number = 0;

  /** `employ` finds a person for a post; `load` is how many slots a teacher teaches at most. */
  constructor(draft: Draft, school: School, load: number, employ: (faculty: Faculty, hiredIn: number) => SeededPerson) {
    this.#draft = draft;
    this.school = school;
    this.#load = load;
    this.#employ = employ;
  }

  /** Gives the next post of the subject to this person, whom a story needs there. */
  reserve(person: SeededPerson, subject: SubjectCode, wishes: { load?: number; teaches?: readonly string[] } = {}): void {
    this.#waiting.push({ person, subject, ...wishes });
  }

  /** A further teacher of the subject; `hiredIn` is the place of the year in which she first has sections. */
  hire(subject: SubjectCode, hiredIn: number): Teacher {
    const waiting = this.#waiting.findIndex((one) => one.subject === subject);
    const [reserved] = waiting < 0 ? [] : this.#waiting.splice(waiting, 1);
    const teacher: Teacher = { person: reserved?.person ?? this.#employ(this, hiredIn), subject, room: this.#room(subject), load: reserved?.load ?? this.#load, teaches: reserved?.teaches ?? [] };
    this.teachers.push(teacher);
    return teacher;
  }

  #room(subject: SubjectCode): string {
    const nth = this.#rooms.get(subject) ?? 0;
    this.#rooms.set(subject, nth + 1);
    const fixed = this.school.level === "elementary" ? undefined : special[subject]?.[nth];
    if (fixed !== undefined) return this.#draft.add("schools", "Room", { school: this.school.id, number: fixed[0], kind: fixed[1], name: fixed[2], capacity: fixed[3] });
    const laboratory = subject === "SCI";
    const kind: RoomKind = laboratory ? "LABORATORY" : subject === "CTE" ? "SHOP" : "CLASSROOM";
    this.#number += 1;
    const number = String((Math.floor((this.#number - 1) / 15) + 1) * 100 + ((this.#number - 1) % 15) + 1);
    return this.#draft.add("schools", "Room", { school: this.school.id, number, kind, name: laboratory ? "Science laboratory" : null, capacity: laboratory ? 28 : 32 });
  }
}
