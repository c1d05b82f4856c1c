import { mutation } from "#foundation/crud/operation";
import type { WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import { atSchool, district } from "#foundation/access/relations";
import { Role } from "#foundation/identity/role";
import { BelongsTo, Choice, Day, ForeignRef } from "#foundation/record/fields";
import { DutyAssignment, DutyRole } from "../entities/duty-assignment.ts";
import { Person } from "../entities/person.ts";
import { School } from "../foreign.ts";

export class AssignDutyInput {
  @BelongsTo(() => Person, { description: "Who gets the duty. Never yourself." }) person!: string;
  @Choice(DutyRole, { description: "The duty. It opens nothing until the person's account carries the role of the same name." }) role!: DutyRole;
  @ForeignRef(() => School, { description: "The school of the duty. Null: the whole district.", optional: true }) schoolId?: string | null;
  @Day({ description: "The first day of the duty." }) fromDate!: string;
  @Day({ description: "The first day no longer on duty. Null: no end is set.", optional: true }) toDate?: string | null;
}

const districtOffice = [Role.HumanResources, Role.Superintendent, Role.Admin];
export const dutyOffice = [...districtOffice, Role.Principal];

/** The duties of a school that its principal hands out; her own office and the district's are not among them. */
const ofTheSchool: ReadonlySet<DutyRole> = new Set<DutyRole>([
  DutyRole.ASSISTANT_PRINCIPAL, DutyRole.SCHOOL_SECRETARY, DutyRole.REGISTRAR, DutyRole.COUNSELOR, DutyRole.CASE_MANAGER, DutyRole.NURSE, DutyRole.ATTENDANCE_CLERK,
  DutyRole.TEACHER, DutyRole.SUBSTITUTE, DutyRole.FOOD_SERVICE, DutyRole.LIBRARIAN, DutyRole.FACILITIES, DutyRole.ATHLETICS, DutyRole.COMMUNICATIONS, DutyRole.STAFF,
]);

/** Duties give reach, so nobody touches her own: the offices of the district any other, a principal those of her school. */
export async function requireDutyOffice(session: WriteSession, duty: Pick<DutyAssignment, "person" | "role" | "schoolId">): Promise<void> {
  if (duty.person === session.caller.identity.personId) throw OsssError.forbidden("Nobody assigns or ends a duty of her own. Ask someone else who may.");
  if (await session.holds(district, null, districtOffice)) return;
  if (duty.schoolId && ofTheSchool.has(duty.role) && (await session.holds(atSchool, "school", [Role.Principal], duty.schoolId))) return;
  throw OsssError.forbidden("You may not assign or end this duty there. Human resources and the superintendent may; a principal the duties of her school.");
}

export async function assign(session: WriteSession, { person, role, schoolId = null, fromDate, toDate = null }: AssignDutyInput): Promise<DutyAssignment> {
  await requireDutyOffice(session, { person, role, schoolId });
  const known = await session.elevated("A principal gives duties to those who come to her school from elsewhere.").find(Person, person);
  if (!known || known.archivedAt) throw OsssError.invalid([{ path: "input.personId", message: "There is no person with this id. Check the id." }]);
  return session.create(DutyAssignment, { person, role, schoolId, fromDate, toDate });
}

export const assignDuty = mutation<AssignDutyInput>({
  name: "assignDuty",
  description: "Gives a person a duty at a school or in the whole district, with dates. For human resources, the superintendent and administrators of the district; a principal assigns the duties of her own school. Nobody assigns her own.",
  roles: dutyOffice,
  as: "district",
  reason: "optional",
  input: AssignDutyInput,
  record: DutyAssignment,
  run: assign,
});
