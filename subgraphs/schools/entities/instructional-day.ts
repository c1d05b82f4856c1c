import { BelongsTo, Choice, Day, Text, choice, type ChoiceOf, type Reference } from "#foundation/record/fields";
import { Check, DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { instructionalDays } from "../access.ts";
import { BellSchedule } from "./bell-schedule.ts";
import { CalendarTrack } from "./calendar-track.ts";
import { RotationDay } from "./rotation-day.ts";
import { School } from "./school.ts";

export const InstructionalDayStatus = choice("InstructionalDayStatus", "Whether a day of the calendar counts as a day of instruction.", {
  SCHEDULED: "Planned from the start. Counts.",
  ADDED: "Added later, e.g. to make up for a snow day. Counts.",
  CANCELLED: "Taken back, e.g. for snow. Does not count; what was recorded on it is counted anew without it.",
});
export type InstructionalDayStatus = ChoiceOf<typeof InstructionalDayStatus>;

@Record({ description: "A day on which the students of a calendar track are taught. Days without a record are holidays, weekends and breaks.", access: instructionalDays, bulk: true })
@UniqueTogether("track", "date")
@Check("reason", "status = 'SCHEDULED' or reason is not null", "Say why the day was added or cancelled.")
export class InstructionalDay extends DistrictRecord {
  @BelongsTo(() => CalendarTrack, { description: "The calendar that the day belongs to.", immutable: true })
  track!: Reference<CalendarTrack>;
  @BelongsTo(() => School, { description: "The school of the calendar.", immutable: true })
  school!: Reference<School>;
  @Day({ description: "The day, inside the calendar's school year.", sortable: true, immutable: true })
  date!: string;
  @BelongsTo(() => RotationDay, { description: "The day of the rotation. Null in a school without a rotation.", optional: true })
  rotationDay?: Reference<RotationDay> | null;
  @BelongsTo(() => BellSchedule, { description: "How the day is divided into periods. Null until the school has chosen.", optional: true })
  bellSchedule?: Reference<BellSchedule> | null;
  @Choice(InstructionalDayStatus, { description: "Whether the day counts.", defaultValue: "SCHEDULED" })
  status!: InstructionalDayStatus;
  @Text({ description: "Why the day was added or cancelled, e.g. \"Snow\". Required unless the day was planned from the start.", optional: true })
  reason?: string | null;
}
