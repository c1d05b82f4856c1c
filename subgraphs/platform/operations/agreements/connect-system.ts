import { sql } from "kysely";
import { district } from "#foundation/access/relations";
import { mutation } from "#foundation/crud/operation";
import type { Managed, WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import { Role } from "#foundation/identity/role";
import { BelongsTo, Text, Whole } from "#foundation/record/fields";
import { systemBases } from "../../disclosure/legal-basis.ts";
import { Account } from "../../entities/account.ts";
import { Agreement } from "../../entities/agreement.ts";

export class ConnectSystemInput {
  @BelongsTo(() => Agreement, { description: "The agreement that says what the system may reach." }) agreement!: string;
  @Whole({ description: "Its version, as you read it." }) version!: number;
  @Text({ description: "The id of the system's service account at the identity provider: `sub` in its tokens." }) subject!: string;
  @Text({ description: "Its user name there, for people to recognise, e.g. `service-account-osss-integration`." }) username!: string;
}

export async function connect(session: WriteSession, { agreement: id, version, subject, username }: ConnectSystemInput): Promise<Agreement> {
  if (!(await session.holds(district, null, [Role.Admin]))) throw OsssError.forbidden("Only the district's administrator connects systems.");
  const agreement = await session.get(Agreement, id, version);
  if (agreement.toDate <= (await session.today())) throw OsssError.conflict(`This agreement ended on ${agreement.toDate}. A system is connected under one that counts.`);
  if (!systemBases.includes(agreement.basis)) {
    throw OsssError.conflict(`What goes on the basis ${agreement.basis} goes by export, which leaves out who must be left out and keeps the record of what went. A system may ask by itself under ${systemBases.join(" or ")}.`);
  }
  const account = await accountOf(session, subject, username);
  return session.update(agreement, { account: account.id });
}

/** The account of the system, which several agreements may name. */
async function accountOf(session: WriteSession, subject: string, username: string): Promise<Managed<Account>> {
  const { issuer } = session.caller.identity;
  await session.serialize(`sign-in ${issuer} ${subject}`);
  const [known] = await session.list(Account, { issuer, subject, archivedAt: null });
  if (known?.personId != null) throw OsssError.conflict("This sign-in is a person's. A system has a service account of its own.");
  if (known) return known;
  const [elsewhere] = await session.ask(sql<{ linked: boolean }>`SELECT platform.linked_elsewhere(${issuer}, ${subject}) AS linked`);
  if (elsewhere?.linked) throw OsssError.conflict("This sign-in is linked in another district already. Make a client of its own at the identity provider for this one.");
  return session.create(Account, { issuer, subject, username, personId: null, linkedBy: "AGREEMENT" });
}

export const connectSystem = mutation<ConnectSystemInput>({
  name: "connectSystem",
  description: "Lets the system of a party sign in as itself and read what an agreement names, while the agreement is in effect. For the district's administrator. To cut it off at once, disable its account or have the agreement ended.",
  roles: [Role.Admin],
  as: "district",
  reason: "required",
  input: ConnectSystemInput,
  record: Agreement,
  run: connect,
});
