import { sql } from "kysely";
import type { Managed, WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import { SectionEnrollment } from "../entities/section-enrollment.ts";
import { clashExtension, type Clash } from "../schedule/clash.ts";
import { requireRosterOffice } from "../schedule/require-office.ts";
import type { PlannedSection } from "../schedule/section-in-use.ts";
import { requireSeats } from "./seats.ts";

export interface Addition {
  studentIds: readonly string[];
  fromDate: string;
  toDate?: string | null;
  overCapacity: boolean;
}

/** Who may put students on this roster: its school's office, and nobody who reaches students by it. */
export async function requireRosterOf(session: WriteSession, section: PlannedSection): Promise<void> {
  await requireRosterOffice(session, section.schoolId);
  const [own] = await session.ask(sql<{ own: boolean }>`SELECT lookup.academics_reaches_caller(${section.id}) AS own`);
  if (own?.own) throw OsssError.forbidden("You teach this section, so its roster opens students to you. Ask someone else of the office to change it.");
}

function requireDays(section: PlannedSection, { fromDate, toDate }: Addition): void {
  if (fromDate < section.firstDay || fromDate >= section.endDay) throw OsssError.invalid([{ path: "input.fromDate", message: `The section is taught from ${section.firstDay} to before ${section.endDay}. Choose one of its days.` }]);
  if (toDate && (toDate <= fromDate || toDate > section.endDay)) throw OsssError.invalid([{ path: "input.toDate", message: `Choose a day after fromDate, at the latest ${section.endDay}.` }]);
}

/** A student of another school is refused in the same words as one who is not there at all. */
async function requireEnrolled(session: WriteSession, section: PlannedSection, { studentIds, fromDate, toDate }: Addition): Promise<void> {
  const rows = await session.ask(sql<{ id: string }>`SELECT id FROM lookup.academics_enrolled_over(${studentIds}::uuid[], ${section.schoolId}, ${fromDate}::date, ${toDate ?? section.endDay}::date) AS id`);
  const enrolled = new Set(rows.map((r) => r.id));
  const missing = studentIds.filter((id) => !enrolled.has(id));
  if (missing.length === 0) return;
  const who = studentIds.length === 1 ? "The student is" : `${missing.length} of the students are`;
  throw OsssError.conflict(`${who} not enrolled at the section's school from ${fromDate} to before ${toDate ?? section.endDay}. Enroll first, or choose other dates.`, { studentIds: missing });
}

/** Refuses rows that put a student into two sections at once, from the day on which they begin. */
async function refuseTwoPlaces(session: WriteSession, rows: readonly { id: string }[], since: string): Promise<void> {
  const clashes = await session.ask(sql<Clash & { student_id: string }>`SELECT * FROM lookup.academics_student_clashes(${rows.map((r) => r.id)}::uuid[], ${since}::date)`);
  const [first] = clashes;
  if (!first) return;
  const students = new Set(clashes.map((c) => c.student_id)).size;
  const who = rows.length === 1 ? "The student is" : `${students} of the students are`;
  throw OsssError.conflict(`${who} in another section at that time: ${first.in_words}. Drop that one first, or choose another section.`, {
    conflicts: clashes.map((c) => ({ studentId: c.student_id, ...clashExtension(c) })),
  });
}

/** Puts students on a section's roster, all or none. The caller's right is checked before (`requireRosterOf`). */
export async function addToRoster(session: WriteSession, section: PlannedSection, addition: Addition): Promise<Managed<SectionEnrollment>[]> {
  requireDays(section, addition);
  await requireEnrolled(session, section, addition);
  await session.serialize(`schedule of ${section.schoolId}`, true);
  for (const id of [...addition.studentIds].sort()) await session.serialize(`roster of student ${id}`);
  const { fromDate, toDate = null } = addition;
  const rows = addition.studentIds.map((studentId) => session.create(SectionEnrollment, { studentId, section: section.id, schoolId: section.schoolId, fromDate, toDate }));
  await session.flush();
  await requireSeats(session, section, fromDate, toDate ?? section.endDay, addition.overCapacity);
  await refuseTwoPlaces(session, rows, fromDate);
  return rows;
}
