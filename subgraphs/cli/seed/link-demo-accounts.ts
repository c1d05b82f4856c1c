import { runAcrossDomains, type Orchestration } from "#foundation/crud/across-domains";
import type { WriteSession } from "#foundation/crud/write";
import { platform } from "../../rostering/domains.ts";

export interface DemoAccounts {
  /** The issuer of the tokens; it follows the port, so that a later start may bring another one. */
  issuer: string;
  users: readonly { id: string; username: string }[];
  /** Persons by user name. Left out: those to whom the users are or were linked. A user without a person stays unlinked. */
  persons?: Readonly<Record<string, string>>;
}

/**
 * Links the demo users of a district to their persons. Repeatable: accounts of a former issuer are archived, and nothing changes when
 * all is linked. Returns how many accounts were made.
 */
export async function linkDemoAccounts(orchestration: Orchestration, { districtId, ...accounts }: DemoAccounts & { districtId: string }): Promise<number> {
  const options = { operation: "link demo accounts", districtId };
  return (await runAcrossDomains(orchestration, options, (across) => across.in("platform", (session) => linkIn(session, accounts)))).result;
}

/** The same inside a transaction that runs already. */
export async function linkIn(session: WriteSession, { issuer, users, persons }: DemoAccounts): Promise<number> {
  const known = await platform.accountsOfSubjects(session, users.map(({ id }) => id));
  const wanted = users.flatMap(({ id, username }) => {
    const personId = persons?.[username] ?? known.findLast(({ subject }) => subject === id)?.personId ?? null;
    return personId === null ? [] : [{ subject: id, username, personId }];
  });
  const current = known.filter(({ archivedAt }) => archivedAt === null);
  const fits = (account: (typeof known)[number]) => account.issuer === issuer && wanted.some((want) => want.subject === account.subject && want.personId === account.personId);
  for (const account of current) if (!fits(account)) platform.archiveAccount(session, account);
  // What is archived must leave the natural keys before its successor comes.
  await session.flush();
  const missing = wanted.filter(({ subject }) => !current.some((account) => account.subject === subject && fits(account)));
  for (const want of missing) platform.addAccount(session, { ...want, issuer });
  return missing.length;
}
