import { mutation } from "#foundation/crud/operation";
import type { WriteSession } from "#foundation/crud/write";
import { district, familyAtSchool } from "#foundation/access/relations";
import { OsssError } from "#foundation/errors/errors";
import { Role } from "#foundation/identity/role";
import { BelongsTo, Whole } from "#foundation/record/fields";
import { inviters } from "../access.ts";
import { AccountInvitation } from "../entities/account-invitation.ts";

export class WithdrawInvitationInput {
  @BelongsTo(() => AccountInvitation, { description: "The invitation." }) invitation!: string;
  @Whole({ description: "Its version, as you read it." }) version!: number;
}

export async function withdraw(session: WriteSession, { invitation, version }: WithdrawInvitationInput): Promise<AccountInvitation> {
  const found = await session.find(AccountInvitation, invitation);
  const may = found && ((await session.holds(district, null, [Role.Admin])) || (await session.holds(familyAtSchool, "person", inviters, found.personId)));
  if (!may) throw OsssError.notFound("AccountInvitation");
  const current = await session.get(AccountInvitation, invitation, version);
  if (current.acceptedAt) throw OsssError.conflict("This code was used. Unlink the account that came of it, where it is another's.");
  return session.archive(current);
}

export const withdrawInvitation = mutation<WithdrawInvitationInput>({
  name: "withdrawInvitation",
  description: "Ends the code of an invitation that nobody has used. For those who may invite the person.",
  roles: [Role.Admin, ...inviters],
  as: "district",
  reason: "optional",
  input: WithdrawInvitationInput,
  record: AccountInvitation,
  run: withdraw,
});
