import { BelongsTo, Flag, Text, TimeOfDay, Whole, type Reference } from "#foundation/record/fields";
import { Check, DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { bellPeriods } from "../access.ts";
import { BellSchedule } from "./bell-schedule.ts";
import { School } from "./school.ts";

@Record({ description: "A period of a bell schedule, from bell to bell. Lunch and passing time may be periods too; they do not count for attendance.", access: bellPeriods })
@UniqueTogether("bellSchedule", "code")
@UniqueTogether("bellSchedule", "sequence")
@Check("times", "end_time > start_time", "The period must end after it starts. Correct one of the two times.")
export class BellPeriod extends DistrictRecord {
  @BelongsTo(() => BellSchedule, { description: "The bell schedule that the period is part of.", immutable: true })
  bellSchedule!: Reference<BellSchedule>;
  @BelongsTo(() => School, { description: "The school of the bell schedule.", immutable: true })
  school!: Reference<School>;
  @Text({ description: "The code that meeting patterns refer to, the same in all bell schedules of the school, e.g. \"1\" or \"HR\".", maxLength: 16, sortable: true })
  code!: string;
  @Text({ description: "The name for people, e.g. \"Period 1\" or \"Homeroom\".", maxLength: 64 })
  name!: string;
  @TimeOfDay({ description: "When the period starts by the school's clock, e.g. 08:05.", sortable: true })
  startTime!: string;
  @TimeOfDay({ description: "When the period ends by the school's clock, e.g. 08:50.", sortable: true })
  endTime!: string;
  @Whole({ description: "The place in the day, from 1.", min: 1, max: 60, sortable: true })
  sequence!: number;
  @Flag({ description: "Whether minutes of this period count in attendance. False for lunch and passing time.", defaultValue: true })
  countsForAttendance!: boolean;
}
