import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { BelongsTo, ForeignRef, Instant, Text, type Reference } from "#foundation/record/fields";
import { accountInvitations } from "../access.ts";
import { Person } from "../foreign.ts";
import { Account } from "./account.ts";

@Record({
  description: "An offer to link a sign-in to a person: whoever signs in and types its code acts as that person from then on. The code is good once, ends, and is not kept here.",
  access: accountInvitations,
  write: "operations",
})
@UniqueTogether("codeHash")
export class AccountInvitation extends DistrictRecord {
  @ForeignRef(() => Person, { description: "Who is invited.", immutable: true }) personId!: string;
  @Text({ description: "The SHA-256 of the code.", maxLength: 64, immutable: true, internal: true }) codeHash!: string;
  @Instant({ description: "When the code ends.", sortable: true, immutable: true }) expiresAt!: Date;
  @Instant({ description: "When somebody used it; null while nobody has.", optional: true, sortable: true }) acceptedAt!: Date | null;
  @BelongsTo(() => Account, { description: "The account that came of it; null while nobody has used it.", optional: true }) account!: Reference<Account> | null;
}
