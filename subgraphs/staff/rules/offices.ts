import { OsssError } from "#foundation/errors/errors";
import { atSchool, district } from "#foundation/access/relations";
import type { WriteSession } from "#foundation/crud/write";
import { Role } from "#foundation/identity/role";
import { districtOffice, schoolOffice } from "../access.ts";

/** Who calls a substitute: mornings are the secretary's. */
export const substituteOffice = [...schoolOffice, Role.SchoolSecretary];
export const substituteDistrictOffice = [...districtOffice, Role.HumanResources];
export const caseloadOffice = [Role.Principal, Role.AssistantPrincipal];

async function requireAt(session: WriteSession, schoolId: string, atThisSchool: readonly Role[], everywhere: readonly Role[]): Promise<void> {
  const may = (await session.holds(atSchool, "school", atThisSchool, schoolId)) || (await session.holds(district, null, everywhere));
  if (!may) throw OsssError.forbidden("You may not say who teaches or stands in at this school. Ask its office.");
}

export const requireTeachingOffice = (session: WriteSession, schoolId: string): Promise<void> => requireAt(session, schoolId, schoolOffice, districtOffice);
export const requireSubstituteOffice = (session: WriteSession, schoolId: string): Promise<void> => requireAt(session, schoolId, substituteOffice, substituteDistrictOffice);

/** The office of the student's current school: it knows of special education, which the district's office does not. */
export async function requireCaseloadOffice(session: WriteSession, studentId: string): Promise<void> {
  if (!(await session.holds(atSchool, "student", caseloadOffice, studentId))) throw OsssError.forbidden("You may not say whose caseload this student is on. Ask the principal of the student's school.");
}

/** Assignments give reach, and nobody gives it to herself. */
export function refuseOneself(session: WriteSession, personId: string): void {
  if (personId === session.caller.identity.personId) throw OsssError.forbidden("Nobody makes an assignment for herself. Ask someone else who may.");
}
