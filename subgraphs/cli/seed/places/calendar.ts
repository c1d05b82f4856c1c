import { nextWeekday, plusDays, weekday } from "../days.ts";
import type { Draft } from "../draft.ts";
import type { Bells } from "./bells.ts";
import type { Year } from "./district.ts";
import type { School, SchoolLevel } from "./schools.ts";

/** A day of a school's calendar. */
export interface SchoolDay {
  readonly date: string;
  readonly cancelled: boolean;
  /** The place in the rotation, from 0; 0 in a school without one. */
  readonly rotation: number;
  readonly bells: Bells;
}

export interface GradingPeriod {
  readonly id: string;
  readonly name: string;
  readonly firstDay: string;
  readonly endDay: string;
}
export interface Term extends GradingPeriod {
  readonly periods: readonly GradingPeriod[];
}

/** A school's year: its days in order, those taken back included, and the terms in which sections are taught. */
export interface Calendar {
  readonly year: Year;
  readonly track: string;
  readonly days: readonly SchoolDay[];
  readonly terms: readonly Term[];
}

interface Lesson {
  date: string;
  cancelled: string | null;
  added: string | null;
}

/** The days of lessons of a year: weekdays without holidays, with days lost to weather until today and one made up in June. */
export function lessonDays(year: Year, today: string): Lesson[] {
  const start = year.firstDay.slice(0, 4);
  const next = String(Number(start) + 1);
  const on = (day: string, wanted: number) => nextWeekday(day, wanted);
  const thanksgiving = plusDays(on(`${start}-11-01`, 4), 21);
  const single = (day: string) => [day, day] as const;
  const breaks: readonly (readonly [string, string])[] = [
    single(on(`${start}-09-01`, 1)), single(on(`${start}-10-08`, 5)), single(`${start}-11-11`),
    [plusDays(thanksgiving, -1), plusDays(thanksgiving, 1)],
    [on(`${start}-12-18`, 1), plusDays(on(`${start}-12-18`, 1), 13)],
    single(on(`${next}-01-15`, 1)), single(on(`${next}-02-15`, 1)),
    [on(`${next}-03-22`, 1), plusDays(on(`${next}-03-22`, 1), 4)],
    single(on(`${next}-05-25`, 1)),
  ];
  const lost = new Map([
    [on(`${start}-09-15`, 2), "Power outage after a windstorm"],
    [on(`${next}-01-08`, 3), "Snow"],
    [plusDays(on(`${next}-01-08`, 3), 1), "Snow"],
    [on(`${next}-02-02`, 1), "Ice on the roads"],
  ]);
  const end = on(`${next}-06-09`, 5);
  const days: Lesson[] = [];
  // The last Monday of August, or the day before September begins.
  for (let date = on(`${start}-08-24`, 1); date <= end; date = plusDays(date, 1)) {
    if (weekday(date) === 0 || weekday(date) === 6 || breaks.some(([from, to]) => date >= from && date <= to)) continue;
    days.push({ date, cancelled: date <= today ? (lost.get(date) ?? null) : null, added: null });
  }
  const firstLoss = days.find(({ cancelled }) => cancelled !== null);
  if (firstLoss !== undefined) days.push({ date: plusDays(end, 3), cancelled: null, added: `Makes up for ${firstLoss.date}` });
  return days;
}

/** The calendar of a school in a year, its terms and grading periods. */
export function planCalendar(draft: Draft, school: Pick<School, "id" | "level" | "rotation" | "bells">, year: Year): Calendar {
  const lessons = lessonDays(year, draft.today);
  const track = draft.add("schools", "CalendarTrack", { school: school.id, schoolYear: year.id, name: "Regular" });
  const days = lessons.map(({ date, cancelled, added }, index): SchoolDay => {
    const rotation = index % Math.max(1, school.rotation.length);
    // Every other Wednesday ends early, for the teachers' own learning.
    const bells = weekday(date) === 3 && Math.floor(index / 5) % 2 === 0 ? school.bells.early : school.bells.regular;
    const status = cancelled !== null ? "CANCELLED" : added !== null ? "ADDED" : "SCHEDULED";
    draft.add("schools", "InstructionalDay", { track, school: school.id, date, rotationDay: school.rotation[rotation] ?? null, bellSchedule: bells.id, status, reason: cancelled ?? added });
    return { date, cancelled: cancelled !== null, rotation, bells };
  });
  return { year, track, days, terms: planTerms(draft, school.id, school.level, year, lessons.map(({ date }) => date)) };
}

/** Trimesters in elementary schools; elsewhere two semesters of two quarters. */
function planTerms(draft: Draft, school: string, level: SchoolLevel, year: Year, days: readonly string[]): Term[] {
  const elementary = level === "elementary";
  const names = elementary ? ["Trimester 1", "Trimester 2", "Trimester 3"] : ["Fall semester", "Spring semester"];
  const each = elementary ? 1 : 2;
  const all = names.length * each;
  // A Monday near an equal share of the days, so that no week belongs to two periods.
  const begin = (index: number): string => (index === 0 ? year.firstDay : index === all ? plusDays(days.at(-1)!, 4) : nextWeekday(plusDays(days[Math.floor((days.length * index) / all)]!, -3), 1));
  return names.map((name, index) => {
    const span = { firstDay: begin(index * each), endDay: begin((index + 1) * each) };
    const id = draft.add("schools", "Term", { schoolYear: year.id, school, name, kind: elementary ? "TRIMESTER" : "SEMESTER", ...span });
    const periods = Array.from({ length: each }, (_, within) => {
      const number = index * each + within;
      const period = { name: elementary ? `T${number + 1}` : `Q${number + 1}`, firstDay: begin(number), endDay: begin(number + 1) };
      return { id: draft.add("schools", "GradingPeriod", { term: id, school, sequence: within + 1, ...period }), ...period };
    });
    return { id, name, ...span, periods };
  });
}
