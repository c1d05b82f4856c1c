import { mutation } from "#foundation/crud/operation";
import type { WriteSession } from "#foundation/crud/write";
import { BelongsTo, Day, Whole } from "#foundation/record/fields";
import { CaseloadAssignment } from "../entities/caseload-assignment.ts";
import { endOn } from "../rules/end-assignment.ts";
import { caseloadOffice, requireCaseloadOffice } from "../rules/offices.ts";

export class EndCaseloadInput {
  @BelongsTo(() => CaseloadAssignment, { description: "The assignment." }) caseloadAssignment!: string;
  @Whole({ description: "Its version, as you read it." }) version!: number;
  @Day({ description: "The first day no longer on the caseload. On or before its first day, the assignment is archived." }) toDate!: string;
}

export async function end(session: WriteSession, { caseloadAssignment: id, version, toDate }: EndCaseloadInput): Promise<CaseloadAssignment> {
  const { studentId } = await session.get(CaseloadAssignment, id);
  await requireCaseloadOffice(session, studentId);
  return endOn(session, await session.get(CaseloadAssignment, id, version), toDate);
}

export const endCaseload = mutation<EndCaseloadInput>({
  name: "endCaseload",
  description: "Takes a student off a caseload from a day on.",
  roles: caseloadOffice,
  as: "district",
  reason: "optional",
  input: EndCaseloadInput,
  record: CaseloadAssignment,
  run: end,
});
