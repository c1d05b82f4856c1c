import { mutation } from "#foundation/crud/operation";
import type { WriteSession } from "#foundation/crud/write";
import { BelongsTo, Day, Whole } from "#foundation/record/fields";
import { SubstituteAssignment } from "../entities/substitute-assignment.ts";
import { endOn } from "../rules/end-assignment.ts";
import { requireSubstituteOffice } from "../rules/offices.ts";
import { substituteRoles } from "./assign-substitute.ts";

export class EndSubstituteAssignmentInput {
  @BelongsTo(() => SubstituteAssignment, { description: "The assignment." }) substituteAssignment!: string;
  @Whole({ description: "Its version, as you read it." }) version!: number;
  @Day({ description: "The first day no longer standing in. On or before the first day of standing in, the assignment is archived." }) toDate!: string;
}

export async function end(session: WriteSession, { substituteAssignment: id, version, toDate }: EndSubstituteAssignmentInput): Promise<SubstituteAssignment> {
  const { schoolId } = await session.get(SubstituteAssignment, id);
  await requireSubstituteOffice(session, schoolId);
  return endOn(session, await session.get(SubstituteAssignment, id, version), toDate);
}

export const endSubstituteAssignment = mutation<EndSubstituteAssignmentInput>({
  name: "endSubstituteAssignment",
  description: "Shortens or takes back that somebody stands in for a section's teacher, e.g. because the teacher came after all.",
  roles: substituteRoles,
  as: "district",
  reason: "optional",
  input: EndSubstituteAssignmentInput,
  record: SubstituteAssignment,
  run: end,
});
