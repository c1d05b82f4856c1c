import { sql } from "kysely";
import { district, studentAtSchool } from "#foundation/access/relations";
import type { Managed, WriteSession } from "#foundation/crud/write";
import type { DistrictRecord } from "#foundation/record/record";
import { demographicsOffice } from "./access.ts";
import { DutyAssignment, type DutyRole } from "./entities/duty-assignment.ts";
import { HouseholdAddress } from "./entities/household-address.ts";
import { HouseholdMember } from "./entities/household-member.ts";
import { Household } from "./entities/household.ts";
import { LegalSex, PersonDemographics } from "./entities/person-demographics.ts";
import { PersonEmail } from "./entities/person-email.ts";
import { PersonPhone, PhoneKind } from "./entities/person-phone.ts";
import { Person } from "./entities/person.ts";

/** Values of a record by field, references as ids. Fields with a default may be left out. */
type Given<T> = Readonly<Partial<Omit<T, keyof DistrictRecord>>>;
type Found<T> = Promise<Managed<T>[]>;

export type { DutyAssignment, DutyRole, Person, PersonDemographics, PersonEmail, PersonPhone };
/** Vocabularies that inputs of operations share with the records. */
export { LegalSex, PhoneKind };

/*
 * What the orchestrators may do with people, inside a transaction of their own, as the domain's elevated role. Each `add` returns the
 * id, which is `id` where one is given. The caller has checked its rule; constraints hold at the next flush.
 */

export const addPerson = (session: WriteSession, values: Given<Person>, id?: string): string => session.create(Person, values, id).id;
/** Demographics have the person's id. */
export const addDemographics = (session: WriteSession, personId: string, values: Given<PersonDemographics>): string => session.create(PersonDemographics, values, personId).id;
export const addPhone = (session: WriteSession, values: Given<PersonPhone>, id?: string): string => session.create(PersonPhone, values, id).id;
export const addEmail = (session: WriteSession, values: Given<PersonEmail>, id?: string): string => session.create(PersonEmail, values, id).id;
export const addHousehold = (session: WriteSession, values: Given<Household>, id?: string): string => session.create(Household, values, id).id;
export const addHouseholdMember = (session: WriteSession, values: Given<HouseholdMember>, id?: string): string => session.create(HouseholdMember, values, id).id;
export const addHouseholdAddress = (session: WriteSession, values: Given<HouseholdAddress>, id?: string): string => session.create(HouseholdAddress, values, id).id;
/** A duty gives reach: whoever calls this answers for it. */
export const addDuty = (session: WriteSession, values: Given<DutyAssignment>, id?: string): string => session.create(DutyAssignment, values, id).id;

/** These records of these persons, archived ones included where said. */
export const personsById = (session: WriteSession, ids: readonly string[]): Found<Person> => session.list(Person, { id: [...ids] });
/** Names for lists: few columns of many persons. */
export const namesOf = (session: WriteSession, ids: readonly string[]): Promise<{ id: string; familyName: string; givenName: string }[]> =>
  session.ask(sql`SELECT id, family_name AS "familyName", given_name AS "givenName" FROM people.person WHERE id = ANY (${ids}::uuid[])`);
export const demographicsById = (session: WriteSession, ids: readonly string[]): Found<PersonDemographics> => session.list(PersonDemographics, { id: [...ids] });
export const phonesOf = (session: WriteSession, personIds: readonly string[]): Found<PersonPhone> => session.list(PersonPhone, { person: [...personIds], archivedAt: null });
/** Ids of the persons who belong to the household, or will. */
export async function membersOf(session: WriteSession, household: string): Promise<string[]> {
  return (await session.list(HouseholdMember, { household, archivedAt: null, toDate: null })).map((row) => (row.person as unknown as { id: string }).id);
}
export const emailsOf = (session: WriteSession, personIds: readonly string[]): Found<PersonEmail> => session.list(PersonEmail, { person: [...personIds], archivedAt: null });
export const dutiesOf = (session: WriteSession, personIds: readonly string[]): Found<DutyAssignment> => session.list(DutyAssignment, { person: [...personIds], archivedAt: null });

/** Whether the caller's own duties let her write the person's demographics: those of a student of her school, or of the district. */
export const mayWriteDemographics = async (session: WriteSession, personId: string): Promise<boolean> =>
  (await session.holds(studentAtSchool, "person", demographicsOffice, personId)) || (await session.holds(district, null, demographicsOffice));

/** Changes what differs; the version stays when nothing does. */
export const changePerson = (session: WriteSession, record: Managed<Person>, values: Given<Person>): void => void session.update(record, values);
export const changeDemographics = (session: WriteSession, record: Managed<PersonDemographics>, values: Given<PersonDemographics>): void => void session.update(record, values);
export const changePhone = (session: WriteSession, record: Managed<PersonPhone>, values: Given<PersonPhone>): void => void session.update(record, values);
export const changeEmail = (session: WriteSession, record: Managed<PersonEmail>, values: Given<PersonEmail>): void => void session.update(record, values);
/** Sets the first day no longer on duty. */
export const endDuty = (session: WriteSession, record: Managed<DutyAssignment>, toDate: string): void => void session.update(record, { toDate });
export const archivePhone = (session: WriteSession, record: Managed<PersonPhone>): void => void session.archive(record);
export const archiveEmail = (session: WriteSession, record: Managed<PersonEmail>): void => void session.archive(record);
export const archiveDuty = (session: WriteSession, record: Managed<DutyAssignment>): void => void session.archive(record);
/** The person of a duplicate student who was merged into another, and one whose merge was undone. */
export const archivePerson = (session: WriteSession, record: Managed<Person>): void => void session.archive(record);
export const restorePerson = (session: WriteSession, record: Managed<Person>): void => void session.restore(record);

const loadable = { Person, PersonDemographics, PersonPhone, PersonEmail, Household, HouseholdMember, HouseholdAddress, DutyAssignment };
/** What may be loaded in bulk, by record: values by field, references as ids, each with its own id. */
export type Loadable = { [K in keyof typeof loadable]: Given<InstanceType<(typeof loadable)[K]>> & { id: string } };
/** The order in which the kinds are loaded, so that each finds what it refers to. */
export const loadOrder = Object.keys(loadable) as (keyof Loadable)[];
/** Adds many records of a kind at once, as seeds do; the audit log counts them. */
export const load = <K extends keyof Loadable>(session: WriteSession, kind: K, rows: readonly Loadable[K][]): Promise<void> => session.load<object>(loadable[kind], rows);
