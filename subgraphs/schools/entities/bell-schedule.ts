import { BelongsTo, HasMany, Text, type Reference } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { bellSchedules } from "../access.ts";
import { BellPeriod } from "./bell-period.ts";
import { School } from "./school.ts";

@Record({ description: "A way in which a school divides its day into periods, e.g. the regular day, an early release, an assembly day.", access: bellSchedules })
@UniqueTogether("school", "name")
export class BellSchedule extends DistrictRecord {
  @BelongsTo(() => School, { description: "The school whose day is divided.", immutable: true })
  school!: Reference<School>;
  @Text({ description: "The name, unique in the school, e.g. \"Early release\".", maxLength: 64, sortable: true })
  name!: string;
  @HasMany(() => BellPeriod, "bellSchedule", { description: "The periods of the day." })
  periods?: never;
}
