import { sql } from "kysely";
import { mutation } from "#foundation/crud/operation";
import type { WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import { BelongsTo, Day, Flag, ForeignRef, Items, Text } from "#foundation/record/fields";
import { districtOffice, scheduleOffice } from "../access.ts";
import { MeetingPattern } from "../entities/meeting-pattern.ts";
import { Section } from "../entities/section.ts";
import { Room, RotationDay } from "../foreign.ts";
import { clashExtension, type Clash } from "../schedule/clash.ts";
import { deriveMeetings } from "../schedule/derive-meetings.ts";
import { requireScheduleOffice } from "../schedule/require-office.ts";
import { sectionInUse } from "../schedule/section-in-use.ts";
import { problemsOfSlots, type Slot } from "../schedule/slots.ts";

export class MeetingSlotInput implements Slot {
  @ForeignRef(() => RotationDay, { description: "The day of the rotation. Null: every day.", optional: true }) rotationDayId?: string | null;
  @Text({ description: "The period, by the code that the school's bell schedules use.", maxLength: 16 }) periodCode!: string;
  @ForeignRef(() => Room, { description: "The room. Null: none is set.", optional: true }) roomId?: string | null;
}

export class ScheduleMeetingsInput {
  @BelongsTo(() => Section, { description: "The section." }) section!: string;
  @Day({ description: "The first day on which the section meets like this. What was planned for later days is replaced." }) fromDate!: string;
  @Items(() => MeetingSlotInput, { description: "Every slot of the section. None: it no longer meets." }) slots!: MeetingSlotInput[];
  @Flag({ description: "Goes on although students of the section sit in another one at the same time; say why. Rooms and teachers are never overridden.", defaultValue: false }) allowStudentConflicts!: boolean;
}

const keyOf = (slot: Slot): string => [slot.rotationDayId ?? "", slot.periodCode, slot.roomId ?? ""].join(" ");

/** Ends what held until then and adds what is new; a slot that stays as it was is left alone. */
async function replacePatterns(session: WriteSession, section: Section, fromDate: string, slots: readonly Slot[]): Promise<void> {
  const wanted = new Map(slots.map((slot) => [keyOf(slot), slot]));
  for (const pattern of await session.list(MeetingPattern, { section: section.id, archivedAt: null })) {
    if (pattern.toDate && pattern.toDate <= fromDate) continue;
    if (pattern.fromDate <= fromDate && !pattern.toDate && wanted.delete(keyOf(pattern))) continue;
    if (pattern.fromDate < fromDate) session.update(pattern, { toDate: fromDate });
    else session.archive(pattern);
  }
  await session.flush();
  for (const { rotationDayId = null, periodCode, roomId = null } of wanted.values()) {
    session.create(MeetingPattern, { section: section.id, schoolId: section.schoolId, rotationDayId, periodCode, roomId, fromDate, toDate: null });
  }
  await session.flush();
}

type SectionClash = Clash & { kind: "ROOM" | "TEACHER" | "STUDENT"; students: string[] | null };

const sentences: Readonly<Record<SectionClash["kind"], (what: string, students: number) => string>> = {
  ROOM: (what) => `The room is taken: ${what}. Choose another room or another time.`,
  TEACHER: (what) => `The teacher teaches another section at that time: ${what}. Choose another time, or another teacher first.`,
  STUDENT: (what, students) => `${students} of the section's students sit in another section at that time: ${what}. Choose another time, or go on with allowStudentConflicts and a reason.`,
};

async function refuseClashes(session: WriteSession, section: Section, fromDate: string, allowStudentConflicts: boolean): Promise<void> {
  const found = await session.ask(sql<SectionClash>`SELECT * FROM lookup.academics_section_clashes(${section.id}, ${fromDate}::date)`);
  const clashes = allowStudentConflicts ? found.filter((c) => c.kind !== "STUDENT") : found;
  const [first] = clashes;
  if (!first) return;
  const more = clashes.length > 1 ? ` There ${clashes.length === 2 ? "is 1 more conflict" : `are ${clashes.length - 1} more conflicts`}.` : "";
  throw OsssError.conflict(sentences[first.kind](first.in_words, first.students?.length ?? 0) + more, {
    conflicts: clashes.map((c) => ({ kind: c.kind, ...clashExtension(c), ...(c.students ? { studentIds: c.students } : {}) })),
  });
}

export async function setMeetings(session: WriteSession, input: ScheduleMeetingsInput): Promise<Section> {
  const section = await sectionInUse(session, input.section);
  await requireScheduleOffice(session, section.schoolId);
  if (input.fromDate >= section.endDay) throw OsssError.invalid([{ path: "input.fromDate", message: `The section has ended by then. Choose a day before ${section.endDay}.` }]);
  if (input.allowStudentConflicts && !session.reason) throw OsssError.invalid([{ path: "reason", message: "Say why students may sit in two sections at once. It is kept in the audit log." }]);
  const codes = await session.ask(sql<{ code: string }>`SELECT code FROM lookup.academics_period_codes(${section.schoolId}) AS code`);
  const problems = problemsOfSlots(input.slots, new Set(codes.map((c) => c.code)));
  if (problems.length > 0) throw OsssError.invalid(problems);
  await session.serialize(`schedule of ${section.schoolId}`);
  await replacePatterns(session, section, input.fromDate, input.slots);
  await deriveMeetings(session, { schoolId: section.schoolId, fromDate: input.fromDate, toDate: null, sectionIds: [section.id] });
  await refuseClashes(session, section, input.fromDate, input.allowStudentConflicts);
  return section;
}

export const scheduleMeetings = mutation<ScheduleMeetingsInput>({
  name: "scheduleMeetings",
  description: "Sets when and where a section meets from a day on, and with it its dated class meetings. Refused where a room, a teacher or a student would be in two places at once; the other section is named.",
  roles: [...new Set([...scheduleOffice, ...districtOffice])],
  as: "district",
  reason: "optional",
  input: ScheduleMeetingsInput,
  record: Section,
  run: setMeetings,
});
