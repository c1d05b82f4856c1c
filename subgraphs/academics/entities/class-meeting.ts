import { BelongsTo, Choice, Day, Flag, ForeignRef, Text, TimeOfDay, Whole, choice, type ChoiceOf, type Reference } from "#foundation/record/fields";
import { Agrees, Check, DistrictRecord, Index, Record, UniqueTogether } from "#foundation/record/record";
import { classMeetings } from "../access.ts";
import { Room, School } from "../foreign.ts";
import { MeetingPattern } from "./meeting-pattern.ts";
import { Section } from "./section.ts";

export const ClassMeetingStatus = choice("ClassMeetingStatus", "Whether a class meeting takes place.", {
  SCHEDULED: "It takes place, or took place.",
  CANCELLED: "It does not, e.g. after a snow day or a change of the pattern. What hangs on it is kept and no longer counts.",
});
export type ClassMeetingStatus = ChoiceOf<typeof ClassMeetingStatus>;

@Record({
  description: "One dated hour of a section. Attendance and substitutes hang on it. It follows from the meeting patterns and the school's calendar, and changes with them by itself; an hour on which something hangs is cancelled, never removed.",
  access: classMeetings,
  write: "operations",
})
@UniqueTogether("section", "date", "periodCode")
@Index("schoolId", "date")
@Agrees("section", { schoolId: "schoolId" })
@Check("times", "end_time > start_time", "The meeting must end after it starts.")
export class ClassMeeting extends DistrictRecord {
  @BelongsTo(() => Section, { description: "The section that meets.", immutable: true })
  section!: Reference<Section>;
  @ForeignRef(() => School, { description: "The section's school." })
  schoolId!: string;
  @Day({ description: "The day of the meeting.", sortable: true, immutable: true })
  date!: string;
  @Text({ description: "The period, as in the pattern and the day's bell schedule, e.g. \"3\".", maxLength: 16, immutable: true })
  periodCode!: string;
  @TimeOfDay({ description: "When it starts by the school's clock, by the day's bell schedule.", sortable: true })
  startTime!: string;
  @TimeOfDay({ description: "When it ends by the school's clock." })
  endTime!: string;
  @Whole({ description: "Its length.", unit: "minutes", min: 1, max: 1440 })
  minutes!: number;
  @Flag({ description: "Whether its minutes count in attendance, as the bell schedule says of the period. False e.g. for a lunch duty.", defaultValue: true })
  countsForAttendance!: boolean;
  @ForeignRef(() => Room, { description: "Where it takes place. Null when no room is set.", optional: true, immutable: false })
  roomId?: string | null;
  @BelongsTo(() => MeetingPattern, { description: "The pattern that it follows from, or last followed from. Null for an hour that came without one.", optional: true })
  pattern?: Reference<MeetingPattern> | null;
  @Choice(ClassMeetingStatus, { description: "Whether it takes place.", defaultValue: "SCHEDULED" })
  status!: ClassMeetingStatus;
}
