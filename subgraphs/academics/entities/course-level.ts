import { Text, Whole } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { courseLevels } from "../access.ts";

@Record({ description: "How demanding a course is, e.g. regular, honors or Advanced Placement. Grade point averages may weigh by it.", access: courseLevels })
@UniqueTogether("code")
@UniqueTogether("sequence")
export class CourseLevel extends DistrictRecord {
  @Text({ description: "The district's code, e.g. \"AP\".", maxLength: 16, sortable: true })
  code!: string;
  @Text({ description: "The name for people, e.g. \"Advanced Placement\".", maxLength: 64, sortable: true })
  title!: string;
  @Whole({ description: "The order from least to most demanding. Gaps are allowed.", min: 0, max: 1000, sortable: true })
  sequence!: number;
}
