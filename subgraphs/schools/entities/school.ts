import { BelongsTo, Choice, HasMany, Text, choice, type ChoiceOf, type Reference } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { schools } from "../access.ts";
import { BellSchedule } from "./bell-schedule.ts";
import { CalendarTrack } from "./calendar-track.ts";
import { GradeLevel } from "./grade-level.ts";
import { Organization } from "./organization.ts";
import { Room } from "./room.ts";
import { RotationDay } from "./rotation-day.ts";

export const SchoolKind = choice("SchoolKind", "The span of grades that a school is meant for.", {
  PRESCHOOL: "Before kindergarten.",
  ELEMENTARY: "Usually kindergarten to grade 5 or 6.",
  MIDDLE: "Usually grades 6 to 8, junior high schools included.",
  HIGH: "Usually grades 9 to 12.",
  COMBINED: "More than one of these spans under one principal, e.g. K-8 or K-12.",
  VOCATIONAL: "A career or technical center, often attended for half of the day beside another school.",
  ALTERNATIVE: "A program of its own outside the ordinary schools.",
  OTHER: "None of the others.",
});
export type SchoolKind = ChoiceOf<typeof SchoolKind>;

@Record({ description: "A school of the district: what students enroll in, and what a duty is assigned at.", access: schools })
@UniqueTogether("code")
@UniqueTogether("ncesId")
export class School extends DistrictRecord {
  @Text({ description: "The district's own short code for the school, unique in the district, e.g. \"001\" or \"GBHS\".", maxLength: 64, sortable: true })
  code!: string;
  @Text({ description: "The full name, e.g. \"Grand Bend High School\".", sortable: true, searchable: true })
  name!: string;
  @Text({ description: "A name short enough for a list or a label, e.g. \"Grand Bend HS\". Null: use the full name.", optional: true, maxLength: 40 })
  shortName?: string | null;
  @Choice(SchoolKind, { description: "The span of grades that the school is meant for." })
  kind!: SchoolKind;
  @BelongsTo(() => GradeLevel, { description: "The lowest grade level taught. Null when not recorded.", optional: true })
  lowGrade?: Reference<GradeLevel> | null;
  @BelongsTo(() => GradeLevel, { description: "The highest grade level taught. Null when not recorded.", optional: true })
  highGrade?: Reference<GradeLevel> | null;
  @BelongsTo(() => Organization, { description: "The organization that runs the school. Null when not recorded.", optional: true })
  organization?: Reference<Organization> | null;
  @Text({ description: "The federal school id (NCES), twelve digits.", optional: true, maxLength: 12, pattern: /^[0-9]{12}$/, patternHint: "twelve digits, e.g. 480000100001" })
  ncesId?: string | null;
  @Text({ description: "The time zone of the school's clocks by its IANA name, e.g. \"America/Chicago\". Null: the district's.", optional: true, maxLength: 64, pattern: /^[A-Za-z]+(\/[A-Za-z0-9_+-]+)+$/, patternHint: "an IANA name, e.g. America/Chicago" })
  timeZone?: string | null;
  @Text({ description: "The telephone number of the front office, as it is dialed, e.g. \"+1 519 555 0100\".", optional: true, maxLength: 40 })
  phone?: string | null;
  @HasMany(() => CalendarTrack, "school", { description: "The school's calendars, one or more for each school year." })
  calendarTracks?: never;
  @HasMany(() => RotationDay, "school", { description: "The days of the school's rotation." })
  rotationDays?: never;
  @HasMany(() => BellSchedule, "school", { description: "The school's bell schedules." })
  bellSchedules?: never;
  @HasMany(() => Room, "school", { description: "The school's rooms." })
  rooms?: never;
}
