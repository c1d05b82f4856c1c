import type { Chance } from "../chance.ts";
import type { Draft } from "../draft.ts";
import type { SeededPerson } from "../people/persons.ts";
import type { Section } from "../teaching/sections.ts";

/** An hour of a section. Times are minutes since midnight by the school's clock. */
export interface Meeting {
  readonly id: string;
  readonly section: Section;
  readonly start: number;
  readonly minutes: number;
  /** Somebody took attendance in it. */
  readonly taken: boolean;
}

/** The moment in which the demo stands: nobody has taken the hours after it. */
export interface Now {
  readonly today: string;
  /** Minutes since midnight. */
  readonly minute: number;
  /** The moment of a minute of a day, by the district's clock. */
  at(day: string, minute: number): Date;
}

const minuteOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/**
 * Plans the class meetings of a section, those to come included: the same that `academics.derive_meetings` makes. Attendance of nearly all
 * past ones was taken; this morning's are taken one after the other.
 */
export function planMeetings(draft: Draft, chance: Chance, now: Now, section: Section): Map<string, readonly Meeting[]> {
  const { calendar, school } = section;
  const byDay = new Map<string, readonly Meeting[]>();
  // A few teachers forget more often than others.
  const forgets = chance.weighed([[0.002, 80], [0.02, 15], [0.06, 5]]);
  for (const { date, cancelled, rotation, bells } of calendar.days) {
    if (cancelled || date < section.firstDay || date >= section.endDay) continue;
    const meetings = section.patterns.filter(({ day }) => day === null || day === rotation).map((pattern): Meeting => {
      const { start, end, minutes, counts } = bells.periods.get(pattern.period)!;
      const id = draft.add("academics", "ClassMeeting", {
        section: section.id, schoolId: school.id, date, periodCode: pattern.period, startTime: start, endTime: end, minutes, countsForAttendance: counts, roomId: section.room, pattern: pattern.id, status: "SCHEDULED",
      });
      const begins = minuteOf(start);
      const taken = date < now.today ? !chance.happens(forgets) : date === now.today && begins < now.minute - 10 && chance.happens(0.85);
      if (taken) {
        draft.add("attendance", "AttendanceSubmission", {
          classMeetingId: id, sectionId: section.id, schoolId: school.id, date, takenById: whoTakes(section, date, now.today).id, takenAt: now.at(date, begins + chance.whole(3, Math.min(14, now.today === date ? now.minute - begins : 14))),
        });
      }
      return { id, section, start: begins, minutes, taken };
    });
    if (meetings.length > 0) byDay.set(date, meetings);
  }
  return byDay;
}

function whoTakes({ leads, substitute }: Section, date: string, today: string): SeededPerson {
  return date === today && substitute !== null ? substitute : leads.findLast(({ from }) => from <= date)!.person;
}
