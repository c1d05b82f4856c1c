import { sql } from "kysely";
import { atSchool, substitutes, teachesSection, type Relation } from "#foundation/access/relations";
import type { WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import { Role } from "#foundation/identity/role";
import { attendanceOffice } from "../access.ts";
import { requireOpenDay } from "./open-day.ts";

/** Who may take or correct attendance at all; the rule says of which meetings. */
export const takers = [Role.Teacher, Role.Substitute, ...attendanceOffice];

export interface OpenMeeting {
  id: string;
  sectionId: string;
  schoolId: string;
  date: string;
  /** Its length from bell to bell. */
  minutes: number;
  /** The caller acts as the school's office, not as the section's teacher. */
  byOffice: boolean;
  /** How she reaches the students of the roster; null for the office, which reaches all. */
  reach: { relation: Relation; role: Role } | null;
}

/** For a student who is not on the roster of the day, or not within the caller's reach: which of the two is not told. */
export const notHersToRecord = "This student was not on the section's roster on the day of the meeting, or is not yours to record: of a teacher's own child, and of students who left long ago, the office records. Check the id, or have the roster corrected first.";

const taking = [{ relation: teachesSection, stamp: "section", role: Role.Teacher }, { relation: substitutes, stamp: "meeting", role: Role.Substitute }] as const;

/**
 * A class meeting whose attendance the caller may take now: as the office of its school, as a teacher of its section, or as a substitute in
 * it on the day of the meeting. It took place, is not in the future, and its day is open. Others who write the same meeting wait.
 */
export async function openMeeting(session: WriteSession, id: string): Promise<OpenMeeting> {
  const [found] = await session.ask(sql<{ section_id: string; school_id: string; date: string; minutes: number; cancelled: boolean; today: string; locked_through: string | null }>`SELECT * FROM lookup.attendance_meeting(${id}::uuid)`);
  if (!found) throw OsssError.notFound("ClassMeeting");
  const { section_id: sectionId, school_id: schoolId, date } = found;
  const byOffice = await session.holds(atSchool, "school", attendanceOffice, schoolId);
  const reach = byOffice ? null : await reachOf(session, { section: sectionId, meeting: id });
  if (found.cancelled) throw OsssError.conflict("This class meeting is cancelled, so there is nothing to take. If it took place, the office puts it back into the calendar first.");
  if (date > found.today) throw OsssError.conflict("This class meeting is still to come. Take attendance on its day, or later.");
  await requireOpenDay(session, schoolId, date, found.locked_through);
  await session.serialize(`attendance of meeting ${id}`);
  return { id, sectionId, schoolId, date, minutes: found.minutes, byOffice, reach };
}

async function reachOf(session: WriteSession, ids: Readonly<Record<"section" | "meeting", string>>): Promise<NonNullable<OpenMeeting["reach"]>> {
  for (const { relation, stamp, role } of taking) if (await session.holds(relation, stamp, [role], ids[stamp])) return { relation, role };
  throw OsssError.forbidden("Attendance of this class meeting is taken by the section's teachers, by who stands in for them that day, and by the school's attendance office.");
}
