import { computed } from "#foundation/crud/computed";
import { Decimal, fieldOf, Items, Text } from "#foundation/record/fields";
import { View } from "#foundation/record/view";
import { Student } from "../foreign.ts";
import { planProgress } from "../graduation.ts";
import { recordReaders, wholeRecordsOf } from "../reach.ts";
import { today } from "../today.ts";
import { outOfReach } from "./student-gpa.ts";

const credits = (description: string) => ({ description, unit: "credits" });

@View("How far a student is in one area of a graduation plan.")
export class RequirementProgress {
  @fieldOf("id", { description: "The requirement." }) requirementId!: string;
  @Text({ description: "The area, e.g. \"English\"." }) title!: string;
  @Decimal(credits("What the area asks for.")) required!: string;
  @Decimal(credits("What is earned.")) earned!: string;
  @Decimal(credits("What the sections under way would earn, as far as it is still needed.")) inProgress!: string;
  @Decimal(credits("What is neither earned nor under way.")) missing!: string;
}

@View("How far a student is in the graduation plan that she follows.")
export class GraduationProgress {
  @fieldOf("id", { description: "The plan." }) planId!: string;
  @Text({ description: "The plan's name." }) name!: string;
  @Decimal(credits("What the plan asks for in all.")) required!: string;
  @Decimal(credits("What is earned towards it.")) earned!: string;
  @Decimal(credits("What is under way towards it.")) inProgress!: string;
  @Decimal(credits("What is neither earned nor under way.")) missing!: string;
  @Items(() => RequirementProgress, { description: "Area by area, in the order of the plan." }) requirements!: RequirementProgress[];
}

export const studentGraduationProgress = computed({
  on: Student,
  name: "graduationProgress",
  description: "Credits earned, in progress and missing towards the graduation plan that the student follows today. Null without a plan.",
  roles: recordReaders,
  returns: GraduationProgress,
  async resolve(call, ids) {
    const open = await wholeRecordsOf(call, ids);
    const progress = open.size > 0 ? await planProgress(call, [...open], await today(call)) : new Map<string, never>();
    return new Map(ids.map((id) => [id, open.has(id) ? (progress.get(id) ?? null) : outOfReach()]));
  },
});
