import { OsssError } from "#foundation/errors/errors";
import { atSchool, district } from "#foundation/access/relations";
import type { WriteSession } from "#foundation/crud/write";
import { Role } from "#foundation/identity/role";
import { districtOffice, scheduleOffice } from "../access.ts";

/** Who changes rosters: whoever builds the schedule, and the school's counselors. */
export const rosterOffice = [...scheduleOffice, Role.Counselor];

async function requireAt(session: WriteSession, roles: readonly Role[], schoolId: string, what: string): Promise<void> {
  const may = (await session.holds(atSchool, "school", roles, schoolId)) || (await session.holds(district, null, districtOffice));
  if (!may) throw OsssError.forbidden(`You may not change ${what} of this school. Ask its office.`);
}

export const requireScheduleOffice = (session: WriteSession, schoolId: string): Promise<void> => requireAt(session, scheduleOffice, schoolId, "the schedule");
export const requireRosterOffice = (session: WriteSession, schoolId: string): Promise<void> => requireAt(session, rosterOffice, schoolId, "rosters");
