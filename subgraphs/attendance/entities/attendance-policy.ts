import { Choice, Day, Decimal, Text, Whole, choice, type ChoiceOf } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { attendancePolicies } from "../access.ts";

export const TardyRule = choice("TardyRule", "What makes a day a tardy one, when it is not an absent one.", {
  FIRST_PERIOD: "Not there when the first class meeting of the day began.",
  ANY_PERIOD: "Not there when any class meeting of the day began.",
});
export type TardyRule = ChoiceOf<typeof TardyRule>;

@Record({
  description: "How the district counts attendance from a day on, until its next policy. Without any: absent from half of the day's minutes, tardy by the first period, chronically absent from 10 % of at least 10 days, truant from 10 unexcused days.",
  access: attendancePolicies,
  plural: "attendancePolicies",
})
@UniqueTogether("fromDate")
export class AttendancePolicy extends DistrictRecord {
  @Day({ description: "The first day that the policy counts. It holds until the next one; days are counted by the policy of the day, measures over many days by that of the last one.", sortable: true })
  fromDate!: string;
  @Decimal({ description: "A day is absent when at least this share of its scheduled minutes was missed.", unit: "percent", precision: 5, scale: 2, min: 0.01, max: 100, defaultValue: 50 })
  absentShare!: string;
  @Choice(TardyRule, { description: "What makes a day tardy.", defaultValue: "FIRST_PERIOD" })
  tardyRule!: TardyRule;
  @Decimal({ description: "A student is chronically absent when absent on at least this share of the days of membership.", unit: "percent", precision: 5, scale: 2, min: 0.01, max: 100, defaultValue: 10 })
  chronicShare!: string;
  @Whole({ description: "With fewer days of membership nobody is called chronically absent yet.", unit: "days", min: 1, max: 366, defaultValue: 10 })
  chronicMinimumDays!: number;
  @Whole({ description: "A student is truant from this many unexcused days on, among the days asked about.", unit: "days", min: 1, max: 366, defaultValue: 10 })
  truancyUnexcusedDays!: number;
  @Text({ description: "Where it was decided, e.g. \"Board policy 5113, resolution of 2026-06-09\". Null when not recorded.", optional: true })
  basis?: string | null;
}
