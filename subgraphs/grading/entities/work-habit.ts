import { Text, Whole } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { settledByDistrict } from "../access.ts";

@Record({ description: "A way of working that report cards speak of beside the subjects, e.g. \"Completes work on time\".", access: settledByDistrict })
@UniqueTogether("title")
export class WorkHabit extends DistrictRecord {
  @Text({ description: "The habit as a report card prints it.", maxLength: 120, sortable: true })
  title!: string;
  @Whole({ description: "The order on a report card. Gaps are allowed.", min: 0, max: 1000, sortable: true })
  sequence!: number;
}
