import { sql } from "kysely";
import { atSchool, substitutes, teachesSection } from "#foundation/access/relations";
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
}

/**
 * A class meeting whose attendance the caller may take now: as the office of its school, as a teacher of its section, or as a substitute in
 * it on the day of the meeting. It took place, is not in the future, and its day is open. Others who write the same meeting wait.
 */
export async function openMeeting(session: WriteSession, id: string): Promise<OpenMeeting> {
  const [found] = await session.ask(sql<{ section_id: string; school_id: string; date: string; minutes: number; cancelled: boolean; today: string; locked_through: string | null }>`SELECT * FROM lookup.attendance_meeting(${id}::uuid)`);
  if (!found) throw OsssError.notFound("ClassMeeting");
  const { section_id: sectionId, school_id: schoolId, date } = found;
  const byOffice = await session.holds(atSchool, "school", attendanceOffice, schoolId);
  if (!byOffice && !(await session.holds(teachesSection, "section", [Role.Teacher], sectionId))) await requireStandingIn(session, sectionId, date);
  if (found.cancelled) throw OsssError.conflict("This class meeting is cancelled, so there is nothing to take. If it took place, the office puts it back into the calendar first.");
  if (date > found.today) throw OsssError.conflict("This class meeting is still to come. Take attendance on its day, or later.");
  await requireOpenDay(session, schoolId, date, found.locked_through);
  await session.serialize(`attendance of meeting ${id}`);
  return { id, sectionId, schoolId, date, minutes: found.minutes, byOffice };
}

async function requireStandingIn(session: WriteSession, sectionId: string, date: string): Promise<void> {
  if (!(await session.holds(substitutes, "section", [Role.Substitute], sectionId))) {
    throw OsssError.forbidden("Attendance of this class meeting is taken by the section's teachers, by who stands in for them that day, and by the school's attendance office.");
  }
  const [row] = await session.ask(sql<{ stands_in: boolean }>`SELECT lookup.attendance_stands_in(${sectionId}::uuid, ${date}::date) AS stands_in`);
  if (!row?.stands_in) throw OsssError.forbidden("You stand in for this section, and not on the day of this class meeting. Its teachers or the attendance office take it.");
}
