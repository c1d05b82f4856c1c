import { Day, ForeignRef } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueWhere } from "#foundation/record/record";
import { earlierSchoolDays } from "../access.ts";
import { School } from "../foreign.ts";

@Record({
  description: "That the district's former system had attendance of a school's day and kept exceptions alone: students of the school without a record of their own for the day (EarlierDay) were there, where nothing else is known here.",
  access: earlierSchoolDays,
  write: "operations",
})
@UniqueWhere({ fields: ["schoolId", "date"], message: "This day of the school is here already." })
export class EarlierSchoolDay extends DistrictRecord {
  @ForeignRef(() => School, { description: "The school." })
  schoolId!: string;
  @Day({ description: "The day.", sortable: true, immutable: true })
  date!: string;
}
