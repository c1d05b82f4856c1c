import { mutation } from "#foundation/crud/operation";
import type { WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import { Role } from "#foundation/identity/role";
import { Choice, Decimal, ForeignRef, Ids, Items, Text } from "#foundation/record/fields";
import { markOffice } from "../access.ts";
import { writeComments } from "../comments.ts";
import { Mark, MarkKind } from "../entities/mark.ts";
import { GradingPeriod, Section, Student, Term } from "../foreign.ts";
import { computedPercents, markValue, notHersToGrade, requirePoster, requireSection, stretchOf, windowIsOpen, withinReach, type MarkSubject } from "../posting.ts";
import { requireScale } from "../scales.ts";
import { during, onDay, roster, type RosterEntry, type Stretch } from "../timetable.ts";

class MarkEntry {
  @ForeignRef(() => Student, { description: "The student: on the section's roster during the period or term." }) studentId!: string;
  @Text({ description: "The mark, one of the section's scale. Left out: read from the percent.", maxLength: 16, optional: true }) mark?: string | null;
  @Decimal({ description: "The percent. Left out: the computed one, or the least percent of a mark that it does not read as.", unit: "percent", precision: 12, scale: 6, min: 0, max: 1000, optional: true }) percent?: string | null;
  @Ids({ description: "Sentences from the comment bank, by id. Of a grading period's mark only.", optional: true }) commentIds?: string[] | null;
  @Text({ description: "A comment in your own words. Of a grading period's mark only.", maxLength: 1000, optional: true }) comment?: string | null;
}

class PostMarksInput {
  @ForeignRef(() => Section, { description: "The section." }) sectionId!: string;
  @Choice(MarkKind, { description: "What the marks speak of.", defaultValue: "PERIOD" }) kind!: MarkKind;
  @ForeignRef(() => GradingPeriod, { description: "The grading period of a period's marks.", optional: true }) gradingPeriodId?: string | null;
  @ForeignRef(() => Term, { description: "The term of exam and final marks.", optional: true }) termId?: string | null;
  @Items(() => MarkEntry, { description: "The students. Left out: everyone who is on the roster, at the latest on the last day, and has a computed percent and no mark yet; for a teacher without her own child.", optional: true }) entries?: MarkEntry[] | null;
}

export const postMarks = mutation<PostMarksInput>({
  name: "postMarks",
  description:
    "Posts marks of a section while the school's grading window for them is open. A grading period's mark is computed from the gradebook, a term's final one from its formula; you may send another. A dry run shows what would be posted. A mark that is posted already is changed with changeMark. The payload shows the first mark.",
  roles: [Role.Teacher, ...markOffice],
  as: "district",
  input: PostMarksInput,
  record: Mark,
  async run(session, input) {
    const section = await requireSection(session, input.sectionId);
    const poster = await requirePoster(session, section);
    if (section.grading !== "MARKS") throw OsssError.conflict(`${section.course_title} is not graded by marks.`);
    const stretch = await stretchOf(session, section, input);
    if (!(await windowIsOpen(session, section.school_id, input))) throw OsssError.conflict(`The school's grading window for ${stretch.name} is not open. Ask the office to open it, or to change the mark.`);
    await session.serialize(`marks ${section.id}`);
    const today = await session.today();
    const scale = await requireScale(session, "MARKS", section, stretch.first_day);
    const computed = await computedPercents(session, section, input);
    const entered = await roster(session, [section.id]);
    const students = await withinReach(session, poster, during(entered, stretch));
    const posted = await postedMarks(session, input);
    const entries = input.entries ?? remaining(entered, stretch, today).filter((id) => students.includes(id) && computed.has(id) && !posted.has(id)).map((studentId): MarkEntry => ({ studentId }));
    if (entries.length === 0) throw OsssError.conflict("There is nothing to post: nobody on the roster has scores and no mark yet. Send the marks themselves.");
    requireStudents(entries, students);
    const subject = { kind: input.kind, gradingPeriodId: input.gradingPeriodId ?? null, termId: input.termId ?? null };
    const ids = entries.map((entry, i) => {
      const percent = computed.get(entry.studentId) ?? null;
      const value = markValue(scale, entry, percent, `input.entries.${i}`);
      const before = posted.get(entry.studentId);
      if (before) {
        if (before.status === "POSTED" && before.mark === value.mark && (entry.percent == null || before.percent === value.percent)) return before.id;
        throw OsssError.conflict("Some of these marks are posted already. Change them one by one with changeMark, which asks for a reason; an incomplete with resolveIncomplete.");
      }
      return session.create(Mark, {
        ...subject, ...value, studentId: entry.studentId, sectionId: section.id, schoolId: section.school_id, scale: scale.id, computedPercent: percent?.toDecimal(6) ?? null,
        postedOn: today, postedById: session.caller.identity.personId,
      }).id;
    });
    await writeComments(session, section, input.gradingPeriodId ?? null, entries);
    return { id: ids[0]! };
  },
});

/** Who is there at the end: on the last day, or today before it. Who left earlier gets a mark only by name. */
function remaining(entered: readonly RosterEntry[], stretch: Stretch, today: string): string[] {
  return today < stretch.end_day ? onDay(entered, today) : during(entered, stretch).filter((id) => entered.some((e) => e.student_id === id && (e.to_date === null || e.to_date >= stretch.end_day)));
}

async function postedMarks(session: WriteSession, { sectionId, kind, gradingPeriodId, termId }: PostMarksInput & MarkSubject): Promise<Map<string, Mark>> {
  const found = await session.list(Mark, { sectionId, kind, gradingPeriodId: gradingPeriodId ?? null, termId: termId ?? null, archivedAt: null });
  return new Map(found.map((mark) => [mark.studentId, mark]));
}

/** Each once, and each of them on the roster. */
function requireStudents(entries: readonly { studentId: string }[], students: readonly string[]): void {
  const known = new Set(students);
  const problems = entries.flatMap(({ studentId }, i) => {
    if (!known.has(studentId)) return [{ path: `input.entries.${i}.studentId`, message: notHersToGrade }];
    return entries.findIndex((e) => e.studentId === studentId) < i ? [{ path: `input.entries.${i}.studentId`, message: "This student is named twice. Send one entry." }] : [];
  });
  if (problems.length > 0) throw OsssError.invalid(problems);
}
