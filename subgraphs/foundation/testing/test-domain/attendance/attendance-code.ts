import { Text } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { attendanceCodes } from "./access.ts";

@Record({ description: "One of the district's codes for absence.", access: attendanceCodes })
@UniqueTogether("code")
export class AttendanceCode extends DistrictRecord {
  @Text({ description: "The code, e.g. \"E\".", maxLength: 16, sortable: true }) code!: string;
  @Text({ description: "What it means, e.g. \"Excused\"." }) title!: string;
}
