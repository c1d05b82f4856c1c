import { sql } from "kysely";
import type { Managed, WriteSession } from "#foundation/crud/write";
import type { Role } from "#foundation/identity/role";
import type { DistrictRecord } from "#foundation/record/record";
import { lend } from "./operations/delegations/delegate.ts";
import type { DelegationUse } from "./entities/delegation.ts";
import { Account } from "./entities/account.ts";
import { AgreementSchool } from "./entities/agreement-school.ts";
import { Agreement } from "./entities/agreement.ts";
import { DirectoryPolicy } from "./entities/directory-policy.ts";
import { Disclosure } from "./entities/disclosure.ts";
import { StoredFile } from "./entities/stored-file.ts";
import { District } from "./entities/district.ts";

/** Values of a record by field, references as ids. Fields with a default may be left out. */
type Given<T> = Readonly<Partial<Omit<T, keyof DistrictRecord>>>;

export type { Account, District };

/** A person who is to have a user, with what the records say of her. */
export interface ExpectedUser {
  readonly person_id: string;
  readonly given_name: string;
  readonly family_name: string;
  readonly email: string | null;
  readonly student_number: string | null;
  readonly portals: readonly string[];
  readonly duties: readonly string[];
}

/*
 * What the orchestrators may do with the platform's records, inside a transaction of their own, as the domain's elevated role.
 */

/** The district owns itself: its id is the district of the transaction. */
export const addDistrict = (session: WriteSession, values: Given<District>, id: string): string => session.create(District, values, id).id;

/** Lets whoever signs in as `subject` at `issuer` act as the person. */
export const addAccount = (session: WriteSession, values: Given<Account>, id?: string): string => session.create(Account, values, id).id;
/** The accounts that these subjects have or had, at any issuer, archived ones included. */
export const accountsOfSubjects = (session: WriteSession, subjects: readonly string[]): Promise<Managed<Account>[]> => session.list(Account, { subject: [...subjects] });
/** Every account of an issuer, archived ones included. */
export const accountsOfIssuer = (session: WriteSession, issuer: string): Promise<Managed<Account>[]> => session.list(Account, { issuer });
/** Who is to have a user at the identity provider, by the records of today. */
export const expectedUsers = (session: WriteSession): Promise<ExpectedUser[]> => session.ask(sql<ExpectedUser>`SELECT * FROM lookup.platform_users() ORDER BY family_name, given_name, person_id`);
/** Nobody signs in with it any more; its history stays. */
export const archiveAccount = (session: WriteSession, record: Managed<Account>): void => void session.archive(record);

/*
 * What leaves the district. Whoever sends data out asks for the agreement's terms, names those who may be named, and records what went.
 */
export { agreementsCalled } from "./disclosure/agreements-called.ts";
export { agreementInEffect, type AgreementTerms } from "./disclosure/agreement-in-effect.ts";
export { DataCategory } from "./disclosure/data-category.ts";
export { DirectoryField } from "./disclosure/directory-field.ts";
export { LegalBasis, needsRecord } from "./disclosure/legal-basis.ts";
export { mayBeNamed, type Naming } from "./disclosure/may-be-named.ts";
export { recordDisclosures, type Sent } from "./disclosure/record-disclosures.ts";

const loadable = { DirectoryPolicy, Agreement, AgreementSchool, Disclosure };
/** What may be loaded in bulk, by record: values by field, references as ids, each with its own id. */
export type Loadable = { [K in keyof typeof loadable]: Given<InstanceType<(typeof loadable)[K]>> & { id: string } };
/** The order in which the kinds are loaded, so that each finds what it refers to. */
export const loadOrder = Object.keys(loadable) as (keyof Loadable)[];
/** Adds many records of a kind at once, as seeds do; the audit log counts them. */
export const load = <K extends keyof Loadable>(session: WriteSession, kind: K, rows: readonly Loadable[K][]): Promise<void> => session.load<object>(loadable[kind], rows);

/*
 * Files that people bring and fetch. For jobs: the bytes are outside of any transaction of theirs.
 */
/** A file that the caller brought. @throws OsssError NOT_FOUND for another's. */
export const fileForImport = (session: WriteSession, id: string): Promise<Managed<StoredFile>> => session.get(StoredFile, id);
export { removeFile, storeFile, withMadeFile, withStoredFile, type FilesHost, type KeepFile, type MadeFile } from "./files/content.ts";
/**
 * Lets work that the caller starts go on while she does not wait for it, for some days: with those of these roles that she has now. She sees
 * the delegation in her list and may take it back. Returns its id.
 */
export async function lendForWork(session: WriteSession, work: { use: DelegationUse; purpose: string; roles: readonly Role[]; operations: readonly string[]; days: number }): Promise<string> {
  const today = await session.today();
  const toDate = new Date(Date.parse(today) + work.days * 86_400_000).toISOString().slice(0, 10);
  const roles = work.roles.filter((role) => session.caller.identity.roles.includes(role));
  return (await lend(session, { use: work.use, purpose: work.purpose.slice(0, 500), roles, operations: [...work.operations], everyQuery: false, toDate })).id;
}
