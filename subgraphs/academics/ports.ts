import { sql } from "kysely";
import type { Managed, WriteSession } from "#foundation/crud/write";
import type { DistrictRecord } from "#foundation/record/record";
import { ClassMeeting } from "./entities/class-meeting.ts";
import { CourseLevel } from "./entities/course-level.ts";
import { Course } from "./entities/course.ts";
import { MeetingPattern } from "./entities/meeting-pattern.ts";
import { RosterPolicy } from "./entities/roster-policy.ts";
import { SectionEnrollment } from "./entities/section-enrollment.ts";
import { SectionTerm } from "./entities/section-term.ts";
import { Section } from "./entities/section.ts";
import { Subject } from "./entities/subject.ts";
import { takeOffRoster } from "./roster/take-off-roster.ts";

export { deriveMeetings, type DerivationSpan, type DerivedMeetings } from "./schedule/derive-meetings.ts";

/** Values of a record by field, references as ids. Fields with a default may be left out. */
type Given<T> = Readonly<Partial<Omit<T, keyof DistrictRecord>>>;
type Found<T> = Promise<Managed<T>[]>;

export type { Course, MeetingPattern, Section, SectionEnrollment, SectionTerm };

/*
 * What the orchestrators may do with academics, inside a transaction of their own, as the domain's elevated role. Each `add` returns the
 * id, which is `id` where one is given. The caller has checked its rule; constraints hold at the next flush. Class meetings are not
 * written one by one: after patterns have been added, `deriveMeetings` makes them. A seed loads those that it would make.
 */

export const addSubject = (session: WriteSession, values: Given<Subject>, id?: string): string => session.create(Subject, values, id).id;
export const addCourseLevel = (session: WriteSession, values: Given<CourseLevel>, id?: string): string => session.create(CourseLevel, values, id).id;
export const addCourse = (session: WriteSession, values: Given<Course>, id?: string): string => session.create(Course, values, id).id;
export const addSection = (session: WriteSession, values: Given<Section>, id?: string): string => session.create(Section, values, id).id;
export const addSectionTerm = (session: WriteSession, values: Given<SectionTerm>, id?: string): string => session.create(SectionTerm, values, id).id;
export const addMeetingPattern = (session: WriteSession, values: Given<MeetingPattern>, id?: string): string => session.create(MeetingPattern, values, id).id;
/** A roster gives teachers reach: whoever calls this answers for it. Neither seats nor other sections are looked at. */
export const addSectionEnrollment = (session: WriteSession, values: Given<SectionEnrollment>, id?: string): string => session.create(SectionEnrollment, values, id).id;
export const addRosterPolicy = (session: WriteSession, values: Given<RosterPolicy>, id?: string): string => session.create(RosterPolicy, values, id).id;

/** Courses and patterns with these ids, archived ones included; the patterns of these sections. */
export const coursesById = (session: WriteSession, ids: readonly string[]): Found<Course> => session.list(Course, { id: [...ids] });
export const meetingPatternsOf = (session: WriteSession, sectionIds: readonly string[]): Found<MeetingPattern> => session.list(MeetingPattern, { section: [...sectionIds], archivedAt: null });

export interface SectionDays {
  id: string;
  schoolId: string;
  code: string;
  title: string;
  firstDay: string;
  endDay: string;
  archived: boolean;
}
/** Sections with their first and end day, which the database keeps; archived ones included. */
export const sectionDays = (session: WriteSession, ids: readonly string[]): Promise<SectionDays[]> =>
  session.ask(sql<SectionDays>`SELECT id, school_id AS "schoolId", code, title, first_day::text AS "firstDay", end_day::text AS "endDay", archived_at IS NOT NULL AS archived FROM academics.section WHERE id = ANY (${ids}::uuid[])`);

/** The codes of the sections of these schools in these years, with their courses. */
export const sectionCodes = (session: WriteSession, schoolIds: readonly string[], yearIds: readonly string[]): Promise<{ id: string; schoolId: string; schoolYearId: string; courseId: string; code: string }[]> =>
  session.ask(sql`SELECT id, school_id AS "schoolId", school_year_id AS "schoolYearId", course_id AS "courseId", code FROM academics.section WHERE school_id = ANY (${schoolIds}::uuid[]) AND school_year_id = ANY (${yearIds}::uuid[]) AND archived_at IS NULL`);

/** Which of these sections or courses any row of any domain rests on: for a section more than its terms, patterns and the hours that follow from them. */
export const sectionsInUse = (session: WriteSession, ids: readonly string[]): Promise<string[]> => inUse(session, "section", ids);
export const coursesInUse = (session: WriteSession, ids: readonly string[]): Promise<string[]> => inUse(session, "course", ids);
const inUse = async (session: WriteSession, table: "section" | "course", ids: readonly string[]): Promise<string[]> =>
  (await session.ask(sql<{ id: string }>`SELECT id FROM academics.in_use(${session.caller.identity.districtId}, ${table}, ${ids}::uuid[]) AS id`)).map(({ id }) => id);

/** The catalog that is not archived: few enough to hold. */
export const subjects = (session: WriteSession): Found<Subject> => session.list(Subject, { archivedAt: null });
export const courseLevels = (session: WriteSession): Found<CourseLevel> => session.list(CourseLevel, { archivedAt: null });
export const courses = (session: WriteSession): Found<Course> => session.list(Course, { archivedAt: null });

/** Sections with these ids, archived ones included; sections of these schools in this year. */
export const sectionsById = (session: WriteSession, ids: readonly string[]): Found<Section> => session.list(Section, { id: [...ids] });
export const sectionsOf = (session: WriteSession, schoolIds: readonly string[], schoolYearId: string): Found<Section> => session.list(Section, { schoolId: [...schoolIds], schoolYearId, archivedAt: null });
export const sectionTermsOf = (session: WriteSession, sectionIds: readonly string[]): Found<SectionTerm> => session.list(SectionTerm, { section: [...sectionIds], archivedAt: null });
/** Every row of these students or sections that is not archived, whatever its dates. */
export const sectionEnrollmentsOf = (session: WriteSession, studentIds: readonly string[]): Found<SectionEnrollment> => session.list(SectionEnrollment, { studentId: [...studentIds], archivedAt: null });
export const sectionEnrollmentsById = (session: WriteSession, ids: readonly string[]): Found<SectionEnrollment> => session.list(SectionEnrollment, { id: [...ids] });
export const rostersOf = (session: WriteSession, sectionIds: readonly string[]): Found<SectionEnrollment> => session.list(SectionEnrollment, { section: [...sectionIds], archivedAt: null });

/** Changes what differs; the version stays when nothing does. */
export const changeCourse = (session: WriteSession, record: Managed<Course>, values: Given<Course>): void => void session.update(record, values);
export const changeSection = (session: WriteSession, record: Managed<Section>, values: Given<Section>): void => void session.update(record, values);
/** Gone from the catalog, or from the schedule; what rests on it is looked for before. */
export const archiveCourse = (session: WriteSession, record: Managed<Course>): void => void session.archive(record);
export const restoreCourse = (session: WriteSession, record: Managed<Course>): void => void session.restore(record);
export const archiveSection = (session: WriteSession, record: Managed<Section>): void => void session.archive(record);
export const restoreSection = (session: WriteSession, record: Managed<Section>): void => void session.restore(record);
/** Ends a pattern; on or before its first day it is archived, since nothing ever met by it. */
export const endMeetingPattern = (session: WriteSession, record: Managed<MeetingPattern>, toDate: string): void => void (toDate <= record.fromDate ? session.archive(record) : session.update(record, { toDate }));
/** Corrects the days of a roster row. */
export const changeSectionEnrollment = (session: WriteSession, record: Managed<SectionEnrollment>, values: Given<Pick<SectionEnrollment, "fromDate" | "toDate" | "endReason">>): void => void session.update(record, values);
/** Ends a roster row; on or before its first day the row is archived. Refused when it ends by then already. */
export const endSectionEnrollment = (session: WriteSession, record: Managed<SectionEnrollment>, toDate: string, reason: string | null): void => void takeOffRoster(session, record, toDate, reason);
/** Puts an ended row back as it was, for an undo: until `toDate`, or until the section ends. */
export const reopenSectionEnrollment = (session: WriteSession, record: Managed<SectionEnrollment>, toDate: string | null = null): void => void session.update(record, { toDate, endReason: null });
export const archiveSectionEnrollment = (session: WriteSession, record: Managed<SectionEnrollment>): void => void session.archive(record);
export const restoreSectionEnrollment = (session: WriteSession, record: Managed<SectionEnrollment>): void => void session.restore(record);
export const archiveSectionTerm = (session: WriteSession, record: Managed<SectionTerm>): void => void session.archive(record);

/** Locks the roster rows of these students until the transaction ends, so that what is read next is not changed meanwhile. */
export const lockRostersOf = async (session: WriteSession, studentIds: readonly string[]): Promise<void> =>
  void (await session.ask(sql`SELECT id FROM academics.section_enrollment WHERE student_id = ANY (${studentIds}::uuid[]) ORDER BY id FOR UPDATE`));

const loadable = { Subject, CourseLevel, Course, RosterPolicy, Section, SectionTerm, MeetingPattern, ClassMeeting, SectionEnrollment };
/** What may be loaded in bulk, by record: values by field, references as ids, each with its own id. */
export type Loadable = { [K in keyof typeof loadable]: Given<InstanceType<(typeof loadable)[K]>> & { id: string } };
/** The order in which the kinds are loaded, so that each finds what it refers to. */
export const loadOrder = Object.keys(loadable) as (keyof Loadable)[];
/** Adds many records of a kind at once, as seeds do; the audit log counts them. */
export const load = <K extends keyof Loadable>(session: WriteSession, kind: K, rows: readonly Loadable[K][]): Promise<void> => session.load<object>(loadable[kind], rows);
