import { schools as port } from "../../rostering/domains.ts";
import { nextWeekday, plusDays, weekday } from "./days.ts";
import type { Draft, SeededSchool, Year } from "./draft.ts";

/** The school year that holds a day, `offset` years later. */
export function yearOf(draft: Draft, offset: number): Year {
  const start = Number(draft.today.slice(0, 4)) - (draft.today.slice(5) < "08-01" ? 1 : 0) + offset;
  return { id: draft.chance.id(), name: `${start}-${String(start + 1).slice(2)}`, firstDay: `${start}-08-01`, endDay: `${start + 1}-08-01` };
}

/** The first day of lessons: the last Monday of August, or the day before it when that is a holiday's eve. */
export const firstLessonDay = (year: Year): string => nextWeekday(`${year.firstDay.slice(0, 4)}-08-24`, 1);

interface Lesson {
  date: string;
  cancelled: string | null;
  added: string | null;
}

/** The days of lessons of a year: weekdays without holidays, with days lost to weather until today and one made up in June. */
export function lessonDays(year: Year, today: string): Lesson[] {
  const start = year.firstDay.slice(0, 4);
  const next = String(Number(start) + 1);
  const thanksgiving = plusDays(nextWeekday(`${start}-11-01`, 4), 21);
  const breaks: readonly (readonly [string, string])[] = [
    [nextWeekday(`${start}-09-01`, 1), nextWeekday(`${start}-09-01`, 1)],
    [plusDays(nextWeekday(`${start}-10-08`, 5), 0), plusDays(nextWeekday(`${start}-10-08`, 5), 0)],
    [`${start}-11-11`, `${start}-11-11`],
    [plusDays(thanksgiving, -1), plusDays(thanksgiving, 1)],
    [nextWeekday(`${start}-12-18`, 1), plusDays(nextWeekday(`${start}-12-18`, 1), 13)],
    [nextWeekday(`${next}-01-15`, 1), nextWeekday(`${next}-01-15`, 1)],
    [nextWeekday(`${next}-02-15`, 1), nextWeekday(`${next}-02-15`, 1)],
    [nextWeekday(`${next}-03-22`, 1), plusDays(nextWeekday(`${next}-03-22`, 1), 4)],
    [nextWeekday(`${next}-05-25`, 1), nextWeekday(`${next}-05-25`, 1)],
  ];
  const lost = new Map([
    [nextWeekday(`${start}-10-19`, 2), "Power outage after a windstorm"],
    [nextWeekday(`${next}-01-08`, 3), "Snow"],
    [plusDays(nextWeekday(`${next}-01-08`, 3), 1), "Snow"],
    [nextWeekday(`${next}-02-02`, 1), "Ice on the roads"],
  ]);
  const end = nextWeekday(`${next}-06-09`, 5);
  const days: Lesson[] = [];
  for (let date = firstLessonDay(year); date <= end; date = plusDays(date, 1)) {
    if (weekday(date) === 0 || weekday(date) === 6 || breaks.some(([from, to]) => date >= from && date <= to)) continue;
    days.push({ date, cancelled: date <= today ? (lost.get(date) ?? null) : null, added: null });
  }
  const firstLoss = days.find(({ cancelled }) => cancelled !== null);
  if (firstLoss !== undefined) days.push({ date: plusDays(end, 3), cancelled: null, added: `Makes up for ${firstLoss.date}` });
  return days;
}

interface DayPlan {
  rotation: readonly string[];
  regular: string;
  early: string;
}

/** The calendar of a school in a year, its terms and grading periods. */
export function planCalendar(draft: Draft, school: SeededSchool, year: Year, day: DayPlan): void {
  const { chance } = draft;
  const days = lessonDays(year, draft.today);
  const track = chance.id();
  draft.schools.push((s) => port.addCalendarTrack(s, { school: school.id, schoolYear: year.id, name: "Regular" }, track));
  days.forEach(({ date, cancelled, added }, index) => {
    const id = chance.id();
    const status = cancelled !== null ? "CANCELLED" : added !== null ? "ADDED" : "SCHEDULED";
    const rotationDay = day.rotation[index % Math.max(1, day.rotation.length)] ?? null;
    // Every other Wednesday ends early, for the teachers' own learning.
    const bellSchedule = weekday(date) === 3 && Math.floor(index / 5) % 2 === 0 ? day.early : day.regular;
    draft.schools.push((s) => port.addInstructionalDay(s, { track, school: school.id, date, rotationDay, bellSchedule, status, reason: cancelled ?? added }, id));
  });
  planTerms(draft, school, year, days.map(({ date }) => date));
}

function planTerms(draft: Draft, school: SeededSchool, year: Year, days: readonly string[]): void {
  const { chance } = draft;
  const elementary = school.level === "elementary";
  const parts = elementary ? ["Trimester 1", "Trimester 2", "Trimester 3"] : ["Fall semester", "Spring semester"];
  const begin = (index: number, of: number) => (index === 0 ? year.firstDay : index === of ? year.endDay : (days[Math.floor((days.length * index) / of)] ?? year.endDay));
  parts.forEach((name, index) => {
    const id = chance.id();
    const span = { firstDay: begin(index, parts.length), endDay: begin(index + 1, parts.length) };
    draft.schools.push((s) => port.addTerm(s, { schoolYear: year.id, school: school.id, name, kind: elementary ? "TRIMESTER" : "SEMESTER", ...span }, id));
    const periods = elementary ? 1 : 2;
    for (let within = 0; within < periods; within += 1) {
      const number = index * periods + within;
      const period = { firstDay: begin(number, parts.length * periods), endDay: begin(number + 1, parts.length * periods) };
      const periodId = chance.id();
      draft.schools.push((s) => port.addGradingPeriod(s, { term: id, school: school.id, name: elementary ? `T${number + 1}` : `Q${number + 1}`, sequence: within + 1, ...period }, periodId));
    }
  });
}
