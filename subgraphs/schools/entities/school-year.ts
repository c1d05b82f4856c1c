import { Choice, Day, HasMany, Text, choice, type ChoiceOf } from "#foundation/record/fields";
import { DistrictRecord, NoOverlap, Record, Span, UniqueTogether } from "#foundation/record/record";
import { schoolYears } from "../access.ts";
import { CalendarTrack } from "./calendar-track.ts";
import { Term } from "./term.ts";

export const SchoolYearStatus = choice("SchoolYearStatus", "How far a school year has come.", {
  PLANNED: "Being prepared. Schedules and enrollments may be entered ahead.",
  OPEN: "In use. Two years can be open at once, from the rollover until the older one is closed.",
  CLOSED: "Finished and reported. Changes are corrections.",
});
export type SchoolYearStatus = ChoiceOf<typeof SchoolYearStatus>;

@Record({
  description: "A school year of the district, from the first day that anything counts in it until the day before the next. The days of instruction are those of its calendar tracks.",
  access: schoolYears,
})
@UniqueTogether("name")
@Span("firstDay", "endDay")
@NoOverlap({ per: [], from: "firstDay", to: "endDay", message: "These days overlap another school year. Change the first or the end day of one of the two years." })
export class SchoolYear extends DistrictRecord {
  @Text({ description: "The name for people, e.g. \"2026-27\".", maxLength: 32, sortable: true })
  name!: string;
  @Day({ description: "The first day of the year, e.g. 2026-08-01.", sortable: true })
  firstDay!: string;
  @Day({ description: "The day after the last day of the year: 2027-08-01 for a year whose last day is 2027-07-31. Screens show the last day.", sortable: true })
  endDay!: string;
  @Choice(SchoolYearStatus, { description: "How far the year has come.", defaultValue: "PLANNED" })
  status!: SchoolYearStatus;
  @HasMany(() => CalendarTrack, "schoolYear", { description: "The calendars of the schools in this year." })
  calendarTracks?: never;
  @HasMany(() => Term, "schoolYear", { description: "The terms that the year is divided into." })
  terms?: never;
}
