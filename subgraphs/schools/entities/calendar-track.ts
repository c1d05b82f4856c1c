import { BelongsTo, HasMany, Text, type Reference } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { calendarTracks } from "../access.ts";
import { InstructionalDay } from "./instructional-day.ts";
import { School } from "./school.ts";
import { SchoolYear } from "./school-year.ts";

@Record({
  description: "One calendar of a school in a school year. Most schools have one; a year-round school has several, whose students are in class on different days.",
  access: calendarTracks,
})
@UniqueTogether("school", "schoolYear", "name")
export class CalendarTrack extends DistrictRecord {
  @BelongsTo(() => School, { description: "The school whose calendar this is.", immutable: true })
  school!: Reference<School>;
  @BelongsTo(() => SchoolYear, { description: "The school year that the calendar covers.", immutable: true })
  schoolYear!: Reference<SchoolYear>;
  @Text({ description: "The name, unique within the school and year, e.g. \"Regular\" or \"Track B\".", maxLength: 64, sortable: true })
  name!: string;
  @HasMany(() => InstructionalDay, "track", { description: "The days of instruction, those taken back included." })
  instructionalDays?: never;
}
