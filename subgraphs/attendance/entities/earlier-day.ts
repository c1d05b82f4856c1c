import { BelongsTo, Day, ForeignRef, Whole, type Reference } from "#foundation/record/fields";
import { Check, DistrictRecord, Index, Record, UniqueWhere } from "#foundation/record/record";
import { earlierDays } from "../access.ts";
import { School, Student } from "../foreign.ts";
import { AttendanceCode } from "./attendance-code.ts";

@Record({
  description: "What the district's former system recorded of a student's day, brought by an import. It counts where nothing is known here: once a class meeting of the day was taken, or the office spoke of it, that goes before. The day must be one of membership, or it counts nothing.",
  access: earlierDays,
  write: "operations",
})
@UniqueWhere({ fields: ["studentId", "date"], message: "A former system's record of this student's day is here already. Change that one." })
@Index("schoolId", "date")
@Check("minutes", "minutes_missed is null or (day_minutes is not null and minutes_missed <= day_minutes)", "Say how many minutes the day had: at least as many as were missed.")
@Check("present", "code_id is not null or minutes_missed is null", "Who was there missed nothing. Give a code, or leave the minutes out.")
export class EarlierDay extends DistrictRecord {
  @ForeignRef(() => Student, { description: "The student." })
  studentId!: string;
  @ForeignRef(() => School, { description: "The school where the student was enrolled on the day." })
  schoolId!: string;
  @Day({ description: "The day.", sortable: true, immutable: true })
  date!: string;
  @BelongsTo(() => AttendanceCode, { description: "How the day counts. Null: the student was there.", optional: true })
  code?: Reference<AttendanceCode> | null;
  @Whole({ description: "How many minutes were missed. Null: the whole day with a code of absence, else not known.", unit: "minutes", min: 0, max: 1440, optional: true })
  minutesMissed?: number | null;
  @Whole({ description: "How many minutes the day had. Null: as the schedule here says, where there is one.", unit: "minutes", min: 1, max: 1440, optional: true })
  dayMinutes?: number | null;
}
