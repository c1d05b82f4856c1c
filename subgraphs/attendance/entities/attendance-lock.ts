import { Day, ForeignRef } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueWhere } from "#foundation/record/record";
import { attendanceLocks } from "../access.ts";
import { School } from "../foreign.ts";

@Record({
  description: "Until which day a school's attendance is closed, e.g. because it was reported to the state. On and before it only the principal, an assistant principal or the attendance clerk changes anything, and says why.",
  access: attendanceLocks,
  write: "operations",
})
@UniqueWhere({ fields: ["schoolId"], message: "The school has a lock already. Move that one." })
export class AttendanceLock extends DistrictRecord {
  @ForeignRef(() => School, { description: "The school." })
  schoolId!: string;
  @Day({ description: "The last day that is closed.", sortable: true })
  throughDate!: string;
}
