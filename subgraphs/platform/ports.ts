import type { Managed, WriteSession } from "#foundation/crud/write";
import type { DistrictRecord } from "#foundation/record/record";
import { Account } from "./entities/account.ts";
import { District } from "./entities/district.ts";

/** Values of a record by field, references as ids. Fields with a default may be left out. */
type Given<T> = Readonly<Partial<Omit<T, keyof DistrictRecord>>>;

export type { Account, District };

/*
 * What the orchestrators may do with the platform's records, inside a transaction of their own, as the domain's elevated role.
 */

/** The district owns itself: its id is the district of the transaction. */
export const addDistrict = (session: WriteSession, values: Given<District>, id: string): string => session.create(District, values, id).id;

/** Lets whoever signs in as `subject` at `issuer` act as the person. */
export const addAccount = (session: WriteSession, values: Given<Account>, id?: string): string => session.create(Account, values, id).id;
/** The accounts that these subjects have or had, at any issuer, archived ones included. */
export const accountsOfSubjects = (session: WriteSession, subjects: readonly string[]): Promise<Managed<Account>[]> => session.list(Account, { subject: [...subjects] });
/** Nobody signs in with it any more; its history stays. */
export const archiveAccount = (session: WriteSession, record: Managed<Account>): void => void session.archive(record);
