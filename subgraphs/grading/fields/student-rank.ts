import { computed } from "#foundation/crud/computed";
import { Flag, ForeignRef, Whole } from "#foundation/record/fields";
import { View } from "#foundation/record/view";
import { GradeLevel, School, Student } from "../foreign.ts";
import { gpaPolicy } from "../policies.ts";
import { recordReaders, wholeRecordsOf } from "../reach.ts";
import { ranksFor } from "../standing.ts";
import { today } from "../today.ts";
import { outOfReach } from "./student-gpa.ts";

@View("A student's rank among those of the same grade level at the same school today.")
export class ClassRank {
  @Whole({ description: "The rank, from 1. Equal averages share it, and the next rank is skipped: 1, 2, 2, 4." }) rank!: number;
  @Whole({ description: "How many students are ranked.", unit: "students" }) outOf!: number;
  @Flag({ description: "By the weighted average, not the unweighted one." }) weighted!: boolean;
  @ForeignRef(() => School, { description: "The school." }) schoolId!: string;
  @ForeignRef(() => GradeLevel, { description: "The grade level." }) gradeLevelId!: string;
}

export const studentRank = computed({
  on: Student,
  name: "rank",
  description: "The student's rank by the official grade point average. Null where ranks are switched off, without an average, or before the student has been at the school as long as the policy asks.",
  roles: recordReaders,
  returns: ClassRank,
  async resolve(call, ids) {
    const open = await wholeRecordsOf(call, ids);
    const day = await today(call);
    const policy = await gpaPolicy(call, day);
    const ranks = policy && open.size > 0 ? await ranksFor(call, policy, [...open], day) : new Map<string, never>();
    return new Map(ids.map((id): [string, unknown] => {
      if (!open.has(id)) return [id, outOfReach()];
      const found = ranks.get(id);
      if (!found) return [id, null];
      const { rank, outOf, weighted, schoolId, gradeLevelId } = found;
      return [id, { rank, outOf, weighted, school: { __typename: "School", id: schoolId }, gradeLevel: { __typename: "GradeLevel", id: gradeLevelId } }];
    }));
  },
});
