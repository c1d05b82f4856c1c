import type pg from "pg";
import { identityOfDelegation, type DelegatedWork } from "./delegated-identity.ts";
import type { Identity } from "./identity.ts";

type Login = Pick<pg.Pool, "query">;

interface Row {
  id: string; use: string; district_id: string; account_id: string; person_id: string | null; issuer: string; subject: string; active: boolean;
  roles: string[]; operations: string[]; every_query: boolean; starts_at: Date; ends_at: Date; revoked: boolean; last_roles: string[] | null; last_at: Date | null;
}

/**
 * Whom delegated work acts as at this moment, read anew with each call.
 * @throws OsssError NOT_FOUND or FORBIDDEN, see `identityOfDelegation`.
 */
export async function delegatedIdentity(login: Login, work: DelegatedWork): Promise<Identity> {
  const row = isUuid(work.delegation) ? (await login.query<Row>("SELECT * FROM access.delegated($1)", [work.delegation])).rows[0] : undefined;
  const facts = row && {
    id: row.id, use: row.use, districtId: row.district_id, accountId: row.account_id, personId: row.person_id, issuer: row.issuer, subject: row.subject, active: row.active,
    roles: row.roles, operations: row.operations, everyQuery: row.every_query, startsAt: row.starts_at, endsAt: row.ends_at, revoked: row.revoked,
    lastSignIn: row.last_roles && row.last_at ? { roles: row.last_roles, at: row.last_at } : null,
  };
  return identityOfDelegation(facts ?? null, work);
}

/** Remembers with which roles somebody signed in, and when: her delegations lend no more than these. */
export async function noteSignIn(login: Login, { accountId, roles, delegation }: Identity, now: Date): Promise<void> {
  if (accountId === null || delegation !== null) return;
  await login.query("SELECT access.note_sign_in($1, $2, $3)", [accountId, [...roles], now]);
}

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
