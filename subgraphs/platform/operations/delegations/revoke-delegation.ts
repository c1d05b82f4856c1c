import { mutation } from "#foundation/crud/operation";
import type { WriteSession } from "#foundation/crud/write";
import { BelongsTo } from "#foundation/record/fields";
import { everyone } from "../../access.ts";
import { Delegation } from "../../entities/delegation.ts";
import { requireLivePerson } from "./live-person.ts";

export class RevokeDelegationInput {
  @BelongsTo(() => Delegation, { description: "The delegation." }) delegation!: string;
}

/** No version is asked for: taking back must never fail because somebody else was sooner. */
export async function revoke(session: WriteSession, { delegation: id }: RevokeDelegationInput): Promise<Delegation> {
  requireLivePerson(session);
  const delegation = await session.get(Delegation, id);
  return delegation.revokedAt ? delegation : session.update(delegation, { revokedAt: session.caller.now });
}

export const revokeDelegation = mutation<RevokeDelegationInput>({
  name: "revokeDelegation",
  description: "Takes a delegation back, at once and for good: your own, or as an administrator of the district anybody's. Work under way ends with its next step. Doing it again changes nothing.",
  roles: everyone,
  as: "caller",
  reason: "optional",
  input: RevokeDelegationInput,
  record: Delegation,
  run: revoke,
});
