import { Text, Whole } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { gradeLevels } from "../access.ts";

@Record({
  description: "A grade level of the district, e.g. kindergarten or grade 9. Which one a student is in belongs to each school enrollment, so that old facts keep the grade of their day.",
  access: gradeLevels,
})
@UniqueTogether("code")
@UniqueTogether("sequence")
export class GradeLevel extends DistrictRecord {
  @Text({ description: "The code used on forms and in files, e.g. PK, KG, 01 to 12.", maxLength: 8, sortable: true })
  code!: string;
  @Text({ description: "The name for people, e.g. \"Kindergarten\" or \"Grade 9\".", maxLength: 64, sortable: true })
  title!: string;
  @Whole({ description: "The order from youngest to oldest. Gaps are allowed; kindergarten is 0 by convention, grades before it are negative.", min: -10, max: 30, sortable: true })
  sequence!: number;
}
