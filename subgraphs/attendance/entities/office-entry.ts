import { BelongsTo, Choice, Companion, Day, Flag, ForeignRef, TimeOfDay, choice, type ChoiceOf, type Reference } from "#foundation/record/fields";
import { Check, DistrictRecord, Index, Record } from "#foundation/record/record";
import { officeEntries } from "../access.ts";
import { School, Student } from "../foreign.ts";
import { AttendanceCode } from "./attendance-code.ts";
import { OfficeEntryNote } from "./office-entry-note.ts";

export const OfficeEntryKind = choice("OfficeEntryKind", "How the office came to know of a student's day.", {
  CALL: "A parent or guardian said that the student is not there, for the whole day or from one time to another.",
  CHECK_IN: "The student came to the office and went to class, at a time.",
  CHECK_OUT: "The student left through the office, at a time.",
  NOTE: "An excuse, brought before or after. It says how missed time counts, never that any was missed.",
  BULK: "One entry for many students, e.g. a field trip.",
});
export type OfficeEntryKind = ChoiceOf<typeof OfficeEntryKind>;

@Record({
  description: "What a school's office knows of a student's day. A verified entry goes before what teachers recorded in the meetings it speaks of; one that is not verified counts nothing yet. It speaks of the meetings at its own school alone.",
  access: officeEntries,
  live: true,
  write: "operations",
  plural: "officeEntries",
})
@Index("studentId", "date")
@Index("schoolId", "date")
@Check("check", "kind not in ('CHECK_IN', 'CHECK_OUT') or (from_time is not null and to_time is null)", "A check-in or check-out has one time: send fromTime alone.")
@Check("times", "(from_time is null) = (to_time is null) or kind in ('CHECK_IN', 'CHECK_OUT')", "Send both times, or neither for the whole day.")
@Check("order", "to_time is null or to_time > from_time", "toTime must come after fromTime. Correct one of the two times.")
export class OfficeEntry extends DistrictRecord {
  @ForeignRef(() => Student, { description: "The student." })
  studentId!: string;
  @ForeignRef(() => School, { description: "The school whose office made the entry." })
  schoolId!: string;
  @Day({ description: "The day that it speaks of.", sortable: true, immutable: true })
  date!: string;
  @Choice(OfficeEntryKind, { description: "How the office came to know.", immutable: true })
  kind!: OfficeEntryKind;
  @TimeOfDay({ description: "The time of a check-in or check-out; else when what it speaks of begins. Null: the whole day.", optional: true, sortable: true, immutable: true })
  fromTime?: string | null;
  @TimeOfDay({ description: "When what it speaks of ends. Null: the whole day, or a check-in or check-out.", optional: true, immutable: true })
  toTime?: string | null;
  @BelongsTo(() => AttendanceCode, { description: "How the time that it speaks of counts." })
  code!: Reference<AttendanceCode>;
  @Flag({ description: "Whether the office stands by it. Until then it counts nothing.", defaultValue: true })
  verified!: boolean;
  @Companion(() => OfficeEntryNote, { description: "What was said, confidentially." })
  note?: Reference<OfficeEntryNote> | null;
}
