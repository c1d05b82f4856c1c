import { HasMany, Text } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { settledByDistrict } from "../access.ts";
import { GraduationRequirement } from "./graduation-requirement.ts";

@Record({ description: "What it takes to graduate: credits by area. A district may have several, e.g. for diplomas or for the class that entered in a year.", access: settledByDistrict })
@UniqueTogether("name")
export class GraduationPlan extends DistrictRecord {
  @Text({ description: "The name, unique in the district, e.g. \"Standard diploma, class of 2028\".", maxLength: 120, sortable: true })
  name!: string;
  @Text({ description: "For whom it is. Null when the name says it.", maxLength: 1000, optional: true })
  description?: string | null;
  @HasMany(() => GraduationRequirement, "plan", { description: "The credits required by area." })
  requirements?: never;
}
