import { mutation } from "#foundation/crud/operation";
import type { WriteSession } from "#foundation/crud/write";
import { district } from "#foundation/access/relations";
import { OsssError } from "#foundation/errors/errors";
import { Role } from "#foundation/identity/role";
import { BelongsTo, Whole } from "#foundation/record/fields";
import { Account } from "../entities/account.ts";

export class UnlinkAccountInput {
  @BelongsTo(() => Account, { description: "The account. Never your own." }) account!: string;
  @Whole({ description: "Its version, as you read it." }) version!: number;
}

export async function unlink(session: WriteSession, { account, version }: UnlinkAccountInput): Promise<Account> {
  if (!(await session.holds(district, null, [Role.Admin]))) throw OsssError.forbidden("Only the district's administrator unlinks accounts.");
  const found = await session.get(Account, account, version);
  if (found.personId === session.caller.identity.personId) throw OsssError.forbidden("Nobody unlinks her own account. Ask another administrator.");
  if (found.archivedAt) throw OsssError.conflict("This account is unlinked already.");
  return session.archive(found);
}

export const unlinkAccount = mutation<UnlinkAccountInput>({
  name: "unlinkAccount",
  description: "Takes a sign-in from its person: from then on it sees nothing, and its e-mail address links it to nobody. Its history stays. For the district's administrator; never her own.",
  roles: [Role.Admin],
  as: "district",
  reason: "required",
  input: UnlinkAccountInput,
  record: Account,
  run: unlink,
});
