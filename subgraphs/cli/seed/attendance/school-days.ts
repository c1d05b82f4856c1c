import type { Chance } from "../chance.ts";
import type { Draft } from "../draft.ts";
import type { Learner } from "../people/learners.ts";
import type { Calendar } from "../places/calendar.ts";
import type { School } from "../places/schools.ts";
import type { Seat, Section } from "../teaching/sections.ts";
import type { AttendanceCodes } from "./codes.ts";
import { planDays } from "./days.ts";
import { planMeetings, type Meeting, type Now } from "./meetings.ts";

/** Plans a year of a school's days: class meetings, who took attendance, and what became of whom. */
export async function planSchoolDays(draft: Draft, chance: Chance, codes: AttendanceCodes, now: Now, school: School, calendar: Calendar, sections: readonly Section[], learners: readonly Learner[]): Promise<void> {
  const meetings = new Map<Section, Map<string, readonly Meeting[]>>();
  const seats = new Map<string, { section: Section; seat: Seat }[]>();
  for (const section of sections) {
    await draft.pause();
    meetings.set(section, planMeetings(draft, chance, now, section));
    for (const seat of section.seats) seats.set(seat.learner.id, [...(seats.get(seat.learner.id) ?? []), { section, seat }]);
  }
  const days = calendar.days.filter(({ cancelled }) => !cancelled);
  // The oldest grade goes on a trip in autumn, the youngest in spring.
  const trips = new Map([[days[18]?.date, school.grades.at(-1)], [days[Math.floor(days.length * 0.8)]?.date, school.grades[0]]]);
  const register = { draft, chance, codes, today: now.today };
  for (const learner of learners) {
    await draft.pause();
    const own = seats.get(learner.id) ?? [];
    const meets = (date: string) => own.some(({ section, seat }) => seat.from <= date && date < seat.until && meetings.get(section)!.has(date));
    const meetingsOn = (date: string) =>
      own.flatMap(({ section, seat }) => (seat.from <= date && date < seat.until ? (meetings.get(section)!.get(date) ?? []) : [])).sort((a, b) => a.start - b.start);
    for (const stay of learner.stays) {
      if (stay.school === school && stay.year === calendar.year) planDays(register, learner, stay, days, meets, meetingsOn, (date) => trips.get(date) === stay.grade && trips.has(date));
    }
  }
}
