import type { Draft } from "../draft.ts";
import type { SchoolLevel } from "./schools.ts";

export interface Period {
  readonly code: string;
  readonly name: string;
  /** By the school's clock, HH:MM. */
  readonly start: string;
  readonly end: string;
  readonly minutes: number;
  readonly counts: boolean;
}
export interface Bells {
  readonly id: string;
  readonly periods: ReadonlyMap<string, Period>;
}

type Plan = readonly (readonly [code: string, name: string, regular: number, early: number])[];

/** Periods with their minutes on a regular day and on an early release: the same periods, shorter. */
const days: Readonly<Record<SchoolLevel, { start: number; passing: number; periods: Plan }>> = {
  // Four blocks on A days and four others on B days; before them a zero period every day.
  high: { start: 7 * 60 + 20, passing: 5, periods: [["0", "Zero period", 55, 55], ["1", "Block 1", 85, 60], ["2", "Block 2", 85, 60], ["L", "Lunch", 35, 30], ["3", "Block 3", 85, 60], ["4", "Block 4", 85, 60]] },
  middle: {
    start: 8 * 60 + 20, passing: 5,
    periods: [["HR", "Advisory", 12, 8], ["1", "Period 1", 48, 34], ["2", "Period 2", 48, 34], ["3", "Period 3", 48, 34], ["L", "Lunch", 35, 30], ["4", "Period 4", 48, 34], ["5", "Period 5", 48, 34], ["6", "Period 6", 48, 34]],
  },
  elementary: { start: 8 * 60, passing: 0, periods: [["AM", "Morning", 190, 130], ["L", "Lunch and recess", 40, 35], ["PM", "Afternoon", 150, 100]] },
};

const clock = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

export function planBells(draft: Draft, school: { id: string; level: SchoolLevel }): { regular: Bells; early: Bells } {
  const { start, passing, periods } = days[school.level];
  const plan = (name: string, lengthOf: (period: Plan[number]) => number): Bells => {
    const id = draft.add("schools", "BellSchedule", { school: school.id, name });
    const made = new Map<string, Period>();
    let now = start;
    periods.forEach((period, index) => {
      const minutes = lengthOf(period);
      const [code, title] = period;
      const counts = code !== "L";
      const times = { start: clock(now), end: clock(now + minutes) };
      draft.add("schools", "BellPeriod", { bellSchedule: id, school: school.id, code, name: title, sequence: index + 1, startTime: times.start, endTime: times.end, countsForAttendance: counts });
      made.set(code, { code, name: title, ...times, minutes, counts });
      now += minutes + passing;
    });
    return { id, periods: made };
  };
  return { regular: plan("Regular", ([, , regular]) => regular), early: plan("Early release", ([, , , early]) => early) };
}
