import { Day, ForeignRef, Whole } from "#foundation/record/fields";
import { DistrictRecord, Record, Span } from "#foundation/record/record";
import { meetingDerivations } from "../access.ts";
import { School } from "../foreign.ts";

const count = (description: string) => ({ description, unit: "class meetings", min: 0 });

@Record({
  description: "That somebody had a school's class meetings derived anew over some days. Usually they follow by themselves; by hand it brings a corrected bell schedule to hours that were held already, which attendance then counts anew.",
  access: meetingDerivations,
  write: "operations",
})
@Span("fromDate", "toDate")
export class MeetingDerivation extends DistrictRecord {
  @ForeignRef(() => School, { description: "The school." })
  schoolId!: string;
  @Day({ description: "The first day that was looked at.", sortable: true, immutable: true })
  fromDate!: string;
  @Day({ description: "The first day that was no longer looked at.", immutable: true })
  toDate!: string;
  @Whole(count("How many hours were missing and were added."))
  added!: number;
  @Whole(count("How many hours changed their times, room or pattern, or take place again."))
  changed!: number;
  @Whole(count("How many hours were cancelled."))
  cancelled!: number;
  @Whole(count("How many hours to come were removed because nothing pointed to them."))
  removed!: number;
}
