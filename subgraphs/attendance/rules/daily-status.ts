import type { AbsenceExcuse, AttendanceEffect } from "../entities/attendance-code.ts";
import type { TardyRule } from "../entities/attendance-policy.ts";
import type { DailyStatus } from "../entities/daily-attendance.ts";
import type { OfficeEntryKind } from "../entities/office-entry.ts";

/** Times of day are minutes since midnight by the school's clock. */
export interface MeetingOfDay {
  id: string;
  schoolId: string;
  start: number;
  end: number;
  /** Whether somebody took attendance in it. */
  taken: boolean;
  /** The teacher's exception; null when there is none. */
  event: { effect: AttendanceEffect; excuse: AbsenceExcuse; minutesMissed: number } | null;
}

export interface OfficeFact {
  schoolId: string;
  kind: OfficeEntryKind;
  /** The time of a check-in or check-out; else the beginning of what it speaks of. Null: the whole day. */
  from: number | null;
  to: number | null;
  verified: boolean;
  effect: AttendanceEffect;
  excuse: AbsenceExcuse;
}

export interface DayPolicy {
  /** In percent of the scheduled minutes. */
  absentShare: number;
  tardyRule: TardyRule;
}

export interface DayFigures {
  scheduledMinutes: number;
  missedMinutes: number;
  /** Of the missed ones: with any excuse but UNEXCUSED. */
  excusedMinutes: number;
  meetings: number;
  meetingsTaken: number;
  status: DailyStatus;
  excuse: AbsenceExcuse | null;
  countsAbsent: boolean;
  late: boolean;
}

export const defaultDayPolicy: DayPolicy = { absentShare: 50, tardyRule: "FIRST_PERIOD" };

/** From the gravest to the mildest. */
export const excusesByGravity: readonly AbsenceExcuse[] = ["UNEXCUSED", "SUSPENSION", "EXCUSED", "ACTIVITY", "REMOTE"];

interface Judged {
  from: number;
  to: number;
  missed: AbsenceExcuse | null;
}

/**
 * What a student's day was, from the class meetings on whose rosters the student was (those that take place and whose period counts) and
 * from everything that teachers and the office recorded. A function of the set of records: in which order they were written never matters.
 *
 * 1. A verified entry of a school's office speaks of the meetings of that school; one that is not verified says nothing yet. A meeting of
 *    which the office speaks is the office's alone: the teacher's exception in it does not count.
 *    a. CHECK_IN at t: not there from the check-out before it, or from the beginning of the day, until t; there from t to the end of the
 *       meeting in which t lies. CHECK_OUT at t: there before t in the meeting in which t lies; not there from t until the next check-in,
 *       or the end of the day. How that time counts is said by the last check-out before it, else by the check-in that ended it. At one
 *       minute a check-out comes before a check-in.
 *    b. CALL, BULK (a time, or the whole day): not there in that time, or with a code of presence elsewhere, there. A check-in or
 *       check-out knows better than both, and a call knows better than a bulk entry. Who checks in within the time of an entry has come:
 *       the entry says no more of the time after it, unless its code is one of presence elsewhere.
 *    c. The rest of a meeting of which the office speaks was attended.
 * 2. A meeting of which the office says nothing has the teacher's exception, if attendance was taken: ABSENT misses all of it, TARDY its
 *    first minutes, LEFT_EARLY its last ones, PRESENT_ELSEWHERE none. An exception in a meeting that was not taken says nothing.
 * 3. A NOTE brings an excuse: what was missed within its time counts by its code, and is not missed at all with a code of presence
 *    elsewhere. It never says that somebody was missing.
 * 4. Where two records of one kind speak of the same minute, one that misses it goes before one that does not, then the graver excuse.
 * 5. UNKNOWN when none of the meetings was taken and the office speaks of none. Else ABSENT when minutes were missed, and at least the
 *    policy's share of the scheduled ones. Else TARDY when late: not there when the day's first meeting began (or, by policy, any meeting).
 *    A teacher's TARDY is late also where nobody wrote down the minutes. Else PRESENT.
 * 6. The excuse of the day is that of most of the missed minutes; of two with as many the graver one. An ABSENT day counts as absence
 *    unless its excuse is ACTIVITY or REMOTE.
 */
export function dailyStatus(meetings: readonly MeetingOfDay[], office: readonly OfficeFact[], policy: DayPolicy = defaultDayPolicy): DayFigures {
  const verified = office.filter((entry) => entry.verified);
  const days = meetings.map((meeting) => ({ meeting, ...judge(meeting, verified.filter((entry) => entry.schoolId === meeting.schoolId)) }));
  const lengthOf = (pieces: readonly Judged[]) => pieces.reduce((sum, piece) => sum + piece.to - piece.from, 0);
  const missed = days.flatMap((day) => day.pieces).filter((piece) => piece.missed !== null);
  const by = new Map(excusesByGravity.map((excuse) => [excuse, lengthOf(missed.filter((piece) => piece.missed === excuse))]));
  const [scheduledMinutes, missedMinutes] = [days.reduce((sum, { meeting }) => sum + meeting.end - meeting.start, 0), lengthOf(missed)];
  const first = Math.min(...meetings.map((meeting) => meeting.start));
  const late = days.some((day) => day.late && (policy.tardyRule === "ANY_PERIOD" || day.meeting.start === first));
  const known = days.some((day) => day.spoken || day.meeting.taken);
  const absent = missedMinutes > 0 && missedMinutes * 100 >= policy.absentShare * scheduledMinutes;
  const most = Math.max(...by.values());
  const excuse = most > 0 ? excusesByGravity.find((each) => by.get(each) === most)! : null;
  return {
    scheduledMinutes,
    missedMinutes,
    excusedMinutes: missedMinutes - by.get("UNEXCUSED")!,
    meetings: meetings.length,
    meetingsTaken: meetings.filter((meeting) => meeting.taken).length,
    status: !known ? "UNKNOWN" : absent ? "ABSENT" : late ? "TARDY" : "PRESENT",
    excuse,
    countsAbsent: absent && excuse !== "ACTIVITY" && excuse !== "REMOTE",
    late,
  };
}

const elsewhere = (code: { effect: AttendanceEffect }): boolean => code.effect === "PRESENT_ELSEWHERE";
const gravity = (code: { effect: AttendanceEffect; excuse: AbsenceExcuse }): number => (elsewhere(code) ? 10 : 0) + excusesByGravity.indexOf(code.excuse);
const gravest = <T extends OfficeFact>(entries: readonly T[]): T | undefined => entries.reduce<T | undefined>((best, entry) => (best === undefined || gravity(entry) < gravity(best) ? entry : best), undefined);
const spans = (entry: OfficeFact, at: number): boolean => (entry.from ?? 0) <= at && at < (entry.to ?? 1440);

function judge(meeting: MeetingOfDay, office: readonly OfficeFact[]): { pieces: Judged[]; spoken: boolean; late: boolean } {
  const checks = checksOf(office);
  const arrivals = checks.filter((check) => check.kind === "CHECK_IN").map((check) => check.at);
  const statements = office.filter((entry) => entry.kind === "CALL" || entry.kind === "BULK").map((entry) => ({ ...entry, to: elsewhere(entry) ? entry.to : Math.min(entry.to ?? 1440, ...arrivals.filter((at) => spans(entry, at))) }));
  const notes = office.filter((entry) => entry.kind === "NOTE");
  const missedByTeacher = eventSpan(meeting);
  const cuts = [meeting.start, meeting.end, missedByTeacher.from, missedByTeacher.to, ...checks.map((check) => check.at), ...[...statements, ...notes].flatMap((entry) => [entry.from ?? 0, entry.to ?? 1440])]
    .filter((at) => at >= meeting.start && at <= meeting.end)
    .sort((a, b) => a - b);
  const pieces = cuts.slice(1).map((to, i) => ({ from: cuts[i]!, to })).filter((piece) => piece.to > piece.from);
  const heard = pieces.map((piece) => officeSays(meeting, piece.from, checks, statements));
  const spoken = heard.some((statement) => statement !== null);
  const excused = (at: number, excuse: AbsenceExcuse): AbsenceExcuse | null => {
    const note = gravest(notes.filter((entry) => spans(entry, at)));
    return note === undefined ? excuse : elsewhere(note) ? null : note.excuse;
  };
  const judged = pieces.map((piece, i) => {
    const byTeacher = piece.from >= missedByTeacher.from && piece.to <= missedByTeacher.to ? meeting.event!.excuse : null;
    const missed = spoken ? (heard[i]?.missed ?? null) : byTeacher;
    return { ...piece, missed: missed === null ? null : excused(piece.from, missed) };
  });
  const marked = !spoken && meeting.taken && meeting.event?.effect === "TARDY" && excused(meeting.start, meeting.event.excuse) !== null;
  return { pieces: judged, spoken, late: marked || (judged[0]?.missed ?? null) !== null };
}

/** The minutes that a teacher's exception says were missed; none where it says nothing. */
function eventSpan({ start, end, taken, event }: MeetingOfDay): { from: number; to: number } {
  if (!taken || event === null || elsewhere(event)) return { from: end, to: start };
  if (event.effect === "TARDY") return { from: start, to: Math.min(end, start + event.minutesMissed) };
  if (event.effect === "LEFT_EARLY") return { from: Math.max(start, end - event.minutesMissed), to: end };
  return { from: start, to: end };
}

type Check = OfficeFact & { at: number };

/** Check-ins and check-outs in their order, one of a kind for each minute. */
function checksOf(office: readonly OfficeFact[]): Check[] {
  const all = office.filter((entry) => entry.kind === "CHECK_IN" || entry.kind === "CHECK_OUT").map((entry) => ({ ...entry, at: entry.from! }));
  const distinct = new Map(all.map((check) => [`${check.at} ${check.kind}`, gravest(all.filter((other) => other.at === check.at && other.kind === check.kind))!]));
  return [...distinct.values()].sort((a, b) => a.at - b.at || (a.kind === "CHECK_OUT" ? -1 : 1));
}

/** What the office says of the minutes from `at` on: missed with an excuse, there (null excuse), or nothing at all. */
function officeSays(meeting: MeetingOfDay, at: number, checks: readonly Check[], statements: readonly OfficeFact[]): { missed: AbsenceExcuse | null } | null {
  const last = checks.findLast((check) => check.at <= at);
  const next = checks.find((check) => check.at > at);
  const said = (entry: OfficeFact) => ({ missed: elsewhere(entry) ? null : entry.excuse });
  if (last?.kind === "CHECK_OUT") return said(last);
  if (last === undefined && next?.kind === "CHECK_IN") return said(next);
  if ((last !== undefined && last.at >= meeting.start) || (next?.kind === "CHECK_OUT" && next.at < meeting.end)) return { missed: null };
  const speaking = statements.filter((entry) => spans(entry, at));
  const calls = speaking.filter((entry) => entry.kind === "CALL");
  const heard = gravest(calls.length > 0 ? calls : speaking);
  return heard === undefined ? null : said(heard);
}
