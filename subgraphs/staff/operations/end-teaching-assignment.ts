import { mutation } from "#foundation/crud/operation";
import type { WriteSession } from "#foundation/crud/write";
import { BelongsTo, Day, Whole } from "#foundation/record/fields";
import { TeachingAssignment } from "../entities/teaching-assignment.ts";
import { endOn } from "../rules/end-assignment.ts";
import { requireTeachingOffice } from "../rules/offices.ts";
import { teachingRoles } from "./assign-teacher.ts";

export class EndTeachingAssignmentInput {
  @BelongsTo(() => TeachingAssignment, { description: "The assignment." }) teachingAssignment!: string;
  @Whole({ description: "Its version, as you read it." }) version!: number;
  @Day({ description: "The first day no longer teaching. On or before the first day of teaching, the assignment is archived." }) toDate!: string;
}

export async function end(session: WriteSession, { teachingAssignment: id, version, toDate }: EndTeachingAssignmentInput): Promise<TeachingAssignment> {
  const { schoolId } = await session.get(TeachingAssignment, id);
  await requireTeachingOffice(session, schoolId);
  return endOn(session, await session.get(TeachingAssignment, id, version), toDate);
}

export const endTeachingAssignment = mutation<EndTeachingAssignmentInput>({
  name: "endTeachingAssignment",
  description: "Ends that a person teaches a section. She sees its students for the district's days of lag.",
  roles: teachingRoles,
  as: "district",
  reason: "optional",
  input: EndTeachingAssignmentInput,
  record: TeachingAssignment,
  run: end,
});
