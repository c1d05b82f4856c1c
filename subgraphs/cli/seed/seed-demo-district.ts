import { runAcrossDomains, type AcrossDomains, type Orchestration } from "#foundation/crud/across-domains";
import { setAsideWhereEmpty, putBack } from "#foundation/persistence/set-aside";
import { demoRealm } from "../../../identity/realm.ts";
import { attendance, platform } from "../../rostering/domains.ts";
import { planAgreements } from "./agreements.ts";
import type { Now } from "./attendance/meetings.ts";
import { Chance, IdClock, seedOf } from "./chance.ts";
import { localDay, momentOf } from "./days.ts";
import { Draft } from "./draft.ts";
import { issueDocuments, planYearsOfZone, type Closing } from "./history-of-zone.ts";
import { linkIn } from "./link-demo-accounts.ts";
import { planFrame } from "./plan-frame.ts";
import { demoPersons, planPeopleOfZone, type PlannedZone } from "./plan-zone.ts";
import { districtCode, districtName } from "./places/district.ts";

export interface SeedOptions {
  /** How many students this year; at least `fewestStudents`. Last year's graduates come beside them. */
  students: number;
  /** School years with schedules and days, this one and those before it: 2 unless told. */
  years?: number;
  /** Equal arguments give equal districts, ids included. */
  seed: number;
  /** The local day that the demo is as of, `YYYY-MM-DD`: a morning at half past ten. */
  today: string;
  /** IANA name of the district's time zone. */
  timeZone: string;
  /** Left out or true: class meetings, attendance, gradebooks and marks are made as well. */
  events?: boolean;
  /** Links the demo users in the same transaction; left out, they are linked later by `linkDemoAccounts`. */
  issuer?: string;
}

export interface SeededDistrict {
  districtId: string;
  /** The persons of the demo users, by user name. */
  persons: Readonly<Record<string, string>>;
  /** Ids of students by the name of their story (see stories/). */
  stories: Readonly<Record<string, readonly string[]>>;
}

/** Below this, the stories would be the school. */
export const fewestStudents = 50;
/** A zone of four schools is for so many students; more students are given more zones. */
const zoneStudents = 1_500;
/** Tables whose keys and indexes are cheaper made at the end: those of days and grades always, those of people from so many students on. */
const manyStudents = 300;
const ofDays = [
  "academics.class_meeting", "attendance.attendance_submission", "attendance.attendance_event", "attendance.office_entry", "attendance.daily_attendance",
  "grading.assignment", "grading.score", "grading.mark", "grading.standard_mark", "grading.work_habit_mark", "grading.course_history",
];
const ofPeople = [
  "people.person", "people.person_email", "people.person_phone", "people.person_demographics", "people.household_member", "people.household_address",
  "students.student", "students.student_contact", "students.school_enrollment", "academics.section", "academics.section_term", "academics.meeting_pattern", "academics.section_enrollment", "staff.caseload_assignment", "grading.issued_document",
];
const usualYears = 2;

/** What an ordinary demo is made of; `today` is the day on which it is made. */
export const usualSeed = (now: Date): SeedOptions => ({ students: 1_200, seed: 1, today: localDay(now, "America/Los_Angeles"), timeZone: "America/Los_Angeles" });

/** The id that these arguments give the district. */
export function demoDistrictId(options: SeedOptions): string {
  return chanceFor(options).id();
}

const chanceFor = ({ seed, today, students, years = usualYears, events }: SeedOptions) => new Chance(seedOf(`${seed} ${students} ${years} ${events !== false}`), new IdClock(Date.parse(`${today}T00:00:00Z`)));

/**
 * Writes the demo district in one transaction, zone by zone, so that memory does not grow with the number of students. Equal arguments
 * give equal rows, ids and times included. `say` is told what is being made.
 * @throws OsssError CONFLICT when a district of these arguments is there already.
 */
export async function seedDemoDistrict(orchestration: Orchestration, options: SeedOptions, say: (line: string) => void = () => undefined): Promise<SeededDistrict> {
  if (options.students < fewestStudents) throw new RangeError(`The demo district needs at least ${fewestStudents} students.`);
  const now = nowOf(options);
  const chance = chanceFor(options);
  const districtId = chance.id();
  const about = { operation: "seed", districtId, reason: "Demo district", large: true };
  const { result } = await runAcrossDomains({ ...orchestration, clock: () => now.at(now.today, now.minute) }, about, (across) => write(across, new Draft(chance, options.today), now, districtId, options, say));
  return result;
}

async function write(across: AcrossDomains, draft: Draft, now: Now, districtId: string, options: SeedOptions, say: (line: string) => void): Promise<SeededDistrict> {
  const { students, years = usualYears, timeZone, issuer, events = true } = options;
  const made: SeededDistrict = { districtId, persons: {}, stories: {} };
  const closings: Closing[] = [];
  let first: PlannedZone | null = null;
  await across.in("platform", async (session) => {
    platform.addDistrict(session, { name: districtName, code: districtCode, stateId: "4199001", timeZone }, districtId);
    await setAsideWhereEmpty(session, ofDays, { uniques: true });
    if (students >= manyStudents) await setAsideWhereEmpty(session, ofPeople);
  });
  // Without events there is nothing to count: days of membership alone would be a row for each student and day.
  await across.in("attendance", (session) => attendance.countOnceAtTheEnd(session));
  const frame = planFrame(draft, years);
  const zones = Math.max(1, Math.round(students / zoneStudents));
  for (let number = 0; number < zones; number += 1) {
    const share = Math.floor((students * (number + 1)) / zones) - Math.floor((students * number) / zones);
    const planned = planPeopleOfZone(draft, frame, number, share);
    say(`${planned.zone.schools.map(({ name }) => name).join(", ")}: ${share} students`);
    await draft.write(across);
    if (events) closings.push(await planYearsOfZone(draft, across, frame, planned, now));
    if (number > 0) continue;
    first = planned;
    made.persons = demoPersons(planned);
    made.stories = Object.fromEntries(Object.entries(planned.stories!.students).map(([name, learners]) => [name, learners.map(({ id }) => id)]));
  }
  await draft.written(across);
  if (events) {
    say("Counting every student's days ...");
    await across.in("platform", (session) => putBack(session));
    await across.in("platform", (session) => setAsideWhereEmpty(session, ofDays, { uniques: true }));
    await across.in("attendance", (session) => attendance.countWhole(session, closings.flatMap(({ learners }) => learners)));
    say("Issuing report cards and transcripts ...");
    for (const closing of closings) await issueDocuments(draft, across, closing, now);
    await draft.written(across);
  }
  planAgreements(draft, frame.district, first!, made.persons["superintendent"]!, now);
  await draft.written(across);
  if (issuer !== undefined) await across.in("platform", (session) => linkIn(session, { issuer, users: demoRealm.users, persons: made.persons }));
  return made;
}

/** Half past ten of the day, by the district's clock. */
function nowOf({ today, timeZone }: SeedOptions): Now {
  const noons = new Map<string, number>();
  const noonOf = (day: string): number => noons.get(day) ?? noons.set(day, momentOf(day, "12:00", timeZone).getTime()).get(day)!;
  return { today, minute: 10 * 60 + 30, at: (day, minute) => new Date(noonOf(day) + (minute - 720) * 60_000) };
}
