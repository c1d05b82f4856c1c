import { describe, expect, it } from "vitest";
import { dailyStatus, defaultDayPolicy, type DayFigures } from "./daily-status.ts";
import { withEarlierDay, type EarlierFact } from "./earlier-day.ts";

const noSchedule = dailyStatus([], []);
const sixHours = dailyStatus([{ id: "m", schoolId: "s", start: 480, end: 840, taken: false, event: null }], []);
const fact = (effect: "ABSENT" | "TARDY" | "LEFT_EARLY" | "PRESENT_ELSEWHERE" | null, excuse: "UNEXCUSED" | "EXCUSED" | "ACTIVITY" = "UNEXCUSED", minutesMissed: number | null = null, dayMinutes: number | null = null): EarlierFact =>
  ({ code: effect === null ? null : { effect, excuse }, minutesMissed, dayMinutes });
const short = ({ status, scheduledMinutes, missedMinutes, meetings, meetingsTaken, excuse, countsAbsent, late }: DayFigures) =>
  [status, `${missedMinutes}/${scheduledMinutes}`, `${meetingsTaken}/${meetings}`, excuse, countsAbsent ? "counts" : "", late ? "late" : ""].filter((part) => part).join(" ");
const day = (here: DayFigures, earlier: EarlierFact | null, taken = false) => short(withEarlierDay(here, earlier, taken, defaultDayPolicy));

describe("a day of which only a former system knows", () => {
  it("goes behind everything that is known here", () => {
    const known = dailyStatus([{ id: "m", schoolId: "s", start: 480, end: 840, taken: true, event: null }], []);
    expect(withEarlierDay(known, fact("ABSENT"), true, defaultDayPolicy)).toBe(known);
  });
  it("stays unknown without a word of it", () => {
    expect([day(noSchedule, null), day(sixHours, null)]).toEqual(["UNKNOWN 0/0 0/0", "UNKNOWN 0/360 0/1"]);
  });
  it("was attended where nobody wrote an exception down", () => {
    expect([day(noSchedule, fact(null)), day(noSchedule, null, true), day(sixHours, null, true)]).toEqual(["PRESENT 0/0 1/1", "PRESENT 0/0 1/1", "PRESENT 0/360 1/1"]);
  });
  it("is absent as a whole without minutes, whether or not the length of the day is known", () => {
    expect([day(noSchedule, fact("ABSENT"), true), day(sixHours, fact("ABSENT", "EXCUSED")), day(noSchedule, fact("ABSENT", "ACTIVITY", null, 300))]).toEqual([
      "ABSENT 0/0 1/1 UNEXCUSED counts late", "ABSENT 360/360 1/1 EXCUSED counts late", "ABSENT 300/300 1/1 ACTIVITY late"]);
  });
  it("is absent from half of its minutes on: 149 of 300 are less, 150 are not", () => {
    expect([149, 150].map((missed) => day(noSchedule, fact("ABSENT", "UNEXCUSED", missed, 300)))).toEqual(["PRESENT 149/300 1/1 UNEXCUSED", "ABSENT 150/300 1/1 UNEXCUSED counts"]);
    expect([149, 150].map((missed) => day(sixHours, fact("TARDY", "EXCUSED", missed, 300)))).toEqual(["TARDY 149/300 1/1 EXCUSED late", "ABSENT 150/300 1/1 EXCUSED counts late"]);
  });
  it("is tardy without minutes, attended when left early, and no absence elsewhere", () => {
    expect([day(noSchedule, fact("TARDY")), day(sixHours, fact("LEFT_EARLY", "EXCUSED", 30, 360)), day(sixHours, fact("PRESENT_ELSEWHERE", "ACTIVITY", 200, 300))]).toEqual([
      "TARDY 0/0 1/1 late", "PRESENT 30/360 1/1 EXCUSED", "PRESENT 0/300 1/1"]);
  });
});
