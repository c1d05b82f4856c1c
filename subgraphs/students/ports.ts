import { sql } from "kysely";
import type { Managed, WriteSession } from "#foundation/crud/write";
import type { DistrictRecord } from "#foundation/record/record";
import { CourtOrder } from "./entities/court-order.ts";
import { DirectoryOptOut } from "./entities/directory-opt-out.ts";
import { MajorityArrangement } from "./entities/majority-arrangement.ts";
import { MealEligibility } from "./entities/meal-eligibility.ts";
import { ProgramParticipation } from "./entities/program-participation.ts";
import { Program } from "./entities/program.ts";
import { EnrollmentKind, SchoolEnrollment } from "./entities/school-enrollment.ts";
import { ContactRelationship, StudentContact } from "./entities/student-contact.ts";
import { StudentIdentifiers } from "./entities/student-identifiers.ts";
import { Student } from "./entities/student.ts";
import { SupportParticipation } from "./entities/support-participation.ts";

/** Values of a record by field, references as ids. Fields with a default may be left out. */
type Given<T> = Readonly<Partial<Omit<T, keyof DistrictRecord>>>;
type Found<T> = Promise<Managed<T>[]>;

export type { CourtOrder, SchoolEnrollment, Student, StudentContact };
/** Vocabularies that inputs of operations share with the records. */
export { ContactRelationship, EnrollmentKind };

/*
 * What the orchestrators may do with students, inside a transaction of their own, as the domain's elevated role. Each `add` returns
 * the id, which is `id` where one is given. The caller has checked its rule; constraints hold at the next flush.
 */

export const addStudent = (session: WriteSession, values: Given<Student>, id?: string): string => session.create(Student, values, id).id;
/** Identifiers have the student's id. */
export const addStudentIdentifiers = (session: WriteSession, studentId: string, values: Given<StudentIdentifiers>): string => session.create(StudentIdentifiers, values, studentId).id;
export const addSchoolEnrollment = (session: WriteSession, values: Given<SchoolEnrollment>, id?: string): string => session.create(SchoolEnrollment, values, id).id;
export const addContact = (session: WriteSession, values: Given<StudentContact>, id?: string): string => session.create(StudentContact, values, id).id;
export const addCourtOrder = (session: WriteSession, values: Given<CourtOrder>, id?: string): string => session.create(CourtOrder, values, id).id;
export const addProgram = (session: WriteSession, values: Given<Program>, id?: string): string => session.create(Program, values, id).id;
export const addProgramParticipation = (session: WriteSession, values: Given<ProgramParticipation>, id?: string): string => session.create(ProgramParticipation, values, id).id;
export const addSupportParticipation = (session: WriteSession, values: Given<SupportParticipation>, id?: string): string => session.create(SupportParticipation, values, id).id;
export const addMealEligibility = (session: WriteSession, values: Given<MealEligibility>, id?: string): string => session.create(MealEligibility, values, id).id;
export const addDirectoryOptOut = (session: WriteSession, values: Given<DirectoryOptOut>, id?: string): string => session.create(DirectoryOptOut, values, id).id;
export const addMajorityArrangement = (session: WriteSession, values: Given<MajorityArrangement>, id?: string): string => session.create(MajorityArrangement, values, id).id;

/** Students with these numbers, persons or ids; none for an empty list. */
export const studentsByNumber = (session: WriteSession, numbers: readonly string[]): Found<Student> => session.list(Student, { studentNumber: [...numbers], archivedAt: null });
export const studentsOfPersons = (session: WriteSession, personIds: readonly string[]): Found<Student> => session.list(Student, { personId: [...personIds], archivedAt: null });
export const studentsById = (session: WriteSession, ids: readonly string[]): Found<Student> => session.list(Student, { id: [...ids] });
export const identifiersById = (session: WriteSession, ids: readonly string[]): Found<StudentIdentifiers> => session.list(StudentIdentifiers, { id: [...ids] });
/** Which of these state ids are taken. */
export const identifiersByStateId = (session: WriteSession, stateIds: readonly string[]): Found<StudentIdentifiers> => session.list(StudentIdentifiers, { stateId: [...stateIds], archivedAt: null });
export const enrollmentsOf = (session: WriteSession, studentIds: readonly string[]): Found<SchoolEnrollment> => session.list(SchoolEnrollment, { student: [...studentIds], archivedAt: null });
export const contactsOf = (session: WriteSession, studentIds: readonly string[]): Found<StudentContact> => session.list(StudentContact, { student: [...studentIds], archivedAt: null });

export const contactsById = (session: WriteSession, ids: readonly string[]): Found<StudentContact> => session.list(StudentContact, { id: [...ids], archivedAt: null });

export const enrollmentsById = (session: WriteSession, ids: readonly string[]): Found<SchoolEnrollment> => session.list(SchoolEnrollment, { id: [...ids] });
/**
 * Whose an enrollment is and at which school, before anything is locked: what is read by `find` and `list` is not read again.
 * @throws OsssError NOT_FOUND also where the caller may not read it.
 */
export async function placeOfEnrollment(session: WriteSession, id: string): Promise<{ studentId: string; schoolId: string } | null> {
  await session.requireVisible(SchoolEnrollment, id);
  return (await session.ask(sql<{ studentId: string; schoolId: string }>`SELECT student_id AS "studentId", school_id AS "schoolId" FROM students.school_enrollment WHERE id = ${id}::uuid AND archived_at IS NULL`))[0] ?? null;
}
/** The id of the student of an enrollment that was read. */
export const studentOf = (record: Managed<SchoolEnrollment>): string => (record.student as unknown as { id: string }).id;
/** Whether a contact or an order that was read is about the student. */
export const isAbout = (record: object, studentId: string): boolean => (record as { student: { id: string } }).student.id === studentId;
/** An enrollment, locked. @throws OsssError NOT_FOUND or STALE_VERSION, as any update. */
export const enrollmentForChange = (session: WriteSession, id: string, version: number): Promise<Managed<SchoolEnrollment>> => session.get(SchoolEnrollment, id, version);
export const courtOrdersOf = (session: WriteSession, studentIds: readonly string[]): Found<CourtOrder> => session.list(CourtOrder, { student: [...studentIds], archivedAt: null });
/** @throws OsssError NOT_FOUND where there is no such student, and where the caller may not read the one that there is. */
export const requireVisibleStudent = (session: WriteSession, id: string): Promise<void> => session.requireVisible(Student, id);
/**
 * Lets operations on these students and their enrollments follow one another until their transactions end, without keeping others from
 * writing rows that point to the students. Returns the ids that are students of the district, archived ones included.
 */
export async function lockStudents(session: WriteSession, ids: readonly string[]): Promise<string[]> {
  const found = await session.ask(sql<{ id: string }>`SELECT id FROM students.student WHERE id = ANY (${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`);
  await session.ask(sql`SELECT id FROM students.school_enrollment WHERE student_id = ANY (${ids}::uuid[]) ORDER BY id FOR UPDATE`);
  return found.map((row) => row.id);
}
/** The highest student number that is a plain number of at most 15 digits, merged and other archived students included; 0 without any. */
export async function highestStudentNumber(session: WriteSession): Promise<number> {
  const [row] = await session.ask(sql<{ highest: string | null }>`SELECT max(student_number::bigint)::text AS highest FROM students.student WHERE student_number ~ '^[0-9]{1,15}$'`);
  return Number(row?.highest ?? 0);
}
/** Which of these numbers any student has or had. */
export async function takenStudentNumbers(session: WriteSession, numbers: readonly string[]): Promise<string[]> {
  return (await session.ask(sql<{ number: string }>`SELECT DISTINCT student_number AS number FROM students.student WHERE student_number = ANY (${numbers}::text[])`)).map((row) => row.number);
}

/** Changes what differs; the version stays when nothing does. */
export const changeIdentifiers = (session: WriteSession, record: Managed<StudentIdentifiers>, values: Given<StudentIdentifiers>): void => void session.update(record, values);
/** Dates, codes, the kind, the track and corrections of the grade level; student, school and year of an enrollment never change. */
export const changeEnrollment = (session: WriteSession, record: Managed<SchoolEnrollment>, values: Given<Omit<SchoolEnrollment, "student" | "schoolId" | "schoolYearId">>): void =>
  void session.update(record, values);
export const changeContact = (session: WriteSession, record: Managed<StudentContact>, values: Given<StudentContact>): void => void session.update(record, values);
export const archiveContact = (session: WriteSession, record: Managed<StudentContact>): void => void session.archive(record);
export const archiveEnrollment = (session: WriteSession, record: Managed<SchoolEnrollment>): void => void session.archive(record);
/** A duplicate that was merged into another student, and one whose merge was undone. */
export const archiveStudent = (session: WriteSession, record: Managed<Student>): void => void session.archive(record);
export const restoreStudent = (session: WriteSession, record: Managed<Student>): void => void session.restore(record);
export const archiveIdentifiers = (session: WriteSession, record: Managed<StudentIdentifiers>): void => void session.archive(record);
export const restoreIdentifiers = (session: WriteSession, record: Managed<StudentIdentifiers>): void => void session.restore(record);

const loadable = { Student, StudentIdentifiers, SchoolEnrollment, StudentContact, CourtOrder, Program, ProgramParticipation, SupportParticipation, MealEligibility, DirectoryOptOut, MajorityArrangement };
/** What may be loaded in bulk, by record: values by field, references as ids, each with its own id. */
export type Loadable = { [K in keyof typeof loadable]: Given<InstanceType<(typeof loadable)[K]>> & { id: string } };
/** The order in which the kinds are loaded, so that each finds what it refers to. */
export const loadOrder = Object.keys(loadable) as (keyof Loadable)[];
/** Adds many records of a kind at once, as seeds do; the audit log counts them. */
export const load = <K extends keyof Loadable>(session: WriteSession, kind: K, rows: readonly Loadable[K][]): Promise<void> => session.load<object>(loadable[kind], rows);
