import { HasMany, Text } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { positions } from "../access.ts";
import { PositionAssignment } from "./position-assignment.ts";

@Record({ description: "A kind of position in the district, e.g. teacher, custodian or bus driver. What its holder may read comes from duties, never from a position.", access: positions })
@UniqueTogether("code")
export class Position extends DistrictRecord {
  @Text({ description: "The district's code, e.g. \"TCH\".", maxLength: 32, sortable: true })
  code!: string;
  @Text({ description: "The name for people, e.g. \"Classroom teacher\".", maxLength: 120, sortable: true, searchable: true })
  title!: string;
  @HasMany(() => PositionAssignment, "position", { description: "Who holds or held the position." })
  assignments?: never;
}
