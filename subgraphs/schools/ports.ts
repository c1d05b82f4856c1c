import type { Managed, WriteSession } from "#foundation/crud/write";
import type { DistrictRecord } from "#foundation/record/record";
import { BellPeriod } from "./entities/bell-period.ts";
import { BellSchedule } from "./entities/bell-schedule.ts";
import { CalendarTrack } from "./entities/calendar-track.ts";
import { GradeLevel } from "./entities/grade-level.ts";
import { GradingPeriod } from "./entities/grading-period.ts";
import { InstructionalDay } from "./entities/instructional-day.ts";
import { Organization } from "./entities/organization.ts";
import { Room } from "./entities/room.ts";
import { RotationDay } from "./entities/rotation-day.ts";
import { School } from "./entities/school.ts";
import { SchoolYear } from "./entities/school-year.ts";
import { Term } from "./entities/term.ts";

/** Values of a record by field, references as ids. Fields with a default may be left out. */
type Given<T> = Readonly<Partial<Omit<T, keyof DistrictRecord>>>;
type Found<T> = Promise<Managed<T>[]>;

export type { CalendarTrack, GradeLevel, InstructionalDay, School, SchoolYear, Term };

/*
 * What the orchestrators may do with schools, inside a transaction of their own, as the domain's elevated role. Each `add` returns the
 * id, which is `id` where one is given. The caller has checked its rule; constraints hold at the next flush.
 */

export const addOrganization = (session: WriteSession, values: Given<Organization>, id?: string): string => session.create(Organization, values, id).id;
export const addSchool = (session: WriteSession, values: Given<School>, id?: string): string => session.create(School, values, id).id;
export const addGradeLevel = (session: WriteSession, values: Given<GradeLevel>, id?: string): string => session.create(GradeLevel, values, id).id;
export const addSchoolYear = (session: WriteSession, values: Given<SchoolYear>, id?: string): string => session.create(SchoolYear, values, id).id;
export const addCalendarTrack = (session: WriteSession, values: Given<CalendarTrack>, id?: string): string => session.create(CalendarTrack, values, id).id;
export const addRotationDay = (session: WriteSession, values: Given<RotationDay>, id?: string): string => session.create(RotationDay, values, id).id;
export const addBellSchedule = (session: WriteSession, values: Given<BellSchedule>, id?: string): string => session.create(BellSchedule, values, id).id;
export const addBellPeriod = (session: WriteSession, values: Given<BellPeriod>, id?: string): string => session.create(BellPeriod, values, id).id;
export const addInstructionalDay = (session: WriteSession, values: Given<InstructionalDay>, id?: string): string => session.create(InstructionalDay, values, id).id;
export const addTerm = (session: WriteSession, values: Given<Term>, id?: string): string => session.create(Term, values, id).id;
export const addGradingPeriod = (session: WriteSession, values: Given<GradingPeriod>, id?: string): string => session.create(GradingPeriod, values, id).id;
export const addRoom = (session: WriteSession, values: Given<Room>, id?: string): string => session.create(Room, values, id).id;

/** All organizations, schools and grade levels that are not archived: few enough to hold. */
export const organizations = (session: WriteSession): Found<Organization> => session.list(Organization, { archivedAt: null });
export const schools = (session: WriteSession): Found<School> => session.list(School, { archivedAt: null });
/** Those of these schools that there are or were. */
export const presentSchools = async (session: WriteSession, ids: readonly string[]): Promise<string[]> => (await session.list(School, { id: [...new Set(ids)] })).map(({ id }) => id);
export const gradeLevels = (session: WriteSession): Found<GradeLevel> => session.list(GradeLevel, { archivedAt: null });
export const schoolYears = (session: WriteSession): Found<SchoolYear> => session.list(SchoolYear, { archivedAt: null });
export const calendarTracks = (session: WriteSession, of: { school: string; schoolYear: string }): Found<CalendarTrack> => session.list(CalendarTrack, { ...of, archivedAt: null });
/** Of these schools: their calendars of all years, rotation days and bell schedules. */
export const tracksOf = (session: WriteSession, schoolIds: readonly string[]): Found<CalendarTrack> => session.list(CalendarTrack, { school: [...schoolIds], archivedAt: null });
export const rotationDaysOf = (session: WriteSession, schoolIds: readonly string[]): Found<RotationDay> => session.list(RotationDay, { school: [...schoolIds], archivedAt: null });
export const bellSchedulesOf = (session: WriteSession, schoolIds: readonly string[]): Found<BellSchedule> => session.list(BellSchedule, { school: [...schoolIds], archivedAt: null });
/** The days of these calendars that are among these dates, those taken back included. */
export const instructionalDaysOn = (session: WriteSession, trackIds: readonly string[], dates: readonly string[]): Found<InstructionalDay> =>
  session.list(InstructionalDay, { track: [...trackIds], date: [...dates], archivedAt: null });
export const instructionalDaysById = (session: WriteSession, ids: readonly string[]): Found<InstructionalDay> => session.list(InstructionalDay, { id: [...ids] });
export const terms = (session: WriteSession): Found<Term> => session.list(Term, { archivedAt: null });
export const gradingPeriods = (session: WriteSession): Found<GradingPeriod> => session.list(GradingPeriod, { archivedAt: null });

/** What these schools have: rooms, the periods of their bell schedules, the days of their rotations. */
export const roomsOf = (session: WriteSession, schoolIds: readonly string[]): Found<Room> => session.list(Room, { school: [...schoolIds], archivedAt: null });
export const bellPeriodsOf = (session: WriteSession, schoolIds: readonly string[]): Found<BellPeriod> => session.list(BellPeriod, { school: [...schoolIds], archivedAt: null });

/** The lowest and the highest grade level that a school teaches, where it says so. */
export function gradesTaught(school: Managed<School>, grades: readonly Managed<GradeLevel>[]): { low: Managed<GradeLevel> | undefined; high: Managed<GradeLevel> | undefined } {
  const { lowGrade, highGrade } = school as unknown as { lowGrade?: { id: string } | null; highGrade?: { id: string } | null };
  const graded = (reference: { id: string } | null | undefined) => grades.find(({ id }) => id === reference?.id);
  return { low: graded(lowGrade), high: graded(highGrade) };
}

/** Changes what differs; the version stays when nothing does. */
export const changeOrganization = (session: WriteSession, record: Managed<Organization>, values: Given<Organization>): void => void session.update(record, values);
export const changeSchool = (session: WriteSession, record: Managed<School>, values: Given<School>): void => void session.update(record, values);
export const changeSchoolYear = (session: WriteSession, record: Managed<SchoolYear>, values: Given<SchoolYear>): void => void session.update(record, values);
export const changeTerm = (session: WriteSession, record: Managed<Term>, values: Given<Term>): void => void session.update(record, values);
/** What a day counts for follows by itself: class meetings, membership and attendance. */
export const changeInstructionalDay = (session: WriteSession, record: Managed<InstructionalDay>, values: Given<InstructionalDay>): void => void session.update(record, values);
export const archiveInstructionalDay = (session: WriteSession, record: Managed<InstructionalDay>): void => void session.archive(record);
export const changeGradingPeriod = (session: WriteSession, record: Managed<GradingPeriod>, values: Given<GradingPeriod>): void => void session.update(record, values);

const loadable = { Organization, GradeLevel, SchoolYear, School, CalendarTrack, RotationDay, BellSchedule, BellPeriod, InstructionalDay, Term, GradingPeriod, Room };
/** What may be loaded in bulk, by record: values by field, references as ids, each with its own id. */
export type Loadable = { [K in keyof typeof loadable]: Given<InstanceType<(typeof loadable)[K]>> & { id: string } };
/** The order in which the kinds are loaded, so that each finds what it refers to. */
export const loadOrder = Object.keys(loadable) as (keyof Loadable)[];
/** Adds many records of a kind at once, as seeds do; the audit log counts them. */
export const load = <K extends keyof Loadable>(session: WriteSession, kind: K, rows: readonly Loadable[K][]): Promise<void> => session.load<object>(loadable[kind], rows);
