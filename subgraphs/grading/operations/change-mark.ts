import { mutation } from "#foundation/crud/operation";
import type { Managed, WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import { Role } from "#foundation/identity/role";
import { BelongsTo, Decimal, Text, Whole } from "#foundation/record/fields";
import { markOffice } from "../access.ts";
import { idOf } from "../asking.ts";
import { Mark, MarkKind } from "../entities/mark.ts";
import { changePostedMark } from "../mark-changes.ts";
import { markValue, requirePoster, requireSection, windowIsOpen, withinReach } from "../posting.ts";
import { holdRecords } from "../record-lock.ts";
import { scalesById, type LoadedScale } from "../scales.ts";
import type { SectionFacts } from "../timetable.ts";

class ChangeMarkInput {
  @BelongsTo(() => Mark, { description: "The mark." }) mark!: string;
  @Whole({ description: "The version of the mark that you read.", min: 1 }) version!: number;
  @Text({ description: "The new mark. Left out: read from the percent.", maxLength: 16, optional: true }) to?: string | null;
  @Decimal({ description: "The new percent. Left out: the least percent of the new mark.", unit: "percent", precision: 12, scale: 6, min: 0, max: 1000, optional: true }) percent?: string | null;
}

export const changeMark = mutation<ChangeMarkInput>({
  name: "changeMark",
  description:
    "Changes a posted mark: the section's teachers while the grading window is open, the principal and the registrar of its school at any time. What it was, who changed it and why are kept; the permanent record follows, and issued documents that show it are marked as outdated.",
  roles: [Role.Teacher, ...markOffice],
  as: "district",
  reason: "required",
  input: ChangeMarkInput,
  record: Mark,
  async run(session, input) {
    const { mark, section, scale } = await markToChange(session, input.mark, input.version);
    if (mark.status === "INCOMPLETE") throw OsssError.conflict("This mark is incomplete. Settle it with resolveIncomplete.");
    const value = markValue(scale, { mark: input.to, percent: input.percent }, null, "input");
    if (value.mark === mark.mark && value.percent === (mark.percent ?? null)) throw OsssError.conflict("The mark is that already. Send another one.");
    return changePostedMark(session, mark, section, scale, { ...value, kind: "CHANGED", reason: session.reason! });
  },
});

export interface MarkToChange {
  mark: Managed<Mark>;
  section: SectionFacts;
  scale: LoadedScale;
  poster: "teacher" | "office";
}

/** A mark that the caller may change now, under the version that was read; a teacher's window may stay open `longer` for it. */
export async function markToChange(session: WriteSession, id: string, version: number, longer: (mark: Mark) => Promise<boolean> = async () => false): Promise<MarkToChange> {
  await session.requireVisible(Mark, id);
  const [found] = await session.list(Mark, { id, archivedAt: null });
  const section = found && (await requireSection(session, found.sectionId));
  if (!found || !section) throw OsssError.notFound("Mark");
  const poster = await requirePoster(session, section);
  if ((await withinReach(session, poster, [found.studentId])).length === 0) throw OsssError.notFound("Mark");
  if (poster === "teacher" && !(await windowIsOpen(session, section.school_id, found)) && !(await longer(found))) {
    throw OsssError.forbidden(`The grading window for this ${found.kind === MarkKind.PERIOD ? "grading period" : "term"} is closed. Ask the office of the school to change the mark.`);
  }
  await holdRecords(session, [found.studentId]);
  const mark = await session.get(Mark, id, version);
  const scaleId = idOf(mark.scale);
  return { mark, section, poster, scale: (await scalesById(session, [scaleId])).get(scaleId)! };
}
