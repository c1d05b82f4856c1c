import type { AbsenceExcuse, AttendanceEffect } from "../entities/attendance-code.ts";
import type { DayFigures, DayPolicy } from "./daily-status.ts";

/** What the former system recorded of a student's day. */
export interface EarlierFact {
  /** Null: the student was there. */
  code: { effect: AttendanceEffect; excuse: AbsenceExcuse } | null;
  minutesMissed: number | null;
  dayMinutes: number | null;
}

/**
 * What a student's day was where nothing is known here and a former system knew it: the student's own record, or else that attendance of the
 * school's day was taken and the student has none. A day that is known here stays as it is.
 *
 * 1. Without a code the student was there; so too with a code of presence elsewhere. Nothing was missed.
 * 2. ABSENT without minutes missed the whole day: it is ABSENT and late, also where nobody knows how long the day was. With minutes, any code
 *    makes the day ABSENT when they are at least the policy's share of the day's.
 * 3. Else TARDY makes a tardy day, whatever the policy says of periods: the former system called the day so.
 * 4. The excuse is the code's, where anything was missed or the day was absent. The day has the minutes that the record says, else those that
 *    are scheduled here.
 * 5. The day counts as taken whole: all of its class meetings; without any, one, so that its coverage is told.
 */
export function withEarlierDay(here: DayFigures, earlier: EarlierFact | null, schoolDayTaken: boolean, policy: DayPolicy): DayFigures {
  if (here.status !== "UNKNOWN" || (earlier === null && !schoolDayTaken)) return here;
  const { code = null, minutesMissed = null, dayMinutes = null } = earlier ?? {};
  const length = dayMinutes ?? (here.scheduledMinutes > 0 ? here.scheduledMinutes : null);
  const there = code === null || code.effect === "PRESENT_ELSEWHERE";
  const wholeDay = code?.effect === "ABSENT" && minutesMissed === null;
  const missed = there ? 0 : (minutesMissed ?? (wholeDay ? (length ?? 0) : 0));
  const absent = !there && (wholeDay || (missed > 0 && missed * 100 >= policy.absentShare * (dayMinutes ?? 0)));
  const late = wholeDay || code?.effect === "TARDY";
  const excuse = missed > 0 || absent ? code!.excuse : null;
  const meetings = Math.max(here.meetings, 1);
  return {
    scheduledMinutes: length ?? 0,
    missedMinutes: missed,
    excusedMinutes: excuse === null || excuse === "UNEXCUSED" ? 0 : missed,
    meetings,
    meetingsTaken: meetings,
    status: absent ? "ABSENT" : late ? "TARDY" : "PRESENT",
    excuse,
    countsAbsent: absent && excuse !== "ACTIVITY" && excuse !== "REMOTE",
    late,
  };
}
