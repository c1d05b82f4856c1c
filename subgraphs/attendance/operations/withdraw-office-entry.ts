import { mutation } from "#foundation/crud/operation";
import { OsssError } from "#foundation/errors/errors";
import { fieldOf, Whole } from "#foundation/record/fields";
import { frontOffice } from "../access.ts";
import { OfficeEntry } from "../entities/office-entry.ts";
import { lockedThrough, requireOpenDay } from "../rules/open-day.ts";

class WithdrawOfficeEntryInput {
  @fieldOf("id", { description: "The entry." }) entryId!: string;
  @Whole({ description: "The version that you read.", min: 1 }) version!: number;
}

export const withdrawOfficeEntry = mutation<WithdrawOfficeEntryInput>({
  name: "withdrawOfficeEntry",
  description: "Takes back an entry of the office that was made by mistake. It is kept, archived, and counts no more; the teachers' records speak again.",
  roles: frontOffice,
  as: "caller",
  reason: "required",
  input: WithdrawOfficeEntryInput,
  record: OfficeEntry,
  async run(session, { entryId, version }) {
    const entry = await session.get(OfficeEntry, entryId, version);
    if (entry.archivedAt !== null) throw OsssError.conflict("This entry was withdrawn already.");
    await requireOpenDay(session, entry.schoolId, entry.date, await lockedThrough(session, entry.schoolId));
    return session.archive(entry);
  },
});
