import { sql } from "kysely";
import { runAcrossDomains, type Orchestration } from "#foundation/crud/across-domains";
import type { WriteSession } from "#foundation/crud/write";
import { Account } from "../entities/account.ts";
import { UnlinkedSignIn, type UnlinkedReason } from "../entities/unlinked-sign-in.ts";

/** A sign-in that no account is linked to, with the address that its issuer says it has verified. */
export interface NewSignIn {
  readonly issuer: string;
  readonly subject: string;
  readonly username: string;
  readonly email: string;
}

interface Holder {
  readonly person_id: string;
  readonly unlisted: boolean;
}

/**
 * Links a new sign-in to the one person of the installation whose records hold its verified e-mail address, and says whether it did.
 * Where that is not for sure (see UnlinkedReason), nothing is linked, and the office of each district that is concerned finds the sign-in
 * among its unlinked ones. An address that no record holds leaves no trace.
 */
export async function linkByEmail(orchestration: Orchestration, signIn: NewSignIn): Promise<boolean> {
  const { rows } = await orchestration.database.pool.query<{ district: string }>("SELECT access.districts_with_email($1) AS district", [signIn.email]);
  const linked = [];
  for (const { district } of rows) {
    const work = (session: WriteSession) => linkIn(session, signIn, rows.length > 1);
    linked.push((await runAcrossDomains(orchestration, { operation: "link sign-in by e-mail", districtId: district }, (across) => across.in("platform", work))).result);
  }
  return linked.includes(true);
}

async function linkIn(session: WriteSession, { issuer, subject, username, email }: NewSignIn, elsewhereToo: boolean): Promise<boolean> {
  await session.serialize(`sign-in ${issuer} ${subject}`);
  const holders = await session.ask(sql<Holder>`SELECT * FROM lookup.platform_persons_by_email(${email})`);
  const former = await session.list(Account, { issuer, subject });
  if (former.some((account) => account.archivedAt === null)) return true;
  const [holder] = holders;
  if (!holder) return false;
  await session.serialize(`account of ${holder.person_id}`);
  const taken = await session.list(Account, { issuer, personId: holder.person_id, archivedAt: null });
  const reason = whyNot({ elsewhereToo, shared: holders.length > 1, before: former.length > 0, taken: taken.length > 0 });
  if (reason === null) {
    session.create(Account, { issuer, subject, username, personId: holder.person_id, linkedBy: "EMAIL" });
    await settleUnlinked(session, issuer, subject);
    return true;
  }
  const known = (await session.list(UnlinkedSignIn, { issuer, subject, archivedAt: null }))[0];
  const values = { username, email: holders.some((one) => one.unlisted) ? null : email, reason };
  if (!known) session.create(UnlinkedSignIn, { issuer, subject, ...values, triedAt: session.caller.now });
  else if (known.reason !== reason) session.update(known, { ...values, triedAt: session.caller.now });
  return false;
}

function whyNot({ elsewhereToo, shared, before, taken }: Record<"elsewhereToo" | "shared" | "before" | "taken", boolean>): UnlinkedReason | null {
  if (elsewhereToo) return "SEVERAL_DISTRICTS";
  if (shared) return "SHARED_EMAIL";
  if (before) return "UNLINKED_BEFORE";
  return taken ? "PERSON_HAS_ACCOUNT" : null;
}

/** What waited for the office waits no longer. */
export async function settleUnlinked(session: WriteSession, issuer: string, subject: string): Promise<void> {
  for (const waiting of await session.list(UnlinkedSignIn, { issuer, subject, archivedAt: null })) session.archive(waiting);
}
