import { sql } from "kysely";
import { outcome } from "#foundation/crud/operation";
import { runWrite, type WriteSession } from "#foundation/crud/write";
import { district, familyAtSchool } from "#foundation/access/relations";
import { OsssError } from "#foundation/errors/errors";
import { loadById } from "#foundation/loading/loaders";
import { Role } from "#foundation/identity/role";
import { BelongsTo, ForeignRef, Text, Whole } from "#foundation/record/fields";
import { recordOf } from "#foundation/record/metadata";
import { View } from "#foundation/record/view";
import { inviters } from "../access.ts";
import { Account } from "../entities/account.ts";
import { AccountInvitation } from "../entities/account-invitation.ts";
import { Person } from "../foreign.ts";
import { hashOfCode, newInvitationCode } from "../sign-in/invitation-code.ts";

export class InviteToSignInInput {
  @ForeignRef(() => Person, { description: "Who is to sign in." }) personId!: string;
  @Whole({ description: "For how many days the code is good.", unit: "days", min: 1, max: 60, defaultValue: 14 }) days!: number;
}

@View("An invitation and its code. The code is told this once: what is kept of it cannot be turned back into it.")
export class NewInvitation {
  @BelongsTo(() => AccountInvitation, { description: "The invitation; null after a dry run.", optional: true }) invitation!: object | null;
  @Text({ description: "The code, to be given to the person alone, e.g. `7K2M-Q9XD-04TB-HW6E`. Null after a dry run, and where the request was a repeated one with the same Idempotency-Key: invite again then.", optional: true }) code!: string | null;
}

const day = 24 * 60 * 60 * 1000;

/** Whoever uses the code becomes the person, so an office invites the families of its own school; staff only the administrator. */
async function requireInviter(session: WriteSession, personId: string): Promise<void> {
  const [person] = await session.ask(sql<{ works: boolean }>`SELECT * FROM lookup.platform_invited(${personId})`);
  if (await session.holds(district, null, [Role.Admin])) {
    if (!person) throw OsssError.invalid([{ path: "input.personId", message: "There is no person with this id. Check the id." }]);
    return;
  }
  if (person && !person.works && (await session.holds(familyAtSchool, "person", inviters, personId))) return;
  throw OsssError.forbidden("You may invite students of your school and their contacts. Whoever works for the district is invited by its administrator.");
}

export async function invite(session: WriteSession, { personId, days }: InviteToSignInInput, codeHash: string): Promise<AccountInvitation> {
  await requireInviter(session, personId);
  await session.serialize(`account of ${personId}`);
  const { issuer } = session.caller.identity;
  const accounts = await session.list(Account, { personId, archivedAt: null, ...(issuer ? { issuer } : {}) });
  if (accounts.length > 0) throw OsssError.conflict("This person signs in already. Where that account is another's, have the administrator unlink it first.");
  for (const former of await session.list(AccountInvitation, { personId, acceptedAt: null, archivedAt: null })) session.archive(former);
  return session.create(AccountInvitation, { personId, codeHash, expiresAt: new Date(session.caller.now.getTime() + days * day), acceptedAt: null, account: null });
}

export const inviteToSignIn = outcome<InviteToSignInInput>({
  name: "inviteToSignIn",
  description: "Makes a code by which a person links her sign-in: good once, for some days, and told this once. An earlier code of the person ends. For the administrator; registrars and principals invite students of their school and the students' contacts.",
  roles: [Role.Admin, ...inviters],
  input: InviteToSignInInput,
  returns: NewInvitation,
  async run(call, input, write) {
    const made: { code: string | null } = { code: null };
    const { ids } = await runWrite(call, { ...write, as: "district" }, async (session) => {
      const code = newInvitationCode();
      const invitation = await invite(session, input, hashOfCode(code));
      if (!write.dryRun) made.code = code;
      return [invitation];
    });
    return { invitation: ids[0] ? await loadById(call, recordOf(AccountInvitation), ids[0]) : null, code: made.code };
  },
});
