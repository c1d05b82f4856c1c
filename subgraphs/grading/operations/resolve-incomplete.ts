import { mutation } from "#foundation/crud/operation";
import { OsssError } from "#foundation/errors/errors";
import { Role } from "#foundation/identity/role";
import { BelongsTo, Decimal, Text, Whole } from "#foundation/record/fields";
import { markOffice } from "../access.ts";
import { Mark } from "../entities/mark.ts";
import { changePostedMark } from "../mark-changes.ts";
import { computedPercents, markValue } from "../posting.ts";
import { markToChange } from "./change-mark.ts";

class ResolveIncompleteInput {
  @BelongsTo(() => Mark, { description: "The incomplete mark." }) mark!: string;
  @Whole({ description: "The version of the mark that you read.", min: 1 }) version!: number;
  @Text({ description: "The mark. Left out: read from the percent.", maxLength: 16, optional: true }) to?: string | null;
  @Decimal({ description: "The percent. Left out: what the gradebook or the term's formula gives now, or the least percent of a mark that it does not read as.", unit: "percent", precision: 12, scale: 6, min: 0, max: 1000, optional: true }) percent?: string | null;
}

export const resolveIncomplete = mutation<ResolveIncompleteInput>({
  name: "resolveIncomplete",
  description: "Settles an incomplete after the work was made up: the section's teachers until its deadline, whether or not the grading window is open, the principal and the registrar of its school at any time. Kept and followed up like any change of a mark.",
  roles: [Role.Teacher, ...markOffice],
  as: "district",
  reason: "optional",
  input: ResolveIncompleteInput,
  record: Mark,
  async run(session, input) {
    const today = await session.today();
    const { mark, section, scale } = await markToChange(session, input.mark, input.version, async ({ deadline }) => deadline != null && deadline >= today);
    if (mark.status !== "INCOMPLETE") throw OsssError.conflict("This mark is not incomplete. Change it with changeMark.");
    const computed = (await computedPercents(session, section, mark)).get(mark.studentId) ?? null;
    const value = markValue(scale, { mark: input.to, percent: input.percent }, computed, "input");
    return changePostedMark(session, mark, section, scale, { ...value, kind: "RESOLVED", computedPercent: computed?.toDecimal(6) ?? null, reason: session.reason ?? "The work was made up." });
  },
});
