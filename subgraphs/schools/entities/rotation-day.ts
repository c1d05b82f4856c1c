import { BelongsTo, Text, Whole, type Reference } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { rotationDays } from "../access.ts";
import { School } from "./school.ts";

@Record({
  description: "A day of a school's rotation, e.g. A and B, or 1 to 6. Sections meet by rotation day, not by weekday. A school without a rotation has none.",
  access: rotationDays,
})
@UniqueTogether("school", "code")
@UniqueTogether("school", "sequence")
export class RotationDay extends DistrictRecord {
  @BelongsTo(() => School, { description: "The school whose rotation this is.", immutable: true })
  school!: Reference<School>;
  @Text({ description: "The code, unique in the school, e.g. \"A\" or \"3\".", maxLength: 16, sortable: true })
  code!: string;
  @Whole({ description: "The place in the rotation, from 1.", min: 1, max: 60, sortable: true })
  sequence!: number;
}
