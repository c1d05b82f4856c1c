import { Day, Whole } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { rosterPolicies } from "../access.ts";

@Record({
  description: "For how long around the dates of a roster a teacher sees a student, as the district has settled it from a day on. The newest one not after today holds; without any, 14 days of lead and 30 of lag.",
  access: rosterPolicies,
  plural: "rosterPolicies",
})
@UniqueTogether("fromDate")
export class RosterPolicy extends DistrictRecord {
  @Day({ description: "The first day on which the policy holds. It holds until the next one.", sortable: true })
  fromDate!: string;
  @Whole({ description: "How many days before the first day on the roster, and before the first day of her own assignment, a teacher sees a student: time to prepare.", unit: "days", min: 0, max: 120, defaultValue: 14 })
  leadDays!: number;
  @Whole({ description: "How many days after the last day on the roster, and after the last day of her own assignment, a teacher still sees a student: time to finish marks.", unit: "days", min: 0, max: 366, defaultValue: 30 })
  lagDays!: number;
}
