import { computed } from "#foundation/crud/computed";
import { requireId } from "#foundation/crud/read";
import { OsssError } from "#foundation/errors/errors";
import { Decimal, fieldOf, Text } from "#foundation/record/fields";
import { View } from "#foundation/record/view";
import { Student } from "../foreign.ts";
import { gpaPolicy } from "../policies.ts";
import { recordReaders, wholeRecordsOf } from "../reach.ts";
import { courseHistory, courseLine, gpaUnder } from "../standing.ts";
import { today } from "../today.ts";

@View("A grade point average over a student's finished courses, as the policy rounds it.")
export class Gpa {
  @fieldOf("id", { description: "The policy under which it was computed." }) policyId!: string;
  @Text({ description: "The policy's name." }) policy!: string;
  @Decimal({ description: "With the levels of the courses counted in. Null while no course counts.", unit: "points", optional: true }) weighted!: string | null;
  @Decimal({ description: "Without them. Null while no course counts.", unit: "points", optional: true }) unweighted!: string | null;
  @Decimal({ description: "The credits over which the average was taken.", unit: "credits" }) credits!: string;
}

export const outOfReach = (): OsssError => OsssError.forbidden("This figure rests on the student's whole record, and you read only a part of it. Ask the student's current school.");

export const studentGpa = computed({
  on: Student,
  name: "gpa",
  description: "The student's grade point average under a policy: the official one of today unless another is named. Null while there is no policy.",
  roles: recordReaders,
  arguments: { policyId: { type: "ID", description: "The policy; the official one of today when left out.", optional: true } },
  returns: Gpa,
  async resolve(call, ids, { policyId }) {
    const open = await wholeRecordsOf(call, ids);
    const policy = await gpaPolicy(call, await today(call), policyId == null ? null : requireId(policyId, "policyId"));
    const history = policy ? await courseHistory(call, [...open]) : new Map<string, never[]>();
    return new Map(ids.map((id) => [id, !open.has(id) ? outOfReach() : policy && gpaUnder(policy, (history.get(id) ?? []).map(courseLine))]));
  },
});
