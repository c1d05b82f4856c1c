import type { WriteSession } from "#foundation/crud/write";
import { academics } from "../domains.ts";
import { groupBy, laterOf } from "./people-work.ts";
import type { PlannedSection, SectionMemory } from "./plan-sections.ts";
import { plain } from "./write-organizations.ts";
import { roomOf } from "./write-rooms.ts";
import type { SectionSetting } from "./write-sections.ts";

export interface MeetingWork {
  plan: PlannedSection;
  sectionId: string;
  isNew: boolean;
  memory: SectionMemory;
}

type Pattern = Awaited<ReturnType<typeof academics.meetingPatternsOf>>[number];

/**
 * When and where sections meet, as the source says it; the dated meetings follow. A new section met so from its first day, a changed one
 * does from today. A section whose schedule the office has changed is the office's.
 */
export async function writeMeetings(session: WriteSession, written: readonly MeetingWork[], setting: SectionSetting): Promise<void> {
  const { today, ledger, notes, rooms, rings } = setting;
  const work = written.map((one) => {
    const roomId = roomOf(rooms, one.plan);
    return { ...one, wanted: new Map(one.plan.slots.map((slot) => [`${slot.rotationDayId ?? ""} ${slot.periodCode} ${roomId ?? ""}`, { ...slot, roomId }])) };
  }).filter(({ wanted, memory }) => [...wanted.keys()].sort().join() !== Object.keys(memory.patterns ?? {}).sort().join());
  const old = work.filter(({ isNew }) => !isNew).map(({ sectionId }) => sectionId);
  const present = groupBy(old.length === 0 ? [] : await academics.meetingPatternsOf(session, old), (row) => String(plain(row).section));
  const begins: (() => void)[] = [];
  const changed = new Map<string, { sectionIds: string[]; fromDate: string }>();
  for (const { plan, sectionId, isNew, memory, wanted } of work) {
    const current = (present.get(sectionId) ?? []).filter(({ toDate }) => (toDate ?? null) === null || toDate! > today);
    const brought = Object.entries(memory.patterns ?? {});
    if (isLocal(current, brought.map(([, id]) => id))) {
      notes.add("classes.csv", plan.row.row, "The office has set when the section meets. That stays; what the source says of it is left out.");
      continue;
    }
    const patterns: Record<string, string> = {};
    for (const [key, id] of brought) {
      if (wanted.has(key)) patterns[key] = id;
      else {
        const record = current.find((row) => row.id === id)!;
        ledger.attribute(id, "classes.csv", plan.row.sourcedId);
        academics.endMeetingPattern(session, record, today);
      }
    }
    const fromDate = isNew ? plan.firstDay : laterOf(plan.firstDay, today);
    if (fromDate < plan.endDay) {
      begins.push(() => {
        for (const [key, slot] of wanted) {
          if (patterns[key] !== undefined) continue;
          patterns[key] = academics.addMeetingPattern(session, { section: sectionId, schoolId: plan.schoolId, ...slot, fromDate, toDate: null } as never);
          ledger.attribute(patterns[key]!, "classes.csv", plan.row.sourcedId);
        }
      });
    }
    memory.patterns = patterns;
    const school = changed.get(plan.schoolId) ?? { sectionIds: [], fromDate };
    school.sectionIds.push(sectionId);
    changed.set(plan.schoolId, { ...school, fromDate: fromDate < school.fromDate ? fromDate : school.fromDate });
  }
  // A pattern begins only after the former one has ended: constraints hold statement by statement.
  await session.flush();
  for (const begin of begins) begin();
  await session.flush();
  for (const [schoolId, { sectionIds, fromDate }] of changed) if (rings(schoolId)) await academics.deriveMeetings(session, { schoolId, fromDate, toDate: null, sectionIds });
}

/** Whether the office has set or ended any of the section's present patterns. */
function isLocal(current: readonly Pattern[], brought: readonly string[]): boolean {
  const untouched = (id: string): boolean => current.some((row) => row.id === id && (row.toDate ?? null) === null);
  return current.some(({ id }) => !brought.includes(id)) || !brought.every(untouched);
}
