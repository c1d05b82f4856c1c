import { sql } from "kysely";
import { mutation } from "#foundation/crud/operation";
import type { WriteSession } from "#foundation/crud/write";
import { district } from "#foundation/access/relations";
import { OsssError } from "#foundation/errors/errors";
import { Role } from "#foundation/identity/role";
import { BelongsTo, ForeignRef } from "#foundation/record/fields";
import { Account } from "../entities/account.ts";
import { UnlinkedSignIn } from "../entities/unlinked-sign-in.ts";
import { Person } from "../foreign.ts";

export class LinkSignInInput {
  @BelongsTo(() => UnlinkedSignIn, { description: "The sign-in that waits." }) signIn!: string;
  @ForeignRef(() => Person, { description: "Whose it is, as you have found out. Never yourself." }) personId!: string;
}

export async function link(session: WriteSession, { signIn, personId }: LinkSignInInput): Promise<Account> {
  if (!(await session.holds(district, null, [Role.Admin]))) throw OsssError.forbidden("Only the district's administrator links sign-ins.");
  if (personId === session.caller.identity.personId) throw OsssError.forbidden("Nobody links a sign-in to herself. Ask another administrator.");
  const waiting = await session.get(UnlinkedSignIn, signIn);
  if (waiting.archivedAt) throw OsssError.conflict("This sign-in waits no longer. Read the list again.");
  const [person] = await session.ask(sql<{ works: boolean }>`SELECT * FROM lookup.platform_invited(${personId})`);
  if (!person) throw OsssError.invalid([{ path: "input.personId", message: "There is no person with this id. Check the id." }]);
  const { issuer, subject, username } = waiting;
  await session.serialize(`sign-in ${issuer} ${subject}`);
  await session.serialize(`account of ${personId}`);
  if ((await session.list(Account, { issuer, subject, archivedAt: null })).length > 0) throw OsssError.conflict("This sign-in is linked already.");
  if ((await session.list(Account, { issuer, personId, archivedAt: null })).length > 0) throw OsssError.conflict("This person signs in with another account. Unlink that one first, if it is not hers.");
  session.archive(waiting);
  return session.create(Account, { issuer, subject, username, personId, linkedBy: "OFFICE" });
}

export const linkSignIn = mutation<LinkSignInInput>({
  name: "linkSignIn",
  description: "Links a sign-in that could not be linked by its e-mail address to the person whose it is. For the district's administrator; never to herself.",
  roles: [Role.Admin],
  as: "district",
  reason: "required",
  input: LinkSignInInput,
  record: Account,
  run: link,
});
