import type { Managed, WriteSession } from "#foundation/crud/write";
import type { DistrictRecord } from "#foundation/record/record";
import { CaseloadAssignment } from "./entities/caseload-assignment.ts";
import { Employee } from "./entities/employee.ts";
import { PositionAssignment } from "./entities/position-assignment.ts";
import { Position } from "./entities/position.ts";
import { SubstituteAssignment } from "./entities/substitute-assignment.ts";
import { Substitute } from "./entities/substitute.ts";
import { TeachingAssignment } from "./entities/teaching-assignment.ts";
import { endOn } from "./rules/end-assignment.ts";

/** Values of a record by field, references as ids. Fields with a default may be left out. */
type Given<T> = Readonly<Partial<Omit<T, keyof DistrictRecord>>>;
type Found<T> = Promise<Managed<T>[]>;

export type { CaseloadAssignment, Employee, TeachingAssignment };

/*
 * What the orchestrators may do with staff, inside a transaction of their own, as the domain's elevated role. Each `add` returns the id,
 * which is `id` where one is given. Assignments give reach: whoever calls these answers for it. Constraints hold at the next flush; whether
 * somebody would be in two places at once is not looked at.
 */

export const addEmployee = (session: WriteSession, values: Given<Employee>, id?: string): string => session.create(Employee, values, id).id;
export const addPosition = (session: WriteSession, values: Given<Position>, id?: string): string => session.create(Position, values, id).id;
export const addPositionAssignment = (session: WriteSession, values: Given<PositionAssignment>, id?: string): string => session.create(PositionAssignment, values, id).id;
export const addTeachingAssignment = (session: WriteSession, values: Given<TeachingAssignment>, id?: string): string => session.create(TeachingAssignment, values, id).id;
export const addSubstitute = (session: WriteSession, values: Given<Substitute>, id?: string): string => session.create(Substitute, values, id).id;
export const addSubstituteAssignment = (session: WriteSession, values: Given<SubstituteAssignment>, id?: string): string => session.create(SubstituteAssignment, values, id).id;
export const addCaseload = (session: WriteSession, values: Given<CaseloadAssignment>, id?: string): string => session.create(CaseloadAssignment, values, id).id;

/** Rows of these persons, sections or students that are not archived, whatever their dates. */
export const employeesOf = (session: WriteSession, personIds: readonly string[]): Found<Employee> => session.list(Employee, { personId: [...personIds], archivedAt: null });
export const teachingAssignmentsOf = (session: WriteSession, personIds: readonly string[]): Found<TeachingAssignment> => session.list(TeachingAssignment, { personId: [...personIds], archivedAt: null });
export const teachingAssignmentsById = (session: WriteSession, ids: readonly string[]): Found<TeachingAssignment> => session.list(TeachingAssignment, { id: [...ids] });
export const teachersOf = (session: WriteSession, sectionIds: readonly string[]): Found<TeachingAssignment> => session.list(TeachingAssignment, { sectionId: [...sectionIds], archivedAt: null });
export const caseloadsOf = (session: WriteSession, studentIds: readonly string[]): Found<CaseloadAssignment> => session.list(CaseloadAssignment, { studentId: [...studentIds], archivedAt: null });

/** Changes what differs; the version stays when nothing does. */
export const changeEmployee = (session: WriteSession, record: Managed<Employee>, values: Given<Employee>): void => void session.update(record, values);
/** Days and kind of an assignment, as a source corrects them. */
export const changeTeachingAssignment = (session: WriteSession, record: Managed<TeachingAssignment>, values: Given<Pick<TeachingAssignment, "kind" | "fromDate" | "toDate">>): void => void session.update(record, values);
export const restoreTeachingAssignment = (session: WriteSession, record: Managed<TeachingAssignment>): void => void session.restore(record);
/** Ends an assignment; on or before its first day it is archived. Refused when it ends by then already. */
export const endTeachingAssignment = (session: WriteSession, record: Managed<TeachingAssignment>, toDate: string): void => void endOn(session, record, toDate);
export const endCaseload = (session: WriteSession, record: Managed<CaseloadAssignment>, toDate: string): void => void endOn(session, record, toDate);
/** Puts an ended caseload back as it was, for an undo. */
export const reopenCaseload = (session: WriteSession, record: Managed<CaseloadAssignment>, toDate: string | null = null): void => void session.update(record, { toDate });
export const archiveTeachingAssignment = (session: WriteSession, record: Managed<TeachingAssignment>): void => void session.archive(record);
export const archiveCaseload = (session: WriteSession, record: Managed<CaseloadAssignment>): void => void session.archive(record);

const loadable = { Employee, Position, PositionAssignment, TeachingAssignment, Substitute, SubstituteAssignment, CaseloadAssignment };
/** What may be loaded in bulk, by record: values by field, references as ids, each with its own id. */
export type Loadable = { [K in keyof typeof loadable]: Given<InstanceType<(typeof loadable)[K]>> & { id: string } };
/** The order in which the kinds are loaded, so that each finds what it refers to. */
export const loadOrder = Object.keys(loadable) as (keyof Loadable)[];
/** Adds many records of a kind at once, as seeds do; the audit log counts them. */
export const load = <K extends keyof Loadable>(session: WriteSession, kind: K, rows: readonly Loadable[K][]): Promise<void> => session.load<object>(loadable[kind], rows);
