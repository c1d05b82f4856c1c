import type { Chance } from "../chance.ts";
import { weekday } from "../days.ts";
import type { Draft } from "../draft.ts";
import type { Learner, Stay } from "../people/learners.ts";
import type { SchoolDay } from "../places/calendar.ts";
import type { AttendanceCodes } from "./codes.ts";
import type { Meeting } from "./meetings.ts";

/** What a student's days are recorded in. */
export interface Register {
  readonly draft: Draft;
  readonly chance: Chance;
  readonly codes: AttendanceCodes;
  readonly today: string;
}

const calls = ["Fever since last night", "Called by the mother", "Stomach flu", "Family appointment out of town", "Called by the father, back tomorrow", "Cough, stays in bed"];
const remarks = ["Came upset, walked to the counselor", "Asked to see the nurse twice this week", "Said that things are hard at home", "Sleeps in class, spoke with the family", "Argument in the hallway before class"];
const lengths: readonly (readonly [number, number])[] = [[1, 55], [2, 25], [3, 12], [5, 8]];
const usualLength = 1.81;

/** More in the winter months and around weekends. */
const season = (date: string): number => ({ "01": 1.35, "02": 1.3, "12": 1.2, "09": 0.75, "10": 0.85 })[date.slice(5, 7)] ?? 1;
const aroundWeekend = (date: string): number => ([1, 5].includes(weekday(date)) ? 1.2 : 0.87);

/**
 * Plans what teachers and the office recorded of a student's stay at a school, day by day: absences that last some days, late mornings,
 * early departures. `meetingsOn` gives the student's class meetings of a day in their order, `meets` whether there are any.
 */
export function planDays(register: Register, learner: Learner, stay: Stay, days: readonly SchoolDay[], meets: (date: string) => boolean, meetingsOn: (date: string) => readonly Meeting[], isTrip: (date: string) => boolean): void {
  const { chance, today } = register;
  const { absence, unexcused, tardiness, skips, noted } = learner.traits;
  const own = days.filter(({ date, cancelled }) => !cancelled && date >= stay.from && date < stay.until && date <= today);
  // Most days leave no trace: nothing is made for them.
  const record = (date: string) => new Recorder(register, learner, date, meetingsOn(date));
  let left = 0;
  let excused = false;
  own.forEach(({ date }, index) => {
    if (!meets(date)) return;
    if (left === 0) {
      const begins = skips === undefined ? chance.happens((absence / usualLength) * season(date) * aroundWeekend(date)) : skips.days.includes(index % skips.of);
      if (begins) {
        left = skips === undefined ? chance.weighed(lengths) : 1;
        excused = !chance.happens(unexcused);
      }
    }
    if (left > 0) {
      left -= 1;
      record(date).absent(excused);
    } else if (isTrip(date)) record(date).onTrip();
    else if (noted === true && index === own.length - 2) record(date).elsewhere(remarks[2]);
    else if (chance.happens(tardiness)) record(date).late();
    else if (chance.happens(0.004)) record(date).leavesEarly();
    else if (chance.happens(0.003)) record(date).elsewhere();
  });
}

/** Writes down one day of one student. */
class Recorder {
  readonly #register: Register;
  readonly #learner: Learner;
  readonly #date: string;
  readonly #meetings: readonly Meeting[];

  constructor(register: Register, learner: Learner, date: string, meetings: readonly Meeting[]) {
    this.#register = register;
    this.#learner = learner;
    this.#date = date;
    this.#meetings = meetings;
  }

  /** Not there all day. The teachers mark it as they see it; the office has a call, later a note, or nothing. */
  absent(excused: boolean): void {
    const { chance } = this.#register;
    for (const meeting of this.#meetings) this.#event(meeting, "U", meeting.minutes);
    if (excused) this.#office({ kind: "CALL", code: chance.happens(0.8) ? "I" : "E", verified: chance.happens(0.94) }, chance.happens(0.2) ? chance.pick(calls) : null);
    else if (chance.happens(0.06) && this.#learner.traits.skips === undefined) this.#office({ kind: "NOTE", code: "E" }, "Brought a note the day after");
  }

  /** Late to the first hour: the teacher notes the minutes, or the office when it is a good deal. */
  late(): void {
    const { chance } = this.#register;
    const [first] = this.#meetings;
    if (chance.happens(0.7)) return this.#event(first!, chance.happens(0.9) ? "T" : "U", chance.whole(3, 20));
    this.#office({ kind: "CHECK_IN", code: chance.happens(0.5) ? "T" : "TE", from: first!.start + chance.whole(20, 55) });
  }

  leavesEarly(): void {
    const last = this.#meetings.at(-1)!;
    const at = last.start + this.#register.chance.whole(5, last.minutes - 5);
    this.#office({ kind: "CHECK_OUT", code: "D", from: at }, "Dentist");
  }

  elsewhere(note?: string): void {
    const { chance } = this.#register;
    this.#event(note === undefined ? chance.pick(this.#meetings) : (this.#meetings.find(({ taken }) => taken) ?? this.#meetings[0]!), "N", 0, note ?? (chance.happens(0.3) ? chance.pick(remarks) : null));
  }

  onTrip(): void {
    this.#office({ kind: "BULK", code: "FT" });
  }

  #event(meeting: Meeting, code: keyof AttendanceCodes, minutesMissed: number, note: string | null = null): void {
    if (!meeting.taken) return;
    const { draft, codes } = this.#register;
    const { id: sectionId, school } = meeting.section;
    const about = { studentId: this.#learner.id, sectionId, schoolId: school.id };
    const id = draft.add("attendance", "AttendanceEvent", { ...about, classMeetingId: meeting.id, date: this.#date, code: codes[code], minutesMissed });
    if (note !== null) draft.add("attendance", "AttendanceNote", { id, ...about, classMeetingId: meeting.id, text: note });
  }

  #office(entry: { kind: "CALL" | "CHECK_IN" | "CHECK_OUT" | "NOTE" | "BULK"; code: keyof AttendanceCodes; from?: number; verified?: boolean }, note: string | null = null): void {
    const { draft, codes } = this.#register;
    const { kind, code, from, verified = true } = entry;
    const about = { studentId: this.#learner.id, schoolId: this.#meetings[0]!.section.school.id };
    const id = draft.add("attendance", "OfficeEntry", { ...about, date: this.#date, kind, fromTime: from === undefined ? null : clock(from), toTime: null, code: codes[code], verified });
    if (note !== null) draft.add("attendance", "OfficeEntryNote", { id, ...about, text: note });
  }
}

const clock = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
