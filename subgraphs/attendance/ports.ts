import { sql } from "kysely";
import type { Managed, WriteSession } from "#foundation/crud/write";
import type { DistrictRecord } from "#foundation/record/record";
import { AttendanceCode } from "./entities/attendance-code.ts";
import { AttendanceEvent } from "./entities/attendance-event.ts";
import { AttendanceLock } from "./entities/attendance-lock.ts";
import { AttendanceNote } from "./entities/attendance-note.ts";
import { AttendancePolicy } from "./entities/attendance-policy.ts";
import { AttendanceSubmission } from "./entities/attendance-submission.ts";
import { EarlierDay } from "./entities/earlier-day.ts";
import { EarlierSchoolDay } from "./entities/earlier-school-day.ts";
import { OfficeEntryNote } from "./entities/office-entry-note.ts";
import { OfficeEntry } from "./entities/office-entry.ts";

/** Values of a record by field, references as ids. Fields with a default may be left out. */
type Given<T> = Readonly<Partial<Omit<T, keyof DistrictRecord>>>;

export type { AttendanceCode, AttendanceEvent, AttendancePolicy, AttendanceSubmission, EarlierDay, EarlierSchoolDay, OfficeEntry };

/*
 * What the orchestrators may do with attendance, inside a transaction of their own, as the domain's elevated role. Each `add` returns the
 * id, which is `id` where one is given. The caller has checked its rule; constraints hold at the next flush. Daily facts follow by
 * themselves, before the transaction ends.
 */

export const addAttendanceCode = (session: WriteSession, values: Given<AttendanceCode>, id?: string): string => session.create(AttendanceCode, values, id).id;
export const addAttendancePolicy = (session: WriteSession, values: Given<AttendancePolicy>, id?: string): string => session.create(AttendancePolicy, values, id).id;
export const addOfficeEntry = (session: WriteSession, values: Given<OfficeEntry>, id?: string): string => session.create(OfficeEntry, values, id).id;

/** What a former system knew. The caller has checked that the student was enrolled at the school and the day is open. */
export const addEarlierDay = (session: WriteSession, values: Given<EarlierDay>, id?: string): string => session.create(EarlierDay, values, id).id;
export const addEarlierSchoolDay = (session: WriteSession, values: Given<EarlierSchoolDay>, id?: string): string => session.create(EarlierSchoolDay, values, id).id;
export const earlierDaysOf = (session: WriteSession, studentIds: readonly string[], dates: readonly string[]): Promise<Managed<EarlierDay>[]> => session.list(EarlierDay, { studentId: [...studentIds], date: [...dates], archivedAt: null });
export const earlierDaysById = (session: WriteSession, ids: readonly string[]): Promise<Managed<EarlierDay>[]> => session.list(EarlierDay, { id: [...ids], archivedAt: null });
export const earlierSchoolDaysOn = (session: WriteSession, schoolIds: readonly string[], dates: readonly string[]): Promise<Managed<EarlierSchoolDay>[]> => session.list(EarlierSchoolDay, { schoolId: [...schoolIds], date: [...dates], archivedAt: null });
export const earlierSchoolDaysById = (session: WriteSession, ids: readonly string[]): Promise<Managed<EarlierSchoolDay>[]> => session.list(EarlierSchoolDay, { id: [...ids], archivedAt: null });
export const changeEarlierDay = (session: WriteSession, record: Managed<EarlierDay>, values: Given<EarlierDay>): void => void session.update(record, values);
export const archiveEarlierDay = (session: WriteSession, record: Managed<EarlierDay> | Managed<EarlierSchoolDay>): void => void session.archive(record);
/** Through which day each of these schools' attendance is locked; schools without a lock are left out. */
export const locksOf = async (session: WriteSession, schoolIds: readonly string[]): Promise<Map<string, string>> =>
  new Map((await session.list(AttendanceLock, { schoolId: [...schoolIds], archivedAt: null })).map(({ schoolId, throughDate }) => [schoolId, throughDate]));
/** The days from `from` to before `to` on which students are enrolled at a school and it is in session by their calendar, the primary school's first. */
export const studentDays = (session: WriteSession, studentIds: readonly string[], from: string, to: string): Promise<StudentDay[]> =>
  session.ask(sql<StudentDay>`SELECT student_id AS "studentId", school_id AS "schoolId", date::text AS date, is_primary AS "primary" FROM lookup.attendance_student_days(${[...studentIds]}::uuid[], ${from}::date, ${to}::date)`);

export interface StudentDay {
  studentId: string;
  schoolId: string;
  date: string;
  primary: boolean;
}

export const attendanceCodes = (session: WriteSession): Promise<Managed<AttendanceCode>[]> => session.list(AttendanceCode, { archivedAt: null });

export interface AttendanceLeft {
  /** Exceptions in class meetings and entries of offices that stand on these days. */
  exceptions: number;
  officeEntries: number;
  /** The first and the last of the days on which any stands. */
  firstDay: string | null;
  lastDay: string | null;
}

/**
 * What is recorded of a student from a day on (at one school, where it is named): what a withdrawal dated back would leave outside of any
 * membership. It is kept, and counts no more. For the caller of the withdrawal to see before it is done.
 */
export async function attendanceAfter(session: WriteSession, studentId: string, day: string, schoolId?: string): Promise<AttendanceLeft> {
  const at = schoolId ? sql`AND school_id = ${schoolId}::uuid` : sql``;
  const [left] = await session.ask(sql<AttendanceLeft>`SELECT count(*) FILTER (WHERE kind = 'exception')::int AS exceptions, count(*) FILTER (WHERE kind = 'entry')::int AS "officeEntries", min(date) AS "firstDay", max(date) AS "lastDay" FROM (
    SELECT 'exception' AS kind, date FROM attendance.attendance_event WHERE student_id = ${studentId}::uuid AND date >= ${day}::date AND archived_at IS NULL ${at}
    UNION ALL SELECT 'entry', date FROM attendance.office_entry WHERE student_id = ${studentId}::uuid AND date >= ${day}::date AND archived_at IS NULL ${at}) left_over`);
  return left!;
}

/**
 * For seeds: from here on until the transaction ends, nothing that is written asks for its days to be counted. Whoever calls this answers
 * for counting every student that it touches, by `countWhole`, in the same transaction.
 */
export const countOnceAtTheEnd = async (session: WriteSession): Promise<void> => void (await session.ask(sql`SELECT set_config('osss.attendance_whole', pg_current_xact_id()::text, true)`));
/** Counts all days of these students of the district. */
export const countWhole = async (session: WriteSession, studentIds: readonly string[]): Promise<void> => void (await session.ask(sql`SELECT attendance.count_whole(${studentIds}::uuid[])`));

const loadable = { AttendanceCode, AttendancePolicy, AttendanceLock, AttendanceSubmission, AttendanceEvent, AttendanceNote, OfficeEntry, OfficeEntryNote };
/** What may be loaded in bulk, by record: values by field, references as ids, each with its own id. */
export type Loadable = { [K in keyof typeof loadable]: Given<InstanceType<(typeof loadable)[K]>> & { id: string } };
/** The order in which the kinds are loaded, so that each finds what it refers to. */
export const loadOrder = Object.keys(loadable) as (keyof Loadable)[];
/** Adds many records of a kind at once, as seeds do; the audit log counts them. */
export const load = <K extends keyof Loadable>(session: WriteSession, kind: K, rows: readonly Loadable[K][]): Promise<void> => session.load<object>(loadable[kind], rows);
