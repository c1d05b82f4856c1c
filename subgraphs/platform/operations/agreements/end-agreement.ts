import { mutation } from "#foundation/crud/operation";
import type { WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import { BelongsTo, Day, Whole } from "#foundation/record/fields";
import { signers } from "../../access.ts";
import { Agreement } from "../../entities/agreement.ts";

export class EndAgreementInput {
  @BelongsTo(() => Agreement, { description: "The agreement." }) agreement!: string;
  @Whole({ description: "Its version, as you read it." }) version!: number;
  @Day({ description: "The first day on which it counts no longer. Left out, today: nothing leaves under it any more.", optional: true }) toDate?: string | null;
}

export async function end(session: WriteSession, { agreement: id, version, toDate }: EndAgreementInput): Promise<Agreement> {
  const agreement = await session.get(Agreement, id, version);
  const today = await session.today();
  if (agreement.toDate <= today) throw OsssError.conflict(`This agreement ended on ${agreement.toDate}. There is nothing to end.`);
  const until = toDate ?? today;
  if (until < today) throw OsssError.invalid([{ path: "input.toDate", message: "Choose today or a later day: what went under it until now went under it." }]);
  if (until > agreement.toDate) throw OsssError.invalid([{ path: "input.toDate", message: `Choose a day before ${agreement.toDate}, when it ends anyway. What shall go on longer is another agreement.` }]);
  // One that has not begun never counts.
  return session.update(agreement, { toDate: until < agreement.fromDate ? agreement.fromDate : until, status: "ENDED" });
}

export const endAgreement = mutation<EndAgreementInput>({
  name: "endAgreement",
  description: "Ends an agreement before its term: from that day on nothing leaves under it, and the party's system reaches nothing by it. It stays on record with what went under it.",
  roles: signers,
  as: "caller",
  reason: "required",
  input: EndAgreementInput,
  record: Agreement,
  run: end,
});
