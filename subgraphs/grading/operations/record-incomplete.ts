import { mutation } from "#foundation/crud/operation";
import type { WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import { Role } from "#foundation/identity/role";
import { Choice, Day, ForeignRef, Text, Whole } from "#foundation/record/fields";
import { markOffice } from "../access.ts";
import { Mark, MarkKind } from "../entities/mark.ts";
import { GradingPeriod, Section, Student, Term } from "../foreign.ts";
import { changePostedMark, incompleteMark } from "../mark-changes.ts";
import { computedPercents, notHersToGrade, requirePoster, requireSection, stretchOf, windowIsOpen, withinReach } from "../posting.ts";
import { holdRecords } from "../record-lock.ts";
import { requireMark, requireScale } from "../scales.ts";
import { during, roster } from "../timetable.ts";

class RecordIncompleteInput {
  @ForeignRef(() => Section, { description: "The section." }) sectionId!: string;
  @ForeignRef(() => Student, { description: "The student: on the section's roster during the period or term." }) studentId!: string;
  @Choice(MarkKind, { description: "What the mark speaks of.", defaultValue: "PERIOD" }) kind!: MarkKind;
  @ForeignRef(() => GradingPeriod, { description: "The grading period of a period's mark.", optional: true }) gradingPeriodId?: string | null;
  @ForeignRef(() => Term, { description: "The term of an exam's or a final mark.", optional: true }) termId?: string | null;
  @Day({ description: "The last day for making up the work. Not in the past." }) deadline!: string;
  @Text({ description: "The mark that it becomes after the deadline, one of the section's scale, e.g. \"F\".", maxLength: 16 }) becomes!: string;
  @Whole({ description: "The version of the posted mark that becomes incomplete; leave it out where none is posted.", min: 1, optional: true }) version?: number | null;
}

export const recordIncomplete = mutation<RecordIncompleteInput>({
  name: "recordIncomplete",
  description: "Gives an incomplete in place of a mark, with a deadline and the mark that it becomes after it: the section's teachers while the grading window is open, the principal and the registrar of its school at any time.",
  roles: [Role.Teacher, ...markOffice],
  as: "district",
  reason: "required",
  input: RecordIncompleteInput,
  record: Mark,
  async run(session, input) {
    const section = await requireSection(session, input.sectionId);
    const poster = await requirePoster(session, section);
    const stretch = await stretchOf(session, section, input);
    if (poster === "teacher" && !(await windowIsOpen(session, section.school_id, input))) throw OsssError.forbidden(`The school's grading window for ${stretch.name} is not open. Ask the office to record the incomplete.`);
    const today = await session.today();
    if (input.deadline < today) throw OsssError.invalid([{ path: "input.deadline", message: "Send a day that has not passed." }]);
    await session.serialize(`marks ${section.id}`);
    await holdRecords(session, [input.studentId]);
    const scale = await requireScale(session, "MARKS", section, stretch.first_day);
    requireMark(scale, input.becomes, "input.becomes");
    const students = during(await roster(session, [section.id]), stretch);
    requireOnRoster(await withinReach(session, poster, students), input.studentId);
    const incomplete = { mark: incompleteMark, percent: null, exactPercent: null, deadline: input.deadline, becomes: input.becomes };
    const posted = await postedMark(session, input);
    if (posted) {
      if (posted.status === "INCOMPLETE") throw OsssError.conflict("This mark is incomplete already. Settle it with resolveIncomplete.");
      return changePostedMark(session, posted, section, scale, { ...incomplete, kind: "MADE_INCOMPLETE", reason: session.reason! });
    }
    const percent = (await computedPercents(session, section, input)).get(input.studentId);
    return session.create(Mark, {
      ...incomplete, status: "INCOMPLETE", studentId: input.studentId, sectionId: section.id, schoolId: section.school_id, kind: input.kind,
      gradingPeriodId: input.gradingPeriodId ?? null, termId: input.termId ?? null, scale: scale.id, computedPercent: percent?.toDecimal(6) ?? null,
      postedOn: today, postedById: session.caller.identity.personId,
    });
  },
});

function requireOnRoster(students: readonly string[], studentId: string): void {
  if (!students.includes(studentId)) throw OsssError.invalid([{ path: "input.studentId", message: notHersToGrade }]);
}

/** The mark that is posted for the student, under the version that was read. */
async function postedMark(session: WriteSession, { sectionId, studentId, kind, gradingPeriodId, termId, version }: RecordIncompleteInput) {
  const [found] = await session.list(Mark, { sectionId, studentId, kind, gradingPeriodId: gradingPeriodId ?? null, termId: termId ?? null, archivedAt: null });
  if (!found && version != null) throw OsssError.invalid([{ path: "input.version", message: "No mark is posted for this student yet. Leave the version out." }]);
  return found && session.get(Mark, found.id, version ?? 0);
}
