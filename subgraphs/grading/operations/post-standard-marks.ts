import { mutation } from "#foundation/crud/operation";
import type { Managed, WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import { Role } from "#foundation/identity/role";
import { BelongsTo, ForeignRef, Ids, Items, Text, Whole } from "#foundation/record/fields";
import type { RecordClass } from "#foundation/record/metadata";
import { markOffice } from "../access.ts";
import { idOf } from "../asking.ts";
import { writeComments } from "../comments.ts";
import type { ScalePurpose } from "../entities/scale-use.ts";
import { StandardMark } from "../entities/standard-mark.ts";
import { Standard } from "../entities/standard.ts";
import { WorkHabitMark } from "../entities/work-habit-mark.ts";
import { WorkHabit } from "../entities/work-habit.ts";
import { GradingPeriod, Section, Student } from "../foreign.ts";
import { markOutdated } from "../mark-changes.ts";
import { requirePoster, requireSection, stretchOf, windowIsOpen } from "../posting.ts";
import { holdRecords } from "../record-lock.ts";
import { requireMark, requireScale } from "../scales.ts";
import { during, roster, type SectionFacts, type Stretch } from "../timetable.ts";

const student = { description: "The student: on the section's roster during the period." };
const version = { description: "The version of the posted mark that you change; leave it out where none is posted.", min: 1, optional: true };

class StandardEntry {
  @ForeignRef(() => Student, student) studentId!: string;
  @BelongsTo(() => Standard, { description: "The standard." }) standard!: string;
  @Text({ description: "The mark, one of the scale for standards.", maxLength: 16 }) mark!: string;
  @Whole(version) version?: number | null;
}

class WorkHabitEntry {
  @ForeignRef(() => Student, student) studentId!: string;
  @BelongsTo(() => WorkHabit, { description: "The habit." }) workHabit!: string;
  @Text({ description: "The mark, one of the scale for work habits.", maxLength: 16 }) mark!: string;
  @Whole(version) version?: number | null;
}

class CommentEntry {
  @ForeignRef(() => Student, student) studentId!: string;
  @Ids({ description: "Sentences from the comment bank, by id; those that are not named any more are taken away.", optional: true }) commentIds?: string[] | null;
  @Text({ description: "A comment in your own words; null takes it away.", maxLength: 1000, optional: true }) comment?: string | null;
}

class PostStandardMarksInput {
  @ForeignRef(() => Section, { description: "The section, e.g. the homeroom." }) sectionId!: string;
  @ForeignRef(() => GradingPeriod, { description: "The grading period." }) gradingPeriodId!: string;
  @Items(() => StandardEntry, { description: "Marks of standards.", optional: true }) standards?: StandardEntry[] | null;
  @Items(() => WorkHabitEntry, { description: "Marks of work habits.", optional: true }) workHabits?: WorkHabitEntry[] | null;
  @Items(() => CommentEntry, { description: "Comments for the report card.", optional: true }) comments?: CommentEntry[] | null;
}

export const postStandardMarks = mutation<PostStandardMarksInput>({
  name: "postStandardMarks",
  description:
    "Posts marks of standards and work habits, and comments, for students of a section: its teachers while the grading window is open; the principal and the registrar of its school at any time, with a reason where a posted mark changes. Issued report cards that show a changed mark are marked as outdated. The payload shows the first standard's mark, if there is one.",
  roles: [Role.Teacher, ...markOffice],
  as: "district",
  reason: "optional",
  input: PostStandardMarksInput,
  record: StandardMark,
  async run(session, input) {
    const section = await requireSection(session, input.sectionId);
    const poster = await requirePoster(session, section);
    const subject = { kind: "PERIOD" as const, gradingPeriodId: input.gradingPeriodId };
    const stretch = await stretchOf(session, section, subject);
    const open = await windowIsOpen(session, section.school_id, subject);
    if (poster === "teacher" && !open) throw OsssError.forbidden(`The school's grading window for ${stretch.name} is not open. Ask the office to open it, or to post for you.`);
    const { standards, workHabits, comments } = { standards: input.standards ?? [], workHabits: input.workHabits ?? [], comments: input.comments ?? [] };
    if (standards.length + workHabits.length + comments.length === 0) throw OsssError.invalid([{ path: "input.standards", message: "Send at least one mark or comment." }]);
    await session.serialize(`standards ${section.id}`);
    await holdRecords(session, [...standards, ...workHabits].map((entry) => entry.studentId));
    const students = new Set(during(await roster(session, [section.id]), stretch));
    for (const [list, entries] of Object.entries({ standards, workHabits, comments })) {
      const stranger = entries.findIndex((e) => !students.has(e.studentId));
      if (stranger >= 0) throw OsssError.invalid([{ path: `input.${list}.${stranger}.studentId`, message: "This student was not on the section's roster then. Check the id." }]);
    }
    const about = { section, stretch, today: await session.today(), reason: !open };
    const posted = await post(session, about, "standards", standards.map((e) => ({ ...e, of: e.standard })));
    await post(session, about, "workHabits", workHabits.map((e) => ({ ...e, of: e.workHabit })));
    await writeComments(session, section, input.gradingPeriodId, comments, "comments");
    return { id: posted[0] ?? section.id };
  },
});

interface Entry {
  studentId: string;
  of: string;
  mark: string;
  version?: number | null;
}

const kinds = {
  standards: { type: StandardMark as RecordClass<StandardMark | WorkHabitMark>, field: "standard", list: Standard as RecordClass, purpose: "STANDARDS", what: "standard" },
  workHabits: { type: WorkHabitMark as RecordClass<StandardMark | WorkHabitMark>, field: "workHabit", list: WorkHabit as RecordClass, purpose: "WORK_HABITS", what: "work habit" },
} as const satisfies Record<string, { purpose: ScalePurpose } & Record<string, unknown>>;

/** Posts the marks of one list, new ones and changed ones; returns their ids in the order of the entries. */
async function post(session: WriteSession, about: { section: SectionFacts; stretch: Stretch; today: string; reason: boolean }, list: keyof typeof kinds, entries: readonly Entry[]): Promise<string[]> {
  if (entries.length === 0) return [];
  const { section, stretch } = about;
  const { type, field, list: ofType, purpose, what } = kinds[list];
  const known = new Set((await session.list(ofType, { id: [...new Set(entries.map((e) => e.of))], archivedAt: null })).map((r) => r.id));
  const scale = await requireScale(session, purpose, section, stretch.first_day);
  const posted = await session.list(type, { sectionId: section.id, gradingPeriodId: stretch.id, studentId: [...new Set(entries.map((e) => e.studentId))], archivedAt: null });
  const keyOf = (studentId: string, of: unknown) => `${studentId} ${idOf(of)}`;
  const byKey = new Map(posted.map((m) => [keyOf(m.studentId, (m as unknown as Record<string, unknown>)[field]), m]));
  const seen = new Set<string>();
  const ids: string[] = [];
  for (const [i, entry] of entries.entries()) {
    const path = `input.${list}.${i}`;
    const key = keyOf(entry.studentId, entry.of);
    if (!known.has(entry.of)) throw OsssError.invalid([{ path: `${path}.${field}Id`, message: `There is no such ${what}. Check the id.` }]);
    if (seen.has(key)) throw OsssError.invalid([{ path, message: `There are two entries for this student and ${what}. Send one.` }]);
    seen.add(key);
    requireMark(scale, entry.mark, `${path}.mark`);
    const before = byKey.get(key);
    if (before) await change(session, about, type, before, entry);
    ids.push(before?.id ?? session.create(type, { studentId: entry.studentId, sectionId: section.id, schoolId: section.school_id, [field]: entry.of, gradingPeriodId: stretch.id, scale: scale.id, mark: entry.mark, postedOn: about.today, postedById: session.caller.identity.personId }).id);
  }
  return ids;
}

async function change(session: WriteSession, { section, reason }: { section: SectionFacts; reason: boolean }, type: RecordClass<StandardMark | WorkHabitMark>, before: Managed<StandardMark | WorkHabitMark>, entry: Entry): Promise<void> {
  if (before.mark === entry.mark) return;
  if (reason && !session.reason) throw OsssError.invalid([{ path: "reason", message: "The grading window is closed: say why the mark changes." }]);
  session.update(await session.get(type, before.id, entry.version ?? 0), { mark: entry.mark });
  await markOutdated(session, before.studentId, [before.id], `A mark in ${section.course_title} was changed.`);
}
