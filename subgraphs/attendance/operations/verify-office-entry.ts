import { mutation } from "#foundation/crud/operation";
import { OsssError } from "#foundation/errors/errors";
import { BelongsTo, fieldOf, Whole } from "#foundation/record/fields";
import { frontOffice } from "../access.ts";
import { AttendanceCode } from "../entities/attendance-code.ts";
import { OfficeEntry } from "../entities/office-entry.ts";
import { requireCode } from "../rules/entries.ts";
import { lockedThrough, requireOpenDay } from "../rules/open-day.ts";

class VerifyOfficeEntryInput {
  @fieldOf("id", { description: "The entry." }) entryId!: string;
  @Whole({ description: "The version that you read.", min: 1 }) version!: number;
  @BelongsTo(() => AttendanceCode, { description: "How the time really counts. Left out: as it was recorded.", optional: true }) code?: string | null;
}

export const verifyOfficeEntry = mutation<VerifyOfficeEntryInput>({
  name: "verifyOfficeEntry",
  description: "Says that the office stands by an entry; from then on it counts. With a code, corrects how the time counts, also of an entry that was verified before.",
  roles: frontOffice,
  as: "caller",
  reason: "optional",
  input: VerifyOfficeEntryInput,
  record: OfficeEntry,
  async run(session, { entryId, version, code }) {
    const entry = await session.get(OfficeEntry, entryId, version);
    if (entry.archivedAt !== null) throw OsssError.conflict("This entry was withdrawn. Record it anew.");
    if (entry.verified && code == null) throw OsssError.conflict("This entry is verified already.");
    await requireOpenDay(session, entry.schoolId, entry.date, await lockedThrough(session, entry.schoolId));
    if (code != null) await requireCode(session, code);
    return session.update(entry, { verified: true, ...(code == null ? {} : { code }) });
  },
});
