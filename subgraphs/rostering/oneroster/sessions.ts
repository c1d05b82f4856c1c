import { addDays, yearOf } from "./day.ts";
import type { DeviationLog } from "./deviation.ts";
import type { RosterRecords, RosterSession } from "./roster-model.ts";

const FILE = "academicSessions.csv";

/**
 * Brings the sessions of a package to one convention: half-open spans, school years named by the
 * year in which they end, each session with its year. Changes the records in place, with the ends of
 * enrollments and roles, which follow the same habit of the exporting system. Gives back whether the
 * ends were inclusive.
 */
export function settleSessions(records: RosterRecords, log: DeviationLog): boolean {
  const { sessions } = records;
  fillYears(sessions, log);
  const active = sessions.filter(({ status }) => status === "active");
  const inclusive = endsAreInclusive(active, log);
  if (inclusive) moveEnds(records);
  settleSchoolYears(active, sessions, log);
  const byId = new Map(sessions.map((session) => [session.sourcedId, session]));
  noteCycles("academicSessions.csv", sessions, log);
  for (const session of active) {
    if (session.end <= session.begin) {
      log.add("span-inverted", { file: FILE, row: session.row, column: "endDate" }, `The session ends (${session.written.endDate}) before it begins (${session.begin}). Correct its dates in the source system.`);
    }
  }
  for (const session of sessions) placeInYear(session, byId, active, log);
  return inclusive;
}

/** The school year of a session that names none, until it is known. */
export const unknownYear = 0;

/** 1.0 does not name school years: a session's is the one that holds it, and a year's is the one in which it ends. */
function fillYears(sessions: readonly RosterSession[], log: DeviationLog): void {
  const unknown = sessions.filter(({ schoolYear }) => schoolYear === unknownYear);
  const [first] = unknown;
  if (first === undefined) return;
  const years = sessions.filter(({ type }) => type === "schoolYear");
  for (const session of unknown) {
    const holding = years.find(({ begin, end }) => begin <= session.begin && session.end <= end);
    // Without a year around it, a session that ends in the second half of a calendar year belongs to the school year of the next.
    const lastDay = addDays((holding ?? session).end, -1);
    session.schoolYear = yearOf(lastDay) + (holding === undefined && lastDay.slice(5) > "07-31" ? 1 : 0);
  }
  log.add("sessions-without-year", { file: FILE, column: "schoolYear" }, `${unknown.length} sessions, "${first.title}" the first, name no school year. It is taken from the days: the year in which the school year ends.`);
}

/**
 * The specification says that an end is the day after the last one; many systems write the last day.
 * A session that begins the day after another of its kind ends shows the second habit, one that
 * begins on that very day the first. With signs of both the specification is followed.
 */
function endsAreInclusive(sessions: readonly RosterSession[], log: DeviationLog): boolean {
  const begins = new Map<string, RosterSession>();
  for (const session of sessions) begins.set(`${session.type} ${session.begin}`, session);
  const dayAfter = sessions.filter((session) => begins.has(`${session.type} ${addDays(session.end, 1)}`));
  const sameDay = sessions.filter((session) => session.type !== "schoolYear" && begins.has(`${session.type} ${session.end}`));
  const [sample] = dayAfter;
  if (sample === undefined) return false;
  const next = begins.get(`${sample.type} ${addDays(sample.end, 1)}`);
  if (sameDay.length > 0) {
    log.add("sessions-mixed-ends", { file: FILE, column: "endDate" }, `Some sessions end on the day on which the next begins, others (like "${sample.title}") the day before. Ends are read as the specification has them, exclusive; check the last days of terms.`);
    return false;
  }
  log.add("sessions-inclusive-ends", { file: FILE, column: "endDate" }, `Ends are inclusive in this package: "${sample.title}" ends on ${sample.end} and "${next?.title ?? ""}" begins the day after. The day written is read as the last day, in sessions, enrollments and roles.`);
  return true;
}

function moveEnds(records: RosterRecords): void {
  for (const session of records.sessions) session.end = addDays(session.end, 1);
  for (const enrollment of records.enrollments) if (enrollment.end !== null) enrollment.end = addDays(enrollment.end, 1);
  for (const role of [...records.users.flatMap(({ roles }) => roles), ...records.detachedRoles]) if (role.end !== null) role.end = addDays(role.end, 1);
}

/** Only a session that spans a New Year tells whether the package names school years by their start or their end. */
function settleSchoolYears(active: readonly RosterSession[], all: readonly RosterSession[], log: DeviationLog): void {
  const spanning = active.filter(({ begin, end }) => yearOf(addDays(end, -1)) === yearOf(begin) + 1);
  const byStart = spanning.filter(({ begin, schoolYear }) => schoolYear === yearOf(begin));
  const byEnd = spanning.filter(({ begin, schoolYear }) => schoolYear === yearOf(begin) + 1);
  const [sample] = byStart;
  if (sample === undefined) return;
  if (byEnd.length > 0) {
    log.add("sessions-mixed-year", { file: FILE, column: "schoolYear" }, `Some sessions name the school year by its start (like "${sample.title}"), others by its end. The years are read as written; correct them in the source system.`);
    return;
  }
  log.add("sessions-start-year", { file: FILE, column: "schoolYear" }, `schoolYear is the year in which the school year starts ("${sample.title}": ${sample.schoolYear}); it should be the one in which it ends, and is read as ${sample.schoolYear + 1}.`);
  for (const session of all) session.schoolYear += 1;
}

function placeInYear(session: RosterSession, byId: ReadonlyMap<string, RosterSession>, active: readonly RosterSession[], log: DeviationLog): void {
  const parent = session.parentSourcedId === null ? undefined : byId.get(session.parentSourcedId);
  const year = yearAbove(session, byId) ?? onlyYear(session, active);
  session.yearSourcedId = year?.sourcedId ?? null;
  if (session.status !== "active") return;
  const place = { file: FILE, row: session.row, column: "endDate" };
  if (year !== undefined && year !== session && isOutside(session, year)) {
    session.outsideYear = true;
    log.add("session-outside-year", place, `"${session.title}" (${said(session)}) leaves its school year "${year.title}" (${said(year)}). Correct its dates in the source system.`);
  }
  if (parent !== undefined && parent !== year && isOutside(session, parent)) {
    log.add("session-outside-parent", place, `"${session.title}" (${said(session)}) leaves the session it belongs to, "${parent.title}" (${said(parent)}). Correct its dates in the source system.`);
  }
}

function yearAbove(session: RosterSession, byId: ReadonlyMap<string, RosterSession>): RosterSession | undefined {
  let current: RosterSession | undefined = session;
  for (let steps = 0; current !== undefined && steps < byId.size; steps += 1) {
    if (current.type === "schoolYear") return current;
    current = current.parentSourcedId === null ? undefined : byId.get(current.parentSourcedId);
  }
  return undefined;
}

function onlyYear(session: RosterSession, active: readonly RosterSession[]): RosterSession | undefined {
  const years = active.filter(({ type, schoolYear }) => type === "schoolYear" && schoolYear === session.schoolYear);
  return years.length === 1 ? years[0] : undefined;
}

function isOutside(inner: RosterSession, outer: RosterSession): boolean {
  return inner.begin < outer.begin || inner.end > outer.end;
}

function said({ begin, end }: RosterSession): string {
  return `${begin} to ${addDays(end, -1)}`;
}

/** Records that are their own ancestor. */
export function noteCycles(file: string, records: readonly { sourcedId: string; row: number; parentSourcedId: string | null }[], log: DeviationLog): void {
  const byId = new Map(records.map((record) => [record.sourcedId, record]));
  const settled = new Set<string>();
  for (const start of records) {
    const path = new Set<string>();
    let current: (typeof records)[number] | undefined = start;
    while (current !== undefined && !settled.has(current.sourcedId)) {
      if (path.has(current.sourcedId)) {
        log.add("parent-cycle", { file, row: current.row, column: "parentSourcedId" }, "The record is its own ancestor: its parents lead back to it. Correct parentSourcedId in the source system.");
        break;
      }
      path.add(current.sourcedId);
      current = current.parentSourcedId === null ? undefined : byId.get(current.parentSourcedId);
    }
    for (const id of path) settled.add(id);
  }
}
