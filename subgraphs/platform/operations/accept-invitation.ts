import { sql } from "kysely";
import { runAcrossDomains } from "#foundation/crud/across-domains";
import type { Call } from "#foundation/crud/call";
import { outcome } from "#foundation/crud/operation";
import type { WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import { Text } from "#foundation/record/fields";
import { View } from "#foundation/record/view";
import { Account } from "../entities/account.ts";
import { AccountInvitation } from "../entities/account-invitation.ts";
import { District } from "../entities/district.ts";
import { hashOfCode } from "../sign-in/invitation-code.ts";
import { settleUnlinked } from "../sign-in/link-by-email.ts";

export class AcceptInvitationInput {
  @Text({ description: "The code, as the office gave it. Capitals and hyphens do not matter.", maxLength: 64 }) code!: string;
}

@View("What came of a code.")
export class AcceptedInvitation {
  @Text({ description: "The district that you belong to now." }) districtName!: string;
  @Text({ description: "What happens next, in a sentence." }) notice!: string;
}

/** One sentence for every code that does not open: who guesses learns nothing. */
const refused = () => OsssError.invalid([{ path: "input.code", message: "This code is not good: it was mistyped, used already, withdrawn, or its time is over. Check it, or ask the office that gave it to you for a new one." }]);

async function link(session: WriteSession, issuer: string, subject: string, username: string, codeHash: string): Promise<string> {
  await session.serialize(`sign-in ${issuer} ${subject}`);
  const [found] = await session.ask(sql<{ id: string; person_id: string }>`SELECT id, person_id FROM platform.account_invitation WHERE code_hash = ${codeHash} AND archived_at IS NULL`);
  if (!found) throw refused();
  await session.serialize(`account of ${found.person_id}`);
  const invitation = await session.elevated("whoever knows the code may use it").get(AccountInvitation, found.id);
  if (invitation.archivedAt || invitation.acceptedAt || invitation.expiresAt <= session.caller.now) throw refused();
  if ((await session.list(Account, { issuer, subject, archivedAt: null })).length > 0) throw OsssError.conflict("This sign-in is linked already. Load the page again.");
  if ((await session.list(Account, { issuer, personId: invitation.personId, archivedAt: null })).length > 0) throw refused();
  const account = session.create(Account, { issuer, subject, username, personId: invitation.personId, linkedBy: "INVITATION" });
  await session.flush();
  session.update(invitation, { acceptedAt: session.caller.now, account: account.id });
  await settleUnlinked(session, issuer, subject);
  return (await session.list(District, { id: session.caller.identity.districtId }))[0]!.name;
}

/** Counts the try, before the code is looked at. */
async function noteTry(call: Call, issuer: string, subject: string): Promise<void> {
  const { rows } = await call.services.database.pool.query<{ wait: number }>("SELECT access.try_code($1, $2, $3) AS wait", [issuer, subject, call.now]);
  const wait = rows[0]!.wait;
  if (wait > 0) throw OsssError.rateLimited(`Too many codes were tried with this sign-in. Wait ${Math.ceil(wait / 60)} minutes, then try again.`, wait);
}

/** The code's own district, or null: the hash is looked for in all of them, since the caller has none yet. */
async function districtOf(call: Call, codeHash: string): Promise<string | null> {
  const { rows } = await call.services.database.pool.query<{ district: string | null }>("SELECT access.district_of_invitation($1) AS district", [codeHash]);
  return rows[0]?.district ?? null;
}

export const acceptInvitation = outcome<AcceptInvitationInput>({
  name: "acceptInvitation",
  description: "Links your sign-in to the person whom an office invited, by the code of the invitation. For whoever has signed in and is not linked yet; five codes in a quarter of an hour are looked at.",
  roles: "anyone",
  input: AcceptInvitationInput,
  returns: AcceptedInvitation,
  async run(call, { code }, write) {
    const { issuer, subject, accountId } = call.identity;
    if (!issuer || !subject) throw OsssError.unauthenticated();
    if (accountId) throw OsssError.conflict("Your sign-in is linked to a person already. Sign out, and in again as the user whom the code is for.");
    await call.endReading();
    await noteTry(call, issuer, subject);
    const codeHash = hashOfCode(code);
    const districtId = await districtOf(call, codeHash);
    if (!districtId) throw refused();
    const options = { operation: write.operation, districtId, requestId: call.requestId, dryRun: write.dryRun };
    const work = (session: WriteSession) => link(session, issuer, subject, call.identity.username ?? subject, codeHash);
    const { result } = await runAcrossDomains(call.services.orchestration!, options, (across) => across.in("platform", work));
    return { districtName: result, notice: write.dryRun ? "The code is good. Nothing was linked." : "Your sign-in is linked. It counts within a few seconds." };
  },
});
