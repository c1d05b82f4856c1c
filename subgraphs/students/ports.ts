import type { Managed, WriteSession } from "#foundation/crud/write";
import type { DistrictRecord } from "#foundation/record/record";
import { CourtOrder } from "./entities/court-order.ts";
import { DirectoryOptOut } from "./entities/directory-opt-out.ts";
import { MajorityArrangement } from "./entities/majority-arrangement.ts";
import { MealEligibility } from "./entities/meal-eligibility.ts";
import { ProgramParticipation } from "./entities/program-participation.ts";
import { Program } from "./entities/program.ts";
import { SchoolEnrollment } from "./entities/school-enrollment.ts";
import { StudentContact, type ContactRelationship } from "./entities/student-contact.ts";
import { StudentIdentifiers } from "./entities/student-identifiers.ts";
import { Student } from "./entities/student.ts";
import { SupportParticipation } from "./entities/support-participation.ts";

/** Values of a record by field, references as ids. Fields with a default may be left out. */
type Given<T> = Readonly<Partial<Omit<T, keyof DistrictRecord>>>;
type Found<T> = Promise<Managed<T>[]>;

export type { ContactRelationship, SchoolEnrollment, Student, StudentContact };

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

/** Changes what differs; the version stays when nothing does. */
export const changeIdentifiers = (session: WriteSession, record: Managed<StudentIdentifiers>, values: Given<StudentIdentifiers>): void => void session.update(record, values);
/** Exit dates, codes, the kind and corrections of the grade level; school and year of an enrollment never change. */
export const changeEnrollment = (session: WriteSession, record: Managed<SchoolEnrollment>, values: Given<Pick<SchoolEnrollment, "exitDate" | "exitCode" | "gradeLevelId" | "kind" | "noShow" | "entryDate">>): void =>
  void session.update(record, values);
export const changeContact = (session: WriteSession, record: Managed<StudentContact>, values: Given<StudentContact>): void => void session.update(record, values);
export const archiveContact = (session: WriteSession, record: Managed<StudentContact>): void => void session.archive(record);
export const archiveEnrollment = (session: WriteSession, record: Managed<SchoolEnrollment>): void => void session.archive(record);
