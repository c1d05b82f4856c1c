import { BelongsTo, Day, ForeignRef, Text, type Reference } from "#foundation/record/fields";
import { Agrees, DistrictRecord, NoOverlap, Record, Span } from "#foundation/record/record";
import { meetingPatterns } from "../access.ts";
import { Room, RotationDay, School } from "../foreign.ts";
import { Section } from "./section.ts";

@Record({
  description: "When a section meets, by rotation day and period, and where. From it and the school's calendar come the dated class meetings. A section that meets in several periods has several patterns.",
  access: meetingPatterns,
  write: "operations",
})
@Span("fromDate", "toDate")
@NoOverlap({ per: ["section", "rotationDayId", "periodCode"], from: "fromDate", to: "toDate", message: "The section already meets in this period of this rotation day on some of these days. End that pattern first, or change the dates." })
@Agrees("section", { schoolId: "schoolId" })
@Agrees("rotationDayId", { schoolId: "school" }, "The rotation day belongs to another school. Choose one of the section's school.")
@Agrees("roomId", { schoolId: "school" }, "The room belongs to another school. Choose one of the section's school.")
export class MeetingPattern extends DistrictRecord {
  @BelongsTo(() => Section, { description: "The section that meets.", immutable: true })
  section!: Reference<Section>;
  @ForeignRef(() => School, { description: "The section's school." })
  schoolId!: string;
  @ForeignRef(() => RotationDay, { description: "The day of the rotation on which it meets. Null: on every day.", optional: true })
  rotationDayId?: string | null;
  @Text({ description: "The period in which it meets: the code that the school's bell schedules use, e.g. \"3\" or \"HR\". On a day whose bell schedule lacks it, the section does not meet.", maxLength: 16 })
  periodCode!: string;
  @ForeignRef(() => Room, { description: "Where it meets. Null when no room is set.", optional: true, immutable: false })
  roomId?: string | null;
  @Day({ description: "The first day on which the pattern holds.", sortable: true })
  fromDate!: string;
  @Day({ description: "The first day on which it no longer holds. Null: until the section ends.", optional: true, sortable: true })
  toDate?: string | null;
}
