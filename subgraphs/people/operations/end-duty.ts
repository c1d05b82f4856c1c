import { mutation } from "#foundation/crud/operation";
import type { WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import { BelongsTo, Day, Whole, idOf } from "#foundation/record/fields";
import { DutyAssignment } from "../entities/duty-assignment.ts";
import { dutyOffice, requireDutyOffice } from "./assign-duty.ts";

export class EndDutyInput {
  @BelongsTo(() => DutyAssignment, { description: "The assignment." }) dutyAssignment!: string;
  @Whole({ description: "Its version, as you read it." }) version!: number;
  @Day({ description: "The first day no longer on duty. On or before the first day of the duty, the assignment is archived." }) toDate!: string;
}

export async function end(session: WriteSession, { dutyAssignment: id, version, toDate }: EndDutyInput): Promise<DutyAssignment> {
  // Its person, duty and school never change: what is checked here holds for every version.
  const { person, role, schoolId } = await session.get(DutyAssignment, id);
  await requireDutyOffice(session, { person: idOf(person), role, schoolId });
  const duty = await session.get(DutyAssignment, id, version);
  if (duty.archivedAt) throw OsssError.conflict("This assignment was taken back already.");
  if (duty.toDate && toDate >= duty.toDate) throw OsssError.conflict(`The duty ends on ${duty.toDate} already. Choose an earlier day; for a longer time make a new assignment.`);
  return toDate <= duty.fromDate ? session.archive(duty) : session.update(duty, { toDate });
}

export const endDuty = mutation<EndDutyInput>({
  name: "endDuty",
  description: "Ends a duty from a day on; at local midnight of that day it opens nothing any more. Who may assign a duty may end it, but nobody her own.",
  roles: dutyOffice,
  as: "district",
  reason: "optional",
  input: EndDutyInput,
  record: DutyAssignment,
  run: end,
});
