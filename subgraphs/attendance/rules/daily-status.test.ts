import { describe, expect, it } from "vitest";
import { dailyStatus, type DayFigures, type MeetingOfDay, type OfficeFact } from "./daily-status.ts";

const at = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const school = "high school";

const unexcused = { effect: "ABSENT", excuse: "UNEXCUSED" } as const;
const excused = { effect: "ABSENT", excuse: "EXCUSED" } as const;
const activity = { effect: "PRESENT_ELSEWHERE", excuse: "ACTIVITY" } as const;
const tardy = (minutesMissed: number) => ({ effect: "TARDY", excuse: "UNEXCUSED", minutesMissed }) as const;
const absent = { ...unexcused, minutesMissed: 0 } as const;

const meeting = (id: string, start: string, end: string, more: Partial<MeetingOfDay> = {}): MeetingOfDay => ({ id, schoolId: school, start: at(start), end: at(end), taken: true, event: null, ...more });
const entry = (kind: OfficeFact["kind"], code: Pick<OfficeFact, "effect" | "excuse">, from: string | null = null, to: string | null = null, more: Partial<OfficeFact> = {}): OfficeFact => ({
  schoolId: school, kind, from: from === null ? null : at(from), to: to === null ? null : at(to), verified: true, ...code, ...more,
});

/** Six periods of 50 minutes, five between them, lunch after the fourth: 300 minutes that count. */
const regularTimes = [["08:00", "08:50"], ["08:55", "09:45"], ["09:50", "10:40"], ["10:45", "11:35"], ["12:15", "13:05"], ["13:10", "14:00"]] as const;
const regular = (events: Record<number, MeetingOfDay["event"]> = {}, more: Partial<MeetingOfDay> = {}) => regularTimes.map(([start, end], i) => meeting(`P${i + 1}`, start, end, { event: events[i + 1] ?? null, ...more }));
/** The same periods of 30 minutes, one after the other: 180 minutes that count. */
const earlyRelease = (events: Record<number, MeetingOfDay["event"]> = {}) => [0, 1, 2, 3, 4, 5].map((i) => meeting(`P${i + 1}`, `${String(8 + Math.floor(i / 2)).padStart(2, "0")}:${i % 2 ? "30" : "00"}`, `${String(8 + Math.floor((i + 1) / 2)).padStart(2, "0")}:${(i + 1) % 2 ? "30" : "00"}`, { event: events[i + 1] ?? null }));
/** An elementary homeroom before and after lunch: 180 and 150 minutes. */
const homeroom = (morning: MeetingOfDay["event"], afternoon: MeetingOfDay["event"]) => [meeting("AM", "08:30", "11:30", { event: morning }), meeting("PM", "12:15", "14:45", { event: afternoon })];

const brief = ({ status, missedMinutes, excuse }: DayFigures) => [status, missedMinutes, excuse];

describe("a day by its teachers", () => {
  it("is present when every meeting was taken and nobody saw an exception: 0 of 300 minutes", () => {
    expect(dailyStatus(regular(), [])).toEqual({ scheduledMinutes: 300, missedMinutes: 0, excusedMinutes: 0, meetings: 6, meetingsTaken: 6, status: "PRESENT", excuse: null, countsAbsent: false, late: false });
  });

  it("is unknown when nobody took attendance, and never present", () => {
    expect(dailyStatus(regular({}, { taken: false }), [])).toMatchObject({ status: "UNKNOWN", scheduledMinutes: 300, meetings: 6, meetingsTaken: 0 });
    expect(dailyStatus([], [])).toMatchObject({ status: "UNKNOWN", scheduledMinutes: 0, meetings: 0 });
    // An exception in a meeting that was not taken says nothing.
    expect(dailyStatus(regular({ 1: absent }, { taken: false }), [])).toMatchObject({ status: "UNKNOWN", missedMinutes: 0 });
  });

  it("is absent from half of the minutes on: 3 of 6 periods are 150 of 300", () => {
    expect(brief(dailyStatus(regular({ 4: absent, 5: absent, 6: absent }), []))).toEqual(["ABSENT", 150, "UNEXCUSED"]);
    // One minute less: 49 + 50 + 50 = 149 of 300.
    const almost = { effect: "LEFT_EARLY", excuse: "UNEXCUSED", minutesMissed: 49 } as const;
    expect(brief(dailyStatus(regular({ 4: almost, 5: absent, 6: absent }), []))).toEqual(["PRESENT", 149, "UNEXCUSED"]);
  });

  it("on an early release needs as large a share of fewer minutes: 3 of 6 periods are 90 of 180", () => {
    expect(dailyStatus(earlyRelease({ 1: absent, 2: absent, 3: absent }), [])).toMatchObject({ scheduledMinutes: 180, missedMinutes: 90, status: "ABSENT" });
    // The same two periods: 60 of 180 here, a third; there 100 of 300.
    expect(dailyStatus(earlyRelease({ 5: absent, 6: absent }), []).status).toBe("PRESENT");
    // Exceptions taken before the bells were changed: an absence is the whole of the shorter period, 45 minutes late at most all of it.
    expect(dailyStatus(earlyRelease({ 1: tardy(45), 2: { ...absent, minutesMissed: 50 } }), [])).toMatchObject({ missedMinutes: 60, status: "TARDY" });
  });

  it("in an elementary homeroom is absent by a morning of 180 of 330 minutes, not by an afternoon of 150", () => {
    expect(brief(dailyStatus(homeroom({ ...excused, minutesMissed: 180 }, null), []))).toEqual(["ABSENT", 180, "EXCUSED"]);
    expect(brief(dailyStatus(homeroom(null, { ...excused, minutesMissed: 150 }), []))).toEqual(["PRESENT", 150, "EXCUSED"]);
  });

  it("is tardy by the first period, with minutes or without, and by any period where the policy says so", () => {
    expect(dailyStatus(regular({ 1: tardy(12) }), [])).toMatchObject({ status: "TARDY", missedMinutes: 12, excusedMinutes: 0, late: true });
    expect(dailyStatus(regular({ 1: tardy(0) }), [])).toMatchObject({ status: "TARDY", missedMinutes: 0, excuse: null });
    expect(dailyStatus(regular({ 3: tardy(12) }), []).status).toBe("PRESENT");
    expect(dailyStatus(regular({ 3: tardy(12) }), [], { absentShare: 50, tardyRule: "ANY_PERIOD" }).status).toBe("TARDY");
    // Who missed the whole first period, and no more, came late to the day.
    expect(dailyStatus(regular({ 1: absent }), [])).toMatchObject({ status: "TARDY", missedMinutes: 50 });
    expect(dailyStatus(regular({ 1: { effect: "LEFT_EARLY", excuse: "EXCUSED", minutesMissed: 10 } }), [])).toMatchObject({ status: "PRESENT", missedMinutes: 10, excusedMinutes: 10 });
  });

  it("follows the district's share: 30 percent of 300 minutes are 90", () => {
    expect(dailyStatus(regular({ 2: absent, 3: { ...tardy(40) } }), [], { absentShare: 30, tardyRule: "FIRST_PERIOD" }).status).toBe("ABSENT");
    expect(dailyStatus(regular({ 2: absent, 3: { ...tardy(39) } }), [], { absentShare: 30, tardyRule: "FIRST_PERIOD" }).status).toBe("PRESENT");
  });

  it("has the excuse of most of its missed minutes, the graver one of equals", () => {
    const sick = { ...excused, minutesMissed: 50 };
    // 100 excused, 50 unexcused.
    expect(dailyStatus(regular({ 1: sick, 2: sick, 3: absent }), [])).toMatchObject({ status: "ABSENT", excuse: "EXCUSED", excusedMinutes: 100 });
    // 100 and 100.
    expect(dailyStatus(regular({ 1: sick, 2: sick, 3: absent, 4: absent }), [])).toMatchObject({ excuse: "UNEXCUSED", excusedMinutes: 100, countsAbsent: true });
    const suspended = { effect: "ABSENT", excuse: "SUSPENSION", minutesMissed: 50 } as const;
    expect(dailyStatus(regular({ 1: sick, 2: sick, 3: suspended, 4: suspended }), []).excuse).toBe("SUSPENSION");
  });
});

describe("the office", () => {
  it("by a check-in at 10:05 makes the two periods before it missed, and 15 minutes of the third: 115 of 300", () => {
    const figures = dailyStatus(regular({ 1: absent, 2: absent, 3: absent }), [entry("CHECK_IN", excused, "10:05")]);
    // The teacher of the third saw nobody at 09:50 and marked 50: the office knows better. From the fourth on the teachers speak.
    expect(figures).toMatchObject({ missedMinutes: 115, excusedMinutes: 115, status: "TARDY", excuse: "EXCUSED", late: true });
    expect(dailyStatus(regular({ 5: absent }), [entry("CHECK_IN", excused, "10:05")])).toMatchObject({ missedMinutes: 165, excusedMinutes: 115, status: "ABSENT" });
  });

  it("by a check-out at 11:00 makes the rest of the day missed: 35 + 50 + 50 = 135 of 300", () => {
    expect(brief(dailyStatus(regular({ 4: absent, 5: absent, 6: absent }), [entry("CHECK_OUT", excused, "11:00")]))).toEqual(["PRESENT", 135, "EXCUSED"]);
  });

  it("by a check-out and a check-in leaves the time between them: 09:00 to 10:45 misses 45 + 50 + 0", () => {
    expect(brief(dailyStatus(regular(), [entry("CHECK_OUT", excused, "09:00"), entry("CHECK_IN", unexcused, "10:45")]))).toEqual(["PRESENT", 95, "EXCUSED"]);
    // In at 08:20, out at 11:15, in at 12:30: 20 + (20 of the fourth) + (15 of the fifth) = 55.
    expect(brief(dailyStatus(regular(), [entry("CHECK_IN", unexcused, "08:20"), entry("CHECK_OUT", excused, "11:15"), entry("CHECK_IN", excused, "12:30")]))).toEqual(["TARDY", 55, "EXCUSED"]);
  });

  it("by a call of the whole day makes it absent, also where teachers saw no exception, and unknown no longer", () => {
    expect(brief(dailyStatus(regular(), [entry("CALL", excused)]))).toEqual(["ABSENT", 300, "EXCUSED"]);
    expect(brief(dailyStatus(regular({}, { taken: false }), [entry("CALL", excused)]))).toEqual(["ABSENT", 300, "EXCUSED"]);
    expect(dailyStatus(regular(), [entry("CALL", excused, null, null, { verified: false })]).status).toBe("PRESENT");
  });

  it("by a call from 10:00 to 12:30 misses 40 + 50 + 15 minutes, and the meetings that it speaks of are its alone", () => {
    expect(brief(dailyStatus(regular({ 3: absent, 4: absent }), [entry("CALL", excused, "10:00", "12:30")]))).toEqual(["PRESENT", 105, "EXCUSED"]);
    // The first period is the teacher's: 105 + 50.
    expect(brief(dailyStatus(regular({ 1: absent, 3: absent }), [entry("CALL", excused, "10:00", "12:30")]))).toEqual(["ABSENT", 155, "EXCUSED"]);
  });

  it("knows a student who came although a call said the whole day: 90 minutes until 09:35, then the teachers speak", () => {
    const figures = dailyStatus(regular({ 6: absent }), [entry("CALL", excused), entry("CHECK_IN", unexcused, "09:35")]);
    // 50 + 40 by the check-in, which counts by its own code; 50 in the last period by its teacher.
    expect(figures).toMatchObject({ missedMinutes: 140, excusedMinutes: 0, status: "TARDY" });
  });

  it("counts a field trip as attended, also for those whom teachers missed", () => {
    const trip = entry("BULK", activity, "09:00", "14:00");
    expect(brief(dailyStatus(regular({ 2: absent, 3: absent, 4: absent, 5: absent, 6: absent }), [trip]))).toEqual(["PRESENT", 0, null]);
    // Sick instead: the call goes before the bulk entry.
    expect(brief(dailyStatus(regular(), [trip, entry("CALL", excused)]))).toEqual(["ABSENT", 300, "EXCUSED"]);
    // Fetched from the trip at 12:00: 50 + 50 of the afternoon.
    expect(brief(dailyStatus(regular(), [trip, entry("CHECK_OUT", excused, "12:00")]))).toEqual(["PRESENT", 100, "EXCUSED"]);
    // Came to the bus at 09:30: 50 of the first, 35 of the second until then, and present with the others after it.
    expect(brief(dailyStatus(regular({ 4: absent }), [trip, entry("CHECK_IN", unexcused, "09:30")]))).toEqual(["TARDY", 85, "UNEXCUSED"]);
  });

  it("counts a day at a school's activity that was missed as no absence", () => {
    expect(dailyStatus(regular(), [entry("CALL", { effect: "ABSENT", excuse: "ACTIVITY" })])).toMatchObject({ status: "ABSENT", excuse: "ACTIVITY", countsAbsent: false });
  });

  it("by a note changes how missed time counts, and misses nothing itself", () => {
    const note = entry("NOTE", excused);
    expect(brief(dailyStatus(regular(), [note]))).toEqual(["PRESENT", 0, null]);
    expect(dailyStatus(regular({}, { taken: false }), [note]).status).toBe("UNKNOWN");
    expect(dailyStatus(regular({ 1: tardy(12) }), [note])).toMatchObject({ status: "TARDY", missedMinutes: 12, excusedMinutes: 12, excuse: "EXCUSED" });
    // A doctor's note until 09:20: 50 + 25 of the second period are excused, 25 of it are not.
    expect(dailyStatus(regular({ 1: absent, 2: absent }), [entry("NOTE", excused, "08:00", "09:20")])).toMatchObject({ missedMinutes: 100, excusedMinutes: 75, excuse: "EXCUSED" });
    // She was with the counselor in the first period.
    expect(dailyStatus(regular({ 1: absent }), [entry("NOTE", { effect: "PRESENT_ELSEWHERE", excuse: "EXCUSED" }, "08:00", "08:50")])).toMatchObject({ status: "PRESENT", missedMinutes: 0, late: false });
    expect(dailyStatus(regular({ 1: tardy(0) }), [entry("NOTE", { effect: "PRESENT_ELSEWHERE", excuse: "EXCUSED" })]).status).toBe("PRESENT");
  });

  it("speaks of its own school's meetings alone: a half-day at the career center has its own", () => {
    const day = [meeting("P1", "08:00", "08:50"), meeting("P2", "08:55", "09:45"), meeting("Shop", "12:30", "14:00", { schoolId: "career center", event: absent })];
    // 190 minutes in all. In at the center at 12:50: 20 of its 90, and nothing of the morning.
    expect(brief(dailyStatus(day, [entry("CHECK_IN", unexcused, "12:50", null, { schoolId: "career center" })]))).toEqual(["PRESENT", 20, "UNEXCUSED"]);
    // The high school's call of the whole day: its 100 minutes and the teacher's 90 of the center.
    expect(dailyStatus(day, [entry("CALL", excused)])).toMatchObject({ missedMinutes: 190, excusedMinutes: 100, status: "ABSENT", excuse: "EXCUSED" });
  });
});

describe("the order in which records were written", () => {
  it("never matters", () => {
    const office = [entry("CALL", excused), entry("CHECK_IN", unexcused, "09:35"), entry("CHECK_OUT", excused, "11:00"), entry("CHECK_OUT", unexcused, "11:00"), entry("NOTE", { effect: "ABSENT", excuse: "SUSPENSION" }, "08:00", "08:30"), entry("BULK", activity, "12:00", "13:00")];
    const meetings = regular({ 1: absent, 4: tardy(10), 6: absent });
    const expected = dailyStatus(meetings, office);
    for (let turn = 0; turn < office.length; turn++) expect(dailyStatus([...meetings].reverse(), [...office.slice(turn), ...office.slice(0, turn)])).toEqual(expected);
  });
});
